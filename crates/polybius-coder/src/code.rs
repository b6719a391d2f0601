//! The coder: every clause of every sentence against the codebook, then one event for each act.

use std::cell::{OnceCell, RefCell};

use jiff::civil::Date;
use polybius_codebook::{Class, Codebook, Needs, Quad, Slot, TypeId};
use polybius_document::{Document, SentenceId, Span, TokenId, Upos};

use crate::attribution::{Attributed, Speakers};
use crate::circumstances;
use crate::claims::Records;
use crate::clauses::{Clause, Clauses, Kind};
use crate::confidence::{self, ENOUGH};
use crate::dates::{self, Times};
use crate::days::DaysTold;
use crate::decide::Decision;
use crate::explain::{Abstention, Explanation, SentenceExplanation};
use crate::factuality;
use crate::guesses;
use crate::matching::{Match, Matcher};
use crate::merge::{self, Draft};
use crate::names::Names;
use crate::participants::{Resolver, Side};
use crate::quotes::{self, Quotes};
use crate::sides::{Act, Weighed};
use crate::status::{self, Status};
use crate::told::Told;
use crate::{Auxiliary, Event, Participant, ResolvedBy, Why};

/// The events of `document` that are as likely right as `least` or likelier, in text order.
pub fn code(document: &Document, codebook: &Codebook, least: f32) -> Vec<Event> {
    with_coder(document, codebook, How { least, ..How::default() }, |coder| {
        let mut told = Told::default();
        coder.sentences().flat_map(|sentence| coder.read(sentence, &mut told).events).collect()
    })
}

/// Everything that `document` tells: its events, who claims what, and what is to be expected, each in text order.
pub fn records(document: &Document, codebook: &Codebook, least: f32) -> Records {
    with_coder(document, codebook, How { least, ..How::default() }, |coder| {
        let mut told = Told::default();
        let events: Vec<Event> =
            coder.sentences().flat_map(|sentence| coder.read(sentence, &mut told).events).collect();
        let claims = coder.claims();
        let expectations = coder.expectations(&events, &claims);
        Records { events, claims, expectations }
    })
}

/// How every sentence of `document` was read, and why it gave an event or none.
pub fn explain(document: &Document, codebook: &Codebook, least: f32) -> Explanation {
    with_coder(document, codebook, How { least, ..How::default() }, |coder| {
        let mut told = Told::default();
        let mut sentences: Vec<SentenceExplanation> =
            coder.sentences().map(|sentence| coder.explain(sentence, &mut told)).collect();
        let events: Vec<Event> = sentences.iter().flat_map(|explained| explained.events.clone()).collect();
        let claims = coder.claims();
        for (first, span) in coder.scare_quotes(&claims) {
            sentences[document.sentence_of(first).index()].scare_quotes.push(span);
        }
        let expectations = coder.expectations(&events, &claims);
        Explanation { sentences, records: Records { events, claims, expectations } }
    })
}

/// Who says what in `document`: every attribution that a clause may have, coded or not, in text order of their cues.
pub fn attributions(document: &Document, codebook: &Codebook) -> Vec<Attributed> {
    with_coder(document, codebook, How::default(), |coder| coder.speakers().all(coder.clauses))
}

/// Whether what the word at each of the spans tells happened, whether or not it is an event; `None` where it is no predicate.
pub fn auxiliaries(document: &Document, codebook: &Codebook, spans: &[Span]) -> Vec<Option<Auxiliary>> {
    let how = How { any_noun: true, ..How::default() };
    with_coder(document, codebook, how, |coder| spans.iter().map(|&span| coder.auxiliary_at(span)).collect())
}

/// What speaks for each mode of what the word at each of the spans tells, by the numbers of [`polybius_codebook::ModeSign`]: what the points of
/// `modes.csv` are learned from; beside it whether its date says that it is long past, or to come.
pub fn mode_signs(document: &Document, codebook: &Codebook, spans: &[Span]) -> Vec<Option<(Vec<f32>, [bool; 2])>> {
    let how = How { any_noun: true, ..How::default() };
    with_coder(document, codebook, how, |coder| spans.iter().map(|&span| coder.mode_signs_at(span)).collect())
}

/// Whom the words at each of the spans name in `document`, as actors.
pub fn resolve(document: &Document, codebook: &Codebook, spans: &[Span]) -> Vec<Option<Participant>> {
    with_coder(document, codebook, How::default(), |coder| {
        let head = |span: Span| {
            let mut tokens = document.tokens_over(span);
            tokens.find(|token| token.head().is_none_or(|head| !head.span().overlaps(span))).map(|token| token.id)
        };
        spans.iter().map(|&span| coder.resolver.resolve(head(span)?, Side::Actor)).collect()
    })
}

/// What reading one sentence gave.
pub(crate) struct Reading {
    pub(crate) events: Vec<Event>,
    pub(crate) abstentions: Vec<Abstention>,
    /// Every act with its candidates, event or not.
    pub(crate) weighed: Vec<Weighed>,
}

/// A document with everything found once for all of it.
pub(crate) struct Coder<'a> {
    pub(crate) document: &'a Document,
    pub(crate) codebook: &'a Codebook,
    pub(crate) clauses: &'a [Clauses],
    pub(crate) resolver: &'a Resolver<'a>,
    pub(crate) quotes: &'a Quotes,
    /// Events less likely right are not coded.
    least: f32,
    /// The day from which dates count.
    pub(crate) published: Option<Date>,
    /// The expressions of time, sentence by sentence.
    times: OnceCell<Vec<Times>>,
    /// What the article tells of days.
    pub(crate) days_told: OnceCell<DaysTold>,
}

/// How a document is coded.
#[derive(Debug, Clone, Copy)]
pub(crate) struct How {
    /// Events less likely right are left out.
    pub(crate) least: f32,
    /// Whether people who do no politics are somebody, too.
    pub(crate) bystanders: bool,
    /// Whether any noun may tell an act.
    pub(crate) any_noun: bool,
}

impl Default for How {
    fn default() -> How {
        How { least: ENOUGH, bystanders: false, any_noun: false }
    }
}

pub(crate) fn with_coder<T>(
    document: &Document,
    codebook: &Codebook,
    how: How,
    then: impl FnOnce(&Coder<'_>) -> T,
) -> T {
    let names = Names::of(document, codebook);
    let clauses: Vec<Clauses> = document
        .sentences()
        .iter()
        .map(|sentence| Clauses::of(document, codebook, &names, sentence, how.any_noun))
        .collect();
    let quoted = quotes::spans(document);
    let resolver = |quotes| Resolver {
        document,
        codebook,
        names: &names,
        quotes,
        quoted: &quoted,
        weights_of_article: OnceCell::new(),
        main_group: OnceCell::new(),
        cited: OnceCell::new(),
        bystanders: how.bystanders,
        toponyms: OnceCell::new(),
        resolved: RefCell::default(),
    };
    let quotes = Quotes::of(document, &resolver(None), &clauses);
    let resolver = resolver(Some(&quotes));
    let published = dates::published(document, &codebook.calendar);
    let least = how.least;
    then(&Coder {
        document,
        codebook,
        clauses: &clauses,
        resolver: &resolver,
        quotes: &quotes,
        least,
        published,
        times: OnceCell::new(),
        days_told: OnceCell::new(),
    })
}

impl Coder<'_> {
    pub(crate) fn sentences(&self) -> impl Iterator<Item = SentenceId> {
        (0..self.document.sentences().len()).map(SentenceId::from)
    }

    pub(crate) fn read(&self, sentence: SentenceId, told: &mut Told) -> Reading {
        self.resolver.forget();
        let clauses = &self.clauses[sentence.index()];
        let matcher = Matcher { document: self.document, codebook: self.codebook, resolver: self.resolver, told };
        let mut drafts = Vec::new();
        let mut incomplete = Vec::new();
        let mut abstentions = Vec::new();
        for clause in clauses.iter() {
            let status = status::of(self.codebook, clauses, clause, self.document.token(clause.head));
            let speaker = || self.speakers().of(clauses, clause.head).pop().map(|link| link.speaker);
            let opinion = guesses::of(self.document, self.codebook, clause);
            let outcome = matcher.best(clauses, clause, status.auxiliary().negation, &speaker);
            match self.decide(&matcher, clauses, clause, outcome, opinion.as_ref()) {
                Decision::Event(found) => drafts.push(self.draft(clause, found, opinion, status)),
                Decision::Incomplete(found, missing) if self.weighs() => {
                    let draft = self.draft(clause, found, opinion, status);
                    incomplete.push(Draft { missing: Some(missing), ..draft });
                }
                Decision::Incomplete(found, reason) => {
                    abstentions.push(Abstention { trigger: clause.trigger, pattern: found.pattern, reason });
                }
                Decision::Abstain(pattern, reason) => {
                    abstentions.push(Abstention { trigger: clause.trigger, pattern, reason });
                }
                Decision::Nothing => {}
            }
        }
        // What is incomplete takes nothing from what is not.
        let mut others = Vec::new();
        if !incomplete.is_empty() {
            incomplete.extend(drafts.iter().cloned());
            others = merge::one_event_per_act(&matcher, clauses, incomplete, &mut Vec::new());
            others.retain(|draft| draft.missing.is_some());
        }
        let drafts = merge::one_event_per_act(&matcher, clauses, drafts, &mut abstentions);
        let finished = drafts.into_iter().chain(others).map(|draft| self.finish(sentence, clauses, draft, told));
        let weighed: Vec<Weighed> = finished.collect();
        let mut events = Vec::new();
        for one in &weighed {
            let unsure =
                || format!("{} is too unsure: {:.2}", self.type_name(one.event.event_type), one.event.confidence);
            match one.missing.clone().or_else(|| (one.event.confidence < self.least).then(unsure)) {
                None => events.push(one.event.clone()),
                Some(reason) => abstentions.push(Abstention {
                    trigger: one.event.why.trigger,
                    pattern: one.event.why.pattern,
                    reason,
                }),
            }
        }
        events.sort_by_key(|event| event.why.trigger);
        events.iter().for_each(|event| told.hear(event));
        let happened = events.iter().filter(|event| event.auxiliary == Default::default() && !event.actors.is_empty());
        happened.for_each(|event| {
            let quad = self.codebook.ontology.event_type(event.event_type).quad;
            told.add(event, self.lemma_of(event), matches!(quad, Quad::VerbalCooperation | Quad::MaterialCooperation));
        });
        events.iter_mut().for_each(|event| self.show_parties(event));
        Reading { events, abstentions, weighed }
    }

    /// Shows the parties of an event by the words of its sentence that name them: whom a pronoun means, and the place in the country that is
    /// meant because the act is done there.
    fn show_parties(&self, event: &mut Event) {
        let Event { sentence, actors, recipients, place, why, .. } = event;
        for one in actors.iter_mut().chain(recipients) {
            let in_place = || {
                let place = place.as_ref().filter(|place| place.country.is_some() && place.country == one.country)?;
                Some((place.span, self.document.tokens_over(place.span).last()?.id))
            };
            let is_scene = one.resolved_by == ResolvedBy::Scene;
            let named = match one.resolved_by {
                ResolvedBy::Pronoun | ResolvedBy::Speaker => one.meant,
                _ if is_scene => in_place(),
                _ => None,
            };
            let Some((span, head)) = named else { continue };
            if self.document.sentence_of(head) == *sentence && span != one.span {
                if !is_scene {
                    let [own, named] = [one.span, span].map(|span| self.document.text(span));
                    why.notes.push(format!("“{own}” means “{named}”"));
                }
                (one.span, one.head) = (span, head);
            }
        }
    }

    /// The lemma of the word with which the trigger begins.
    fn lemma_of(&self, event: &Event) -> String {
        let mut tokens = self.document.tokens(self.document.sentence(event.sentence).tokens.clone());
        let word = tokens.find(|token| token.span().start >= event.why.trigger.start);
        word.map(crate::phrases::lower_lemma).unwrap_or_default()
    }

    /// The expressions of time of every sentence.
    pub(crate) fn times(&self) -> &[Times] {
        self.times.get_or_init(|| {
            let mut told = None;
            let of = |sentence: SentenceId| {
                let clauses = &self.clauses[sentence.index()];
                Times::of(self.document, self.codebook, clauses, sentence, self.published, &mut told)
            };
            self.sentences().map(of).collect()
        })
    }

    pub(crate) fn speakers(&self) -> Speakers<'_> {
        Speakers { document: self.document, codebook: self.codebook, resolver: self.resolver, quotes: self.quotes }
    }

    /// PLOVER's tense rules, then everything around the event.
    fn finish(&self, sentence: SentenceId, clauses: &Clauses, draft: Draft<'_>, told_before: &Told) -> Weighed {
        let Draft { clause, mut found, mut event_type, mut mode, mut prospect, status, opinion, missing } = draft;
        let event_read = event_type;
        let mut notes = status.notes.clone();
        let (mut auxiliary, date) = self.when(clauses, clause, &status, &mut notes);
        let told = auxiliary;
        if let Some(rule) = self.tense_rule(event_type, &status, auxiliary) {
            notes.push(format!("a {} still to come counts as {}", self.type_name(event_type), self.type_name(rule)));
            if auxiliary.negation {
                let document = self.document;
                let subjects = clause.slot(&Slot::Subject).iter().map(|head| document.token(*head));
                // "Iran will not negotiate with Washington": who refuses does so to those with whom they would have.
                found.part_sides(|one| {
                    subjects.clone().any(|subject| subject.id == one.head || subject.governs(one.head))
                });
            }
            prospect = Some(event_type);
            event_type = rule;
            mode = None;
            // The refusal itself was made.
            auxiliary.future &= !auxiliary.negation;
            auxiliary.negation = false;
        }
        self.adjust(clauses, clause, event_type, &mut auxiliary, &mut notes);
        let factuality = factuality::of(self.codebook, self.document.token(clause.head), status.auxiliary());
        if clause.light.is_some() {
            notes.push("the verb only carries the noun".to_owned());
        }
        if clause.passive {
            notes.push("passive: the grammatical subject is acted on".to_owned());
        }
        let quad = self.codebook.ontology.event_type(event_type).quad;
        let force = quad == Quad::MaterialConflict;
        if found.recipients.is_empty() && force {
            found.recipients = self.struck_abroad(clause, &found.actors);
        }
        if force && let Some(struck) = self.resolver.struck_at_home(clause.head, &found.actors, &found.recipients) {
            found.recipients = vec![struck];
        }
        if let [actor] = &*found.actors
            && quad == Quad::VerbalConflict
            && let Some(other) = self.resolver.other_than_named(actor, &found.recipients)
        {
            found.actors = vec![other];
        }
        let alone = found.recipients.is_empty() && found.actors.len() == 1;
        let at_home = mode.is_some_and(|mode| self.codebook.ontology.mode(mode).at_home);
        // "rammed it": somebody of whom the article has told, not just anybody at home.
        let is_told = clause.slot(&Slot::Object).iter().any(|word| self.document.token(*word).upos() == Upos::Pron);
        if alone && at_home && !is_told {
            let own = found.actors[0].country.as_deref();
            found.recipients.extend(own.and_then(|own| self.resolver.by_scene(own, clause.head)));
        } else if alone && !self.codebook.ontology.event_type(event_type).mutual && !self.is_of_foreigners(clause) {
            found.recipients.extend(self.resolver.faced(clause.head, &found.actors, event_type));
        }
        let place = circumstances::place(self.resolver, clause, force)
            .or_else(|| circumstances::place_gone_to(self.resolver, clause, &found.recipients));
        // The country of a place that no gazetteer knows is itself from the scene.
        let known = place.as_ref().filter(|place| place.entity.is_some());
        self.settle(&mut found, known.and_then(|place| place.country.as_deref()), force, &mut notes);
        // What speech asserts, the reader takes for the act that it tells of.
        let asserts = found.is_asserted(self.codebook);
        let heard = opinion.filter(|_| !asserts);
        if self.codebook.ontology.event_type(event_type).mutual {
            found.join_sides();
        }
        // "India and Pakistan traded accusations".
        let mutual = self.codebook.ontology.event_type(event_type).mutual
            || (found.actors.len() > 1 && found.recipients.is_empty());
        let attribution = self.speakers().of(clauses, clause.head);
        let act = Act {
            clause,
            sentence,
            event_type,
            at_home,
            mutual,
            found: &found,
            opinion: opinion.as_ref(),
            told: told_before,
            attribution: &attribution,
        };
        let candidates = self.candidates(&act);
        let (mut found, odds) = self.weigh_sides(&act, &candidates, &mut notes);
        let sides = self.described(&act, &candidates, &found);
        let described = [sides[0].is_some(), sides[1].is_some()];
        let needs = self.needs(&found, event_read);
        let types = [event_read, event_type];
        let read = heard.map(|opinion| opinion.on(self.codebook, types, &found));
        let evidence = confidence::Evidence {
            found: &found,
            read: read.as_ref(),
            odds,
            mutual,
            incomplete: missing.is_some(),
            mode: mode.is_some(),
            negated: auxiliary.negation,
            quoted: self.resolver.is_quoted(clause.head),
            noun: clause.kind == Kind::Noun,
            dated: date.as_ref().is_some_and(|date| date.span.is_some()),
            other_type: heard.map_or(0.0, |opinion| opinion.other_than(types.map(|one| self.type_name(one)))),
            asserted: asserts,
            described: described.contains(&true),
            one_sentence: self.document.sentences().len() == 1,
        };
        let signs = confidence::signs(&evidence);
        let confidence = confidence::of(self.codebook, &signs);
        let [actor, recipient] = sides;
        actor.into_iter().for_each(|actor| found.actors = vec![actor]);
        recipient.into_iter().for_each(|recipient| found.recipients = vec![recipient]);
        let struck = !found.recipients.is_empty() || found.actors.len() > 1;
        let missing = missing.filter(|_| needs.missing(!found.actors.is_empty(), struck).is_some());
        let event = Event {
            sentence,
            event_type,
            mode,
            prospect,
            contexts: self.contexts(sentence),
            actors: found.actors,
            recipients: found.recipients,
            auxiliary,
            factuality: factuality::within(factuality, told),
            attribution,
            date,
            place: place.or_else(|| circumstances::place_beside(self.resolver, clauses, clause)),
            size: circumstances::size(self.document, self.codebook, clauses, clause),
            confidence,
            why: Why { pattern: found.pattern, read, trigger: clause.trigger, notes },
        };
        Weighed { event, candidates, signs, mutual, needs, missing, described }
    }

    /// Whom an act needs: what its pattern says, or, where the trained reader alone sees it, what its type does.
    fn needs(&self, found: &Match, event_type: TypeId) -> Needs {
        let by_type = || self.codebook.ontology.event_type(event_type).recipient_required;
        let by_reader = || if by_type() { Needs::Recipient } else { Needs::Either };
        found.pattern.map_or_else(by_reader, |id| self.codebook.patterns.get(id).needs)
    }

    /// What an act that has not happened counts as: the ontology's rule for the future, or a threat if it is conditional.
    fn tense_rule(&self, event_type: TypeId, status: &Status, auxiliary: Auxiliary) -> Option<TypeId> {
        if !auxiliary.future && !status.is_to_come() {
            return None;
        }
        let declared = self.codebook.ontology.event_type(event_type);
        if auxiliary.negation {
            return declared.refused.filter(|_| !auxiliary.hypothetical);
        }
        if status.conditional && declared.quad == Quad::MaterialConflict {
            return declared.conditional;
        }
        declared.future
    }

    /// What a state or an armed side does in another country, it does to that country: "sent troops into Somalia".
    fn struck_abroad(&self, clause: &Clause, actors: &[Participant]) -> Vec<Participant> {
        let wields = |actor: &Participant| {
            let sector = actor.sector.map(|sector| self.codebook.ontology.sector(sector));
            actor.country.is_some() && sector.is_some_and(|sector| sector.state || sector.class == Some(Class::Armed))
        };
        if actors.is_empty() || !actors.iter().all(wields) {
            return Vec::new();
        }
        // "in" places an event noun ("an attack in Mali"); of a verb it only says where ("tested a missile in Alaska").
        let last = if clause.kind == Kind::Noun { "in" } else { "over" };
        let slots = ["against", "into", "on", "over", last].map(|word| Slot::Preposition(word.into()));
        let heads = slots.iter().flat_map(|slot| clause.slot(slot)).copied();
        let found = heads.filter_map(|head| self.resolver.resolve(head, Side::Recipient));
        let abroad =
            |one: &Participant| one.country.is_some() && actors.iter().all(|actor| actor.country != one.country);
        found.filter(abroad).take(1).collect()
    }

    /// "blamed foreign powers": they are told, but not which.
    fn is_of_foreigners(&self, clause: &Clause) -> bool {
        clause.slot(&Slot::Object).iter().any(|object| self.resolver.is_from_abroad(self.document.token(*object)))
    }

    /// The country of the place in which the clause around `token` happens.
    pub(crate) fn place_around(&self, token: TokenId) -> Option<String> {
        let clauses = &self.clauses[self.document.sentence_of(token).index()];
        let clause = clauses.around(self.document.token(token))?;
        circumstances::place(self.resolver, clause, false).and_then(|place| place.country)
    }

    fn type_name(&self, event_type: TypeId) -> &str {
        &self.codebook.ontology.event_type(event_type).name
    }

    fn contexts(&self, sentence: SentenceId) -> Vec<polybius_codebook::ContextId> {
        let lemmas: Vec<String> = self
            .document
            .tokens(self.document.sentence(sentence).tokens.clone())
            .map(crate::phrases::lower_lemma)
            .collect();
        let words: Vec<&str> = lemmas.iter().map(String::as_str).collect();
        let mut found: Vec<_> = (0..words.len())
            .filter_map(|at| self.codebook.ontology.contexts_starting(&words[at..]))
            .flat_map(|(_, contexts)| contexts.iter().copied())
            .collect();
        found.sort();
        found.dedup();
        found
    }
}
