//! Which place of the atlas a name means: one sense for a name and article, weighed by what stands around it.
//!
//! A name's candidates are the places that bear it; if none does, those of the longest run of its words that is a name, near
//! which it then lies, if they are well known or not far; else it lies near what is named beside it. The best has the highest
//! sum of
//!
//! 1. what is known before reading: how many people live there; countries stand above regions, usual names above others;
//! 2. what the text says of it: "Paris, Texas", "Tripoli in Lebanon", "Lebanon's Tripoli", "the Lebanese city of Tripoli";
//! 3. what the article is about: the countries of its other names, nationalities included, and the regions of its other places;
//! 4. whether another place of the article is close.
//!
//! The last two are worked out anew when the other names have been settled.

use std::collections::HashMap;
use std::ops::Range;

use polybius_codebook::{AtlasId, AtlasPlace, Form, Kind, PlaceKind, PlaceName, RowId, kilometres};
use polybius_document::{Document, MentionKind, Span, TokenId, Upos};

use crate::names::NameMatch;
use crate::participants::Resolver;
use crate::phrases::in_set;

/// How often the names are weighed.
const N_ROUNDS: usize = 3;
/// How many names of an article are told apart; later ones are places like any other but tell nothing of the rest.
const MOST_NAMES: usize = 200;
/// How many places of a name are weighed, the most likely ones.
const MOST_PLACES: usize = 40;
/// How far before a name its country may stand: "Lebanon's second city, Tripoli".
const REACH: u32 = 5;
/// Places this close, in kilometres, are spoken of together.
const CLOSE: f64 = 120.0;
/// How many names beside an unknown one are looked at, and how many sentences back.
const MOST_BESIDE: usize = 20;
const SENTENCES_BACK: u32 = 5;
/// A part of a name is the place that it seems to be if so many people live there, or if it is close to where the text is.
const WELL_KNOWN: f64 = 50_000.0;
/// What it counts that the text itself says where a place lies, that a place is the one named so, and that the codebook lists a town.
const SAID: f64 = 6.0;
const SAID_OF_IT: f64 = 4.0;
const SAID_BEFORE: f64 = 3.0;
const LISTED: f64 = 1.0;

/// Where a name was found to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Settled {
    /// The place.
    pub(crate) id: AtlasId,
    /// Whether the name is the place's own, rather than one that holds it: "Kunduz airport".
    pub(crate) own: bool,
    /// Whether it only stands beside a name of that place, and no part of it is one.
    pub(crate) guessed: bool,
}

/// The places of a document, by the first token of their names.
#[derive(Debug, Default)]
pub(crate) struct Toponyms {
    list: Vec<(TokenId, Settled)>,
}

impl Toponyms {
    /// The places that the names of the document mean.
    pub(crate) fn of(resolver: &Resolver<'_>) -> Toponyms {
        let names = resolver.names.all().filter(|name| resolver.is_place_name(name));
        let mentions: Vec<PlaceMention> = names.flat_map(|name| PlaceMention::of(resolver.document, name)).collect();
        let settled = settle(resolver, &mentions);
        let list = mentions.iter().zip(settled).filter_map(|(mention, at)| Some((mention.tokens.start, at?)));
        Toponyms { list: list.collect() }
    }

    /// The place of the name that starts with `token`.
    pub(crate) fn at(&self, token: TokenId) -> Option<Settled> {
        let index = self.list.binary_search_by_key(&token, |(start, _)| *start).ok()?;
        Some(self.list[index].1)
    }
}

/// The name of a place where it stands.
#[derive(Debug, Clone)]
pub(crate) struct PlaceMention {
    pub(crate) tokens: Range<TokenId>,
    pub(crate) rows: Vec<RowId>,
}

impl PlaceMention {
    /// A name, or two where a comma stands in it: "Austin, Tex."
    fn of(document: &Document, name: &NameMatch) -> Vec<PlaceMention> {
        let mut tokens = document.tokens(name.tokens.clone());
        let Range { start, end } = name.tokens;
        match tokens.find(|token| token.text() == ",").filter(|comma| comma.id > start && comma.id.0 + 1 < end.0) {
            Some(comma) => {
                let before = PlaceMention { tokens: start..comma.id, rows: Vec::new() };
                vec![before, PlaceMention { tokens: TokenId(comma.id.0 + 1)..end, rows: Vec::new() }]
            }
            None => vec![PlaceMention { tokens: start..end, rows: name.rows.clone() }],
        }
    }
}

/// A place that a name may mean.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    id: AtlasId,
    place: AtlasPlace<'static>,
    own: bool,
    /// How likely it is before reading.
    known: f64,
}

/// A name, wherever it stands.
struct Name {
    candidates: Vec<Candidate>,
    n_mentions: usize,
    /// Names said to hold this one, or to lie in it.
    around: Vec<usize>,
    inside: Vec<usize>,
    /// The countries named just before it.
    before: Vec<&'static str>,
    chosen: Option<usize>,
}

/// The place of each mention, which stand in text order.
pub(crate) fn settle(resolver: &Resolver<'_>, mentions: &[PlaceMention]) -> Vec<Option<Settled>> {
    let document = resolver.document;
    let mut numbers: HashMap<String, usize> = HashMap::new();
    let mut names: Vec<Name> = Vec::new();
    let mut number_of = Vec::new();
    for mention in mentions {
        let text = document.text(document.span_of(&mention.tokens)).to_lowercase();
        let number = *numbers.entry(text).or_insert_with(|| {
            names.push(Name::new(candidates(resolver, mention)));
            names.len() - 1
        });
        names[number].n_mentions += 1;
        let before = country_before(resolver, mention);
        names[number].before.extend(before);
        number_of.push(number);
    }
    for (index, pair) in mentions.windows(2).enumerate() {
        let (inner, outer) = (number_of[index], number_of[index + 1]);
        if inner != outer && joins(document, pair[0].tokens.end, pair[1].tokens.start) {
            names[inner].around.push(outer);
            names[outer].inside.push(inner);
        }
    }
    let background = background(resolver);
    for _ in 0..N_ROUNDS {
        let evidence = Evidence::of(&background, &names);
        let chosen: Vec<Option<usize>> =
            (0..names.len()).map(|number| evidence.best(&names, number).map(|(index, _)| index)).collect();
        for (name, chosen) in names.iter_mut().zip(chosen) {
            name.chosen = chosen;
        }
    }
    let chosen = |index: usize| {
        let name: &Name = &names[number_of[index]];
        name.chosen.map(|chosen| name.candidates[chosen])
    };
    // A state that acts tells nothing of where an unknown village lies.
    let acts = |index: usize| {
        let state = chosen(index).is_some_and(|one| one.place.kind == PlaceKind::Country);
        state && resolver.names.over(mentions[index].tokens.start).is_some_and(|name| !resolver.is_only_ground(name))
    };
    let settled = (0..mentions.len()).map(|index| {
        let own = chosen(index).filter(|one| one.own);
        let near = || beside(document, mentions, index, |other| chosen(other).filter(|one| one.own && !acts(other)));
        let part = chosen(index).filter(|part| {
            part.place.population > WELL_KNOWN || near().is_none_or(|near| apart(&part.place, &near.place) < CLOSE)
        });
        let guessed = own.is_none() && part.is_none();
        let settled = own.or(part).or_else(near).or(chosen(index));
        settled.map(|one| Settled { id: one.id, own: own.is_some(), guessed })
    });
    settled.collect()
}

/// What `of` gives for the nearest other mention: before it in its sentence, after it there, or in the sentences before.
fn beside<T>(
    document: &Document,
    mentions: &[PlaceMention],
    index: usize,
    of: impl Fn(usize) -> Option<T>,
) -> Option<T> {
    let sentence = |mention: &PlaceMention| document.sentence_of(mention.tokens.start).0;
    let here = sentence(&mentions[index]);
    let before = || (0..index).rev().take(MOST_BESIDE);
    let after = (index + 1..mentions.len()).take(MOST_BESIDE);
    let mut same = before().chain(after).filter(|&other| sentence(&mentions[other]) == here);
    let mut earlier = before().filter(|&other| here - sentence(&mentions[other]) <= SENTENCES_BACK);
    same.find_map(&of).or_else(|| earlier.find_map(&of))
}

fn apart(one: &AtlasPlace<'_>, other: &AtlasPlace<'_>) -> f64 {
    kilometres((one.latitude, one.longitude), (other.latitude, other.longitude))
}

impl Name {
    fn new(candidates: Vec<Candidate>) -> Name {
        let (around, inside, before) = (Vec::new(), Vec::new(), Vec::new());
        Name { candidates, n_mentions: 0, around, inside, before, chosen: None }
    }

    fn place(&self) -> Option<&AtlasPlace<'static>> {
        Some(&self.candidates[self.chosen?].place)
    }

    /// How much it tells of where the article is.
    fn weight(&self) -> f64 {
        self.n_mentions.min(3) as f64
    }
}

/// The places that a name may mean, the likeliest first.
fn candidates(resolver: &Resolver<'_>, mention: &PlaceMention) -> Vec<Candidate> {
    let document = resolver.document;
    let text = |tokens: &Range<TokenId>| document.text(document.span_of(tokens));
    let mut found = named(resolver, text(&mention.tokens), true);
    let entities = &resolver.codebook.entities;
    let of_row = |row: &RowId| entities.get(entities.row(*row).entity).country.as_deref();
    for one in found.iter_mut().filter(|one| one.place.kind == PlaceKind::City && one.place.country.is_some()) {
        one.known += if mention.rows.iter().any(|row| of_row(row) == one.place.country) { LISTED } else { 0.0 };
    }
    found.extend(country_row(resolver, &mention.rows));
    if found.is_empty() {
        let part = parts(&mention.tokens).find_map(|tokens| {
            let capital = document.token(tokens.start).text().starts_with(char::is_uppercase);
            let places = if capital { named(resolver, text(&tokens), false) } else { Vec::new() };
            (!places.is_empty()).then_some((tokens, places))
        });
        if let Some((tokens, places)) = part {
            let mut rest = document.tokens(mention.tokens.clone()).filter(|token| !tokens.contains(&token.id));
            let plain = |lower: &str| in_set(resolver.codebook, "place_word", lower);
            let own = rest.all(|token| {
                matches!(token.upos(), Upos::Det | Upos::Adp | Upos::Punct | Upos::Part)
                    || plain(&token.text().to_lowercase())
            });
            found = places.into_iter().map(|place| Candidate { own, ..place }).collect();
        }
    }
    if found.is_empty() {
        found.extend(country_of_row(resolver, &mention.rows));
    }
    found.sort_by(|one, other| other.known.total_cmp(&one.known));
    found.truncate(MOST_PLACES);
    found
}

/// Runs of a name's words, the longest first: at most six words long, for time.
fn parts(tokens: &Range<TokenId>) -> impl Iterator<Item = Range<TokenId>> {
    let (start, end) = (tokens.start.0, tokens.end.0.min(tokens.start.0 + 8));
    let lengths = (1..(end - start).min(7)).rev();
    lengths.flat_map(move |length| (start..=end - length).map(move |first| TokenId(first)..TokenId(first + length)))
}

/// The places of this name in the atlas.
fn named(resolver: &Resolver<'_>, text: &str, whole: bool) -> Vec<Candidate> {
    let atlas = &resolver.codebook.atlas;
    let abbreviates = text.ends_with('.') || text.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    let places = atlas.named(text).filter(|(_, naming)| *naming != PlaceName::Short || (whole && abbreviates));
    let candidate = |(id, naming)| {
        let place = atlas.place(id);
        Candidate { id, place, own: whole, known: known_before(&place, naming) }
    };
    places.map(candidate).collect()
}

fn known_before(place: &AtlasPlace<'_>, naming: PlaceName) -> f64 {
    let people = (place.population + 10.0).log10();
    let by_kind = match place.kind {
        PlaceKind::Area => 7.5,
        PlaceKind::Country => people + 4.0,
        PlaceKind::Region => people - 0.6,
        PlaceKind::District => people - 1.5,
        PlaceKind::City => people + f64::from(u8::from(place.capital)),
        PlaceKind::Site => 6.5,
    };
    by_kind
        - match naming {
            PlaceName::Usual => 0.0,
            PlaceName::Minor => 1.5,
            PlaceName::Short => 4.0,
        }
}

/// The country that the codebook knows by the name.
fn country_row(resolver: &Resolver<'_>, rows: &[RowId]) -> Option<Candidate> {
    let entities = &resolver.codebook.entities;
    let country = rows.iter().find_map(|&row| {
        let row = entities.row(row);
        let entity = entities.get(row.entity);
        let names = !matches!(row.form, Form::Demonym | Form::Capital | Form::Seat);
        let held = resolver.document.article().published.is_none_or(|day| row.holds_on(day));
        let state = entity.kind == Kind::Country || entity.kind == Kind::FormerCountry && held;
        (names && state).then_some(entity.country.as_deref()).flatten()
    })?;
    let id = resolver.codebook.atlas.country(country)?;
    let place = resolver.codebook.atlas.place(id);
    Some(Candidate { id, place, own: true, known: known_before(&place, PlaceName::Usual) })
}

/// The country in which the codebook says that a place lies which the atlas does not have.
fn country_of_row(resolver: &Resolver<'_>, rows: &[RowId]) -> Option<Candidate> {
    let entities = &resolver.codebook.entities;
    let mut countries = rows.iter().filter_map(|&row| entities.get(entities.row(row).entity).country.as_deref());
    let id = resolver.codebook.atlas.country(countries.next()?)?;
    let place = resolver.codebook.atlas.place(id);
    Some(Candidate { id, place, own: false, known: known_before(&place, PlaceName::Usual) })
}

/// Whether the words between two names say that the second holds the first: "Paris, Texas", "Tripoli in northern Lebanon".
fn joins(document: &Document, end: TokenId, start: TokenId) -> bool {
    let between: Vec<&str> = document.tokens(end..start).map(|token| token.text()).collect();
    match between.as_slice() {
        [","] | ["("] | ["in"] | [",", "in"] => document.sentence_of(end) == document.sentence_of(start),
        ["in", _] | [",", "in", _] | [",", _] => document.token(TokenId(start.0 - 1)).upos() == Upos::Adj,
        _ => false,
    }
}

/// The country that stands just before a place: "Lebanon's Tripoli", "the Lebanese city of Tripoli".
fn country_before(resolver: &Resolver<'_>, mention: &PlaceMention) -> Option<&'static str> {
    let (document, entities) = (resolver.document, &resolver.codebook.entities);
    let start = mention.tokens.start;
    let first = document.sentence(document.sentence_of(start)).tokens.start;
    let name = resolver.names.before(start).next().filter(|name| name.tokens.end.0 + REACH > start.0)?;
    let between = || document.tokens(name.tokens.end..start);
    let owns = between().next().is_some_and(|token| matches!(token.text(), "'s" | "’s" | "'" | "’"));
    let demonym = resolver.names.is_demonym(name.tokens.start);
    let plain = between().all(|token| !matches!(token.upos(), Upos::Verb | Upos::Cconj | Upos::Propn));
    let of_place =
        demonym && between().any(|token| in_set(resolver.codebook, "place_word", &token.text().to_lowercase()));
    (name.tokens.start >= first && plain && (owns || of_place)).then_some(())?;
    let row = resolver.best_row(&name.rows)?;
    let country = entities.get(entities.row(row).entity).country.as_deref()?;
    let atlas = &resolver.codebook.atlas;
    atlas.place(atlas.country(country)?).country
}

/// The countries of whatever else the article names: nationalities, bodies, people.
fn background(resolver: &Resolver<'_>) -> HashMap<&'static str, f64> {
    let (entities, atlas) = (&resolver.codebook.entities, &resolver.codebook.atlas);
    let mut found: HashMap<String, f64> = HashMap::new();
    for name in resolver.names.all().filter(|name| !resolver.is_place_name(name)) {
        let Some(row) = resolver.best_row(&name.rows) else { continue };
        let entity = entities.get(entities.row(row).entity);
        let Some(country) = entity.country.as_deref().filter(|_| entity.kind != Kind::Outlet) else { continue };
        let weight = if entities.row(row).form == Form::Demonym { 1.0 } else { 0.5 };
        *found.entry(country.to_owned()).or_default() += weight;
    }
    let listed = found
        .into_iter()
        .filter_map(|(country, weight)| Some((atlas.place(atlas.country(&country)?).country?, weight)));
    listed.collect()
}

/// What the article is about, as far as its names have been settled.
struct Evidence {
    countries: HashMap<&'static str, f64>,
    regions: HashMap<u16, f64>,
    points: Vec<(usize, (f64, f64))>,
    total: f64,
}

impl Evidence {
    fn of(background: &HashMap<&'static str, f64>, names: &[Name]) -> Evidence {
        let mut evidence =
            Evidence { countries: background.clone(), regions: HashMap::new(), points: Vec::new(), total: 0.0 };
        for (number, name) in names.iter().enumerate().take(MOST_NAMES) {
            // Before anything is settled only names that mean one thing tell of others.
            let likeliest = name.candidates.first().filter(|one| one.place.kind == PlaceKind::Country);
            let Some(place) = name.place().or(likeliest.map(|one| &one.place)) else { continue };
            let Some(country) = place.country else { continue };
            *evidence.countries.entry(country).or_default() += name.weight();
            if place.kind != PlaceKind::Country {
                *evidence.regions.entry(place.region_number).or_default() += name.weight();
            }
            if place.kind > PlaceKind::Region && name.chosen.is_some() {
                evidence.points.push((number, (place.latitude, place.longitude)));
            }
        }
        evidence.total = evidence.countries.values().sum();
        evidence
    }

    /// The best candidate of a name, and what it scores.
    fn best(&self, names: &[Name], number: usize) -> Option<(usize, f64)> {
        let scored = names[number].candidates.iter().map(|one| self.score(names, number, one)).enumerate();
        // Of equals the first, which is the likeliest.
        scored.reduce(|best, one| if one.1 > best.1 { one } else { best })
    }

    fn score(&self, names: &[Name], number: usize, candidate: &Candidate) -> f64 {
        let (name, place) = (&names[number], &candidate.place);
        let mut score = candidate.known;
        let any = |others: &[usize], fits: &dyn Fn(&AtlasPlace<'_>) -> bool| {
            others.iter().any(|&other| names[other].candidates.iter().any(|one| fits(&one.place)))
        };
        if any(&name.around, &|outer| holds(outer, place)) {
            score += SAID;
        }
        if any(&name.inside, &|inner| holds(place, inner)) {
            score += SAID_OF_IT;
        }
        let Some(country) = place.country else { return score };
        if name.before.contains(&country) && place.kind != PlaceKind::Country {
            score += SAID_BEFORE;
        }
        // What the name itself told of countries and regions is no evidence for it.
        let own = |holds: &dyn Fn(&AtlasPlace<'_>) -> bool| {
            let likeliest = name.candidates.first().filter(|one| one.place.kind == PlaceKind::Country);
            let told = name.place().or(likeliest.map(|one| &one.place)).filter(|told| holds(told));
            told.map_or(0.0, |_| name.weight())
        };
        let here =
            self.countries.get(country).copied().unwrap_or_default() - own(&|told| told.country == Some(country));
        let here = here.max(0.0);
        score += 2.5 * here / (here + 2.0) + 1.5 * here / self.total.max(1.0);
        if place.kind != PlaceKind::Country {
            let region = self.regions.get(&place.region_number).copied().unwrap_or_default();
            let region =
                region - own(&|told| told.kind != PlaceKind::Country && told.region_number == place.region_number);
            let region = region.max(0.0);
            score += 1.5 * region / (region + 1.0);
        }
        let at = (place.latitude, place.longitude);
        let close = |(other, point): &(usize, (f64, f64))| *other != number && kilometres(at, *point) < CLOSE;
        if place.kind > PlaceKind::Region && self.points.iter().any(close) {
            score += 1.0;
        }
        score
    }
}

/// Whether one place lies in another.
fn holds(outer: &AtlasPlace<'_>, inner: &AtlasPlace<'_>) -> bool {
    match outer.kind {
        PlaceKind::Country => inner.kind > PlaceKind::Country && inner.country == outer.country,
        PlaceKind::Region => inner.kind > PlaceKind::Region && inner.region_number == outer.region_number,
        PlaceKind::District => {
            inner.kind > PlaceKind::District
                && inner.region_number == outer.region_number
                && apart(outer, inner) < 100.0
        }
        PlaceKind::City => inner.kind == PlaceKind::Site && apart(outer, inner) < 40.0,
        PlaceKind::Area | PlaceKind::Site => false,
    }
}

/// A name of a place, what it stands for, and where it lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Toponym {
    /// Where the name stands.
    pub span: Span,
    /// Whether it is only ground; else it stands for those who live or rule there.
    pub literal: bool,
    /// The place, or the one that holds it.
    pub place: Option<AtlasId>,
}

/// The places that a document names, in text order.
pub fn toponyms(document: &Document, codebook: &polybius_codebook::Codebook) -> Vec<Toponym> {
    crate::code::with_coder(document, codebook, crate::code::How::default(), |coder| {
        let resolver = coder.resolver;
        let names = resolver.names.all().filter(|name| resolver.is_place_name(name));
        let toponym = |name: &NameMatch| Toponym {
            span: document.span_of(&name.tokens),
            literal: resolver.literal_place(resolver.top_of(name)).is_some(),
            place: resolver.toponyms().at(name.tokens.start).map(|settled| settled.id),
        };
        names.map(toponym).collect()
    })
}

/// What the names at `spans`, in text order, mean, if all of them are places.
pub fn toponyms_at(document: &Document, codebook: &polybius_codebook::Codebook, spans: &[Span]) -> Vec<Toponym> {
    crate::code::with_coder(document, codebook, crate::code::How::default(), |coder| {
        let resolver = coder.resolver;
        let mention = |span: &Span| {
            let mut tokens = document.tokens_over(*span).map(|token| token.id);
            let first = tokens.next().unwrap_or(TokenId(0));
            let last = tokens.next_back().unwrap_or(first);
            PlaceMention { tokens: first..TokenId(last.0 + 1), rows: codebook.entities.find(document.text(*span)) }
        };
        let mentions: Vec<PlaceMention> = spans.iter().map(mention).collect();
        let settled = settle(resolver, &mentions);
        let toponym = |((span, mention), settled): ((&Span, &PlaceMention), Option<Settled>)| {
            let name = NameMatch {
                tokens: mention.tokens.clone(),
                rows: mention.rows.clone(),
                mention: Some(MentionKind::Gpe),
                by_chain: false,
            };
            let literal = resolver.is_only_ground(&name);
            Toponym { span: *span, literal, place: settled.map(|settled| settled.id) }
        };
        spans.iter().zip(&mentions).zip(settled).map(toponym).collect()
    })
}
