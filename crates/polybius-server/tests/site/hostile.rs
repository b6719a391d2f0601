//! An article full of what browsers, terminals and spreadsheets would run or turn: it is shown as text everywhere, in every export.

use axum::http::StatusCode;
use polybius::Article;

use crate::{get, page, readers, record_of, site};

const SCRIPT: &str = "<script>alert(1)</script>";

fn article() -> Article {
    let text = format!(
        "=cmd|'/C calc'!A0 Russia attacked Ukraine on Monday, {SCRIPT} said.\n\
         \"><img src=x onerror=alert(2)> Iran \u{202e}denied\u{202c} that it had attacked Israel.\n\
         Turkey will meet Greece by June, javascript:alert(3) {}.\n",
        "W".repeat(300_000)
    );
    Article {
        published: "2025-03-04".parse().ok(),
        outlet: Some("=HYPERLINK(\"http://evil.example\")<b>Wire".into()),
        title: Some(format!("@SUM(1) {SCRIPT}\u{202e}headline")),
        url: Some("javascript:alert(4)".into()),
        ..Article::from_text("+evil\"'><i>", text)
    }
}

#[test]
fn a_hostile_article_is_shown_as_text_everywhere() {
    let (_folder, path) = record_of(article());
    let site = site(path, readers());
    let events = get(&site, "/v1/events?limit=1000").json();
    let ids: Vec<String> = events["events"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|event| event["event_id"].as_str().unwrap_or_default().to_owned())
        .collect();
    assert!(!ids.is_empty(), "some of it is coded");
    let mut addresses: Vec<String> = [
        "/",
        "/reports",
        "/articles",
        "/claims",
        "/contradictions",
        "/expectations",
        "/health",
        "/network",
        "/map",
        "/timeline?from=2025-01-01&to=2025-12-31",
        "/search?words=russia",
        "/actor/RUS",
        "/dyad?actor=RUS&recipient=UKR",
        "/article?id=%2Bevil%22%27%3E%3Ci%3E",
        "/search?words=%3Cscript%3E",
        "/actor/%3Cscript%3Ealert(1)",
        "/codebook?words=%3Cscript%3E&name=%3Cscript%3E",
        "/nowhere%3Cscript%3E",
        "/event/%3Cscript%3E",
        "/?outlet=%3Cscript%3Ealert(1)&as_of=2025-01-01",
    ]
    .map(str::to_owned)
    .to_vec();
    addresses.extend(ids.iter().map(|id| format!("/event/{id}")));
    addresses.extend(
        events["events"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|event| format!("/incident/{}", event["record"]["incident"])),
    );
    for address in &addresses {
        let answer = get(&site, address);
        assert!(answer.status != StatusCode::INTERNAL_SERVER_ERROR, "{address}: {}", answer.text());
        let shown = answer.text();
        assert!(
            !shown.contains("<script>")
                && !shown.contains("<img")
                && !shown.contains("<b>Wire")
                && !shown.contains("<i>"),
            "{address}"
        );
        assert!(!shown.contains("href=\"javascript:") && !shown.contains("href=\"http"), "{address}");
        assert!(!shown.contains('\u{202e}'), "{address} turns the direction of writing");
    }
    let whole = page(&site, "/article?id=%2Bevil%22%27%3E%3Ci%3E");
    assert!(
        whole.contains("&lt;script&gt;alert(1)&lt;/script&gt;")
            && whole.contains("U+202E")
            && whole.contains("javascript:alert(3)")
    );
}

#[test]
fn spreadsheets_run_nothing_of_it() {
    let (_folder, path) = record_of(article());
    let site = site(path, readers());
    for address in ["/v1/events?format=csv", "/v1/volume.csv", "/v1/pairs.csv", "/v1/network?format=csv"] {
        let table = page(&site, address);
        let mut at_start = true;
        let mut quoted = false;
        for (index, character) in table.char_indices() {
            if at_start && character != '"' {
                let rest: String =
                    table[index..].chars().take_while(|character| !",\"\n".contains(*character)).collect();
                let is_number = rest.parse::<f64>().is_ok();
                assert!(is_number || !matches!(character, '=' | '+' | '-' | '@' | '\t' | '\r'), "{address}: {rest}");
                at_start = false;
            }
            match character {
                '"' => quoted = !quoted,
                ',' | '\n' if !quoted => at_start = true,
                _ => {}
            }
        }
    }
    let lines = page(&site, "/v1/events?format=ndjson");
    assert!(!lines.contains('\u{202e}') && lines.contains("\\u202e"));
}
