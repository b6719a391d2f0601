//! Titles and offices: who holds one on the day, and whose name stands beside one.

use jiff::civil::Date;
use polybius_codebook::{Kind, RoleKind};
use polybius_document::{MentionKind, Relation, Token, TokenId, Upos};

use crate::descriptions::RULERS;
use crate::names::NameMatch;
use crate::participants::Resolver;
use crate::phrases::in_set;
use crate::{Participant, ResolvedBy};

impl Resolver<'_> {
    /// "the Iranian president" on a given day is a person the codebook knows.
    pub(crate) fn office_holder(
        &self,
        token: Token<'_>,
        role: &polybius_codebook::Role,
        owner: &Participant,
        span: polybius_document::Span,
    ) -> Option<Participant> {
        let singular = token.feature("Number") != Some("Plur");
        let former =
            crate::phrases::core_left(token).any(|word| in_set(self.codebook, "former", &word.text().to_lowercase()));
        let any = token.children_by(Relation::Det).any(|det| det.feature("Definite") == Some("Ind"));
        let shared = in_set(self.codebook, "shared_office", &role.role);
        // "the president of the Bundestag" is not Germany's.
        let of_body = owner.entity.is_some_and(|entity| {
            matches!(self.kind_of(entity), Kind::Body | Kind::Company | Kind::Ngo | Kind::Outlet)
        });
        if role.kind != RoleKind::Person || !singular || former || any || shared || of_body || self.leads_body(token) {
            return None;
        }
        let day: Option<Date> = self.document.article().published;
        if owner.country.is_none() {
            let holder = self.head_of_organisation(role, owner, day)?;
            let row = *self.codebook.entities.get(holder).rows.first()?;
            return Some(self.of_row(row, span, token.id, ResolvedBy::RoleNoun));
        }
        if let Some(leader) = self.leader_of_group(role, owner, day) {
            let row = *self.codebook.entities.get(leader).rows.first()?;
            return Some(self.of_row(row, span, token.id, ResolvedBy::RoleNoun));
        }
        if role.role.is_empty() {
            return None;
        }
        let holder = self.codebook.entities.holder(owner.country.as_deref()?, &role.role, day)?;
        let row = *self
            .codebook
            .entities
            .get(holder)
            .rows
            .iter()
            .find(|&&row| self.codebook.entities.row(row).role == role.role)?;
        Some(self.of_row(row, span, token.id, ResolvedBy::RoleNoun))
    }

    /// "the FARC leader", "the PLO chairman": the office is called after the group, or is the only one of its kind in the country.
    fn leader_of_group(
        &self,
        role: &polybius_codebook::Role,
        owner: &Participant,
        day: Option<Date>,
    ) -> Option<polybius_codebook::EntityId> {
        let entities = &self.codebook.entities;
        let group = entities.get(owner.entity?);
        let heads = in_set(self.codebook, "head", &role.noun);
        if !heads || !matches!(group.kind, Kind::Group | Kind::Party | Kind::Organisation | Kind::Territory) {
            return None;
        }
        let country = group.country.as_deref()?;
        let names = || group.rows.iter().map(|&row| &*entities.row(row).name);
        let called = ["leader", "chairman"].into_iter().flat_map(|title| {
            names().flat_map(move |name| [format!("{title} of the {name}"), format!("{title} of {name}")])
        });
        let holder = |office: &str| entities.holder(country, office, day);
        let of_sector = |&holder: &polybius_codebook::EntityId| {
            entities.get(holder).rows.iter().any(|&row| entities.row(row).sector == owner.sector)
        };
        called.into_iter().find_map(|office| holder(&office)).or_else(|| holder("leader").filter(of_sector))
    }

    /// "the president of the Senate" presides over no state.
    pub(crate) fn leads_body(&self, token: Token<'_>) -> bool {
        let rulers = self.codebook.roles.get(RULERS).map(|role| role.sector);
        self.sector_led(token).is_some_and(|sector| Some(sector) != rulers)
    }

    /// Whom a noun says somebody is or becomes: "named Koirala as prime minister", "declared himself president", "resigned as chancellor".
    pub(crate) fn predicated(&self, token: Token<'_>, depth: u8) -> Option<Participant> {
        let verb = token.head().filter(|verb| verb.upos() == Upos::Verb)?;
        let is = match token.relation() {
            Relation::Xcomp => in_set(self.codebook, "becoming", &crate::phrases::lower_lemma(verb)),
            Relation::Obl => crate::phrases::preposition(token).as_deref() == Some("as"),
            _ => false,
        };
        let of = |relation| verb.children_by(relation).next();
        let who =
            is.then(|| of(Relation::Obj).or_else(|| of(Relation::NsubjPass)).or_else(|| of(Relation::Nsubj)))??;
        let named = self.resolve_within(who.id, crate::participants::Side::Actor, depth)?;
        let person = named.entity.is_some_and(|entity| self.kind_of(entity) == Kind::Person)
            || named.resolved_by == ResolvedBy::UnknownName;
        person.then(|| Participant { resolved_by: ResolvedBy::Coreference, ..self.at(named, token) })
    }

    /// "the UN chief", "the NATO secretary-general": the office is called after the organisation, or is the one of its sector.
    fn head_of_organisation(
        &self,
        role: &polybius_codebook::Role,
        owner: &Participant,
        day: Option<Date>,
    ) -> Option<polybius_codebook::EntityId> {
        let entities = &self.codebook.entities;
        let organisation = entities.get(owner.entity?);
        let heads = in_set(self.codebook, "head", &role.noun);
        if organisation.kind != Kind::Organisation || (!heads && role.role.is_empty()) {
            return None;
        }
        let is_title = |title: &str| {
            if heads { in_set(self.codebook, "title_of_head", title) } else { *title == *role.role }
        };
        let names = || organisation.rows.iter().map(|&row| &*entities.row(row).name);
        entities.holder_of_none(day, |row| match row.role.split_once(" of ") {
            Some((title, of)) => {
                is_title(title)
                    && names().any(|name| name.to_lowercase() == of.trim_start_matches("the ").to_lowercase())
            }
            None => is_title(&row.role) && row.sector == owner.sector,
        })
    }

    /// "King Abdullah" in an article on Jordan: the holder of the office, in a country named near, whose name holds the words.
    pub(crate) fn holder_named(
        &self,
        token: Token<'_>,
        role: &polybius_codebook::Role,
        name: &NameMatch,
    ) -> Option<Participant> {
        if role.role.is_empty() {
            return None;
        }
        let span = self.document.span_of(&name.tokens);
        let words = self.document.text(span);
        let entities = &self.codebook.entities;
        let day = self.document.article().published;
        let near = self
            .countries_near(token.id)
            .into_iter()
            .filter_map(|one| one.country)
            .chain(self.country_of_scene(token.id));
        let holders = near.filter_map(|country| entities.holder(&country, &role.role, day));
        // "President Abdu Rabbu Mansour Hadi": however the rest is written.
        let surname = words.rsplit(' ').next().unwrap_or(words);
        let called = |holder: &polybius_codebook::EntityId| {
            let mut names = entities.get(*holder).rows.iter().map(|&row| &entities.row(row).name);
            names.any(|name| name.split(' ').any(|word| word == words) || name.rsplit(' ').next() == Some(surname))
        };
        let holder = holders.into_iter().find(called)?;
        let row = *entities.get(holder).rows.first()?;
        Some(self.of_row(row, span, token.id, ResolvedBy::RoleNoun))
    }

    /// The person whose title the noun is: "President Vladimir Putin", "the president, Vladimir Putin".
    pub(crate) fn name_beside(&self, token: Token<'_>) -> Option<&NameMatch> {
        let beside = |child: &Token<'_>| {
            matches!(child.relation(), Relation::Flat | Relation::Appos | Relation::NmodDesc | Relation::Compound)
        };
        token
            .children()
            .filter(beside)
            .chain(token.head().filter(|_| {
                matches!(token.relation(), Relation::Compound | Relation::NmodDesc | Relation::Appos | Relation::Flat)
            }))
            .filter_map(|child| self.names.over(child.id))
            .find(|name| self.is_person(name))
            .or_else(|| self.name_after(token))
    }

    /// A person's name directly after a title is the holder's, whatever the parser made of it.
    fn name_after(&self, token: Token<'_>) -> Option<&NameMatch> {
        let next = TokenId(token.id.0 + 1);
        let in_sentence = next.index() < self.document.n_tokens()
            && self.document.sentence_of(next) == self.document.sentence_of(token.id);
        let name = in_sentence.then(|| self.names.over(next)).flatten()?;
        (name.tokens.start == next && self.is_person(name)).then_some(name)
    }

    /// The person that a title before a name is about, for showing the phrase by its name.
    pub(crate) fn titled(&self, token: Token<'_>) -> Option<&NameMatch> {
        self.role_of(token).and_then(|_| self.name_beside(token))
    }

    fn is_person(&self, name: &NameMatch) -> bool {
        if name.rows.is_empty() {
            return name.mention == Some(MentionKind::Person);
        }
        name.rows.iter().any(|&row| self.kind_of(self.codebook.entities.row(row).entity) == Kind::Person)
    }

    pub(crate) fn known_person(&self, name: &NameMatch, head: Token<'_>) -> Option<Participant> {
        (!name.rows.is_empty()).then(|| self.known(name, head)).flatten()
    }
}
