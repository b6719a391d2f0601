//! The sides of an event, weighed: who of all that the article has in view acts, and on whom, by signs whose points the codebook lists.
//!
//! The rules choose first. Their choice is one sign among others, so that somebody is only put in or left out where much speaks for it.

mod candidates;
mod signs;

use polybius_codebook::{Codebook, EntityId, Kind, Needs, SideSign, TypeId};
use polybius_document::{Argument, Document, SentenceId, TokenId};

use crate::clauses::Clause;
use crate::code::{Coder, How, with_coder};
use crate::guesses::Opinion;
use crate::matching::Match;
use crate::participants::{Resolver, Side};
use crate::told::Told;
use crate::{Attribution, Event, Participant, ResolvedBy};

/// Whom the rules choose stays from this probability on.
const STAYS: f32 = 0.3;
/// Anybody else joins a side from this one on.
const JOINS: f32 = 0.8;
/// The likeliest takes the place of whom the rules choose from this one on, if none of them reaches it.
const OUTWEIGHS: f32 = 0.6;
/// On a side that would be empty, the likeliest from this one on.
const FILLS: f32 = 0.25;
/// Whoever stands on the other side stands on this one too from here on.
const BOTH: f32 = 0.8;

/// Whom the words only describe stands on a side that would be empty from this probability on.
const DESCRIBED: f32 = 0.5;

/// An act whose sides are weighed.
pub(crate) struct Act<'a> {
    pub(crate) clause: &'a Clause,
    pub(crate) sentence: SentenceId,
    pub(crate) event_type: TypeId,
    /// Whether it is one that is done at home.
    pub(crate) at_home: bool,
    /// Whether all act, and nobody is acted on.
    pub(crate) mutual: bool,
    /// What the rules found.
    pub(crate) found: &'a Match,
    pub(crate) opinion: Option<&'a Opinion<'a>>,
    pub(crate) told: &'a Told,
    pub(crate) attribution: &'a [Attribution],
}

impl Act<'_> {
    /// Whether `word` is one of those that tell the act.
    fn is_told_by(&self, document: &Document, word: TokenId) -> bool {
        word == self.clause.head
            || Some(word) == self.clause.light
            || document.token(word).span().overlaps(self.clause.trigger)
    }
}

/// Somebody who may be a side.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Who.
    pub participant: Participant,
    /// How much there is of each sign, by the numbers of [`polybius_codebook::SideSign`].
    pub signs: Vec<f32>,
    /// How likely an actor, from 0 to 1.
    pub actor: f32,
    /// How likely a recipient, from 0 to 1.
    pub recipient: f32,
    whose: Whose,
}

impl Candidate {
    fn likely(&self, side: Side) -> f32 {
        if side == Side::Actor { self.actor } else { self.recipient }
    }
}

/// By what two participants are the same side: armed groups and bodies of no country by themselves, all others by their country.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Whose {
    Country(String),
    Entity(EntityId),
}

impl Whose {
    pub(crate) fn of(resolver: &Resolver<'_>, one: &Participant) -> Option<Whose> {
        let itself = one.entity.filter(|entity| one.country.is_none() || resolver.kind_of(*entity) == Kind::Group);
        itself.map(Whose::Entity).or_else(|| one.country.clone().map(Whose::Country))
    }
}

/// An act with everybody who may be a side of it, and how likely each is.
#[derive(Debug, Clone)]
pub struct Weighed {
    /// The event that it is, if nobody is missing and it is sure enough.
    pub event: Event,
    /// Who may be a side.
    pub candidates: Vec<Candidate>,
    /// How much there is of each sign, by the numbers of [`polybius_codebook::EventSign`].
    pub signs: Vec<f32>,
    /// Whether all act, and nobody is acted on.
    pub mutual: bool,
    /// Whom it needs.
    pub needs: Needs,
    /// Who is missing.
    pub missing: Option<String>,
    /// Whether the actor and the recipient are somebody whom the words only describe.
    pub described: [bool; 2],
}

/// Every act that `document` may tell, with who may be its sides: what the points of the codebook are learned from.
pub fn weighed(document: &Document, codebook: &Codebook) -> Vec<Weighed> {
    with_coder(document, codebook, How::default(), |coder| {
        let mut told = Told::default();
        coder.sentences().flat_map(|sentence| coder.read(sentence, &mut told).weighed).collect()
    })
}

/// Everybody whom the words of `document` mean, by each word that means them: what the reader across sentences is learned from.
pub fn meant(document: &Document, codebook: &Codebook) -> Vec<(TokenId, Participant)> {
    with_coder(document, codebook, How::default(), |coder| {
        let words = (0..document.n_tokens()).map(TokenId::from);
        let meant =
            |word: TokenId| coder.resolver.resolve_all(word, Side::Actor).into_iter().map(move |one| (word, one));
        words.flat_map(meant).collect()
    })
}

/// How likely the sides are right as they stand: of each the least and the most likely, and the likeliest that was left out.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Odds {
    pub(crate) actors: SideOdds,
    pub(crate) recipients: SideOdds,
}

/// The odds of one side; `None` where there is nobody.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct SideOdds {
    pub(crate) least: Option<f32>,
    pub(crate) most: Option<f32>,
    pub(crate) next: Option<f32>,
}

impl Coder<'_> {
    /// Everybody who may be a side of the act, with how likely that is.
    pub(crate) fn candidates(&self, act: &Act<'_>) -> Vec<Candidate> {
        let seen = self.resolver.seen_by_reader(act);
        let across = self.resolver.seen_across(act);
        let mut candidates = self.resolver.who_may(act, &seen, &across);
        self.resolver.weigh_signs(act, &seen, &across, &mut candidates);
        for one in &mut candidates {
            let [actor, recipient] = self.codebook.sides.sum(&one.signs);
            (one.actor, one.recipient) = (probability(actor), probability(recipient));
        }
        candidates
    }

    /// Whether sides are weighed: without the trained reader, the rules decide alone.
    pub(crate) fn weighs(&self) -> bool {
        !self.document.guesses().is_empty()
    }

    /// Puts in and leaves out whom much speaks for or against, and says so.
    pub(crate) fn weigh_sides(
        &self,
        act: &Act<'_>,
        candidates: &[Candidate],
        notes: &mut Vec<String>,
    ) -> (Match, Odds) {
        let Match { pattern, actors, recipients } = act.found;
        let actors = self.choose(act, candidates, Side::Actor, (actors, recipients), notes);
        let mut odds = Odds { actors: self.odds(candidates, Side::Actor, &actors), recipients: SideOdds::default() };
        if act.mutual {
            return (Match { pattern: *pattern, actors, recipients: Vec::new() }, odds);
        }
        let recipients = self.choose(act, candidates, Side::Recipient, (recipients, &actors), notes);
        odds.recipients = self.odds(candidates, Side::Recipient, &recipients);
        (Match { pattern: *pattern, actors, recipients }, odds)
    }

    /// Whom the words describe on a side where there would be nobody, if the other is known: "put two ex-ministers under house arrest". Where
    /// somebody stands there whom neither the rules nor the trained reader see in the sentence, it is theirs: "bombed infiltrators".
    pub(crate) fn described(&self, act: &Act<'_>, candidates: &[Candidate], found: &Match) -> [Option<Participant>; 2] {
        let [actor, recipient] = self.resolver.seen_unknown(act, &self.resolver.seen_by_reader(act));
        let describe = |seen: Option<Argument>, (side, other): (&[Participant], &[Participant]), read: SideSign| {
            let seen = seen.filter(|seen| seen.score >= DESCRIBED)?;
            let word = self.document.token(seen.token);
            let known = |one: &Participant| Whose::of(self.resolver, one).is_some();
            let guessed = |one: &Participant| {
                let of_rules = act.found.actors.iter().chain(&act.found.recipients).any(|ruled| ruled.head == one.head);
                let read = self.candidate(candidates, one).map_or(1.0, |one| one.signs[read as usize]);
                !of_rules && read * 2.0 < seen.score
            };
            let open = match side {
                [] => other.iter().any(known),
                [one] => matches!(Whose::of(self.resolver, one), Some(Whose::Country(_))) && guessed(one),
                _ => false,
            };
            let noun = word.upos().is_noun() && !act.is_told_by(self.document, word.id);
            let span = self.resolver.phrase_span(word);
            (open && noun).then(|| Participant {
                entity: None,
                name: self.document.text(span).to_owned(),
                span,
                head: word.id,
                country: side.first().and_then(|one| one.country.clone()),
                sector: None,
                role: None,
                resolved_by: ResolvedBy::Described,
                meant: None,
            })
        };
        let (actors, recipients) = (&found.actors[..], &found.recipients[..]);
        let spoken = found.is_asserted(self.codebook);
        let actor = if spoken { None } else { describe(actor, (actors, recipients), SideSign::ReadActs) };
        let recipient = if act.mutual { None } else { describe(recipient, (recipients, actors), SideSign::ReadStruck) };
        [actor, recipient]
    }

    /// Who stands on a side, where the rules have put `ruled` there and `others` stand on the other.
    fn choose(
        &self,
        act: &Act<'_>,
        candidates: &[Candidate],
        side: Side,
        (ruled, others): (&[Participant], &[Participant]),
        notes: &mut Vec<String>,
    ) -> Vec<Participant> {
        // What speech asserts is done by nobody but the speaker.
        let is_spoken = side == Side::Actor && act.found.is_asserted(self.codebook);
        if is_spoken || !self.weighs() {
            return ruled.to_vec();
        }
        let name = if side == Side::Actor { "actor" } else { "recipient" };
        let likely = |one: &Participant| self.candidate(candidates, one).map(|candidate| candidate.likely(side));
        let mut chosen: Vec<Participant> =
            ruled.iter().filter(|one| likely(one).is_none_or(|likely| likely >= STAYS)).cloned().collect();
        let open = side == Side::Actor && !act.mutual && !act.at_home && act.found.recipients.is_empty();
        let left = if open { self.left_to_act(candidates, ruled) } else { candidates.iter().collect() };
        let joining = self.joining(candidates, &left, side, ruled, &chosen, others);
        // Whoever is not likely enough to join them takes their place.
        if joining.first().is_some_and(|one| one.likely(side) < JOINS) {
            chosen.clear();
        }
        for candidate in joining {
            let one = &candidate.participant;
            notes.push(format!("{}: {name} by what the article tells, {:.2}", one.name, candidate.likely(side)));
            let here = self.document.sentence_of(one.head) == act.sentence && one.resolved_by != ResolvedBy::Scene;
            let word = self.document.token(act.clause.head);
            let scene = || Participant { resolved_by: ResolvedBy::Scene, ..self.resolver.at(one.clone(), word) };
            chosen.push(if here { one.clone() } else { scene() });
        }
        if chosen.is_empty() {
            chosen = ruled.to_vec();
        }
        for left in ruled.iter().filter(|one| !chosen.contains(one)) {
            notes.push(format!("{}: no {name} by what the article tells", left.name));
        }
        chosen
    }

    /// Who may act, where the recipients are open too: not whoever was struck the last time ("the drones hit a school"), nor anybody who is
    /// likelier acted on, if that leaves anybody.
    fn left_to_act<'c>(&self, candidates: &'c [Candidate], ruled: &[Participant]) -> Vec<&'c Candidate> {
        let has = |one: &Candidate, sign: SideSign| one.signs[sign as usize] > 0.0;
        let struck_last = |one: &Candidate| has(one, SideSign::StruckLastSo) && !has(one, SideSign::ActedLastSo);
        let of_rules = |one: &Candidate| self.is_among(ruled, one);
        let may: Vec<&Candidate> = candidates.iter().filter(|one| of_rules(one) || !struck_last(one)).collect();
        let rather: Vec<&Candidate> =
            may.iter().copied().filter(|one| of_rules(one) || one.recipient <= one.actor).collect();
        let any = rather.iter().any(|one| !of_rules(one) && one.actor >= FILLS);
        if any { rather } else { may }
    }

    /// Who joins those of the rules that stay on a side: whoever is likely enough, or the likeliest, if nobody stays or those who do are
    /// less likely. Nobody joins in what is done to them, and whoever only tells of violence has not done it; where nobody else is known,
    /// it may be at home.
    fn joining<'c>(
        &self,
        candidates: &[Candidate],
        left: &[&'c Candidate],
        side: Side,
        ruled: &[Participant],
        staying: &[Participant],
        others: &[Participant],
    ) -> Vec<&'c Candidate> {
        let tells =
            |one: &Candidate| [SideSign::Speaker, SideSign::Force].iter().all(|sign| one.signs[*sign as usize] > 0.0);
        let more = left.iter().copied().filter(|one| !self.is_among(ruled, one) && !tells(one));
        let (own, mut more): (Vec<_>, Vec<_>) = more.partition(|one| self.is_among(others, one));
        more.sort_by(|one, other| other.likely(side).total_cmp(&one.likely(side)));
        let joins: Vec<&Candidate> = more.iter().copied().filter(|one| one.likely(side) >= JOINS).collect();
        if !joins.is_empty() {
            return joins;
        }
        let likeliest = more.first().copied();
        if !staying.is_empty() {
            let most = staying.iter().filter_map(|one| self.candidate(candidates, one)).map(|one| one.likely(side));
            let most = most.reduce(f32::max).unwrap_or(1.0);
            return likeliest.filter(|one| one.likely(side) >= OUTWEIGHS && most < OUTWEIGHS).into_iter().collect();
        }
        let own = own.into_iter().filter(|one| one.likely(side) >= BOTH);
        let own = own.max_by(|one, other| one.likely(side).total_cmp(&other.likely(side)));
        likeliest.filter(|one| one.likely(side) >= FILLS).or(own).into_iter().collect()
    }

    /// How likely those on a side are right.
    fn odds(&self, candidates: &[Candidate], side: Side, chosen: &[Participant]) -> SideOdds {
        let chances = || chosen.iter().filter_map(|one| self.candidate(candidates, one)).map(|one| one.likely(side));
        let left = candidates.iter().filter(|one| !self.is_among(chosen, one)).map(|one| one.likely(side));
        SideOdds { least: chances().reduce(f32::min), most: chances().reduce(f32::max), next: left.reduce(f32::max) }
    }

    fn candidate<'c>(&self, candidates: &'c [Candidate], one: &Participant) -> Option<&'c Candidate> {
        let whose = Whose::of(self.resolver, one)?;
        candidates.iter().find(|candidate| candidate.whose == whose)
    }

    fn is_among(&self, list: &[Participant], candidate: &Candidate) -> bool {
        list.iter().any(|one| Whose::of(self.resolver, one).as_ref() == Some(&candidate.whose))
    }
}

/// From a sum of points to a probability. In f64, so that machines whose `exp` differs in the last place give the same three decimals.
pub(crate) fn probability(sum: f32) -> f32 {
    let probability = 1.0 / (1.0 + (-f64::from(sum)).exp());
    ((probability * 1000.0).round() / 1000.0) as f32
}

/// How much there is of a sign that holds or does not.
pub(crate) fn sign(holds: bool) -> f32 {
    f32::from(u8::from(holds))
}
