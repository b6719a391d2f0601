//! What speaks for each candidate: how the rules and the trained reader see it, where it stands, and what the article has told of it.

use polybius_codebook::{Kind as Of, Quad, SideSign};
use polybius_document::{Relation, SentenceId, Token, TokenId};

use super::candidates::{COUNTRIES, Seen};
use super::{Act, Candidate, Whose, sign};
use crate::clauses::Kind;
use crate::participants::{Resolver, Side};
use crate::phrases::conjuncts;
use crate::told::ToldAct;
use crate::{Participant, ResolvedBy};

/// So many steps up a phrase.
const STEPS: usize = 4;
/// So many words from the act are far.
const FAR: u32 = 30;

/// A word that names a candidate.
struct Naming {
    whose: Whose,
    word: TokenId,
}

impl Resolver<'_> {
    /// Fills in the signs of all candidates.
    pub(super) fn weigh_signs(&self, act: &Act<'_>, seen: &[Seen], across: &[Seen], candidates: &mut [Candidate]) {
        let namings = self.namings(act, seen);
        let heaviest = self.weights_of_article().heaviest();
        let before: Vec<(TokenId, Whose)> = act.sentence.0.checked_sub(1).map_or_else(Vec::new, |before| {
            let named = self.named_in(SentenceId(before));
            named.filter_map(|(word, one)| Some((word, Whose::of(self, &one)?))).collect()
        });
        let named_before: Vec<&Whose> = before.iter().map(|(_, whose)| whose).collect();
        let is_subject = |word: TokenId| {
            let relation = |token: Token<'_>| matches!(token.relation(), Relation::Nsubj | Relation::NsubjPass);
            let token = self.document.token(word);
            relation(token) || token.head().is_some_and(|above| is_inside(token.relation()) && relation(above))
        };
        let subjects_before: Vec<&Whose> =
            before.iter().filter(|(word, _)| is_subject(*word)).map(|(_, whose)| whose).collect();
        let others = self.seen_beside(act);
        let unknown = self.seen_unknown(act, seen).map(|seen| seen.map_or(0.0, |seen| seen.score));
        let speakers: Vec<Option<Whose>> = act.attribution.iter().map(|link| Whose::of(self, &link.speaker)).collect();
        let group = self.main_group().and_then(|group| Whose::of(self, &group));
        let is_named = |candidate: &Candidate| namings.iter().any(|naming| naming.whose == candidate.whose);
        let n_here = candidates.iter().filter(|candidate| is_named(candidate)).count();
        for candidate in candidates.iter_mut() {
            let whose = candidate.whose.clone();
            let mut put = |sign: SideSign, much: f32| candidate.signs[sign as usize] = much;
            self.by_act(act, &mut put);
            self.by_rules(act, &whose, candidate.participant.country.as_deref(), &mut put);
            by_reader(seen, &READ, &whose, &mut put);
            by_reader(across, &READ_ACROSS, &whose, &mut put);
            put(SideSign::UnknownActs, unknown[0]);
            put(SideSign::UnknownStruck, unknown[1]);
            let words: Vec<Token<'_>> = namings
                .iter()
                .filter(|naming| naming.whose == whose)
                .map(|naming| self.document.token(naming.word))
                .collect();
            self.by_words(act, &words, &mut put);
            put(SideSign::CandidatesHere, n_here.min(8) as f32 / 4.0);
            put(SideSign::Speaker, sign(speakers.contains(&Some(whose.clone()))));
            put(SideSign::SentenceBefore, sign(named_before.contains(&&whose)));
            put(SideSign::MainGroup, sign(group.as_ref() == Some(&whose)));
            put(SideSign::SubjectBefore, sign(subjects_before.contains(&&whose)));
            by_others(&others, &whose, &mut put);
            self.by_article(&whose, &heaviest, &mut put);
            self.by_told(act, &whose, &mut put);
        }
    }

    /// The words of the sentence that name somebody: those by which rules, reader and attribution know them, and their names.
    fn namings(&self, act: &Act<'_>, seen: &[Seen]) -> Vec<Naming> {
        let sides = act.found.actors.iter().chain(&act.found.recipients);
        let chosen = sides.filter_map(|one| Some((self.word_of(act, one)?, one.clone())));
        let speakers = act.attribution.iter().map(|link| (link.speaker.head, link.speaker.clone()));
        let named = self.named_in(act.sentence);
        let all = chosen.chain(speakers).chain(named);
        let all = all.filter_map(|(word, one)| Some(Naming { whose: Whose::of(self, &one)?, word }));
        let all = all.chain(seen.iter().map(|seen| Naming { whose: seen.whose.clone(), word: seen.word }));
        let mut namings: Vec<Naming> = Vec::new();
        for naming in all.filter(|naming| self.document.sentence_of(naming.word) == act.sentence) {
            if !namings.iter().any(|other| other.word == naming.word && other.whose == naming.whose) {
                namings.push(naming);
            }
        }
        namings
    }

    fn by_act(&self, act: &Act<'_>, put: &mut impl FnMut(SideSign, f32)) {
        let declared = self.codebook.ontology.event_type(act.event_type);
        put(SideSign::Any, 1.0);
        put(SideSign::Pattern, sign(act.found.pattern.is_some()));
        put(SideSign::Asserted, sign(act.found.is_asserted(self.codebook)));
        put(SideSign::Mutual, sign(declared.mutual));
        put(SideSign::FriendlyWords, sign(declared.quad == Quad::VerbalCooperation));
        put(SideSign::HostileWords, sign(declared.quad == Quad::VerbalConflict));
        put(SideSign::Force, sign(declared.quad == Quad::MaterialConflict));
        put(SideSign::Quoted, sign(self.is_quoted(act.clause.head)));
        put(SideSign::Passive, sign(act.clause.passive));
        put(SideSign::EventNoun, sign(act.clause.kind == Kind::Noun));
        put(SideSign::AtHome, sign(act.at_home));
        put(SideSign::OneSentence, sign(self.document.sentences().len() == 1));
        put(SideSign::NobodyActs, sign(act.found.actors.is_empty()));
        put(SideSign::NobodyStruck, sign(act.found.recipients.is_empty()));
    }

    fn by_rules(&self, act: &Act<'_>, whose: &Whose, country: Option<&str>, put: &mut impl FnMut(SideSign, f32)) {
        let chosen = |side: &[Participant]| -> Option<ResolvedBy> {
            side.iter().find(|one| Whose::of(self, one).as_ref() == Some(whose)).map(|one| one.resolved_by)
        };
        let compatriot =
            |side: &[Participant]| country.is_some() && side.iter().any(|one| one.country.as_deref() == country);
        let (acts, struck) = (chosen(&act.found.actors), chosen(&act.found.recipients));
        put(SideSign::Acts, sign(acts.is_some()));
        put(SideSign::Struck, sign(struck.is_some()));
        put(SideSign::OfActor, sign(compatriot(&act.found.actors)));
        put(SideSign::OfRecipient, sign(compatriot(&act.found.recipients)));
        put(SideSign::ActsByPronoun, sign(acts == Some(ResolvedBy::Pronoun)));
        put(SideSign::ActsByRole, sign(acts == Some(ResolvedBy::RoleNoun)));
        put(SideSign::StruckByName, sign(struck == Some(ResolvedBy::Name)));
        put(SideSign::StruckByRole, sign(struck == Some(ResolvedBy::RoleNoun)));
        put(SideSign::StruckByCapital, sign(struck == Some(ResolvedBy::Capital)));
        put(SideSign::ActsBySaying, sign(acts.is_some() && act.found.is_asserted(self.codebook)));
        put(SideSign::StruckBySaying, sign(struck.is_some() && act.found.is_asserted(self.codebook)));
        put(SideSign::StruckByScene, sign(struck == Some(ResolvedBy::Scene)));
        put(SideSign::Group, sign(matches!(whose, Whose::Entity(entity) if self.kind_of(*entity) == Of::Group)));
    }

    /// Where the words of a candidate stand.
    fn by_words(&self, act: &Act<'_>, words: &[Token<'_>], put: &mut impl FnMut(SideSign, f32)) {
        put(SideSign::Here, sign(!words.is_empty()));
        put(SideSign::TimesHere, words.len().min(3) as f32);
        let Some(nearest) = words.iter().min_by_key(|word| word.id.0.abs_diff(act.clause.head.0)) else { return };
        put(SideSign::Distance, nearest.id.0.abs_diff(act.clause.head.0).min(FAR) as f32 / 10.0);
        put(SideSign::After, sign(nearest.id > act.clause.head));
        put(SideSign::Before, sign(nearest.id <= act.clause.head));
        let beside_actor = |word: &Token<'_>| {
            let mut top = *word;
            for _ in 0..STEPS {
                top =
                    top.head().filter(|_| is_inside(top.relation()) && top.relation() != Relation::Conj).unwrap_or(top);
            }
            let first = top.head().filter(|_| top.relation() == Relation::Conj).unwrap_or(top);
            let row: Vec<TokenId> = conjuncts(first).iter().map(|word| word.id).collect();
            row.len() > 1 && act.found.actors.iter().any(|actor| actor.head != word.id && row.contains(&actor.head))
        };
        put(SideSign::BesideActor, sign(words.iter().any(beside_actor)));
        put(SideSign::Ground, sign(words.iter().any(|word| self.literal_place(*word).is_some())));
        for word in words {
            let is_of_act = |word: Token<'_>| {
                word.head().is_some_and(|above| above.id == act.clause.head || Some(above.id) == act.clause.light)
            };
            let mut top = *word;
            for _ in 0..STEPS {
                let inside = is_inside(top.relation()) || top.relation() == Relation::Nmod;
                top = top.head().filter(|_| inside && !is_of_act(top)).unwrap_or(top);
            }
            let subject = matches!(top.relation(), Relation::Nsubj | Relation::NsubjPass);
            if subject {
                put(SideSign::ASubject, 1.0);
            }
            if is_of_act(top) {
                match top.relation() {
                    _ if subject => put(SideSign::Subject, 1.0),
                    Relation::Obj | Relation::Iobj => put(SideSign::Object, 1.0),
                    Relation::Nmod | Relation::NmodPoss | Relation::Amod | Relation::Compound => {
                        put(SideSign::OfNoun, 1.0)
                    }
                    _ => {}
                }
            }
        }
    }

    /// What the article is about.
    fn by_article(&self, whose: &Whose, heaviest: &[&str], put: &mut impl FnMut(SideSign, f32)) {
        let n_sentences = self.document.sentences().len() as f32;
        put(
            SideSign::Cited,
            self.cited().iter().find(|(other, _)| other == whose).map_or(0.0, |(_, n)| *n as f32 / n_sentences),
        );
        let Whose::Country(country) = whose else { return };
        let weights = self.weights_of_article();
        let all: f32 = heaviest.iter().take(COUNTRIES).map(|country| weights.of(country)).sum();
        put(SideSign::Share, weights.of(country) / all.max(0.01));
        put(SideSign::Heaviest, sign(heaviest.first() == Some(&country.as_str())));
        put(SideSign::Second, sign(heaviest.get(1) == Some(&country.as_str())));
    }

    /// How often the article names each.
    fn cited(&self) -> &[(Whose, u32)] {
        self.cited.get_or_init(|| {
            let mut cited: Vec<(Whose, u32)> = Vec::new();
            let names = self.names.all().filter(|name| !name.rows.is_empty());
            let known = names.filter_map(|name| self.known(name, self.document.token(name.tokens.start)));
            for whose in known.filter_map(|one| Whose::of(self, &one)) {
                match cited.iter_mut().find(|(other, _)| *other == whose) {
                    Some((_, n)) => *n += 1,
                    None => cited.push((whose, 1)),
                }
            }
            cited
        })
    }

    /// What was told of the candidate before, the later the more.
    fn by_told(&self, act: &Act<'_>, whose: &Whose, put: &mut impl FnMut(SideSign, f32)) {
        let is = |side: &[Participant]| side.iter().any(|one| Whose::of(self, one).as_ref() == Some(whose));
        let actor = |side: &[Participant]| {
            let same = |one: &Participant, other: &Participant| {
                let whose = Whose::of(self, one);
                whose.is_some() && whose == Whose::of(self, other)
            };
            side.iter().any(|one| act.found.actors.iter().any(|other| same(one, other)))
        };
        let told = || act.told.recent(act.sentence);
        let mut put_last = |last: Option<&ToldAct>, acted: Option<SideSign>, struck: Option<SideSign>| {
            let Some(last) = last else { return };
            acted.into_iter().for_each(|acted| put(acted, sign(is(&last.actors))));
            struck.into_iter().for_each(|struck| put(struck, sign(is(&last.recipients))));
        };
        let (by_actor, on_actor) = (|told: &&ToldAct| actor(&told.actors), |told: &&ToldAct| actor(&told.recipients));
        put_last(told().next(), Some(SideSign::ActedLast), Some(SideSign::StruckLast));
        put_last(told().find(|told| !by_actor(told)), Some(SideSign::ActedLastOfOthers), None);
        put_last(told().find(by_actor), None, Some(SideSign::StruckLastByActor));
        put_last(told().find(on_actor), Some(SideSign::StruckActorLast), None);
        let so = told().find(|told| told.event_type == act.event_type);
        put_last(so, Some(SideSign::ActedLastSo), Some(SideSign::StruckLastSo));
        let (mut all, mut did, mut had) = (0.0, 0.0, 0.0);
        for (back, told) in act.told.recent(act.sentence).enumerate() {
            let ToldAct { actors, recipients, .. } = told;
            let weight = 1.0 / (1.0 + back as f32);
            all += weight;
            did += weight * sign(is(actors) && actor(recipients));
            had += weight * sign(is(recipients) && actor(actors));
        }
        put(SideSign::Answered, did / f32::max(all, 1.0));
        put(SideSign::Continued, had / f32::max(all, 1.0));
    }
}

/// What the trained reader thinks of a candidate in the other acts of the sentence.
fn by_others(others: &[(Seen, bool)], whose: &Whose, put: &mut impl FnMut(SideSign, f32)) {
    let most = |side: Side, is_before: bool| {
        let scores = others.iter().filter(|(seen, before)| (seen.side, *before) == (side, is_before));
        scores.filter(|(seen, _)| seen.whose == *whose).map(|(seen, _)| seen.score).fold(0.0, f32::max)
    };
    put(SideSign::ActsBefore, most(Side::Actor, true));
    put(SideSign::StruckBefore, most(Side::Recipient, true));
    put(SideSign::ActsAfter, most(Side::Actor, false));
    put(SideSign::StruckAfter, most(Side::Recipient, false));
}

/// The signs of what the trained reader thinks of a candidate, and of the likeliest other, in the act's own sentence.
const READ: [(Side, SideSign, SideSign); 2] = [
    (Side::Actor, SideSign::ReadActs, SideSign::OtherReadActs),
    (Side::Recipient, SideSign::ReadStruck, SideSign::OtherReadStruck),
];
/// Across sentences.
const READ_ACROSS: [(Side, SideSign, SideSign); 2] = [
    (Side::Actor, SideSign::AcrossActs, SideSign::OtherAcrossActs),
    (Side::Recipient, SideSign::AcrossStruck, SideSign::OtherAcrossStruck),
];

/// What the trained reader thinks of a candidate, and of the likeliest other.
fn by_reader(seen: &[Seen], signs: &[(Side, SideSign, SideSign)], whose: &Whose, put: &mut impl FnMut(SideSign, f32)) {
    for &(side, own, other) in signs {
        let there = || seen.iter().filter(|seen| seen.side == side);
        let scores = there().filter(|seen| seen.whose == *whose).map(|seen| seen.score);
        let likeliest = there().max_by(|one, other| one.score.total_cmp(&other.score));
        put(own, scores.fold(0.0, f32::max));
        put(other, likeliest.filter(|likeliest| likeliest.whose != *whose).map_or(0.0, |likeliest| likeliest.score));
    }
}

/// Whether a word of this relation stands inside the phrase of the word above.
fn is_inside(relation: Relation) -> bool {
    matches!(
        relation,
        Relation::Amod | Relation::Compound | Relation::NmodPoss | Relation::Appos | Relation::Conj | Relation::Flat
    )
}
