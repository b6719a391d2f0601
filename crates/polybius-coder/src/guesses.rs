//! The trained reader's opinion of a clause, beside the patterns': what act it tells, and who does it to whom.

use polybius_codebook::{Codebook, ModeId, Slot, TypeId};
use polybius_document::{Argument, Document, Guess, Relation, TokenId, Upos};

use crate::clauses::{Clause, Clauses};
use crate::matching::{Match, Matcher, UNPOLITICAL, is_same};
use crate::participants::Side;
use crate::{Attribution, Participant, Read};

/// From this probability on a noun heads a clause although no pattern lists it.
const NOUN: f32 = 0.5;
/// From this probability on an argument is taken.
const ARGUMENT: f32 = 0.35;
/// From this one on, the likeliest is taken if nobody reaches the other.
const PERHAPS: f32 = 0.1;

/// What the trained reader takes a clause for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Opinion<'d> {
    document: &'d Document,
    guess: &'d Guess,
    /// The likeliest type.
    pub(crate) event_type: TypeId,
    /// Its mode, if one is likelier than none.
    pub(crate) mode: Option<ModeId>,
    /// How likely the clause tells an act of that type.
    pub(crate) probability: f32,
}

/// The opinion on `clause`: on its head, the verb that carries it, or a word of its predicate, whichever is likeliest to tell an act.
pub(crate) fn of<'d>(document: &'d Document, codebook: &Codebook, clause: &Clause) -> Option<Opinion<'d>> {
    let predicate = document.tokens_over(clause.trigger).map(|word| word.id);
    let guesses = predicate.chain(clause.light).filter_map(|word| document.guess_at(word));
    let guess = guesses.max_by(|one, other| one.act.total_cmp(&other.act))?;
    let (name, probability) = guess.types().first().copied()?;
    let event_type = codebook.ontology.type_named(name)?;
    let mode = guess.mode_of(name).and_then(|mode| codebook.ontology.mode_named(event_type, mode));
    Some(Opinion { document, guess, event_type, mode, probability })
}

/// The type of act that the reader sees most in `word`, and would see there if it told one.
pub(crate) fn type_at(document: &Document, codebook: &Codebook, word: TokenId) -> Option<TypeId> {
    let guess = document.guess_at(word)?;
    let types = guess.types();
    let types = types.iter().filter_map(|(name, _)| codebook.ontology.type_named(name));
    // A promise of a promise is none.
    types.into_iter().find(|of| !codebook.ontology.event_type(*of).has_prospect)
}

/// Whether `noun` is likely enough to tell an act to be read as one.
pub(crate) fn is_act(document: &Document, noun: TokenId) -> bool {
    document.guess_at(noun).is_some_and(|guess| guess.act >= NOUN)
}

impl Opinion<'_> {
    /// How likely the clause tells an act of another than these types, the likeliest.
    pub(crate) fn other_than(&self, names: [&str; 2]) -> f32 {
        self.guess.types().iter().find(|(other, _)| !names.contains(other)).map_or(0.0, |(_, probability)| *probability)
    }

    /// Words that may head the mention of who does it.
    pub(crate) fn actors(&self) -> &[Argument] {
        &self.guess.actors
    }

    /// Words that may head the mention of whom it is done to.
    pub(crate) fn recipients(&self) -> &[Argument] {
        &self.guess.recipients
    }

    /// Words of this and other sentences that name who does it, and whom it is done to.
    pub(crate) fn across(&self) -> (&[Argument], &[Argument]) {
        (&self.guess.actors_across, &self.guess.recipients_across)
    }

    /// What the reader says of `found` as an act of one of these types: what its words tell, and what rules make of it ("will not meet" is a
    /// REJECT), which the reader may have seen itself.
    pub(crate) fn on(&self, codebook: &Codebook, event_types: [TypeId; 2], found: &Match) -> Read {
        let names = event_types.map(|event_type| &*codebook.ontology.event_type(event_type).name);
        let is_of = |argument: &Argument, one: &Participant| {
            argument.token == one.head || self.document.token(argument.token).span().overlaps(one.span)
        };
        let highest = |arguments: &[Argument], counts: &dyn Fn(&Argument) -> bool| {
            arguments.iter().filter(|argument| counts(argument)).map(|argument| argument.score).fold(0.0, f32::max)
        };
        let score = |arguments: &[Argument], one: &Participant| highest(arguments, &|argument| is_of(argument, one));
        let together = found.recipients.is_empty() && found.actors.len() > 1;
        let as_actor = |one: &Participant| {
            let other = if together { score(&self.guess.recipients, one) } else { 0.0 };
            score(&self.guess.actors, one).max(other)
        };
        let as_recipient = |one: &Participant| score(&self.guess.recipients, one);
        let everybody = || found.actors.iter().chain(&found.recipients);
        Read {
            event_type: self.guess.types().iter().filter(|(other, _)| names.contains(other)).map(|(_, p)| p).sum(),
            actor: found.actors.iter().map(as_actor).reduce(f32::min),
            recipient: found.recipients.iter().map(as_recipient).reduce(f32::min),
            missed: highest(&self.guess.recipients, &|argument| !everybody().any(|one| is_of(argument, one))),
        }
    }
}

impl Matcher<'_> {
    /// The event that the reader alone sees, with its arguments; or what there is of it, and what is missing.
    pub(crate) fn by_opinion(
        &self,
        clauses: &Clauses,
        clause: &Clause,
        opinion: &Opinion<'_>,
        speakers: &[Attribution],
    ) -> Result<Match, (Match, String)> {
        let mut actors = self.doers(opinion, speakers);
        // "The Kremlin said it would ask": the pronoun of whoever speaks.
        if actors.is_empty() && !clause.passive {
            let subjects = clause.slot(&Slot::Subject).iter().map(|subject| self.document.token(*subject));
            let pronouns = subjects.filter(|subject| subject.upos() == Upos::Pron);
            actors = pronouns.flat_map(|subject| self.resolver.resolve_all(subject.id, Side::Actor)).collect();
        }
        let mut recipients = self.arguments(opinion, Side::Recipient);
        let mutual = actors.iter().any(|actor| recipients.iter().any(|recipient| is_same(actor, recipient)));
        // Nor is an organisation or group the other side of its own people: "who speaks for the M23".
        let own = |one: &Participant| {
            let body = self.resolver.body_served(one);
            body.is_some() && actors.iter().any(|actor| actor.entity == body)
        };
        recipients.retain(|recipient| !own(recipient) && !actors.iter().any(|actor| is_same(actor, recipient)));
        if mutual {
            actors.append(&mut recipients);
        }
        let mut found = Match { pattern: None, actors, recipients };
        let lacking = |found: Match, missing: &str| Err((found, missing.to_owned()));
        if found.actors.is_empty() && found.recipients.is_empty() {
            return lacking(found, "the reader sees an act but finds nobody who does it or whom it is done to");
        }
        let declared = self.codebook.ontology.event_type(opinion.event_type);
        let needs = declared.recipient_required;
        self.add_answered(clauses, clause, opinion.event_type, &mut found);
        if needs && found.recipients.is_empty() && found.actors.len() == 1 {
            found.recipients.extend(self.resolver.faced(opinion.guess.token, &found.actors, opinion.event_type));
        }
        if needs && found.recipients.is_empty() && found.actors.len() < 2 {
            return lacking(found, "the reader sees an act but finds nobody it is done to");
        }
        if !found.actors.iter().chain(&found.recipients).any(|participant| self.is_political(participant)) {
            return lacking(found, UNPOLITICAL);
        }
        Ok(found)
    }

    /// Fills a side that the pattern found nobody for with whom the reader sees there.
    pub(crate) fn complete(&self, found: &mut Match, opinion: &Opinion<'_>, speakers: &[Attribution]) {
        let apart = |side: Vec<Participant>, other: &[Participant]| -> Vec<Participant> {
            side.into_iter().filter(|one| !other.iter().any(|other| is_same(one, other))).collect()
        };
        if found.actors.is_empty() {
            found.actors = apart(self.doers(opinion, speakers), &found.recipients);
        } else if found.recipients.is_empty() && found.actors.len() == 1 {
            found.recipients = apart(self.arguments(opinion, Side::Recipient), &found.actors);
        }
    }

    /// Who the reader sees do it, but for whoever only says so: "were killed, according to the governor".
    fn doers(&self, opinion: &Opinion<'_>, speakers: &[Attribution]) -> Vec<Participant> {
        let mut doers = self.arguments(opinion, Side::Actor);
        doers.retain(|doer| !speakers.iter().any(|link| link.speaker.head == doer.head));
        doers
    }

    /// The first of the words that are strung together with this one.
    fn first_of_row(&self, token: TokenId) -> TokenId {
        let word = self.document.token(token);
        word.head().filter(|_| word.relation() == Relation::Conj).map_or(token, |first| first.id)
    }

    /// Whoever the reader takes for a side: all likely words that name somebody, or else the likeliest that may and does.
    fn arguments(&self, opinion: &Opinion<'_>, side: Side) -> Vec<Participant> {
        let arguments = if side == Side::Actor { &opinion.guess.actors } else { &opinion.guess.recipients };
        let trigger = self.document.token(opinion.guess.token);
        let mut ranked: Vec<&Argument> = arguments.iter().collect();
        ranked.sort_by(|one, other| other.score.total_cmp(&one.score));
        // "Ministers of South Korea, Japan and the United States": of several in a row none is left out.
        let sure = arguments.iter().filter(|argument| argument.score >= ARGUMENT);
        let named = |token: TokenId| {
            self.resolver.names.over(token).is_some() || self.resolver.role_of(self.document.token(token)).is_some()
        };
        let sure = sure.filter(|argument| named(argument.token));
        let rows: Vec<TokenId> = sure.map(|argument| self.first_of_row(argument.token)).collect();
        let mut found: Vec<Participant> = Vec::new();
        for argument in ranked {
            let in_row = || named(argument.token) && rows.contains(&self.first_of_row(argument.token));
            let enough = argument.score >= ARGUMENT || in_row();
            if argument.score < PERHAPS {
                break;
            }
            if !enough && !found.is_empty() {
                continue;
            }
            // "New Zealand flew in tents, and Fiji has promised engineers": whoever acts elsewhere is perhaps not acted on here.
            let word = self.document.token(argument.token);
            let elsewhere =
                word.relation() == Relation::Nsubj && word.head().is_some_and(|verb| !trigger.governs(verb.id));
            if side == Side::Recipient && !enough && elsewhere {
                continue;
            }
            // "shot near Gao": ground does nothing.
            let ground = || self.resolver.literal_place(word).is_some();
            if side == Side::Actor && ground() {
                continue;
            }
            for participant in self.resolver.resolve_all(argument.token, side) {
                if !found.iter().any(|other| is_same(other, &participant)) {
                    found.push(participant);
                }
            }
        }
        found.sort_by_key(|one| one.head);
        found
    }
}
