//! Persons described: "the general", "the Slovak leader", "the winner" are persons the article named before.
//!
//! In order of trust: whoever was introduced by the noun ("General Prayuth", "Warnock, a pastor"); whoever the codebook knows by
//! that office or kind; whoever an earlier phrase of the same noun meant; and for nouns by which newspapers avoid a name
//! (`@epithet`), the person most in view.

use polybius_codebook::{EntityId, Kind, Role, RoleKind, RowId, SectorId};
use polybius_document::{MentionKind, Relation, SentenceId, Token, TokenId, Upos};

use crate::choice::FORMER;
use crate::names::NameMatch;
use crate::participants::{Resolver, Side};
use crate::phrases::{core_left, in_set, lower_lemma, preposition};
use crate::references::MOST_NAMES;
use crate::scene::REACH;
use crate::titles::NEW;
use crate::{Participant, ResolvedBy};

/// A person where the article names them.
struct Person<'n> {
    name: &'n NameMatch,
    one: Participant,
}

impl Resolver<'_> {
    /// Whom a singular definite noun for a person means; `owner` is the country or body that its phrase tells.
    pub(crate) fn person_described(
        &self,
        token: Token<'_>,
        role: Option<&Role>,
        owner: Option<&Participant>,
    ) -> Option<Participant> {
        if let Some(leader) = self.leader_listed(token, role, owner) {
            return Some(leader);
        }
        let people = self.people_before(token);
        let others = owner.map(|owner| self.leaders_of_others(token, owner)).unwrap_or_default();
        let belongs = |person: &&Person<'_>| {
            owner.is_none_or(|owner| {
                let same = owner.country == person.one.country;
                same && (owner.country.is_some() || owner.sector == person.one.sector)
                    && !others.contains(&person.one.entity)
                    && !self.is_above(&person.one, owner)
            })
        };
        let office = role.is_some_and(|role| !self.office_of(role).is_empty());
        let introduced = || people.iter().filter(belongs).find(|person| self.is_introduced(person, token, role));
        let known = || role.and_then(|role| self.known_as(&people, token, role, &belongs));
        let found = if office { known().or_else(introduced) } else { introduced().or_else(known) };
        let other = office || owner.is_some() || self.is_former(token, role);
        let again = || if other { None } else { self.same_noun(token) };
        let found = found.map(|person| person.one.clone()).or_else(again);
        // "the crown prince" is no prince by whom a name is avoided.
        let longer = role.is_some_and(|role| role.noun.contains(' ') && !in_set(self.codebook, "epithet", &role.noun));
        let epithet =
            || (self.is_epithet(token) && !longer).then(|| self.most_in_view(&people, token, &belongs)).flatten();
        // "the former paratrooper": a past by which an article avoids a name.
        let past = || {
            (!office && owner.is_none() && self.is_former(token, role)).then_some(())?;
            let out = people.iter().find(|person| self.is_out_of_office(&person.one)).map(|person| person.one.clone());
            out.or_else(|| self.most_in_view(&people, token, &belongs))
        };
        found
            .or_else(epithet)
            .or_else(past)
            .map(|one| Participant { resolved_by: ResolvedBy::Coreference, ..self.at(one, token) })
    }

    /// "The Labour leader … the Likud leader": whom the last sentences call by the same noun of another party.
    fn leaders_of_others(&self, token: Token<'_>, owner: &Participant) -> Vec<Option<EntityId>> {
        let is_party = |one: &Participant| one.entity.is_some_and(|entity| self.kind_of(entity) == Kind::Party);
        if !is_party(owner) {
            return Vec::new();
        }
        let first = SentenceId(self.document.sentence_of(token.id).0.saturating_sub(REACH - 1));
        let before = self.document.tokens(self.document.sentence(first).tokens.start..token.id);
        let same = before.filter(|other| other.upos() == Upos::Noun && other.lemma() == token.lemma());
        let others = same.filter(|noun| {
            self.country_of(*noun, 2).is_some_and(|other| is_party(&other) && other.entity != owner.entity)
        });
        others.filter_map(|noun| self.resolve_within(noun.id, Side::Actor, 2)).map(|one| one.entity).collect()
    }

    /// "the Catalan leader", "the Labour leader": nobody who leads the whole state, as far as the codebook does not say so.
    fn is_above(&self, one: &Participant, owner: &Participant) -> bool {
        let part = owner
            .entity
            .is_some_and(|entity| matches!(self.kind_of(entity), Kind::Territory | Kind::Party | Kind::Group));
        part && !self.is_of_state(owner)
            && one.role.as_ref().is_some_and(|role| in_set(self.codebook, "leader", &role.name))
    }

    /// Whether an office of the person is over on the day, and no other is held.
    fn is_out_of_office(&self, one: &Participant) -> bool {
        let (Some(entity), Some(day)) = (one.entity, self.document.article().published) else { return false };
        let entity = self.codebook.entities.get(entity);
        let over = |&row: &RowId| {
            let row = self.codebook.entities.row(row);
            !row.role.is_empty() && row.until.is_some_and(|until| until.first_day() <= day)
        };
        let held = crate::choice::held_on(self.codebook, entity, day);
        let holds = held.is_some_and(|row| !self.codebook.entities.row(row).role.starts_with(FORMER));
        !holds && entity.rows.iter().any(over)
    }

    /// Whether the noun is one by which newspapers avoid a name: "the strongman", "the 36-year-old".
    pub(crate) fn is_epithet(&self, token: Token<'_>) -> bool {
        let aged = token.lemma() == "old" || token.text().ends_with("-old");
        aged || in_set(self.codebook, "epithet", &lower_lemma(token))
    }

    /// "General Prayuth", "Warnock, a pastor", "Zelensky is a comedian": whether the text or the codebook calls the person so.
    fn is_introduced(&self, person: &Person<'_>, token: Token<'_>, role: Option<&Role>) -> bool {
        let noun = lower_lemma(token);
        // A "foreign minister" is not "the interior minister".
        let role = role.filter(|role| role.noun.contains(' '));
        let is_same = |word: Token<'_>| {
            let same = |role: &Role| match (self.role_of(word), self.office_of(role)) {
                (Some(other), "") => other.noun == role.noun,
                (Some(other), office) => self.office_of(other) == office,
                (None, _) => false,
            };
            // "the secretary-general" is no general.
            let part = word.before().is_some_and(|before| before.text() == "-");
            lower_lemma(word) == noun && !part && role.is_none_or(same)
        };
        let top = self.top_of(person.name);
        let beside = top.children().chain(top.head().filter(|_| {
            matches!(top.relation(), Relation::Appos | Relation::NmodDesc | Relation::Flat | Relation::Compound)
        }));
        let beside = beside.filter(|word| {
            matches!(word.upos(), Upos::Noun | Upos::Propn | Upos::Adj)
                && (word.relation() != Relation::Conj && word.relation() != Relation::NmodPoss)
        });
        let said = top
            .head()
            .filter(|head| top.relation() == Relation::Nsubj && head.children_by(Relation::Cop).next().is_some());
        let in_name = self.document.tokens(person.name.tokens.clone());
        beside.chain(said).chain(in_name).any(is_same)
            || person.one.entity.is_some_and(|entity| {
                let rows = self.codebook.entities.get(entity).rows.iter().map(|&row| self.codebook.entities.row(row));
                let mut names = rows.filter(|row| row.name.split(' ').count() > 1);
                names.any(|row| row.name.split(' ').next().is_some_and(|title| title.to_lowercase() == noun))
            })
    }

    /// "the former president", "the rebel leader", "the Iraqi leader": the last person named who is or was one.
    fn known_as<'p, 'n>(
        &self,
        people: &'p [Person<'n>],
        token: Token<'_>,
        role: &Role,
        belongs: &impl Fn(&&Person<'n>) -> bool,
    ) -> Option<&'p Person<'n>> {
        let (former, coming) = (self.is_former(token, Some(role)), self.is_coming(token));
        let office = self.office_of(role);
        let led = self.sector_led(token);
        let lemma = lower_lemma(token);
        let heads = ["leader", "head"].iter().any(|set| in_set(self.codebook, set, &lemma));
        // "the military ruler" rules the state, "the rebel leader" does not.
        let of_state = led.is_none_or(|sector| self.codebook.ontology.sector(sector).state);
        let leads = office.is_empty() && heads && of_state;
        let sector = led.unwrap_or(role.sector);
        let of_body = self.leads_body(token);
        let day = self.document.article().published;
        let rulers = self.codebook.roles.get(RULERS).map(|role| role.sector);
        let entities = &self.codebook.entities;
        let is = |one: &Participant, row: RowId| {
            let row = entities.row(row);
            let of_past = row.role.strip_prefix(FORMER);
            let by_sector = || Some(sector) != rulers && row.sector == Some(sector);
            let same = match office {
                "" if leads && in_set(self.codebook, "leader", of_past.unwrap_or(&row.role)) => true,
                "" if leads && led.is_none() => false,
                "" => by_sector(),
                _ if of_body => by_sector(),
                _ => of_past.unwrap_or(&row.role) == office || (!former && by_sector()),
            };
            let ahead = if coming { NEW } else { 0 };
            let has_begun =
                day.is_none_or(|day| row.from.is_none_or(|from| (from.first_day() - day).get_days() <= ahead));
            let is_over =
                of_past.is_some() || day.is_some_and(|day| row.until.is_some_and(|until| until.first_day() <= day));
            let holds = || one.role.as_ref().is_some_and(|held| *held.name == *office);
            same && has_begun && (!former || (is_over && !holds())) && !(coming && is_over)
        };
        let is_one = |person: &&Person<'n>| {
            let rows = person.one.entity.map_or(&[][..], |entity| &entities.get(entity).rows);
            rows.iter().any(|&row| is(&person.one, row))
        };
        // Whoever holds the office, or held it until these days, comes before those who held it once.
        let lately = |row: &RowId| {
            let row = entities.row(*row);
            let begun = day.is_none_or(|day| row.from.is_none_or(|from| from.first_day() <= day));
            let over = day.and_then(|day| row.until.map(|until| (day - until.first_day()).get_days()));
            *row.role == *office && begun && over.is_none_or(|days| days <= LATELY)
        };
        let holds = |person: &&Person<'n>| {
            let rows = person.one.entity.map_or(&[][..], |entity| &entities.get(entity).rows);
            !former && !office.is_empty() && rows.iter().any(lately)
        };
        people.iter().filter(belongs).find(holds).or_else(|| people.iter().filter(belongs).find(is_one))
    }

    /// The office that the noun names, or named once.
    fn office_of<'r>(&'r self, role: &'r Role) -> &'r str {
        match role.noun.strip_prefix(FORMER).or_else(|| role.noun.strip_prefix(EX)) {
            Some(noun) => self.codebook.roles.get(noun).map_or("", |role| &*role.role),
            None => &role.role,
        }
    }

    /// "the former president", "the fallen leader".
    pub(crate) fn is_former(&self, token: Token<'_>, role: Option<&Role>) -> bool {
        role.is_some_and(|role| role.noun.starts_with(FORMER) || role.noun.starts_with(EX))
            || core_left(token).any(|word| in_set(self.codebook, "former", &word.text().to_lowercase()))
    }

    /// The sector of the people or body that "the rebel leader", "the head of the armed forces" leads.
    pub(crate) fn sector_led(&self, token: Token<'_>) -> Option<SectorId> {
        let of = token.children_by(Relation::Nmod).filter(|child| preposition(*child).as_deref() == Some("of"));
        let led = core_left(token).chain(of);
        let led = led.filter(|word| self.names.over(word.id).is_none_or(|name| self.is_everywhere(name)));
        let role = led.filter_map(|word| self.role_of(word));
        role.filter(|role| role.kind != RoleKind::Person).map(|role| role.sector).next()
    }

    /// Whom an earlier phrase of the same noun meant: "a miner … the miner".
    fn same_noun(&self, token: Token<'_>) -> Option<Participant> {
        let first = self.document.sentence_of(token.id).0.saturating_sub(REACH - 1);
        let start = self.document.sentence(SentenceId(first)).tokens.start;
        let before = self.document.tokens(start..token.id);
        let same = before.filter(|other| {
            other.upos() == Upos::Noun
                && other.lemma() == token.lemma()
                && other.feature("Number") != Some("Plur")
                && self.name_beside(*other).is_none()
        });
        let earlier = same.last()?;
        self.resolve_within(earlier.id, Side::Actor, 2)
    }

    /// The person of the last sentences whom most speaks for: named near, as a subject, more than once.
    fn most_in_view<'n>(
        &self,
        people: &[Person<'n>],
        token: Token<'_>,
        belongs: &impl Fn(&&Person<'n>) -> bool,
    ) -> Option<Participant> {
        let here = self.document.sentence_of(token.id).0;
        let woman = in_set(self.codebook, "woman", &lower_lemma(token));
        let near = people.iter().filter(belongs).filter(|person| !woman || self.is_woman(&person.one));
        let near: Vec<(&Person<'_>, u32)> = near
            .map(|person| (person, here - self.document.sentence_of(person.name.tokens.start).0))
            .take_while(|(_, back)| *back < REACH)
            .collect();
        let mut best: Option<(i32, &Participant)> = None;
        for (person, back) in &near {
            let subject = matches!(self.top_of(person.name).relation(), Relation::Nsubj | Relation::NsubjPass);
            let again = near.iter().filter(|(other, _)| is_same_person(&other.one, &person.one)).count() - 1;
            let view = 4 - 2 * *back as i32 + 2 * i32::from(subject) + again.min(2) as i32;
            if best.is_none_or(|(most, _)| view > most) {
                best = Some((view, &person.one));
            }
        }
        best.map(|(_, one)| one.clone())
    }

    /// "the Jordanian": the last person of that country who was named.
    pub(crate) fn person_of(&self, name: &NameMatch, token: Token<'_>) -> Option<Participant> {
        if !(matches!(token.xpos(), "NN" | "NNP")
            && self.names.is_demonym(token.id)
            && crate::references::is_definite(token)
            && name.n_words() == 1)
        {
            return None;
        }
        let argues = matches!(token.relation(), Relation::Nsubj | Relation::NsubjPass | Relation::Obj | Relation::Obl);
        let country = self.known(name, token)?.country?;
        let native = |person: &Person<'_>| {
            let entity = person.one.entity.map(|entity| self.codebook.entities.get(entity));
            person.one.country.as_deref().or(entity.and_then(|entity| entity.country.as_deref())) == Some(&country)
        };
        let person = self.people_before(token).into_iter().filter(|_| argues).find(native)?;
        Some(Participant { resolved_by: ResolvedBy::Coreference, ..self.at(person.one, token) })
    }

    /// The persons named before, the nearest first, without the subjects of the clauses in which `token` stands: "Bush praised the
    /// president" praises another. Persons whom the codebook lacks only of the last sentences.
    fn people_before(&self, token: Token<'_>) -> Vec<Person<'_>> {
        let subjects: Vec<TokenId> = subjects_of(token);
        let here = self.document.sentence_of(token.id).0;
        // "The nuncio, Monsignor Laboa, told the general": nor whoever stands beside one.
        let is_subject = |name: &NameMatch| {
            let beside = self.top_of(name).head().map(|head| head.id);
            subjects.iter().any(|subject| name.tokens.contains(subject) || Some(*subject) == beside)
        };
        let names = self.names.before(token.id).take(MOST_NAMES).filter(|name| !is_subject(name));
        let people = names.filter_map(|name| {
            let head = self.top_of(name);
            // "King Abdullah" is known by his title.
            let titled = name.rows.is_empty() && name.mention == Some(MentionKind::Person);
            let near = || here - self.document.sentence_of(name.tokens.start).0 < REACH;
            let one =
                if titled && near() { self.resolve_within(head.id, Side::Actor, 1) } else { self.known(name, head) }?;
            Some(Person { name, one })
        });
        let is_person = |person: &Person<'_>| match person.one.entity {
            Some(entity) => self.kind_of(entity) == Kind::Person,
            None => person.one.resolved_by == ResolvedBy::UnknownName,
        };
        people.filter(is_person).collect()
    }
}

/// For so many days after its end whoever held an office is still called by it.
const LATELY: i32 = 60;

/// How nouns for whoever held an office begin as well.
const EX: &str = "ex-";

/// What the government of a country is.
pub(crate) const RULERS: &str = "government";

/// The subjects of the clauses in which `token` stands, but of those only set beside its own.
fn subjects_of(token: Token<'_>) -> Vec<TokenId> {
    let mut found = Vec::new();
    let mut at = token;
    while let Some(clause) = at.head().filter(|_| at.relation() != Relation::Parataxis) {
        let subjects = clause.children().filter(|child| {
            matches!(child.relation(), Relation::Nsubj | Relation::NsubjPass) && !child.governs(token.id)
        });
        found.extend(subjects.map(|subject| subject.id));
        at = clause;
    }
    found
}

fn is_same_person(one: &Participant, other: &Participant) -> bool {
    match (one.entity, other.entity) {
        (None, None) => one.name == other.name,
        (one, other) => one == other,
    }
}
