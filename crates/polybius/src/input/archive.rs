//! Zip archives: every file in them that has an ending we know, read as it would be by itself. Nothing is unpacked to a disk, so names
//! that point elsewhere lead nowhere.

use std::collections::VecDeque;
use std::io::{BufReader, Cursor, Read, Seek};

use polybius_document::Article;
use zip::ZipArchive;

use super::packed::{FREE_BYTES, MOST_TIMES, unpacked};
use super::{Defaults, Flaw, Kind, Problem, read, unpacked_name};

/// The longest file that is read out of an archive, in bytes.
const MAX_FILE_BYTES: u64 = 128 << 20;

/// The files of an archive.
pub(super) struct Files<R> {
    path: String,
    archive: ZipArchive<R>,
    next: usize,
    /// How much may still come out of it.
    n_left: u64,
    has_one: bool,
    defaults: Defaults,
    under_way: Box<dyn Iterator<Item = Result<Article, Problem>>>,
    problems: VecDeque<Problem>,
}

impl<R: Read + Seek> Files<R> {
    pub(super) fn open(path: &str, reader: R, n_bytes: u64, defaults: &Defaults) -> Result<Files<R>, Problem> {
        let archive = ZipArchive::new(reader).map_err(|error| {
            let reason = format!("it is no zip archive that can be read: {error}");
            Flaw::new(1, reason, "check whether the file is whole").of(path)
        })?;
        Ok(Files {
            path: path.to_owned(),
            archive,
            next: 0,
            n_left: FREE_BYTES + MOST_TIMES * n_bytes,
            has_one: false,
            defaults: defaults.clone(),
            under_way: Box::new(std::iter::empty()),
            problems: VecDeque::new(),
        })
    }

    /// Opens the next file; `false` if there is none.
    fn turn(&mut self) -> bool {
        let index = self.next;
        if index >= self.archive.len() {
            return false;
        }
        self.next += 1;
        let most = self.n_left.min(MAX_FILE_BYTES);
        let (name, bytes) = match self.archive.by_index(index) {
            Ok(file) if file.is_dir() || Kind::of_name(&String::from_utf8_lossy(file.name_raw())).is_none() => {
                return true;
            }
            Ok(file) => {
                let name = String::from_utf8_lossy(file.name_raw()).into_owned();
                let mut bytes = Vec::new();
                let n_read = file.take(most + 1).read_to_end(&mut bytes);
                (name, n_read.map_err(|error| error.to_string()).map(|_| bytes))
            }
            Err(error) => (format!("file {}", index + 1), Err(error.to_string())),
        };
        self.has_one = true;
        let path = format!("{}/{name}", self.path);
        let flaw = match bytes {
            Ok(bytes) if bytes.len() as u64 <= most => {
                self.n_left -= bytes.len() as u64;
                let id = unpacked_name(&name).rsplit_once('.').map_or(&*name, |(id, _)| id).to_owned();
                match unpacked(BufReader::new(Cursor::new(bytes))) {
                    Ok(reader) => {
                        self.under_way = Box::new(read(&path, &id, reader, Kind::of_name(&name), &self.defaults));
                        return true;
                    }
                    Err(error) => Flaw::unreadable(1, &error),
                }
            }
            Ok(_) => {
                self.next = self.archive.len();
                let reason = format!(
                    "the archive unpacks to more than {MOST_TIMES} times its size, or the file to more than {} MB",
                    MAX_FILE_BYTES >> 20
                );
                Flaw::new(1, reason, "unpack it yourself, if you trust it, and give the folder")
            }
            Err(error) => Flaw::new(
                1,
                format!("it cannot be unpacked: {error}"),
                "check whether the archive is whole and has no password",
            ),
        };
        self.problems.push_back(flaw.of(&path));
        true
    }
}

impl<R: Read + Seek> Iterator for Files<R> {
    type Item = Result<Article, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(problem) = self.problems.pop_front() {
                return Some(Err(problem));
            }
            if let Some(article) = self.under_way.next() {
                return Some(article);
            }
            if !self.turn() {
                let is_empty = !std::mem::replace(&mut self.has_one, true);
                let none = || {
                    Flaw::new(
                        1,
                        "there is no file in the archive that could hold articles",
                        "see `polybius code --help`",
                    )
                };
                return is_empty.then(|| Err(none().of(&self.path)));
            }
        }
    }
}
