//! Where named places lie, against texts in which every place name is marked with what it stands for and its GeoNames id.
//!
//! Gold is brat's standoff as GeoWebNews has it: spans by kind of use, each with a note that holds a GeoNames id or, where GeoNames
//! has none, latitude and longitude. Where the atlas does not know an id, its country and position cannot be compared; the id is
//! then wrong all the same.

use std::collections::{BTreeSet, HashMap};
use std::ops::{AddAssign, Range};

use polybius_codebook::{Atlas, AtlasPlace, PlaceKind, kilometres};
use polybius_coder::{Toponym, toponyms, toponyms_at};
use polybius_document::{Article, Span};
use polybius_nlp::coref_score::Found;

use super::StandoffError;
use super::ner::bare;
use crate::Pipeline;

/// A place is found if no further than this from where it is: 100 miles, as is usual.
const NEAR: f64 = 161.0;

/// A marked name: code points of the text.
#[derive(Debug, Clone, PartialEq)]
pub struct GoldPlace {
    /// Where it stands.
    pub span: Range<usize>,
    /// How it is used.
    pub usage: Usage,
    /// Where it lies, if the set says so.
    pub at: Option<GoldPoint>,
}

/// How the name of a place is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Usage {
    /// For the ground.
    Literal,
    /// For both at once, before a noun, or inside another name, but also for the ground.
    LiteralToo,
    /// For those who live or rule there, or for what happened there.
    Metonymic,
    /// Otherwise not for the ground: a language, a namesake, a modifier.
    Other,
}

/// Where a marked place lies.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum GoldPoint {
    /// By its GeoNames id.
    Geonames(u32),
    /// By latitude and longitude.
    Degrees(f64, f64),
}

/// The marked names of a standoff file, in text order.
pub fn read_places(file: &str) -> Result<Vec<GoldPlace>, StandoffError> {
    let mut places: Vec<(&str, GoldPlace)> = Vec::new();
    let mut notes: HashMap<&str, &str> = HashMap::new();
    for (index, line) in file.lines().enumerate() {
        let columns: Vec<&str> = line.split('\t').collect();
        let [id, what, rest] = columns[..] else { continue };
        if id.starts_with('#') {
            notes.insert(what.split(' ').nth(1).unwrap_or_default(), rest.trim());
        } else if id.starts_with('T') {
            let reason = || StandoffError { line: index + 1, reason: format!("`{what}` is no kind with two offsets") };
            let words: Vec<&str> = what.split([' ', ';']).collect();
            let [kind, start, .., end] = words[..] else { return Err(reason()) };
            let span = start.parse().ok().zip(end.parse().ok()).map(|(start, end)| start..end).ok_or_else(reason)?;
            if let Some(usage) = Usage::of(kind) {
                places.push((id, GoldPlace { span, usage, at: None }));
            }
        }
    }
    places.sort_by_key(|(_, place)| (place.span.start, place.span.end));
    let with_point =
        |(id, place): (&str, GoldPlace)| GoldPlace { at: notes.get(id).and_then(|note| point(note)), ..place };
    Ok(places.into_iter().map(with_point).collect())
}

impl Usage {
    /// What GeoWebNews calls so. Phrases that name no place ("the town") are no names of places.
    fn of(kind: &str) -> Option<Usage> {
        Some(match kind {
            "Literal" => Usage::Literal,
            "Literal_Modifier" | "Mixed" | "Coercion" | "Embedded_Literal" => Usage::LiteralToo,
            "Metonymic" => Usage::Metonymic,
            "Non_Literal_Modifier" | "Embedded_Non_Lit" | "Homonym" => Usage::Other,
            _ => return None,
        })
    }

    fn is_literal(self) -> bool {
        matches!(self, Usage::Literal | Usage::LiteralToo)
    }
}

fn point(note: &str) -> Option<GoldPoint> {
    if let Ok(id) = note.parse() {
        return Some(GoldPoint::Geonames(id));
    }
    let (latitude, longitude) = note.split_once(',')?;
    Some(GoldPoint::Degrees(latitude.trim().parse().ok()?, longitude.trim().parse().ok()?))
}

/// The counts of one text, or the sums of several.
#[derive(Debug, Clone, Default)]
pub struct PlaceScores {
    /// Names of places for the ground, found as such in raw text.
    pub literal: Found,
    /// Names of places, whatever they stand for.
    pub all: Found,
    /// Where the names for the ground lie, given that they are names of places.
    pub given: PointScores,
    /// The same from raw text, where what is not found is wrong.
    pub raw: PointScores,
    /// Literal names taken so, and all of them; metonymic ones, and all of them.
    pub usage: [(usize, usize); 2],
}

/// How many places are right, and out of how many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PointScores {
    /// The GeoNames id, of those that have one.
    pub exact: (usize, usize),
    /// No further than 161 km away, of those whose position is known.
    pub near: (usize, usize),
    /// The country, of those that lie in one.
    pub country: (usize, usize),
}

impl AddAssign for PlaceScores {
    fn add_assign(&mut self, other: PlaceScores) {
        self.literal += other.literal;
        self.all += other.all;
        self.given += other.given;
        self.raw += other.raw;
        self.usage.iter_mut().zip(other.usage).for_each(|(sum, more)| add(sum, more));
    }
}

impl AddAssign for PointScores {
    fn add_assign(&mut self, other: PointScores) {
        add(&mut self.exact, other.exact);
        add(&mut self.near, other.near);
        add(&mut self.country, other.country);
    }
}

fn add(sum: &mut (usize, usize), more: (usize, usize)) {
    sum.0 += more.0;
    sum.1 += more.1;
}

/// What the program makes of the places of one text.
pub fn score_places(text: &str, gold: &[GoldPlace], pipeline: &Pipeline) -> PlaceScores {
    let document = pipeline.annotate(Article::from_text("text", text));
    let codebook = &pipeline.codebook;
    let bytes: Vec<usize> = text.char_indices().map(|(byte, _)| byte).chain([text.len()]).collect();
    let byte = |point: usize| bytes[point.min(bytes.len() - 1)] as u32;
    let span = |place: &GoldPlace| Span::new(byte(place.span.start), byte(place.span.end));
    let spans: Vec<Span> = gold.iter().map(span).collect();
    let given = toponyms_at(&document, codebook, &spans);
    let found = toponyms(&document, codebook);
    let edges = |span: Span| bare(text, span.range());
    let mut scores = PlaceScores::default();
    for ((place, given), span) in gold.iter().zip(&given).zip(&spans) {
        match place.usage {
            Usage::Literal => add(&mut scores.usage[0], (usize::from(given.literal), 1)),
            Usage::Metonymic => add(&mut scores.usage[1], (usize::from(!given.literal), 1)),
            Usage::LiteralToo | Usage::Other => {}
        }
        if let Some(at) = place.at.filter(|_| place.usage.is_literal()) {
            let same = found.iter().find(|one| one.span.overlaps(*span));
            scores.given += judge(at, Some(given), &codebook.atlas);
            scores.raw += judge(at, same, &codebook.atlas);
        }
    }
    let wanted = |literal: bool| -> BTreeSet<(usize, usize)> {
        let chosen = gold.iter().zip(&spans).filter(|(place, _)| !literal || place.usage.is_literal());
        chosen.map(|(_, span)| edges(*span)).map(|range| (range.start, range.end)).collect()
    };
    let there = |literal: bool| -> BTreeSet<(usize, usize)> {
        let chosen = found.iter().filter(|one| !literal || one.literal);
        chosen.map(|one| edges(one.span)).map(|range| (range.start, range.end)).collect()
    };
    scores.literal = compare(&wanted(true), &there(true));
    scores.all = compare(&wanted(false), &there(false));
    scores
}

fn compare(gold: &BTreeSet<(usize, usize)>, found: &BTreeSet<(usize, usize)>) -> Found {
    Found::new(gold.intersection(found).count() as f64, gold.len() as f64, found.len() as f64)
}

fn judge(at: GoldPoint, found: Option<&Toponym>, atlas: &Atlas) -> PointScores {
    let found: Option<AtlasPlace<'_>> = found.and_then(|toponym| toponym.place).map(|id| atlas.place(id));
    let (id, gold) = match at {
        GoldPoint::Geonames(id) => (Some(id), atlas.of_geonames(id).map(|id| atlas.place(id))),
        GoldPoint::Degrees(latitude, longitude) => {
            let city = atlas.nearest_city(latitude, longitude).map(|id| atlas.place(id));
            (None, city.map(|city| AtlasPlace { latitude, longitude, kind: PlaceKind::Site, ..city }))
        }
    };
    let one = |right: Option<bool>| right.map_or((0, 0), |right| (usize::from(right), 1));
    let near = |gold: &AtlasPlace<'_>, found: &AtlasPlace<'_>| {
        found.geonames.is_some() && found.geonames == gold.geonames
            || kilometres((gold.latitude, gold.longitude), (found.latitude, found.longitude)) <= NEAR
    };
    PointScores {
        exact: one(id.map(|id| found.is_some_and(|found| found.geonames == Some(id)))),
        near: one(gold.map(|gold| found.is_some_and(|found| near(&gold, &found)))),
        country: one(gold
            .and_then(|gold| gold.country)
            .map(|country| found.and_then(|found| found.country) == Some(country))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn standoff_is_read() {
        let file = "T1\tMetonymic 12 16\tOslo\n#1\tAnnotatorNotes T1\t3143244\nT2\tLiteral 3 9\tBergen\n\
                    #2\tAnnotatorNotes T2\t60.39, 5.32\nT3\tNon_Toponym 0 2\tHe\nT4\tHomonym 20 24\tNice\n";
        let places = read_places(file).expect("the file is well formed");
        let brief: Vec<_> = places.into_iter().map(|place| (place.span, place.usage, place.at)).collect();
        let expected = [
            (3..9, Usage::Literal, Some(GoldPoint::Degrees(60.39, 5.32))),
            (12..16, Usage::Metonymic, Some(GoldPoint::Geonames(3_143_244))),
            (20..24, Usage::Other, None),
        ];
        assert_eq!(brief, expected);
        assert_eq!(read_places("T1\tLiteral here\tOslo").expect_err("there are no offsets").line, 1);
    }
}
