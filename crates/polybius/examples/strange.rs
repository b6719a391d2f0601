//! Time and memory on strange texts of n, 2n and 4n bytes: `cargo run --release -p polybius --example strange -- [KB] [NAME]`.

#[path = "../../../fuzz/strange.rs"]
mod strange;

use std::fs;

use cpu_time::ThreadTime;
use jiff::civil::date;
use polybius::{Article, Pipeline, rows};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let n_bytes = 1024 * arguments.next().map_or(64, |size| size.parse().expect("a size in KB"));
    let wanted = arguments.next().unwrap_or_default();
    let codebook = polybius::codebook(Vec::new()).unwrap_or_else(|_| panic!("the codebook is not sound"));
    let pipeline = Pipeline::new(codebook);
    println!("{:<34} {:>8} {:>9} {:>9} | seconds, tokens/s, peak MB", "text", "KB", "tokens", "events");
    for size in [n_bytes, 2 * n_bytes, 4 * n_bytes] {
        for (name, text) in strange::strange_texts(size) {
            if name.contains(&wanted) {
                measure(&pipeline, name, text);
            }
        }
    }
}

fn measure(pipeline: &Pipeline, name: &str, text: String) {
    let n_bytes = text.len();
    forget_peak();
    let before = memory("VmRSS");
    let article = Article { published: Some(date(2024, 10, 11)), ..Article::from_text("strange", text) };
    let start = ThreadTime::now();
    let document = pipeline.annotate(article);
    let read = start.elapsed().as_secs_f64();
    let peak_read = memory("VmHWM") - before;
    let start = ThreadTime::now();
    let events = polybius_coder::code(&document, &pipeline.codebook, 0.0);
    let coded = start.elapsed().as_secs_f64();
    let start = ThreadTime::now();
    let n_rows = rows(&document, &events, &pipeline.codebook).len();
    let written = start.elapsed().as_secs_f64();
    let n = document.n_tokens();
    println!(
        "{name:<34} {:>8} {n:>9} {n_rows:>9} | read {read:.3} code {coded:.3} rows {written:.3}, {:.0} t/s, {peak_read:.0} {:.0} MB",
        n_bytes / 1024,
        n as f64 / (read + coded + written),
        memory("VmHWM") - before,
    );
}

/// Makes the peak of memory begin anew, where the system can.
fn forget_peak() {
    let _ = fs::write("/proc/self/clear_refs", "5");
}

/// Megabytes of memory, where the system tells.
fn memory(field: &str) -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(field)).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kilobytes| kilobytes.parse::<f64>().ok()).unwrap_or_default() / 1024.0
}
