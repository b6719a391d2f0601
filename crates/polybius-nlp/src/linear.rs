//! A test: tokens and sentences take time in proportion to the text, whatever the text.

use crate::sentences::split;
use crate::tokens::tokenise;
use crate::words::Words;
use cpu_time::ThreadTime;

#[path = "../../../fuzz/strange.rs"]
mod strange;

fn seconds(text: &str, words: &Words) -> f64 {
    let start = ThreadTime::now();
    let tokens = tokenise(text, words);
    std::hint::black_box(split(text, &tokens, words));
    start.elapsed().as_secs_f64()
}

#[test]
fn tokens_and_sentences_take_linear_time() {
    let words = Words::parse(include_str!("../../../models/words.txt")).expect("the list is well formed");
    let (short, long) = (strange::strange_texts(50_000), strange::strange_texts(200_000));
    for ((name, short), (_, long)) in short.iter().zip(&long) {
        let few = (0..5).map(|_| seconds(short, &words)).fold(f64::MAX, f64::min);
        // Other programs may disturb the test, so it is enough if one of many measures is as it should be.
        let many = (0..40).map(|_| seconds(long, &words)).find(|many| *many < 8.0 * few + 0.001);
        assert!(many.is_some(), "{name}: four times as much takes more than eight times {few:.4} s");
    }
}
