//! Search: the articles that hold words.

use maud::{Markup, html};

use crate::asked::Asked;
use crate::failure::Failure;
use crate::marks::{brief, evidence};
use crate::parts::{counted, day};
use crate::view::{Shown, View};

/// So many articles are shown.
const MOST: u64 = 50;

/// The page.
pub fn make(view: &View<'_>) -> Result<Shown, Failure> {
    let as_of = view.filter(&[])?.as_of;
    let Some(words) = view.asked.get("words") else {
        return Ok(Shown::new("Search", html! { p.lead { "Give words to look for in the articles." } (hint()) }));
    };
    let found = view.record.search(words, as_of.as_ref(), MOST)?;
    let body = html! {
        @for one in &found {
            @let article = Asked::default().with("id", &one.document_id).with("outlet", &one.outlet);
            article.report {
                p.kicker { (evidence(&brief(&one.outlet))) @if let Some(published) = &one.published { " · " (day(published)) } }
                h3 { a href=(article.at("/article")) { (evidence(&brief(one.title.as_deref().unwrap_or(&one.document_id)))) } }
                p.words { (snippet(&one.snippet)) }
                p.meta { a href=(Asked::default().with("id", &one.document_id).at("/reports")) { (counted(one.n_reports, "report", "reports")) } }
            }
        }
        @if found.is_empty() { p.empty { "No article has these words." } }
        (hint())
    };
    let title = format!("“{}”", brief(words));
    let standfirst = html! { p { (counted(found.len() as u64, "article", "articles")) ", best first." } };
    Ok(Shown { title, standfirst, exports: vec![("JSON", view.asked.at("/v1/search"))], body })
}

fn hint() -> Markup {
    html! { p.aside { "Words are joined by AND; “a phrase” in quotation marks, OR, NOT, NEAR(…) and word* work as well." } }
}

/// The words around those that were looked for, which stand between U+0002 and U+0003.
fn snippet(snippet: &str) -> Markup {
    let mut pieces = snippet.split('\u{2}');
    let first = pieces.next().unwrap_or_default();
    html! {
        (evidence(first))
        @for piece in pieces {
            @let (words, rest) = piece.split_once('\u{3}').unwrap_or((piece, ""));
            mark { (evidence(words)) } (evidence(rest))
        }
    }
}
