//! "the two countries", "both sides", "the brothers": two whom the text named together, or last; "the six parties": as many as that.

use std::ops::RangeInclusive;

use polybius_codebook::{Kind, Role, RoleKind};
use polybius_document::{Relation, SentenceId, Token, TokenId};

use crate::names::NameMatch;
use crate::participants::{Resolver, Side};
use crate::phrases::{conjuncts, in_set, lower_lemma};
use crate::references::{MOST_NAMES, is_definite};
use crate::scene::REACH;
use crate::{Participant, ResolvedBy};

/// What the numbers from two on are called.
const NUMBERS: [&[&str]; 9] =
    [&["two", "both", "2"], &["three"], &["four"], &["five"], &["six"], &["seven"], &["eight"], &["nine"], &["ten"]];
/// How many times as much as any third the two weigh that an article is about.
const HALF: f32 = 2.0;

/// What two, or more, are asked for.
struct Wanted<'a> {
    /// How many; three or more where the phrase only says that it means all.
    n: RangeInclusive<usize>,
    people: bool,
    party: bool,
    /// "both sides" may be of any kind.
    sides: bool,
    /// The office that both hold.
    office: Option<&'a Role>,
    /// "the two Koreas", "the two Kims": the word both share.
    shared: Option<&'a str>,
    /// "the brothers": both have one surname.
    kin: bool,
    /// "the two armies" are those of two states.
    body: Option<&'a Role>,
}

impl Resolver<'_> {
    /// The two whom a phrase such as "the two countries" or "both sides" means.
    pub(crate) fn pair(&self, token: Token<'_>) -> Vec<Participant> {
        let number = |word: Token<'_>| NUMBERS.iter().position(|names| names.contains(&word.lemma())).map(|at| at + 2);
        let is_two = |word: Token<'_>| number(word) == Some(2);
        let lemma = lower_lemma(token);
        let plural = token.feature("Number") == Some("Plur");
        // "between the two", "urged both": nobody else is named.
        let bare = is_two(token)
            && matches!(
                token.relation(),
                Relation::Nsubj | Relation::NsubjPass | Relation::Obj | Relation::Obl | Relation::Nmod
            )
            && token
                .children()
                .all(|child| matches!(child.relation(), Relation::Det | Relation::Case | Relation::Punct));
        // "the warring parties", "the delegations", "Yemen's warring sides": all that there are.
        let warring = || crate::phrases::core_left(token).any(|word| in_set(self.codebook, "warring", word.lemma()));
        let opposed = plural && (is_definite(token) || warring()) && in_set(self.codebook, "opposed", &lemma);
        let counting = |child: &Token<'_>| {
            matches!(child.relation(), Relation::Nummod | Relation::Det | Relation::DetPredet | Relation::Amod)
        };
        let counted = token.before().and_then(number);
        let counted = counted.or_else(|| token.children().filter(counting).find_map(number));
        // "the three largest parties" are of somebody else.
        let plain = || {
            let describes =
                |child: Token<'_>| matches!(child.relation(), Relation::Amod | Relation::Nmod | Relation::AclRelcl);
            is_definite(token) && !token.children().any(|child| describes(child) && number(child).is_none())
        };
        // "sent two ministers" are any two.
        let known = || {
            let both = |child: Token<'_>| child.lemma() == "both" || child.relation() == Relation::NmodPoss;
            is_definite(token) || self.is_in_headline(token) || token.children().any(both)
        };
        let two = bare || opposed || counted.is_some_and(|n| n == 2 && known() || plain());
        let kin = in_set(self.codebook, "kin", &lemma) && plural && is_definite(token);
        let proper = token.text().starts_with(char::is_uppercase) && token.text().ends_with('s');
        if !(two || kin) || !(bare || kin || in_set(self.codebook, "pair", &lemma) || proper) {
            return Vec::new();
        }
        // "both protest camps" are no states.
        let of_kind = |word: Token<'_>| word.relation() == Relation::Compound && self.names.over(word.id).is_none();
        if in_set(self.codebook, "pair_of_any", &lemma) && crate::phrases::core_left(token).any(of_kind) {
            return Vec::new();
        }
        let role = self.role_of(token);
        let people = kin || in_set(self.codebook, "pair_of_people", &lemma);
        let many = if counted.is_none() && opposed { 3..=usize::MAX } else { counted.map_or(2..=2, |n| n..=n) };
        let mut wanted = Wanted {
            n: 2..=2,
            people,
            party: lemma == "party" && !opposed,
            sides: bare || opposed || in_set(self.codebook, "pair_of_any", &lemma),
            office: role.filter(|role| people && !role.role.is_empty()),
            shared: proper.then(|| token.text().trim_end_matches('s')),
            kin,
            body: role.filter(|role| role.kind == RoleKind::Body && lemma != "party" && !opposed),
        };
        let of_two = counted.is_none_or(|n| n == 2);
        let none = Vec::is_empty;
        let mut found = Vec::new();
        if of_two {
            found = self.named_together(token, &wanted);
            found = if none(&found) { self.at_war(token, &wanted) } else { found };
            found = if none(&found) { self.main_two(token, &wanted) } else { found };
        }
        if none(&found) && *many.start() > 2 {
            wanted.n = many;
            found = self.named_together(token, &wanted);
        }
        if none(&found) && of_two && (wanted.office.is_some() || people && !kin && !proper) {
            found = self.main_holders(token, &wanted);
        }
        if none(&found) && of_two { self.last_two(token, &wanted) } else { found }
    }

    /// "the two presidents", "the two leaders": those of the two countries that are most in view, where it has named both.
    fn main_holders(&self, token: Token<'_>, wanted: &Wanted<'_>) -> Vec<Participant> {
        let weights = self.weights_of_countries(token.id);
        let mut found: Vec<Participant> = Vec::new();
        let subjects = crate::pronouns::subjects_above(token);
        let acting: Vec<Option<String>> =
            subjects.filter_map(|one| Some(self.resolve_within(one, Side::Actor, 1)?.country)).collect();
        let acts = |country: &&str| acting.iter().any(|one| one.as_deref() == Some(*country));
        for country in weights.heaviest().into_iter().filter(|country| !acts(country)).take(2) {
            let names = self.names.before(token.id).take(MOST_NAMES);
            let named = names.filter_map(|name| self.known(name, self.document.token(name.tokens.start)));
            let native = named.filter(|one| one.country.as_deref() == Some(country));
            found.extend(
                native.map(|one| self.as_wanted(vec![one], token, wanted)).find_map(|one| one.into_iter().next()),
            );
        }
        if found.len() == 2 { found } else { Vec::new() }
    }

    /// The last two that stand together in one phrase before: "Bush and Major … the two leaders"; of more, anywhere before.
    fn named_together(&self, token: Token<'_>, wanted: &Wanted<'_>) -> Vec<Participant> {
        let here = self.document.sentence_of(token.id);
        let subjects: Vec<TokenId> = crate::pronouns::subjects_above(token).collect();
        let reach = if *wanted.n.start() > 2 { u32::MAX } else { REACH };
        for back in 0..reach {
            let Some(sentence) = here.0.checked_sub(back).map(SentenceId) else { break };
            let tokens = self.document.sentence(sentence).tokens.clone();
            let end = tokens.end.min(token.id);
            let heads = self.document.tokens(tokens.start..end).filter(|head| {
                head.relation() != Relation::Conj && !subjects.contains(&head.id) && !head.governs(token.id)
            });
            let heads: Vec<Token<'_>> = heads.collect();
            for head in heads.into_iter().rev() {
                let both = conjuncts(head);
                if !wanted.n.contains(&both.len()) || both[1].id >= token.id {
                    continue;
                }
                let n = both.len();
                let named: Vec<Participant> =
                    both.into_iter().filter_map(|one| self.resolve_within(one.id, Side::Actor, 2)).collect();
                let found = self.as_wanted(named, token, wanted);
                if found.len() == n {
                    return found;
                }
            }
        }
        Vec::new()
    }

    /// Both sides of a war at home, a state and its main armed group, unless the last two that were named are that group and another.
    fn at_war(&self, token: Token<'_>, wanted: &Wanted<'_>) -> Vec<Participant> {
        let main = self.weights_of_article().heaviest();
        let as_meant = |country: &str| self.of_country(country, token.span(), token.id, ResolvedBy::Coreference);
        let home = main.first().filter(|_| wanted.sides).and_then(|country| as_meant(country));
        let group = self.main_group().filter(|group| group.country.as_deref() == main.first().copied());
        let (Some(home), Some(group)) = (home, group) else { return Vec::new() };
        let last = self.last_two(token, wanted);
        if last.iter().any(|one| one.entity == group.entity) {
            return last;
        }
        vec![home, Participant { resolved_by: ResolvedBy::Coreference, ..self.at(group, token) }]
    }

    /// The two countries that the article is about, where no third is named half as much other than as ground.
    fn main_two(&self, token: Token<'_>, wanted: &Wanted<'_>) -> Vec<Participant> {
        let weights = self.weights_of_actors();
        let main = weights.heaviest();
        let weight = |at: usize| main.get(at).map_or(0.0, |country| weights.of(country));
        let states = !(wanted.people || wanted.party || wanted.shared.is_some() || wanted.body.is_some());
        if !states || weight(2) * HALF > weight(1) {
            return Vec::new();
        }
        let as_meant = |country: &&str| self.of_country(country, token.span(), token.id, ResolvedBy::Coreference);
        let found = self.as_wanted(main.iter().take(2).filter_map(as_meant).collect(), token, wanted);
        if found.len() == 2 { found } else { Vec::new() }
    }

    /// The last two that were named before.
    fn last_two(&self, token: Token<'_>, wanted: &Wanted<'_>) -> Vec<Participant> {
        let subjects: Vec<TokenId> = crate::pronouns::subjects_above(token).collect();
        let is_subject = |name: &NameMatch| subjects.iter().any(|subject| name.tokens.contains(subject));
        let names = self.names.before(token.id).take(MOST_NAMES);
        let mut found: Vec<Participant> = Vec::new();
        for name in names.filter(|name| self.is_side(name) && !is_subject(name)) {
            let Some(one) = self.resolve_within(name.tokens.start, Side::Actor, 2) else { continue };
            let one = self.as_wanted(vec![one], token, wanted).into_iter().next();
            let state = !wanted.people && !wanted.party;
            let told = |one: &Participant| {
                let same = |other: &Participant| {
                    other.entity == one.entity || (state && wanted.shared.is_none() && other.country == one.country)
                };
                found.iter().any(same)
            };
            found.extend(one.filter(|one| one.country.is_some() && !told(one)));
            let kin = |found: &[Participant]| !wanted.kin || found.len() < 2 || are_kin(&found[0], &found[1]);
            if found.len() == 2 && kin(&found) {
                found.reverse();
                return found;
            }
        }
        Vec::new()
    }

    /// Those of `named` that are what is asked for, as such: of persons their states where states are.
    fn as_wanted(&self, named: Vec<Participant>, token: Token<'_>, wanted: &Wanted<'_>) -> Vec<Participant> {
        let fits = |one: &Participant| {
            let Some(kind) = one.entity.map(|entity| self.kind_of(entity)) else { return false };
            match (wanted.shared, wanted.office) {
                (Some(word), _) => one.name.split([' ', '-']).any(|part| part == word),
                (None, Some(office)) => {
                    kind == Kind::Person && one.role.as_ref().is_some_and(|role| *role.name == *office.role)
                }
                _ if wanted.people => kind == Kind::Person,
                _ if wanted.party => kind == Kind::Party,
                _ if wanted.sides => is_state(kind) || matches!(kind, Kind::Group | Kind::Party),
                _ => is_state(kind),
            }
        };
        // "Guaido and Maduro … both sides": two of one state are no states.
        let countrymen = wanted.sides && named.len() == 2 && named[0].country == named[1].country;
        let mut found: Vec<Participant> = Vec::new();
        for one in named {
            let kind = one.entity.map(|entity| self.kind_of(entity));
            let member = wanted.shared.is_some() && fits(&one);
            let state = !wanted.people && !wanted.party && !member && !countrymen && kind.is_some_and(is_state);
            let one = if state { self.state_of(one) } else { one };
            if fits(&one) && !found.iter().any(|other| other.entity == one.entity) {
                let sector = wanted.body.filter(|_| state).map(|role| role.sector).or(one.sector);
                found.push(Participant { sector, resolved_by: ResolvedBy::Coreference, ..self.at(one, token) });
            }
        }
        if wanted.kin && found.len() == 2 && !are_kin(&found[0], &found[1]) {
            return Vec::new();
        }
        found
    }

    /// The state for which a person or body stands.
    fn state_of(&self, one: Participant) -> Participant {
        let stands = one.entity.is_some_and(|entity| matches!(self.kind_of(entity), Kind::Person | Kind::Body));
        let country = one.country.as_deref().filter(|_| stands);
        let state = country.and_then(|country| self.of_country(country, one.span, one.head, ResolvedBy::Coreference));
        state.unwrap_or(one)
    }

    /// A name that only places or describes something is no side: "at the Turkmenistan summit".
    fn is_side(&self, name: &NameMatch) -> bool {
        let head = self.top_of(name);
        let modifies = head.relation() == Relation::Compound && !self.names.is_demonym(head.id);
        !(name.rows.is_empty() || modifies || self.literal_place(head).is_some())
    }
}

fn is_state(kind: Kind) -> bool {
    matches!(kind, Kind::Country | Kind::FormerCountry | Kind::Territory | Kind::Person | Kind::Body)
}

/// Whether two persons have one surname.
fn are_kin(one: &Participant, other: &Participant) -> bool {
    let surname = |person: &Participant| person.name.rsplit(' ').next().map(str::to_owned);
    surname(one) == surname(other)
}
