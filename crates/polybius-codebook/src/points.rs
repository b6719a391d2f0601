//! Tables of points: how much each sign, or two together, speak for something.

use crate::SourceFile;
use crate::csv_file::parse_csv;
use crate::evidence::{ModeSign, SideSign};
use crate::problems::{Problems, did_you_mean};

/// A table of points: `N` numbers for each sign, or for two together, where they are multiplied.
#[derive(Debug, Clone)]
pub struct Points<const N: usize> {
    lines: Vec<(usize, Option<usize>, [f32; N])>,
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
        for (first, second, points) in &self.lines {
            let much = signs[*first] * second.map_or(1.0, |second| signs[second]);
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

type Line<const N: usize> = (usize, Option<usize>, [f32; N]);

/// One line of a table, or what is wrong with it and how to put it right.
fn line<const N: usize>(names: &[&str], signs: &str, numbers: [&str; N]) -> Result<Line<N>, (String, Option<String>)> {
    let number = |name: &str| {
        let unknown = || (format!("`{name}` is no sign"), did_you_mean(name, names.iter().copied()));
        names.iter().position(|other| *other == name).ok_or_else(unknown)
    };
    let (first, second) = signs.split_once(" & ").map_or((signs, None), |(first, second)| (first, Some(second)));
    let (first, second) = (number(first)?, second.map(number).transpose()?);
    let mut points = [0.0; N];
    for (point, text) in points.iter_mut().zip(numbers) {
        let read = text.parse::<f32>().ok().filter(|read| read.abs() <= 99.0);
        *point = read.ok_or_else(|| (format!("`{text}` is no number from -99 to 99"), None))?;
    }
    Ok((first, second, points))
}

fn add<const N: usize>(
    points: &mut Points<N>,
    line: Result<Line<N>, (String, Option<String>)>,
    place: &crate::Place,
    problems: &mut Problems,
) {
    match line {
        Ok(line) => {
            let same = |(first, second, _): &Line<N>| (*first, *second) == (line.0, line.1);
            if points.lines.iter().any(same) {
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
        let points = Points { lines: vec![(any, None, [1.0, 2.0]), (here, Some(share), [4.0, -4.0])] };
        let mut signs = [0.0; SideSign::ALL.len()];
        signs[any] = 1.0;
        assert_eq!(points.sum(&signs), [1.0, 2.0]);
        (signs[here], signs[share]) = (1.0, 0.5);
        assert_eq!(points.sum(&signs), [3.0, 0.0]);
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
