//! Event types of pairs that are given, and of sentences, against labelled tables.

use std::collections::{BTreeMap, BTreeSet};

use polybius_coder::Participant;
use polybius_document::Span;
use serde_json::Value;
use thiserror::Error;

use super::calibration::Calibration;
use crate::relate::relate_both;
use crate::{Article, PairRequest, Pipeline, Places};

/// A line of a table that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("line {line}: {reason}")]
pub struct TableError {
    line: usize,
    reason: String,
}

/// A sentence with two parties and the type of the one's act on the other.
#[derive(Debug, Clone)]
pub struct GoldPair {
    request: PairRequest,
    root: String,
    quad: u8,
}

/// The pairs of a table with the columns `root`, `quad` and `marked_sentence`, in which `<s>…</s>` marks who acts and `<t>…</t>` on whom.
/// Lines whose marks are not whole are left out; the second number counts them.
pub fn read_pairs(table: &str) -> Result<(Vec<GoldPair>, usize), TableError> {
    let (mut pairs, mut n_left_out) = (Vec::new(), 0);
    for (line, fields) in lines(table, ["root", "quad", "marked_sentence"])? {
        let [root, quad, marked] = fields;
        let quad = quad.parse().map_err(|_| TableError { line, reason: format!("`{quad}` is no quad class") })?;
        match unmarked(marked) {
            Some((text, [actor, recipient])) => {
                let (actor, recipient) = (Places::One(actor), Places::One(recipient));
                let request = PairRequest { id: Value::Null, text, actor, recipient, line };
                pairs.push(GoldPair { request, root: root.to_owned(), quad });
            }
            None => n_left_out += 1,
        }
    }
    Ok((pairs, n_left_out))
}

/// The sentences of a table with the columns `sentence` and `quad`, 0 where there is no political event.
pub fn read_quads(table: &str) -> Result<Vec<(String, u8)>, TableError> {
    let rows = lines(table, ["sentence", "quad"])?.into_iter();
    let row = |(line, [sentence, quad]): (usize, [&str; 2])| match quad.parse() {
        Ok(quad @ 0..=4) => Ok((sentence.to_owned(), quad)),
        _ => Err(TableError { line, reason: format!("`{quad}` is no quad class") }),
    };
    rows.map(row).collect()
}

/// The fields in the named columns, with the number of the line.
fn lines<'t, const N: usize>(table: &'t str, names: [&str; N]) -> Result<Vec<(usize, [&'t str; N])>, TableError> {
    let mut rows = table.lines().enumerate().map(|(index, line)| (index + 1, line.split('\t').collect::<Vec<_>>()));
    let (_, header) = rows.next().unwrap_or_default();
    let mut columns = [0; N];
    for (column, name) in columns.iter_mut().zip(names) {
        let found = header.iter().position(|field| *field == name);
        *column = found.ok_or_else(|| TableError { line: 1, reason: format!("there is no column `{name}`") })?;
    }
    let row = |(line, fields): (usize, Vec<&'t str>)| match columns.map(|column| fields.get(column).copied()) {
        fields if fields.iter().all(Option::is_some) => Ok((line, fields.map(Option::unwrap_or_default))),
        _ => Err(TableError { line, reason: format!("it has {} fields, too few", fields.len()) }),
    };
    rows.map(row).collect()
}

/// The text without marks, and where the marked words stood, in code points.
fn unmarked(marked: &str) -> Option<(String, [[usize; 2]; 2])> {
    let mut marks: Vec<(usize, &str)> = ["<s>", "</s>", "<t>", "</t>"]
        .into_iter()
        .map(|mark| Some((marked.find(mark)?, mark)))
        .collect::<Option<_>>()?;
    marks.sort_unstable();
    let (mut text, mut from) = (String::new(), 0);
    let mut places = BTreeMap::new();
    for (at, mark) in marks {
        text += &marked[from..at];
        places.insert(mark, text.chars().count());
        from = at + mark.len();
    }
    text += &marked[from..];
    let place = |begin, end| (places[begin] < places[end]).then(|| [places[begin], places[end]]);
    Some((text, [place("<s>", "</s>")?, place("<t>", "</t>")?]))
}

/// What came of one pair.
#[derive(Debug, Clone)]
pub struct PairJudgement {
    root: String,
    quad: u8,
    /// The likeliest type.
    forced: String,
    /// The type, if an act is likelier than none.
    open: Option<String>,
    /// The probability of the likeliest type.
    confidence: f32,
    /// From raw text: whether an event has both parties, and whether one of them has the right type, too.
    raw: (bool, bool),
}

/// Relates the pair, and codes its text without it.
pub fn judge_pair(gold: &GoldPair, joined: &[Joined], pipeline: &Pipeline) -> Result<PairJudgement, String> {
    let [open, forced] = relate_both(pipeline, &gold.request)?;
    let (document, events) = pipeline.read(Article::from_text("pair", &gold.request.text));
    let code_points = crate::CodePoints::new(&document.article().text);
    let touches = |side: &[Participant], places: &Places| {
        let Places::One([start, end]) = places else { return false };
        let overlaps = |span: Span| {
            let (from, to) = code_points.of(span);
            from < *end && *start < to
        };
        side.iter().any(|one| overlaps(one.span))
    };
    let mut raw = (false, false);
    for event in &events {
        let others = if event.recipients.is_empty() { &event.actors } else { &event.recipients };
        if touches(&event.actors, &gold.request.actor) && touches(others, &gold.request.recipient) {
            let name = &pipeline.codebook.ontology.event_type(event.event_type).name;
            raw = (true, raw.1 || Joined::name(joined, name) == gold.root);
        }
    }
    let name = forced.event_type.unwrap_or_default();
    Ok(PairJudgement {
        root: gold.root.clone(),
        quad: gold.quad,
        confidence: forced.confidence as f32,
        forced: Joined::name(joined, &name).to_owned(),
        open: open.event_type.map(|name| Joined::name(joined, &name).to_owned()),
        raw,
    })
}

/// Types that a table has under one name of its own.
#[derive(Debug, Clone)]
pub struct Joined {
    name: String,
    parts: Vec<String>,
}

impl std::str::FromStr for Joined {
    type Err = String;

    /// Reads `NAME=TYPE,TYPE`.
    fn from_str(text: &str) -> Result<Joined, String> {
        let (name, parts) = text.split_once('=').ok_or("write NAME=TYPE,TYPE")?;
        Ok(Joined { name: name.to_owned(), parts: parts.split(',').map(str::to_owned).collect() })
    }
}

impl Joined {
    /// What the table calls `kind`.
    fn name<'a>(joined: &'a [Joined], kind: &'a str) -> &'a str {
        let of = joined.iter().find(|one| one.parts.iter().any(|part| part == kind));
        of.map_or(kind, |one| &one.name)
    }
}

/// The figures of a table of pairs.
#[derive(Debug, Clone, Default)]
pub struct PairScores {
    judged: Vec<PairJudgement>,
}

impl PairScores {
    /// Counts one more.
    pub fn add(&mut self, judgement: PairJudgement) {
        self.judged.push(judgement);
    }

    /// How many pairs there are.
    pub fn n_pairs(&self) -> usize {
        self.judged.len()
    }

    /// Macro-F1 of types, the best being forced; and where "no act" is allowed as an answer.
    pub fn roots(&self) -> [f64; 2] {
        let gold: Vec<&str> = self.judged.iter().map(|one| one.root.as_str()).collect();
        let forced: Vec<&str> = self.judged.iter().map(|one| one.forced.as_str()).collect();
        let open: Vec<&str> = self.judged.iter().map(|one| one.open.as_deref().unwrap_or("")).collect();
        [macro_f1(&gold, &forced), macro_f1(&gold, &open)]
    }

    /// Macro-F1 of quad classes, the best type being forced. A type is of the class that the table most often gives it.
    pub fn quads(&self) -> f64 {
        let mut classes: BTreeMap<&str, BTreeMap<u8, usize>> = BTreeMap::new();
        for one in &self.judged {
            *classes.entry(&one.root).or_default().entry(one.quad).or_default() += 1;
        }
        let class = |name: &str| classes.get(name)?.iter().max_by_key(|(_, n)| **n).map(|(quad, _)| *quad);
        let gold: Vec<u8> = self.judged.iter().map(|one| one.quad).collect();
        let found: Vec<u8> = self.judged.iter().map(|one| class(&one.forced).unwrap_or(0)).collect();
        macro_f1(&gold, &found)
    }

    /// From raw text: the share of pairs that are both in one event, and that are so in one of the right type.
    pub fn raw(&self) -> [f64; 2] {
        let share = |n: usize| n as f64 / self.judged.len().max(1) as f64;
        let n_of = |holds: fn(&PairJudgement) -> bool| self.judged.iter().filter(|one| holds(one)).count();
        [share(n_of(|one| one.raw.0)), share(n_of(|one| one.raw.1))]
    }

    /// The probability of the likeliest type against the truth.
    pub fn calibration(&self) -> Calibration {
        Calibration { judged: self.judged.iter().map(|one| (one.confidence, one.forced == one.root)).collect() }
    }
}

/// What came of one sentence of a table of quad classes.
#[derive(Debug, Clone, Copy)]
pub struct QuadJudgement {
    /// The class the table gives.
    pub gold: u8,
    /// The class of the surest event; 0 without one.
    pub found: u8,
    /// How many events there are.
    pub n_events: usize,
    /// The surest event's confidence.
    pub confidence: f32,
}

/// Codes the sentence.
pub fn judge_quad(sentence: &str, gold: u8, pipeline: &Pipeline) -> QuadJudgement {
    let (_, events) = pipeline.read(Article::from_text("sentence", sentence));
    let surest = events.iter().max_by(|one, other| one.confidence.total_cmp(&other.confidence));
    let class = |event: &polybius_coder::Event| pipeline.codebook.ontology.event_type(event.event_type).quad.number();
    QuadJudgement {
        gold,
        found: surest.map_or(0, class),
        n_events: events.len(),
        confidence: surest.map_or(0.0, |event| event.confidence),
    }
}

/// The figures of a table of quad classes: macro-F1 over its classes, the share of sentences without an event in which one is coded, and
/// the surest event's confidence against the truth.
pub fn quad_scores(judged: &[QuadJudgement]) -> (f64, f64, Calibration) {
    let gold: Vec<u8> = judged.iter().map(|one| one.gold).collect();
    let found: Vec<u8> = judged.iter().map(|one| one.found).collect();
    let none = || judged.iter().filter(|one| one.gold == 0);
    let wrong = none().filter(|one| one.n_events > 0).count() as f64 / none().count().max(1) as f64;
    let coded = judged.iter().filter(|one| one.n_events > 0);
    let calibration = Calibration { judged: coded.map(|one| (one.confidence, one.gold == one.found)).collect() };
    (macro_f1(&gold, &found), wrong, calibration)
}

/// The mean of the F1 of every class of `gold`.
fn macro_f1<C: Ord + Copy>(gold: &[C], found: &[C]) -> f64 {
    let classes: BTreeSet<C> = gold.iter().copied().collect();
    let f1 = |class: C| {
        let right = gold.iter().zip(found).filter(|(one, other)| **one == class && **other == class).count();
        let n = [gold, found].map(|side| side.iter().filter(|one| **one == class).count());
        2.0 * right as f64 / (n[0] + n[1]) as f64
    };
    classes.iter().map(|class| f1(*class)).sum::<f64>() / classes.len().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_come_off() {
        let (text, places) =
            unmarked("On Monday <t>São Tomé</t>’s envoy was expelled by <s>Gabon</s>.").expect("whole");
        assert_eq!(text, "On Monday São Tomé’s envoy was expelled by Gabon.");
        assert_eq!(places, [[43, 48], [10, 18]]);
        assert_eq!(unmarked("<s>Gabon</s> left"), None);
    }

    #[test]
    fn tables_are_read_by_their_header() {
        let table =
            "id\tquad\troot\tmarked_sentence\na\t3\tACCUSE\t<s>A</s> blamed <t>B</t>.\nb\t3\tACCUSE\t<s>A</s> left.\n";
        let (pairs, n_left_out) = read_pairs(table).expect("a table");
        assert_eq!((pairs.len(), n_left_out), (1, 1));
        assert_eq!(read_pairs("id\troot\n").expect_err("no table").to_string(), "line 1: there is no column `quad`");
        assert_eq!(
            read_quads("sentence\tquad\nx\t7\n").expect_err("no class").to_string(),
            "line 2: `7` is no quad class"
        );
    }

    #[test]
    fn macro_f1_counts_classes_alike() {
        assert_eq!(macro_f1(&["a", "a", "b"], &["a", "b", "b"]), (2.0 / 3.0 + 2.0 / 3.0) / 2.0);
        assert_eq!(macro_f1(&["a", "b"], &["c", "c"]), 0.0);
    }
}
