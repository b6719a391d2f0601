//! Whether two reports tell of the same act: points for and against, added up, with the reasons in words.

use std::collections::BTreeSet;

use crate::compared::{Compared, Count, Days, Party, Place, Text};
use crate::time::days_between;
use crate::told::{Stem, Told, stem};

/// From this score on, 0 to 1, two reports tell of the same act.
pub(crate) const SAME: f64 = 0.5;

/// What words can say for it at most.
const MOST_FOR_WORDS: f64 = 3.6;

/// How surely two reports tell of the same act, and why.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Sameness {
    /// 0 to 1.
    pub score: f64,
    /// What speaks for it and against it.
    pub reason: String,
}

/// How surely the two tell of the same act; `None` if they cannot.
pub(crate) fn sameness(one: &Told<'_>, other: &Told<'_>) -> Option<Sameness> {
    let mut points = Points::of_circumstances(&one.row, &other.row)?;
    points.words(one, other);
    Some(points.sameness())
}

/// How surely the two tell of the same act, if it is likelier than not.
pub(crate) fn same_act(one: &Told<'_>, other: &Told<'_>) -> Option<Sameness> {
    let mut points = Points::of_circumstances(&one.row, &other.row)?;
    // Most reports are told apart without a look at their words, which takes longest.
    if score(points.sum + MOST_FOR_WORDS) < SAME {
        return None;
    }
    points.words(one, other);
    Some(points.sameness()).filter(|found| found.score >= SAME)
}

/// Where reports of the same act are looked for: under type and parties, or type and place where the parties are not all known.
pub(crate) fn keys(row: &Compared<'_>) -> Vec<String> {
    let (actors, recipients) = (codes(&row.actors), codes(&row.recipients));
    let event_type = &*row.event_type;
    let mut keys = BTreeSet::new();
    if is_together(row) {
        for (first, actor) in actors.iter().enumerate() {
            for other in actors.iter().skip(first + 1) {
                keys.insert(format!("{event_type} {actor} & {other}"));
            }
        }
    }
    for actor in &actors {
        for recipient in &recipients {
            keys.insert(format!("{event_type} {actor} > {recipient}"));
        }
    }
    if actors.is_empty() || recipients.is_empty() {
        let known = actors.iter().chain(&recipients);
        keys.extend(known.map(|code| format!("{event_type} {code}")));
    }
    if let Some(place) = row.place.as_ref().filter(|place| &*place.precision != "country") {
        keys.insert(format!("{event_type} at {}", place.name.to_lowercase()));
    }
    keys.into_iter().collect()
}

/// Where else they are looked for: reports that tell of one side only stand under its codes.
pub(crate) fn keys_of_one_side(row: &Compared<'_>) -> Vec<String> {
    if row.actors.is_empty() || row.recipients.is_empty() {
        return Vec::new();
    }
    let known = codes(&row.actors).into_iter().chain(codes(&row.recipients)).collect::<BTreeSet<_>>();
    known.into_iter().map(|code| format!("{} {code}", &*row.event_type)).collect()
}

/// The side that a report tells of, if it tells of one only, and under which codes reports that tell of both may be found.
pub(crate) fn only_side<'c>(row: &'c Compared<'_>) -> Option<(&'static str, BTreeSet<&'c str>)> {
    let (side, told) = match (row.actors.len(), row.recipients.len()) {
        (1, 0) => ("actor", &row.actors),
        (0, 1..) => ("recipient", &row.recipients),
        _ => return None,
    };
    Some((side, told.iter().filter_map(code).collect()))
}

/// The code under which a participant is counted: the country, else the entity.
fn code<'c>(participant: &'c Party<'_>) -> Option<&'c str> {
    participant.country.as_deref().or(participant.entity.as_deref())
}

/// Country, else entity, else what sort of people they are.
pub(crate) fn codes(participants: &[Party<'_>]) -> BTreeSet<String> {
    let sort = |one: &Party<'_>| {
        let last = one.name.split_whitespace().last().unwrap_or_default();
        format!("~{}", one.sector.as_deref().map_or_else(|| stem(last).collect(), str::to_owned))
    };
    participants.iter().map(|one| code(one).map_or_else(|| sort(one), str::to_owned)).collect()
}

/// What a participant is known by.
pub(crate) fn name(participant: &Party<'_>) -> String {
    match &participant.entity {
        // A country's police and its farmers are not the same.
        Some(entity) => format!("{} {}", &**entity, participant.sector.as_deref().unwrap_or_default()),
        None => participant.name.to_lowercase(),
    }
}

/// The towns that take part, as the text writes them: whoever is hit in a town is hit there.
fn towns(participants: &[Party<'_>]) -> BTreeSet<String> {
    let is_town = |one: &&Party<'_>| {
        &*one.resolved_by == "capital" || one.entity.as_deref().is_some_and(|entity| entity.starts_with("geonames-"))
    };
    participants.iter().filter(is_town).map(|one| one.text.to_lowercase()).collect()
}

/// Whether all who take part act together.
pub(crate) fn is_together(row: &Compared<'_>) -> bool {
    row.recipients.is_empty() && row.actors.len() > 1
}

/// Whether the report tells of something that happened or is said not to have, rather than of something to come.
pub(crate) fn is_fact(row: &Compared<'_>) -> bool {
    !row.auxiliary.iter().any(|mode| matches!(&**mode, "future" | "hypothetical"))
}

struct Points {
    sum: f64,
    reasons: Vec<&'static str>,
}

impl Points {
    /// What all but the words says.
    fn of_circumstances(one: &Compared<'_>, other: &Compared<'_>) -> Option<Points> {
        if one.event_type != other.event_type || is_fact(one) != is_fact(other) {
            return None;
        }
        let mut points = Points { sum: -2.2, reasons: Vec::new() };
        points.prospects(one, other)?;
        points.modes(one, other);
        points.sides(one, other)?;
        points.dates(one, other)?;
        points.places(one.place.as_ref(), other.place.as_ref())?;
        points.sizes(one, other);
        Some(points)
    }

    fn sameness(&self) -> Sameness {
        Sameness { score: score(self.sum), reason: self.reasons.join(", ") }
    }

    fn add(&mut self, points: f64, reason: &'static str) {
        self.sum += points;
        self.reasons.push(reason);
    }

    /// What is promised, threatened or asked for must be of one type, if both tell it.
    fn prospects(&mut self, one: &Compared<'_>, other: &Compared<'_>) -> Option<()> {
        match (&one.prospect, &other.prospect) {
            (Some(one), Some(other)) if one != other => return None,
            (Some(_), None) | (None, Some(_)) => self.add(-0.4, "what it is about not told by both"),
            _ => {}
        }
        Some(())
    }

    fn modes(&mut self, one: &Compared<'_>, other: &Compared<'_>) {
        match (&one.mode, &other.mode) {
            (Some(one), Some(other)) if one == other => self.add(0.5, "same mode"),
            (Some(_), Some(_)) => self.add(-1.5, "other mode"),
            _ => {}
        }
    }

    /// The parties must fit, each on its own side.
    fn sides(&mut self, one: &Compared<'_>, other: &Compared<'_>) -> Option<()> {
        if is_together(one) && is_together(other) {
            return self.fellows(&one.actors, &other.actors);
        }
        self.side(&one.actors, &other.actors, "same actor", "actor of the same country")?;
        self.side(&one.recipients, &other.recipients, "same recipient", "recipient of the same country")
    }

    /// Of those who act together, the one report must name all whom the other names.
    fn fellows(&mut self, one: &[Party<'_>], other: &[Party<'_>]) -> Option<()> {
        let (one, other) = (codes(one), codes(other));
        (one.is_subset(&other) || other.is_subset(&one)).then(|| self.add(2.0, "same parties"))
    }

    fn side(&mut self, one: &[Party<'_>], other: &[Party<'_>], same: &'static str, near: &'static str) -> Option<()> {
        if one.is_empty() || other.is_empty() {
            if one.len() != other.len() {
                self.add(-1.5, "one side not told by both");
            }
            return Some(());
        }
        let names: BTreeSet<String> = one.iter().map(name).collect();
        let n_shared = other.iter().filter(|participant| names.contains(&name(participant))).count();
        let (own, others) = (towns(one), towns(other));
        if !own.is_empty() && !others.is_empty() && own.is_disjoint(&others) {
            self.add(-3.5, "other place");
        }
        if n_shared > 0 {
            self.add(if n_shared > 1 { 1.5 } else { 1.0 }, same);
            return Some(());
        }
        let is_near = !codes(one).is_disjoint(&codes(other));
        is_near.then(|| self.add(0.4, near))
    }

    fn dates(&mut self, one: &Compared<'_>, other: &Compared<'_>) -> Option<()> {
        let (Some(own), Some(others)) = (&one.date, &other.date) else {
            self.add(-0.5, "no date");
            return Some(());
        };
        let (both_told, distance) = (own.words.is_some() && others.words.is_some(), distance(own, others));
        if !can_be_one_day(both_told, distance) {
            return None;
        }
        match (both_told, distance) {
            (true, 0) if &*own.precision == "day" && &*others.precision == "day" => self.add(1.5, "same day"),
            (true, 0) => self.add(0.3, "dates that fit"),
            (true, 1) => self.add(-0.5, "a day apart"),
            (true, 7) if is_same_weekday(own, others) => self.add(0.3, "same weekday"),
            (true, _) => return None,
            (false, 0..=1) => self.add(0.7, "reported in the same days"),
            (false, 2..=3) => self.add(-0.2, "reported some days apart"),
            (false, _) => self.add(-1.5, "reported in the same week"),
        }
        Some(())
    }

    fn places(&mut self, one: Option<&Place<'_>>, other: Option<&Place<'_>>) -> Option<()> {
        let (Some(one), Some(other)) = (one, other) else { return Some(()) };
        let is_named = |place: &Place<'_>| &*place.precision != "country";
        if one.name.eq_ignore_ascii_case(&other.name) {
            self.add(if is_named(one) { 1.5 } else { 0.3 }, "same place");
        } else if one.country.is_some() && other.country.is_some() && one.country != other.country {
            return None;
        } else if is_named(one) && is_named(other) && one.precision == other.precision {
            self.add(-3.5, "other place");
        }
        Some(())
    }

    fn sizes(&mut self, one: &Compared<'_>, other: &Compared<'_>) {
        let (own, others) = (&one.size, &other.size);
        let pairs = [(&own.dead, &others.dead), (&own.injured, &others.injured), (&own.arrested, &others.arrested)];
        let value = |count: &Option<Count>| count.as_ref().map(|count| f64::from(count.value.max(1)));
        let known = pairs.into_iter().filter_map(|(one, other)| Some((value(one)?, value(other)?)));
        for (one, other) in known {
            let ratio = one.max(other) / one.min(other);
            match ratio {
                _ if ratio == 1.0 => self.add(1.2, "same figures"),
                _ if ratio <= 2.0 => self.add(-0.2, "figures not far apart"),
                _ => self.add(-1.5, "figures far apart"),
            }
        }
    }

    /// Parties and days are compared by themselves, so that words that only name them again count only if the whole sentence is the same.
    fn words(&mut self, one: &Told<'_>, other: &Told<'_>) {
        let (own, others) = (one.other_words(), other.other_words());
        match shared(own, others) {
            _ if shared(one.words(), other.words()) >= 0.8 => self.add(3.0, "same words"),
            0.5.. => self.add(1.5, "much the same words"),
            0.25.. => self.add(0.7, "similar words"),
            part if part < 0.08 && own.len().min(others.len()) > 1 => self.add(-0.8, "other words"),
            _ => {}
        }
        if Stem::of(&one.row.why.trigger.text) == Stem::of(&other.row.why.trigger.text) {
            self.add(0.6, "same verb");
        }
        // Who is hit in a town that nobody knows is told apart by its name.
        let (own, others) = (one.names(), other.names());
        if !own.is_empty() && !others.is_empty() && own.is_disjoint(others) {
            self.add(-3.5, "other names");
        }
    }
}

/// The score of so many points.
fn score(points: f64) -> f64 {
    let score = 1.0 / (1.0 + (-points).exp());
    (score * 100.0).round() / 100.0
}

/// Whether two acts so many days apart may be the same. News of an act appears on its day or in the days after; of days that are told, a
/// weekday may be taken for that of another week.
pub(crate) fn can_be_one_day(both_told: bool, n_days: i64) -> bool {
    if both_told { matches!(n_days, 0 | 1 | 7) } else { n_days <= 7 }
}

/// How many days lie between two spans of days; 0 if they meet.
fn distance(one: &Days<'_>, other: &Days<'_>) -> i64 {
    let after = |first: &Days<'_>, second: &Days<'_>| days_between(&first.end, &second.start).unwrap_or(0);
    after(one, other).max(after(other, one)).max(0)
}

/// Whether the same words said on about the same day were taken for the week before and for the week after: "threatened to attack on
/// Tuesday" does not tell which.
fn is_same_weekday(one: &Days<'_>, other: &Days<'_>) -> bool {
    let word = |date: &Days<'_>| date.words.as_ref().map(|words| words.text.to_lowercase());
    let is_near =
        |anchors: (&Text<'_>, &Text<'_>)| days_between(anchors.0, anchors.1).is_some_and(|days| days.abs() <= 1);
    word(one) == word(other) && one.anchor.as_ref().zip(other.anchor.as_ref()).is_some_and(is_near)
}

/// How many of all the words of two sentences are in both, 0 to 1.
fn shared(own: &BTreeSet<Stem>, others: &BTreeSet<Stem>) -> f64 {
    let n_shared = own.intersection(others).count();
    n_shared as f64 / (own.len() + others.len() - n_shared).max(1) as f64
}
