//! Whether it happened: negation, future and hypothesis, read from the predicate and from everything it depends on.

use polybius_codebook::{Codebook, Effect};
use polybius_document::{Relation, Token, Upos};

use crate::Auxiliary;
use crate::clauses::{Clause, Clauses};
use crate::phrases::{in_set, lower_lemma, marker, preposition};

mod bygone;
mod complement;
mod effects;
mod governor;
mod predicate;
mod subject;

pub(crate) use bygone::is_by_state_of_old;
use complement::{effect_of, governing};
use governor::{
    called_untrue, dismissed, governs_with, in_phrase, is_any, is_charged, is_definite, is_denied, is_for_somebody_to,
    is_indefinite, is_long_after, is_missing, is_none_of, is_one_of_a_row, is_only, is_part_of, is_participle,
    is_provided, is_reflexive, is_short_of, is_subjunctive, is_suggested, is_supposing, is_thrown_out, is_when,
    is_without, is_young, left_open, owned, takes, tells_in_doubt, thing_before, unconfirmed, was,
};
use predicate::{
    ancestor_or_child, is_bare, is_demanded, is_doubted, is_inverted, is_negated, is_said, is_yes_no_question, modals,
    negations, on_predicate, sentence_before,
};
pub(crate) use predicate::{is_awaiting, is_light, is_of_whoever};
use subject::{of_subject, on_verb_of};

/// The status of an event with the words that set it, in the order they were met.
#[derive(Debug, Clone, Default)]
pub(crate) struct Status {
    n_negations: u32,
    future: bool,
    /// Whether more than "would" or a bare infinitive says that it is to come.
    surely_future: bool,
    /// Whether it is in reported speech, where "would" stands for "will".
    reported: bool,
    /// Whether whoever says it says it of themselves: "said it would attack".
    own: bool,
    /// Whether it is the condition itself: "unless they agreed to go".
    supposed: bool,
    hypothetical: bool,
    /// Whether more than "could" says that it is open.
    surely_hypothetical: bool,
    historical: bool,
    /// Whether a condition hangs on it: "if Russia attacks, …".
    pub(crate) conditional: bool,
    /// The modes by what words tell and what the trained reader says together.
    weighed: Option<Auxiliary>,
    /// Each effect with its word, for a person to read.
    pub(crate) notes: Vec<String>,
}

/// Reads the status of `clause` in its sentence.
pub(crate) fn of(codebook: &Codebook, clauses: &Clauses, clause: &Clause, token: Token<'_>) -> Status {
    let mut status = by_words(codebook, clauses, clause, token);
    status.weigh(codebook, clause, token);
    status
}

/// What the words around the clause say.
pub(crate) fn by_words(codebook: &Codebook, clauses: &Clauses, clause: &Clause, token: Token<'_>) -> Status {
    let reported = token.relation() == Relation::Ccomp;
    let own = reported && token.children_by(Relation::Nsubj).any(|subject| subject.upos() == Upos::Pron);
    let mut status = Status { reported, own, ..Status::default() };
    on_predicate(codebook, token, &mut status);
    // "offered talks if they left": that was said, and the condition is one of what it says.
    if status.conditional && is_said(codebook, clause, token) {
        (status.conditional, status.hypothetical, status.surely_hypothetical) = (false, false, false);
    }
    if is_demanded(token) {
        status.add(Effect::Hypothetical, "demanded");
    }
    let mut at = token;
    if let Some(light) = clause.light
        && let Some(verb) = ancestor_or_child(token, light)
    {
        let is_side = matches!(token.relation(), Relation::Nsubj | Relation::NsubjPass | Relation::Obj);
        match is_side && token.data().head == Some(verb.id) {
            true => on_verb_of(codebook, token, verb, &mut status),
            false => on_predicate(codebook, verb, &mut status),
        }
        at = verb;
    }
    while let Some(governor) = at.head() {
        match step(codebook, clauses, at, governor, &mut status) {
            Step::On => at = governor,
            Step::Stop => return status,
        }
    }
    if is_yes_no_question(at) {
        status.add(Effect::Hypothetical, "?");
    }
    status
}

enum Step {
    On,
    Stop,
}

/// What the governor does to the status of what hangs on it, and whether to look further up.
fn step(codebook: &Codebook, clauses: &Clauses, token: Token<'_>, governor: Token<'_>, status: &mut Status) -> Step {
    // A mark before the noun is the noun's preposition: "by Hezbollah attacking".
    let own = |mark: Token<'_>| mark.id > governor.id || token.relation() != Relation::Acl;
    let mark = marker(token).filter(|_| token.children().filter(|child| child.relation() == Relation::Mark).all(own));
    match token.relation() {
        // "could not confirm that it fell", "refused to confirm the strike": nobody says yes or no.
        Relation::Ccomp | Relation::Xcomp | Relation::Obj if unconfirmed(codebook, clauses, governor) => {
            status.add(Effect::Hypothetical, governor.text());
            Step::Stop
        }
        Relation::Ccomp | Relation::Xcomp | Relation::Obj if owned(codebook, clauses, governor) => Step::Stop,
        // "declined to rule out a strike".
        Relation::Ccomp | Relation::Xcomp | Relation::Obj if left_open(codebook, clauses, governor) => {
            status.add(Effect::Hypothetical, governor.text());
            Step::Stop
        }
        // "unconfirmed reports of executions".
        Relation::Ccomp | Relation::Acl | Relation::Nmod if tells_in_doubt(codebook, governor) => {
            status.add(Effect::Hypothetical, governor.text());
            Step::Stop
        }
        // "Anyone who harbours them will lose it".
        Relation::AclRelcl if matches!(governor.lemma(), "anyone" | "anybody") => {
            status.add(Effect::Hypothetical, governor.text());
            Step::Stop
        }
        // "Assuming parliament approves it, …", "Barring a veto, …".
        Relation::Ccomp | Relation::Obj if is_supposing(codebook, governor) => {
            status.supposed = true;
            status.add(Effect::Hypothetical, governor.text());
            Step::Stop
        }
        // "declined to say whether its jets had raided it": nobody says yes or no.
        Relation::Ccomp if mark.as_deref() == Some("whether") => Step::Stop,
        // "The indictment says that he bribed them".
        Relation::Ccomp if is_charged(codebook, governor) => {
            status.add(Effect::Hypothetical, governor.text());
            Step::Stop
        }
        // "was not among those who signed".
        Relation::Acl | Relation::AclRelcl if is_none_of(governor) => {
            status.add(Effect::Negation, governor.text());
            Step::Stop
        }
        // "stopped short of condemning".
        Relation::Advcl | Relation::Obl if is_short_of(token, governor) => {
            // "Short of a war, little can move them".
            let opens = sentence_before(governor).next().is_none();
            status.add(if opens { Effect::Hypothetical } else { Effect::Negation }, governor.text());
            Step::Stop
        }
        // "chanted for the mayor to resign", "time for Britain to act": what somebody is to do.
        Relation::Advcl | Relation::Ccomp | Relation::Xcomp | Relation::Acl if is_for_somebody_to(token) => {
            if effect_of(codebook, clauses, token, governor).is_none() {
                status.add(Effect::Hypothetical, "for");
                return Step::Stop;
            }
            governing(codebook, clauses, token, governor, status);
            on_predicate(codebook, governor, status);
            Step::On
        }
        Relation::Conj => {
            if is_bare(token) {
                modals(codebook, governor, status);
            }
            Step::On
        }
        Relation::Xcomp => {
            governing(codebook, clauses, token, governor, status);
            on_predicate(codebook, governor, status);
            Step::On
        }
        // "It is not true that …", "Reports that … are false".
        Relation::Acl | Relation::Ccomp | Relation::Csubj if called_untrue(codebook, governor) => {
            status.add(Effect::Negation, governor.text());
            Step::Stop
        }
        // "rejected reports that it had shelled": who dismisses the report denies what it says.
        Relation::Acl | Relation::Ccomp if dismissed(codebook, clauses, governor) => {
            status.add(Effect::Negation, governor.head().map_or("", |verb| verb.text()));
            Step::Stop
        }
        // "Provided that the Kurds agree": parsers hang the word on the main clause, or the clause on the word.
        Relation::Advcl | Relation::Ccomp if is_provided(codebook, token) => {
            status.add(Effect::Hypothetical, "that");
            Step::Stop
        }
        // "suggested that they meet": what ought to be.
        Relation::Ccomp if is_subjunctive(token) || is_suggested(codebook, token, governor) => {
            status.add(Effect::Hypothetical, governor.text());
            Step::Stop
        }
        Relation::Ccomp | Relation::Csubj | Relation::CsubjPass => {
            // "It would be a mistake to recognise them".
            let modal = governor.children_by(Relation::Aux).find(|aux| aux.xpos() == "MD");
            if let Some(modal) = modal.filter(|_| token.relation() == Relation::Csubj && mark.as_deref() == Some("to"))
            {
                status.add(Effect::Hypothetical, modal.text());
                return Step::Stop;
            }
            if governing(codebook, clauses, token, governor, status) {
                on_predicate(codebook, governor, status);
            }
            Step::On
        }
        Relation::Advcl => match mark.as_deref() {
            // A that-clause is a complement, whatever the parser calls it.
            Some("that") => {
                if governing(codebook, clauses, token, governor, status) {
                    on_predicate(codebook, governor, status);
                }
                Step::On
            }
            // "Far from agreeing, …".
            Some("from") if governor.lemma() == "far" => {
                status.add(Effect::Negation, governor.text());
                Step::Stop
            }
            // "too weak to attack".
            Some("to") if governor.children_by(Relation::Advmod).any(|word| word.lemma() == "too") => {
                status.add(Effect::Negation, "too");
                Step::Stop
            }
            // "stood trial for having helped".
            Some("for" | "of" | "over")
                if governor
                    .children()
                    .filter(|child| matches!(child.relation(), Relation::Obj | Relation::Obl))
                    .any(|thing| in_set(codebook, "indicting", &lower_lemma(thing))) =>
            {
                status.add(Effect::Hypothetical, governor.text());
                Step::Stop
            }
            // "plans on opening".
            Some(mark) if governs_with(codebook, clauses, governor, mark) => {
                governing(codebook, clauses, token, governor, status);
                on_predicate(codebook, governor, status);
                Step::On
            }
            Some("of" | "for" | "from" | "against" | "into") => {
                if governing(codebook, clauses, token, governor, status) {
                    on_predicate(codebook, governor, status);
                }
                Step::On
            }
            _ if is_inverted(token) => {
                status.add(Effect::Hypothetical, token.text());
                Step::Stop
            }
            // "forty years after Togo signed the treaty".
            Some("after") if is_long_after(token) => {
                status.add(Effect::Historical, "after");
                Step::Stop
            }
            // "returned only to find": how it came out.
            Some("to") if is_only(token) => Step::Stop,
            Some("to") => {
                // "foiled a plot to blow it up": that of the thing before it, wherever the parser hangs it.
                if let Some(plan) = thing_before(token, governor)
                    && let Some(effect) = codebook.cues.status_noun(&lower_lemma(plan))
                {
                    let thrown_out = effect != Effect::Negation && is_thrown_out(codebook, clauses, plan);
                    status.add(if thrown_out { Effect::Negation } else { effect }, plan.text());
                    return Step::Stop;
                }
                // "appealed to leaders to boycott": what is asked for; else a purpose.
                if effect_of(codebook, clauses, token, governor) == Some(Effect::Hypothetical) {
                    governing(codebook, clauses, token, governor, status);
                    return Step::On;
                }
                status.add(Effect::Future, "to");
                // "did not move to arrest them": nor did they.
                if governor.children_by(Relation::Obj).all(is_reflexive) {
                    negations(codebook, governor, status);
                }
                Step::Stop
            }
            // "He was a boy when it fell", "was nineteen when".
            _ if is_when(token) && is_young(codebook, governor) && was(governor) => {
                status.add(Effect::Historical, governor.text());
                Step::Stop
            }
            None if is_without(token) => {
                status.add(Effect::Negation, "without");
                Step::Stop
            }
            // "denied having shelled", hung as a circumstance.
            None if is_denied(codebook, clauses, token, governor) => {
                governing(codebook, clauses, token, governor, status);
                on_predicate(codebook, governor, status);
                Step::On
            }
            None | Some("by") if token.xpos() == "VBG" => {
                modals(codebook, governor, status);
                Step::On
            }
            _ => Step::Stop,
        },
        // "the agreement signed in Doha" tells what became of it, not what it is about.
        Relation::Acl if token.xpos() == "VBN" && mark.is_none() && is_participle(token) => {
            let is_plain = codebook.cues.status_noun(&lower_lemma(governor)).is_none();
            // "a war triggered by …": as real as the noun it describes, where that may not be real.
            match is_plain && (is_indefinite(governor) || governor.relation() == Relation::OblAgent) {
                true => Step::On,
                false => Step::Stop,
            }
        }
        Relation::Acl => match (
            codebook.cues.status_noun(&lower_lemma(governor)).or_else(|| in_phrase(codebook, mark.clone(), governor)),
            mark.as_deref(),
        ) {
            // "voted down a plan to send troops"; "has no plans to" speaks of what is to come.
            (Some(Effect::Future | Effect::Hypothetical), _) if is_thrown_out(codebook, clauses, governor) => {
                status.add(Effect::Negation, governor.text());
                Step::Stop
            }
            (Some(effect), _) => {
                status.add(effect, governor.text());
                // "the risk that fighting will spread".
                status.supposed |= effect == Effect::Hypothetical && mark.as_deref() == Some("that");
                // "an alleged plot to kill him".
                let doubted =
                    |word: Token<'_>| codebook.cues.status_adjective(&lower_lemma(word)) == Some(Effect::Hypothetical);
                if let Some(word) = governor.children_by(Relation::Amod).find(|word| doubted(*word)) {
                    status.add(Effect::Hypothetical, word.text());
                }
                let no = |det: Token<'_>| codebook.cues.status_determiner(&det.text().to_lowercase());
                if let Some(no) = governor.children_by(Relation::Det).find_map(no) {
                    status.add(no, "no");
                }
                Step::On
            }
            // "on trial for spying".
            (None, Some("for" | "of")) if in_set(codebook, "indicting", &lower_lemma(governor)) => {
                status.add(Effect::Hypothetical, governor.text());
                Step::Stop
            }
            // "no sign that any had left": not proven.
            (None, Some("that"))
                if in_set(codebook, "evidence", &lower_lemma(governor)) && is_missing(codebook, governor) =>
            {
                status.add(Effect::Hypothetical, governor.text());
                Step::Stop
            }
            // "had no time to sign", "without finding the money to build".
            (None, Some("to")) if is_missing(codebook, governor) => {
                status.add(Effect::Negation, governor.text());
                Step::Stop
            }
            // "Efforts to reach a truce failed".
            (None, Some("to")) if is_thrown_out(codebook, clauses, governor) => {
                status.add(Effect::Negation, governor.text());
                Step::Stop
            }
            // "the first to recognise it" did so.
            (None, Some("to")) if is_one_of_a_row(governor) => Step::Stop,
            // "approved a decree to hand him over", "scheduled a session to impeach her".
            (None, Some("to"))
                if governor.relation() == Relation::Obj
                    && governor
                        .head()
                        .is_some_and(|verb| effect_of(codebook, clauses, governor, verb) == Some(Effect::Future)) =>
            {
                status.add(Effect::Future, governor.head().map_or("", |verb| verb.text()));
                Step::Stop
            }
            // A headline: "UN to send monitors".
            (None, Some("to")) if governor.head().is_none() && governor.upos() == Upos::Propn => {
                status.add(Effect::Future, "is to");
                Step::Stop
            }
            (None, Some("to")) => {
                status.add(Effect::Hypothetical, "to");
                Step::Stop
            }
            // "a war triggered by …": as real as the noun it describes, where that may not be real.
            (None, None | Some("by")) if is_indefinite(governor) || governor.relation() == Relation::OblAgent => {
                Step::On
            }
            _ => Step::Stop,
        },
        // "a draft that would ban them": the will of nobody yet.
        Relation::AclRelcl if codebook.cues.status_noun(&lower_lemma(governor)) == Some(Effect::Hypothetical) => {
            if status.future && !status.surely_future {
                status.add(Effect::Hypothetical, governor.text());
            }
            Step::Stop
        }
        Relation::OblAgent => Step::On,
        // "Any attack will be answered".
        Relation::Nsubj | Relation::NsubjPass if is_any(token) && governor.children().any(|aux| aux.xpos() == "MD") => {
            status.add(Effect::Hypothetical, "any");
            Step::Stop
        }
        Relation::Obj | Relation::Obl | Relation::NsubjPass if token.upos().is_noun() => {
            let reached = matches!(
                preposition(token).as_deref(),
                None | Some("of" | "for" | "to" | "with" | "about" | "against" | "into" | "out")
            );
            // "hinted at an exchange", "worked towards a truce".
            let reached = reached || takes(codebook, clauses, governor, token);
            if reached {
                governing(codebook, clauses, token, governor, status);
            }
            // "suggested talks under a monastery's roof".
            if token.relation() == Relation::Obj && in_set(codebook, "suggesting", &lower_lemma(governor)) {
                status.add(Effect::Hypothetical, governor.text());
            }
            // "efforts to broker a truce", "may sign a deal": what is yet to be made is no more real than its making.
            let makes = ["making", "partaking"].into_iter().any(|set| in_set(codebook, set, &lower_lemma(governor)));
            if token.relation() == Relation::Obj && makes && !is_definite(token) {
                on_predicate(codebook, governor, status);
                return Step::On;
            }
            // "may tolerate an airlift": no more than possible, as the word before it.
            if token.relation() == Relation::Obj && is_indefinite(token) && !is_negated(codebook, governor) {
                modals(codebook, governor, status);
            }
            // "did not join the strike"; but what nobody condemned took place.
            if token.relation() == Relation::Obj && in_set(codebook, "partaking", &lower_lemma(governor)) {
                negations(codebook, governor, status);
                if governor.relation() == Relation::Advcl {
                    return Step::On;
                }
            }
            // "Ahead of a vote, …".
            if governor.lemma() == "ahead"
                && !is_doubted(codebook, token)
                && let Some(effect) = codebook.cues.status_preposition("ahead of")
            {
                status.add(effect, governor.text());
            }
            // "will gather for a summit"; but what they will answer took place.
            if matches!(preposition(token).as_deref(), Some("for" | "at" | "in")) && is_indefinite(token) {
                modals(codebook, governor, status);
            }
            // "commemorated the massacre": nobody commemorates news.
            let speaks = codebook.cues.speech_verb(&lower_lemma(governor)).is_some();
            if !speaks && effect_of(codebook, clauses, token, governor) == Some(Effect::Historical) {
                status.add(Effect::Historical, governor.text());
            }
            if token.relation() == Relation::NsubjPass {
                on_verb_of(codebook, token, governor, status);
            }
            Step::Stop
        }
        Relation::Nsubj | Relation::NsubjOuter if token.upos().is_noun() => {
            of_subject(codebook, clauses, token, governor, status)
        }
        Relation::Nmod => {
            // "fears after the attack": what stands behind such a word is not what it is about.
            let is_about = !matches!(
                preposition(token).as_deref(),
                Some(
                    "after"
                        | "before"
                        | "since"
                        | "during"
                        | "following"
                        | "amid"
                        | "despite"
                        | "because of"
                        | "within"
                        | "near"
                        | "by"
                        | "from"
                        | "under"
                )
            );
            // "gave notice of a strike": the noun with its preposition may make the cue.
            let before = preposition(token).unwrap_or_default();
            let noun = codebook.cues.status_noun(&format!("{} {before}", lower_lemma(governor)));
            let noun = noun.or_else(|| codebook.cues.status_noun(&lower_lemma(governor))).filter(|_| is_about);
            let phrase = || in_phrase(codebook, preposition(token), governor);
            let sure = |effect: &Effect| *effect != Effect::Future || !is_doubted(codebook, token);
            match noun.or_else(phrase).filter(sure) {
                // "the first stage of a withdrawal", "involvement in the raid": as real as the whole.
                None if is_part_of(codebook, token, governor) => Step::On,
                Some(Effect::Future | Effect::Hypothetical) if is_thrown_out(codebook, clauses, governor) => {
                    status.add(Effect::Negation, governor.text());
                    Step::Stop
                }
                Some(effect) => {
                    status.add(effect, governor.text());
                    Step::Stop
                }
                None => Step::Stop,
            }
        }
        Relation::Parataxis => Step::On,
        _ => Step::Stop,
    }
}
