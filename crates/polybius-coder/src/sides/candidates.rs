//! Who may be a side of an act: whom the rules and the trained reader see there, who speaks, whoever is named near, acted last or is
//! what the article is about.

use polybius_codebook::{Kind, SideSign};
use polybius_document::{Argument, SentenceId, TokenId};

use super::{Act, Candidate, Whose};
use crate::names::NameMatch;
use crate::participants::{Resolver, Side};
use crate::{Participant, ResolvedBy};

/// Somebody whom the trained reader sees as a side.
pub(super) struct Seen {
    pub(super) one: Participant,
    pub(super) whose: Whose,
    /// By which word.
    pub(super) word: TokenId,
    /// As what.
    pub(super) side: Side,
    /// How likely.
    pub(super) score: f32,
}

/// Below this probability the trained reader sees nobody.
const SEEN: f32 = 0.03;
/// From this probability on, another word of the sentence tells an act, and somebody is a side of it.
const TOLD: f32 = 0.3;
/// So many sentences back names are looked at, this one counted.
const NAMES: u32 = 5;
/// So many acts told before.
const ACTS: usize = 3;
/// So many countries of the article, the weightiest.
pub(super) const COUNTRIES: usize = 4;

impl Resolver<'_> {
    /// The candidates, each once, without their signs.
    pub(super) fn who_may(&self, act: &Act<'_>, seen: &[Seen], across: &[Seen]) -> Vec<Candidate> {
        let mut found: Vec<Candidate> = Vec::new();
        let mut add = |one: Participant| {
            let Some(whose) = Whose::of(self, &one) else { return };
            if found.iter().all(|other| other.whose != whose) {
                let signs = vec![0.0; SideSign::ALL.len()];
                found.push(Candidate { participant: one, signs, actor: 0.0, recipient: 0.0, whose });
            }
        };
        act.found.actors.iter().chain(&act.found.recipients).cloned().for_each(&mut add);
        seen.iter().for_each(|seen| add(seen.one.clone()));
        act.attribution.iter().for_each(|link| add(link.speaker.clone()));
        for back in 0..NAMES {
            let Some(sentence) = act.sentence.0.checked_sub(back) else { break };
            self.named_in(SentenceId(sentence)).for_each(|(_, one)| add(one));
        }
        across.iter().for_each(|seen| add(seen.one.clone()));
        let heaviest = self.weights_of_article().heaviest();
        heaviest
            .iter()
            .take(COUNTRIES)
            .filter_map(|country| self.by_scene(country, act.clause.head))
            .for_each(&mut add);
        self.main_group().into_iter().for_each(&mut add);
        for told in act.told.recent(act.sentence).take(ACTS) {
            told.actors.iter().chain(&told.recipients).cloned().for_each(&mut add);
        }
        found
    }

    /// Whom the trained reader sees as a side.
    pub(super) fn seen_by_reader(&self, act: &Act<'_>) -> Vec<Seen> {
        act.opinion.map_or_else(Vec::new, |opinion| self.seen_among(opinion.actors(), opinion.recipients(), SEEN))
    }

    /// The words that the trained reader is surest to name the actor and the recipient, where they mean nobody of a country or of the codebook,
    /// whom it would have `seen`.
    pub(super) fn seen_unknown(&self, act: &Act<'_>, seen: &[Seen]) -> [Option<Argument>; 2] {
        let Some(opinion) = act.opinion else { return [None, None] };
        let known = |word: TokenId, side: Side| seen.iter().any(|one| one.word == word && one.side == side);
        let surest = |arguments: &[Argument], side: Side| {
            let unknown = arguments.iter().filter(|argument| argument.score >= SEEN && !known(argument.token, side));
            unknown.max_by(|one, other| one.score.total_cmp(&other.score)).copied()
        };
        [surest(opinion.actors(), Side::Actor), surest(opinion.recipients(), Side::Recipient)]
    }

    /// Whom the trained reader sees as a side across sentences: all that it keeps, which are few.
    pub(super) fn seen_across(&self, act: &Act<'_>) -> Vec<Seen> {
        let (actors, recipients) = act.opinion.map_or((&[][..], &[][..]), |opinion| opinion.across());
        self.seen_among(actors, recipients, 0.0)
    }

    /// Whom the trained reader sees as a side of the other acts of the sentence, and whether that act is told before.
    pub(super) fn seen_beside(&self, act: &Act<'_>) -> Vec<(Seen, bool)> {
        let words = self.document.sentence(act.sentence).tokens.clone();
        let told = self.document.guesses().iter().filter(|guess| words.contains(&guess.token) && guess.act >= TOLD);
        let others = told.filter(|guess| !act.is_told_by(self.document, guess.token));
        let seen = others.flat_map(|guess| {
            let before = guess.token < act.clause.head;
            self.seen_among(&guess.actors, &guess.recipients, TOLD).into_iter().map(move |seen| (seen, before))
        });
        seen.collect()
    }

    /// Whom the words mean that the trained reader takes for actors and recipients, from a probability on.
    fn seen_among(&self, actors: &[Argument], recipients: &[Argument], least: f32) -> Vec<Seen> {
        let mut seen = Vec::new();
        for (arguments, side) in [(actors, Side::Actor), (recipients, Side::Recipient)] {
            for &Argument { token: word, score } in arguments.iter().filter(|argument| argument.score >= least) {
                for one in self.resolve_all(word, side) {
                    seen.extend(Whose::of(self, &one).map(|whose| Seen { one, whose, word, side, score }));
                }
            }
        }
        seen
    }

    /// Everybody whom a sentence names, but for outlets, with the word on which the name hangs.
    pub(super) fn named_in(&self, sentence: SentenceId) -> impl Iterator<Item = (TokenId, Participant)> {
        let names = self.names.within(self.document.sentence(sentence).tokens.clone());
        let one = |name: &NameMatch| {
            let top = self.top_of(name).id;
            let named = self.names.over(top).and_then(|_| self.resolve(top, Side::Actor));
            Some((top, named.or_else(|| self.known(name, self.document.token(name.tokens.start)))?))
        };
        let outlet = |one: &Participant| one.entity.is_some_and(|entity| self.kind_of(entity) == Kind::Outlet);
        names.filter(|name| !name.rows.is_empty()).filter_map(one).filter(move |(_, one)| !outlet(one))
    }

    /// The word by which somebody was found, if it is one of theirs.
    pub(super) fn word_of(&self, act: &Act<'_>, one: &Participant) -> Option<TokenId> {
        (one.resolved_by != ResolvedBy::Scene && one.head != act.clause.head).then_some(one.head)
    }
}
