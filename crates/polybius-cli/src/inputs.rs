//! From paths to articles: opens files, walks folders, reads standard input.

use std::fs::{self, File};
use std::io::{self, BufReader, IsTerminal};
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use polybius::Article;
use polybius::input::{self, AnyArticles, Defaults, Kind, Problem};

use crate::arguments::InputArguments;

/// The articles of all files in order, and the problems with them; `undated` takes those without a date as they are. Files are opened one after the other.
pub fn articles(
    arguments: &InputArguments,
    undated: bool,
) -> Result<impl Iterator<Item = Result<Article, Problem>> + use<>> {
    let defaults = Defaults {
        published: arguments.published,
        undated,
        outlet: arguments.outlet.clone(),
        english_only: !arguments.any_language,
    };
    let mut files = arguments.files.clone();
    if files.is_empty() {
        if io::stdin().is_terminal() {
            bail!("no articles given; name files or folders, or pipe text in: polybius code < article.txt");
        }
        files.push(PathBuf::from("-"));
    }
    let sources = files.into_iter().flat_map(sources);
    Ok(sources.flat_map(move |source| match source {
        Ok(source) => source.articles(&defaults),
        Err(problem) => Box::new(std::iter::once(Err(problem))),
    }))
}

/// The files that a path of the user's stands for, each as it is shown and where it is.
pub fn files(path: PathBuf) -> impl Iterator<Item = Result<(String, PathBuf), Problem>> {
    let file = |source: Source| {
        let path = source.path.unwrap_or_else(|| PathBuf::from(&source.name));
        (source.name, path)
    };
    sources(path).into_iter().map(move |source| source.map(file))
}

/// One file.
struct Source {
    /// As it is shown in problems.
    name: String,
    /// The id of its article, if it is plain text.
    id: String,
    /// Where it is; `None` for standard input.
    path: Option<PathBuf>,
}

impl Source {
    fn articles(self, defaults: &Defaults) -> AnyArticles {
        let Some(path) = &self.path else {
            return match input::unpacked(BufReader::new(io::stdin())) {
                Ok(reader) => Box::new(input::read(&self.name, &self.id, reader, None, defaults)),
                Err(error) => Box::new(std::iter::once(Err(unopened(Path::new(&self.name), &error)))),
            };
        };
        match File::open(path).and_then(|file| input::open(&self.name, &self.id, file, defaults)) {
            Ok(articles) => articles,
            Err(error) => Box::new(std::iter::once(Err(unopened(path, &error)))),
        }
    }
}

/// The files that a path given by the user stands for: itself, all articles in the folder, or all files that the pattern
/// (`news/**/*.txt`) fits, in order of their paths.
fn sources(path: PathBuf) -> Vec<Result<Source, Problem>> {
    if path.as_os_str() == "-" {
        return vec![Ok(Source { name: "-".to_owned(), id: "stdin".to_owned(), path: None })];
    }
    let is_pattern = shown(&path).contains(['*', '?', '[']) && !path.exists();
    if let Some(paths) = is_pattern.then(|| glob::glob(&shown(&path)).ok()).flatten() {
        let files = paths.filter_map(Result::ok).filter(|path| path.is_file());
        let found: Vec<_> =
            files.map(|file| Ok(Source { name: shown(&file), id: id(&file), path: Some(file) })).collect();
        return if found.is_empty() { vec![Err(nothing(&path, "no file fits the pattern"))] } else { found };
    }
    if !path.is_dir() {
        let id = id(Path::new(path.file_name().unwrap_or_default()));
        return vec![Ok(Source { name: shown(&path), id, path: Some(path) })];
    }
    let mut found = Vec::new();
    walk(&path, &mut found);
    if found.is_empty() {
        return vec![Err(nothing(&path, "there is no file in the folder that could hold articles"))];
    }
    let source = |file: Result<PathBuf, Problem>| {
        file.map(|file| {
            let inside = id(file.strip_prefix(&path).unwrap_or(&file));
            Source { name: shown(&file), id: inside, path: Some(file) }
        })
    };
    found.into_iter().map(source).collect()
}

fn walk(folder: &Path, found: &mut Vec<Result<PathBuf, Problem>>) {
    let entries = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
    let mut entries = match entries {
        Ok(entries) => entries,
        Err(error) => return found.push(Err(unopened(folder, &error))),
    };
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        // Links to folders are not followed: they can go round in a circle.
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            walk(&path, found);
        } else if (Kind::of_name(&shown(&path)).is_some() || is_zip(&path)) && path.is_file() {
            found.push(Ok(path));
        }
    }
}

fn is_zip(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip"))
}

/// A path without the endings that say how it is written.
fn id(path: &Path) -> String {
    shown(&Path::new(input::unpacked_name(&shown(path))).with_extension(""))
}

fn nothing(path: &Path, reason: &str) -> Problem {
    let cure = "give a folder of articles".to_owned();
    Problem { path: shown(path), line: 1, reason: reason.to_owned(), cure, set_aside: false }
}

/// What is wrong with a file that cannot be opened.
pub fn unopened(path: &Path, error: &io::Error) -> Problem {
    let reason = match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        _ => format!("it cannot be opened: {error}"),
    };
    Problem { path: shown(path), line: 1, reason, cure: "check the path".to_owned(), set_aside: false }
}

/// A path with `/` between its parts on every system, so that ids are the same everywhere.
fn shown(path: &Path) -> String {
    path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
}
