//! `load [DIR]`: every problem of the codebook in a folder, or of the embedded one; how much is in it, and how long it
//! takes to read.

use std::path::Path;
use std::time::Instant;
use std::{env, fs, io};

use polybius_codebook::{SourceFile, embedded, read};

fn main() -> io::Result<()> {
    let files = match env::args().nth(1) {
        Some(folder) => {
            let mut files = Vec::new();
            walk(Path::new(&folder), "", &mut files)?;
            files
        }
        None => embedded(),
    };
    let mut times_ms = Vec::new();
    for _ in 0..11 {
        let start = Instant::now();
        let result = std::hint::black_box(read(&files));
        times_ms.push(start.elapsed().as_secs_f64() * 1e3);
        drop(result);
    }
    times_ms.sort_by(f64::total_cmp);
    let (codebook, problems) = read(&files);
    for problem in &problems {
        println!("{}: {problem}", problem.severity);
    }
    println!(
        "{} files: {} entities in {} rows, {} patterns, {} word sets, {} roles, {} problems; read in {:.1} ms (the fastest of 11)",
        files.len(),
        codebook.entities.iter().count(),
        codebook.entities.n_rows(),
        codebook.patterns.iter().count(),
        codebook.words.iter().count(),
        codebook.roles.iter().count(),
        problems.len(),
        times_ms[0],
    );
    Ok(())
}

fn walk(folder: &Path, prefix: &str, files: &mut Vec<SourceFile>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            walk(&entry.path(), &format!("{path}/"), files)?;
        } else if path.ends_with(".toml") || path.ends_with(".csv") {
            files.push(SourceFile { path, text: fs::read_to_string(entry.path())? });
        }
    }
    Ok(())
}
