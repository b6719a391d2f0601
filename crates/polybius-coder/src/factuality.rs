//! How surely it happened: from −3, certainly not, to 3, certainly, as the words around a predicate tell.
//!
//! Each construction that a predicate stands in is a cue with points in the codebook: its own form, auxiliaries and adverbs, and those of
//! up to three words above it. The points are added up, and to them what the trained reader says.

use polybius_codebook::Codebook;
use polybius_document::{Document, Relation, Span, Token, Upos};

use crate::code::{How, with_coder};
use crate::phrases::lower_lemma;
use crate::{Auxiliary, status};

/// How many words above a predicate its cues look.
const REACH: usize = 3;
/// Words that deny what they are the subject or object of.
const NOBODY: [&str; 3] = ["nobody", "nothing", "none"];

/// How surely what the word at each of the spans tells happened, whether or not it is an event; `None` where there is no word.
pub fn factuality(document: &Document, codebook: &Codebook, spans: &[Span]) -> Vec<Option<f32>> {
    at_each(document, codebook, spans, |token, auxiliary| of(codebook, token, auxiliary))
}

/// The cues of the word at each of the spans, in alphabetical order; `None` where there is no word.
pub fn factuality_cues(document: &Document, codebook: &Codebook, spans: &[Span]) -> Vec<Option<Vec<String>>> {
    at_each(document, codebook, spans, cues)
}

fn at_each<T>(
    document: &Document,
    codebook: &Codebook,
    spans: &[Span],
    what: impl Fn(Token<'_>, Auxiliary) -> T,
) -> Vec<Option<T>> {
    with_coder(document, codebook, How { any_noun: true, ..How::default() }, |coder| {
        let at = |span: &Span| {
            let token = document.tokens_over(*span).next()?;
            let clauses = &coder.clauses[document.sentence_of(token.id).index()];
            let status = clauses.headed_by(token.id).map(|clause| status::of(codebook, clauses, clause, token));
            Some(what(token, status.unwrap_or_default().auxiliary()))
        };
        spans.iter().map(at).collect()
    })
}

/// How surely what `token` tells happened, of which the words around it say `auxiliary`.
pub(crate) fn of(codebook: &Codebook, token: Token<'_>, auxiliary: Auxiliary) -> f32 {
    let cues = cues(token, auxiliary);
    let points = |cue| codebook.factuality.points(cue);
    let read = points("reader") * token.happened();
    3.0 * (points("predicate") + read + codebook.factuality.sum(&cues)).tanh()
}

/// What the modes of an event leave of it: what is denied did not happen, what is open is neither sure to have happened nor sure not to
/// have, what is announced is more likely than not.
pub(crate) fn within(factuality: f32, auxiliary: Auxiliary) -> f32 {
    let (least, most) = match auxiliary {
        Auxiliary { negation: true, future: false, hypothetical: false, .. } => (-3.0, -1.0),
        Auxiliary { negation: true, .. } => (-3.0, 0.0),
        Auxiliary { hypothetical: true, .. } => (-1.5, 1.0),
        Auxiliary { future: true, .. } => (0.5, 1.5),
        _ => (1.0, 3.0),
    };
    factuality.clamp(least, most)
}

fn cues(token: Token<'_>, auxiliary: Auxiliary) -> Vec<String> {
    let mut cues: Vec<String> = auxiliary.names().iter().map(|mode| format!("mode {mode}")).collect();
    on(token, "", &mut cues);
    cues.push(format!("word {}", lower_lemma(token)));
    cues.push(format!("pos {}", token.upos().as_str()));
    let has = |kinds: &[Relation]| token.children().any(|child| kinds.contains(&child.relation()));
    if !has(&[Relation::Aux, Relation::AuxPass, Relation::Cop]) {
        cues.push(format!("bare {}", token.xpos()));
        if token.xpos() == "VB" && !has(&[Relation::Mark, Relation::Nsubj, Relation::NsubjPass]) {
            cues.push("imperative".to_owned());
        }
    }
    cues.push(format!("is {}", relation(token)));
    let mut at = token;
    let mut path = String::new();
    for depth in 1..=REACH {
        let Some(head) = at.head() else { break };
        let (relation, lemma) = (relation(at), lower_lemma(head));
        let marks = [Relation::Mark, Relation::Case];
        let mark = at.children().find(|child| marks.contains(&child.relation()) && child.id < at.id);
        let mark = mark.map(lower_lemma).unwrap_or_default();
        cues.push(format!("{depth} {relation} of {lemma}"));
        cues.push(format!("{depth} {relation} of {}", head.upos().as_str()));
        cues.push(format!("{depth} {relation} with {mark}"));
        if matches!(relation, "xcomp" | "ccomp" | "acl" | "advcl" | "obj" | "obl" | "nmod") {
            cues.push(format!("{relation} with {mark} of {lemma}"));
        }
        if depth < REACH && passes(at.relation()) {
            path += relation;
            path.push('/');
            on(head, &path, &mut cues);
        }
        at = head;
    }
    let root = std::iter::successors(Some(token), |token| token.head()).last().unwrap_or(token);
    if root.children().any(|child| child.text() == "?") {
        cues.push("in a question".to_owned());
    }
    cues.push(format!("under {}", root.xpos()));
    cues.extend(root.children_by(Relation::Aux).map(|aux| format!("under {}", aux.text().to_lowercase())));
    cues.sort();
    cues.dedup();
    cues
}

/// What stands on the word itself; `path` tells how it is reached.
fn on(token: Token<'_>, path: &str, cues: &mut Vec<String>) {
    cues.push(format!("{path}is {}", token.xpos()));
    for child in token.children() {
        let word = lower_lemma(child);
        let form = child.text().to_lowercase().replace('’', "'");
        let denies = |token: Token<'_>| {
            token.children_by(Relation::Det).any(|det| matches!(lower_lemma(det).as_str(), "no" | "neither"))
        };
        let doubts = |token: Token<'_>| token.children_by(Relation::Det).any(|det| lower_lemma(det) == "any");
        match child.relation() {
            Relation::Aux => cues.push(format!("{path}{form}")),
            Relation::Cop => cues.push(format!("{path}copula {}", child.xpos())),
            Relation::AuxPass => cues.push(format!("{path}passive {}", child.xpos())),
            Relation::Mark => cues.push(format!("{path}{word}-clause")),
            Relation::Case => cues.push(format!("{path}after {word}")),
            Relation::Advmod if child.feature("Polarity") == Some("Neg") => cues.push(format!("{path}not")),
            Relation::Advmod => cues.push(format!("{path}adverb {word}")),
            Relation::Det | Relation::CcPreconj if matches!(word.as_str(), "no" | "neither") => {
                cues.push(format!("{path}not"));
            }
            Relation::Det | Relation::Amod => cues.push(format!("{path}modifier {word}")),
            Relation::Nsubj | Relation::NsubjPass | Relation::Obj => {
                if NOBODY.contains(&word.as_str()) || denies(child) {
                    cues.push(format!("{path}not"));
                }
                if doubts(child) {
                    cues.push(format!("{path}any"));
                }
                let det = child.children_by(Relation::Det).next().map(lower_lemma);
                let kind = match (child.upos(), det) {
                    (Upos::Noun, Some(det)) => det,
                    (Upos::Noun, None) if child.xpos() == "NNS" => "several".to_owned(),
                    (upos, _) => upos.as_str().to_owned(),
                };
                cues.push(format!("{path}{} {kind}", relation(child)));
                if child.relation() != Relation::Obj {
                    cues.push(format!("{path}subject"));
                    if child.upos() == Upos::Pron {
                        cues.push(format!("{path}subject {word}"));
                    }
                }
            }
            Relation::Advcl => {
                cues.extend(
                    child.children_by(Relation::Mark).map(|mark| format!("{path}beside {}", lower_lemma(mark))),
                );
            }
            Relation::Punct if matches!(child.text(), "?" | "!") => cues.push(format!("{path}{}", child.text())),
            _ => {}
        }
    }
}

/// The relation by name, but for subtypes that say no more of what is true.
fn relation(token: Token<'_>) -> &'static str {
    let whole = token.relation().as_str();
    let kept = matches!(token.relation(), Relation::AclRelcl | Relation::NsubjPass);
    if kept { whole } else { whole.split(':').next().unwrap_or(whole) }
}

/// Whether what is said of the word above bears on the word below.
fn passes(relation: Relation) -> bool {
    matches!(
        relation,
        Relation::Xcomp
            | Relation::Ccomp
            | Relation::Csubj
            | Relation::CsubjPass
            | Relation::Conj
            | Relation::Parataxis
            | Relation::Acl
            | Relation::AclRelcl
            | Relation::Advcl
            | Relation::Obj
            | Relation::Obl
            | Relation::Nmod
            | Relation::Nsubj
            | Relation::NsubjPass
    )
}
