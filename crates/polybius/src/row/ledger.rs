//! Claims and expectations as other programs get them, beside the events.

use polybius_codebook::Codebook;
use polybius_coder::{Claim, Expectation, Participant, Records};
use polybius_document::{Document, SentenceId, Span};
use serde::{Deserialize, Serialize};

use super::from_event::{Maker, hash};
use super::{DateRow, EventRow, ParticipantRow, WordsRow};

/// What somebody is reported to say, think, want or oppose, whether or not it codes to an event. Offsets are in Unicode code
/// points of the document's text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimRow {
    /// A hash of document and words: the same input gives the same id.
    pub claim_id: String,
    /// The article's id.
    pub document_id: String,
    /// Where the article was published.
    pub url: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// When it was published, `YYYY-MM-DD`.
    pub published: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// The number of the cue's sentence in the document, counted from 1.
    pub sentence: usize,
    /// Who speaks.
    pub speaker: ParticipantRow,
    /// The words for the speaker in full, with descriptions and appositions.
    pub source: Vec<WordsRow>,
    /// The words that say so.
    pub cue: Vec<WordsRow>,
    /// What the speaker does with the content.
    pub stance: String,
    /// `direct`, `indirect`, `mixed` or `according-to`.
    pub kind: String,
    /// Whether the cue is negated: "did not say".
    pub negated: bool,
    /// Whether the cue gives the floor ("said"), and does not only show an attitude ("supports").
    pub told: bool,
    /// What is said: runs of words in text order.
    pub content: Vec<WordsRow>,
    /// By which the content is found again in a text whose offsets have changed.
    pub selector: SelectorRow,
    /// The claim in whose content this one stands.
    pub within: Option<String>,
    /// Whom the content names.
    pub about: Vec<ParticipantRow>,
    /// When it was said.
    pub date: Option<DateRow>,
    /// The events coded in the content.
    pub events: Vec<String>,
}

/// A quotation with its surroundings, as the Web Annotation Data Model's text quote selector has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SelectorRow {
    /// The text from the first word of the content to the last.
    pub exact: String,
    /// Up to 32 characters before it.
    pub prefix: String,
    /// Up to 32 characters after it.
    pub suffix: String,
}

/// An act that is announced, promised or foreseen, and how later reports settle it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExpectationRow {
    /// A hash of document and words: the same input gives the same id.
    pub expectation_id: String,
    /// The article's id.
    pub document_id: String,
    /// Where the article was published.
    pub url: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// When it was published, `YYYY-MM-DD`.
    pub published: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// The sentence's number in the document, counted from 1.
    pub sentence: usize,
    /// The event that tells it.
    pub event_id: Option<String>,
    /// The claim that announces it.
    pub claim_id: Option<String>,
    /// Who announces it; null if the outlet itself does.
    pub announced_by: Option<ParticipantRow>,
    /// What the announcer does with it.
    pub stance: Option<String>,
    /// The type of the act, if it codes to one.
    pub event_type: Option<String>,
    /// Its mode.
    pub mode: Option<String>,
    /// Who is to do it.
    pub actors: Vec<ParticipantRow>,
    /// To whom.
    pub recipients: Vec<ParticipantRow>,
    /// Whether it is announced that it will not be.
    pub negated: bool,
    /// Whether it is only held possible.
    pub possible: bool,
    /// The words.
    pub words: Vec<WordsRow>,
    /// The days on which it is to happen, if the text tells.
    pub window: Option<DateRow>,
    /// The condition on which it hangs.
    pub condition: Option<WordsRow>,
    /// What settles it.
    pub settled_by: SettledRow,
}

/// The later report that settles an expectation: of this type, between these sides, of an act on these days, neither future nor
/// hypothetical. It is fulfilled if that report is negated as the expectation is, else broken; with no report by then it lapses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettledRow {
    /// The type to look for; null where only a reader can tell.
    pub event_type: Option<String>,
    /// Entities of the actors, or their names where there is no entity.
    pub actors: Vec<String>,
    /// The same of the recipients.
    pub recipients: Vec<String>,
    /// The first day.
    pub from: Option<String>,
    /// The last day, after which it lapses; null if none is told.
    pub until: Option<String>,
}

/// The events, claims and expectations of a document as rows.
pub fn ledger(
    document: &Document,
    records: &Records,
    codebook: &Codebook,
) -> (Vec<EventRow>, Vec<ClaimRow>, Vec<ExpectationRow>) {
    let events = super::rows(document, &records.events, codebook);
    let maker = Maker::new(document, codebook);
    let mut claims: Vec<ClaimRow> = records.claims.iter().map(|claim| maker.claim(claim)).collect();
    let ids: Vec<String> = claims.iter().map(|claim| claim.claim_id.clone()).collect();
    for (row, claim) in claims.iter_mut().zip(&records.claims) {
        row.within = claim.attribution.within.map(|outer| ids[outer].clone());
        let inside = |event: &&EventRow| {
            let trigger = &event.why.trigger;
            row.content.iter().any(|words| words.start <= trigger.start && trigger.end <= words.end)
        };
        // Events stand in text order, and only those of the content's sentences can lie in it.
        let sentences = maker.sentences(claim);
        let first = events.partition_point(|event| event.sentence < sentences.0);
        let near = events[first..].iter().take_while(|event| event.sentence <= sentences.1);
        row.events = near.filter(inside).map(|event| event.event_id.clone()).collect();
    }
    let expectation = |one: &Expectation| maker.expectation(one, records, &events, &ids);
    let expectations = records.expectations.iter().map(expectation).collect();
    (events, claims, expectations)
}

/// How many characters of the surroundings a selector has on each side.
const AROUND: usize = 32;

impl Maker<'_> {
    fn claim(&self, claim: &Claim) -> ClaimRow {
        let article = self.document.article();
        let attribution = &claim.attribution;
        let all = |spans: &[Span]| spans.iter().map(|&span| self.words(span)).collect::<Vec<_>>();
        let (cue, content) = (all(&attribution.cue), all(&attribution.content));
        let places = cue.iter().chain(&content).map(|words| format!("{}-{}", words.start, words.end));
        let parts: Vec<String> = [article.id.clone(), "claim".to_owned()].into_iter().chain(places).collect();
        ClaimRow {
            claim_id: hash(&parts),
            document_id: article.id.clone(),
            url: article.url.clone(),
            outlet: article.outlet.clone(),
            published: article.published.map(|date| date.to_string()),
            title: article.title.clone(),
            sentence: claim.sentence.index() + 1,
            speaker: self.participant(&claim.speaker),
            source: all(&attribution.source),
            selector: self.selector(&attribution.content),
            cue,
            stance: attribution.stance.as_str().to_owned(),
            kind: attribution.kind.as_str().to_owned(),
            negated: attribution.negated,
            told: attribution.told,
            content,
            within: None,
            about: claim.about.iter().map(|one| self.participant(one)).collect(),
            date: claim.date.as_ref().map(|date| self.date(date)),
            events: Vec::new(),
        }
    }

    /// The first and last sentence of a claim's content, counted from 1.
    fn sentences(&self, claim: &Claim) -> (usize, usize) {
        let number = |id: SentenceId| id.index() + 1;
        let words = &claim.attribution.words;
        match (words.first(), words.last()) {
            (Some(&first), Some(&last)) => {
                (number(self.document.sentence_of(first)), number(self.document.sentence_of(last)))
            }
            _ => (0, 0),
        }
    }

    fn selector(&self, content: &[Span]) -> SelectorRow {
        let whole = content.iter().copied().reduce(Span::join).unwrap_or(Span::new(0, 0));
        let text = &self.document.article().text;
        let (before, after) = (&text[..whole.start as usize], &text[whole.end as usize..]);
        let from = before.char_indices().rev().take(AROUND).last().map_or(before.len(), |(at, _)| at);
        SelectorRow {
            exact: self.document.text(whole).to_owned(),
            prefix: before[from..].to_owned(),
            suffix: after.chars().take(AROUND).collect(),
        }
    }

    fn expectation(
        &self,
        one: &Expectation,
        records: &Records,
        events: &[EventRow],
        claim_ids: &[String],
    ) -> ExpectationRow {
        let article = self.document.article();
        let ontology = &self.codebook.ontology;
        let event = one.event.map(|index| &records.events[index]);
        let claim = one.claim.map(|index| &records.claims[index]);
        let link = event.and_then(|event| event.attribution.last());
        let told = claim.map(|claim| (&claim.speaker, claim.attribution.stance));
        let announced = told.or_else(|| link.map(|link| (&link.speaker, link.stance)));
        let words: Vec<WordsRow> = one.words.iter().map(|&span| self.words(span)).collect();
        let event_type = one.act.map(|act| ontology.event_type(act).name.to_string());
        let parts: Vec<String> = [article.id.clone(), "expectation".to_owned(), event_type.clone().unwrap_or_default()]
            .into_iter()
            .chain(words.iter().map(|words| format!("{}-{}", words.start, words.end)))
            .collect();
        let side =
            |participants: &[Participant]| participants.iter().map(|one| self.participant(one)).collect::<Vec<_>>();
        let (actors, recipients) = (side(&one.actors), side(&one.recipients));
        let names = |side: &[ParticipantRow]| {
            side.iter().map(|one| one.entity.clone().unwrap_or_else(|| one.name.clone())).collect::<Vec<_>>()
        };
        let from = match (article.published, &one.window) {
            (Some(published), Some(window)) => Some(published.max(window.start)),
            (published, window) => published.or(window.as_ref().map(|window| window.start)),
        };
        ExpectationRow {
            expectation_id: hash(&parts),
            document_id: article.id.clone(),
            url: article.url.clone(),
            outlet: article.outlet.clone(),
            published: article.published.map(|date| date.to_string()),
            title: article.title.clone(),
            sentence: one.sentence.index() + 1,
            event_id: one.event.map(|index| events[index].event_id.clone()),
            claim_id: one.claim.map(|index| claim_ids[index].clone()),
            announced_by: announced.map(|(speaker, _)| self.participant(speaker)),
            stance: announced.map(|(_, stance)| stance.as_str().to_owned()),
            settled_by: SettledRow {
                event_type: event_type.clone(),
                actors: names(&actors),
                recipients: names(&recipients),
                from: from.map(|day| day.to_string()),
                until: one.window.as_ref().map(|window| window.end.to_string()),
            },
            event_type,
            mode: one.mode.map(|mode| ontology.mode(mode).name.to_string()),
            actors,
            recipients,
            negated: one.negated,
            possible: one.possible,
            words,
            window: one.window.as_ref().map(|window| self.date(window)),
            condition: one.condition.map(|span| self.words(span)),
        }
    }
}
