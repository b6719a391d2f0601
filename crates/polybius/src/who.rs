//! Who a name means: every candidate of the codebook, the one that would be chosen on a day, and why.

use jiff::civil::Date;
use polybius_codebook::{Codebook, EntityId, EntityRow, Nearness, RowId};
use polybius_coder::{Fit, Participant};
use polybius_document::{Article, Document, Span};
use serde::Serialize;

use crate::row::{participant_row, role_row};
use crate::{ParticipantRow, Pipeline, RoleRow};

/// How many near misses are told.
const MOST_NEAR: usize = 8;

/// Whom a name may mean.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WhoRow {
    /// The words that were asked for.
    pub name: String,
    /// The day for which they were asked, `YYYY-MM-DD`.
    pub on: Option<String>,
    /// The entities of that name, in the order in which the program prefers them: the first is chosen.
    pub candidates: Vec<CandidateRow>,
    /// How the words are understood as a phrase, where no entity has them as its name: "the Iranian president".
    pub phrase: Option<ParticipantRow>,
    /// Names that are nearly the words, where nothing else was found.
    pub near: Vec<NearRow>,
    /// Where the words stand in the article that was given, and whom they mean there.
    pub mentions: Vec<WhoMentionRow>,
}

/// One entity that a name may mean.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CandidateRow {
    /// Whether the program would choose it.
    pub chosen: bool,
    /// Why it is chosen, or why the one before it is preferred.
    pub why: String,
    /// The codebook's entity.
    pub entity: String,
    /// Its canonical name.
    pub name: String,
    /// What it is.
    pub kind: String,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// PLOVER's sector in the office or row that holds on the day.
    pub sector: Option<String>,
    /// The Wikidata item.
    pub wikidata: Option<String>,
    /// The office held on the day.
    pub role: Option<RoleRow>,
    /// The rows of the codebook that bear on it: those of the name first, then the other offices.
    pub rows: Vec<WhoEntityRow>,
}

/// A row of an entity file.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WhoEntityRow {
    /// Its file inside the codebook.
    pub file: String,
    /// Its line.
    pub line: u32,
    /// The words that name the entity.
    pub name: String,
    /// How they name it.
    pub form: String,
    /// PLOVER's sector.
    pub sector: Option<String>,
    /// The office, its dates, and whether they hold on the day.
    pub role: Option<String>,
    /// Since when.
    pub from: Option<String>,
    /// Until when.
    pub until: Option<String>,
    /// Whether the row holds on the day; without a day every row does.
    pub holds: bool,
    /// Whether it is a row of the words that were asked for.
    pub named: bool,
    /// Where the fact is from.
    pub source: String,
}

/// A name that is nearly what was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NearRow {
    /// The name.
    pub name: String,
    /// The entity it names.
    pub entity: String,
    /// How it differs, in words.
    pub how: String,
}

/// A place in an article where the words stand.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WhoMentionRow {
    /// The article's id.
    pub document_id: String,
    /// The sentence's number in the document, counted from 1.
    pub sentence: usize,
    /// The sentence, verbatim.
    pub text: String,
    /// Whom the words mean there; null if nobody.
    pub participant: Option<ParticipantRow>,
}

/// Whom the name means on a day, as far as the codebook knows.
pub fn who(pipeline: &Pipeline, name: &str, on: Option<Date>) -> WhoRow {
    let codebook = &pipeline.codebook;
    let name = name.trim();
    let mut candidates = candidates(codebook, &rows_of(codebook, name), on);
    if let (true, Some(day)) = (candidates.is_empty(), on) {
        candidates = self::candidates(codebook, &polybius_coder::in_office(codebook, name, day), on);
        if let [only] = candidates.as_mut_slice() {
            only.why = "nobody else of that surname holds an office on that day".to_owned();
        }
    }
    let mut phrase = None;
    if candidates.is_empty() {
        let article = Article { published: on, ..Article::from_text("name", name) };
        let document = pipeline.annotate(article);
        let whole = Span::new(0, name.len() as u32);
        let found = polybius_coder::resolve(&document, codebook, &[whole]).pop().flatten();
        if let Some(found) = found.filter(|found| found.entity.is_some()) {
            phrase = Some(participant_row(&document, codebook, &found));
            candidates.extend(found.entity.map(|entity| of_phrase(codebook, entity, &found, on)));
        }
    }
    let near = if candidates.is_empty() { near(codebook, name) } else { Vec::new() };
    let on = on.map(|day| day.to_string());
    WhoRow { name: name.to_owned(), on, candidates, phrase, near, mentions: Vec::new() }
}

/// Where the name stands in an article, and whom it means in each place.
pub fn mentions(pipeline: &Pipeline, name: &str, article: Article) -> Vec<WhoMentionRow> {
    let document = pipeline.annotate(article);
    let spans = occurrences(&document.article().text, name.trim());
    let resolved = polybius_coder::resolve(&document, &pipeline.codebook, &spans);
    let row = |(span, participant): (&Span, Option<Participant>)| {
        let (number, sentence) = sentence_at(&document, *span)?;
        Some(WhoMentionRow {
            document_id: document.article().id.clone(),
            sentence: number,
            text: document.text(sentence).to_owned(),
            participant: participant.map(|found| participant_row(&document, &pipeline.codebook, &found)),
        })
    };
    spans.iter().zip(resolved).filter_map(row).collect()
}

fn rows_of(codebook: &Codebook, name: &str) -> Vec<RowId> {
    let rows = codebook.entities.find(name);
    let without_article = || name.split_once(' ').filter(|(first, _)| first.eq_ignore_ascii_case("the"));
    match without_article() {
        Some((_, rest)) if rows.is_empty() => codebook.entities.find(rest),
        _ => rows,
    }
}

/// The entities of these rows, best first; why each stands where it does.
fn candidates(codebook: &Codebook, rows: &[RowId], on: Option<Date>) -> Vec<CandidateRow> {
    let mut fits: Vec<Fit> = rows.iter().map(|&row| polybius_coder::fit(codebook, row, on)).collect();
    fits.sort_unstable();
    let chosen = polybius_coder::best_row(codebook, rows, on);
    let mut best: Vec<Fit> = Vec::new();
    let entity = |fit: &Fit| codebook.entities.row(fit.row).entity;
    for fit in fits {
        if !best.iter().any(|other| entity(other) == entity(&fit)) {
            best.push(fit);
        }
    }
    let candidate = |(position, fit): (usize, &Fit)| {
        let why = match (position, best.get(position.wrapping_sub(1)), best.get(position + 1)) {
            (0, _, None) => "nothing else has that name".to_owned(),
            (0, _, Some(next)) => fit.reason_over(next, codebook),
            (_, Some(before), _) => {
                format!("after {}: {}", id(codebook, entity(before)), before.reason_over(fit, codebook))
            }
            (_, None, _) => String::new(),
        };
        CandidateRow { chosen: chosen == Some(fit.row), why, ..candidate(codebook, fit.row, rows, on) }
    };
    best.iter().enumerate().map(candidate).collect()
}

/// The entity that a phrase means, with the row of the office that it names.
fn of_phrase(codebook: &Codebook, entity: EntityId, found: &Participant, on: Option<Date>) -> CandidateRow {
    let rows = &codebook.entities.get(entity).rows;
    let office = found.role.as_ref().map(|role| role.name.as_str());
    let holds = |row: &EntityRow| Some(&*row.role) == office && on.is_none_or(|day| row.holds_on(day));
    let named: Vec<RowId> = rows.iter().copied().filter(|&row| holds(codebook.entities.row(row))).collect();
    let row = named.first().copied().unwrap_or(rows[0]);
    let why = format!("the phrase is read by its {}", found.resolved_by.as_str());
    CandidateRow { chosen: true, why, ..candidate(codebook, row, &named, on) }
}

fn candidate(codebook: &Codebook, row: RowId, named: &[RowId], on: Option<Date>) -> CandidateRow {
    let listed = codebook.entities.row(row);
    let entity = codebook.entities.get(listed.entity);
    let office = polybius_coder::office(codebook, row, on);
    let own = |&row: &RowId| named.contains(&row);
    let office_only = |&row: &RowId| !named.contains(&row) && !codebook.entities.row(row).role.is_empty();
    let rows = entity.rows.iter().filter(|row| own(row)).chain(entity.rows.iter().filter(|row| office_only(row)));
    CandidateRow {
        chosen: false,
        why: String::new(),
        entity: entity.id.to_string(),
        name: entity.canonical.to_string(),
        kind: entity.kind.to_string(),
        country: entity.country.as_deref().map(str::to_owned),
        sector: sector(codebook, codebook.entities.row(office)),
        wikidata: entity.wikidata.as_deref().map(str::to_owned),
        role: role_row(codebook.entities.row(office)),
        rows: rows.map(|&row| entity_row(codebook, row, named.contains(&row), on)).collect(),
    }
}

fn entity_row(codebook: &Codebook, row: RowId, named: bool, on: Option<Date>) -> WhoEntityRow {
    let row = codebook.entities.row(row);
    WhoEntityRow {
        file: row.place.path.to_string(),
        line: row.place.line,
        name: row.name.to_string(),
        form: row.form.to_string(),
        sector: sector(codebook, row),
        role: (!row.role.is_empty()).then(|| row.role.to_string()),
        from: row.from.map(|date| date.to_string()),
        until: row.until.map(|date| date.to_string()),
        holds: on.is_none_or(|day| row.holds_on(day)),
        named,
        source: row.source.to_string(),
    }
}

fn near(codebook: &Codebook, name: &str) -> Vec<NearRow> {
    let row = |(row, nearness): (RowId, Nearness)| {
        let row = codebook.entities.row(row);
        let how = match nearness {
            Nearness::Capitals => "the same but for capitals, accents or script".to_owned(),
            Nearness::Transliteration => "another transliteration".to_owned(),
            Nearness::Letters(1) => "one letter away".to_owned(),
            Nearness::Letters(n) => format!("{n} letters away"),
            Nearness::Longer => "a longer name".to_owned(),
        };
        NearRow { name: row.name.to_string(), entity: id(codebook, row.entity), how }
    };
    codebook.entities.near(name, MOST_NEAR).into_iter().map(row).collect()
}

/// Where the words stand in the text as words of their own; in any capitals, if nowhere in these.
fn occurrences(text: &str, words: &str) -> Vec<Span> {
    let find = |text: &str, words: &str| -> Vec<Span> {
        let apart = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        let whole = |&(start, found): &(usize, &str)| {
            apart(text[..start].chars().next_back()) && apart(text[start + found.len()..].chars().next())
        };
        let span = |(start, found): (usize, &str)| Span::new(start as u32, (start + found.len()) as u32);
        text.match_indices(words).filter(whole).map(span).collect()
    };
    if words.is_empty() {
        return Vec::new();
    }
    let exact = find(text, words);
    if exact.is_empty() { find(&text.to_ascii_lowercase(), &words.to_ascii_lowercase()) } else { exact }
}

fn sentence_at(document: &Document, span: Span) -> Option<(usize, Span)> {
    let spans = document.sentences().iter().map(|sentence| document.span_of(&sentence.tokens));
    spans.enumerate().find(|(_, sentence)| sentence.overlaps(span)).map(|(index, sentence)| (index + 1, sentence))
}

fn sector(codebook: &Codebook, row: &EntityRow) -> Option<String> {
    row.sector.map(|sector| codebook.ontology.sector(sector).name.to_string())
}

fn id(codebook: &Codebook, entity: EntityId) -> String {
    codebook.entities.get(entity).id.to_string()
}
