//! What is told of a time that is over: "used to gather", "fought in his youth", "built under Soviet rule", "shot by the Gestapo".

use jiff::civil::Date;
use polybius_codebook::{Codebook, Kind};
use polybius_document::{Relation, Token, Upos};

use super::governor::{is_when, is_young, was};
use crate::phrases::{in_set, lower_lemma, marker, preposition};

/// Whether the words on the act, or those of a sentence that looks back, say that it is of a time that is over.
pub(super) fn is_told_of_old(codebook: &Codebook, token: Token<'_>) -> bool {
    let used = token.relation() == Relation::Xcomp
        && token.head().is_some_and(|verb| verb.text() == "used" && verb.xpos() == "VBD")
        && token
            .children()
            .any(|child| child.xpos() == "TO" && child.before().is_some_and(|word| word.text() == "used"));
    // "the sanctions of the apartheid years".
    let of_noun = |child: Token<'_>| {
        child.relation() == Relation::Nmod
            && matches!(preposition(child).as_deref(), Some("of" | "in" | "during" | "under"))
            && is_bygone(codebook, child)
    };
    used || is_by_people_of_old(codebook, token)
        || (is_past(token) && (is_at_a_time_of_old(codebook, token) || is_looked_back_on(codebook, token)))
        || (token.upos().is_noun() && token.children().any(of_noun))
}

/// "Soviet soldiers deported them", long after there were any: by a state that was no more on `day`.
pub(crate) fn is_by_state_of_old(codebook: &Codebook, act: Token<'_>, day: Date) -> bool {
    let is_gone = |word: Token<'_>| {
        let rows = codebook.entities.find(word.text());
        let gone = |row| {
            let row = codebook.entities.row(row);
            codebook.entities.get(row.entity).kind == Kind::FormerCountry && !row.holds_on(day)
        };
        word.text().starts_with(char::is_uppercase) && !rows.is_empty() && rows.into_iter().all(gone)
    };
    let does = |child: Token<'_>| {
        matches!(child.relation(), Relation::Nsubj | Relation::NsubjPass | Relation::OblAgent | Relation::NmodPoss)
    };
    // "the Yugoslav tribunal" outlived the state.
    let serves =
        |noun: Token<'_>| ["troop", "official"].into_iter().any(|set| in_set(codebook, set, &lower_lemma(noun)));
    let is_its = |noun: Token<'_>| {
        let kind = |child: Token<'_>| matches!(child.relation(), Relation::Amod | Relation::Compound) && is_gone(child);
        is_gone(noun) || (serves(noun) && noun.children().any(kind))
    };
    (is_past(act) || act.upos().is_noun()) && act.children().any(|child| does(child) && is_its(child))
}

/// A unit of which a few are long ago.
pub(super) fn is_long(unit: Token<'_>) -> bool {
    matches!(unit.lemma(), "year" | "decade" | "generation" | "century")
}

pub(super) fn is_past(verb: Token<'_>) -> bool {
    let past = |relation: Relation| verb.children_by(relation).any(|aux| aux.xpos() == "VBD");
    let describes = verb.relation() == Relation::Acl && verb.xpos() == "VBN";
    verb.xpos() == "VBD" || past(Relation::AuxPass) || past(Relation::Aux) || describes
}

fn is_at_a_time_of_old(codebook: &Codebook, verb: Token<'_>) -> bool {
    let inside = |noun: Token<'_>| {
        matches!(preposition(noun).as_deref(), Some("in" | "during" | "under" | "throughout" | "through" | "at"))
    };
    // "under Franco".
    let under = |noun: Token<'_>| {
        preposition(noun).as_deref() == Some("under") && in_set(codebook, "bygone_people", &lower_lemma(noun))
    };
    let for_long = |noun: Token<'_>| {
        preposition(noun).as_deref() == Some("for") && matches!(noun.lemma(), "decade" | "century" | "generation")
    };
    // "as a student", "as a young pilot".
    let as_a_child = |noun: Token<'_>| {
        let is_young = noun.children_by(Relation::Amod).any(|word| word.lemma() == "young");
        preposition(noun).as_deref() == Some("as") && (is_young || in_set(codebook, "young", &lower_lemma(noun)))
    };
    // "until independence".
    let up_to = |noun: Token<'_>| matches!(preposition(noun).as_deref(), Some("until" | "till" | "before"));
    // "shot when she was six", "signed before either was born".
    let in_childhood = |clause: Token<'_>| is_when(clause) && is_young(codebook, clause) && was(clause);
    let before_birth = |clause: Token<'_>| {
        clause.text() == "born" && matches!(marker(clause).as_deref(), Some("before" | "when" | "until"))
    };
    let at_a_time = |child: Token<'_>| match child.relation() {
        Relation::Obl => {
            ((inside(child) || up_to(child)) && is_bygone(codebook, child))
                || under(child)
                || for_long(child)
                || as_a_child(child)
        }
        Relation::Advcl => in_childhood(child) || before_birth(child),
        // "was once jailed", "once banned", "who once ruled", "Once, as a conscript, he was …"; "once" alone may count.
        Relation::Advmod if child.lemma() == "once" => {
            let aside = matches!(verb.relation(), Relation::AclRelcl | Relation::Advcl | Relation::Acl);
            let opens = child.text() == "Once" && child.children().any(|comma| comma.text() == ",");
            opens || (child.id < verb.id && (aside || child.before().is_some_and(|word| word.lemma() == "be")))
        }
        // "thirty years earlier", "half a century ago".
        Relation::Advmod => {
            matches!(child.lemma(), "early" | "before" | "previously" | "ago") && child.before().is_some_and(is_long)
        }
        _ => false,
    };
    verb.children().any(at_a_time)
}

/// A noun that names a time that is over, or a part of one: "the Cold War", "the Nasser years", "her grandmother's day", "the height of
/// the Cold War".
fn is_bygone(codebook: &Codebook, noun: Token<'_>) -> bool {
    let is = |set: &str, word: Token<'_>| in_set(codebook, set, &lower_lemma(word));
    let kind = |child: Token<'_>| match child.relation() {
        Relation::Amod | Relation::Compound => is("bygone_kind", child) || is("bygone_people", child),
        Relation::NmodPoss => is("bygone_people", child),
        // "in those days".
        Relation::Det => child.lemma() == "that" && noun.xpos() == "NNS",
        _ => false,
    };
    // "the Thatcher years".
    let of_somebody = |child: Token<'_>| child.relation() == Relation::Compound && child.upos() == Upos::Propn;
    let is_era = || matches!((noun.lemma(), noun.xpos()), ("year", "NNS") | ("era", "NN"));
    // "the eight-year war".
    let takes_years = |child: Token<'_>| child.relation() == Relation::Compound && child.lemma() == "year";
    let whole = |child: Token<'_>| {
        child.relation() == Relation::Nmod && preposition(child).as_deref() == Some("of") && is_bygone(codebook, child)
    };
    // "in the days of the one-party state"; not "in two days of fighting", "in the last days of the campaign".
    let of_known = |child: Token<'_>| {
        let is_known = child.upos() == Upos::Propn || child.children_by(Relation::Det).any(|det| det.lemma() == "the");
        child.relation() == Relation::Nmod && preposition(child).as_deref() == Some("of") && is_known
    };
    is("bygone", noun)
        || (is_those_days(noun) && noun.children().any(of_known))
        || (is("bygone_time", noun) && noun.children().any(kind))
        || (is_era() && noun.children().any(of_somebody))
        || (noun.lemma() == "war"
            && noun.children().any(|child| takes_years(child) || (child.id < noun.id && is("bygone_war", child))))
        || (is("part_of_time", noun) && noun.children().any(whole))
}

/// "the days", "the years", with nothing that says which.
fn is_those_days(noun: Token<'_>) -> bool {
    let is_the = |child: Token<'_>| child.relation() == Relation::Det && matches!(child.lemma(), "the" | "that");
    let says_which = |child: Token<'_>| {
        matches!(child.relation(), Relation::Amod | Relation::Nummod | Relation::Compound | Relation::NmodPoss)
    };
    matches!((noun.lemma(), noun.xpos()), ("day" | "year" | "decade", "NNS"))
        && noun.children().any(is_the)
        && !noun.children().any(says_which)
}

/// Whether the act is told to describe a thing of which a sentence speaks that looks back: "Twenty years on, the parents of a student whom
/// militiamen shot …", "falls silent each March for those whom it gassed", "The museum keeps the pen of an editor whom they jailed".
fn is_looked_back_on(codebook: &Codebook, act: Token<'_>) -> bool {
    let recalls = |word: Token<'_>| in_set(codebook, "remembrance", &lower_lemma(word));
    let looks_back = |word: Token<'_>| {
        let says = |child: Token<'_>| match child.relation() {
            Relation::Advmod => child.lemma() == "on" && child.before().is_some_and(is_long),
            Relation::Obl | Relation::OblUnmarked => {
                let each = |det: Token<'_>| matches!(det.lemma(), "each" | "every");
                let comes_round = child.upos() == Upos::Propn || child.lemma() == "year";
                comes_round && child.children_by(Relation::Det).any(each)
            }
            Relation::Nsubj => recalls(child),
            _ => false,
        };
        // "Twenty years on, …", taken for the head of the sentence.
        let is_on = word.lemma() == "on" && word.before().is_some_and(is_long);
        recalls(word) || is_on || word.children().any(says)
    };
    let above = std::iter::successors(act.head(), |token| token.head());
    let describes = std::iter::successors(Some(act), |token| token.head())
        .any(|token| matches!(token.relation(), Relation::AclRelcl | Relation::Acl));
    describes && above.into_iter().any(looks_back)
}

/// "shot by the Gestapo", "his grandfather fought", "Napoleon's invasion", "the colonial authorities banned it".
fn is_by_people_of_old(codebook: &Codebook, act: Token<'_>) -> bool {
    let is = |word: Token<'_>| in_set(codebook, "bygone_people", &lower_lemma(word));
    let with_kind = |noun: Token<'_>| {
        // "Franco's troops", but not his widow.
        let is_its = |child: Token<'_>| match child.relation() {
            Relation::Amod | Relation::Compound | Relation::Flat => is(child),
            Relation::NmodPoss => is(child) && in_set(codebook, "troop", &lower_lemma(noun)),
            _ => false,
        };
        // "his great-uncle".
        let is_great = matches!(noun.lemma(), "uncle" | "aunt") && noun.children().any(|word| word.lemma() == "great");
        is(noun) || is_great || noun.children().any(is_its)
    };
    let of_verb = |child: Token<'_>| {
        matches!(child.relation(), Relation::Nsubj | Relation::NsubjPass | Relation::OblAgent) && with_kind(child)
    };
    let of_noun = |child: Token<'_>| match child.relation() {
        Relation::NmodPoss | Relation::Amod | Relation::Compound => is(child),
        Relation::Nmod => preposition(child).as_deref() == Some("by") && with_kind(child),
        _ => false,
    };
    match act.upos().is_noun() {
        true => act.children().any(of_noun),
        false => is_past(act) && act.children().any(of_verb),
    }
}
