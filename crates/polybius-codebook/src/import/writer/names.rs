//! Which names can be names, whose they are, and who else bears them.

use super::{Fresh, Writer};
use crate::fold::{Key, folded};
use crate::import::Done;
use crate::import::record::{Named, Record, slug};
use crate::{EntityId, Form, Kind};

/// No name of anybody is longer than this, in bytes.
const MOST_BYTES: usize = 300;
/// A name of so few letters in capitals must stand in capitals in the text.
const CAPITALS: usize = 5;

/// Whose names a record tells.
pub(super) enum Whose {
    /// The codebook's.
    Known(EntityId),
    /// One that an earlier record told.
    Earlier(usize),
    /// Nobody's so far.
    New,
}

impl Writer<'_> {
    /// The name if it can be one; otherwise says why not.
    pub(super) fn sound(&mut self, mut name: Named) -> Option<Named> {
        name.name = name.name.split_whitespace().collect::<Vec<_>>().join(" ");
        let shown = name.name.chars().take(60).collect::<String>();
        if Key::of(&name.name).n_characters() == 0 {
            self.reject(name.line, "the name is empty");
            return None;
        }
        if name.name.len() > MOST_BYTES {
            self.reject(name.line, &format!("“{shown}…” is too long for a name"));
            return None;
        }
        let key = folded(&name.name);
        let common =
            !name.name.contains(' ') && self.codebook.words.get("no-name").is_some_and(|words| words.contains(&key));
        if !(common || self.codebook.roles.get(&key).is_some()) {
            return Some(name);
        }
        let letters = name.name.chars().filter(|letter| letter.is_alphabetic()).count();
        if letters <= CAPITALS && letters > 1 && !name.name.contains(' ') {
            let capitals = name.name.to_uppercase();
            let reason = format!("“{shown}” is a common word; only “{capitals}” in capitals was taken for the name");
            self.tell(name.line, Done::Imported, &reason);
            return Some(Named { name: capitals, form: Form::Acronym, ..name });
        }
        self.reject(name.line, &format!("“{shown}” is a common word; as a name it would be found everywhere"));
        None
    }

    /// Whose names the record tells.
    pub(super) fn whose(&self, record: &Record) -> Whose {
        let entities = &self.codebook.entities;
        if let Some(id) = &record.entity {
            return match (entities.by_id(id), self.fresh_by_id.get(id)) {
                (Some(known), _) => Whose::Known(known),
                (_, Some(&earlier)) => Whose::Earlier(earlier),
                _ => Whose::New,
            };
        }
        for name in &record.names {
            let known = entities.find(&name.name).into_iter().map(|row| entities.row(row).entity).find(|&known| {
                let entity = entities.get(known);
                let same_item = || {
                    entity
                        .wikidata
                        .as_deref()
                        .zip(record.wikidata.as_deref())
                        .is_none_or(|(ours, theirs)| ours == theirs)
                };
                entity.country == record.country && alike(entity.kind, record.kind) && same_item()
            });
            if let Some(known) = known {
                return Whose::Known(known);
            }
        }
        if record.kind == Kind::Country
            && let Some(land) = record.country.as_deref().and_then(|country| entities.by_id(country))
        {
            return Whose::Known(land);
        }
        let same_name = self.fresh_by_name.get(&Key::of(&record.names[0].name).number());
        let earlier = same_name.into_iter().flatten().copied().find(|&earlier| {
            self.fresh[earlier].country == record.country && alike(self.fresh[earlier].kind, record.kind)
        });
        earlier.map_or(Whose::New, Whose::Earlier)
    }

    /// A new entity, with an id of its own.
    pub(super) fn make(&mut self, record: &Record) -> String {
        let name = &record.names[0].name;
        let by_item = || record.wikidata.as_deref().unwrap_or("unnamed").to_lowercase();
        let stem = Some(slug(name)).filter(|slug| !slug.is_empty()).unwrap_or_else(by_item);
        let country = record.country.as_deref().unwrap_or_default().to_lowercase();
        let with_country = (!country.is_empty()).then(|| format!("{stem}-{country}"));
        let numbered = (2..).map(|number| format!("{stem}-{number}"));
        let ids = record.entity.clone().into_iter().chain([stem.clone()]).chain(with_country).chain(numbered);
        let is_free = |id: &String| !self.fresh_by_id.contains_key(id) && self.codebook.entities.by_id(id).is_none();
        let id = ids.into_iter().find(is_free).unwrap_or(stem);
        let number = self.fresh.len();
        let (kind, country) = (record.kind, record.country.clone());
        self.fresh.push(Fresh { id: id.clone(), kind, country, place: (self.file, record.line) });
        self.fresh_by_name.entry(Key::of(name).number()).or_default().push(number);
        self.fresh_by_id.insert(id.clone(), number);
        if record.kind.is_land() {
            self.lands.insert(id.clone());
        }
        id
    }

    /// Tells where a name of a new entity is a name of another as well.
    pub(super) fn tell_clash(&mut self, name: &Named, id: &str) {
        let entities = &self.codebook.entities;
        if let Some(&row) = entities.find(&name.name).first() {
            let row = entities.row(row);
            let other = &entities.get(row.entity).id;
            if **other != *id {
                let reason = format!(
                    "“{}” is also a name of `{other}` ({}); both were kept, and the day and kind decide",
                    name.name, row.place
                );
                return self.tell(name.line, Done::Imported, &reason);
            }
        }
        let key = Key::of(&name.name).number();
        let number = self.fresh_by_id[id];
        let numbers = self.fresh_by_name.entry(key).or_default();
        let other = numbers.iter().copied().find(|&other| other != number).map(|other| &self.fresh[other].id);
        if !numbers.contains(&number) {
            numbers.push(number);
        }
        if let Some(other) = other {
            let reason = format!("“{}” is also a name of `{other}` in the lists; both were kept", name.name);
            self.tell(name.line, Done::Imported, &reason);
        }
    }
}

/// Whether a list may mean by one kind what we mean by the other: lists do not tell a ministry from a party well.
fn alike(ours: Kind, theirs: Kind) -> bool {
    let class = |kind: Kind| match kind {
        Kind::Person => 0,
        Kind::Place => 1,
        kind if kind.is_land() => 2,
        _ => 3,
    };
    class(ours) == class(theirs)
}
