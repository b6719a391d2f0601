//! What one party does to another, both being given: pairs in, the readers' joint answer out.

use std::io::BufRead;

use polybius_coder::{Event, Participant};
use polybius_document::{Argument, Article, Document, Span, act_mode, act_types};
use polybius_nlp::PairReading;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::Pipeline;
use crate::input::{Line, Lines, MAX_LINE_BYTES, Problem};

/// An event that the coder finds between the two speaks for its type as strongly as these odds to one, times its own confidence.
const EVENT_ODDS: f64 = 12.0;
/// An event that involves but one of the two is worth this much.
const HALF_ODDS: f64 = 1.0;
/// A word that the reader takes for an act of the one on the other speaks as strongly for its type, times the probabilities.
const WORD_ODDS: f64 = 15.0;
/// How likely anybody is a side of an act, whatever the reader says of the word.
const ANYBODY: f64 = 0.08;
/// The readers look at the same words, so that their product is surer than they are right; this power, fitted on marked pairs set aside
/// from training, takes that back.
const SHARED: f64 = 0.62;
/// Events that the coder itself would rather leave out are heard from this confidence on.
const HEARD: f32 = 0.2;

/// A text and two parties in it.
#[derive(Debug, Clone, Deserialize)]
pub struct PairRequest {
    /// Whatever the sender knows the pair by; it comes back as it is.
    #[serde(default)]
    pub id: Value,
    /// The text, a sentence as a rule.
    pub text: String,
    /// Where the one who acts stands, in code points.
    pub actor: Places,
    /// Where the one acted on stands.
    pub recipient: Places,
    /// The line it came from, counted from 1.
    #[serde(skip)]
    pub line: usize,
}

/// One place of a party, or several.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum Places {
    /// Start and end.
    One([usize; 2]),
    /// Several starts and ends.
    Several(Vec<[usize; 2]>),
}

impl Places {
    fn all(&self) -> &[[usize; 2]] {
        match self {
            Places::One(place) => std::slice::from_ref(place),
            Places::Several(places) => places,
        }
    }
}

/// What the one does to the other.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PairRow {
    /// As it was sent.
    pub id: Value,
    /// PLOVER's type; `null` where there is no political act between them.
    pub event_type: Option<String>,
    /// Its mode.
    pub mode: Option<String>,
    /// Its quad class, 1 to 4.
    pub quad: Option<u8>,
    /// PLOVER's auxiliary modes, in alphabetical order.
    pub auxiliary: Vec<String>,
    /// For promises, threats, requests and refusals: the type of the act in question, where a pattern tells it.
    pub prospect: Option<String>,
    /// The probability of `event_type`, or of there being no act; where the type was forced, that of the type if there is an act.
    pub confidence: f64,
    /// The probability of each type.
    pub scores: Map<String, Value>,
}

/// The requests in the lines of `reader`, one JSON object each; `path` names it in problems.
pub fn pair_requests(path: &str, reader: impl BufRead) -> impl Iterator<Item = Result<PairRequest, Problem>> {
    let mut lines = Lines::new(reader, MAX_LINE_BYTES);
    let path = path.to_owned();
    let mut broken = false;
    std::iter::from_fn(move || {
        while !broken {
            let line = lines.next()?;
            let problem = |reason: String, cure: &str| {
                Some(Err(Problem {
                    path: path.clone(),
                    line: lines.number,
                    reason,
                    cure: cure.to_owned(),
                    set_aside: false,
                }))
            };
            let bytes = match line {
                Ok(Line::Whole(bytes)) => bytes,
                Ok(Line::TooLong(n)) => return problem(format!("the line has {n} bytes, too many"), "send a sentence"),
                Err(error) => {
                    broken = true;
                    return problem(format!("it cannot be read on: {error}"), "look after the file");
                }
            };
            if bytes.trim_ascii().is_empty() {
                continue;
            }
            let cure = r#"write {"id": …, "text": …, "actor": [start, end], "recipient": [start, end]}"#;
            return match serde_json::from_slice::<PairRequest>(&bytes) {
                Ok(request) => Some(Ok(PairRequest { line: lines.number, ..request })),
                Err(error) => problem(format!("the line is no pair: {error}"), cure),
            };
        }
        None
    })
}

/// The answer to `request`; with `force` the likeliest type even where no act is likelier. The error says which offsets are wrong.
pub fn relate(pipeline: &Pipeline, request: &PairRequest, force: bool) -> Result<PairRow, String> {
    relate_both(pipeline, request).map(|[open, forced]| if force { forced } else { open })
}

/// The answer that may be "no act", and the one that names the likeliest type whatever its probability.
pub(crate) fn relate_both(pipeline: &Pipeline, request: &PairRequest) -> Result<[PairRow; 2], String> {
    let actor = spans(&request.text, "actor", &request.actor)?;
    let recipient = spans(&request.text, "recipient", &request.recipient)?;
    let reading = polybius_nlp::relate(&request.text, &pipeline.models, &actor, &recipient)
        .ok_or("`actor` and `recipient` must each hold a word, and different ones")?;
    let document = pipeline.annotate(Article::from_text("pair", &request.text));
    let events = polybius_coder::code(&document, &pipeline.codebook, HEARD);
    let weighed = Weighed::new(pipeline, &document, &reading, &events, &actor, &recipient);
    Ok([false, true].map(|force| weighed.row(request.id.clone(), force)))
}

/// Code-point offsets as spans of bytes.
fn spans(text: &str, name: &str, places: &Places) -> Result<Vec<Span>, String> {
    let starts: Vec<usize> = text.char_indices().map(|(byte, _)| byte).chain([text.len()]).collect();
    let span = |&[start, end]: &[usize; 2]| match (starts.get(start), starts.get(end)) {
        (Some(&from), Some(&to)) if start < end => Ok(Span::new(from as u32, to as u32)),
        _ => Err(format!("`{name}` {start}–{end} is no part of the text, which has {} code points", starts.len() - 1)),
    };
    let spans: Vec<Span> = places.all().iter().map(span).collect::<Result<_, _>>()?;
    if spans.is_empty() { Err(format!("`{name}` names no place")) } else { Ok(spans) }
}

/// Both readers' words on a pair, weighed.
struct Weighed<'a> {
    pipeline: &'a Pipeline,
    reading: &'a PairReading,
    /// Events in which the one acts on the other, or one of them takes part, with their weights, the weightiest first.
    events: Vec<(&'a Event, f64)>,
    /// The probability of no act, then of each type in the ontology's order.
    none: f64,
    types: Vec<(String, f64)>,
}

impl<'a> Weighed<'a> {
    fn new(
        pipeline: &'a Pipeline,
        document: &Document,
        reading: &'a PairReading,
        events: &'a [Event],
        actor: &[Span],
        recipient: &[Span],
    ) -> Weighed<'a> {
        let touches = |side: &[Participant], spans: &[Span]| {
            side.iter().any(|one| spans.iter().any(|span| span.overlaps(one.span)))
        };
        let weight = |event: &Event| {
            let mutual = event.recipients.is_empty();
            let who = touches(&event.actors, actor);
            let whom = touches(if mutual { &event.actors } else { &event.recipients }, recipient);
            let odds = match (who, whom) {
                (true, true) => EVENT_ODDS,
                (true, false) | (false, true) => HALF_ODDS,
                (false, false) => return None,
            };
            Some(1.0 + odds * f64::from(event.confidence))
        };
        let mut events: Vec<(&Event, f64)> = events.iter().filter_map(|event| Some((event, weight(event)?))).collect();
        events.sort_by(|one, other| other.1.total_cmp(&one.1));
        let ontology = &pipeline.codebook.ontology;
        let mut types: Vec<(String, f64)> = ontology.types.iter().map(|kind| (kind.name.to_string(), 1e-6)).collect();
        let mut none = 0.0;
        for (name, probability) in act_types(&reading.labels) {
            match types.iter_mut().find(|(other, _)| other == name) {
                Some((_, sum)) => *sum += f64::from(probability),
                None => none += f64::from(probability),
            }
        }
        for (event, weight) in &events {
            let name = &ontology.event_type(event.event_type).name;
            if let Some((_, probability)) = types.iter_mut().find(|(other, _)| **other == **name) {
                *probability *= weight;
            }
        }
        for guess in document.guesses() {
            let side = |arguments: &[Argument], spans: &[Span]| {
                let named = |argument: &&Argument| {
                    spans.iter().any(|span| span.overlaps(document.token(argument.token).span()))
                };
                arguments.iter().filter(named).map(|argument| f64::from(argument.score)).fold(ANYBODY, f64::max)
            };
            let sides = side(&guess.actors, actor) * side(&guess.recipients, recipient);
            for (name, probability) in guess.types() {
                if let Some((_, sum)) = types.iter_mut().find(|(other, _)| other == name) {
                    *sum *= 1.0 + WORD_ODDS * f64::from(probability) * sides;
                }
            }
        }
        none = none.powf(SHARED);
        types.iter_mut().for_each(|(_, probability)| *probability = probability.powf(SHARED));
        let sum: f64 = none + types.iter().map(|(_, p)| p).sum::<f64>();
        none /= sum;
        types.iter_mut().for_each(|(_, probability)| *probability /= sum);
        Weighed { pipeline, reading, events, none, types }
    }

    fn row(&self, id: Value, force: bool) -> PairRow {
        let ontology = &self.pipeline.codebook.ontology;
        let best = self.types.iter().max_by(|one, other| one.1.total_cmp(&other.1)).expect("there are types");
        let chosen = (force || best.1 >= self.none).then_some(best);
        let kind = chosen.and_then(|(name, _)| ontology.type_named(name));
        let event = self.events.iter().map(|(event, _)| event).find(|event| Some(event.event_type) == kind);
        let read_mode = || chosen.and_then(|(name, _)| act_mode(&self.reading.labels, name)).map(str::to_owned);
        let mode = event.and_then(|event| event.mode).map(|mode| ontology.mode(mode).name.to_string());
        let flags = self.reading.flags;
        let flags = [
            (flags.future, "future"),
            (flags.historical, "historical"),
            (flags.hypothetical, "hypothetical"),
            (flags.negation, "negation"),
        ];
        let auxiliary = flags.into_iter().filter(|(p, _)| kind.is_some() && *p >= 0.5);
        let score = |p: f64| Value::from((p * 1000.0).round() / 1000.0);
        PairRow {
            id,
            event_type: chosen.map(|(name, _)| name.clone()),
            mode: mode.or_else(read_mode),
            quad: kind.map(|kind| ontology.event_type(kind).quad.number()),
            auxiliary: auxiliary.map(|(_, name)| name.to_owned()).collect(),
            prospect: event.and_then(|event| event.prospect).map(|kind| ontology.event_type(kind).name.to_string()),
            confidence: (chosen.map_or(self.none, |(_, p)| if force { p / (1.0 - self.none).max(*p) } else { *p })
                * 1000.0)
                .round()
                / 1000.0,
            scores: self.types.iter().map(|(name, p)| (name.clone(), score(*p))).collect(),
        }
    }
}
