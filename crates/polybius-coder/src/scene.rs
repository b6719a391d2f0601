//! The scene: which country the text around a word is about, for whoever is named without one ("police", "the government").

use polybius_codebook::{EntityId, Kind, Quad, TypeId};
use polybius_document::{Relation, SentenceId, Token, TokenId};

use crate::names::NameMatch;
use crate::participants::{Resolver, Side};
use crate::phrases::{conjuncts, core_left, in_set, lower_lemma};
use crate::{Participant, ResolvedBy};

/// How many sentences back a phrase may reach.
pub(crate) const REACH: u32 = 3;
/// What a name in the same sentence weighs, in the one before, and so on.
const NEARNESS: [f32; REACH as usize] = [1.0, 0.6, 0.4];
/// How far up a clause may be.
const DEEP: usize = 8;
/// What ground weighs, where whoever acts weighs one.
const GROUND: f32 = 2.0;
/// A nationality.
const DEMONYM: f32 = 0.8;
/// Whoever only speaks.
const SPEAKER: f32 = 0.5;
/// Whoever holds an office of state and acts in the sentence.
const SERVANT: f32 = 2.0;
/// A capital or seat that acts.
const CAPITAL: f32 = 0.4;
/// How many times the weight of any other country that is not theirs makes one stand out as whom somebody faces.
const STANDS_OUT: f32 = 1.3;
/// The share of the article's weight from which on a country may be faced that is not named near.
const SHARE: f32 = 0.2;
/// All names of the article together.
const WHOLE: f32 = 5.0;

/// How much speaks for each country, in the order in which they were named.
#[derive(Debug, Clone, Default)]
pub(crate) struct Weights(Vec<(String, f32)>);

impl Weights {
    fn add(&mut self, country: &str, weight: f32) {
        match self.0.iter_mut().find(|(other, _)| other == country) {
            Some((_, sum)) => *sum += weight,
            None => self.0.push((country.to_owned(), weight)),
        }
    }

    /// What speaks for this country.
    pub(crate) fn of(&self, country: &str) -> f32 {
        self.0.iter().find(|(other, _)| other == country).map_or(0.0, |(_, weight)| *weight)
    }

    /// The countries, the one with most weight first.
    pub(crate) fn heaviest(&self) -> Vec<&str> {
        let mut all: Vec<&(String, f32)> = self.0.iter().collect();
        all.sort_by(|one, other| other.1.total_cmp(&one.1));
        all.into_iter().map(|(country, _)| &**country).collect()
    }

    /// The country with the most weight; of equals, the first that was named.
    fn most(&self) -> Option<&str> {
        let most = self.0.iter().map(|(_, weight)| *weight).fold(0.0, f32::max);
        self.0.iter().find(|(_, weight)| *weight == most).map(|(country, _)| &**country)
    }
}

impl Resolver<'_> {
    /// The country of an arm of the state that is named without one ("police", "the government"): the only country that the last
    /// sentences name, or the one that most of the article is about.
    pub(crate) fn country_in_focus(&self, token: Token<'_>, role: &polybius_codebook::Role) -> Option<Participant> {
        let abroad = self.bystanders && self.is_from_abroad(token);
        if !self.codebook.ontology.sector(role.sector).state || abroad {
            return None;
        }
        if let Some(sender) = self.sender(token).or_else(|| self.where_clause(token)) {
            return Some(sender);
        }
        let indefinite_many =
            token.feature("Number") == Some("Plur") && token.children_by(Relation::Nummod).next().is_some();
        if indefinite_many {
            return None;
        }
        // The country itself, not whoever of it was named.
        let country = self.country_with(token, role).or_else(|| self.country_of_scene(token.id))?;
        self.of_country(&country, token.span(), token.id, ResolvedBy::Coreference)
    }

    /// "the crown prince", "the chancellor" where the country of the scene never had one: of the one that has.
    fn country_with(&self, token: Token<'_>, role: &polybius_codebook::Role) -> Option<String> {
        let entities = &self.codebook.entities;
        let leads = in_set(self.codebook, "leader", &role.role) && token.feature("Number") != Some("Plur");
        let weights = self.weights_of_countries(token.id);
        let countries = weights.heaviest();
        let here = countries.first().filter(|_| leads)?;
        (!entities.has_office(here, &role.role)).then_some(())?;
        let day = self.document.article().published;
        let mut others = countries.iter().filter(|country| entities.holder(country, &role.role, day).is_some());
        let only = others.next()?;
        others.next().is_none().then(|| (*only).to_owned())
    }

    /// "diplomats", "foreign troops": people who are not of the country in which the text is.
    pub(crate) fn is_from_abroad(&self, token: Token<'_>) -> bool {
        let foreign = core_left(token).any(|word| in_set(self.codebook, "foreign", &lower_lemma(word)));
        foreign || in_set(self.codebook, "from_abroad", &lower_lemma(token))
    }

    /// "Pakistan sent an envoy", "South Africa lost 13 soldiers": people of the state that does it.
    fn sender(&self, token: Token<'_>) -> Option<Participant> {
        let verb = token.head().filter(|_| token.relation() == Relation::Obj)?;
        in_set(self.codebook, "sending", &lower_lemma(verb)).then_some(())?;
        let subject = verb.children_by(Relation::Nsubj).next()?;
        let sender = self.resolve_within(subject.id, Side::Actor, 2)?;
        self.of_country(sender.country.as_deref()?, token.span(), token.id, ResolvedBy::Coreference)
    }

    /// "Niger, where soldiers overthrew the president": people of the country of which the clause tells.
    fn where_clause(&self, token: Token<'_>) -> Option<Participant> {
        let above = std::iter::successors(Some(token), |word| word.head()).take(DEEP);
        let told = above.filter(|word| matches!(word.relation(), Relation::AclRelcl | Relation::Advcl));
        let mut openings = told.flat_map(|clause| clause.children());
        let before = openings.find(|word| word.text().eq_ignore_ascii_case("where"))?.before()?;
        let place = if before.text() == "," { before.before()? } else { before };
        let place = self.names.over(place.id)?;
        let country = self.known(place, self.document.token(place.tokens.start))?.country?;
        self.of_country(&country, token.span(), token.id, ResolvedBy::Coreference)
    }

    /// The country in which the text around `token` is: the one with most weight among the names of the last sentences and of all the
    /// article. Ground weighs most, speakers and governments that act from afar least.
    pub(crate) fn country_of_scene(&self, token: TokenId) -> Option<String> {
        let mut weights = self.weights_of_countries(token);
        if let Some(other) = self.spoken_to(token) {
            weights.0.retain(|(country, _)| *country != other);
        }
        weights.most().map(str::to_owned)
    }

    /// "The opposition blamed Damascus", "the minister will meet the Danish premier": the state to which the subject of a clause
    /// speaks is not its own.
    fn spoken_to(&self, token: TokenId) -> Option<String> {
        let subject = self.document.token(token);
        let verb = subject.head().filter(|_| subject.relation() == Relation::Nsubj)?;
        let lemma = lower_lemma(verb);
        let to = |set: &str| in_set(self.codebook, set, &lemma);
        let speaks = self.codebook.cues.speech_verb(&lemma).is_some() || to("addressing") || to("facing");
        let object = verb.children_by(Relation::Obj).next().filter(|_| speaks)?;
        let native = core_left(object).filter(|word| self.names.is_demonym(word.id)).last();
        let leads = self.role_of(object).is_some_and(|role| in_set(self.codebook, "official", &role.noun));
        let word = native.filter(|_| leads).unwrap_or(object);
        let state = self.known(self.names.over(word.id)?, word)?;
        let acts = native.is_some() || self.literal_place(object).is_none() && !self.names.is_demonym(object.id);
        (acts && self.kind_of(state.entity?) == Kind::Country).then_some(state.country).flatten()
    }

    /// Who faces `actors` where nobody is named: in a war at home the other side of it, else the country with most weight around `token`
    /// that is not theirs, if it stands out. Whoever acts beside them in the same sentence is not meant: "New Zealand flew in tents, and
    /// Fiji has promised engineers"; only what is an answer may be to whoever acted before.
    pub(crate) fn faced(&self, token: TokenId, actors: &[Participant], event_type: TypeId) -> Option<Participant> {
        let declared = self.codebook.ontology.event_type(event_type);
        let conflict = matches!(declared.quad, Quad::VerbalConflict | Quad::MaterialConflict);
        let force = declared.quad == Quad::MaterialConflict;
        let other_side = if conflict || declared.between_sides { self.faced_at_home(token, actors) } else { None };
        let at_home = || if force { self.home_of_groups(token, actors) } else { None };
        other_side.or_else(at_home).or_else(|| self.country_faced(token, actors, conflict))
    }

    /// Who is struck where a state strikes a town of its own in a war at home: "bombed a camp near Arauca".
    pub(crate) fn struck_at_home(
        &self,
        token: TokenId,
        actors: &[Participant],
        struck: &[Participant],
    ) -> Option<Participant> {
        let place = |one: &Participant| one.entity.is_some_and(|entity| self.kind_of(entity) == Kind::Place);
        let own = |one: &Participant| place(one) && actors.iter().any(|actor| actor.country == one.country);
        (!struck.is_empty() && struck.iter().all(own)).then(|| self.faced_at_home(token, actors)).flatten()
    }

    /// Whether a name of the codebook stands in the words for a participant.
    pub(crate) fn is_named(&self, one: &Participant) -> bool {
        self.document.tokens_over(one.span).any(|word| {
            self.names.over(word.id).is_some_and(|name| !name.rows.is_empty()) || self.names.is_demonym(word.id)
        })
    }

    /// Whose people somebody is who is named by no name and faces what seems to be their own country by its name: "The coast guard called
    /// on China".
    pub(crate) fn other_than_named(&self, one: &Participant, others: &[Participant]) -> Option<Participant> {
        let nation = |other: &Participant| {
            let country = other.entity.is_some_and(|entity| self.kind_of(entity) == Kind::Country);
            country && matches!(other.resolved_by, ResolvedBy::Name | ResolvedBy::Capital)
        };
        let same = |other: &Participant| nation(other) && other.country.is_some() && other.country == one.country;
        let unknown = one.resolved_by == ResolvedBy::UnknownName;
        if self.is_named(one) || unknown || !self.is_of_state(one) || !others.iter().any(same) {
            return None;
        }
        let other = self.country_faced(one.head, others, true)?;
        Some(Participant { entity: None, country: other.country, resolved_by: ResolvedBy::Scene, ..one.clone() })
    }

    /// A country that only the scene tells for the clause at `token`.
    pub(crate) fn by_scene(&self, country: &str, token: TokenId) -> Option<Participant> {
        self.of_country(country, self.document.token(token).span(), token, ResolvedBy::Scene)
    }

    /// The state, for the armed group that the article names most; that group, for the arms of its state.
    fn faced_at_home(&self, token: TokenId, actors: &[Participant]) -> Option<Participant> {
        let group = self.main_group()?;
        let home = group.country.clone()?;
        let main = self.weights_of_article().heaviest().first() == Some(&&*home);
        let told = self
            .names
            .before(token)
            .any(|name| name.rows.iter().any(|&row| Some(self.codebook.entities.row(row).entity) == group.entity));
        // The beginning of an article names its group later.
        let told = told || self.document.sentence_of(token).0 < REACH;
        if actors.is_empty() || !(told && main && self.is_named_elsewhere(&home, token, group.entity)) {
            return None;
        }
        let is_arm = |one: &Participant| self.is_of_state(one) && one.country.as_deref() == Some(&home);
        if actors.iter().all(|actor| actor.entity == group.entity) {
            return self.by_scene(&home, token);
        }
        actors
            .iter()
            .all(is_arm)
            .then(|| Participant { resolved_by: ResolvedBy::Scene, ..self.at(group, self.document.token(token)) })
    }

    /// The country of the rebels or gangs that act, if it is their only one and the article names it.
    pub(crate) fn home_of_groups(&self, token: TokenId, actors: &[Participant]) -> Option<Participant> {
        let home = actors.first()?.country.clone()?;
        let group = |one: &Participant| one.entity.is_some_and(|entity| self.kind_of(entity) == Kind::Group);
        if !actors.iter().all(|one| group(one) && one.country.as_deref() == Some(&home)) {
            return None;
        }
        // Al-Shabaab in an article on Kenya is not at home.
        let main = self.weights_of_article().most();
        let abroad = main != Some(&*home) && main == self.country_of_scene(token).as_deref();
        (!abroad && self.is_named_elsewhere(&home, token, actors[0].entity))
            .then(|| self.by_scene(&home, token))
            .flatten()
    }

    /// The country with most weight around `token` that is not theirs.
    fn country_faced(&self, token: TokenId, actors: &[Participant], conflict: bool) -> Option<Participant> {
        let theirs = |country: &str| actors.iter().any(|actor| actor.country.as_deref() == Some(country));
        if actors.iter().any(|actor| actor.country.is_none() && actor.entity.is_none()) {
            return None;
        }
        let here = self.document.sentence_of(token);
        // Not so whoever acts in a clause below: "put its army on alert after Venezuela ordered …".
        let below = |verb: Token<'_>| {
            let above = std::iter::successors(Some(verb), |word| word.head()).take(DEEP);
            let mut path = above.take_while(|word| word.id != token);
            self.document.token(token).governs(verb.id) && path.any(|word| word.relation() == Relation::Advcl)
        };
        let acts = |name: &&NameMatch| {
            let top = self.top_of(name);
            let acts = matches!(top.relation(), Relation::Nsubj | Relation::NmodPoss);
            acts && !top.head().is_some_and(below)
        };
        let here = self.names.within(self.document.sentence(here).tokens.clone());
        let beside = here.filter(|name| acts(name) && (!conflict || name.tokens.start > token));
        let beside: Vec<String> = beside.filter_map(|name| self.countries_of(name)?.country).collect();
        let weights = self.weights_of_countries(token);
        let out = |country: &&str| theirs(country) || beside.iter().any(|one| one == country);
        let others: Vec<&str> = weights.heaviest().into_iter().filter(|country| !out(country)).collect();
        let weight = |at: usize| others.get(at).map_or(0.0, |country| weights.of(country));
        let faced = others.first().filter(|_| weight(0) >= STANDS_OUT * weight(1))?;
        // Whoever is named once, and elsewhere, is not faced.
        let near = self.countries_near(token).iter().any(|one| one.country.as_deref() == Some(*faced));
        let all = self.weights_of_article();
        let share = all.of(faced) / all.0.iter().map(|(_, weight)| weight).sum::<f32>();
        (near || share >= SHARE).then_some(())?;
        // A sentence is about more than where it says that something happened.
        self.is_named_elsewhere(faced, token, None).then_some(())?;
        self.by_scene(faced, token)
    }

    /// Whether another sentence than that of `token` names somebody of the country, other than `except`.
    fn is_named_elsewhere(&self, country: &str, token: TokenId, except: Option<EntityId>) -> bool {
        let here = self.document.sentence_of(token);
        // A correspondent may sit anywhere.
        let told =
            |name: &&NameMatch| self.document.sentence_of(name.tokens.start) != here && !self.is_in_dateline(name);
        let mut elsewhere = self.names.all().filter(told);
        let is = |one: Participant| one.country.as_deref() == Some(country) && one.entity != except;
        elsewhere.any(|name| self.countries_of(name).is_some_and(is))
    }

    /// What each country weighs around `token`.
    pub(crate) fn weights_of_countries(&self, token: TokenId) -> Weights {
        let here = self.document.sentence_of(token);
        let mut weights = Weights::default();
        for (back, nearness) in NEARNESS.into_iter().enumerate() {
            let Some(sentence) = here.0.checked_sub(back as u32) else { break };
            let names = self.names.within(self.document.sentence(SentenceId(sentence)).tokens.clone());
            // A minister speaks of other countries than his own.
            let is_told = |name: &&NameMatch| self.is_quoted(name.tokens.start) && !self.is_quoted(token);
            names
                .filter(|name| !name.tokens.contains(&token) && !is_told(name))
                .for_each(|name| self.weigh(name, nearness, &mut weights));
        }
        let all = self.weights_of_article();
        let total: f32 = all.0.iter().map(|(_, weight)| weight).sum();
        all.0.iter().for_each(|(country, weight)| weights.add(country, WHOLE * weight / total));
        weights
    }

    /// Whether the word stands in quotation marks.
    pub(crate) fn is_quoted(&self, token: TokenId) -> bool {
        let after = self.quoted.partition_point(|tokens| tokens.end <= token);
        self.quoted.get(after).is_some_and(|tokens| tokens.contains(&token))
    }

    /// What the names of the whole article weigh.
    pub(crate) fn weights_of_article(&self) -> &Weights {
        self.weights_of_article.get_or_init(|| {
            let mut weights = Weights::default();
            self.names.all().for_each(|name| self.weigh(name, 1.0, &mut weights));
            weights
        })
    }

    /// How often the article names somebody of each country, but for ground.
    pub(crate) fn weights_of_actors(&self) -> Weights {
        let mut weights = Weights::default();
        let names = self.names.all().filter(|name| self.country_of_ground(name).is_none());
        let countries = names.filter_map(|name| self.countries_of(name)?.country);
        countries.for_each(|country| weights.add(&country, 1.0));
        weights
    }

    /// Adds what a name says of where the text is.
    fn weigh(&self, name: &NameMatch, nearness: f32, weights: &mut Weights) {
        let top = self.top_of(name);
        // Of "Britain, Canada and Australia" none is more in view than the others.
        let first = top.head().filter(|_| top.relation() == Relation::Conj).unwrap_or(top);
        let nearness = nearness / conjuncts(first).len() as f32;
        // "soldiers on the Egyptian border".
        let bounds = |word: Token<'_>| in_set(self.codebook, "frontier", &lower_lemma(word));
        if self.names.is_demonym(name.tokens.start) && top.head().is_some_and(bounds) {
            return;
        }
        if let Some(country) = self.country_of_ground(name) {
            if !self.is_elsewhere(name) {
                weights.add(&country, GROUND * nearness);
            }
            return;
        }
        let Some(one) = self.countries_of(name) else { return };
        if self.is_in_dateline(name) {
            one.country.iter().for_each(|country| weights.add(country, GROUND * nearness));
            return;
        }
        let verb = top.head().filter(|_| top.relation() == Relation::Nsubj);
        let speaks = verb.is_some_and(|verb| self.codebook.cues.speech_verb(&lower_lemma(verb)).is_some());
        let weight = match one.resolved_by {
            ResolvedBy::Capital => CAPITAL,
            _ if speaks => SPEAKER,
            _ if nearness == 1.0 && verb.is_some() && self.is_official(&one) => SERVANT,
            _ if self.names.is_demonym(name.tokens.start) => DEMONYM,
            _ => 1.0,
        };
        one.country.iter().for_each(|country| weights.add(country, weight * nearness));
    }

    /// "COLOMBO, Sri Lanka --": where the article was written.
    fn is_in_dateline(&self, name: &NameMatch) -> bool {
        let tokens = &self.document.sentence(self.document.sentence_of(name.tokens.start)).tokens;
        let last = self.document.token(TokenId(tokens.end.0 - 1));
        self.is_place_name(name) && matches!(last.text(), "-" | "--" | "–" | "—")
    }

    /// Who of a country the name names, if it says something of where the article is.
    fn countries_of(&self, name: &NameMatch) -> Option<Participant> {
        let one = self.known(name, self.document.token(name.tokens.start))?;
        let outlet = one.entity.is_some_and(|entity| self.kind_of(entity) == Kind::Outlet);
        let tells = one.country.is_some() && !outlet && !self.is_everywhere(name) && !self.is_elsewhere(name);
        tells.then_some(one)
    }

    /// Whoever of each country was named within reach before `token`, the nearest first.
    pub(crate) fn countries_near(&self, token: TokenId) -> Vec<Participant> {
        let mut near: Vec<Participant> = Vec::new();
        for one in self.recent(token).filter_map(|name| self.countries_of(name)) {
            if !near.iter().any(|other| other.country == one.country) {
                near.push(one);
            }
        }
        near
    }

    /// The names before `token` within reach, the nearest first.
    pub(crate) fn recent(&self, token: TokenId) -> impl Iterator<Item = &NameMatch> {
        let here = self.document.sentence_of(token);
        self.names
            .before(token)
            .take_while(move |name| here.0 - self.document.sentence_of(name.tokens.start).0 < REACH)
            .filter(|name| !name.rows.is_empty())
    }
}
