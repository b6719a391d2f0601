//! Who a phrase names, in order of trust. `resolved_by` says which of these it was:
//!
//! 1. a name: the codebook's longest ([`crate::names`]), a surname or acronym after the full name in the same article, initials, a
//!    middle name, the family name first, another spelling; of entities that share it, the one whom the article's other names
//!    point to, else the one that holds on the day. A body that every country
//!    has ("the Senate") belongs to whom the phrase names, else to the scene ([`crate::bodies`]). A name beside a title is its
//!    holder's ([`crate::titles`]);
//! 2. a nationality ("Iranian"); a capital or seat, for its government, where it is not only ground ([`crate::places`]);
//! 3. a common noun with whom it belongs to: its holder on the day, that country's body, its people ([`crate::role_nouns`]). A
//!    definite one is first looked for among those named before: persons by [`crate::descriptions`], bodies, groups and countries
//!    by [`crate::references`]. An arm of the state belongs at last to the country of the scene ([`crate::scene`]);
//! 4. a name that only the language engine knows, with what its title or apposition tells;
//! 5. a pronoun ([`crate::pronouns`]); "the two countries" and "they" are several ([`crate::pairs`], [`crate::several`]);
//! 6. whoever a thing belongs to.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::ops::Range;

use polybius_codebook::{Codebook, EntityId, Form, Kind, RowId, SectorId};
use polybius_document::{Document, MentionKind, Relation, Token, TokenId, Upos};

use crate::bodies::Whose;
use crate::choice::FORMER;
use crate::names::{NameMatch, Names};
use crate::phrases::preposition;
use crate::quotes::Quotes;
use crate::references::MOST_NAMES;
use crate::toponyms::Toponyms;
use crate::{Participant, ResolvedBy, Role};

/// How many mentions of a chain are looked at: a fuller name comes early, and chains may be as long as the article.
pub(crate) const MOST_MENTIONS: usize = 200;

/// What resolving needs to look up.
pub(crate) struct Resolver<'a> {
    pub(crate) document: &'a Document,
    pub(crate) codebook: &'a Codebook,
    pub(crate) names: &'a Names,
    /// The speakers of quotations; `None` while they are themselves being resolved.
    pub(crate) quotes: Option<&'a Quotes>,
    /// What stands in quotation marks, in text order.
    pub(crate) quoted: &'a [Range<TokenId>],
    /// What each country weighs in the whole article, found when first asked for.
    pub(crate) weights_of_article: OnceCell<crate::scene::Weights>,
    /// The armed group that the article names most, found when first asked for.
    pub(crate) main_group: OnceCell<Option<Participant>>,
    /// Whether people who do no politics are somebody: where a text is asked whom it names, not what happened.
    pub(crate) bystanders: bool,
    /// How often the article names each, found when first asked for.
    pub(crate) cited: OnceCell<Vec<(crate::sides::Whose, u32)>>,
    /// Where the article's places lie, found when first asked for.
    pub(crate) toponyms: OnceCell<Toponyms>,
    /// What was resolved since [`Resolver::forget`]: phrases that own each other ask for the same again and again.
    pub(crate) resolved: RefCell<HashMap<(TokenId, Side, u8), Option<Participant>>>,
}

/// Which side of the event a phrase stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Side {
    /// It acts: only its own name, office or owner can stand for it.
    Actor,
    /// It is acted on: a thing stands for whoever owns it or has it on their soil.
    Recipient,
}

impl Resolver<'_> {
    /// The participant that the phrase headed by `head` names.
    pub(crate) fn resolve(&self, head: TokenId, side: Side) -> Option<Participant> {
        self.resolve_within(head, side, 5)
    }

    pub(crate) fn resolve_within(&self, head: TokenId, side: Side, depth: u8) -> Option<Participant> {
        let depth = depth.checked_sub(1)?;
        let key = (head, side, depth);
        if let Some(known) = self.resolved.borrow().get(&key) {
            return known.clone();
        }
        // Whoever is asked for again on the way names nobody: "the candidate" before a candidate who is "the candidate" before.
        self.resolved.borrow_mut().insert(key, None);
        let found = self.resolve_anew(head, side, depth);
        self.resolved.borrow_mut().insert(key, found.clone());
        found
    }

    /// Forgets what was resolved, so that it takes no more room than a sentence needs.
    pub(crate) fn forget(&self) {
        self.resolved.borrow_mut().clear();
    }

    fn resolve_anew(&self, head: TokenId, side: Side, depth: u8) -> Option<Participant> {
        let token = self.document.token(head);
        if token.upos() == Upos::Pron || token.xpos() == "PRP$" {
            return self.pronoun(token, side, depth);
        }
        let name = self.names.over(head);
        if let Some(name) = name
            && !name.rows.is_empty()
        {
            match if self.is_everywhere(name) { self.whose(name, token, depth) } else { Whose::Listed } {
                Whose::Listed => return self.person_of(name, token).or_else(|| self.known(name, token)),
                Whose::Row(row) => {
                    return Some(self.of_row(row, self.document.span_of(&name.tokens), token.id, ResolvedBy::Name));
                }
                Whose::Unlisted => {}
            }
        }
        // "BRICS is a bloc, which Iran joined": the bloc is BRICS.
        if token.children_by(Relation::Cop).next().is_some()
            && let Some(subject) = token.children_by(Relation::Nsubj).next()
        {
            let named = self.resolve_within(subject.id, side, depth)?;
            return Some(Participant { resolved_by: ResolvedBy::Coreference, ..named });
        }
        if let Some(owner) = self.owner_of_other(token, depth) {
            return self.other_than(&owner, token);
        }
        if let Some(home) = self.home_of_owner(token, depth) {
            return Some(home);
        }
        if let Some(person) = self.beside_office(token, depth) {
            return Some(person);
        }
        if let Some(participant) = self.role_noun(token, side, depth) {
            return Some(participant);
        }
        if let Some(half) = self.half(token) {
            return Some(half);
        }
        if let Some(name) = name.filter(|name| name.rows.is_empty()) {
            return self.unknown(name, token, depth);
        }
        self.apposed_to(token)
            .or_else(|| self.varied(token, depth))
            .or_else(|| self.named_again(token))
            .or_else(|| self.told_by_chain(token, depth))
            .or_else(|| self.issuer(token, depth))
            .or_else(|| self.owner(token, side, depth))
    }

    /// "his country": the state of the person whose it is.
    fn home_of_owner(&self, token: Token<'_>, depth: u8) -> Option<Participant> {
        let owner = token.children_by(Relation::NmodPoss).next()?;
        let is = |set: &str| crate::phrases::in_set(self.codebook, set, &crate::phrases::lower_lemma(token));
        (is("country") && !is("other_side")).then_some(())?;
        let owner = self.resolve_within(owner.id, Side::Actor, depth)?;
        let person = owner.entity.is_none_or(|entity| self.kind_of(entity) == Kind::Person);
        let country = owner.country.as_deref().filter(|_| person)?;
        self.of_country(country, self.phrase_span(token), token.id, owner.resolved_by)
    }

    /// "its secretary-general, a former Colombian president": whoever holds the office beside which a noun stands.
    fn beside_office(&self, token: Token<'_>, depth: u8) -> Option<Participant> {
        let office = token.head().filter(|_| token.relation() == Relation::Appos && token.upos() == Upos::Noun)?;
        let described = token.children_by(Relation::Det).next().is_some();
        let alone = described && self.name_beside(token).is_none() && self.name_beside(office).is_none();
        self.role_of(office).filter(|_| alone && office.upos() == Upos::Noun)?;
        let holder = self.resolve_within(office.id, Side::Actor, depth)?;
        let person = holder.entity.is_some_and(|entity| self.kind_of(entity) == Kind::Person);
        person.then(|| Participant { resolved_by: ResolvedBy::Coreference, ..self.at(holder, token) })
    }

    /// "Zelensky, a comedian": who a noun beside a person's name is.
    fn apposed_to(&self, token: Token<'_>) -> Option<Participant> {
        let name = token.head().filter(|_| token.relation() == Relation::Appos)?;
        let known = self.known(self.names.over(name.id)?, name)?;
        let person = known.entity.is_some_and(|entity| self.kind_of(entity) == Kind::Person);
        person.then(|| Participant { resolved_by: ResolvedBy::Coreference, ..self.at(known, token) })
    }

    /// "the Basque group", "the Nordic country": whatever was named before, though a people or region before the noun is no owner.
    fn named_again(&self, token: Token<'_>) -> Option<Participant> {
        let state = |word: Token<'_>| {
            let row = self.names.over(word.id).and_then(|name| self.best_row(&name.rows));
            row.is_some_and(|row| self.kind_of(self.codebook.entities.row(row).entity) == Kind::Country)
        };
        let of_state = crate::phrases::core_left(token).any(state);
        let is = |set: &str| crate::phrases::in_set(self.codebook, set, &crate::phrases::lower_lemma(token));
        (is("group") || (!of_state && ["country", "bloc", "island"].into_iter().any(is)))
            .then(|| self.named_before(token))
            .flatten()
    }

    /// "the winner", "the Saudi exile": a noun by which an article avoids a person's name.
    fn varied(&self, token: Token<'_>, depth: u8) -> Option<Participant> {
        let definite = crate::references::is_definite(token) && token.feature("Number") != Some("Plur");
        if !(definite && self.is_epithet(token)) {
            return None;
        }
        self.person_described(token, None, self.country_of(token, depth).as_ref())
    }

    /// Whether the row names a town rather than a country or people.
    pub(crate) fn is_town(&self, row: RowId) -> bool {
        let row = self.codebook.entities.row(row);
        row.form == Form::Capital || self.kind_of(row.entity) == Kind::Place
    }

    /// A name of the codebook.
    pub(crate) fn known(&self, name: &NameMatch, token: Token<'_>) -> Option<Participant> {
        let row = self.best_row(&name.rows)?;
        let form = self.codebook.entities.row(row).form;
        let resolved_by = match form {
            _ if name.by_chain => ResolvedBy::Coreference,
            Form::Demonym => ResolvedBy::Demonym,
            Form::Capital | Form::Seat => ResolvedBy::Capital,
            _ => ResolvedBy::Name,
        };
        let span = self.document.span_of(&name.tokens);
        let known = self.of_row(row, span, token.id, resolved_by);
        let sector = self.sector_of_people(token, form).or(known.sector);
        Some(Participant { sector, ..known })
    }

    /// "expelling Palestinians": a people without an article is its population, where "the Palestinians" may be their leaders.
    fn sector_of_people(&self, token: Token<'_>, form: Form) -> Option<SectorId> {
        let people = form == Form::Demonym && matches!(token.xpos(), "NNS" | "NNPS");
        let modifies = matches!(token.relation(), Relation::Compound | Relation::Amod);
        let bare = people && !modifies && token.children_by(Relation::Det).next().is_none();
        bare.then(|| self.codebook.roles.get(POPULATION).map(|role| role.sector)).flatten()
    }

    /// The row that fits the day best: plain names before demonyms and capitals, countries before towns of that name.
    pub(crate) fn best_row(&self, rows: &[RowId]) -> Option<RowId> {
        crate::choice::best_row(self.codebook, rows, self.document.article().published)
    }

    /// The row that names a place: a capital as the town, not as its government.
    pub(crate) fn best_place_row(&self, rows: &[RowId]) -> Option<RowId> {
        rows.iter().copied().min_by_key(|&id| {
            let row = self.codebook.entities.row(id);
            let rank = match (self.kind_of(row.entity), row.form) {
                (Kind::Country, Form::Name | Form::Short | Form::Acronym | Form::Alias) => 0,
                (_, Form::Capital) => 1,
                (Kind::Place | Kind::Territory, _) => 2,
                _ => 3,
            };
            (rank, id)
        })
    }

    /// A country as such, under its first name, for words that mean it.
    pub(crate) fn of_country(
        &self,
        country: &str,
        span: polybius_document::Span,
        head: TokenId,
        resolved_by: ResolvedBy,
    ) -> Option<Participant> {
        let entities = &self.codebook.entities;
        let row = entities.get(entities.by_id(country)?).rows[0];
        Some(self.of_row(row, span, head, resolved_by))
    }

    pub(crate) fn of_row(
        &self,
        row: RowId,
        span: polybius_document::Span,
        head: TokenId,
        resolved_by: ResolvedBy,
    ) -> Participant {
        let entities = &self.codebook.entities;
        let entity = entities.get(entities.row(row).entity);
        // The office on the day may stand in another row of the same person than the name that was found.
        let is_person = entity.kind == Kind::Person;
        let day = self.document.article().published;
        let held = day.filter(|_| is_person).and_then(|day| crate::choice::held_on(self.codebook, entity, day));
        let office = entities.row(held.unwrap_or(row));
        // Whoever serves an organisation of states serves no country, for as long as that lasts.
        let serves_none = held.is_some() && office.country.is_none() && !office.role.starts_with(FORMER);
        let country = if serves_none { None } else { entity.country.as_deref() };
        let role = (!office.role.is_empty()).then(|| Role {
            name: office.role.to_string(),
            from: office.from.map(|date| date.to_string()).unwrap_or_default(),
            until: office.until.map(|date| date.to_string()).unwrap_or_default(),
        });
        Participant {
            entity: Some(entities.row(row).entity),
            name: entity.canonical.to_string(),
            span,
            head,
            country: country.map(str::to_owned),
            sector: office.sector,
            role,
            resolved_by,
            meant: None,
        }
    }

    /// Whether somebody is an arm of a state, or serves one.
    pub(crate) fn is_of_state(&self, one: &Participant) -> bool {
        one.sector.is_some_and(|sector| self.codebook.ontology.sector(sector).state)
    }

    /// Whether somebody is a person of the codebook who serves a state.
    pub(crate) fn is_official(&self, one: &Participant) -> bool {
        one.entity.is_some_and(|entity| self.kind_of(entity) == Kind::Person) && self.is_of_state(one)
    }

    pub(crate) fn kind_of(&self, entity: EntityId) -> Kind {
        self.codebook.entities.get(entity).kind
    }

    /// Whether the word is part of a person's name.
    pub(crate) fn is_person_name(&self, token: TokenId) -> bool {
        self.names.over(token).is_some_and(|name| name.mention == Some(MentionKind::Person))
    }

    /// A name that only the language engine knows, with what its title or apposition says of it.
    fn unknown(&self, name: &NameMatch, token: Token<'_>, depth: u8) -> Option<Participant> {
        // A place of unknown country acts for nobody.
        if matches!(name.mention, Some(MentionKind::Gpe | MentionKind::Loc | MentionKind::Fac)) {
            return None;
        }
        let beside = || {
            let beside = token.children().filter(|child| {
                matches!(child.relation(), Relation::Appos | Relation::NmodDesc | Relation::Compound | Relation::Amod)
            });
            beside.filter(|child| !name.tokens.contains(&child.id))
        };
        let holder = beside().find_map(|child| self.holder_named(token, self.role_of(child)?, name));
        if holder.is_some() {
            return holder;
        }
        if let Some(row) = self.local(name, token) {
            return Some(self.of_row(row, self.document.span_of(&name.tokens), token.id, ResolvedBy::Name));
        }
        // "Siemens' chief executive, Joe Kaeser": what the noun says beside which the name stands.
        let noun = token.head().filter(|_| token.relation() == Relation::Appos);
        let nouns = || beside().chain(noun);
        let described = nouns().find_map(|word| self.role_noun_plain(word, depth));
        let owner = self.country_of(token, depth);
        let fullest = self.fullest(name);
        let introduced = fullest.filter(|_| described.is_none() && owner.is_none());
        let introduced = introduced.and_then(|name| self.resolve_within(self.top_of(name).id, Side::Actor, depth));
        let described = described.or(introduced);
        let native = |one: &Participant| one.country.clone();
        let country = described.as_ref().and_then(native).or_else(|| owner.as_ref().and_then(native));
        // "Getachew Reda, a spokesman for the TPLF" speaks for it.
        let serves = || nouns().find_map(|noun| self.country_of(noun, depth)).or_else(|| owner.clone());
        let served = serves().or_else(|| self.spoken_for_by(token, depth));
        let introduced_by = described.as_ref().filter(|one| one.resolved_by == ResolvedBy::UnknownName);
        let body = served.as_ref().and_then(|served| self.body_served(served));
        let body = body.or_else(|| introduced_by.and_then(|one| one.entity));
        let country = country.or_else(|| served.as_ref().and_then(native));
        let at_home = || owner.is_none().then(|| nouns().find_map(|noun| self.serves_at_home(noun, depth))).flatten();
        Some(Participant {
            entity: body,
            name: self.document.text(self.document.span_of(&fullest.unwrap_or(name).tokens)).to_owned(),
            span: self.document.span_of(&name.tokens),
            head: token.id,
            country: country.or_else(at_home),
            sector: described.as_ref().and_then(|described| described.sector),
            role: described.and_then(|described| described.role),
            resolved_by: ResolvedBy::UnknownName,
            meant: None,
        })
    }

    /// The organisation or group that somebody is, if they are one: whoever serves it, and is in no codebook, stands for it.
    pub(crate) fn body_served(&self, one: &Participant) -> Option<EntityId> {
        one.entity.filter(|entity| matches!(self.kind_of(*entity), Kind::Organisation | Kind::Group))
    }

    /// "Innocent Bahati, who speaks for the M23".
    fn spoken_for_by(&self, token: Token<'_>, depth: u8) -> Option<Participant> {
        let serves =
            |verb: &Token<'_>| crate::phrases::in_set(self.codebook, "serving", &crate::phrases::lower_lemma(*verb));
        let verb = token.children_by(Relation::AclRelcl).find(serves)?;
        let whom = verb.children().find(|child| {
            child.relation() == Relation::Obj
                || child.relation() == Relation::Obl && matches!(preposition(*child).as_deref(), Some("for" | "in"))
        })?;
        self.resolve_within(whom.id, Side::Actor, depth)
    }

    /// "Mayor Peter Esekon": whoever serves a state, and no other is named, serves the one in which the text is.
    fn serves_at_home(&self, noun: Token<'_>, depth: u8) -> Option<String> {
        let role = self.role_of(noun)?;
        let state = self.codebook.ontology.sector(role.sector).state && !self.is_from_abroad(noun);
        (state && self.country_of(noun, depth).is_none()).then(|| self.country_of_scene(noun.id)).flatten()
    }

    /// The longest name by which the article names whoever `name` does, if it is a longer one: "Lokwang" is who was introduced as
    /// "Peter Lokwang".
    fn fullest(&self, name: &NameMatch) -> Option<&NameMatch> {
        let text = |name: &NameMatch| self.document.text(self.document.span_of(&name.tokens));
        let own = text(name);
        let chain = (name.tokens.start.0..name.tokens.end.0).find_map(|token| self.document.chain_at(TokenId(token)));
        let others = chain.into_iter().flat_map(|chain| self.document.mentions_of(chain).take(MOST_MENTIONS));
        let named = others.filter_map(|other| self.names.over(self.document.head_of(other)));
        let by_chain = named
            .filter(|other| other.mention == Some(MentionKind::Person) && text(other).contains(own))
            .max_by_key(|other| text(other).len());
        let by_surname = || {
            let people = self.names.before(name.tokens.start).take(MOST_NAMES);
            let people = people.filter(|other| other.mention == Some(MentionKind::Person) && other.rows.is_empty());
            people.filter(|other| text(other).strip_suffix(own).is_some_and(|first| first.ends_with(' '))).last()
        };
        by_chain.filter(|other| text(other).len() > own.len()).or_else(by_surname)
    }

    /// Whoever a thing belongs to: "Hezbollah positions", "the sovereignty of Syria", "a building in Damascus".
    fn owner(&self, token: Token<'_>, side: Side, depth: u8) -> Option<Participant> {
        if crate::phrases::in_set(self.codebook, "feeling", &crate::phrases::lower_lemma(token)) {
            return None;
        }
        let owned = |child: &Token<'_>| match child.relation() {
            Relation::NmodPoss => true,
            Relation::Compound | Relation::Amod | Relation::NmodDesc => self.names.over(child.id).is_some(),
            Relation::Nmod if side == Side::Recipient => {
                matches!(
                    preposition(*child).as_deref(),
                    Some("of" | "in" | "from" | "at" | "near" | "on" | "inside" | "across" | "belonging to")
                )
            }
            _ => false,
        };
        let found = token.children().filter(owned).find_map(|child| self.resolve_within(child.id, side, depth))?;
        let known = found.entity.is_some() || found.country.is_some();
        known.then(|| Participant { span: self.phrase_span(token).join(found.span), head: token.id, ..found })
    }

    /// The head with the modifiers and the possessor before it.
    pub(crate) fn phrase_span(&self, token: Token<'_>) -> polybius_document::Span {
        let possessor = token.children_by(Relation::NmodPoss).filter(|child| child.id < token.id);
        let whole = |child: Token<'_>| {
            self.names.over(child.id).map_or(child.span(), |name| self.document.span_of(&name.tokens))
        };
        let core = crate::phrases::core_left(token).chain(possessor).map(whole);
        crate::phrases::unbroken(self.document, core.fold(token.span(), |span, left| span.join(left)))
    }
}

/// What the people of a country are.
const POPULATION: &str = "civilian";

pub(crate) fn plain_role(role: &str) -> Option<Role> {
    (!role.is_empty()).then(|| Role { name: role.to_owned(), from: String::new(), until: String::new() })
}
