//! Collecting what is wrong, and guessing what was meant.

use crate::{Place, Problem, Severity};

/// Everything found wrong so far.
#[derive(Debug, Default)]
pub(crate) struct Problems {
    list: Vec<Problem>,
}

impl Problems {
    /// The codebook cannot be used.
    pub fn error(&mut self, place: &Place, message: impl Into<String>, cure: Option<String>) {
        self.add(Severity::Error, place, message.into(), cure);
    }

    /// The codebook can be used, but someone should look.
    pub fn warning(&mut self, place: &Place, message: impl Into<String>, cure: Option<String>) {
        self.add(Severity::Warning, place, message.into(), cure);
    }

    /// Everything, in order of path and line.
    pub fn into_sorted(mut self) -> Vec<Problem> {
        self.list.sort();
        self.list.dedup();
        self.list
    }

    fn add(&mut self, severity: Severity, place: &Place, message: String, cure: Option<String>) {
        self.list.push(Problem { path: place.path.to_string(), line: place.line as usize, severity, message, cure });
    }
}

/// "did you mean …?", if one of the names is close to what stands there.
pub(crate) fn did_you_mean<'n>(found: &str, names: impl IntoIterator<Item = &'n str>) -> Option<String> {
    nearest(found, names).map(|name| format!("did you mean `{name}`?"))
}

/// The name closest to what stands there, if one is close.
pub(crate) fn nearest<'n>(found: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let length = found.chars().count();
    let allowed = (length / 3).clamp(1, 3);
    // Long words are no misspelt names, and comparing them takes long.
    if length > 60 {
        return None;
    }
    let close = names.into_iter().filter(|name| name.len().abs_diff(found.len()) <= 3 * allowed);
    let nearest = close
        .map(|name| (strsim::osa_distance(&name.to_lowercase(), &found.to_lowercase()), name))
        .filter(|&(distance, _)| distance <= allowed)
        .min()?;
    Some(nearest.1)
}

/// "it is one of …": the cure where the names are few.
pub(crate) fn one_of(found: &str, names: &[&str]) -> Option<String> {
    did_you_mean(found, names.iter().copied()).or_else(|| {
        let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        Some(format!("it is one of {}", quoted.join(", ")))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(found: &str, expected: Option<&str>) {
        let names = ["verb", "noun", "recipient", "reciprocal"];
        let cure = expected.map(|name| format!("did you mean `{name}`?"));
        assert_eq!(did_you_mean(found, names), cure, "{found}");
    }

    #[test]
    fn close_names_are_suggested() {
        check("verbs", Some("verb"));
        check("Verb", Some("verb"));
        check("recipients", Some("recipient"));
        check("reciprical", Some("reciprocal"));
        check("weather", None);
        check("", None);
    }
}
