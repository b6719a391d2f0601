//! What surrounds every page: masthead, sections, filters, ways to take it away, and what stands at the foot.

use axum::response::{IntoResponse, Response};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use polybius::SCALE;

use crate::access::Rights;
use crate::asked::{Asked, STATUSES};
use crate::failure::Failure;
use crate::marks::{brief, evidence, plain};
use crate::parts::{day, in_words, number, status_words};
use crate::site::Site;
use crate::view::{Shown, View};

/// The sections of the page, with the key that opens each after `g`.
pub const SECTIONS: [(&str, &str, &str); 12] = [
    ("/", "Today", "t"),
    ("/dyad", "Dyad", "d"),
    ("/actor", "Actor", "a"),
    ("/network", "Network", "n"),
    ("/map", "Map", "m"),
    ("/timeline", "Timeline", "l"),
    ("/claims", "Claims", "c"),
    ("/contradictions", "Contradictions", "x"),
    ("/expectations", "Expectations", "e"),
    ("/read", "Read", "r"),
    ("/health", "Data health", "h"),
    ("/codebook", "Codebook", "b"),
];

/// Tells browsers when the style sheet and the script are new ones: the FNV-1a hash of both.
pub const ASSETS: u64 = {
    let files: [&[u8]; 4] = [
        include_bytes!("assets/page.css"),
        include_bytes!("assets/chart.css"),
        include_bytes!("assets/chart-dark.css"),
        include_bytes!("assets/page.js"),
    ];
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut file = 0;
    while file < files.len() {
        let mut index = 0;
        while index < files[file].len() {
            hash = (hash ^ files[file][index] as u64).wrapping_mul(0x0100_0000_01b3);
            index += 1;
        }
        file += 1;
    }
    hash
};

/// The whole page.
pub fn page(view: &View<'_>, shown: Shown) -> Result<Markup, Failure> {
    let as_of = view.asked.get("as_of");
    let extent = view.site.kept.extent(view.record, as_of.and_then(|text| text.parse().ok()).as_ref())?;
    let reach = match (&extent.first, &extent.last) {
        (Some(first), Some(last)) if first != last => format!("{} to {}", day(first), day(last)),
        (Some(first), _) => day(first),
        _ => "nothing yet".to_owned(),
    };
    let now = view.site.settings.clock.now();
    let fixed = view.asked.with("as_of", as_of.unwrap_or(now.as_str())).at(&view.path);
    let content = html! {
        header.masthead {
            p.wordmark { a href="/" { "Polybius" } }
            p.reach {
                span.name { (evidence(&view.site.settings.name)) }
                " " a href="/articles" { (number(extent.n_articles)) " articles" } ", " a href="/health" { (number(extent.n_outlets)) " outlets" }
                ", " a href="/reports" { (number(extent.n_reports)) " reports" } ", " (reach)
                @if let Some(as_of) = as_of { " · " strong { "as it stood on " (as_of) } }
            }
            form.search role="search" action="/search" {
                label.unseen for="search" { "Search the articles" }
                input id="search" name="words" type="search" placeholder="Search articles" value=[view.asked.get("words")];
                button { "Search" }
            }
        }
        (sections(&view.path))
        @if view.site.settings.is_demo {
            p.notice { "A record of the project’s own example articles. " strong { "What they say is invented" } ", and evidence of nothing." }
        }
        main id="main" tabindex="-1" {
            header.head {
                h1 { (evidence(&shown.title)) }
                div.standfirst { (shown.standfirst) }
                p.tools {
                    @if !shown.exports.is_empty() {
                        span { "Export what is here: " }
                        @for (index, (format, address)) in shown.exports.iter().enumerate() {
                            @if index > 0 { " · " }
                            a href=(address) download rel="nofollow" { (format) }
                        }
                    }
                    // What is pasted to be read has its own address if it is short, and no record changes it.
                    @if view.path != "/read" { a.permalink href=(fixed) title="The address of exactly this, however the record changes" { "Permalink" } }
                }
            }
            (shown.body)
        }
        footer.foot {
            p { "What stands here is what articles " em { "say" } ", attributed to whoever says it, and never a verdict on what is true. Every number opens the sentences behind it." }
            p {
                "Polybius " (env!("CARGO_PKG_VERSION")) " · scores on the scale " a href="/codebook/scale" { (SCALE) } " · "
                a href="/v1/openapi.json" { "API" } " · " a href="/keys" { "keys" }
                @if view.site.settings.access.has_tokens() && !view.rights.write { " · " a href="/sign-in" { "sign in" } }
                button.theme type="button" hidden data-theme-button { "light or dark" }
            }
        }
    };
    Ok(document(&shown.title, &content))
}

/// A page that says what went wrong.
pub fn failed(site: &Site, failure: &Failure) -> Response {
    let content = html! {
        header.masthead { p.wordmark { a href="/" { "Polybius" } } p.reach { (evidence(&site.settings.name)) } }
        (sections(""))
        main id="main" tabindex="-1" {
            header.head { h1 { (headline(failure)) } }
            p.lead { (evidence(&failure.to_string())) }
            p { a href="/" { "Back to Today" } }
        }
    };
    (failure.status(), document(headline(failure), &content)).into_response()
}

fn headline(failure: &Failure) -> &'static str {
    match failure {
        Failure::Misread(_) | Failure::Unusable(_) => "That cannot be understood",
        Failure::Missing(_) => "There is no such page",
        Failure::Forbidden(_) | Failure::Unauthorized(_) => "That is not allowed",
        Failure::TooMany => "Too many requests",
        Failure::Record(polybius_record::RecordError::Interrupted) => "That takes too long",
        Failure::Record(polybius_record::RecordError::Unknown { .. }) => "That cannot be understood",
        Failure::Record(_) | Failure::Export(_) | Failure::Ours => "That failed",
    }
}

/// The document around what stands in it.
pub fn document(title: &str, content: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (plain(&brief(title))) " · Polybius" }
                link rel="icon" href="/assets/icon.svg" type="image/svg+xml";
                link rel="stylesheet" href={ "/assets/page.css?" (format!("{ASSETS:x}")) };
                script src={ "/assets/page.js?" (format!("{ASSETS:x}")) } defer {}
            }
            body {
                a.skip href="#main" { "To the page" }
                (PreEscaped(crate::charts::HATCHES))
                (content)
            }
        }
    }
}

fn sections(path: &str) -> Markup {
    html! {
        nav.sections aria-label="Sections" {
            ul {
                @for (address, name, key) in SECTIONS {
                    @let is_here = path == address || (address != "/" && path.starts_with(&format!("{address}/")));
                    li { a href=(address) data-key=(key) aria-current=[is_here.then_some("page")] { (name) } }
                }
            }
        }
    }
}

/// Which fields a form of filters has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fields {
    /// All of them.
    All,
    /// Those of claims: who speaks, about whom, when, who reports it.
    Claims,
    /// All but who takes part, where the page has its own fields for that.
    Narrow,
}

/// The form that narrows down what a page shows; closed until it is needed, with what holds now in words.
pub fn filters(view: &View<'_>, fields: Fields) -> Result<Markup, Failure> {
    let words =
        in_words(view.site, &view.asked.without(if fields == Fields::Narrow { &["actor", "recipient"] } else { &[] }));
    let kept = view.asked.without(&[
        "actor",
        "recipient",
        "type",
        "quad",
        "status",
        "from",
        "to",
        "place",
        "outlet",
        "min_confidence",
        "without_copies",
        "as_of",
        "after",
        "run",
    ]);
    let text = |name: &'static str, label: &str, hint: &str, list: Option<&str>| {
        html! {
            label { span { (label) } input type="text" name=(name) value=[view.asked.get(name)] placeholder=(hint) list=[list]; }
        }
    };
    let date = |name: &'static str, label: &str| {
        html! { label { span { (label) } input type="date" name=(name) value=[view.asked.get(name)]; } }
    };
    let (one, other) = if fields == Fields::Claims { ("Speaker", "About") } else { ("Actor", "Recipient") };
    Ok(html! {
        details.filters open[view.asked.get("filters").is_some()] {
            summary { "Filters" @if !words.is_empty() { ": " span.held { (evidence(&words)) } } }
            form action=(view.path) method="get" data-live {
                @if fields == Fields::Narrow {
                    (hidden(&view.asked, &["actor", "recipient"]))
                } @else {
                    (text("actor", one, "RUS, UKR", Some("codes")))
                    (text("recipient", other, "", Some("codes")))
                }
                @if fields != Fields::Claims {
                    label { span { "Event type" } input type="text" name="type" value=[view.asked.get("type")] placeholder="ASSAULT/drone" list="types"; }
                    label {
                        span { "Status" }
                        select name="status" {
                            option value="" { "as usual here" }
                            option value="any" selected[view.asked.get("status") == Some("any")] { "any" }
                            @for status in STATUSES {
                                option value=(status.as_str()) selected[view.asked.get("status") == Some(status.as_str())] { (status_words(status.as_str())) }
                            }
                        }
                    }
                    (text("place", "Place (country)", "UKR", Some("codes")))
                    label { span { "Least confidence" } input type="number" name="min_confidence" min="0" max="1" step="0.05" value=[view.asked.get("min_confidence")]; }
                }
                (date("from", "From"))
                (date("to", "To"))
                (text("outlet", "Outlet", "", None))
                label { span { "As the record stood on" } input type="text" name="as_of" value=[view.asked.get("as_of")] placeholder="2025-04-01"; }
                @if fields != Fields::Claims {
                    label.tick { input type="checkbox" name="without_copies" value="yes" checked[view.asked.get("without_copies").is_some()]; span { "Leave out copies of wire stories" } }
                }
                (hidden(&kept, &[]))
                p.buttons { button { "Apply" } " " a href=(kept.at(&view.path)) { "Clear" } }
            }
            (suggestions(view)?)
        }
    })
}

/// Codes and types that fields suggest.
pub fn suggestions(view: &View<'_>) -> Result<Markup, Failure> {
    let codes = view.site.kept.codes(view.record)?;
    let types = &view.site.settings.pipeline.codebook.ontology.types;
    Ok(html! {
        datalist id="codes" { @for (code, _) in codes.iter() { option value=(code) { (view.site.name_of(code)) } } }
        datalist id="types" { @for event_type in types { option value=(event_type.name) {} } }
    })
}

/// The parameters that a form keeps; with names, only those.
fn hidden(asked: &Asked, only: &[&str]) -> Markup {
    html! {
        @for name in asked.names().filter(|name| only.is_empty() || only.contains(name)) {
            input type="hidden" name=(name) value=[asked.get(name)];
        }
    }
}

/// Whether the visitor may correct, and if not why.
pub fn may_correct(site: &Site, rights: Rights) -> Option<Markup> {
    match (rights.write, site.settings.access.has_tokens()) {
        (true, _) => None,
        (false, true) => Some(
            html! { p.aside { "To retract or correct, " a href="/sign-in" { "sign in" } " with the token for corrections." } },
        ),
        (false, false) => Some(
            html! { p.aside { "This page only reads. Started with " code { "--corrections" } ", it can retract and correct, always with a reason." } },
        ),
    }
}
