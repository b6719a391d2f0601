//! Titles and offices: who holds one on the day, and whose name stands beside one.

use jiff::civil::Date;
use polybius_codebook::{EntityId, Kind, RoleKind};
use polybius_document::{MentionKind, Relation, Token, TokenId, Upos};

use crate::descriptions::RULERS;
use crate::names::NameMatch;
use crate::participants::Resolver;
use crate::phrases::{in_set, lower_lemma};
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
        let kind = self.kind_of(owner.entity?);
        // "its foreign minister": of rebels, not of the state that they fight.
        let foes = kind == Kind::Group && !self.is_of_state(owner);
        let country = owner.country.as_deref()?;
        let holder = self.leader_of_group(role, owner, day).or_else(|| match &*role.role {
            _ if foes => None,
            "" if in_set(self.codebook, "counterpart", &role.noun) => self.counterpart(token, country, day),
            "" if kind == Kind::Country => self.sole_leader(token, role, country, day),
            "" => None,
            office => self.lately_in_office(token, country, office, day),
        })?;
        let row = *self.codebook.entities.get(holder).rows.first()?;
        Some(self.of_row(row, span, token.id, ResolvedBy::RoleNoun))
    }

    /// Who holds the office on the day; nobody any more, who held it until these days; and of somebody who has just left it, who did
    /// before: "Bolivia's president resigned".
    fn lately_in_office(&self, token: Token<'_>, country: &str, office: &str, day: Option<Date>) -> Option<EntityId> {
        let entities = &self.codebook.entities;
        let holder = |day: Option<Date>| entities.holder(country, office, day);
        let Some(day) = day else { return holder(None) };
        if self.is_coming(token) {
            return self.coming(day, holder);
        }
        let before = |days: i32| day.checked_sub(jiff::Span::new().days(days)).ok();
        let mut earlier = (1..=WEEK).filter_map(|days| holder(Some(before(days)?)));
        match holder(Some(day)) {
            Some(now) if self.leaves_office(token) => Some(earlier.find(|other| *other != now).unwrap_or(now)),
            Some(now) => Some(now),
            None => earlier.next(),
        }
    }

    /// "the new president": who has just come into office, or else soon will.
    fn coming(&self, day: Date, holder: impl Fn(Option<Date>) -> Option<EntityId>) -> Option<EntityId> {
        let on = |days: i32| day.checked_add(jiff::Span::new().days(days)).ok();
        let (now, before) = (holder(Some(day)), holder(Some(on(-NEW)?)));
        let mut later = (1..=NEW).step_by(WEEK as usize).filter_map(|days| holder(Some(on(days)?)));
        if now == before { later.find(|other| Some(*other) != now).or(now) } else { now }
    }

    /// "the new president", "the next chancellor".
    pub(crate) fn is_coming(&self, token: Token<'_>) -> bool {
        crate::phrases::core_left(token).any(|word| in_set(self.codebook, "coming", &lower_lemma(word)))
    }

    /// "The president fled", "deposed the king", "the minister was sacked".
    fn leaves_office(&self, token: Token<'_>) -> bool {
        let Some(verb) = token.head() else { return false };
        let is = |set: &str| {
            let particle = verb.children_by(Relation::CompoundPrt).next();
            let words = particle.map_or(lower_lemma(verb), |word| format!("{} {}", lower_lemma(verb), word.text()));
            in_set(self.codebook, set, &words)
        };
        match token.relation() {
            Relation::Nsubj => is("leaving_office"),
            Relation::Obj | Relation::NsubjPass => is("ousting"),
            _ => false,
        }
    }

    /// "the Iraqi leader": who alone holds an office by which a state is led.
    fn sole_leader(
        &self,
        token: Token<'_>,
        role: &polybius_codebook::Role,
        country: &str,
        day: Option<Date>,
    ) -> Option<EntityId> {
        let plain = crate::phrases::core_left(token).all(|word| self.names.over(word.id).is_some());
        (plain && in_set(self.codebook, "leader", &role.noun)).then_some(())?;
        let entities = &self.codebook.entities;
        // A "leader" may be one of outlaws.
        let rules = |holder: &EntityId, office: &str| {
            let mut rows = entities.get(*holder).rows.iter().map(|&row| entities.row(row));
            rows.any(|row| *row.role == *office && row.sector.is_some_and(|it| self.codebook.ontology.sector(it).state))
        };
        let holder = |office: &str| entities.holder(country, office, day).filter(|holder| rules(holder, office));
        let mut holders = self.codebook.words.get("leader")?.iter().filter_map(|office| holder(office));
        let first = holders.next()?;
        holder("leader").or_else(|| holders.all(|other| other == first).then_some(first))
    }

    /// "his Ukrainian counterpart": who holds the same office on the other side.
    fn counterpart(&self, token: Token<'_>, country: &str, day: Option<Date>) -> Option<EntityId> {
        let own = token.children_by(Relation::NmodPoss).next()?;
        let office = self.resolve_within(own.id, crate::participants::Side::Actor, 2)?.role?;
        self.codebook.entities.holder(country, &office.name, day)
    }

    /// The leader of a party or group whom the codebook lists.
    pub(crate) fn leader_listed(
        &self,
        token: Token<'_>,
        role: Option<&polybius_codebook::Role>,
        owner: Option<&Participant>,
    ) -> Option<Participant> {
        let role = role.filter(|role| !self.is_former(token, Some(role)))?;
        let leader = self.leader_of_group(role, owner?, self.document.article().published)?;
        let row = *self.codebook.entities.get(leader).rows.first()?;
        Some(self.of_row(row, self.phrase_span(token), token.id, ResolvedBy::RoleNoun))
    }

    /// "the FARC leader", "the PLO chairman": the office is called after the group, or is the only one of its kind in the country.
    fn leader_of_group(
        &self,
        role: &polybius_codebook::Role,
        owner: &Participant,
        day: Option<Date>,
    ) -> Option<EntityId> {
        let entities = &self.codebook.entities;
        let group = entities.get(owner.entity?);
        let heads = in_set(self.codebook, "head", &role.noun);
        if !heads || !matches!(group.kind, Kind::Group | Kind::Party | Kind::Organisation | Kind::Territory) {
            return None;
        }
        let country = group.country.as_deref()?;
        // Offices are listed in small letters.
        let names = || group.rows.iter().map(|&row| entities.row(row).name.to_lowercase());
        let called = ["leader", "chairman", "president", "head"].into_iter().flat_map(|title| {
            names().flat_map(move |name| [format!("{title} of the {name}"), format!("{title} of {name}")])
        });
        let holder = |office: &str| entities.holder(country, office, day);
        let of_sector =
            |&holder: &EntityId| entities.get(holder).rows.iter().any(|&row| entities.row(row).sector == owner.sector);
        called.into_iter().find_map(|office| holder(&office)).or_else(|| holder("leader").filter(of_sector))
    }

    /// "the president of the Senate" presides over no state.
    pub(crate) fn leads_body(&self, token: Token<'_>) -> bool {
        let rulers = self.codebook.roles.get(RULERS).map(|role| role.sector);
        self.sector_led(token).is_some_and(|sector| Some(sector) != rulers)
    }

    /// "the rebel leader", "the opposition leader": of people against the state, not of a body that has many heads.
    pub(crate) fn leads_foes(&self, token: Token<'_>) -> bool {
        let led = crate::phrases::core_left(token).filter_map(|word| self.role_of(word));
        let singular = token.feature("Number") != Some("Plur");
        singular
            && led
                .into_iter()
                .any(|role| role.kind == RoleKind::People && !self.codebook.ontology.sector(role.sector).state)
    }

    /// Whom a noun says somebody is or becomes: "named Koirala as prime minister", "declared himself president", "resigned as chancellor".
    pub(crate) fn predicated(&self, token: Token<'_>, depth: u8) -> Option<Participant> {
        let verb = token.head().filter(|verb| verb.upos() == Upos::Verb)?;
        let is = match token.relation() {
            Relation::Xcomp => in_set(self.codebook, "becoming", &lower_lemma(verb)),
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
    ) -> Option<EntityId> {
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
        let called = |holder: &EntityId| {
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

/// For how many days after an office is vacant it is still called by whoever held it.
const WEEK: i32 = 7;

/// For how many days before and after somebody comes into office they are the new one.
pub(crate) const NEW: i32 = 120;
