//! Definite descriptions of bodies, groups and countries: "the group", "the court", "the kingdom" mean what the article named before.
//!
//! Each takes the nearest that fits, and nothing where nothing does.

use polybius_codebook::{Class, Kind, Role, RoleKind, SectorId};
use polybius_document::{MentionKind, Relation, SentenceId, Token, TokenId, Upos};

use crate::choice::FORMER;
use crate::descriptions::RULERS;
use crate::names::NameMatch;
use crate::participants::{Resolver, Side};
use crate::phrases::{core_left, in_set, lower_lemma, preposition};
use crate::pronouns::{SURE, subjects_above};
use crate::scene::REACH;
use crate::{Participant, ResolvedBy};

/// How many names back a description may reach, so that an article of any length is read in linear time.
pub(crate) const MOST_NAMES: usize = 500;
/// How likely a chain must hold a definite noun.
const TAKEN_UP: f32 = 0.4;

impl Resolver<'_> {
    /// "the paper", "the commodore": whom the chain of a definite noun names, where nothing else tells whom it means.
    pub(crate) fn told_by_chain(&self, token: Token<'_>, depth: u8) -> Option<Participant> {
        let chain = self.document.chain_at(token.id).filter(|_| token.upos() == Upos::Noun && is_definite(token))?;
        let heads = || self.mentions_near(chain, token.id).map(|other| (other, self.document.head_of(other)));
        heads().find(|(own, head)| *head == token.id && own.score >= TAKEN_UP)?;
        let others = self.cannot_be(token);
        let is_listed = |head: &TokenId| self.names.over(*head).is_some_and(|name| !name.rows.is_empty());
        let named = heads().map(|(_, head)| head).filter(|head| is_listed(head) && !self.is_among(*head, &others));
        let (before, after): (Vec<TokenId>, Vec<TokenId>) = named.partition(|head| *head < token.id);
        let nearest = before.into_iter().rev().chain(after).next()?;
        let named = self.resolve_within(nearest, Side::Actor, depth)?;
        named.entity.map(|_| Participant { resolved_by: ResolvedBy::Coreference, ..self.at(named, token) })
    }

    /// Whom a noun that acts takes up: of its chain, or the last person, group or body of its kind that was named.
    pub(crate) fn taken_up(
        &self,
        token: Token<'_>,
        role: &Role,
        owner: Option<&Participant>,
        depth: u8,
    ) -> Option<Participant> {
        // "Bolivia's first indigenous president".
        let past = || role.kind == RoleKind::Person && self.is_former(token, Some(role));
        let owned = || token.children_by(Relation::NmodPoss).next().is_some();
        // "The president of the Senate" is not the president whom the text named.
        // "a rebel demand" is one of the rebels.
        let modifies = matches!(token.relation(), Relation::Compound | Relation::Amod);
        let plural = token.feature("Number") == Some("Plur") || modifies;
        let definite = is_definite(token) || owned() && past() || plural && self.is_in_headline(token);
        let of_war = || self.rebels_of_war(token, role, owner).filter(|_| plural);
        if !definite || self.leads_body(token) && !self.leads_foes(token) {
            return of_war();
        }
        let found = match role.kind {
            RoleKind::Body => self.named_before(token),
            // "the peacekeepers": of the organisation that was named last.
            _ if plural && owner.is_none() && in_set(self.codebook, "peacekeeper", &lower_lemma(token)) => {
                self.last_of(token, &[Kind::Organisation])
            }
            _ if plural => self.fighters_before(token, role, owner).or_else(of_war),
            _ => self.person_described(token, Some(role), owner),
        };
        let by_chain = || {
            let alone = owner.is_none() && !plural;
            let likely = || self.by_chain(token, SURE, depth).or_else(|| self.told_by_chain(token, depth));
            // "called the new envoy a pirate": a noun further on names nobody.
            let names = |one: &Participant| one.entity.is_some() || one.head < token.id;
            // "The government blamed Damascus" is not Syria's.
            let object = token.head().filter(|_| token.relation() == Relation::Nsubj);
            let object = object.and_then(|verb| verb.children_by(Relation::Obj).next());
            let struck = object.and_then(|object| self.resolve_within(object.id, Side::Recipient, depth)?.country);
            let acts = |one: &Participant| role.kind != RoleKind::Body || struck.is_none() || one.country != struck;
            alone.then(likely).flatten().filter(|one| names(one) && acts(one) && self.may_be_called(one, role))
        };
        found.or_else(by_chain).map(|one| Participant { resolved_by: ResolvedBy::Coreference, ..one })
    }

    /// Whether a chain may link a noun to somebody: a body of the state is no person and no band of rebels, and whoever holds one
    /// office is not called by another ("the chief of staff").
    fn may_be_called(&self, one: &Participant, role: &Role) -> bool {
        let state = self.codebook.ontology.sector(role.sector).state;
        let office = one.role.as_ref().map_or("", |held| &*held.name);
        if one.resolved_by == ResolvedBy::UnknownName && !role.role.is_empty() && office != &*role.role {
            return false;
        }
        // "The National Assembly … the main opposition party".
        let group = one.entity.is_some_and(|entity| self.kind_of(entity) == Kind::Group);
        let at_home = one.country.is_some() || one.entity.is_none() && one.sector.is_some();
        if role.kind == RoleKind::Body && !group && at_home && state != self.is_of_state(one) {
            return false;
        }
        let person = one.entity.is_some_and(|entity| self.kind_of(entity) == Kind::Person);
        if role.kind == RoleKind::Body || !state || !person {
            return role.kind != RoleKind::Body || !state || !(person || self.is_armed_group(one));
        }
        let held = office.strip_prefix(FORMER).unwrap_or(office);
        let leads = |noun: &str| in_set(self.codebook, "leader", noun);
        let rules = Some(role.sector) == self.codebook.roles.get(RULERS).map(|role| role.sector);
        held.is_empty()
            || held == &*role.role
            || (role.role.is_empty()
                && (!rules || leads(&role.noun) && leads(held) || in_set(self.codebook, "epithet", &role.noun)))
    }

    /// "the rebels", "the separatists": the armed group that the article is mostly about, else the last named.
    fn fighters_before(&self, token: Token<'_>, role: &Role, owner: Option<&Participant>) -> Option<Participant> {
        let state = self.codebook.ontology.sector(role.sector).state;
        if owner.is_some() || state || !self.is_armed(role.sector) {
            return None;
        }
        let known = |name: &NameMatch| self.known(name, self.document.token(name.tokens.start));
        let near = || self.recent(token.id).filter_map(known).find(|one| self.is_armed_group(one));
        // "the militants, who have sworn loyalty to Islamic State": a name further on in the sentence is another.
        let elsewhere = |one: &Participant| {
            one.head < token.id || self.document.sentence_of(one.head) != self.document.sentence_of(token.id)
        };
        // Gunmen may be anybody's; rebels are a side of the war that the article tells of.
        let repeated = self.is_repeated(token);
        if repeated && !in_set(self.codebook, "rebel", &lower_lemma(token)) {
            return None;
        }
        self.main_group().filter(elsewhere).or_else(|| if repeated { None } else { near() })
    }

    /// "Tamil rebels", "leftist rebels" where an article tells of one war at home: its main armed group.
    fn rebels_of_war(&self, token: Token<'_>, role: &Role, owner: Option<&Participant>) -> Option<Participant> {
        let state = self.codebook.ontology.sector(role.sector).state;
        // "rebel forces" as well as "rebels".
        let mut words = core_left(token).chain([token]);
        let rebel = words.any(|word| in_set(self.codebook, "rebel", &lower_lemma(word)));
        if state || !self.is_armed(role.sector) || !rebel {
            return None;
        }
        let group = self.main_group()?;
        let theirs = owner.is_none_or(|owner| match owner.entity.map(|entity| self.kind_of(entity)) {
            Some(Kind::Country) => owner.country == group.country,
            // A people.
            Some(Kind::Group) => {
                !self.is_armed_group(owner) && owner.country.as_ref().is_none_or(|_| owner.country == group.country)
            }
            _ => false,
        });
        theirs.then(|| self.referred(group, token))
    }

    /// Whether a word stands in the headline, where nouns have no articles: "Rebels take Goma".
    pub(crate) fn is_in_headline(&self, token: Token<'_>) -> bool {
        let sentence = self.document.sentence(self.document.sentence_of(token.id));
        let last = self.document.token(TokenId(sentence.tokens.end.0 - 1));
        sentence.tokens.start == TokenId(0) && last.upos() != Upos::Punct
    }

    /// Whether the last sentences have the same noun without an article: "Gunmen burst in … the gunmen".
    fn is_repeated(&self, token: Token<'_>) -> bool {
        let first = SentenceId(self.document.sentence_of(token.id).0.saturating_sub(REACH - 1));
        let before = self.document.tokens(self.document.sentence(first).tokens.start..token.id);
        let same = |other: &Token<'_>| {
            let heads = !matches!(other.relation(), Relation::Compound | Relation::Amod);
            heads && other.upos() == Upos::Noun && other.lemma() == token.lemma()
        };
        before.filter(same).any(|other| !is_definite(other) && other.children_by(Relation::NmodPoss).next().is_none())
    }

    fn is_armed(&self, sector: SectorId) -> bool {
        self.codebook.ontology.sector(sector).class == Some(Class::Armed)
    }

    fn is_armed_group(&self, one: &Participant) -> bool {
        one.entity.is_some_and(|entity| self.kind_of(entity) == Kind::Group)
            && one.sector.is_some_and(|sector| self.is_armed(sector))
    }

    /// The armed group that the article is about.
    pub(crate) fn main_group(&self) -> Option<Participant> {
        self.main_group.get_or_init(|| self.find_main_group()).clone()
    }

    /// The armed group that half or more of the article's names of such groups name; of two alike the first.
    fn find_main_group(&self) -> Option<Participant> {
        let names = self.names.all().filter_map(|name| self.known(name, self.document.token(name.tokens.start)));
        let mut groups: Vec<(Participant, usize)> = Vec::new();
        for one in names.filter(|one| self.is_armed_group(one)) {
            match groups.iter_mut().find(|(other, _)| other.entity == one.entity) {
                Some((_, count)) => *count += 1,
                None => groups.push((one, 1)),
            }
        }
        let all: usize = groups.iter().map(|(_, count)| count).sum();
        groups.into_iter().find(|(_, count)| 2 * count >= all).map(|(group, _)| group)
    }

    /// "the country", "the group", "the court": the last thing of that kind that was named.
    pub(crate) fn named_before(&self, token: Token<'_>) -> Option<Participant> {
        // "The bloc, whose leaders meet on Sunday" says more of whom the text has named.
        let aside = |child: Token<'_>| {
            child.relation() == Relation::AclRelcl
                && child.id > token.id
                && self.document.token(TokenId(token.id.0 + 1)).text() == ","
        };
        let described = token.children().filter(|child| !aside(*child)).any(|child| {
            matches!(child.relation(), Relation::NmodPoss | Relation::Nmod | Relation::AclRelcl | Relation::Compound)
        });
        if !is_common(token) || !is_definite(token) || described || token.feature("Number") == Some("Plur") {
            return None;
        }
        let lemma = lower_lemma(token);
        let is = |set: &str| in_set(self.codebook, set, &lemma);
        if is("country") {
            return self.own_nation(token).or_else(|| self.country_in_view(token));
        }
        let placed = preposition(token).is_some();
        let kinds: &[Kind] = match () {
            _ if is("group") => &[Kind::Group, Kind::Party],
            _ if is("bloc") => &[Kind::Organisation],
            _ if is("enterprise") => &[Kind::Company],
            _ if is("medium") => &[Kind::Outlet],
            _ if is("island") && !placed => {
                return self.island_before(token).or_else(|| self.country_in_view(token));
            }
            _ if is("region") && !placed => &[Kind::Territory, Kind::Place],
            _ => &[],
        };
        let unlisted = || is("enterprise").then(|| self.unlisted_before(token)).flatten();
        self.of_that_name(token).or_else(|| self.last_of(token, kinds)).or_else(unlisted)
    }

    /// "asked the nation for patience": of whoever speaks; "had ruled the country", "fled the country": of whoever rules it.
    fn own_nation(&self, token: Token<'_>) -> Option<Participant> {
        let verb =
            token.head().filter(|_| matches!(token.relation(), Relation::Obj | Relation::Iobj | Relation::Obl))?;
        let verb_is = |set: &str| in_set(self.codebook, set, &lower_lemma(verb));
        let speaks = self.codebook.cues.speech_verb(&lower_lemma(verb)).is_some() || verb_is("addressing");
        let own = in_set(self.codebook, "own_nation", &lower_lemma(token)) && speaks
            || token.relation() == Relation::Obj && verb_is("ruling");
        let subject = verb.children_by(Relation::Nsubj).next().filter(|_| own)?;
        let speaker = self.resolve_within(subject.id, Side::Actor, 2).filter(|one| speaks || self.is_official(one))?;
        self.of_country(speaker.country.as_deref()?, token.span(), token.id, ResolvedBy::Coreference)
    }

    /// "the statement": whoever put it out, or said something in one: "said in a statement", "issued a statement".
    pub(crate) fn issuer(&self, token: Token<'_>, depth: u8) -> Option<Participant> {
        let is_paper = |word: Token<'_>| in_set(self.codebook, "paper", &lower_lemma(word));
        if !is_definite(token) || !is_paper(token) {
            return None;
        }
        let first = SentenceId(self.document.sentence_of(token.id).0.saturating_sub(2 * REACH));
        let before = self.document.tokens(self.document.sentence(first).tokens.start..token.id);
        let mut issued = before.filter(|paper| paper.lemma() == token.lemma()).filter_map(|paper| {
            let verb = paper.head().filter(|_| matches!(paper.relation(), Relation::Obl | Relation::Obj))?;
            let lemma = lower_lemma(verb);
            let says = self.codebook.cues.speech_verb(&lemma).is_some() || in_set(self.codebook, "issuing", &lemma);
            verb.children_by(Relation::Nsubj).next().filter(|_| says)
        });
        let subject = issued.next_back()?;
        Some(self.referred(self.resolve_within(subject.id, Side::Actor, depth)?, token))
    }

    /// "the company": the last organisation named that the codebook lacks.
    fn unlisted_before(&self, token: Token<'_>) -> Option<Participant> {
        let here = self.document.sentence_of(token.id).0;
        let near = |name: &&NameMatch| here - self.document.sentence_of(name.tokens.start).0 < REACH;
        let mut names = self.names.before(token.id).take_while(near);
        let name = names.find(|name| name.rows.is_empty() && name.mention == Some(MentionKind::Org))?;
        let one = self.resolve_within(self.top_of(name).id, Side::Actor, 1)?;
        let sector = one.sector.or_else(|| self.codebook.roles.get(&lower_lemma(token)).map(|role| role.sector));
        (one.entity.is_none()).then(|| Participant { sector, ..self.referred(one, token) })
    }

    /// "the court" after "the International Criminal Court": the last body whose name holds the noun.
    fn of_that_name(&self, token: Token<'_>) -> Option<Participant> {
        let noun = lower_lemma(token);
        let role = self.codebook.roles.get(&noun);
        let kinds = [Kind::Organisation, Kind::Body, Kind::Party, Kind::Group, Kind::Company, Kind::Ngo, Kind::Outlet];
        let words: Vec<String> = core_left(token).map(|word| word.text().to_lowercase()).collect();
        let entities = &self.codebook.entities;
        self.things_before(token).find(|one| {
            let Some(entity) = one.entity.map(|entity| entities.get(entity)) else { return false };
            // "the army" is the state's, not the Kosovo Liberation Army.
            let state = role.is_some_and(|role| self.codebook.ontology.sector(role.sector).state);
            let fits = !state || entity.kind == Kind::Organisation || role.map(|role| role.sector) == one.sector;
            fits && kinds.contains(&entity.kind)
                && entity.rows.iter().any(|&row| {
                    let name = entities.row(row).name.to_lowercase();
                    let has = |word: &str| name.split([' ', '-']).any(|part| part == word);
                    has(&noun) && words.iter().all(|word| has(word))
                })
        })
    }

    /// The last thing of one of these kinds; of a country, if the phrase says so: "the Basque group".
    fn last_of(&self, token: Token<'_>, kinds: &[Kind]) -> Option<Participant> {
        let native = core_left(token)
            .filter(|word| self.names.is_demonym(word.id))
            .find_map(|word| self.known(self.names.over(word.id)?, word))
            .and_then(|one| one.country);
        let of_kind = |one: &Participant| one.entity.is_some_and(|entity| kinds.contains(&self.kind_of(entity)));
        let is = |one: &Participant| of_kind(one) && (native.is_none() || one.country == native);
        let found = (!kinds.is_empty()).then(|| self.things_before(token).find(is)).flatten();
        found.map(|one| self.referred(one, token))
    }

    /// "the island": the last territory named, or place whose name says that it is one.
    fn island_before(&self, token: Token<'_>) -> Option<Participant> {
        let is_island = |one: &Participant| {
            let kind = one.entity.map(|entity| self.kind_of(entity));
            let mut words = one.name.split(' ').map(str::to_lowercase);
            let called = |word: String| in_set(self.codebook, "island", word.trim_end_matches('s'));
            kind == Some(Kind::Territory) || kind == Some(Kind::Place) && words.any(called)
        };
        self.things_before(token).find(is_island).map(|one| self.referred(one, token))
    }

    /// Whatever was named before, the nearest first, but not the subject of the same clause: "the EU has given the country …".
    /// Whoever acts or is the place of all comes before a nationality.
    fn things_before(&self, token: Token<'_>) -> impl Iterator<Item = Participant> {
        let subject = token.head().and_then(|verb| verb.children_by(Relation::Nsubj).next()).map(|subject| subject.id);
        let names = move || {
            let names = self.names.before(token.id).take(MOST_NAMES);
            names.filter(move |name| subject.is_none_or(|subject| !name.tokens.contains(&subject)))
        };
        let demonym = |name: &&NameMatch| self.names.is_demonym(name.tokens.start);
        let all = names().filter(move |name| !demonym(name)).chain(names().filter(demonym));
        all.filter_map(|name| self.known(name, self.document.token(name.tokens.start)))
    }

    /// "the country", "the kingdom": of the states named before the one that the text is most about, if it does not act itself in
    /// the same clause.
    fn country_in_view(&self, token: Token<'_>) -> Option<Participant> {
        let subjects: Vec<Participant> = subjects_above(token)
            .filter_map(|subject| self.known(self.names.over(subject)?, self.document.token(subject)))
            .filter(|one| one.entity.is_some_and(|entity| self.kind_of(entity) != Kind::Person))
            .collect();
        let is_state = |one: &Participant| {
            one.entity.is_some_and(|entity| {
                matches!(self.kind_of(entity), Kind::Country | Kind::FormerCountry | Kind::Territory)
            })
        };
        let mut states: Vec<Participant> = Vec::new();
        for one in self.things_before(token).filter(is_state) {
            let told = states.iter().any(|other| other.country == one.country);
            if !told && !subjects.iter().any(|subject| subject.country == one.country) {
                states.push(one);
            }
        }
        let lemma = lower_lemma(token);
        if in_set(self.codebook, "form_of_state", &lemma) {
            let entities = &self.codebook.entities;
            let called = |one: &Participant| {
                let rows = one.entity.map_or(&[][..], |entity| &entities.get(entity).rows);
                let mut names = rows.iter().map(|&row| entities.row(row).name.to_lowercase());
                names.any(|name| name.split(' ').any(|word| word.trim_end_matches('s') == lemma))
            };
            if states.iter().any(called) {
                states.retain(called);
            }
        }
        let weights = self.weights_of_countries(token.id);
        let weight = |one: &Participant| one.country.as_deref().map_or(0.0, |country| weights.of(country));
        let most = states.iter().map(weight).fold(0.0, f32::max);
        states.into_iter().find(|one| weight(one) == most).map(|one| self.referred(one, token))
    }

    /// Whose "its neighbour", "Pakistan's rival", "his ally" is: somebody else than whoever owns the phrase.
    pub(crate) fn owner_of_other(&self, token: Token<'_>, depth: u8) -> Option<Participant> {
        let possessor = token.children_by(Relation::NmodPoss).next()?;
        if !in_set(self.codebook, "other_side", &lower_lemma(token)) {
            return None;
        }
        // "its Arab neighbours" are told by their own name.
        let named = core_left(token).any(|word| self.names.over(word.id).is_some());
        let owner = (!named).then(|| self.resolve_within(possessor.id, Side::Actor, depth)).flatten()?;
        let kind = self.kind_of(owner.entity?);
        // "his neighbours" are people.
        let side = is_state(kind) || matches!(kind, Kind::Group | Kind::Party | Kind::Organisation);
        let person = kind == Kind::Person
            && token.feature("Number") != Some("Plur")
            && !in_set(self.codebook, "country", &lower_lemma(token));
        (side || person).then_some(owner)
    }

    /// The name beside the noun, or the only other state, group or person of the owner's kind that the last sentences name.
    pub(crate) fn other_than(&self, owner: &Participant, token: Token<'_>) -> Option<Participant> {
        let beside = token.children_by(Relation::Appos).find_map(|child| Some((child, self.names.over(child.id)?)));
        if let Some((child, name)) = beside {
            return self.resolve_within(child.id, Side::Actor, 1).filter(|_| !name.rows.is_empty());
        }
        if token.feature("Number") == Some("Plur") {
            return None;
        }
        let person = |one: &Participant| one.entity.is_some_and(|entity| self.kind_of(entity) == Kind::Person);
        let state = |one: &Participant| one.entity.is_some_and(|entity| is_state(self.kind_of(entity)));
        let owned_by_person = person(owner);
        let mut others: Vec<Participant> = Vec::new();
        for name in self.recent(token.id) {
            let Some(one) = self.known(name, self.document.token(name.tokens.start)) else { continue };
            let fits = if owned_by_person { person(&one) } else { state(&one) && one.country != owner.country };
            let told =
                |other: &Participant| other.entity == one.entity || (!owned_by_person && other.country == one.country);
            if fits && one.entity != owner.entity && !others.iter().any(told) {
                others.push(one);
            }
        }
        match others.as_slice() {
            [other] => Some(self.referred(other.clone(), token)),
            _ => None,
        }
    }

    /// "the South": the state of that half of a land.
    pub(crate) fn half(&self, token: Token<'_>) -> Option<Participant> {
        let word = token.text().to_lowercase();
        let bare =
            token.children().all(|child| matches!(child.relation(), Relation::Det | Relation::Case | Relation::Punct));
        if !in_set(self.codebook, "half", &word) || !is_definite(token) || !bare {
            return None;
        }
        let is_half = |one: &Participant| {
            let state =
                one.entity.is_some_and(|entity| matches!(self.kind_of(entity), Kind::Country | Kind::FormerCountry));
            state && one.name.split(' ').next().is_some_and(|first| first.to_lowercase() == word)
        };
        let before = self.names.before(token.id).take(MOST_NAMES);
        let near = before.chain(self.names.all().take(MOST_NAMES));
        let mut states = near.filter_map(|name| self.known(name, self.document.token(name.tokens.start)));
        states.find(is_half).map(|one| self.referred(one, token))
    }

    fn referred(&self, one: Participant, token: Token<'_>) -> Participant {
        Participant { resolved_by: ResolvedBy::Coreference, ..self.at(one, token) }
    }

    /// The same participant, named by `token`.
    pub(crate) fn at(&self, one: Participant, token: Token<'_>) -> Participant {
        Participant { span: token.span(), head: token.id, meant: None, ..one }
    }
}

fn is_state(kind: Kind) -> bool {
    matches!(kind, Kind::Country | Kind::FormerCountry | Kind::Territory)
}

/// "the", "this", whatever the parser hangs it on.
pub(crate) fn is_definite(token: Token<'_>) -> bool {
    let is_definite = |det: Token<'_>| {
        det.upos() == Upos::Det && (det.feature("Definite") == Some("Def") || det.feature("PronType") == Some("Dem"))
    };
    // "the 71-year-old": the article stands before the number.
    let aged =
        token.lemma() == "old" && token.before().and_then(Token::before).is_some_and(|word| word.lemma() == "year");
    aged || token.children_by(Relation::Det).any(is_definite) || token.before().is_some_and(is_definite)
}

/// A noun in small letters, also where the tagger takes it for a name or adjective: "the prince", "the general".
pub(crate) fn is_common(token: Token<'_>) -> bool {
    let small = token.text().starts_with(char::is_lowercase);
    token.upos() == Upos::Noun || (small && matches!(token.upos(), Upos::Propn | Upos::Adj))
}
