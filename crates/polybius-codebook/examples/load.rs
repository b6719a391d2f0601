//! Tells how long the embedded codebook takes to load, how much is in it, and every problem it has.

use std::time::Instant;

use polybius_codebook::{embedded, read};

fn main() {
    let files = embedded();
    let mut times_ms = Vec::new();
    for _ in 0..11 {
        let start = Instant::now();
        std::hint::black_box(read(&files));
        times_ms.push(start.elapsed().as_secs_f64() * 1e3);
    }
    times_ms.sort_by(f64::total_cmp);
    let (codebook, problems) = read(&files);
    for problem in &problems {
        println!("{}: {problem}", problem.severity);
    }
    println!(
        "{} files; {} entity rows, {} entities, {} patterns, {} word sets, {} roles; {} problems; median {:.1} ms, first {:.1} ms",
        files.len(),
        codebook.entities.n_rows(),
        codebook.entities.iter().count(),
        codebook.patterns.iter().count(),
        codebook.words.iter().count(),
        codebook.roles.iter().count(),
        problems.len(),
        times_ms[times_ms.len() / 2],
        times_ms[times_ms.len() - 1],
    );
}
