//! Reading the small tables: roles, memberships, scales and crosswalks.

use rustc_hash::FxHashMap;

use crate::csv_file::{head_comment, parse_csv};
use crate::ontology_file::{sector_of, type_and_mode};
use crate::problems::{Problems, did_you_mean, one_of};
use crate::toml_file::Text;
use crate::{
    ActorCode, ActorCodes, Cameo, CountryCodes, Entities, EntityId, EventCodes, Kind, Membership, Memberships, ModeId,
    Ontology, PartialDate, Place, Role, RoleKind, Roles, Scale, SourceFile, TypeId,
};

/// Reads `roles.csv` and the files of `roles/`.
pub(crate) fn read_roles(files: &[&SourceFile], ontology: &Ontology, problems: &mut Problems) -> Roles {
    let mut roles = Roles::default();
    for file in files {
        add_roles(file, &mut roles, ontology, problems);
    }
    roles
}

fn add_roles(file: &SourceFile, roles: &mut Roles, ontology: &Ontology, problems: &mut Problems) {
    parse_csv(file, ["noun", "sector", "kind", "role"], problems, |[noun, sector, kind, role], place, problems| {
        let sector = sector_of(&Text { text: sector, place: place.clone() }, ontology, problems);
        let kind_read = RoleKind::from_name(kind);
        if kind_read.is_none() {
            problems.error(&place, format!("unknown kind `{kind}`"), one_of(kind, RoleKind::NAMES));
        }
        if noun.chars().any(char::is_uppercase) {
            let cure = format!("write `{}`", noun.to_lowercase());
            problems.error(&place, format!("`{noun}` has capitals, and lemmas have none"), Some(cure));
        }
        if let Some(first) = roles.nouns.get(noun).or_else(|| roles.bystanders.get(noun)) {
            let message = format!("`{noun}` already stands in {}", first.place);
            return problems.error(&place, message, Some("take one out".to_string()));
        }
        let (Some(sector), Some(kind)) = (sector, kind_read) else { return };
        let new = Role { noun: noun.into(), sector, kind, role: role.to_lowercase().into(), place: place.clone() };
        let nouns = if kind == RoleKind::Bystander { &mut roles.bystanders } else { &mut roles.nouns };
        if !nouns.add(noun.into(), new) {
            problems.error(&place, "the noun is empty", None);
        }
    });
}

/// Reads `memberships.csv`.
pub(crate) fn read_memberships(file: &SourceFile, entities: &Entities, problems: &mut Problems) -> Memberships {
    let columns = ["organisation", "member", "from", "until", "source"];
    let mut list: Vec<Membership> = Vec::new();
    parse_csv(file, columns, problems, |[organisation, member, from, until, source], place, problems| {
        let organisation = entity_of(organisation, &place, entities, problems);
        let member = entity_of(member, &place, entities, problems);
        let (from, until) = span_of(from, until, &place, problems);
        if let (Some(organisation), Some(member)) = (organisation, member) {
            list.push(Membership { organisation, member, from, until, source: source.into(), place });
        }
    });
    Memberships { list }
}

fn entity_of(id: &str, place: &Place, entities: &Entities, problems: &mut Problems) -> Option<EntityId> {
    let entity = entities.by_id(id);
    if entity.is_none() && !entities.entities.is_empty() {
        let cure = did_you_mean(id, entities.entities.iter().map(|entity| &*entity.id));
        problems.error(place, format!("no entity has the id `{id}`"), cure);
    }
    entity
}

/// Reads the two ends of a span of time.
pub(crate) fn span_of(
    from: &str,
    until: &str,
    place: &Place,
    problems: &mut Problems,
) -> (Option<PartialDate>, Option<PartialDate>) {
    let mut date = |text: &str| {
        let date = PartialDate::parse(text);
        if date.is_none() && !text.is_empty() {
            let cure = "dates are YYYY, YYYY-MM or YYYY-MM-DD, and in the calendar".to_string();
            problems.error(place, format!("`{text}` is no date"), Some(cure));
        }
        date
    };
    let (from, until) = (date(from), date(until));
    if let (Some(first), Some(last)) = (from, until)
        && first.first_day() > last.last_day()
    {
        problems.error(place, format!("it ends in {last}, before it begins in {first}"), None);
    }
    (from, until)
}

/// Reads a scale.
pub(crate) fn read_scale(file: &SourceFile, ontology: &Ontology, problems: &mut Problems) -> Scale {
    let name = file.path.rsplit('/').next().unwrap_or_default().trim_end_matches(".csv");
    let citation = head_comment(&file.text);
    let top = Place { path: file.path.as_str().into(), line: 1 };
    if citation.is_empty() {
        problems.warning(
            &top,
            "the scale does not say where it is from",
            Some("cite it in `#` lines at the top".into()),
        );
    }
    let mut scores = FxHashMap::default();
    let rows = by_type_and_mode(file, "score", ontology, problems);
    for (key, score, place) in rows {
        match score.parse::<f32>() {
            Ok(score) if score.is_finite() => drop(scores.insert(key, score)),
            _ => problems.error(&place, format!("`{score}` is no number"), None),
        }
    }
    for (index, event_type) in ontology.types.iter().enumerate() {
        if !scores.contains_key(&(TypeId::from_index(index), None)) {
            let cure = format!("add a line `{},,` with its score", event_type.name);
            problems.error(&top, format!("{} has no score of its own", event_type.name), Some(cure));
        }
    }
    Scale { name: name.into(), citation: citation.into(), scores }
}

/// Reads `crosswalks/cameo.csv`.
pub(crate) fn read_cameo(file: &SourceFile, ontology: &Ontology, problems: &mut Problems) -> Cameo {
    let rows = by_type_and_mode(file, "cameo", ontology, problems);
    let mut codes = FxHashMap::default();
    for (key, code, place) in rows {
        if !(2..=4).contains(&code.len()) || !code.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            problems.error(&place, format!("`{code}` is no CAMEO code"), Some("codes have two to four digits".into()));
        }
        codes.insert(key, code);
    }
    Cameo { codes }
}

type ModeValue = ((TypeId, Option<ModeId>), Box<str>, Place);

/// Reads a table that has a value for each type and mode.
fn by_type_and_mode(
    file: &SourceFile,
    value: &'static str,
    ontology: &Ontology,
    problems: &mut Problems,
) -> Vec<ModeValue> {
    let mut seen: FxHashMap<(TypeId, Option<ModeId>), Place> = FxHashMap::default();
    let mut rows = Vec::new();
    parse_csv(file, ["type", "mode", value], problems, |[event_type, mode, value], place, problems| {
        let event_type = Text { text: event_type, place: place.clone() };
        let mode = Text { text: mode, place: place.clone() };
        let Some(key) = type_and_mode(&event_type, &mode, ontology, problems) else { return };
        if let Some(first) = seen.insert(key, place.clone()) {
            let message = format!("`{},{}` already stands in {first}", event_type.text, mode.text);
            problems.error(&place, message, Some("take one out".to_string()));
        }
        rows.push((key, value.into(), place));
    });
    rows
}

/// Reads `crosswalks/actors.csv`.
pub(crate) fn read_actor_codes(file: &SourceFile, ontology: &Ontology, problems: &mut Problems) -> ActorCodes {
    const SCHEMES: [&str; 4] = ["cameo-head", "cameo-role", "wikidata", "ftm"];
    let columns = ["scheme", "code", "country", "sector", "kind", "meaning"];
    let mut actors = ActorCodes::default();
    parse_csv(file, columns, problems, |[scheme, code, country, sector, kind, _], place, problems| {
        if !SCHEMES.contains(&scheme) {
            problems.error(&place, format!("unknown scheme `{scheme}`"), one_of(scheme, &SCHEMES));
        }
        let sector = match sector {
            "" => None,
            sector => sector_of(&Text { text: sector, place: place.clone() }, ontology, problems),
        };
        let kind_read = Kind::from_name(kind);
        if kind_read.is_none() && !kind.is_empty() {
            problems.error(&place, format!("unknown kind `{kind}`"), one_of(kind, Kind::NAMES));
        }
        let country = (!country.is_empty()).then(|| country.into());
        let code_read = ActorCode { country, sector, kind: kind_read };
        if actors.codes.insert((scheme.into(), code.into()), code_read).is_some() {
            problems.error(&place, format!("`{scheme},{code}` stands twice"), Some("take one out".to_string()));
        }
    });
    actors
}

/// Reads `crosswalks/events.csv`.
pub(crate) fn read_event_codes(file: &SourceFile, ontology: &Ontology, problems: &mut Problems) -> EventCodes {
    const SCHEMES: [&str; 3] = ["cameo", "acled", "ucdp"];
    let columns = ["scheme", "code", "type", "mode", "meaning"];
    let mut events = EventCodes::default();
    parse_csv(file, columns, problems, |[scheme, code, event_type, mode, _], place, problems| {
        if !SCHEMES.contains(&scheme) {
            problems.error(&place, format!("unknown scheme `{scheme}`"), one_of(scheme, &SCHEMES));
        }
        let event_type = Text { text: event_type, place: place.clone() };
        let mode = Text { text: mode, place: place.clone() };
        let Some(meaning) = type_and_mode(&event_type, &mode, ontology, problems) else { return };
        if events.codes.insert((scheme.into(), code.into()), meaning).is_some() {
            problems.error(&place, format!("`{scheme},{code}` stands twice"), Some("take one out".to_string()));
        }
    });
    events
}

/// Reads `crosswalks/countries.csv`.
pub(crate) fn read_countries(file: &SourceFile, entities: &Entities, problems: &mut Problems) -> Vec<CountryCodes> {
    let columns = ["iso3", "iso2", "numeric", "cow", "cow_number", "gw", "fips", "cameo", "name"];
    let mut seen: FxHashMap<Box<str>, Place> = FxHashMap::default();
    let mut countries = Vec::new();
    parse_csv(file, columns, problems, |fields, place, problems| {
        let [iso3, iso2, numeric, cow, cow_number, gw, fips, cameo, name] = fields.map(Box::<str>::from);
        if let Some(first) = seen.insert(iso3.clone(), place.clone()) {
            problems.error(&place, format!("`{iso3}` already stands in {first}"), Some("take one out".to_string()));
        }
        if entities.by_id(&iso3).is_none() && !entities.entities.is_empty() {
            let cure = "add its names to entities/".to_string();
            problems.warning(&place, format!("no entity has the id `{iso3}`"), Some(cure));
        }
        countries.push(CountryCodes { iso3, iso2, numeric, cow, cow_number, gw, fips, cameo, name, place });
    });
    countries
}
