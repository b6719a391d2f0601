//! Read: an article pasted here is coded at once, with every step, and with what it abstained from.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Form};
use jiff::civil::Date;
use maud::{Markup, html};
use polybius::explanation::{Explanation, SentenceExplanation};
use polybius::{Article, ClaimRow, Document, EventRow, ExpectationRow, ledger, rows};
use serde::Deserialize;

use crate::access::Rights;
use crate::asked::Asked;
use crate::failure::Failure;
use crate::layout;
use crate::marks::{brief, evidence, labelled};
use crate::parts::{chain, counted, day, kind, kind_with_meaning, name, parties, status, swatch};
use crate::site::Site;
use crate::view::{Shown, View};

/// The longest text that is coded here, in bytes.
pub const MOST_BYTES: usize = 200_000;
/// A text so short has an address of its own.
const MOST_IN_ADDRESS: usize = 1_500;

/// What the form sends.
#[derive(Deserialize, Default, Clone)]
pub struct Sent {
    #[serde(default)]
    text: String,
    #[serde(default)]
    published: String,
    #[serde(default)]
    outlet: String,
}

/// The page, with a text where the address has one.
pub fn make(view: &View<'_>) -> Result<Shown, Failure> {
    let field = |name: &str| view.asked.get(name).unwrap_or_default().to_owned();
    shown(view.site, &Sent { text: field("text"), published: field("published"), outlet: field("outlet") })
}

/// Codes what the form sent.
pub async fn take(
    State(site): State<Arc<Site>>,
    Extension(rights): Extension<Rights>,
    Form(sent): Form<Sent>,
) -> Response {
    let kept = Arc::clone(&site);
    let Ok(_turn) = kept.turns.acquire().await else { return layout::failed(&kept, &Failure::Ours).into_response() };
    let made = site.ask(move |site, record| {
        let shown = shown(site, &sent)?;
        let view = View { site, record, asked: Asked::default(), rights, path: "/read".to_owned() };
        layout::page(&view, shown)
    });
    match made.await {
        Ok(page) => page.into_response(),
        Err(failure) => layout::failed(&kept, &failure).into_response(),
    }
}

/// The article that was sent.
pub fn article(text: &str, published: &str, outlet: &str) -> Result<Article, Failure> {
    if text.len() > MOST_BYTES {
        return Err(Failure::Unusable(format!(
            "the text has {} bytes, and {MOST_BYTES} can be coded here; `polybius read` takes longer ones",
            text.len()
        )));
    }
    let published = match published.trim() {
        "" => None,
        day => Some(
            day.parse::<Date>()
                .map_err(|_| Failure::Unusable(format!("`{}` is no day such as 2025-03-04", brief(day))))?,
        ),
    };
    let outlet = Some(outlet.trim()).filter(|outlet| !outlet.is_empty()).map(str::to_owned);
    // Browsers send line ends of another kind.
    Ok(Article { published, outlet, ..Article::from_text("pasted", text.replace("\r\n", "\n")) })
}

fn shown(site: &Site, sent: &Sent) -> Result<Shown, Failure> {
    let has_text = !sent.text.trim().is_empty();
    let result = if has_text { Some(read(site, sent)?) } else { None };
    let body = html! {
        form.stacked.paste method="post" action="/read" data-drop {
            label { span { "Article" } textarea name="text" rows=(if has_text { 5 } else { 12 }) maxlength=(MOST_BYTES) required placeholder="Paste an article, or drop a text file here." { (sent.text) } }
            div.row {
                label { span { "Published" } input type="date" name="published" value=(sent.published); }
                label { span { "Outlet" } input type="text" name="outlet" value=(sent.outlet); }
                button { "Read it" }
            }
        }
        @match &result {
            Some(result) => (result),
            None => (examples()),
        }
    };
    let standfirst = html! { p { "Paste an article to see it coded at once, step by step: who was recognised, which clauses were seen, which pattern fired, and what looked like an event and was not coded. Nothing is kept." } };
    Ok(Shown { title: "Read".to_owned(), standfirst, exports: Vec::new(), body })
}

fn examples() -> Markup {
    const SENTENCES: [&str; 4] = [
        "Russia denied on Tuesday that it had shelled Kharkiv, Reuters reported.",
        "Kenya said on Monday it will send police to Haiti by March if the court agrees.",
        "Heavy rain threatened Ukraine with floods.",
        "Turkey left northern Iraq without bombing Iran.",
    ];
    html! {
        h2 { "Or try one of these" }
        ul.names.tall { @for sentence in SENTENCES { li { a href=(Asked::default().with("text", sentence).with("published", "2025-03-04").at("/read")) { (sentence) } } } }
    }
}

fn read(site: &Site, sent: &Sent) -> Result<Markup, Failure> {
    let pipeline = &site.settings.pipeline;
    let (document, explanation) = pipeline.explain(article(&sent.text, &sent.published, &sent.outlet)?);
    let (events, claims, expectations) = ledger(&document, &explanation.records, &pipeline.codebook);
    let n_abstained: usize = explanation.sentences.iter().map(|sentence| sentence.abstentions.len()).sum();
    let permalink = (sent.text.len() <= MOST_IN_ADDRESS).then(|| {
        Asked::default()
            .with("text", &sent.text)
            .with("published", &sent.published)
            .with("outlet", &sent.outlet)
            .at("/read")
    });
    let account = Account { site, document: &document, claims: &claims, expectations: &expectations };
    Ok(html! {
        p.lead {
            (counted(events.len() as u64, "event", "events")) ", " (counted(claims.len() as u64, "claim", "claims")) ", "
            (counted(expectations.len() as u64, "expectation", "expectations")) " in " (counted(explanation.sentences.len() as u64, "sentence", "sentences"))
            "; " (counted(n_abstained as u64, "abstention", "abstentions")) "."
            @if let Some(permalink) = permalink { " " a.permalink href=(permalink) { "Permalink" } }
        }
        (account.all(&explanation))
    })
}

struct Account<'a> {
    site: &'a Site,
    document: &'a Document,
    claims: &'a [ClaimRow],
    expectations: &'a [ExpectationRow],
}

impl Account<'_> {
    fn all(&self, explanation: &Explanation) -> Markup {
        html! { ol.sentences { @for sentence in &explanation.sentences { (self.sentence(sentence)) } } }
    }

    fn sentence(&self, explained: &SentenceExplanation) -> Markup {
        let tokens = self.document.sentence(explained.sentence).tokens.clone();
        let words = self.document.text(self.document.span_of(&tokens));
        let number = explained.sentence.index() + 1;
        let rows = rows(self.document, &explained.events, &self.site.settings.pipeline.codebook);
        let claims: Vec<&ClaimRow> = self.claims.iter().filter(|row| row.sentence == number).collect();
        let expected: Vec<&ExpectationRow> = self.expectations.iter().filter(|row| row.sentence == number).collect();
        html! {
            li class=(if rows.is_empty() { "bare" } else { "coded" }) {
                @if rows.is_empty() { p.sentence { (evidence(words)) } }
                @for row in &rows { (self.event(row)) }
                @for row in &claims { p.told { "claim: " (name(&row.speaker)) " " (super::claims::stance(row)) " “" (evidence(&super::claims::content(row))) "”" } }
                @for row in &expected { p.told { "expectation" @if let Some(kind) = &row.event_type { " of " (kind) } @if let Some(until) = &row.settled_by.until { ", by " (day(until)) } @if row.possible { ", only possible" } } }
                (self.abstentions(explained, rows.is_empty()))
                (self.steps(explained))
            }
        }
    }

    fn event(&self, row: &EventRow) -> Markup {
        let status_word = polybius_record::Status::of(row).as_str();
        html! {
            div.event {
                p.sentence { (labelled(row)) }
                p.meta {
                    (swatch(row.quad)) (kind_with_meaning(self.site, row)) " " (parties(row)) " · " (status(status_word))
                    @if let Some(date) = &row.date { @if date.words.is_some() { " · " (day(&date.start)) } }
                    @if let Some(place) = &row.place { " · " (evidence(&place.name)) }
                    " · confidence " (format!("{:.2}", row.confidence))
                }
                @if !row.attribution.is_empty() { p.aside { "according to " (chain(row)) } }
                p.aside {
                    @match &row.why.pattern {
                        Some(pattern) => { "because of pattern " a href={ (Asked::default().with("pattern", &pattern.name).at(&format!("/codebook/{}", row.event_type))) "#" (pattern.name) } { (pattern.name) } },
                        None => "because the trained reader takes it for one",
                    }
                    @if let Some(reader) = &row.why.reader { "; the trained reader gives " (kind(row)) " " (format!("{:.2}", reader.event_type)) }
                    @for note in &row.why.notes { "; " (evidence(note)) }
                }
            }
        }
    }

    fn abstentions(&self, explained: &SentenceExplanation, is_empty: bool) -> Markup {
        let codebook = &self.site.settings.pipeline.codebook;
        html! {
            @if !explained.abstentions.is_empty() {
                ul.abstentions {
                    @for abstention in &explained.abstentions {
                        li {
                            "not “" (evidence(self.document.text(abstention.trigger))) "”: " (ticked(&abstention.reason))
                            @if let Some(pattern) = abstention.pattern.map(|id| codebook.patterns.get(id)) {
                                @let of = pattern.event_type.map_or("none", |id| &*codebook.ontology.event_type(id).name);
                                " " span.aside { "nearest pattern " a href={ (Asked::default().with("pattern", &*pattern.name).at(&format!("/codebook/{of}"))) "#" (pattern.name) } { (pattern.name) } }
                            }
                        }
                    }
                }
            } @else if is_empty {
                p.aside { @if explained.clauses.is_empty() { "No event: there is no clause in it, no verb, event noun or predicate." } @else { "No event: no pattern lists any of its predicates." } }
            }
        }
    }

    fn steps(&self, explained: &SentenceExplanation) -> Markup {
        let codebook = &self.site.settings.pipeline.codebook;
        html! {
            details.steps {
                summary { "Step by step" }
                @if !explained.participants.is_empty() {
                    h3 { "Who" }
                    ul { @for one in &explained.participants { li { "“" (evidence(self.document.text(one.span))) "” is " (evidence(&one.name)) @if let Some(entity) = one.entity { " (" (codebook.entities.get(entity).id) ")" } @if let Some(country) = &one.country { ", " (country) } ", by " (one.resolved_by.as_str()) } } }
                }
                @if !explained.times.is_empty() {
                    h3 { "When" }
                    ul { @for (span, when) in &explained.times { li { "“" (evidence(self.document.text(*span))) "” is " @match when { Ok(when) => { (when.start) @if when.start != when.end { " to " (when.end) } ", known to the " (when.precision.as_str()) }, Err(reason) => { "not resolved: " (reason) } } } } }
                }
                h3 { "Clauses" }
                @if explained.clauses.is_empty() { p.aside { "None." } }
                ul {
                    @for clause in &explained.clauses {
                        li {
                            strong { (evidence(&clause.predicate)) } " (" (clause.kind) ")"
                            @for (slot, words) in &clause.slots { " · " (slot) ": " (evidence(words)) }
                            @if !clause.status.is_empty() { " · " em { (evidence(&clause.status.join(", "))) } }
                            @if !clause.speakers.is_empty() { " · says " (evidence(&clause.speakers.join(" › "))) }
                        }
                    }
                }
            }
        }
    }
}

/// A reason in which names stand between backticks.
fn ticked(reason: &str) -> Markup {
    html! { @for (index, part) in reason.split('`').enumerate() { @if index % 2 == 1 { code { (evidence(part)) } } @else { (evidence(part)) } } }
}
