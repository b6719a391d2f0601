//! Who a phrase names: from its words, its modifiers, its chain, or the speaker of the quotation around it.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;

use polybius_codebook::{Class, Codebook, EntityId, Form, Kind, RoleKind, RowId};
use polybius_document::{Chain, Document, Mention, MentionKind, Relation, Token, TokenId, Upos};

use crate::names::{NameMatch, Names};
use crate::phrases::{antecedent, in_set, is_relative, lemmas_to_head, preposition};
use crate::quotes::Quotes;
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
    /// The country that most of the article is about, found when first asked for.
    pub(crate) main_country: OnceCell<Option<Participant>>,
    /// What was resolved since [`Resolver::forget`]: phrases that own each other ask for the same again and again.
    pub(crate) resolved: RefCell<HashMap<(TokenId, Side, u8), Option<Participant>>>,
}

/// How likely a description must take up an earlier phrase to be read as one.
const SURE: f32 = 0.6;

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
        self.resolve_within(head, side, 4)
    }

    pub(crate) fn resolve_within(&self, head: TokenId, side: Side, depth: u8) -> Option<Participant> {
        let depth = depth.checked_sub(1)?;
        let key = (head, side, depth);
        if let Some(known) = self.resolved.borrow().get(&key) {
            return known.clone();
        }
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
            return self.known(name, token);
        }
        // "BRICS is a bloc, which Iran joined": the bloc is BRICS.
        if token.children_by(Relation::Cop).next().is_some()
            && let Some(subject) = token.children_by(Relation::Nsubj).next()
        {
            let named = self.resolve_within(subject.id, side, depth)?;
            return Some(Participant { resolved_by: ResolvedBy::Coreference, ..named });
        }
        if let Some(participant) = self.role_noun(token, side, depth) {
            return Some(participant);
        }
        if let Some(name) = name {
            return self.unknown(name, token, depth);
        }
        self.owner(token, side, depth)
    }

    fn pronoun(&self, token: Token<'_>, side: Side, depth: u8) -> Option<Participant> {
        if is_relative(token) {
            let noun = antecedent(token)?;
            return self.resolve_within(noun.id, side, depth);
        }
        if token.feature("Person") == Some("1") {
            let speaker = self.quotes?.speaker_at(token.id)?;
            return Some(Participant {
                span: token.span(),
                head: token.id,
                resolved_by: ResolvedBy::Speaker,
                ..speaker.clone()
            });
        }
        // "beating migrants and expelling them": as an object, "them" is likelier the object before than the subject of all.
        let object = token.relation() == Relation::Obj && token.feature("Number") == Some("Plur");
        let named = if object {
            self.by_salience(token, depth).or_else(|| self.by_chain(token, side, depth))
        } else {
            self.by_chain(token, side, depth).or_else(|| self.by_salience(token, depth))
        }?;
        Some(Participant { span: token.span(), head: token.id, resolved_by: ResolvedBy::Pronoun, ..named })
    }

    /// What the chain of the phrase that `token` heads names, the nearest before it first.
    fn by_chain(&self, token: Token<'_>, side: Side, depth: u8) -> Option<Participant> {
        let chain = self.document.chain_at(token.id)?;
        let named = self.mentions_near(chain, token.id).filter(|other| !is_reference(other));
        let heads = named.map(|other| self.document.head_of(other)).filter(|&head| head != token.id);
        let (mut before, after): (Vec<TokenId>, Vec<TokenId>) = heads.partition(|&head| head < token.id);
        before.reverse();
        before.into_iter().chain(after).find_map(|head| self.resolve_within(head, side, depth))
    }

    /// The mentions of `chain` around `token`, in text order.
    fn mentions_near<'c>(&'c self, chain: &'c Chain, token: TokenId) -> impl DoubleEndedIterator<Item = &'c Mention> {
        let here = chain.mentions.partition_point(|&mention| self.document.mention(mention).tokens.start < token);
        let near = here.saturating_sub(MOST_MENTIONS)..chain.mentions.len().min(here + MOST_MENTIONS);
        chain.mentions[near].iter().map(|&mention| self.document.mention(mention))
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
        Some(self.of_row(row, span, token.id, resolved_by))
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

    pub(crate) fn of_row(
        &self,
        row: RowId,
        span: polybius_document::Span,
        head: TokenId,
        resolved_by: ResolvedBy,
    ) -> Participant {
        let entities = &self.codebook.entities;
        let entity = entities.get(entities.row(row).entity);
        let office = entities.row(crate::choice::office(self.codebook, row, self.document.article().published));
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
            country: entity.country.as_deref().map(str::to_owned),
            sector: office.sector,
            role,
            resolved_by,
        }
    }

    /// A common noun for a person, people or body, with its country, name or office if the phrase gives them.
    fn role_noun(&self, token: Token<'_>, side: Side, depth: u8) -> Option<Participant> {
        if !matches!(token.upos(), Upos::Noun | Upos::Propn | Upos::Adj) {
            return None;
        }
        let lemmas = lemmas_to_head(token);
        let words: Vec<&str> = lemmas.iter().map(String::as_str).collect();
        let (_, role) = self.codebook.roles.ending(&words)?;
        // "opposition to the reform" is no party.
        let towards = token.children_by(Relation::Nmod).any(|child| preposition(child).as_deref() == Some("to"));
        if role.kind == RoleKind::People && towards {
            return None;
        }
        let span = self.phrase_span(token);
        if let Some(named) = self.name_beside(token) {
            let head = self.document.token(named.tokens.start);
            if let Some(known) = self.known_person(named, head) {
                return Some(Participant { span: span.join(known.span), ..known });
            }
        }
        let owner = self.country_of(token, depth).or_else(|| self.told_before(token, depth)).or_else(|| {
            // "avenge the general": somebody acted on may be anybody's.
            let anybody = side == Side::Recipient && role.kind == RoleKind::Person;
            if anybody { None } else { self.country_in_focus(token, role) }
        });
        let name_beside = self.name_beside(token).filter(|name| name.rows.is_empty());
        let text = |span: polybius_document::Span| self.document.text(span).to_owned();
        if let Some(name) = name_beside {
            let own = self.document.span_of(&name.tokens);
            return Some(Participant {
                entity: None,
                name: text(own),
                span: span.join(own),
                head: token.id,
                country: owner.as_ref().and_then(|owner| owner.country.clone()),
                sector: Some(role.sector),
                role: plain_role(&role.role),
                resolved_by: ResolvedBy::UnknownName,
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
            });
        };
        self.office_holder(token, role, &owner, span).or_else(|| {
            // An official of an organisation belongs to it; a fighter of a people is not the people.
            let kind = owner.entity.map(|entity| self.kind_of(entity));
            let international = owner.country.is_none() && kind != Some(Kind::Group);
            let armed = kind == Some(Kind::Group)
                && owner.sector.is_some_and(|sector| self.codebook.ontology.sector(sector).class == Some(Class::Armed));
            let international = international || armed;
            Some(Participant {
                entity: owner.entity,
                name: text(span),
                span,
                head: token.id,
                country: owner.country,
                sector: if international { owner.sector } else { Some(role.sector) },
                role: plain_role(&role.role),
                resolved_by: ResolvedBy::RoleNoun,
            })
        })
    }

    pub(crate) fn kind_of(&self, entity: EntityId) -> Kind {
        self.codebook.entities.get(entity).kind
    }

    /// The country or body that a noun belongs to by its modifiers.
    fn country_of(&self, token: Token<'_>, depth: u8) -> Option<Participant> {
        let owner = |child: Token<'_>| {
            self.resolve_within(child.id, Side::Actor, depth)
                .filter(|owner| owner.country.is_some() || owner.entity.is_some())
        };
        // "his Greek counterpart" is no countryman of his.
        let counterpart = in_set(self.codebook, "counterpart", &crate::phrases::lower_lemma(token));
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
                Relation::Nmod => matches!(preposition(*child).as_deref(), Some("of" | "from" | "in" | "for")),
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

    /// A name that only the language engine knows, with what its title or apposition says of it.
    fn unknown(&self, name: &NameMatch, token: Token<'_>, depth: u8) -> Option<Participant> {
        // A place of unknown country acts for nobody.
        if matches!(name.mention, Some(MentionKind::Gpe | MentionKind::Loc | MentionKind::Fac)) {
            return None;
        }
        let described = token
            .children()
            .filter(|child| {
                matches!(child.relation(), Relation::Appos | Relation::NmodDesc | Relation::Compound | Relation::Amod)
            })
            .filter(|child| !name.tokens.contains(&child.id))
            .find_map(|child| self.role_noun_plain(child, depth));
        let owner = self.country_of(token, depth);
        let span = self.document.span_of(&name.tokens);
        let sector = described.as_ref().and_then(|described| described.sector);
        Some(Participant {
            entity: None,
            name: self.fullest_name(name),
            span,
            head: token.id,
            country: described
                .as_ref()
                .and_then(|described| described.country.clone())
                .or(owner.and_then(|owner| owner.country)),
            sector,
            role: described.and_then(|described| described.role),
            resolved_by: ResolvedBy::UnknownName,
        })
    }

    /// "Lokwang" is who was introduced as "Peter Lokwang".
    fn fullest_name(&self, name: &NameMatch) -> String {
        let own = self.document.text(self.document.span_of(&name.tokens));
        let chain = (name.tokens.start.0..name.tokens.end.0).find_map(|token| self.document.chain_at(TokenId(token)));
        let others = chain.into_iter().flat_map(|chain| self.document.mentions_of(chain).take(MOST_MENTIONS));
        let names = others.filter_map(|other| self.names.over(self.document.head_of(other)));
        let people = names.filter(|other| other.mention == Some(MentionKind::Person));
        let longest = people
            .map(|other| self.document.text(self.document.span_of(&other.tokens)))
            .filter(|text| text.contains(own))
            .max_by_key(|text| text.len());
        longest.filter(|longest| longest.len() > own.len()).unwrap_or(own).to_owned()
    }

    /// The sector and country of a title that stands beside a name.
    fn role_noun_plain(&self, token: Token<'_>, depth: u8) -> Option<Participant> {
        let lemmas = lemmas_to_head(token);
        let words: Vec<&str> = lemmas.iter().map(String::as_str).collect();
        let (_, role) = self.codebook.roles.ending(&words)?;
        let owner = self.country_of(token, depth).or_else(|| self.country_of(token.head()?, depth));
        let span = self.phrase_span(token);
        Some(Participant {
            entity: None,
            name: self.document.text(span).to_owned(),
            span,
            head: token.id,
            country: owner.and_then(|owner| owner.country),
            sector: Some(role.sector),
            role: plain_role(&role.role),
            resolved_by: ResolvedBy::RoleNoun,
        })
    }

    /// Whoever a thing belongs to: "Hezbollah positions", "the sovereignty of Syria", "a building in Damascus".
    fn owner(&self, token: Token<'_>, side: Side, depth: u8) -> Option<Participant> {
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
    fn phrase_span(&self, token: Token<'_>) -> polybius_document::Span {
        let possessor = token.children_by(Relation::NmodPoss).filter(|child| child.id < token.id);
        let whole = |child: Token<'_>| {
            self.names.over(child.id).map_or(child.span(), |name| self.document.span_of(&name.tokens))
        };
        crate::phrases::core_left(token).chain(possessor).map(whole).fold(token.span(), |span, left| span.join(left))
    }
}

fn plain_role(role: &str) -> Option<Role> {
    (!role.is_empty()).then(|| Role { name: role.to_owned(), from: String::new(), until: String::new() })
}

/// Whether a mention only refers to what others of its chain name.
fn is_reference(mention: &Mention) -> bool {
    matches!(mention.kind, MentionKind::Pronoun | MentionKind::Group)
}
