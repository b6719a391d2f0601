//! The atlas: where the places of the world lie, under every name that newspapers give them.
//!
//! `training/world/atlas.py` writes it, from GeoNames; it is read where it lies, so that it costs nothing to load. After a
//! mark and the lengths of the sections come
//!
//! | section | an entry |
//! |---|---|
//! | countries | three letters of ISO 3166-1, an empty byte, its place (4 bytes) |
//! | regions | its country (2), the length of its name (2) and where in the text that starts (4); the nameless one is the country at large |
//! | text | names of regions, one after the other |
//! | places | GeoNames id (4; 0 if unknown), latitude and longitude (2 each, 32767 is the pole and the date line), region (2), population (1, eight times its binary logarithm), kind (1) |
//! | names | the upper 40 bits of the number of the name's key, the place (22 bits), two marks; in order |
//!
//! Two names of some 300,000 that share 40 bits are not to be expected; that a word which names nothing meets one by chance
//! is, once in four million words.

use crate::fold::Key;

const MARK: &[u8; 16] = b"polybius atlas 1";
const N_SECTIONS: usize = 5;
const COUNTRY: usize = 8;
const REGION: usize = 8;
const PLACE: usize = 12;
const NAME: usize = 8;

/// A place of the atlas.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AtlasId(u32);

/// What kind of place it is, the widest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlaceKind {
    /// A sea, a river, a mountain range, a continent or another land without a border.
    Area,
    /// A country or a territory that is counted as one.
    Country,
    /// A first-order region: a state, a province, a governorate.
    Region,
    /// A second-order region: a county, a district.
    District,
    /// A city, town or village.
    City,
    /// A building, a crossing, a base.
    Site,
}

/// A place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AtlasPlace<'a> {
    /// The GeoNames id, if known.
    pub geonames: Option<u32>,
    /// Degrees north; of a country, region or district, where most of its people live.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// ISO 3166-1 alpha-3; `None` for what lies in several countries or in none.
    pub country: Option<&'a str>,
    /// The name of the first-order region that holds it.
    pub region: Option<&'a str>,
    /// The number of that region, or of its country at large.
    pub region_number: u16,
    /// How many people live there, roughly; 0 if unknown.
    pub population: f64,
    /// What it is.
    pub kind: PlaceKind,
    /// Whether a state is governed from there.
    pub capital: bool,
}

/// How a name belongs to a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlaceName {
    /// Its usual name.
    Usual,
    /// An abbreviation that stands after the name of a town: "Austin, Tex."
    Short,
    /// Another spelling, an old or a foreign name.
    Minor,
}

/// The atlas that is compiled in.
#[derive(Debug, Clone, Copy)]
pub struct Atlas {
    countries: &'static [u8],
    regions: &'static [u8],
    text: &'static [u8],
    places: &'static [u8],
    names: &'static [u8],
}

impl Default for Atlas {
    fn default() -> Atlas {
        Atlas::embedded()
    }
}

impl Atlas {
    /// The atlas that is compiled in.
    pub fn embedded() -> Atlas {
        const BYTES: &[u8] = include!(concat!(env!("OUT_DIR"), "/atlas.rs"));
        assert!(BYTES.starts_with(MARK), "the atlas is of another version");
        let mut rest = &BYTES[MARK.len() + 4 * N_SECTIONS..];
        let mut section = |number: usize| {
            let (bytes, more) = rest.split_at(long(BYTES, MARK.len() + 4 * number) as usize);
            rest = more;
            bytes
        };
        let [countries, regions, text, places, names] = [0, 1, 2, 3, 4].map(&mut section);
        Atlas { countries, regions, text, places, names }
    }

    /// The places of a name, and how it belongs to each.
    pub fn named(&self, name: &str) -> impl Iterator<Item = (AtlasId, PlaceName)> + use<> {
        let key = Key::of(name);
        let number = key.number() >> 24;
        let (entries, _) = self.names.as_chunks::<NAME>();
        let first = entries.partition_point(|entry| u64::from_le_bytes(*entry) & 0xff_ffff_ffff < number);
        let same = move |entry: &u64| key.n_characters() > 0 && entry & 0xff_ffff_ffff == number;
        let found = entries[first..].iter().map(|entry| u64::from_le_bytes(*entry)).take_while(same);
        found.map(|entry| {
            let value = (entry >> 40) as u32;
            let naming = match value >> 22 {
                0 => PlaceName::Usual,
                1 => PlaceName::Short,
                _ => PlaceName::Minor,
            };
            (AtlasId(value & 0x3f_ffff), naming)
        })
    }

    /// The country of this code.
    pub fn country(&self, iso: &str) -> Option<AtlasId> {
        let (entries, _) = self.countries.as_chunks::<COUNTRY>();
        entries.iter().find(|entry| &entry[..3] == iso.as_bytes()).map(|entry| AtlasId(long(entry, 4)))
    }

    /// The place with this GeoNames id: a search through all of them, for tools that measure.
    pub fn of_geonames(&self, id: u32) -> Option<AtlasId> {
        let (entries, _) = self.places.as_chunks::<PLACE>();
        entries.iter().position(|entry| id > 0 && long(entry, 0) == id).map(|place| AtlasId(place as u32))
    }

    /// The city nearest to a point: a search through all of them, for tools that measure.
    pub fn nearest_city(&self, latitude: f64, longitude: f64) -> Option<AtlasId> {
        let all = (0..(self.places.len() / PLACE) as u32).map(|id| (AtlasId(id), self.place(AtlasId(id))));
        let cities = all.filter(|(_, place)| place.kind == PlaceKind::City);
        let away = cities.map(|(id, place)| (id, kilometres((latitude, longitude), (place.latitude, place.longitude))));
        away.min_by(|(_, one), (_, other)| one.total_cmp(other)).map(|(id, _)| id)
    }

    /// What is known of a place.
    pub fn place(&self, id: AtlasId) -> AtlasPlace<'static> {
        let entry = &self.places[id.0 as usize * PLACE..][..PLACE];
        let angle = |start: usize, right: f64| f64::from(short(entry, start) as i16) / 32767.0 * right;
        let region_number = short(entry, 8);
        let (country, region) = self.region(region_number);
        AtlasPlace {
            geonames: Some(long(entry, 0)).filter(|&id| id > 0),
            latitude: angle(4, 90.0),
            longitude: angle(6, 180.0),
            country,
            region,
            region_number,
            population: (f64::from(entry[10]) / 8.0).exp2() - 1.0,
            kind: match entry[11] & 7 {
                0 => PlaceKind::Country,
                1 => PlaceKind::Region,
                2 => PlaceKind::District,
                3 => PlaceKind::City,
                4 => PlaceKind::Site,
                _ => PlaceKind::Area,
            },
            capital: entry[11] & 8 > 0,
        }
    }

    /// Country and name of a region.
    fn region(&self, number: u16) -> (Option<&'static str>, Option<&'static str>) {
        let entry = &self.regions[usize::from(number) * REGION..][..REGION];
        let country = self.countries.get(usize::from(short(entry, 0)) * COUNTRY..);
        let country = country.and_then(|rest| std::str::from_utf8(&rest[..3]).ok());
        let name = self.text.get(long(entry, 4) as usize..).and_then(|rest| rest.get(..usize::from(short(entry, 2))));
        let name = name.and_then(|name| std::str::from_utf8(name).ok());
        (country, name.filter(|name| !name.is_empty()))
    }
}

/// The length of the shortest way over the globe between two points, each latitude and longitude.
pub fn kilometres(from: (f64, f64), to: (f64, f64)) -> f64 {
    const DIAMETER: f64 = 2.0 * 6371.0;
    let half = |from: f64, to: f64| ((to - from).to_radians() / 2.0).sin().powi(2);
    let chord = half(from.0, to.0) + from.0.to_radians().cos() * to.0.to_radians().cos() * half(from.1, to.1);
    DIAMETER * chord.sqrt().min(1.0).asin()
}

fn short(bytes: &[u8], start: usize) -> u16 {
    u16::from_le_bytes([bytes[start], bytes[start + 1]])
}

fn long(bytes: &[u8], start: usize) -> u32 {
    u32::from_le_bytes([bytes[start], bytes[start + 1], bytes[start + 2], bytes[start + 3]])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The largest place of the name, as country, region and kind.
    fn check(name: &str, expected: (&str, Option<&str>, PlaceKind)) {
        let atlas = Atlas::embedded();
        let places = atlas.named(name).map(|(id, _)| atlas.place(id));
        let place = places.max_by(|one, other| one.population.total_cmp(&other.population)).expect("the name is known");
        assert_eq!((place.country.unwrap_or_default(), place.region, place.kind), expected, "{name}");
    }

    #[test]
    fn names_are_found_as_they_are_written() {
        check("Lyon", ("FRA", Some("Auvergne-Rhône-Alpes"), PlaceKind::City));
        check("LYON", ("FRA", Some("Auvergne-Rhône-Alpes"), PlaceKind::City));
        check("Gaza Strip", ("PSE", Some("Gaza Strip"), PlaceKind::Region));
        check("Kunduz Province", ("AFG", Some("Kunduz"), PlaceKind::Region));
        check("Sea of Azov", ("", None, PlaceKind::Area));
        assert_eq!(Atlas::embedded().named("Qqqq").count(), 0);
        assert_eq!(Atlas::embedded().named("").count(), 0);
    }

    #[test]
    fn places_lie_where_they_should() {
        let atlas = Atlas::embedded();
        let lyon = atlas.of_geonames(2_996_944).map(|id| atlas.place(id)).expect("Lyon is listed");
        assert!(kilometres((lyon.latitude, lyon.longitude), (45.75, 4.85)) < 2.0);
        assert_eq!(lyon.country, Some("FRA"));
        let near = atlas.nearest_city(45.75, 4.85).map(|id| atlas.place(id).region_number);
        assert_eq!(near, Some(lyon.region_number));
        let france = atlas.country("FRA").map(|id| atlas.place(id)).expect("France is listed");
        assert_eq!((france.kind, france.country, france.region), (PlaceKind::Country, Some("FRA"), None));
        assert!((kilometres((51.5, -0.12), (48.86, 2.35)) - 343.0).abs() < 5.0);
    }

    #[test]
    fn every_entry_can_be_read() {
        let atlas = Atlas::embedded();
        let n_places = (atlas.places.len() / PLACE) as u32;
        assert!((0..n_places).all(|id| atlas.place(AtlasId(id)).latitude.abs() <= 90.0));
        let (entries, _) = atlas.names.as_chunks::<NAME>();
        assert!(entries.iter().all(|entry| (u64::from_le_bytes(*entry) >> 40) as u32 & 0x3f_ffff < n_places));
        let numbers = entries.iter().map(|entry| u64::from_le_bytes(*entry) & 0xff_ffff_ffff);
        assert!(numbers.is_sorted());
    }
}
