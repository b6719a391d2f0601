//! An explanation as a person reads it: the tree, who was found, the clauses, the events, and what was left out.

use crate::explanation::{Explanation, SentenceExplanation};
use crate::{ClaimRow, Codebook, Document, EventRow, ExpectationRow, Token, ledger, rows};

use super::pretty;
use super::shown::{ASIDE, PARTICIPANT, TRIGGER, one_line, painted};

/// The whole explanation of a document.
pub fn explained(document: &Document, explanation: &Explanation, codebook: &Codebook, colour: bool) -> String {
    let (_, claims, expectations) = ledger(document, &explanation.records, codebook);
    let account = Account { document, codebook, colour, claims, expectations };
    explanation.sentences.iter().map(|sentence| account.sentence(sentence)).collect()
}

struct Account<'a> {
    document: &'a Document,
    codebook: &'a Codebook,
    colour: bool,
    claims: Vec<ClaimRow>,
    expectations: Vec<ExpectationRow>,
}

impl Account<'_> {
    fn sentence(&self, sentence: &SentenceExplanation) -> String {
        let tokens = self.document.sentence(sentence.sentence).tokens.clone();
        let words = self.document.text(self.document.span_of(&tokens));
        let mut text = format!("{}  {}\n", sentence.sentence.index() + 1, one_line(words));
        text += &self.heading("tree");
        for token in self.document.tokens(tokens) {
            if token.head().is_none() {
                self.branch(token, 2, &mut text);
            }
        }
        if !sentence.participants.is_empty() {
            text += &self.heading("who");
        }
        for participant in &sentence.participants {
            let entity = participant.entity.map(|entity| &*self.codebook.entities.get(entity).id);
            let sector = participant.sector.map(|sector| &*self.codebook.ontology.sector(sector).name);
            let parts = [entity, participant.country.as_deref(), sector, Some(participant.resolved_by.as_str())];
            let mut parts: Vec<&str> = parts.into_iter().flatten().collect();
            parts.dedup();
            let words = one_line(self.document.text(participant.span));
            text += &format!("    {}  {}", painted(&words, PARTICIPANT, self.colour), one_line(&participant.name));
            text += &format!(" · {}\n", parts.join(" · "));
        }
        if !sentence.times.is_empty() {
            text += &self.heading("when");
        }
        for (span, when) in &sentence.times {
            let days = match when {
                Ok(when) if when.start == when.end => when.start.to_string(),
                Ok(when) => format!("{} to {} · {}", when.start, when.end, when.precision.as_str()),
                Err(reason) => format!("not resolved: {reason}"),
            };
            text += &format!("    {}  {days}\n", one_line(self.document.text(*span)));
        }
        if !sentence.clauses.is_empty() {
            text += &self.heading("clauses");
        }
        for clause in &sentence.clauses {
            text += &format!("    {} ({})", painted(&one_line(&clause.predicate), TRIGGER, self.colour), clause.kind);
            let slots: Vec<String> =
                clause.slots.iter().map(|(slot, words)| format!("{slot}: {}", one_line(words))).collect();
            if !slots.is_empty() {
                text += &format!("  {}", slots.join(" · "));
            }
            if !clause.status.is_empty() {
                text += &format!("  [{}]", one_line(&clause.status.join(", ")));
            }
            if !clause.speakers.is_empty() {
                text += &format!("  says {}", one_line(&clause.speakers.join(" › ")));
            }
            text.push('\n');
        }
        text += &self.told(sentence);
        text += &self.result(sentence);
        text.push('\n');
        text
    }

    /// Who says what in it, what it lets one expect, and what stands in quotation marks that are nobody's but the outlet's.
    fn told(&self, sentence: &SentenceExplanation) -> String {
        let number = sentence.sentence.index() + 1;
        let claims = self.claims.iter().filter(|row| row.sentence == number);
        let expectations = self.expectations.iter().filter(|row| row.sentence == number);
        let mut told: String = claims.map(|row| pretty::claim(row, self.colour)).collect();
        told.extend(expectations.map(|row| pretty::expectation(row, self.colour)));
        for span in &sentence.scare_quotes {
            let words = one_line(self.document.text(*span));
            told += &format!("    “{}”{}\n", words, self.aside("  the outlet's own quotation marks"));
        }
        if told.is_empty() { told } else { self.heading("told") + &told }
    }

    /// What came of it.
    fn result(&self, sentence: &SentenceExplanation) -> String {
        let mut text = String::new();
        let rows = rows(self.document, &sentence.events, self.codebook);
        text += &self.heading(if rows.is_empty() { "no event" } else { "events" });
        for row in &rows {
            text += &pretty::event(row, self.colour);
            text += &self.reasons(row);
        }
        for abstention in &sentence.abstentions {
            let words = one_line(self.document.text(abstention.trigger));
            text += &format!("    not “{}”: {}", painted(&words, TRIGGER, self.colour), one_line(&abstention.reason));
            if let Some(pattern) = abstention.pattern.map(|pattern| self.codebook.patterns.get(pattern)) {
                text += &self.aside(&format!("  {} codebook/{}", pattern.name, pattern.place));
            }
            text.push('\n');
        }
        if rows.is_empty() && sentence.abstentions.is_empty() {
            text += match sentence.clauses.is_empty() {
                true => "    there is no clause in it: no verb, event noun or predicate\n",
                false => "    no pattern lists any of its predicates\n",
            };
        }
        text
    }

    fn reasons(&self, row: &EventRow) -> String {
        let because = match &row.why.pattern {
            Some(pattern) => format!("      because of {} at codebook/{}:{}", pattern.name, pattern.file, pattern.line),
            None => "      because the trained reader takes it for one".to_owned(),
        };
        let mut text = self.aside(&because);
        if let Some(reader) = &row.why.reader {
            text += &self.aside(&format!("; the trained reader gives it {:.2}", reader.event_type));
        }
        for note in &row.why.notes {
            text += &self.aside(&format!("; {}", one_line(note)));
        }
        text.push('\n');
        text
    }

    /// A word and, further in, all that hangs on it, in text order.
    fn branch(&self, token: Token<'_>, depth: usize, text: &mut String) {
        // Deeper trees than this are drawn straight down; nobody reads them, and they must not exhaust the stack.
        let indent = "  ".repeat(depth.min(40));
        let words = one_line(token.text());
        *text += &format!(
            "{indent}{words}{}\n",
            self.aside(&format!("  {} {}", token.upos().as_str().to_lowercase(), token.relation().as_str()))
        );
        if depth < 500 {
            for child in token.children() {
                self.branch(child, depth + 1, text);
            }
        }
    }

    fn heading(&self, words: &str) -> String {
        format!("  {}\n", self.aside(words))
    }

    fn aside(&self, words: &str) -> String {
        painted(words, ASIDE, self.colour)
    }
}
