//! Which row of a name is meant on a day, and why: the one rule by which names that several entities share are decided.

use jiff::civil::Date;
use polybius_codebook::{Codebook, Entity, Form, Kind, RowId};

/// How offices of the past begin in the codebook.
pub(crate) const FORMER: &str = "former ";

/// How well a row fits a day; the least is chosen. The fields stand in the order in which they decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fit {
    /// The row does not hold on the day.
    pub out_of_time: bool,
    /// Plain names come before demonyms, capitals and seats.
    form: u8,
    /// A row of that time comes before one of all times.
    undated: bool,
    /// Countries come before towns of that name.
    kind: u8,
    /// The row gives no office.
    no_office: bool,
    /// Which row it is; the first listed comes first.
    pub row: RowId,
}

/// How well the row fits the day; without a day every row holds.
pub fn fit(codebook: &Codebook, row: RowId, day: Option<Date>) -> Fit {
    let listed = codebook.entities.row(row);
    let form = match listed.form {
        Form::Demonym => 1,
        Form::Capital => 2,
        Form::Seat => 3,
        _ => 0,
    };
    Fit {
        out_of_time: day.is_some_and(|day| !listed.holds_on(day)),
        form,
        undated: day.is_none() || (listed.from.is_none() && listed.until.is_none()),
        kind: kind_rank(codebook.entities.get(listed.entity).kind),
        no_office: listed.role.is_empty(),
        row,
    }
}

/// The row that fits the day best.
pub fn best_row(codebook: &Codebook, rows: &[RowId], day: Option<Date>) -> Option<RowId> {
    rows.iter().copied().min_by_key(|&row| fit(codebook, row, day))
}

/// The row that tells sector and office of whoever a row names: on a given day a person's office may stand in another row than the name.
pub fn office(codebook: &Codebook, row: RowId, day: Option<Date>) -> RowId {
    let entities = &codebook.entities;
    let entity = entities.get(entities.row(row).entity);
    match day {
        Some(day) if entity.kind == Kind::Person => held_on(codebook, entity, day).unwrap_or(row),
        _ => row,
    }
}

/// The row with the office that a person holds on a day, rather than one of the past.
pub(crate) fn held_on(codebook: &Codebook, person: &Entity, day: Date) -> Option<RowId> {
    let row = |id: RowId| codebook.entities.row(id);
    let held = person.rows.iter().copied().filter(|&id| !row(id).role.is_empty() && row(id).holds_on(day));
    held.min_by_key(|&id| (row(id).role.starts_with(FORMER), id))
}

/// The rows of persons of this surname who hold an office on the day.
pub fn in_office(codebook: &Codebook, surname: &str, day: Date) -> Vec<RowId> {
    let entities = &codebook.entities;
    let last = surname.rsplit(' ').next().unwrap_or(surname);
    let called =
        |row: &RowId| last == surname || entities.row(*row).name.to_lowercase().ends_with(&surname.to_lowercase());
    let holds = |row: &RowId| {
        let held = held_on(codebook, entities.get(entities.row(*row).entity), day);
        held.is_some_and(|held| !entities.row(held).role.starts_with(FORMER))
    };
    entities.with_last_word(last).iter().copied().filter(|row| called(row) && holds(row)).collect()
}

impl Fit {
    /// What decides between this row and one that fits less well, for a person to read.
    pub fn reason_over(&self, other: &Fit, codebook: &Codebook) -> String {
        let entities = &codebook.entities;
        let (row, over) = (entities.row(self.row), entities.row(other.row));
        if self.out_of_time != other.out_of_time {
            "its row holds on that day".to_owned()
        } else if self.form != other.form {
            format!("a {} comes before a {}", row.form, over.form)
        } else if self.undated != other.undated {
            "its row is of that time".to_owned()
        } else if self.kind != other.kind {
            format!("a {} comes before a {}", entities.get(row.entity).kind, entities.get(over.entity).kind)
        } else if self.no_office != other.no_office {
            "its row gives an office".to_owned()
        } else {
            "it is listed first; nothing else tells them apart".to_owned()
        }
    }
}

/// Which entity newspapers mean by a name that several share.
fn kind_rank(kind: Kind) -> u8 {
    match kind {
        Kind::Country => 0,
        Kind::Organisation => 1,
        Kind::Person => 2,
        Kind::Group => 3,
        Kind::Body => 4,
        Kind::Territory => 5,
        _ => 6,
    }
}
