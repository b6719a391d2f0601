//! Common nouns that act: whose president, officials, rebels or parliament they are.
//!
//! In order of trust: the name beside the title; what the phrase itself says ("Iranian officials", "the president of Kenya")
//! with the office's holder on the day or the body's own name; somebody the article named before; the country of the scene.

use polybius_codebook::{Class, Kind, Role, RoleKind, SectorId};
use polybius_document::{MentionKind, Relation, Token, TokenId, Upos};

use crate::descriptions::RULERS;
use crate::participants::{Resolver, Side, plain_role};
use crate::phrases::{in_set, lemmas_to_head, lower_lemma, preposition};
use crate::pronouns::SURE;
use crate::references::is_definite;
use crate::{Participant, ResolvedBy};

impl Resolver<'_> {
    /// The longest role noun with which the phrase ends: "president", "vice president".
    pub(crate) fn role_of(&self, token: Token<'_>) -> Option<&Role> {
        let lemmas = lemmas_to_head(token);
        let words: Vec<&str> = lemmas.iter().map(String::as_str).collect();
        self.codebook.roles.ending(&words).map(|(_, role)| role)
    }

    /// Whether the codebook knows offices of the person, but none on the day.
    fn holds_none(&self, person: &Participant) -> bool {
        let (Some(entity), Some(day)) = (person.entity, self.document.article().published) else { return false };
        let entity = self.codebook.entities.get(entity);
        let any = entity.rows.iter().any(|&row| !self.codebook.entities.row(row).role.is_empty());
        any && crate::choice::held_on(self.codebook, entity, day).is_none()
    }

    /// A common noun for a person, people or body, with its country, name or office if the phrase gives them.
    pub(crate) fn role_noun(&self, token: Token<'_>, side: Side, depth: u8) -> Option<Participant> {
        if !matches!(token.upos(), Upos::Noun | Upos::Propn | Upos::Adj) {
            return None;
        }
        let mut lemmas = lemmas_to_head(token);
        lemmas.extend(self.rest_of_title(token));
        let words: Vec<&str> = lemmas.iter().map(String::as_str).collect();
        let bystander = || self.codebook.roles.bystander(&words).filter(|_| self.bystanders);
        let role = self.codebook.roles.ending(&words).map(|(_, role)| role).or_else(bystander)?;
        // "threatened force", "met with resistance".
        let alone = || {
            token.children().all(|child| {
                matches!(child.relation(), Relation::Case | Relation::Punct | Relation::Conj | Relation::Cc)
            })
        };
        if in_set(self.codebook, "abstract_alone", &role.noun) && token.feature("Number") != Some("Plur") && alone() {
            return None;
        }
        // "opposition to the reform" is no party.
        let towards = token.children_by(Relation::Nmod).any(|child| preposition(child).as_deref() == Some("to"));
        if role.kind == RoleKind::People && towards {
            return None;
        }
        let span = self.phrase_span(token);
        if let Some(named) = self.name_beside(token) {
            let head = self.document.token(named.tokens.start);
            if let Some(known) = self.known_person(named, head).or_else(|| self.holder_named(token, role, named)) {
                // "Commodore Bainimarama", who becomes prime minister later.
                let titled = role.kind != RoleKind::Bystander && self.holds_none(&known);
                let sector = if titled { Some(role.sector) } else { known.sector };
                return Some(Participant { span: span.join(known.span), sector, ..known });
            }
        }
        if role.kind == RoleKind::Body
            && let Some(named) = self.body_beside(token)
        {
            return Some(named);
        }
        if matches!(role.kind, RoleKind::Person | RoleKind::Bystander)
            && let Some(named) = self.predicated(token, depth)
        {
            return Some(named);
        }
        // "Irish lawmakers and mayors" are both Irish.
        let shared = || {
            let bare = token.relation() == Relation::Conj && token.children_by(Relation::Det).next().is_none();
            token
                .head()
                .filter(|first| bare && first.upos() == Upos::Noun)
                .and_then(|first| self.country_of(first, depth))
        };
        let stated = self.country_of(token, depth).or_else(|| self.told_before(token, depth)).or_else(shared);
        let stated_none = stated.is_none();
        let name_beside = self.name_beside(token).filter(|name| name.rows.is_empty());
        if name_beside.is_none()
            && let Some(known) = self.taken_up(token, role, stated.as_ref(), depth)
        {
            return Some(self.at(known, token));
        }
        let owner = stated.or_else(|| {
            // "avenge the general": somebody acted on may be anybody's.
            let anybody = side == Side::Recipient && role.kind == RoleKind::Person;
            if anybody { None } else { self.country_in_focus(token, role) }
        });
        let text = |span: polybius_document::Span| self.document.text(span).to_owned();
        if stated_none && let Some(row) = self.body_of_one(token, role) {
            return Some(self.of_row(row, span, token.id, ResolvedBy::RoleNoun));
        }
        if let Some(name) = name_beside {
            let own = self.document.span_of(&name.tokens);
            return Some(Participant {
                entity: owner.as_ref().and_then(|owner| self.body_served(owner)),
                name: text(own),
                span: span.join(own),
                head: token.id,
                country: owner.as_ref().and_then(|owner| owner.country.clone()),
                sector: self.sector_under(token, role, owner.as_ref()),
                role: plain_role(&role.role),
                resolved_by: ResolvedBy::UnknownName,
                meant: None,
            });
        }
        let Some(owner) = owner else {
            return Some(Participant {
                entity: None,
                name: text(span),
                span,
                head: token.id,
                country: None,
                sector: Some(role.sector),
                role: plain_role(&role.role),
                resolved_by: ResolvedBy::RoleNoun,
                meant: None,
            });
        };
        let owner = self.state_served(token, role, owner);
        let body =
            || self.body_of(token, role, &owner).map(|row| self.of_row(row, span, token.id, ResolvedBy::RoleNoun));
        self.office_holder(token, role, &owner, span).or_else(body).or_else(|| {
            Some(Participant {
                entity: owner.entity,
                name: text(span),
                span,
                head: token.id,
                sector: self.sector_under(token, role, Some(&owner)),
                country: owner.country,
                role: plain_role(&role.role),
                resolved_by: ResolvedBy::RoleNoun,
                meant: None,
            })
        })
    }

    /// "attorney general": the word after a noun without which its title is not whole.
    fn rest_of_title(&self, token: Token<'_>) -> Option<String> {
        let next = token.children().find(|child| {
            let between = child.id.0.saturating_sub(token.id.0);
            let hyphen = between == 2 && self.document.token(TokenId(token.id.0 + 1)).text() == "-";
            child.upos() != Upos::Punct && (between == 1 || hyphen)
        })?;
        let (noun, rest) = (lower_lemma(token), lower_lemma(next));
        self.codebook.roles.get(&format!("{noun} {rest}")).map(|_| rest)
    }

    /// "the ruling party, ZANU-PF": the name of the body beside its noun.
    fn body_beside(&self, token: Token<'_>) -> Option<Participant> {
        let name = token.children_by(Relation::Appos).find_map(|child| self.names.over(child.id))?;
        let row = self.best_row(&name.rows)?;
        let kind = self.kind_of(self.codebook.entities.row(row).entity);
        let body =
            matches!(kind, Kind::Body | Kind::Party | Kind::Group | Kind::Organisation | Kind::Company | Kind::Outlet);
        body.then(|| self.known(name, token)).flatten()
    }

    /// What somebody of `owner` is: of an organisation, an armed group or a body that they head, what it is; a fighter of a people is
    /// not the people; peacekeepers of a state are its soldiers.
    fn sector_under(&self, token: Token<'_>, role: &Role, owner: Option<&Participant>) -> Option<SectorId> {
        let own = || Some(self.sector_of(token, role));
        let Some((owner, entity)) = owner.and_then(|owner| Some((owner, owner.entity?))) else { return own() };
        let kind = self.kind_of(entity);
        let class = |sector: SectorId| self.codebook.ontology.sector(sector).class;
        let armed = owner.sector.is_some_and(|sector| {
            // "Taliban fighters" are what the Taliban are on the day.
            let fights = class(role.sector) == Some(Class::Armed);
            class(sector) == Some(Class::Armed) || (fights && self.codebook.ontology.sector(sector).state)
        });
        let heads = role.kind == RoleKind::Person && in_set(self.codebook, "head", &lower_lemma(token));
        match kind {
            Kind::Group if armed => owner.sector,
            Kind::Body if heads => owner.sector,
            // "a Fatah official", "the company's spokesman": but "Labour lawmakers", "company lawyers".
            Kind::Party | Kind::Company | Kind::Ngo | Kind::Outlet if heads || self.is_official_noun(role) => {
                owner.sector
            }
            Kind::Country if in_set(self.codebook, "blue_helmet", &role.noun) => {
                self.codebook.roles.get(SOLDIERS).map(|role| role.sector)
            }
            Kind::Group => own(),
            _ if owner.country.is_none() => owner.sector,
            _ => own(),
        }
    }

    /// "his troops", "her ministers": of an official the people of the state.
    fn state_served(&self, token: Token<'_>, role: &Role, owner: Participant) -> Participant {
        let many = role.kind != RoleKind::Person || token.feature("Number") == Some("Plur");
        let of_state = self.codebook.ontology.sector(role.sector).state && many && self.is_official(&owner);
        let country = owner.country.as_deref().filter(|_| of_state);
        let state = country.and_then(|country| self.of_country(country, owner.span, owner.head, owner.resolved_by));
        state.unwrap_or(owner)
    }

    /// "official", "spokesman", "founder": whoever serves anybody, and says not what.
    fn is_official_noun(&self, role: &Role) -> bool {
        let none = self.codebook.roles.get(UNTOLD).map(|role| role.sector);
        let office = role.role.is_empty() || in_set(self.codebook, "shared_office", &role.role);
        let rulers = self.codebook.roles.get(RULERS).map(|role| role.sector);
        let sector = Some(role.sector);
        role.kind == RoleKind::Person && (sector == none || office && sector == rulers)
    }

    /// "the head of the army" is of the army.
    fn sector_of(&self, token: Token<'_>, role: &Role) -> SectorId {
        let heads = in_set(self.codebook, "head", &lower_lemma(token)) || !role.role.is_empty();
        let led = self.sector_led(token).filter(|_| heads && role.kind == RoleKind::Person && self.leads_body(token));
        led.unwrap_or(role.sector)
    }

    /// Whether the phrase is one body of its kind: "the opposition".
    pub(crate) fn is_body(&self, token: Token<'_>) -> bool {
        let lemma = lower_lemma(token);
        let body = self.codebook.roles.get(&lemma).is_some_and(|role| role.kind == RoleKind::Body);
        let body = body || in_set(self.codebook, "collective", &lemma);
        body && is_definite(token)
    }

    /// The country or body that a noun belongs to by its modifiers.
    pub(crate) fn country_of(&self, token: Token<'_>, depth: u8) -> Option<Participant> {
        let owner = |child: Token<'_>| {
            self.resolve_within(child.id, Side::Actor, depth)
                .filter(|owner| owner.country.is_some() || owner.entity.is_some())
        };
        // A town only tells in which country its people are.
        let owner = |child: Token<'_>| {
            let one = owner(child)?;
            let town = one.entity.is_some_and(|entity| self.kind_of(entity) == Kind::Place);
            let place = self.names.over(child.id).filter(|_| town).and_then(|name| self.place_named(name).country);
            Some(if town { Participant { entity: None, country: place.or(one.country), ..one } } else { one })
        };
        // "his Greek counterpart" is no countryman of his.
        let counterpart = in_set(self.codebook, "counterpart", &lower_lemma(token));
        // "A spokesman for the movement in Hamburg" is the movement's, whoever that is.
        let serves = token
            .children_by(Relation::Nmod)
            .any(|child| matches!(preposition(child).as_deref(), Some("of" | "from" | "for")));
        let is = |set: &str| in_set(self.codebook, set, &lower_lemma(token));
        // "an adviser to the crown prince"; "diplomats in Managua" are of anywhere else.
        let (assists, from_abroad) = (is("assistant"), is("from_abroad"));
        token
            .children()
            .filter(|child| !(counterpart && child.relation() == Relation::NmodPoss))
            .filter(|child| match child.relation() {
                Relation::NmodPoss
                | Relation::Compound
                | Relation::Amod
                | Relation::NmodDesc
                | Relation::NmodUnmarked => {
                    self.names.over(child.id).is_some()
                        || child.upos() == Upos::Pron
                        || child.relation() == Relation::NmodPoss
                }
                Relation::Nmod => match preposition(*child).as_deref() {
                    Some("of" | "from" | "for") => true,
                    Some("to") => assists,
                    preposition => preposition == Some("in") && !serves && !from_abroad,
                },
                _ => false,
            })
            .find_map(owner)
            .or_else(|| self.name_before(token))
    }

    /// A name that stands before the noun within its phrase, for parses that hang it elsewhere: "a high-ranking European
    /// Union (EU) official".
    fn name_before(&self, token: Token<'_>) -> Option<Participant> {
        let first = self.document.sentence(self.document.sentence_of(token.id)).tokens.start;
        let mut at = token.id;
        while at > first {
            at = TokenId(at.0 - 1);
            let word = self.document.token(at);
            let within =
                matches!(word.upos(), Upos::Noun | Upos::Propn | Upos::Adj) || matches!(word.text(), "(" | ")" | "-");
            if !within {
                return None;
            }
            if let Some(name) = self.names.over(at).filter(|name| !name.rows.is_empty()) {
                return self.known(name, word).filter(|owner| owner.country.is_some() || owner.entity.is_some());
            }
        }
        None
    }

    /// Who "the spokesman" is, after "a spokesman for the Kenyan police": what an earlier phrase of its chain tells of the same noun.
    fn told_before(&self, token: Token<'_>, depth: u8) -> Option<Participant> {
        let chain = self.document.chain_at(token.id)?;
        let phrases = || self.mentions_near(chain, token.id).filter(|mention| mention.kind == MentionKind::Phrase);
        let own = phrases().find(|mention| self.document.head_of(mention) == token.id)?;
        if own.score < SURE {
            return None;
        }
        let earlier = phrases().map(|mention| self.document.token(self.document.head_of(mention)));
        earlier
            .filter(|other| other.id < token.id && other.lemma() == token.lemma())
            .find_map(|other| self.country_of(other, depth))
    }

    /// The sector and country of a title that stands beside a name.
    pub(crate) fn role_noun_plain(&self, token: Token<'_>, depth: u8) -> Option<Participant> {
        let role = self.role_of(token)?;
        let owner = self.country_of(token, depth).or_else(|| self.country_of(token.head()?, depth));
        let span = self.phrase_span(token);
        Some(Participant {
            entity: None,
            name: self.document.text(span).to_owned(),
            span,
            head: token.id,
            sector: self.sector_under(token, role, owner.as_ref()),
            country: owner.and_then(|owner| owner.country),
            role: plain_role(&role.role),
            resolved_by: ResolvedBy::RoleNoun,
            meant: None,
        })
    }
}

/// A noun that says nothing of whom somebody serves.
const UNTOLD: &str = "chairman";

/// What peacekeepers of a state are.
const SOLDIERS: &str = "soldier";
