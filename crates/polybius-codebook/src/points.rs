//! Tables of points: how much each sign speaks for something, how much what there is of it over a bound, and how much two together.

use crate::SourceFile;
use crate::csv_file::parse_csv;
use crate::evidence::{ModeSign, SideSign};
use crate::problems::{Problems, did_you_mean};

/// A table of points: `N` numbers for each thing that counts.
#[derive(Debug, Clone)]
pub struct Points<const N: usize> {
    lines: Vec<(What, [f32; N])>,
}

/// What counts, by the numbers of signs.
#[derive(Debug, Clone, Copy, PartialEq)]
enum What {
    Sign(usize),
    /// Two together, multiplied: `pattern & quoted`.
    Both(usize, usize),
    /// What there is of one over a bound: `least actor > 1.5`.
    Over(usize, f32),
}

impl What {
    fn much(self, signs: &[f32]) -> f32 {
        match self {
            What::Sign(sign) => signs[sign],
            What::Both(first, second) => signs[first] * signs[second],
            What::Over(sign, bound) => (signs[sign] - bound).max(0.0),
        }
    }
}

impl<const N: usize> Default for Points<N> {
    fn default() -> Points<N> {
        Points { lines: Vec::new() }
    }
}

impl<const N: usize> Points<N> {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// What the signs add up to; `signs` holds how much of each there is.
    pub fn sum(&self, signs: &[f32]) -> [f32; N] {
        let mut sums = [0.0; N];
        for (what, points) in &self.lines {
            let much = what.much(signs);
            if much != 0.0 {
                sums.iter_mut().zip(points).for_each(|(sum, points)| *sum += much * points);
            }
        }
        sums
    }
}

/// Reads `sides.csv`.
pub(crate) fn read_sides(file: &SourceFile, problems: &mut Problems) -> Points<2> {
    let mut points = Points::default();
    parse_csv(file, ["signs", "actor", "recipient"], problems, |[signs, actor, recipient], place, problems| {
        let line = line(SideSign::NAMES, signs, [actor, recipient]);
        add(&mut points, line, &place, problems);
    });
    points
}

/// Reads `confidence.csv` or `dates.csv`, whose signs are `names`.
pub(crate) fn read_points(names: &[&str], file: &SourceFile, problems: &mut Problems) -> Points<1> {
    let mut points = Points::default();
    parse_csv(file, ["signs", "points"], problems, |[signs, number], place, problems| {
        let line = line(names, signs, [number]);
        add(&mut points, line, &place, problems);
    });
    points
}

/// Reads `modes.csv`.
pub(crate) fn read_modes(file: &SourceFile, problems: &mut Problems) -> Points<4> {
    let mut points = Points::default();
    let columns = ["signs", "negation", "future", "hypothetical", "historical"];
    parse_csv(file, columns, problems, |[signs, numbers @ ..], place, problems| {
        add(&mut points, line(ModeSign::NAMES, signs, numbers), &place, problems);
    });
    points
}

type Line<const N: usize> = (What, [f32; N]);

/// One line of a table, or what is wrong with it and how to put it right.
fn line<const N: usize>(names: &[&str], signs: &str, numbers: [&str; N]) -> Result<Line<N>, (String, Option<String>)> {
    let number = |name: &str| {
        let unknown = || (format!("`{name}` is no sign"), did_you_mean(name, names.iter().copied()));
        names.iter().position(|other| *other == name).ok_or_else(unknown)
    };
    let what = match (signs.split_once(" & "), signs.split_once(" > ")) {
        (Some((first, second)), _) => What::Both(number(first)?, number(second)?),
        (None, Some((sign, bound))) => What::Over(number(sign)?, small(bound)?),
        (None, None) => What::Sign(number(signs)?),
    };
    let mut points = [0.0; N];
    for (point, text) in points.iter_mut().zip(numbers) {
        *point = small(text)?;
    }
    Ok((what, points))
}

fn small(text: &str) -> Result<f32, (String, Option<String>)> {
    let read = text.parse::<f32>().ok().filter(|read| read.abs() <= 99.0);
    read.ok_or_else(|| (format!("`{text}` is no number from -99 to 99"), None))
}

fn add<const N: usize>(
    points: &mut Points<N>,
    line: Result<Line<N>, (String, Option<String>)>,
    place: &crate::Place,
    problems: &mut Problems,
) {
    match line {
        Ok(line) => {
            if points.lines.iter().any(|(what, _)| *what == line.0) {
                problems.error(place, "these signs are listed twice".to_owned(), None);
            }
            points.lines.push(line);
        }
        Err((message, cure)) => problems.error(place, message, cure),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::EventSign;

    #[test]
    fn signs_together_are_multiplied() {
        let (any, here, share) = (SideSign::Any as usize, SideSign::Here as usize, SideSign::Share as usize);
        let points = Points { lines: vec![(What::Sign(any), [1.0, 2.0]), (What::Both(here, share), [4.0, -4.0])] };
        let mut signs = [0.0; SideSign::ALL.len()];
        signs[any] = 1.0;
        assert_eq!(points.sum(&signs), [1.0, 2.0]);
        (signs[here], signs[share]) = (1.0, 0.5);
        assert_eq!(points.sum(&signs), [3.0, 0.0]);
    }

    #[test]
    fn what_is_over_a_bound_counts() {
        let text = "signs,points\nleast actor > 1.5,2\nleast actor > -1,0.5\n".to_owned();
        let mut problems = Problems::default();
        let points =
            read_points(EventSign::NAMES, &SourceFile { path: "confidence.csv".to_owned(), text }, &mut problems);
        assert!(problems.into_sorted().is_empty());
        let mut signs = [0.0; EventSign::ALL.len()];
        assert_eq!(points.sum(&signs), [0.5]);
        signs[EventSign::LeastActor as usize] = 2.5;
        assert_eq!(points.sum(&signs), [3.75]);
    }

    #[test]
    fn defects_are_told() {
        let file = |text: &str| SourceFile { path: "confidence.csv".to_owned(), text: text.to_owned() };
        let mut problems = Problems::default();
        read_points(EventSign::NAMES, &file("signs,points\nany,0.5\ntype & pattern,-0.1\n"), &mut problems);
        read_points(EventSign::NAMES, &file("signs,points\nanny,0.5\nany,much\nany,1\nany,2\n"), &mut problems);
        let problems = problems.into_sorted();
        let messages: Vec<&str> = problems.iter().map(|problem| &*problem.message).collect();
        assert_eq!(
            messages,
            ["`anny` is no sign", "`much` is no number from -99 to 99", "these signs are listed twice"]
        );
        assert_eq!(problems[0].cure.as_deref(), Some("did you mean `any`?"));
    }
}
