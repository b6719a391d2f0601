//! Spans of days that reports are counted by.

use jiff::ToSpan;
use jiff::civil::Date;

/// How long a period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// A day, `2024-10-11`.
    Day,
    /// A week from Monday, `2024-W41`.
    Week,
    /// A month, `2024-10`.
    Month,
    /// A year, `2024`.
    Year,
    /// All time, `ever`.
    Ever,
}

impl By {
    /// The period that a day lies in, or the day itself if it is none.
    pub fn period(self, day: &str) -> String {
        match self {
            By::Day => day.to_owned(),
            By::Month => day.get(..7).unwrap_or(day).to_owned(),
            By::Year => day.get(..4).unwrap_or(day).to_owned(),
            By::Ever => "ever".to_owned(),
            By::Week => day.parse::<Date>().map_or(day.to_owned(), |day| {
                let week = day.iso_week_date();
                format!("{:04}-W{:02}", week.year(), week.week())
            }),
        }
    }

    /// All periods from one day to another, in order; at most 40,000 of them.
    pub fn between(self, from: &str, to: &str) -> Vec<String> {
        if self == By::Ever {
            return vec![self.period(from)];
        }
        let (Ok(from), Ok(to)) = (from.parse::<Date>(), to.parse::<Date>()) else { return Vec::new() };
        let step = match self {
            By::Day => 1.day(),
            By::Week => 7.days(),
            By::Month => 1.month(),
            By::Year | By::Ever => 1.year(),
        };
        let start = match self {
            By::Day | By::Week => from,
            By::Month => from.first_of_month(),
            By::Year | By::Ever => from.first_of_year(),
        };
        let last = self.period(&to.to_string());
        let mut periods = Vec::new();
        for day in start.series(step).take(MOST) {
            let period = self.period(&day.to_string());
            if period > last {
                break;
            }
            periods.push(period);
        }
        periods
    }

    /// Whether a date that is known so exactly lies in one period.
    pub(crate) fn is_told_by(self, precision: Option<&str>) -> bool {
        match precision {
            _ if self == By::Ever => true,
            Some("day" | "published") | None => true,
            Some("week") => !matches!(self, By::Day),
            Some("month") => matches!(self, By::Month | By::Year),
            Some("quarter" | "year") => matches!(self, By::Year),
            Some(_) => false,
        }
    }
}

/// More periods than this are nobody's question but a slip in a date.
pub(crate) const MOST: usize = 40_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_follow_each_other() {
        let check = |by: By, from: &str, to: &str, expected: &str| {
            assert_eq!(by.between(from, to).join(" "), expected);
        };
        check(By::Day, "2024-02-28", "2024-03-01", "2024-02-28 2024-02-29 2024-03-01");
        check(By::Week, "2024-12-29", "2025-01-06", "2024-W52 2025-W01 2025-W02");
        check(By::Month, "2024-11-30", "2025-02-01", "2024-11 2024-12 2025-01 2025-02");
        check(By::Year, "2023-12-31", "2024-01-01", "2023 2024");
        check(By::Year, "2024-01-01", "2023-01-01", "");
    }

    #[test]
    fn a_month_is_no_day() {
        assert!(By::Month.is_told_by(Some("month")) && !By::Day.is_told_by(Some("month")));
        assert!(!By::Year.is_told_by(Some("vague")) && By::Day.is_told_by(Some("published")));
    }
}
