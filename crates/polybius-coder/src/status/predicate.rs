//! What the words around a predicate say of whether it happened: modals, adverbs, negations of its own.

use polybius_codebook::{Codebook, Effect};
use polybius_document::{Relation, Token, Upos};

use super::Status;
use super::bygone::{is_long, is_past, is_told_of_old};
use crate::clauses::{Clause, Kind};
use crate::phrases::{in_set, joined, lower_lemma, marker, preposition};

/// What stands on the predicate itself: auxiliaries, adverbs, "no", conjunctions, "without", "failed" before a noun.
pub(super) fn on_predicate(codebook: &Codebook, token: Token<'_>, status: &mut Status) {
    modals(codebook, token, status);
    let is_condition = |mark: String| codebook.cues.status_conjunction(&mark) == Some(Effect::Hypothetical);
    let supposes =
        token.relation() == Relation::Advcl && (is_inverted(token) || marker(token).is_some_and(is_condition));
    if token.relation() != Relation::Advcl && opens_inverted(token) {
        status.add(Effect::Hypothetical, token.text());
    } else if crate::dates::is_to(token) && !supposes {
        status.add(Effect::Future, "is to");
    }
    let cues = &codebook.cues;
    if is_will_of_draft(codebook, token) {
        status.add(Effect::Hypothetical, "would");
    }
    // "Were it not for the mud, they would be besieging it".
    if follows_inverted(token) {
        status.conditional = true;
        status.add(Effect::Hypothetical, "were");
    }
    if is_as_long_as(token) {
        status.supposed = true;
        status.add(Effect::Hypothetical, "as long as");
    }
    if is_told_of_old(codebook, token) {
        status.add(Effect::Historical, "past");
    }
    for child in token.children() {
        let word = child.text().to_lowercase();
        let of_thing = child.relation() == Relation::Amod;
        let effect = match child.relation() {
            // "had better pull them out".
            Relation::Advmod if word == "better" && child.before().is_some_and(|had| had.text() == "had") => {
                Some(Effect::Hypothetical)
            }
            // "As long as they hold their fire, nobody will be tried".
            Relation::Advmod if child.children_by(Relation::Advcl).any(is_as_long_as) => {
                status.conditional = true;
                Some(Effect::Hypothetical)
            }
            // "not only attacked".
            Relation::Advmod if is_negative(child) && next_is_only(token, child) => None,
            Relation::Advmod if is_negative(child) => Some(Effect::Negation),
            // "are due to meet": hung on "meet" as an adverb.
            Relation::Advmod if child.children().any(|part| part.xpos() == "TO") => {
                cues.status_adjective(&lower_lemma(child))
            }
            // "has yet to sign".
            Relation::Advmod if word == "yet" && comes_to(child) => Some(Effect::Negation),
            // "pull back, otherwise aircraft would bomb".
            Relation::Advmod if word == "otherwise" && token.children().any(|aux| aux.xpos() == "MD") => {
                status.conditional = true;
                Some(Effect::Hypothetical)
            }
            Relation::Advmod => cues.status_adverb(&word).or_else(|| adverb_phrase(codebook, child)),
            // "would stop in the event of a war".
            Relation::Obl if is_eventuality(child) => {
                status.conditional = true;
                Some(Effect::Hypothetical)
            }
            // "at no point did they meet", not "with no warning".
            Relation::Obl if in_set(codebook, "occasion", &lower_lemma(child)) => {
                let no = |det: Token<'_>| cues.status_determiner(&det.text().to_lowercase());
                child.children_by(Relation::Det).find_map(no).filter(|effect| *effect == Effect::Negation)
            }
            // "the evacuation, which begins in August".
            Relation::AclRelcl | Relation::Acl if token.upos().is_noun() && is_beginning(codebook, child) => {
                Some(Effect::Future)
            }
            // "elections due in October", "talks scheduled for Monday".
            Relation::Acl if token.upos().is_noun() && child.id > token.id => cues
                .status_adjective(&word)
                .or_else(|| cues.status_adjective(&lower_lemma(child)))
                .filter(|effect| *effect == Effect::Future),
            Relation::Det | Relation::CcPreconj | Relation::DetPredet => cues.status_determiner(&word),
            // "Neither Brazil nor Argentina condemned": hung on the verb as often as on the subject.
            Relation::Cc
                if child.id < token.id && cues.status_conjunction(&joined(child)) == Some(Effect::Negation) =>
            {
                Some(Effect::Negation)
            }
            Relation::Cc if child.id < token.id => {
                let is_second = || token.children().any(|other| other.lemma() == "neither");
                cues.status_determiner(&word).or_else(|| cues.status_adverb(&word).filter(|_| !is_second()))
            }
            // "little or no help".
            Relation::Amod
                if child.children_by(Relation::Conj).any(|no| cues.status_determiner(no.lemma()).is_some()) =>
            {
                Some(Effect::Negation)
            }
            Relation::Amod => cues.status_adjective(&lower_lemma(child)).or_else(|| cues.status_adjective(&word)),
            Relation::Mark => {
                // "are due to meet": taken for the mark of the infinitive.
                let is_infinitive = token.xpos() == "VB" || token.children_by(Relation::Cop).next().is_some();
                let due = || cues.status_adjective(child.lemma()).filter(|_| is_infinitive);
                let found = |mark: String| {
                    // "ruled until he was overthrown": so he was.
                    let is_over = matches!(&*mark, "until" | "till") && is_past(token);
                    let effect = cues.status_conjunction(&mark).or_else(|| cues.status_preposition(&mark));
                    effect.filter(|_| !is_over)
                };
                // "depends on whether they agree".
                let open = || found(word.clone()).filter(|effect| *effect == Effect::Hypothetical);
                marker(token).and_then(found).or_else(open).or_else(due)
            }
            // "Ten years after the annexation".
            Relation::Case if child.lemma() == "after" && child.before().is_some_and(is_long) => {
                Some(Effect::Historical)
            }
            Relation::Case => preposition(token)
                .and_then(|case| cues.status_preposition(&case))
                .filter(|effect| *effect != Effect::Future || !is_doubted(codebook, token)),
            Relation::Nsubj | Relation::NsubjPass | Relation::Obj => child
                .children()
                .filter(|inner| matches!(inner.relation(), Relation::Det | Relation::CcPreconj))
                .find_map(|det| cues.status_determiner(&det.text().to_lowercase()))
                .or_else(|| cues.status_determiner(&word))
                // "Not a shot was fired".
                .or_else(|| {
                    let not = |word: Token<'_>| is_negative(word) && word.id < child.id && !next_is_only(child, word);
                    child.children_by(Relation::Advmod).any(not).then_some(Effect::Negation)
                })
                // "Hardly anyone attended".
                .or_else(|| {
                    let adverb = |word: Token<'_>| cues.status_adverb(&word.text().to_lowercase());
                    child.children_by(Relation::Advmod).filter(|word| !is_negative(*word)).find_map(adverb)
                })
                .filter(|effect| *effect == Effect::Negation),
            Relation::Advcl => {
                let is_condition = |word: &str| cues.status_conjunction(word) == Some(Effect::Hypothetical);
                // "provided that it is paid": parsers hang the clause on the word.
                let marked = marker(child).is_some_and(|mark| is_condition(&mark)) || is_condition(&word);
                // "if slowly, the column withdrew" grants something.
                let marked =
                    marked && !(child.upos() == Upos::Adv && child.children_by(Relation::Cop).next().is_none());
                if marked || is_inverted(child) || is_only_then(child) {
                    status.conditional = true;
                    Some(Effect::Hypothetical)
                } else {
                    None
                }
            }
            // "vowed to strike back should they be hit", "but only when it is paid": hung beside it.
            Relation::Ccomp | Relation::Conj | Relation::Parataxis if is_should(child) || is_only_then(child) => {
                status.conditional = true;
                Some(Effect::Hypothetical)
            }
            _ => None,
        };
        status.supposed |= child.relation() == Relation::Mark && effect == Some(Effect::Hypothetical);
        match effect {
            Some(effect) if of_thing => status.add_of_thing(effect, child.text()),
            Some(effect) => status.add(effect, child.text()),
            None => {}
        }
    }
}

/// Whether something has to come first: "once the guns fall silent", "as soon as they do". It makes a promise conditional, and only dates what
/// will be.
pub(crate) fn is_awaiting(codebook: &Codebook, verb: Token<'_>) -> bool {
    let mut plain = verb.children_by(Relation::Advcl).filter_map(marker);
    // "as soon as": the clause hangs on the adverb.
    let by_adverb = |adverb: Token<'_>| {
        let degree = adverb.children_by(Relation::Advmod).next()?;
        let mark = adverb.children_by(Relation::Advcl).find_map(marker)?;
        Some(format!("{} {} {mark}", degree.text().to_lowercase(), adverb.text().to_lowercase()))
    };
    let awaits = |words: String| in_set(codebook, "awaiting", &words);
    plain.any(awaits) || verb.children_by(Relation::Advmod).filter_map(by_adverb).any(awaits)
}

/// "a possible attack".
pub(super) fn is_doubted(codebook: &Codebook, noun: Token<'_>) -> bool {
    let doubts = |word: Token<'_>| codebook.cues.status_adjective(&lower_lemma(word)) == Some(Effect::Hypothetical);
    noun.children_by(Relation::Amod).any(doubts)
}

/// "in the event of a war", "in case of need", "on condition that they leave".
fn is_eventuality(noun: Token<'_>) -> bool {
    let of = |part: Token<'_>| preposition(part).as_deref() == Some("of");
    let that = |part: Token<'_>| part.relation() == Relation::Acl && marker(part).as_deref() == Some("that");
    match (preposition(noun).as_deref(), noun.lemma()) {
        (Some("in"), "event" | "case" | "absence") => noun.children_by(Relation::Nmod).any(of),
        (Some("subject to" | "barring" | "failing"), _) => true,
        (Some("on"), "condition") => noun.children().any(that),
        _ => false,
    }
}

/// "which begins in August", "to start in May": what is still to come, told in the present.
fn is_beginning(codebook: &Codebook, clause: Token<'_>) -> bool {
    let is_present = match clause.relation() {
        Relation::AclRelcl => matches!(clause.xpos(), "VBZ" | "VBP"),
        _ => clause.children_by(Relation::Mark).any(|mark| mark.xpos() == "TO"),
    };
    is_present && in_set(codebook, "beginning", &lower_lemma(clause))
}

/// "only when it is paid", "only once they leave": a time that need not come.
fn is_only_then(clause: Token<'_>) -> bool {
    let first = clause.children().find(|child| child.xpos() == "WRB" || child.relation() == Relation::Mark);
    let before =
        first.filter(|first| matches!(first.lemma(), "when" | "once" | "after")).and_then(|first| first.before());
    before.is_some_and(|only| only.lemma() == "only")
}

/// "Anyone who joined them would be tried", "amnesty for those who surrender": of nobody in particular, and of all who do so.
pub(crate) fn is_of_whoever(codebook: &Codebook, verb: Token<'_>) -> bool {
    let anybody = |word: Token<'_>| {
        let any = |det: Token<'_>| in_set(codebook, "whoever", &det.text().to_lowercase());
        in_set(codebook, "whoever", &word.text().to_lowercase()) || word.children_by(Relation::Det).any(any)
    };
    let sides = [Relation::Nsubj, Relation::NsubjPass, Relation::Obj, Relation::Iobj, Relation::Obl, Relation::Nmod];
    let defined = |word: &Token<'_>| word.children_by(Relation::AclRelcl).next().is_some();
    verb.children().filter(|child| sides.contains(&child.relation())).filter(defined).any(anybody)
}

/// Whether "to" stands right behind the adverb.
fn comes_to(adverb: Token<'_>) -> bool {
    let is_to = |token: Token<'_>| token.xpos() == "TO" && token.id.0 == adverb.id.0 + 1;
    adverb.head().is_some_and(|head| head.children().any(|child| is_to(child) || child.children().any(is_to)))
}

/// "no longer": an adverb with its own modifier.
fn adverb_phrase(codebook: &Codebook, adverb: Token<'_>) -> Option<Effect> {
    let before = adverb.children().next()?;
    codebook.cues.status_adverb(&format!("{} {}", before.text().to_lowercase(), adverb.text().to_lowercase()))
}

pub(super) fn modals(codebook: &Codebook, token: Token<'_>, status: &mut Status) {
    for child in token.children_by(Relation::Aux) {
        let word = child.text().to_lowercase();
        let perfect = token.children_by(Relation::Aux).any(|other| other.id > child.id && other.lemma() == "have");
        let cues = &codebook.cues;
        let effect = perfect.then(|| cues.status_auxiliary(&format!("{word} have"))).flatten();
        let effect = effect.or_else(|| cues.status_auxiliary(&word)).or_else(|| cues.status_auxiliary(child.lemma()));
        if let Some(effect) = effect {
            status.add(effect, child.text());
            // "would never cede it": what somebody will not do, ever.
            let never = || token.children_by(Relation::Advmod).any(|adverb| adverb.lemma() == "never");
            status.surely_future |= effect == Effect::Future && !perfect && never();
        }
    }
}

fn next_is_only(token: Token<'_>, not: Token<'_>) -> bool {
    let only = |parent: Token<'_>| {
        parent.children().any(|child| {
            child.id.0 == not.id.0 + 1 && matches!(child.lemma(), "only" | "just" | "merely" | "until" | "till")
        })
    };
    only(token) || only(not)
}

pub(super) fn is_negative(token: Token<'_>) -> bool {
    token.feature("Polarity") == Some("Neg") || matches!(token.lemma(), "not" | "n't")
}

/// A coordinated predicate without a subject or auxiliary of its own shares those of the first.
pub(super) fn is_bare(token: Token<'_>) -> bool {
    !token.children().any(|child| matches!(child.relation(), Relation::Nsubj | Relation::NsubjPass | Relation::Aux))
        && (token.upos() == Upos::Verb || token.upos().is_noun())
}

pub(super) fn ancestor_or_child<'d>(token: Token<'d>, id: polybius_document::TokenId) -> Option<Token<'d>> {
    token
        .head()
        .filter(|head| head.id == id)
        .or_else(|| token.children().find(|child| child.id == id))
        .or_else(|| std::iter::successors(token.head(), |token| token.head()).find(|token| token.id == id))
}

/// Whether the clause only carries an event noun and is no event itself.
pub(crate) fn is_light(codebook: &Codebook, clause: &Clause) -> bool {
    clause.kind == Kind::Verb && clause.keys.iter().any(|key| in_set(codebook, "light", key))
}

/// "Had Serbia recognised Kosovo, …": an auxiliary before the subject makes a condition.
pub(super) fn is_inverted(clause: Token<'_>) -> bool {
    let first = |relation: Relation| clause.children_by(relation).next().map(|child| child.id);
    let subject = first(Relation::Nsubj).or_else(|| first(Relation::NsubjPass));
    let auxiliary = first(Relation::Aux).or_else(|| first(Relation::AuxPass)).or_else(|| first(Relation::Cop));
    // "Were Kiev to default, lenders would lose": parsers may give its subject to the main clause.
    let opens = |word: Token<'_>| word.xpos() != "VB" && matches!(word.text(), "Were" | "Had" | "Should");
    let lacks_subject = clause.relation() == Relation::Advcl && subject.is_none() && clause.children().any(opens);
    // "Were Kiev to default, …".
    let is_free = marker(clause).is_none_or(|mark| mark == "to");
    is_free
        && (lacks_subject || matches!((auxiliary, subject), (Some(auxiliary), Some(subject)) if auxiliary < subject))
}

/// "Were he extradited, …", where the parser takes it for the main clause.
fn opens_inverted(clause: Token<'_>) -> bool {
    let kinds = [Relation::Aux, Relation::AuxPass, Relation::Cop];
    let first = clause.children().find(|child| kinds.contains(&child.relation()));
    let opens = first.is_some_and(|first| {
        matches!(first.text(), "Had" | "Were" | "Should") || (first.text() == "were" && first.before().is_none())
    });
    opens && is_inverted(clause) && !clause.children_by(Relation::Punct).any(|mark| mark.text() == "?")
}

/// Whether the clause tells that somebody promised, offered, threatened or the like.
pub(super) fn is_said(codebook: &Codebook, clause: &Clause, verb: Token<'_>) -> bool {
    let cues = &codebook.cues;
    let says = |key: &String| cues.speech_verb(key).is_some() || cues.status_verb(key) == Some(Effect::Future);
    verb.xpos() == "VBD" && verb.relation() != Relation::Advcl && clause.keys.iter().any(says)
}

/// “Free our members or lose the village”: a quotation that begins with a verb in its base form.
pub(super) fn is_demanded(verb: Token<'_>) -> bool {
    let subjects = [Relation::Nsubj, Relation::NsubjPass, Relation::Aux, Relation::Mark];
    verb.xpos() == "VB"
        && verb.before().is_some_and(|mark| matches!(mark.text(), "“" | "\"" | "‘" | "``"))
        && !verb.children().any(|child| child.id < verb.id && subjects.contains(&child.relation()))
}

/// Whether a no stands on the predicate itself.
pub(super) fn is_negated(codebook: &Codebook, token: Token<'_>) -> bool {
    let mut on = Status::default();
    on_predicate(codebook, token, &mut on);
    on.n_negations % 2 == 1
}

/// "as long as they hold their fire": the clause hangs on the adverb.
fn is_as_long_as(clause: Token<'_>) -> bool {
    let is_as = |word: Token<'_>| matches!(word.lemma(), "as" | "so");
    let long = clause.head().filter(|head| head.lemma() == "long" && head.children_by(Relation::Advmod).any(is_as));
    clause.relation() == Relation::Advcl && long.is_some() && marker(clause).as_deref() == Some("as")
}

/// "should one more town be hit": the subject behind a "should" makes a condition wherever the clause hangs.
fn is_should(clause: Token<'_>) -> bool {
    let should = clause.children_by(Relation::Aux).find(|aux| aux.lemma() == "should" || aux.text() == "should");
    let subjects = [Relation::Nsubj, Relation::NsubjPass];
    should.is_some_and(|should| {
        clause.children().any(|child| subjects.contains(&child.relation()) && child.id > should.id)
    })
}

/// Whether the sentence begins with a condition by inversion, and the word is told with a "would" or the like behind its comma.
fn follows_inverted(token: Token<'_>) -> bool {
    if !token.children_by(Relation::Aux).any(|aux| aux.xpos() == "MD") {
        return false;
    }
    let before: Vec<Token<'_>> = sentence_before(token).collect();
    let comma = || before.iter().any(|word| word.text() == ",");
    before.last().is_some_and(|first| matches!(first.text(), "Were" | "Had" | "Should"))
        && comma()
        && !is_yes_no_question(top(token))
}

/// The words before it in its sentence, the last first.
pub(super) fn sentence_before(token: Token<'_>) -> impl Iterator<Item = Token<'_>> {
    let root = top(token).id;
    std::iter::successors(token.before(), |word| word.before()).take_while(move |word| top(*word).id == root)
}

/// The word that its sentence hangs on.
fn top(token: Token<'_>) -> Token<'_> {
    std::iter::successors(Some(token), |word| word.head()).last().unwrap_or(token)
}

/// "A bill before the house would ban them": the will of nobody yet.
fn is_will_of_draft(codebook: &Codebook, verb: Token<'_>) -> bool {
    let first = std::iter::successors(Some(verb), |verb| verb.head().filter(|_| verb.relation() == Relation::Conj));
    let would = |aux: Token<'_>| aux.text() == "would";
    let is_draft = |noun: Token<'_>| in_set(codebook, "drafts", &lower_lemma(noun));
    // "a draft decree"; "Under a bill before the house, …".
    let drafts = |noun: Token<'_>| is_draft(noun) || noun.children().any(|part| part.lemma() == "draft");
    let under = |noun: Token<'_>| preposition(noun).as_deref() == Some("under") && drafts(noun);
    let mut first = first.filter(|verb| verb.children_by(Relation::Nsubj).next().is_some());
    first.next().is_some_and(|verb| {
        let of_draft = verb.children_by(Relation::Nsubj).any(drafts) || verb.children_by(Relation::Obl).any(under);
        verb.children_by(Relation::Aux).any(would) && of_draft
    })
}

/// "Did Russia attack Poland?" asks; "Why did Russia attack?" takes it for granted.
pub(super) fn is_yes_no_question(root: Token<'_>) -> bool {
    root.children_by(Relation::Punct).any(|mark| mark.text() == "?")
        && !root.children().any(|child| matches!(child.xpos(), "WRB" | "WP" | "WDT"))
}

/// The denials that stand on the predicate itself.
pub(super) fn negations(codebook: &Codebook, token: Token<'_>, status: &mut Status) {
    let mut on = Status::default();
    on_predicate(codebook, token, &mut on);
    if on.n_negations % 2 == 1 {
        status.n_negations += on.n_negations;
        status.notes.extend(on.notes.into_iter().filter(|note| note.starts_with(Effect::Negation.as_str())));
    }
}
