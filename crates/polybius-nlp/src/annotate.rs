//! The line from article to document: tokens, sentences, scores, then tags, trees, names, lemmas and coreference.

use std::ops::Range;

use polybius_document::{
    Article, Document, Layers, Mention, MentionKind, Relation, Sentence, Span, TokenData, TokenId, Upos,
};

use crate::across::{Names, Sentences};
use crate::acts::PairReading;
use crate::arithmetic::{Level, softmax};
use crate::coreference::{Comparison, Resolver};
use crate::encoder::{Input, MOST_PIECES, Scores, Scratch, WIDTH};
use crate::features::Tree;
use crate::models::Models;
use crate::pieces::{BEGIN, END, END_SHAPE, shape};
use crate::tokens::{RawToken, tokenise};
use crate::{repair, sentences, tree};

/// Sentences are read together until they have this many pieces.
const BATCH_PIECES: usize = 256;

/// Arc scores are drawn together by this much before they become probabilities: a network trained to the end is too sure of
/// itself. Fitted on EWT dev, so that nine in ten arcs of probability 0.9 are right (`models/card.md`).
const ARC_TEMPERATURE: f32 = 1.0 / 1.7;

/// The same for the scores of names: the least Brier score on web text (Universal NER's EWT dev) and newswire (half of Worldwide)
/// together. The names that are found do not depend on it; `polybius score ner --calibration` shows whether it still fits.
const ENTITY_TEMPERATURE: f32 = 1.0 / 1.45;

/// Reads an article: the document with every layer. The same article gives the same document on every machine.
///
/// Texts of 4 GiB and more are read as if they ended there.
pub fn annotate(article: Article, models: &Models) -> Document {
    annotate_at(article, models, Level::best())
}

/// As [`annotate`], with the instructions of one level.
pub(crate) fn annotate_at(article: Article, models: &Models, level: Level) -> Document {
    read(article, models, level, false).0
}

/// As [`annotate`], with what coreference compared: what `training/coreference.py` trains on.
pub fn compare(article: Article, models: &Models) -> (Document, Vec<Comparison>) {
    read(article, models, Level::best(), true)
}

fn read(article: Article, models: &Models, level: Level, compare: bool) -> (Document, Vec<Comparison>) {
    let text = &article.text;
    let mut raw = tokenise(text, &models.words);
    raw.retain(|token| u32::try_from(token.end).is_ok());
    let mut reader = Reader {
        text,
        models,
        level,
        raw: &raw,
        layers: Layers::default(),
        names: Vec::new(),
        seen: Names::default(),
        batch: Vec::new(),
        inputs: Vec::new(),
        scratch: Scratch::default(),
        vectors: Vec::new(),
        resolver: Resolver::new(models.linker.as_ref(), level),
    };
    if compare {
        reader.resolver.comparisons = Some(Vec::new());
    }
    for range in sentences::split(text, &raw, &models.words) {
        reader.take(range);
    }
    reader.read_batch();
    let Reader { mut layers, names, mut resolver, .. } = reader;
    layers.mentions = names;
    let comparisons = resolver.comparisons.take().unwrap_or_default();
    resolver.finish(&mut layers);
    (Document::new(article, layers).expect("the layers are made as a document wants them"), comparisons)
}

/// Reads what the words at `actor` do to those at `recipient`: each a list of spans, where one party stands several times. `None` if one
/// of them holds no word, or there is no reader of acts.
///
/// The text is read as one sentence; of one with too many pieces only the part around the first words of the two is read.
pub fn relate(text: &str, models: &Models, actor: &[Span], recipient: &[Span]) -> Option<PairReading> {
    relate_at(text, models, actor, recipient, Level::best())
}

fn relate_at(text: &str, models: &Models, actor: &[Span], recipient: &[Span], level: Level) -> Option<PairReading> {
    let acts = models.acts.as_ref()?;
    let mut raw = tokenise(text, &models.words);
    raw.retain(|token| u32::try_from(token.end).is_ok());
    let side = |token: &RawToken| {
        let span = Span::new(token.start as u32, token.end as u32);
        let within = |spans: &[Span]| spans.iter().any(|other| other.overlaps(span));
        if within(actor) { 1u8 } else { 2 * u8::from(within(recipient)) }
    };
    let marks: Vec<u8> = raw.iter().map(side).collect();
    let first = |side: u8| marks.iter().position(|mark| *mark == side);
    let (one, other) = (first(1)?, first(2)?);
    let mut start = 0;
    loop {
        let (input, stop) = input(text, models, &raw, start..raw.len());
        // What does not fit begins later, at the latest with the first of the two.
        if stop <= one.max(other) && start < one.min(other) {
            start = (start + 16).min(one.min(other));
            continue;
        }
        let mut scratch = Scratch::default();
        models.encoder.encode(level, std::slice::from_ref(&input), &mut scratch);
        return Some(acts.pair(level, &models.encoder, &input, &marks[start..stop], &mut scratch));
    }
}

/// The tokens of `range` as the encoder reads them, as many as fit, and the first that does not.
fn input(text: &str, models: &Models, raw: &[RawToken], range: Range<usize>) -> (Input, usize) {
    let mut input = Input { pieces: vec![BEGIN], shapes: vec![0], words: Vec::new() };
    for index in range.clone() {
        let token = raw[index];
        let word = &text[token.start..token.end];
        let space_before = index == range.start || raw[index - 1].end < token.start;
        let space_after = raw.get(index + 1).is_none_or(|next| next.start > token.end);
        let first = input.pieces.len();
        models.pieces.split(word, &mut input.pieces);
        if input.pieces.len() > MOST_PIECES && index > range.start {
            input.pieces.truncate(first);
            return (input.finished(), index);
        }
        input.shapes.resize(input.pieces.len(), shape(word, space_before, space_after));
        input.words.push((first, input.pieces.len() - 1));
    }
    (input.finished(), range.end)
}

struct Reader<'a> {
    text: &'a str,
    models: &'a Models,
    level: Level,
    raw: &'a [RawToken],
    layers: Layers,
    names: Vec<Mention>,
    /// Words that may name the sides of the next acts.
    seen: Names,
    batch: Vec<Range<usize>>,
    inputs: Vec<Input>,
    scratch: Scratch,
    /// The vectors of the batch's words.
    vectors: Vec<f32>,
    resolver: Resolver<'a>,
}

impl Reader<'_> {
    /// Takes a sentence; one with too many pieces is taken in parts.
    fn take(&mut self, range: Range<usize>) {
        let mut start = range.start;
        while start < range.end {
            let (input, stop) = input(self.text, self.models, self.raw, start..range.end);
            let n_waiting: usize = self.inputs.iter().map(|input| input.pieces.len()).sum();
            if n_waiting + input.pieces.len() > BATCH_PIECES {
                self.read_batch();
            }
            self.inputs.push(input);
            self.batch.push(start..stop);
            start = stop;
        }
    }

    /// Reads the sentences that wait.
    fn read_batch(&mut self) {
        let Reader { text, models, level, raw, layers, names, seen, batch, inputs, scratch, vectors, resolver } = self;
        vectors.clear();
        let labels = &models.labels;
        let base = layers.tokens.len();
        let offset = |index: usize| batch[index].start - batch.first().map_or(0, |range| range.start) + base;
        let mut entity_rows = Vec::new();
        let mut arc_row = Vec::new();
        let tokens = std::cell::RefCell::new(&mut layers.tokens);
        let decide = |index: usize, scores: Scores| {
            let range = batch[index].clone();
            let first = offset(index);
            let heads = tree::best_tree(scores.arcs, scores.arc_stride, range.len());
            let mut tokens = tokens.borrow_mut();
            let n_entities = labels.entities.len();
            let entity_stride = n_entities.next_multiple_of(16);
            entity_rows.clear();
            let headline = is_headline(text, &raw[range.clone()]);
            for (word, token) in raw[range].iter().enumerate() {
                let row = &scores.tags[word * scores.tag_stride..][..scores.tag_stride];
                let (upos, row) = row.split_at(labels.upos.len());
                let (xpos, row) = row.split_at(labels.xpos.len());
                let (features, row) = row.split_at(labels.features.len());
                entity_rows.extend_from_slice(&row[..n_entities]);
                entity_rows.resize((word + 1) * entity_stride, 0.0);
                arc_row.clear();
                arc_row.extend_from_slice(&scores.arcs[word * scores.arc_stride..][..scores.arc_stride]);
                arc_row.iter_mut().for_each(|score| *score *= ARC_TEMPERATURE);
                arc_row[word + 1] = f32::MIN;
                softmax(*level, &mut arc_row, scores.arc_stride, heads.len() + 1);
                let xpos = labels.xpos[largest(xpos, None)].clone();
                // "Mobs burned the shop": a capital at the start of a sentence makes no name of a plural that the tag takes for none.
                let upos = match labels.upos[largest(upos, None)] {
                    Upos::Propn if word == 0 && &*xpos == "NNS" => Upos::Noun,
                    upos => upos,
                };
                let lemma = models.lemmas.of(&text[token.start..token.end], upos, &xpos, word > 0 && !headline);
                tokens.push(TokenData {
                    span: Span::new(token.start as u32, token.end as u32),
                    upos,
                    xpos,
                    features: labels.features[largest(features, None)].clone(),
                    lemma,
                    head: heads[word].checked_sub(1).map(|head| TokenId::from(first + head)),
                    relation: Relation::Dep,
                    score: arc_row[heads[word]],
                });
            }
            entity_rows.iter_mut().for_each(|score| *score *= ENTITY_TEMPERATURE);
            softmax(*level, &mut entity_rows, entity_stride, n_entities);
            for (words, kind, score) in labels.entities.decode(&entity_rows, entity_stride) {
                let range = first + words.start..first + words.end;
                names.extend(mention(text, &tokens, range, kind, score));
            }
            vectors.extend_from_slice(scores.vectors);
            heads
        };
        let root = labels.relations.iter().position(|relation| *relation == Relation::Root);
        let relate = |index: usize, word: usize, scores: &[f32]| {
            let mut tokens = tokens.borrow_mut();
            let token = &mut tokens[offset(index) + word];
            token.relation = match token.head {
                None => Relation::Root,
                Some(_) => labels.relations[largest(&scores[..labels.relations.len()], root)],
            };
        };
        models.encoder.read(*level, inputs, scratch, decide, relate);
        for (index, range) in batch.iter().enumerate() {
            let first = offset(index);
            let tokens = &mut layers.tokens[first..first + range.len()];
            repair::inverted_subjects(text, tokens, first);
            repair::coordinated_above(&models.words, text, tokens, first);
            repair::conjoined(tokens, first);
            repair::infinitives(&models.words, text, tokens, first);
            repair::participles(text, tokens, first);
            repair::names_beside(text, tokens, first);
            repair::closing_speakers(&models.words, text, tokens, first);
        }
        let first_name = names.partition_point(|name| name.tokens.start.index() < base);
        if let Some(acts) = &models.acts {
            let tree = |(index, range): (usize, &Range<usize>)| {
                let own = offset(index)..offset(index) + range.len();
                let within = |name: &&Mention| own.contains(&name.tokens.start.index());
                let names: Vec<Mention> = names[first_name..].iter().filter(within).cloned().collect();
                Tree::new(text, &layers.tokens[own.clone()], own.start, &names)
            };
            let trees: Vec<Tree<'_>> = batch.iter().enumerate().map(tree).collect();
            let firsts: Vec<usize> = (0..batch.len()).map(offset).collect();
            let sentences = Sentences { trees: &trees, firsts: &firsts, n_before: layers.sentences.len() };
            let (guesses, happened, modes) = acts.read(*level, &models.encoder, inputs, &sentences, seen, scratch);
            layers.guesses.extend(guesses);
            layers.happened.extend(happened);
            layers.modes.extend(modes);
        }
        let mut vectors = &vectors[..];
        let mut name = first_name;
        for range in batch.drain(..) {
            let start = layers.sentences.last().map_or(TokenId(0), |sentence| sentence.tokens.end);
            let end = TokenId(start.0 + range.len() as u32);
            layers.sentences.push(Sentence { tokens: start..end });
            let n_names = names[name..].partition_point(|name| name.tokens.start < end);
            let (own, rest) = vectors.split_at(range.len() * WIDTH);
            resolver.read(text, &layers.tokens, start.index()..end.index(), &names[name..name + n_names], own);
            (vectors, name) = (rest, name + n_names);
        }
        inputs.clear();
    }
}

impl Input {
    fn finished(mut self) -> Input {
        self.pieces.push(END);
        self.shapes.push(END_SHAPE);
        self
    }
}

/// A name without the articles, quotes and possessives around it; `None` if nothing is left.
fn mention(
    text: &str,
    tokens: &[TokenData],
    mut range: Range<usize>,
    kind: MentionKind,
    score: f32,
) -> Option<Mention> {
    let is_edge = |token: &TokenData| {
        matches!(token.upos, Upos::Punct) && !text[token.span.range()].starts_with('.')
            || kind != MentionKind::Date
                && (matches!(token.upos, Upos::Det | Upos::Adp | Upos::Cconj) || &*token.xpos == "POS")
    };
    while range.len() > 1 && is_edge(&tokens[range.start]) {
        range.start += 1;
    }
    while range.len() > 1 && is_edge(&tokens[range.end - 1]) {
        range.end -= 1;
    }
    let empty = range.len() == 1 && is_edge(&tokens[range.start]);
    (!empty).then(|| Mention { tokens: TokenId::from(range.start)..TokenId::from(range.end), kind, score })
}

/// Whether most words begin with a capital, so that a capital tells nothing.
fn is_headline(text: &str, tokens: &[RawToken]) -> bool {
    let first = |token: &&RawToken| text[token.start..token.end].chars().next();
    let n_small = tokens.iter().filter(|token| first(token).is_some_and(char::is_lowercase)).count();
    let n_capital = tokens.iter().filter(|token| first(token).is_some_and(char::is_uppercase)).count();
    n_capital > n_small
}

/// The index of the largest number, the first of several; `but` is passed over.
fn largest(scores: &[f32], but: Option<usize>) -> usize {
    let mut best = usize::from(but == Some(0));
    for (index, score) in scores.iter().enumerate() {
        if *score > scores[best] && Some(index) != but {
            best = index;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use polybius_document::to_conllu;

    use super::*;

    #[test]
    fn every_level_reads_the_same() {
        let models = Models::embedded();
        let text = "Ethiopian Prime Minister Abiy Ahmed told Reuters on Friday that his troops hadn't entered Mekelle, 650 km north of \
                    Addis Ababa.\n“They won’t,” he said. The African Union (AU) urged restraint: its envoy left.";
        let read = |level| {
            let document = annotate_at(Article::from_text("test", text), &models, level);
            let scores: Vec<u32> = document
                .tokens(TokenId(0)..TokenId::from(document.n_tokens()))
                .map(|token| token.data().score.to_bits())
                .collect();
            let guesses: Vec<_> =
                (0..document.n_tokens()).filter_map(|index| document.guess_at(index.into())).cloned().collect();
            (to_conllu(&document), scores, guesses)
        };
        let expected = read(Level::Portable);
        for level in Level::available() {
            assert_eq!(read(level), expected, "{level:?}");
        }
    }

    #[test]
    fn sides_are_seen_in_the_sentences_around() {
        let models = Models::embedded();
        let text = "Eritrean troops shelled Zalambessa on Monday, killing six people.\nEthiopia called the attack a crime. It \
                    demanded that they withdraw at once.";
        let document = annotate(Article::from_text("test", text), &models);
        let words = document.tokens(TokenId(0)..TokenId::from(document.n_tokens()));
        let demanded = words.filter(|word| word.text() == "demanded").find_map(|word| document.guess_at(word.id));
        let demanded = demanded.expect("it tells an act");
        let sentence_of = |argument: &polybius_document::Argument| document.sentence_of(argument.token);
        let own = document.sentence_of(demanded.token);
        for side in [&demanded.actors_across, &demanded.recipients_across] {
            assert!(side.iter().any(|argument| sentence_of(argument) < own), "{side:?}");
            assert!(side.iter().map(|argument| argument.score).sum::<f32>() <= 1.0 + 1e-5, "{side:?}");
        }
        let alone = annotate(Article::from_text("test", "It demanded that they withdraw at once."), &models);
        let guesses = alone.guesses();
        let all = guesses.iter().flat_map(|guess| guess.actors_across.iter().chain(&guess.recipients_across));
        assert!(all.count() > 0);
    }

    #[test]
    fn every_level_relates_the_same() {
        let models = Models::embedded();
        let text = "Kenya accused Ethiopia of arming the rebels.";
        let read = |level| relate_at(text, &models, &[Span::new(0, 5)], &[Span::new(14, 22)], level);
        let expected = read(Level::Portable).expect("both stand on words");
        assert_eq!(&*expected.labels[0].0, "O");
        for level in Level::available() {
            assert_eq!(read(level).as_ref(), Some(&expected), "{level:?}");
        }
    }

    #[test]
    fn relates_parties_far_apart_in_a_long_text() {
        let models = Models::embedded();
        let filler = "and the weather was fine ".repeat(200);
        let text = format!("{filler} Kenya accused Ethiopia of arming the rebels, {filler} and Chad left.");
        let span = |name: &str| {
            let start = text.find(name).expect("it stands there");
            vec![Span::new(start as u32, (start + name.len()) as u32)]
        };
        assert!(relate(&text, &models, &span("Kenya"), &span("Ethiopia")).is_some());
        assert!(relate(&text, &models, &span("Kenya"), &span("Chad")).is_some());
        assert!(relate(&text, &models, &span("Kenya"), &span("Kenya")).is_none());
        assert!(relate("", &models, &[], &[]).is_none());
    }
}
