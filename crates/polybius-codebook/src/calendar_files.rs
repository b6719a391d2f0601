//! Reading the calendar: the table of named days and the table of those that move.

use jiff::civil::{Date, Weekday};

use crate::SourceFile;
use crate::calendar::{Calendar, DayRule};
use crate::csv_file::parse_csv;
use crate::problems::{Problems, did_you_mean};

/// Reads `calendar/days.csv` and `calendar/moving.csv`.
pub(crate) fn read_calendar(
    days: Option<&SourceFile>,
    moving: Option<&SourceFile>,
    problems: &mut Problems,
) -> Calendar {
    let mut calendar = Calendar::default();
    if let Some(file) = moving {
        parse_csv(file, ["day", "from", "until"], problems, |[day, from, until], place, problems| {
            match (from.parse::<Date>(), until.parse::<Date>()) {
                (Ok(from), Ok(until)) if from <= until => {
                    calendar.moving.entry(day.into()).or_default().push((from, until))
                }
                _ => problems.error(&place, format!("`{from}` to `{until}` are no days, or not in this order"), None),
            }
        });
    }
    if let Some(file) = days {
        parse_csv(file, ["name", "rule"], problems, |[name, rule], place, problems| {
            let Some(read) = read_rule(rule, &calendar) else {
                let cure = did_you_mean(rule, calendar.moving.keys().map(|name| &**name));
                let cure = cure.or_else(|| Some("the head of the file shows the rules".to_owned()));
                problems.error(&place, format!("`{rule}` is no rule, nor listed among the moving days"), cure);
                return;
            };
            calendar.n_words = calendar.n_words.max(name.split(' ').count());
            if calendar.days.insert(name.to_lowercase().into(), read).is_some() {
                problems.error(&place, format!("`{name}` is listed twice"), None);
            }
        });
    }
    calendar
}

fn read_rule(rule: &str, calendar: &Calendar) -> Option<DayRule> {
    if calendar.moving.contains_key(rule) {
        return Some(DayRule::Moving(rule.into()));
    }
    for (name, make) in [("easter", DayRule::Easter as fn(i16) -> DayRule), ("orthodox", DayRule::OrthodoxEaster)] {
        if let Some(later) = rule.strip_prefix(name) {
            return (if later.is_empty() { Some(0) } else { later.parse().ok() }).map(make);
        }
    }
    let (rule, later) = rule.split_once('+').unwrap_or((rule, "0"));
    let mut parts = rule.split('-');
    let month: i8 = parts.next()?.parse().ok().filter(|month| (1..=12).contains(month))?;
    let second = parts.next()?;
    let third = parts.next();
    if parts.next().is_some() {
        return None;
    }
    let Some(nth) = third else {
        // A leap year has every day that there is.
        let day = second.parse().ok().filter(|&day| Date::new(2024, month, day).is_ok())?;
        return (later == "0").then_some(DayRule::Fixed(month, day));
    };
    let weekday = match second {
        "mon" => Weekday::Monday,
        "tue" => Weekday::Tuesday,
        "wed" => Weekday::Wednesday,
        "thu" => Weekday::Thursday,
        "fri" => Weekday::Friday,
        "sat" => Weekday::Saturday,
        "sun" => Weekday::Sunday,
        _ => return None,
    };
    let nth = if nth == "last" { -1 } else { nth.parse().ok().filter(|nth| (1..=5).contains(nth))? };
    Some(DayRule::Weekday(month, weekday, nth, later.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules() {
        let check = |rule: &str, expected: Option<DayRule>| {
            assert_eq!(read_rule(rule, &Calendar::default()), expected, "{rule}");
        };
        check("12-25", Some(DayRule::Fixed(12, 25)));
        check("02-29", Some(DayRule::Fixed(2, 29)));
        check("02-30", None);
        check("13-01", None);
        check("11-thu-4+1", Some(DayRule::Weekday(11, Weekday::Thursday, 4, 1)));
        check("05-mon-last", Some(DayRule::Weekday(5, Weekday::Monday, -1, 0)));
        check("easter-2", Some(DayRule::Easter(-2)));
        check("orthodox", Some(DayRule::OrthodoxEaster(0)));
        check("someday", None);
    }
}
