//! Tokens a second on one core: `cargo run --release -p polybius-nlp --example speed -- FILE.jsonl [ARTICLES]`.

use std::time::Instant;

use polybius_document::Article;
use polybius_nlp::{Models, annotate};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("which JSONL file?")?;
    let most: usize = arguments.next().map_or(Ok(usize::MAX), |n| n.parse())?;
    let start = Instant::now();
    let models = Models::embedded();
    println!("models loaded in {:.0} ms", start.elapsed().as_secs_f64() * 1000.0);
    let mut texts = Vec::new();
    for line in std::fs::read_to_string(&path)?.lines().take(most) {
        let value: serde_json::Value = serde_json::from_str(line)?;
        texts.push(value["text"].as_str().ok_or("an article without text")?.to_owned());
    }
    let (start, busy) = (Instant::now(), cpu_seconds());
    let (mut n_tokens, mut n_sentences, mut n_mentions) = (0, 0, 0);
    for text in texts {
        let document = annotate(Article::from_text("", text), &models);
        n_tokens += document.n_tokens();
        n_sentences += document.sentences().len();
        n_mentions += document.mentions().len();
    }
    let seconds = start.elapsed().as_secs_f64();
    let busy = busy.zip(cpu_seconds()).map_or(seconds, |(before, after)| after - before);
    println!(
        "polybius: {n_tokens} tokens, {n_sentences} sentences, {n_mentions} mentions in {seconds:.1} s on one core"
    );
    println!("{:.0} tokens/s ({:.0} per CPU second)", n_tokens as f64 / seconds, n_tokens as f64 / busy);
    Ok(())
}

/// Seconds the processor has worked for this thread, where the system tells: a fair clock on a busy machine.
fn cpu_seconds() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(stat.split(' ').next()?.parse::<f64>().ok()? / 1e9)
}
