//! What the word above says of whether its complement happened: "did not confirm that", "voted down a plan to", "the first to".

use polybius_codebook::{Codebook, Effect, Stance};
use polybius_document::{Relation, Token};

use super::predicate::{is_doubted, is_negated, is_negative, on_predicate};
use super::{Status, effect_of};
use crate::clauses::Clauses;
use crate::phrases::{in_set, lower_lemma, marker, preposition};

/// Whether `governor` confirms, and is denied or refused: "did not confirm", "declined to confirm or deny".
pub(super) fn unconfirmed(codebook: &Codebook, clauses: &Clauses, governor: Token<'_>) -> bool {
    // "would neither confirm nor deny that".
    let first = governor.head().filter(|_| governor.relation() == Relation::Conj);
    let governor = first.filter(|first| confirms(codebook, clauses, *first)).unwrap_or(governor);
    let refused = governor.relation() == Relation::Xcomp
        && governor.head().is_some_and(|verb| effect_of(codebook, clauses, governor, verb) == Some(Effect::Negation));
    confirms(codebook, clauses, governor) && (refused || is_negated(codebook, governor))
}

fn confirms(codebook: &Codebook, clauses: &Clauses, verb: Token<'_>) -> bool {
    let confirms =
        |key: &String| codebook.cues.speech_verb(key) == Some(Stance::Confirms) || in_set(codebook, "proving", key);
    clauses.headed_by(verb.id).is_some_and(|clause| clause.keys.iter().any(confirms))
}

/// Whether the verb and the preposition of what hangs on it make a cue together.
pub(super) fn takes(codebook: &Codebook, clauses: &Clauses, verb: Token<'_>, thing: Token<'_>) -> bool {
    let Some((clause, before)) = clauses.headed_by(verb.id).zip(preposition(thing)) else { return false };
    clause.keys.iter().any(|key| codebook.cues.status_verb(&format!("{key} {before}")).is_some())
}

/// Whether `governor` denies, and is denied itself: "did not deny that they jammed it" owns it.
pub(super) fn owned(codebook: &Codebook, clauses: &Clauses, governor: Token<'_>) -> bool {
    let Some(clause) = clauses.headed_by(governor.id) else { return false };
    let denies = clause.keys.iter().any(|key| codebook.cues.speech_verb(key) == Some(Stance::Denies));
    let mut on = Status::default();
    on_predicate(codebook, governor, &mut on);
    denies && on.n_negations % 2 == 1 && !on.future && !on.hypothetical
}

/// Whether the thing is said not to be there: "no time", "did not find the time".
pub(super) fn is_missing(codebook: &Codebook, thing: Token<'_>) -> bool {
    let verb = thing.head().filter(|_| thing.relation() == Relation::Obj);
    let denied = |token: Token<'_>| is_negated(codebook, token);
    let lacks = |verb: Token<'_>| codebook.cues.status_verb(&lower_lemma(verb)) == Some(Effect::Negation);
    verb.map_or_else(|| denied(thing), |verb| denied(verb) || lacks(verb))
}

/// Whether a plan or the like is voted down or thwarted by the verb whose object it is. Who denies one speaks of what was to come.
pub(super) fn is_thrown_out(codebook: &Codebook, clauses: &Clauses, plan: Token<'_>) -> bool {
    let is_thing = match plan.relation() {
        Relation::Obj | Relation::NsubjPass => true,
        // "The plan fell through".
        Relation::Nsubj => {
            let fails = |key: &String| in_set(codebook, "failing", key);
            return plan.head().is_some_and(|verb| {
                let clause = clauses.headed_by(verb.id);
                clause.is_some_and(|clause| clause.keys.iter().any(fails)) || falls_through(codebook, clauses, verb)
            });
        }
        // "decided against a proposal", "failed in a bid".
        Relation::Obl => matches!(preposition(plan).as_deref(), Some("against" | "in" | "with" | "from" | "of")),
        _ => false,
    };
    plan.head().filter(|_| is_thing).is_some_and(|verb| {
        let denies = codebook.cues.speech_verb(&lower_lemma(verb)) == Some(Stance::Denies);
        let spurns = || {
            clauses
                .headed_by(verb.id)
                .is_some_and(|clause| clause.keys.iter().any(|key| in_set(codebook, "spurning", key)))
        };
        !denies && (effect_of(codebook, clauses, plan, verb) == Some(Effect::Negation) || spurns())
    })
}

/// "fell through", "came to nothing".
pub(super) fn falls_through(codebook: &Codebook, clauses: &Clauses, verb: Token<'_>) -> bool {
    let falls = |key: &String| in_set(codebook, "falling_through", key);
    let to_nothing = |noun: Token<'_>| {
        let before = preposition(noun).unwrap_or_default();
        falls(&format!("{} {before} {}", lower_lemma(verb), lower_lemma(noun)))
    };
    clauses.headed_by(verb.id).is_some_and(|clause| clause.keys.iter().any(falls))
        || verb.children_by(Relation::Obl).any(to_nothing)
}

/// Whether what `verb` rules out is not ruled out after all: "did not rule out", "declined to rule out".
pub(super) fn left_open(codebook: &Codebook, clauses: &Clauses, verb: Token<'_>) -> bool {
    let Some(clause) = clauses.headed_by(verb.id) else { return false };
    let refused = verb.relation() == Relation::Xcomp
        && verb.head().is_some_and(|above| effect_of(codebook, clauses, verb, above) == Some(Effect::Negation));
    clause.keys.iter().any(|key| in_set(codebook, "foreclosing", key)) && (refused || is_negated(codebook, verb))
}

/// "was not among those": whether who is described is said to be none of them.
pub(super) fn is_none_of(noun: Token<'_>) -> bool {
    preposition(noun).as_deref() == Some("among")
        && noun.children_by(Relation::Cop).next().is_some()
        && noun.children_by(Relation::Advmod).any(is_negative)
}

/// "the indictment says": words that only accuse.
pub(super) fn is_charged(codebook: &Codebook, verb: Token<'_>) -> bool {
    verb.children_by(Relation::Nsubj).any(|subject| in_set(codebook, "charge_sheet", &lower_lemma(subject)))
}

/// "signed in Doha", "drawn up by aides": without a subject and auxiliaries of its own.
pub(super) fn is_participle(verb: Token<'_>) -> bool {
    let own = [Relation::Nsubj, Relation::NsubjPass, Relation::Aux, Relation::AuxPass, Relation::Cop];
    !verb.children().any(|child| own.contains(&child.relation()))
}

/// "the first", "the only one", "the third country".
pub(super) fn is_one_of_a_row(noun: Token<'_>) -> bool {
    let is = |word: Token<'_>| {
        matches!(word.lemma(), "first" | "last" | "only" | "latest") || word.feature("NumType") == Some("Ord")
    };
    is(noun) || noun.children().any(|child| child.id < noun.id && is(child))
}

/// "only to find".
pub(super) fn is_only(verb: Token<'_>) -> bool {
    let to = verb.children().find(|child| child.xpos() == "TO" && child.id < verb.id);
    to.and_then(Token::before).is_some_and(|word| word.lemma() == "only")
}

/// "that they meet": a base form with a "that", a subject and nothing that helps.
pub(super) fn is_subjunctive(verb: Token<'_>) -> bool {
    let has = |relation: Relation| verb.children_by(relation).next().is_some();
    let singular = |subject: Token<'_>| subject.feature("Number") == Some("Sing") && subject.text() != "I";
    let base = verb.xpos() == "VB"
        || (verb.xpos() == "VBP" && verb.children_by(Relation::Nsubj).all(singular) && verb.text() == verb.lemma());
    let that = marker(verb).as_deref() == Some("that");
    // "that he be deported".
    let be = verb.children_by(Relation::AuxPass).any(|aux| aux.text() == "be");
    let helped = has(Relation::Aux) || has(Relation::Cop) || (has(Relation::AuxPass) && !be);
    (base || be) && that && (has(Relation::Nsubj) || has(Relation::NsubjPass)) && !helped
}

/// "Assuming", "provided", "barring": verbs by their form, on which a condition hangs.
pub(super) fn is_supposing(codebook: &Codebook, verb: Token<'_>) -> bool {
    let word = verb.text().to_lowercase();
    let cue = codebook.cues.status_conjunction(&word).or_else(|| codebook.cues.status_preposition(&word));
    let participle = matches!(verb.xpos(), "VBG" | "VBN");
    participle && verb.relation() == Relation::Advcl && cue == Some(Effect::Hypothetical)
}

/// "suggested that the two sides swap prisoners": told in the present of a past proposal.
pub(super) fn is_suggested(codebook: &Codebook, verb: Token<'_>, governor: Token<'_>) -> bool {
    let present = matches!(verb.xpos(), "VB" | "VBP") && verb.children_by(Relation::Aux).next().is_none();
    in_set(codebook, "suggesting", &lower_lemma(governor)) && governor.xpos() == "VBD" && present
}

/// "unconfirmed reports of executions", "an alleged letter that": of a thing in doubt what it tells is in doubt.
pub(super) fn tells_in_doubt(codebook: &Codebook, noun: Token<'_>) -> bool {
    codebook.cues.speech_noun(&lower_lemma(noun)).is_some() && is_doubted(codebook, noun)
}

/// Whether years or more stand right before the "after" of the clause.
pub(super) fn is_long_after(clause: Token<'_>) -> bool {
    let after = clause.children_by(Relation::Mark).next().and_then(|mark| mark.before());
    after.is_some_and(|unit| matches!(unit.lemma(), "year" | "decade" | "generation" | "century"))
}

/// Whether `governor` denies, or keeps from happening, what stands right behind it without a comma.
pub(super) fn is_denied(codebook: &Codebook, clauses: &Clauses, token: Token<'_>, governor: Token<'_>) -> bool {
    let going_on = token.xpos() == "VBG" || token.children_by(Relation::Aux).any(|aux| aux.xpos() == "VBG");
    let bare = |relation: Relation| governor.children_by(relation).next().is_none();
    let comma = governor.children().chain(token.children()).any(|mark| {
        mark.relation() == Relation::Punct && mark.text() == "," && (governor.id..token.id).contains(&mark.id)
    });
    going_on
        && token.id > governor.id
        && bare(Relation::Obj)
        && !comma
        && effect_of(codebook, clauses, token, governor) == Some(Effect::Negation)
}

/// "in the event of an attack", "on the eve of the vote": a preposition of several words, which trees take apart.
pub(super) fn in_phrase(codebook: &Codebook, before: Option<String>, governor: Token<'_>) -> Option<Effect> {
    let article = if governor.children_by(Relation::Det).next().is_some() { "the " } else { "" };
    let phrase = format!("{} {article}{} {}", preposition(governor)?, lower_lemma(governor), before?);
    codebook.cues.status_preposition(&phrase)
}

/// Whether what hangs on `governor` is said to be false: by `governor` itself, or of the report that it is. Parsers hang the "are
/// false" on the report, beside it, or above it.
pub(super) fn called_untrue(codebook: &Codebook, governor: Token<'_>) -> bool {
    let untrue = |token: Token<'_>| {
        let negated = token.children_by(Relation::Advmod).any(is_negative);
        let word = lower_lemma(token);
        in_set(codebook, "false", &word) || (negated && in_set(codebook, "true", &word))
    };
    let reported = codebook.cues.speech_noun(&lower_lemma(governor)).is_some();
    let beside =
        governor.head().into_iter().flat_map(|above| above.children().chain([above])).chain(governor.children());
    let has_copula = |token: &Token<'_>| token.children_by(Relation::Cop).next().is_some();
    (has_copula(&governor) && untrue(governor)) || (reported && beside.filter(has_copula).any(untrue))
}

pub(super) fn dismissed(codebook: &Codebook, clauses: &Clauses, noun: Token<'_>) -> bool {
    let reported = codebook.cues.speech_noun(&lower_lemma(noun)).is_some();
    let above = noun.head().filter(|_| matches!(noun.relation(), Relation::Obj | Relation::NsubjPass));
    let above = above.and_then(|verb| clauses.headed_by(verb.id));
    reported && above.is_some_and(|clause| clause.keys.iter().any(|key| in_set(codebook, "dismissing", key)))
}

/// "for the mayor to resign".
pub(super) fn is_for_somebody_to(verb: Token<'_>) -> bool {
    let marks = |lemma: &str| verb.children_by(Relation::Mark).find(|mark| mark.lemma() == lemma && mark.id < verb.id);
    let takes_time = verb.head().is_some_and(|head| head.lemma() == "take");
    let inside = |from: Token<'_>, to: Token<'_>| to.id.0 > from.id.0 + 1;
    !takes_time && marks("for").zip(marks("to")).is_some_and(|(from, to)| inside(from, to))
}

/// Whether the word before its "that" makes a condition of it.
pub(super) fn is_provided(codebook: &Codebook, clause: Token<'_>) -> bool {
    let that = clause.children_by(Relation::Mark).find(|mark| mark.lemma() == "that");
    that.and_then(Token::before).is_some_and(|word| {
        codebook.cues.status_conjunction(&format!("{} that", word.text().to_lowercase())) == Some(Effect::Hypothetical)
    })
}

/// Whether the verb and the word before its complement make a cue together: "plan on".
pub(super) fn governs_with(codebook: &Codebook, clauses: &Clauses, verb: Token<'_>, mark: &str) -> bool {
    let cue = |key: &String| codebook.cues.status_verb(&format!("{key} {mark}")).is_some();
    let together = clauses.headed_by(verb.id).is_some_and(|clause| clause.keys.iter().any(cue));
    together && !matches!(mark, "to" | "that")
}

/// The object of the verb, or its phrase, right before the "to" of what hangs on the verb.
pub(super) fn thing_before<'d>(token: Token<'d>, verb: Token<'d>) -> Option<Token<'d>> {
    let to = token.children().find(|child| child.xpos() == "TO" && child.id < token.id)?;
    let is_thing = |child: Token<'_>| matches!(child.relation(), Relation::Obj | Relation::Obl);
    verb.children().filter(|child| is_thing(*child)).find(|thing| thing.id.0 + 1 == to.id.0)
}

/// "itself".
pub(super) fn is_reflexive(noun: Token<'_>) -> bool {
    noun.feature("Reflex") == Some("Yes") || noun.text().ends_with("self") || noun.text().ends_with("selves")
}

/// "without a shot being fired": the noun before the clause, which is its subject, has a "without".
pub(super) fn is_without(clause: Token<'_>) -> bool {
    let noun = clause.children().next().filter(|child| child.id < clause.id).unwrap_or(clause).before();
    matches!(clause.xpos(), "VBG" | "VBN") && noun.is_some_and(|noun| preposition(noun).as_deref() == Some("without"))
}

/// "stopped short of condemning".
pub(super) fn is_short_of(token: Token<'_>, governor: Token<'_>) -> bool {
    let of = marker(token).or_else(|| preposition(token));
    governor.lemma() == "short" && governor.relation() == Relation::Advmod && of.as_deref() == Some("of")
}

/// "the first stage of the withdrawal", "a role in the attack".
pub(super) fn is_part_of(codebook: &Codebook, token: Token<'_>, governor: Token<'_>) -> bool {
    let set = match preposition(token).as_deref() {
        Some("of") => "part_of_act",
        Some("in") => "involvement",
        _ => return false,
    };
    in_set(codebook, set, &lower_lemma(governor))
}

/// "a boy", "nineteen", "twelve years old".
pub(super) fn is_young(codebook: &Codebook, noun: Token<'_>) -> bool {
    let is_number = |word: Token<'_>| word.xpos() == "CD";
    let years_old = || noun.lemma() == "old" && noun.children().any(|unit| unit.lemma() == "year");
    in_set(codebook, "young", &lower_lemma(noun)) || is_number(noun) || years_old()
}

/// Whether the clause says when.
pub(super) fn is_when(clause: Token<'_>) -> bool {
    clause.children().any(|child| child.id < clause.id && child.lemma() == "when")
}

/// "was a boy".
pub(super) fn was(noun: Token<'_>) -> bool {
    noun.children_by(Relation::Cop).any(|be| be.xpos() == "VBD")
}

/// "is able".
pub(super) fn is_now(adjective: Token<'_>) -> bool {
    adjective.children_by(Relation::Cop).any(|be| matches!(be.xpos(), "VBZ" | "VBP" | "VB"))
}

/// "the", "this", "its": known already.
pub(super) fn is_definite(noun: Token<'_>) -> bool {
    let known = |det: Token<'_>| det.feature("Definite") == Some("Def") || det.feature("PronType") == Some("Dem");
    noun.children_by(Relation::Det).any(known) || noun.children_by(Relation::NmodPoss).next().is_some()
}

pub(super) fn is_any(noun: Token<'_>) -> bool {
    noun.children_by(Relation::Det).any(|det| det.lemma() == "any")
}

pub(super) fn is_indefinite(noun: Token<'_>) -> bool {
    noun.children_by(Relation::Det).any(|det| det.feature("Definite") == Some("Ind"))
}
