//! The user's codebook files, read and laid over the ones compiled in.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use polybius::names::CompiledNames;
use polybius::{Codebook, CodebookProblem, Severity, SourceFile};

/// The file of an overlay that holds its imported names in compiled form.
pub const COMPILED: &str = "names.compiled";

/// The codebook with the files of `folder` laid over it, its imported names from their compiled form if that is of these files.
///
/// # Errors
/// If the folder cannot be read, or with every problem of the codebook.
pub fn load(folder: Option<&Path>) -> Result<Codebook> {
    let files = folder.map(files).transpose()?.unwrap_or_default();
    let compiled = folder.and_then(|folder| compiled(folder, &files));
    let paths = paths(&files);
    polybius::codebook_with(files, compiled).map_err(|problems| unusable(&problems, folder, &paths))
}

/// The compiled names of a folder, if they can be used; says why if they cannot.
fn compiled(folder: &Path, files: &[SourceFile]) -> Option<CompiledNames> {
    let path = folder.join(COMPILED);
    let bytes = fs::read(&path).ok()?;
    match CompiledNames::open(bytes, files) {
        Ok(compiled) => Some(compiled),
        Err(reason) => {
            let (path, folder) = (path.display(), folder.display());
            anstream::eprintln!(
                "polybius: {path} is not used: {reason}; `polybius codebook compile {folder}` makes it anew"
            );
            None
        }
    }
}

/// The problems for which a codebook cannot be used, as an error.
pub fn unusable(problems: &[CodebookProblem], folder: Option<&Path>, paths: &[String]) -> anyhow::Error {
    let errors = problems.iter().filter(|problem| problem.severity == Severity::Error);
    let mut lines: Vec<String> = errors.map(|problem| shown(problem, folder, paths)).collect();
    let n_more = lines.len().saturating_sub(MOST_SHOWN);
    lines.truncate(MOST_SHOWN);
    if n_more > 0 {
        lines.push(format!("and {n_more} more; `polybius check` shows them all"));
    }
    anyhow::anyhow!("the codebook cannot be used:\n{}", lines.join("\n"))
}

/// The paths of the files.
pub fn paths(files: &[SourceFile]) -> Vec<String> {
    files.iter().map(|file| file.path.clone()).collect()
}

/// How many problems are shown to someone who did not ask for them.
const MOST_SHOWN: usize = 10;

/// The codebook files of a folder, in order of their paths.
pub fn files(folder: &Path) -> Result<Vec<SourceFile>> {
    let mut paths = Vec::new();
    walk(folder, &mut paths).with_context(|| format!("the codebook {} cannot be read", folder.display()))?;
    if paths.is_empty() {
        bail!("{} holds no codebook: there is no .toml or .csv file in it", folder.display());
    }
    paths.sort();
    let file = |path: PathBuf| {
        let bytes = fs::read(&path).with_context(|| format!("{} cannot be read", path.display()))?;
        let text = String::from_utf8(bytes).map_err(|error| {
            let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            let line = before.iter().filter(|&&byte| byte == b'\n').count() + 1;
            anyhow::anyhow!("{}:{line}: the file is not UTF-8; convert it", path.display())
        })?;
        let inside = path.strip_prefix(folder).unwrap_or(&path);
        let inside = inside.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
        Ok(SourceFile { path: inside, text })
    };
    paths.into_iter().map(file).collect()
}

fn walk(folder: &Path, paths: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        let is_codebook = path.extension().is_some_and(|extension| extension == "toml" || extension == "csv");
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        if entry.file_type()?.is_dir() {
            walk(&path, paths)?;
        } else if is_codebook && path.is_file() {
            paths.push(path);
        }
    }
    Ok(())
}

/// A problem with the path that the user can open: in his folder, or in ours.
pub fn shown(problem: &CodebookProblem, folder: Option<&Path>, paths: &[String]) -> String {
    let mut problem = problem.clone();
    problem.path = shown_path(&problem.path, folder, paths);
    format!("{problem}")
}

/// The path of a codebook file that the user can open.
pub fn shown_path(path: &str, folder: Option<&Path>, paths: &[String]) -> String {
    match folder {
        Some(folder) if paths.iter().any(|own| own == path) => folder.join(path).display().to_string(),
        _ => format!("codebook/{path}"),
    }
}
