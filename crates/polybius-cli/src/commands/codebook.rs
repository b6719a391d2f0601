//! `polybius codebook`: names from elsewhere into an overlay, with everything that is wrong with them, and their compiled form.

use std::fs;
use std::io::{BufWriter, Write, stdout};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use polybius::SourceFile;
use polybius::names::{self, Done, Import};

use super::counted;
use crate::arguments::{CodebookCommand, CompileArguments, ImportArguments, ImportFormat};
use crate::{Outcome, codebook, terminal};

/// The file of an overlay that holds what could not be imported.
const REJECTED: &str = "rejected.tsv";
const REJECTED_HEADER: &str = "file\tline\treason\ttext\n";

/// Does what is asked.
pub fn run(command: &CodebookCommand) -> Result<Outcome> {
    match command {
        CodebookCommand::Import(arguments) => import(arguments),
        CodebookCommand::Compile(CompileArguments { folder }) => {
            compile(folder)?;
            Ok(Outcome::Fine)
        }
    }
}

fn import(arguments: &ImportArguments) -> Result<Outcome> {
    let format = match arguments.format {
        ImportFormat::Petrarch => names::ImportFormat::Petrarch,
        ImportFormat::Wikidata => names::ImportFormat::Wikidata,
        ImportFormat::Ftm => names::ImportFormat::Ftm,
        ImportFormat::Csv => names::ImportFormat::Csv,
    };
    let lists = arguments.files.iter().map(|path| list(path)).collect::<Result<Vec<SourceFile>>>()?;
    let folder = arguments.into.as_path();
    let stem = stem(format.as_str(), &arguments.files[0]);
    let own = Import::paths(&stem);
    fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    let mut others = if is_empty(folder)? { Vec::new() } else { codebook::files(folder)? };
    others.retain(|file| !own.contains(&file.path));
    let paths = codebook::paths(&others);
    let base = polybius::codebook(others).map_err(|problems| codebook::unusable(&problems, Some(folder), &paths))?;
    let import = names::import(format, &lists, &stem, &base);
    for path in own.iter().map(|path| folder.join(path)).filter(|path| path.exists()) {
        fs::remove_file(&path).with_context(|| format!("{} cannot be replaced", path.display()))?;
    }
    for file in &import.files {
        let path = folder.join(&file.path);
        fs::create_dir_all(path.parent().unwrap_or(folder))?;
        fs::write(&path, &file.text).with_context(|| format!("{} cannot be written", path.display()))?;
    }
    let n_rejected = write_rejected(folder, &lists, &import)?;
    let mut out = BufWriter::new(stdout().lock());
    for defect in &import.defects {
        writeln!(out, "{}", terminal::one_line(&defect.to_string()))?;
    }
    out.flush()?;
    if !import.files.is_empty() {
        compile(folder)?;
    }
    let count = |done: Done| import.defects.iter().filter(|defect| defect.done == done).count();
    anstream::eprintln!(
        "{} ({} new entities) and {} into {}; {} imported with a remark, {} known already, {} rejected{}",
        counted(import.n_rows, "row"),
        import.n_entities,
        counted(import.n_nouns, "role noun"),
        folder.display(),
        count(Done::Imported),
        count(Done::Known),
        count(Done::Rejected),
        if n_rejected > 0 { format!(" (see {})", folder.join(REJECTED).display()) } else { String::new() },
    );
    Ok(if count(Done::Rejected) > 0 { Outcome::SomeFailed } else { Outcome::Fine })
}

/// Compiles the imported names of an overlay, or takes their compiled form away if there is nothing to compile.
fn compile(folder: &Path) -> Result<()> {
    let path = folder.join(codebook::COMPILED);
    let files = codebook::files(folder)?;
    let paths = codebook::paths(&files);
    let read = polybius::codebook(files.clone());
    let read = read.map_err(|problems| codebook::unusable(&problems, Some(folder), &paths))?;
    match names::compile(&files, &read) {
        Ok(bytes) => fs::write(&path, bytes).with_context(|| format!("{} cannot be written", path.display())),
        Err(reason) => {
            anstream::eprintln!("polybius: the names are not compiled, and are read as text: {reason}");
            if path.exists() {
                fs::remove_file(&path)?;
            }
            Ok(())
        }
    }
}

/// A list as text. Old dictionaries are in Latin-1: what is no UTF-8 is read so.
fn list(path: &Path) -> Result<SourceFile> {
    let bytes = fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let name = path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
    let text = String::from_utf8(bytes).unwrap_or_else(|error| {
        anstream::eprintln!("polybius: {} is not UTF-8 and was read as Latin-1", terminal::one_line(&name));
        error.as_bytes().iter().map(|&byte| char::from(byte)).collect()
    });
    Ok(SourceFile { path: name, text })
}

/// The name of the files that an import makes: the format, and the first list's name in lower-case words.
fn stem(format: &str, path: &Path) -> String {
    let name = path.file_stem().unwrap_or_default().to_string_lossy().to_lowercase();
    let words = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    std::iter::once(format).chain(words).collect::<Vec<_>>().join("-")
}

fn is_empty(folder: &Path) -> Result<bool> {
    Ok(fs::read_dir(folder)?.filter_map(Result::ok).all(|entry| {
        let name = PathBuf::from(entry.file_name());
        name.as_path() == Path::new(REJECTED) || name.as_path() == Path::new(codebook::COMPILED)
    }))
}

/// Writes the rejected lines, beside those of other lists that were rejected before; how many there are.
fn write_rejected(folder: &Path, lists: &[SourceFile], import: &Import) -> Result<usize> {
    let path = folder.join(REJECTED);
    let before = fs::read_to_string(&path).unwrap_or_default();
    let of_others = |line: &&str| !lists.iter().any(|list| line.split('\t').next() == Some(&list.path));
    let mut table: String = REJECTED_HEADER.to_owned();
    before.lines().skip(1).filter(of_others).for_each(|line| table += &format!("{line}\n"));
    let rejected: Vec<_> = import.defects.iter().filter(|defect| defect.done == Done::Rejected).collect();
    for list in lists {
        let lines: Vec<&str> = list.text.lines().collect();
        for defect in rejected.iter().filter(|defect| defect.path == list.path) {
            let text = lines.get(defect.line as usize - 1).copied().unwrap_or_default();
            table += &format!("{}\t{}\t{}\t{}\n", list.path, defect.line, field(&defect.reason), field(text));
        }
    }
    if rejected.is_empty() && table == REJECTED_HEADER {
        if path.exists() {
            fs::remove_file(&path)?;
        }
        return Ok(0);
    }
    fs::write(&path, table).with_context(|| format!("{} cannot be written", path.display()))?;
    Ok(rejected.len())
}

/// A field of the table, on one line.
fn field(text: &str) -> String {
    text.replace(['\t', '\r', '\n'], " ")
}
