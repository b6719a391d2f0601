//! The coder's work grows as the text does: four times the text takes about four times as long, whatever the text.

use cpu_time::ThreadTime;
use polybius::{Article, Codebook, Document, Pipeline};
use polybius_document::{Chain, Layers, Mention, MentionId, Sentence, Span, TokenData, TokenId};

/// Paragraphs that each give the coder something to look for all over the article.
const PARAGRAPHS: [&str; 9] = [
    "“Russia attacked Ukraine,” Putin said. He denied it.",
    "“We attacked” “them” “and him” “he said” “in Kenya”.",
    "“Russia attacked Ukraine and he “said that “they left.",
    "The attack killed three in Goma. The government condemned the attack.",
    "John Smith praised the two countries. The group met the country.",
    "Okello attacked Kenya. He met Okello. The Okello Group struck it.",
    "Zzyxton attacked Kenya and its police. It met it.",
    "Their soldiers attacked their ministers and his police met her generals in Paris on Friday.",
    "Iran, Kenya, the African Union (AU) and Uganda signed the deal, killing 12 people, officials said.",
];

/// The document `n` times over: its text, its layers, and each of its chains through all of them.
fn repeated(document: &Document, n: usize) -> Document {
    let one = format!("{}\n\n", document.article().text);
    let mut layers = Layers::default();
    let mut chains: Vec<Chain> = document.chains().iter().map(|_| Chain { mentions: Vec::new() }).collect();
    for copy in 0..n {
        let (byte, token) = ((copy * one.len()) as u32, (copy * document.n_tokens()) as u32);
        let range = |tokens: &std::ops::Range<TokenId>| TokenId(tokens.start.0 + token)..TokenId(tokens.end.0 + token);
        for sentence in document.sentences() {
            layers.sentences.push(Sentence { tokens: range(&sentence.tokens) });
            layers.tokens.extend(document.tokens(sentence.tokens.clone()).map(|one| TokenData {
                span: Span::new(one.span().start + byte, one.span().end + byte),
                head: one.head().map(|head| TokenId(head.id.0 + token)),
                ..one.data().clone()
            }));
        }
        let first = layers.mentions.len();
        for (chain, all) in document.chains().iter().zip(&mut chains) {
            all.mentions.extend(chain.mentions.iter().map(|mention| MentionId::from(first + mention.index())));
        }
        let mentions = document.mentions().iter();
        layers.mentions.extend(mentions.map(|mention| Mention { tokens: range(&mention.tokens), ..mention.clone() }));
    }
    layers.chains = chains;
    let article = Article { text: one.repeat(n), ..document.article().clone() };
    Document::new(article, layers).expect("copies of a document are a document")
}

fn seconds(document: &Document, codebook: &Codebook) -> f64 {
    let start = ThreadTime::now();
    std::hint::black_box(polybius_coder::code(document, codebook, 0.0));
    start.elapsed().as_secs_f64()
}

#[test]
fn four_times_the_text_takes_about_four_times_as_long() {
    let Ok(codebook) = polybius::codebook(Vec::new()) else { panic!("the codebook is not sound") };
    let pipeline = Pipeline::new(codebook);
    for paragraph in PARAGRAPHS {
        let document = pipeline.annotate(Article::from_text("linear", paragraph));
        let n = 6_000 / document.n_tokens();
        let (short, long) = (repeated(&document, n), repeated(&document, 4 * n));
        let few = (0..3).map(|_| seconds(&short, &pipeline.codebook)).fold(f64::MAX, f64::min);
        // Other programs may disturb the test, so it is enough if one of many measures is as it should be.
        let many = (0..20).map(|_| seconds(&long, &pipeline.codebook)).find(|many| *many < 8.0 * few + 0.005);
        assert!(many.is_some(), "four times as much takes more than eight times {few:.3} s: {paragraph}");
    }
}

/// One sentence of so many bytes, without a mark, most of it in long words.
fn without_end(n_bytes: usize) -> String {
    let piece = format!("Russia said that {} attacked Ukraine and ", "x".repeat(400));
    piece.repeat(n_bytes / piece.len())
}

/// The most memory that the process has had, in bytes, where the system tells.
fn peak() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.trim().parse().ok().map(|kilobytes: usize| kilobytes * 1024)
}

#[test]
fn a_sentence_of_a_megabyte() {
    let Ok(codebook) = polybius::codebook(Vec::new()) else { panic!("the codebook is not sound") };
    let pipeline = Pipeline::new(codebook);
    let read = |text: &str| {
        let start = ThreadTime::now();
        std::hint::black_box(pipeline.read(Article::from_text("long", text)));
        start.elapsed().as_secs_f64()
    };
    let (short, long) = (without_end(1 << 18), without_end(1 << 20));
    let few = (0..3).map(|_| read(&short)).fold(f64::MAX, f64::min);
    let before = peak();
    let many = (0..5).map(|_| read(&long)).find(|many| *many < 8.0 * few + 0.005);
    assert!(many.is_some(), "a sentence four times as long takes more than eight times {few:.3} s");
    if let (Some(before), Some(after)) = (before, peak()) {
        let most = 400 * long.len();
        assert!(after - before < most, "a megabyte took {} bytes", after - before);
    }
}
