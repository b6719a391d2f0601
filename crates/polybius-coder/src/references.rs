//! Definite descriptions: "the former president", "the group", "the two countries" mean somebody the article named before.
//!
//! Each takes the nearest that fits, and nothing where nothing does.

use polybius_codebook::{Class, Kind, Role, RoleKind};
use polybius_document::{Relation, Token, TokenId, Upos};

use crate::names::NameMatch;
use crate::participants::Resolver;
use crate::phrases::{in_set, lower_lemma, preposition};
use crate::pronouns::{SURE, subjects_above};
use crate::{Participant, ResolvedBy};

/// How many names back a description may reach, so that an article of any length is read in linear time.
pub(crate) const MOST_NAMES: usize = 500;

impl Resolver<'_> {
    /// "the two countries", "both sides": the last two countries that the text named before.
    pub(crate) fn pair(&self, token: Token<'_>) -> Vec<Participant> {
        let is_two = |word: Token<'_>| matches!(word.lemma(), "two" | "both" | "2");
        let before = token.id.0.checked_sub(1).map(|id| self.document.token(TokenId(id)));
        let two = before.is_some_and(is_two)
            || token.children().any(|child| {
                is_two(child) && matches!(child.relation(), Relation::Nummod | Relation::Det | Relation::DetPredet)
            });
        let lemma = lower_lemma(token);
        let proper = token.text().starts_with(char::is_uppercase) && token.text().ends_with('s');
        if !two || !(in_set(self.codebook, "pair", &lemma) || proper) {
            return Vec::new();
        }
        let role = self.codebook.roles.get(&lemma);
        let people = in_set(self.codebook, "pair_of_people", &lemma);
        let office = role.filter(|role| people && !role.role.is_empty());
        let party = lemma == "party";
        // "the two Koreas", "the two Kims".
        let shared = proper.then(|| token.text().trim_end_matches('s'));
        let fits = |one: &Participant, kind: Kind| match (shared, office) {
            (Some(word), _) => one.name.split([' ', '-']).any(|part| part == word),
            (None, Some(office)) => {
                kind == Kind::Person && one.role.as_ref().is_some_and(|role| *role.name == *office.role)
            }
            _ if people => kind == Kind::Person,
            _ if party => kind == Kind::Party,
            _ => is_state(kind),
        };
        let mut found: Vec<Participant> = Vec::new();
        let subjects: Vec<TokenId> = subjects_above(token).collect();
        let is_subject = |name: &NameMatch| subjects.iter().any(|subject| name.tokens.contains(subject));
        for name in self.names.before(token.id).take(MOST_NAMES).filter(|name| self.is_side(name) && !is_subject(name))
        {
            let Some(one) = self.known(name, self.document.token(name.tokens.start)) else { continue };
            let Some(kind) = one.entity.map(|entity| self.kind_of(entity)) else { continue };
            let as_member = shared.is_some() && fits(&one, kind);
            let as_state = !people && !party && is_state(kind) && !as_member;
            let one = if as_state { self.state_of(one) } else { one };
            let kind = one.entity.map_or(kind, |entity| self.kind_of(entity));
            let told =
                |other: &Participant| if as_state { other.country == one.country } else { other.entity == one.entity };
            if fits(&one, kind) && one.country.is_some() && !found.iter().any(told) {
                // "the two armies" are those of two states.
                let sector = role.filter(|role| as_state && role.kind == RoleKind::Body).map(|role| role.sector);
                found.push(Participant { sector: sector.or(one.sector), ..self.referred(one, token) });
            }
            if found.len() == 2 {
                found.reverse();
                return found;
            }
        }
        Vec::new()
    }

    /// The state for which a person or body stands.
    fn state_of(&self, one: Participant) -> Participant {
        let entities = &self.codebook.entities;
        let state = one.country.as_deref().and_then(|country| entities.by_id(country));
        match state {
            Some(state) if one.entity.is_some_and(|entity| self.kind_of(entity) == Kind::Person) => {
                let row = entities.get(state).rows[0];
                self.of_row(row, one.span, one.head, ResolvedBy::Coreference)
            }
            _ => one,
        }
    }

    /// Whom a noun that acts takes up: of its chain, or the last person, group or body of its kind that was named.
    pub(crate) fn taken_up(
        &self,
        token: Token<'_>,
        role: &Role,
        owner: Option<&Participant>,
        depth: u8,
    ) -> Option<Participant> {
        if !is_definite(token) {
            return None;
        }
        let plural = token.feature("Number") == Some("Plur");
        let found = match role.kind {
            RoleKind::Body => self.named_before(token),
            _ if plural => self.fighters_before(role, owner),
            _ => self.person_described(token, Some(role), owner),
        };
        let by_chain = || if owner.is_none() && !plural { self.by_chain(token, SURE, depth) } else { None };
        found.or_else(by_chain).map(|one| Participant { resolved_by: ResolvedBy::Coreference, ..one })
    }

    /// "the rebels", "the separatists": the only armed group that the article names.
    fn fighters_before(&self, role: &Role, owner: Option<&Participant>) -> Option<Participant> {
        let armed = |sector| self.codebook.ontology.sector(sector).class == Some(Class::Armed);
        let state = self.codebook.ontology.sector(role.sector).state;
        if owner.is_some() || state || !armed(role.sector) {
            return None;
        }
        self.only_group.get_or_init(|| self.find_only_group()).clone()
    }

    fn find_only_group(&self) -> Option<Participant> {
        let armed = |sector| self.codebook.ontology.sector(sector).class == Some(Class::Armed);
        let names = self.names.all().filter_map(|name| self.known(name, self.document.token(name.tokens.start)));
        let is_group = |one: &Participant| {
            one.entity.is_some_and(|entity| self.kind_of(entity) == Kind::Group) && one.sector.is_some_and(armed)
        };
        let mut groups = names.filter(is_group);
        let first = groups.next()?;
        groups.all(|other| other.entity == first.entity).then_some(first)
    }

    /// "the country", "the group", "the bloc": the last thing of that kind that was named.
    pub(crate) fn named_before(&self, token: Token<'_>) -> Option<Participant> {
        let described = token.children().any(|child| {
            matches!(child.relation(), Relation::NmodPoss | Relation::Nmod | Relation::AclRelcl | Relation::Compound)
        });
        if !is_common(token) || !is_definite(token) || described || token.feature("Number") == Some("Plur") {
            return None;
        }
        let lemma = lower_lemma(token);
        let kinds: &[Kind] = if in_set(self.codebook, "country", &lemma) {
            &[Kind::Country, Kind::FormerCountry, Kind::Territory]
        } else if in_set(self.codebook, "group", &lemma) {
            &[Kind::Group, Kind::Party]
        } else if in_set(self.codebook, "bloc", &lemma) {
            &[Kind::Organisation]
        } else if in_set(self.codebook, "region", &lemma) && preposition(token).is_none() {
            &[Kind::Territory, Kind::Place]
        } else {
            return None;
        };
        // The subject of the same clause is not meant: "the EU has given the country …".
        let subject = token.head().and_then(|verb| verb.children_by(Relation::Nsubj).next()).map(|subject| subject.id);
        // Whoever acts or is the place of all comes before a nationality.
        let demonym = |name: &&NameMatch| self.names.is_demonym(name.tokens.start);
        let names = || self.names.before(token.id).take(MOST_NAMES).filter(|name| Some(name.tokens.start) != subject);
        names()
            .filter(|name| !demonym(name))
            .chain(names().filter(demonym))
            .filter_map(|name| self.known(name, self.document.token(name.tokens.start)))
            .find(|one| one.entity.is_some_and(|entity| kinds.contains(&self.kind_of(entity))))
            .map(|one| self.referred(one, token))
    }

    /// A name that only places or describes something is no side: "at the Turkmenistan summit".
    fn is_side(&self, name: &NameMatch) -> bool {
        let head = self.top_of(name);
        let modifies = head.relation() == Relation::Compound && !self.names.is_demonym(head.id);
        !(name.rows.is_empty() || modifies || self.literal_place(head).is_some())
    }

    fn referred(&self, one: Participant, token: Token<'_>) -> Participant {
        Participant { resolved_by: ResolvedBy::Coreference, ..self.at(one, token) }
    }

    /// The same participant, named by `token`.
    pub(crate) fn at(&self, one: Participant, token: Token<'_>) -> Participant {
        Participant { span: token.span(), head: token.id, ..one }
    }
}

fn is_state(kind: Kind) -> bool {
    matches!(kind, Kind::Country | Kind::FormerCountry | Kind::Territory | Kind::Person | Kind::Body)
}

/// "the", "this", whatever the parser hangs it on.
pub(crate) fn is_definite(token: Token<'_>) -> bool {
    let is_definite = |det: Token<'_>| {
        det.upos() == Upos::Det && (det.feature("Definite") == Some("Def") || det.feature("PronType") == Some("Dem"))
    };
    token.children_by(Relation::Det).any(is_definite) || token.before().is_some_and(is_definite)
}

/// A noun in small letters, also where the tagger takes it for a name or adjective: "the prince", "the general".
pub(crate) fn is_common(token: Token<'_>) -> bool {
    let small = token.text().starts_with(char::is_lowercase);
    token.upos() == Upos::Noun || (small && matches!(token.upos(), Upos::Propn | Upos::Adj))
}
