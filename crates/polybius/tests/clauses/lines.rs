//! Reads `sentences.txt` and `treebank.txt` and compares its lines with the clauses the coder makes.

use polybius::explanation::ClauseExplanation;

/// A sentence with the clauses it should give.
pub struct Entry {
    pub sentence: String,
    pub lines: Vec<Line>,
}

/// One expected clause.
pub struct Line {
    pub text: String,
    pub lemma: String,
    pub kind: String,
    pub slots: Vec<(String, Vec<String>)>,
    pub marks: Vec<String>,
    /// Right, but beyond the clause form: reported, not required.
    pub beyond: bool,
}

pub fn parse(text: &str) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut open = false;
    for line in text.lines() {
        let line = line.trim_end();
        if line.is_empty() {
            open = false;
        } else if line.starts_with('#') {
            continue;
        } else if !open {
            entries.push(Entry { sentence: line.to_owned(), lines: Vec::new() });
            open = true;
        } else if let Some(entry) = entries.last_mut() {
            entry.lines.push(parse_line(line));
        }
    }
    entries
}

fn parse_line(text: &str) -> Line {
    let beyond = text.starts_with("? ");
    let mut parts = text.trim_start_matches("? ").split(" | ");
    let head = parts.next().unwrap_or_default();
    let (lemma, kind) = head.rsplit_once(' ').unwrap_or((head, "verb"));
    let mut line = Line {
        text: text.to_owned(),
        lemma: lemma.to_lowercase(),
        kind: kind.to_owned(),
        slots: Vec::new(),
        marks: Vec::new(),
        beyond,
    };
    for part in parts {
        match part.split_once(": ") {
            Some((slot, values)) => {
                line.slots.push((slot.to_owned(), values.split(" & ").map(str::to_owned).collect()));
            }
            None => line.marks.push(part.trim().to_owned()),
        }
    }
    line
}

/// Why no clause is as `line` says; `None` if one is.
pub fn missed(line: &Line, clauses: &[&ClauseExplanation]) -> Option<String> {
    let named: Vec<&&ClauseExplanation> = clauses.iter().filter(|clause| is_predicate(line, clause)).collect();
    if named.is_empty() {
        let all: Vec<String> = clauses.iter().map(|clause| format!("{} {}", clause.predicate, clause.kind)).collect();
        return Some(format!("no such clause among: {}", all.join(", ")));
    }
    let mut reasons = Vec::new();
    for clause in named {
        match wrong(line, clause) {
            None => return None,
            Some(reason) => reasons.push(reason),
        }
    }
    Some(reasons.join("; "))
}

fn is_predicate(line: &Line, clause: &ClauseExplanation) -> bool {
    let key = &clause.predicate;
    let same = *key == line.lemma
        || key.starts_with(&format!("{} ", line.lemma))
        || key.ends_with(&format!(" {}", line.lemma))
        || line.lemma.ends_with(&format!(" {key}"));
    same && clause.kind == line.kind
}

fn wrong(line: &Line, clause: &ClauseExplanation) -> Option<String> {
    for (slot, values) in &line.slots {
        let found = clause.slots.iter().find(|(name, _)| name == slot).map_or("", |(_, words)| words.as_str());
        if values.len() == 1 && values[0] == "-" {
            if !found.is_empty() {
                return Some(format!("{slot} holds {found}"));
            }
            continue;
        }
        let found: Vec<&str> = found.split(" & ").filter(|word| !word.is_empty()).collect();
        let all = values.iter().all(|value| found.iter().any(|found| is_value(found, value)));
        if !all || (slot != "complement" && found.len() != values.len()) {
            return Some(format!("{slot} holds {:?}", found.join(" & ")));
        }
    }
    let have: Vec<&str> = clause.status.iter().filter_map(|note| note.split(':').next()).collect();
    wrong_marks(line, &have)
}

fn is_value(found: &str, value: &str) -> bool {
    let (found, value) = (found.to_lowercase(), value.to_lowercase());
    found == value
        || found.ends_with(&format!(" {value}"))
        || value.ends_with(&format!(" {found}"))
        || value.starts_with(&format!("{found} "))
        || value.split_once(' ').is_some_and(|(verb, _)| verb == found)
}

fn wrong_marks(line: &Line, have: &[&str]) -> Option<String> {
    let mut free: Vec<&str> = Vec::new();
    for mark in &line.marks {
        let choices: Vec<&str> = mark.split('/').collect();
        let met = choices.iter().any(|choice| have.contains(choice)) || choices.contains(&"none");
        if !met {
            return Some(format!("marks are {have:?}"));
        }
        free.extend(choices);
    }
    have.iter().find(|mark| !free.contains(mark)).map(|mark| format!("marked {mark}"))
}
