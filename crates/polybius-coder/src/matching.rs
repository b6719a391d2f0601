//! Patterns against clauses: which pattern describes the clause best, and whom it makes actor and recipient.

use polybius_codebook::{Class, Codebook, Condition, Pattern, PatternId, Quad, Slot, Stance, TypeId};
use polybius_document::{Document, Relation, Token, TokenId, Upos};

use crate::clauses::{Clause, Clauses, Kind};
use crate::participants::{Resolver, Side};
use crate::phrases::{in_set, lemmas_to_head, lower_lemma};
use crate::references::is_definite;
use crate::told::Told;
use crate::{Participant, ResolvedBy};

/// What matching a clause came to.
#[derive(Debug, Clone)]
pub(crate) enum Outcome {
    /// No pattern lists the predicate.
    Unlisted,
    /// A pattern applies and its participants were found.
    Match(Match),
    /// A pattern applies, but not everybody was found whom it needs: what there is, and who is missing.
    Incomplete(Match, String),
    /// Patterns list the predicate, but none applies; the nearest, and why not.
    Abstain(PatternId, String),
}

/// Why people alone are no event.
pub(crate) const UNPOLITICAL: &str = "nobody in it belongs to a country, an organisation or an armed group";

/// A pattern with the participants it found.
#[derive(Debug, Clone)]
pub(crate) struct Match {
    /// `None` where only the trained reader sees the event.
    pub(crate) pattern: Option<PatternId>,
    pub(crate) actors: Vec<Participant>,
    pub(crate) recipients: Vec<Participant>,
}

impl Match {
    /// Whether it is, by a pattern, the act of whoever says it.
    pub(crate) fn is_asserted(&self, codebook: &Codebook) -> bool {
        self.pattern.is_some_and(|pattern| codebook.patterns.get(pattern).asserts())
    }

    /// Of those who act together, the ones who do not are acted on, if there are others.
    pub(crate) fn part_sides(&mut self, acts: impl Fn(&Participant) -> bool) {
        if self.recipients.is_empty() && self.actors.iter().any(&acts) {
            (self.actors, self.recipients) = self.actors.drain(..).partition(acts);
        }
    }

    /// Everybody acts, and nobody is acted on.
    pub(crate) fn join_sides(&mut self) {
        let both = self.recipients.drain(..).collect::<Vec<_>>();
        for one in both {
            if !self.actors.iter().any(|actor| is_same(actor, &one)) {
                self.actors.push(one);
            }
        }
    }
}

/// What matching needs to look up.
pub(crate) struct Matcher<'a> {
    pub(crate) document: &'a Document,
    pub(crate) codebook: &'a Codebook,
    pub(crate) resolver: &'a Resolver<'a>,
    /// The acts of the sentences before, with whoever did them.
    pub(crate) told: &'a Told,
}

impl Matcher<'_> {
    /// The most specific pattern that applies to `clause`.
    ///
    /// `negated` tells whether the clause is, and `speaker` who says it.
    pub(crate) fn best(
        &self,
        clauses: &Clauses,
        clause: &Clause,
        negated: bool,
        speaker: &dyn Fn() -> Option<Participant>,
    ) -> Outcome {
        // The most general pattern is the nearest: it asks for least. One that applies but for its participants is nearer still.
        let mut nearest: Option<(PatternId, String)> = None;
        let mut incomplete: Option<(Match, String)> = None;
        for id in self.candidates(clause) {
            let pattern = self.codebook.patterns.get(id);
            let polarity = pattern.negated != negated && (pattern.negated || pattern.asserts());
            let missed = polarity.then(|| "the pattern is for the opposite: negated, or not".to_owned());
            if let Some(reason) = missed.or_else(|| self.condition_missed(clauses, clause, pattern)) {
                nearest = Some((id, reason));
                continue;
            }
            if pattern.event_type.is_none() {
                return Outcome::Abstain(id, "the words are no political event here".to_owned());
            }
            match self.participants(clauses, clause, id, pattern, speaker) {
                Ok(found) => return Outcome::Match(found),
                Err(found) => {
                    incomplete.get_or_insert(found);
                }
            }
        }
        if let Some((found, missing)) = incomplete {
            return Outcome::Incomplete(found, missing);
        }
        nearest.map_or(Outcome::Unlisted, |(id, reason)| Outcome::Abstain(id, reason))
    }

    /// The type that `clause` would be if its participants were known.
    pub(crate) fn type_of(&self, clauses: &Clauses, clause: &Clause) -> Option<TypeId> {
        let mut patterns = self.candidates(clause).into_iter().map(|id| self.codebook.patterns.get(id));
        patterns.find(|pattern| self.condition_missed(clauses, clause, pattern).is_none())?.event_type
    }

    /// Who did the act that "the ambush" means: the last one told in that word, or the only one of its type.
    fn told_by(&self, event: &Clause) -> Option<&[Participant]> {
        let event_type = self.listed_type(event)?;
        event.keys.last().and_then(|word| self.told.by_word(word)).or_else(|| self.told.only(event_type))
    }

    /// The type of the first pattern that lists the predicate, whatever its conditions.
    fn listed_type(&self, clause: &Clause) -> Option<TypeId> {
        self.candidates(clause).into_iter().find_map(|id| self.codebook.patterns.get(id).event_type)
    }

    /// Everybody in the slots in which the other side of an act stands.
    pub(crate) fn others_in(&self, clauses: &Clauses, clause: &Clause) -> Vec<Participant> {
        let slots = ["with", "to", "on", "against", "between", "from"].map(|word| Slot::Preposition(word.into()));
        self.first_filled(clauses, clause, &[&[Slot::Object], slots.as_slice()].concat(), Side::Recipient)
    }

    /// The patterns that list the predicate: for more words first, then more specific, then in the codebook's order.
    fn candidates(&self, clause: &Clause) -> Vec<PatternId> {
        let patterns = &self.codebook.patterns;
        let mut ranked: Vec<(usize, PatternId)> = Vec::new();
        for key in &clause.keys {
            let listed: Vec<PatternId> = match clause.kind {
                Kind::Verb => patterns.for_verb(key).to_vec(),
                Kind::Noun => patterns.for_noun(key).to_vec(),
                Kind::Be => patterns.for_be(key).iter().chain(patterns.for_noun(key)).copied().collect(),
            };
            let n_words = key.split(' ').count();
            for id in listed {
                if !ranked.iter().any(|(_, other)| *other == id) {
                    ranked.push((n_words, id));
                }
            }
        }
        ranked.sort_by_key(|(n_words, id)| {
            (std::cmp::Reverse(*n_words), std::cmp::Reverse(patterns.get(*id).specificity))
        });
        ranked.into_iter().map(|(_, id)| id).collect()
    }

    /// The first condition that does not hold, in words.
    fn condition_missed(&self, clauses: &Clauses, clause: &Clause, pattern: &Pattern) -> Option<String> {
        for (slot, condition) in &pattern.when {
            if !self.holds(clauses, clause, slot, condition) {
                return Some(format!("`{}` is not what the pattern asks for", slot.as_str()));
            }
        }
        for (slot, condition) in &pattern.unless {
            if self.holds(clauses, clause, slot, condition) {
                return Some(format!("`{}` is what the pattern excludes", slot.as_str()));
            }
        }
        None
    }

    fn holds(&self, clauses: &Clauses, clause: &Clause, slot: &Slot, condition: &Condition) -> bool {
        if *slot == Slot::Complement {
            return clause.complements.iter().any(|head| self.complement_holds(clauses, clause, *head, condition));
        }
        let heads = clause.slot(slot);
        (condition.filled && !heads.is_empty()) || heads.iter().any(|head| self.head_holds(*head, condition))
    }

    fn head_holds(&self, head: TokenId, condition: &Condition) -> bool {
        let token = self.document.token(head);
        let mut words = lemmas_to_head(token);
        let suffix = |words: &[String]| {
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            condition.has_suffix_of(&words)
        };
        if suffix(&words) {
            return true;
        }
        // The form as it stands, where the lemmatiser may differ from whoever wrote the pattern ("talks", "sanctions").
        if let Some(last) = words.last_mut() {
            *last = token.text().to_lowercase();
        }
        suffix(&words) || condition.classes.iter().any(|class| self.class_holds(head, *class))
    }

    fn class_holds(&self, head: TokenId, class: Class) -> bool {
        self.resolver.is_class(head, class)
    }

    fn complement_holds(&self, clauses: &Clauses, clause: &Clause, head: TokenId, condition: &Condition) -> bool {
        // "told Iran that it attacks" reports; only "told Iran to attack" asks.
        let stance = crate::quotes::speech(self.codebook, clause);
        let token = self.document.token(head);
        let finite = token.children().any(|child| matches!(child.relation(), Relation::Nsubj | Relation::NsubjPass));
        if stance == Some(Stance::Says) && finite {
            return false;
        }
        // "agreed that prices rise" is an opinion; whatever is agreed to be done is an infinitive.
        if condition.filled {
            return !finite;
        }
        let own = lemmas_to_head(self.document.token(head));
        let keys = clauses.headed_by(head).map_or(&own[own.len() - 1..], |clause| clause.keys.as_slice());
        let by_key = keys.iter().any(|key| condition.words.contains(key));
        // A light verb's complement is its event noun: "agreed to hold talks".
        let carried = clauses.iter().filter(|clause| clause.light == Some(head));
        by_key || carried.flat_map(|clause| clause.keys.iter()).any(|key| condition.words.contains(key))
    }

    fn participants(
        &self,
        clauses: &Clauses,
        clause: &Clause,
        id: PatternId,
        pattern: &Pattern,
        speaker: &dyn Fn() -> Option<Participant>,
    ) -> Result<Match, (Match, String)> {
        let mut actors = if pattern.asserts() {
            speaker().into_iter().collect()
        } else {
            self.first_filled(clauses, clause, &pattern.actor, Side::Actor)
        };
        let mut recipients = self.first_filled(clauses, clause, &pattern.recipient, Side::Recipient);
        recipients.retain(|recipient| !actors.iter().any(|actor| is_same(actor, recipient)));
        // "Manila said a Chinese ship had rammed its boat": nobody rams his own, unless it says so.
        let is_conflict = |event_type| {
            let quad = self.codebook.ontology.event_type(event_type).quad;
            matches!(quad, Quad::MaterialConflict | Quad::VerbalConflict)
        };
        if recipients.is_empty()
            && pattern.event_type.is_some_and(is_conflict)
            && self.is_owned(clause, &pattern.recipient)
        {
            let owner = speaker().filter(|one| actors.iter().all(|actor| actor.country != one.country));
            recipients.extend(owner.filter(|one| !pattern.asserts() && self.is_political(one)));
        }
        // Of those who act together, too, one must stand where actors stand.
        let has_actor = !actors.is_empty();
        if pattern.reciprocal {
            actors.append(&mut recipients);
        }
        let has_recipient = !recipients.is_empty() || (pattern.reciprocal && actors.len() > 1);
        let found = Match { pattern: Some(id), actors, recipients };
        if let Some(missing) = pattern.needs.missing(has_actor, has_recipient) {
            return Err((found, format!("no {missing} found where the pattern looks for one")));
        }
        let political = found.actors.iter().chain(&found.recipients).any(|participant| self.is_political(participant));
        if !political && !self.is_placed(clause, &found.actors) {
            return Err((found, UNPOLITICAL.to_owned()));
        }
        Ok(found)
    }

    /// Whether what stands in one of the slots is somebody's by a pronoun: "its boat", "one of their camps", but not "its own boat".
    fn is_owned(&self, clause: &Clause, slots: &[Slot]) -> bool {
        let owner = |noun: Token<'_>| {
            let is_own = |word: Token<'_>| word.text().eq_ignore_ascii_case("own");
            let mut owners = noun.children_by(Relation::NmodPoss);
            owners.any(|owner| owner.upos() == Upos::Pron) && !noun.children().any(is_own)
        };
        let heads = slots.iter().flat_map(|slot| clause.slot(slot)).map(|head| self.document.token(*head));
        heads.flat_map(|head| std::iter::once(head).chain(head.children_by(Relation::Nmod))).any(owner)
    }

    /// Whom a phrase names. An event names, when acted on, whoever did it ("condemned Israel's attack on Gaza"): those its words
    /// give, or those of the last act of its type that the article told. "The accord" names those between whom it is.
    fn named_by(&self, clauses: &Clauses, head: TokenId, side: Side) -> Vec<Participant> {
        let token = self.document.token(head);
        let referred = |told: &[Participant]| self.referred(told, token);
        let is = |set: &str| in_set(self.codebook, set, &lower_lemma(token));
        let accord = side == Side::Recipient && is_definite(token) && (is("agreement") || is("ceasefire"));
        let parties = || if accord { referred(self.told.parties()) } else { Vec::new() };
        // "called the decision a mistake": of whoever acted last, and it is not whoever says so.
        let last = |event_type: Option<TypeId>| {
            let subjects = crate::pronouns::subjects_above(token);
            let own: Vec<Participant> = subjects.flat_map(|one| self.resolver.resolve_all(one, Side::Actor)).collect();
            self.told.last(self.document.sentence_of(head), event_type, &own)
        };
        let event = clauses.headed_by(head).filter(|event| side == Side::Recipient && event.kind == Kind::Noun);
        let Some(event) = event else {
            let named = self.resolver.resolve_all(head, side);
            let is_deed = || side == Side::Recipient && is_definite(token) && (is("deed") || is("saying"));
            return match () {
                _ if !named.is_empty() => named,
                _ if is_deed() => last(None).map(referred).unwrap_or_default(),
                _ => parties(),
            };
        };
        let doers: Vec<Participant> =
            event.slot(&Slot::Subject).iter().flat_map(|doer| self.resolver.resolve_all(*doer, Side::Actor)).collect();
        if !doers.is_empty() {
            return doers;
        }
        let definite = token.children_by(Relation::Det).any(|det| det.feature("Definite") == Some("Def"));
        let deed = || if is("deed") { last(None) } else { None };
        let told = definite
            .then(|| deed().or_else(|| self.told_by(event)).or_else(|| last(Some(self.listed_type(event)?))))
            .flatten();
        told.map(referred).unwrap_or_else(parties)
    }

    /// Those of whom the article has told, named by another word.
    fn referred(&self, told: &[Participant], word: Token<'_>) -> Vec<Participant> {
        let (span, head, resolved_by) = (word.span(), word.id, ResolvedBy::Coreference);
        told.iter().cloned().map(|one| Participant { span, head, resolved_by, ..one }).collect()
    }

    /// Whether the verb has no object of its own.
    fn is_bare(&self, clauses: &Clauses, verb: Token<'_>) -> bool {
        clauses.headed_by(verb.id).is_none_or(|clause| clause.slot(&Slot::Object).is_empty())
    }

    /// Adds to an answer that names nobody whoever did what it is about: "criticised the decision".
    pub(crate) fn add_answered(&self, clauses: &Clauses, clause: &Clause, event_type: TypeId, found: &mut Match) {
        if !found.recipients.is_empty() || found.actors.is_empty() {
            return;
        }
        // "The EU answered with sanctions": to whoever acted before.
        let word = self.document.token(clause.head);
        let verbs = std::iter::successors(Some(word), |word| word.head()).take(2);
        let answers = |verb: Token<'_>| in_set(self.codebook, "answering", &lower_lemma(verb));
        if let Some(verb) = verbs.filter(|verb| answers(*verb)).last().filter(|verb| self.is_bare(clauses, *verb)) {
            let last = self.told.last(self.document.sentence_of(verb.id), None, &found.actors);
            found.recipients = last.map(|told| self.referred(told, verb)).unwrap_or_default();
            return;
        }
        let declared = self.codebook.ontology.event_type(event_type);
        let speaks = matches!(declared.quad, Quad::VerbalConflict | Quad::VerbalCooperation) && !declared.mutual;
        if !speaks {
            return;
        }
        // "Britain rejected four Russian requests": they were made to whoever rejects them.
        let verb =
            clauses.headed_by(clause.head).filter(|_| word.relation() == Relation::Obj).and_then(|_| word.head());
        let answers = verb.and_then(|verb| clauses.headed_by(verb.id)).filter(|_| clause.light.is_none());
        let made_to = clause.kind == Kind::Noun && declared.quad == Quad::VerbalConflict;
        if let Some(answer) = answers.filter(|_| made_to) {
            let subjects = answer.slot(&Slot::Subject).iter();
            let others = subjects.flat_map(|one| self.resolver.resolve_all(*one, Side::Actor));
            found.recipients = others.filter(|one| !found.actors.iter().any(|actor| is_same(actor, one))).collect();
            if !found.recipients.is_empty() {
                return;
            }
        }
        let slots = ["on", "to", "of", "over", "against", "for", "with"].map(|word| Slot::Preposition(word.into()));
        let deeds = [Slot::Object].iter().chain(&slots).flat_map(|slot| clause.slot(slot));
        let is_deed = |head: &&TokenId| {
            let word = self.document.token(**head);
            let listed = ["deed", "saying"].iter().any(|set| in_set(self.codebook, set, &lower_lemma(word)));
            let event = clauses.headed_by(**head).is_some_and(|event| event.kind == Kind::Noun);
            is_definite(word) && (listed || event)
        };
        let deeds = deeds.filter(is_deed);
        let answered = deeds.map(|head| self.named_by(clauses, *head, Side::Recipient)).find(|named| !named.is_empty());
        let others = answered.into_iter().flatten().filter(|one| !found.actors.iter().any(|actor| is_same(actor, one)));
        found.recipients = others.collect();
    }

    /// Whether somebody is more than a private name or party.
    pub(crate) fn is_political(&self, participant: &Participant) -> bool {
        let public = participant.sector.is_some_and(|sector| !self.codebook.ontology.sector(sector).private);
        participant.entity.is_some() || participant.country.is_some() || public
    }

    /// Whether a place tells which country's people act: "farmers blocked roads in Peru".
    fn is_placed(&self, clause: &Clause, actors: &[Participant]) -> bool {
        let places = ["in", "near", "at", "outside", "across"].map(|word| Slot::Preposition(word.into()));
        let mut heads = places.iter().flat_map(|slot| clause.slot(slot)).copied();
        actors.iter().any(|actor| actor.sector.is_some())
            && heads
                .any(|head| self.resolver.resolve(head, Side::Recipient).is_some_and(|place| place.country.is_some()))
    }

    /// The participants of the first slot that holds any.
    fn first_filled(&self, clauses: &Clauses, clause: &Clause, slots: &[Slot], side: Side) -> Vec<Participant> {
        for slot in slots {
            let mut found: Vec<Participant> = Vec::new();
            // Whom a clause is about is who acts in it: "demanded that Germany pay".
            let of_complements: Vec<TokenId>;
            let heads = if *slot == Slot::Complement {
                let inner = clause.complements.iter().filter_map(|head| clauses.headed_by(*head));
                of_complements = inner.flat_map(|inner| inner.slot(&Slot::Subject).to_vec()).collect();
                &of_complements[..]
            } else {
                clause.slot(slot)
            };
            for head in heads {
                for participant in self.named_by(clauses, *head, side) {
                    if !found.iter().any(|other| is_same(other, &participant)) {
                        found.push(participant);
                    }
                }
            }
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    }
}

/// Whether two phrases name the same participant.
pub(crate) fn is_same(one: &Participant, other: &Participant) -> bool {
    match (one.entity, other.entity) {
        (Some(a), Some(b)) => a == b && (one.sector == other.sector || one.name == other.name),
        _ => one.head == other.head || (one.name == other.name && one.country == other.country),
    }
}
