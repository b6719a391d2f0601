//! Cues: which words are one, how far it reaches, and what it may govern.

use polybius_codebook::{AttitudePart, Codebook, SpeechPart, Stance};
use polybius_document::{Document, Relation, Token, TokenId, Upos};

use super::phrase::{Words, below};
use crate::phrases::{in_set, lower_lemma, marker, preposition};

/// "in a written statement" has so many words; with more, it is told of and no part of the cue.
const LONGEST_PAPER: usize = 4;

/// What a word means as a cue.
#[derive(Clone)]
pub(super) struct Meaning<'d> {
    pub(super) stance: Stance,
    /// Whether it gives the floor, and does not only show an attitude.
    pub(super) told: bool,
    /// Whether only a clause or a quotation is what it says.
    pub(super) clausal: bool,
    /// Whether it gives the floor to a quotation beside it, though not by itself.
    pub(super) quoting: bool,
    /// Whether its object is the person spoken to.
    pub(super) addressed: bool,
    /// What hangs on it by the preposition that belongs to it: "called **for** calm".
    pub(super) governed: Option<Token<'d>>,
}

/// The meaning of a verb, or of a predicate noun or adjective.
pub(super) fn of_verb<'d>(
    codebook: &Codebook,
    verb: Token<'d>,
    passive: bool,
    may_govern: &dyn Fn(Token<'d>) -> bool,
) -> Option<Meaning<'d>> {
    let particle = verb.children().find(|child| {
        child.relation() == Relation::CompoundPrt
            || (child.id.0 == verb.id.0 + 1
                && child.relation() == Relation::Advmod
                && matches!(child.upos(), Upos::Adv | Upos::Adp)
                && matches!(child.text(), "out" | "up" | "back" | "down" | "on" | "off" | "away"))
    });
    let lemma = lower_lemma(verb);
    let word = match particle {
        Some(particle) => format!("{lemma} {}", particle.text().to_lowercase()),
        None => lemma,
    };
    if passive
        && let Some(stance) = codebook.cues.attitude(AttitudePart::Verb, &format!("be {}", verb.text().to_lowercase()))
    {
        // "is seen as a threat".
        let role = verb.children_by(Relation::Obl).find(|child| preposition(*child).as_deref() == Some("as"));
        let meaning = Meaning { stance, told: false, clausal: true, quoting: false, addressed: false, governed: role };
        return Some(meaning);
    }
    let governed = verb.children().filter(|child| child.id > verb.id && may_govern(*child)).find_map(|child| {
        let by = match child.relation() {
            Relation::Obl | Relation::Advcl | Relation::Obj | Relation::Nmod => {
                preposition(child).or_else(|| marker(child))?
            }
            Relation::Xcomp => marker(child)?,
            _ => return None,
        };
        lookup(codebook, &format!("{word} {by}")).map(|found| (found, child))
    });
    let ((stance, told), governed) = match governed {
        Some((found, child)) => (found, Some(child)),
        None => (lookup(codebook, &word).or_else(|| told_back(codebook, &word))?, None),
    };
    let clausal = in_set(codebook, "clausal", &word);
    let quoting = in_set(codebook, "quoting", &word);
    Some(Meaning { stance, told, clausal, quoting, addressed: in_set(codebook, "addressed", &word), governed })
}

/// "wrote back": the particle adds nothing to a verb of speech.
fn told_back(codebook: &Codebook, words: &str) -> Option<(Stance, bool)> {
    lookup(codebook, words.strip_suffix(" back")?).filter(|(_, told)| *told)
}

/// The stance of a verb, and whether it is one of speech.
fn lookup(codebook: &Codebook, words: &str) -> Option<(Stance, bool)> {
    let speech = codebook.cues.speech_verb(words);
    let attitude = codebook.cues.attitude(AttitudePart::Verb, words);
    attitude.or(speech).map(|stance| (stance, speech.is_some()))
}

/// The stance of a noun, and whether it is one of speech.
pub(super) fn of_noun(codebook: &Codebook, noun: Token<'_>) -> Option<(Stance, bool)> {
    let lemma = lower_lemma(noun);
    let speech = codebook.cues.speech(SpeechPart::Noun, &lemma);
    let attitude = codebook.cues.attitude(AttitudePart::Noun, &lemma);
    speech.or(attitude).map(|stance| (stance, speech.is_some()))
}

/// The verb group around `verb`: auxiliaries, negation and adverbs directly before it; its particle, adverbs and a bare time directly
/// after it, such as "last week", but no day alone.
pub(super) fn group(document: &Document, codebook: &Codebook, times: &Words, verb: Token<'_>) -> Words {
    let mut words = Words::from([verb.id]);
    let first = document.sentence(document.sentence_of(verb.id)).tokens.start;
    let mut at = verb.id;
    let mut verb = verb;
    while at > first {
        let before = document.token(TokenId(at.0 - 1));
        // "began to see", "tried to explain": a verb that only carries the cue.
        if verb.relation() == Relation::Xcomp
            && verb.head().is_some_and(|head| head.id == before.id)
            && before.upos() == Upos::Verb
            && words.len() > 1
            && in_set(codebook, "phase", &lower_lemma(before))
        {
            verb = before;
            words.insert(before.id);
            at = before.id;
            continue;
        }
        // "went on to say", "began by saying".
        let by = before.relation() == Relation::Mark && before.text() == "by" && verb.relation() == Relation::Advcl;
        let on = before.relation() == Relation::CompoundPrt && verb.relation() == Relation::Xcomp && words.len() > 1;
        if let Some(phase) = before.before().filter(|phase| {
            (by || on)
                && verb.head().is_some_and(|head| head.id == phase.id)
                && phase.upos() == Upos::Verb
                && in_set(codebook, if by { "opening" } else { "phase" }, &lower_lemma(*phase))
        }) {
            words.extend([before.id, phase.id]);
            verb = phase;
            at = phase.id;
            continue;
        }
        let of_verb = before.head().is_some_and(|head| head.id == verb.id || words.contains(&head.id));
        let belongs = match before.relation() {
            Relation::Aux | Relation::AuxPass | Relation::Cop => true,
            Relation::Advmod => before.xpos() != "WRB",
            Relation::Mark => before.xpos() == "TO",
            _ => false,
        };
        if !of_verb || !belongs {
            break;
        }
        words.insert(before.id);
        at = before.id;
    }
    let verb = document.token(*words.last().expect("the verb itself is there"));
    let end = document.sentence(document.sentence_of(verb.id)).tokens.end;
    let mut next = verb.id.0 + 1;
    while next < end.0 {
        let after = document.token(TokenId(next));
        let of_verb = |token: Token<'_>| token.head().is_some_and(|head| head.id == verb.id);
        let adverb = after.relation() == Relation::Advmod && (after.xpos() == "RB" || after.upos() == Upos::Adp);
        let part = matches!(after.relation(), Relation::CompoundPrt | Relation::Fixed) || adverb;
        if of_verb(after) && part && after.children().next().is_none() {
            words.insert(after.id);
            next += 1;
            continue;
        }
        // "tweeted last January": a bare time right after the verb, unless "that" follows.
        let time = (next..end.0.min(next + 3)).map(|id| document.token(TokenId(id)));
        let time = time.take_while(|token| times.contains(&token.id)).last().filter(|token| {
            of_verb(*token)
                && token.relation() == Relation::OblUnmarked
                && token.children().all(|child| child.id < token.id)
        });
        let that = |time: Token<'_>| time.id.0 + 1 < end.0 && document.token(TokenId(time.id.0 + 1)).text() == "that";
        if let Some(time) = time
            && !that(time)
            && time.id.0 > next
        {
            words.extend((next..=time.id.0).map(TokenId));
        }
        // "said in a statement": what the words stand in, right after the verb.
        let paper = verb.children_by(Relation::Obl).find(|child| {
            preposition(*child).as_deref() == Some("in") && in_set(codebook, "paper", &lower_lemma(*child))
        });
        let paper = paper.map(|paper| below(paper, &|_| false));
        if let Some(paper) = paper.filter(|paper| paper.first() == Some(&TokenId(next)) && paper.len() <= LONGEST_PAPER)
        {
            words.extend(paper);
        }
        break;
    }
    words
}
