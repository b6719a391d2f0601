//! Every screen, its links, and the sums behind its numbers.

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::StatusCode;

use crate::{demo_site, get, links, page, request, send};

const SCREENS: [&str; 14] = [
    "/",
    "/dyad",
    "/dyad?actor=ECU&recipient=PER",
    "/actor",
    "/actor/ECU",
    "/network",
    "/map",
    "/timeline",
    "/claims",
    "/contradictions",
    "/expectations",
    "/read",
    "/health",
    "/codebook",
];

#[test]
fn every_screen_is_whole_and_no_link_on_it_is_broken() {
    let site = demo_site();
    let mut seen: BTreeSet<String> = BTreeSet::new();
    for screen in SCREENS {
        let shown = page(&site, screen);
        assert!(shown.contains("<h1>") && shown.ends_with("</html>"), "{screen}");
        assert!(
            !shown.contains(" style=\"") && !shown.contains("<script>") && !shown.contains("onclick"),
            "{screen} has something inline"
        );
        assert_eq!(
            shown.matches("http://").count() + shown.matches("https://").count(),
            0,
            "{screen} names another host"
        );
        // A few of each kind are enough; there are hundreds.
        for (index, link) in links(&shown).into_iter().enumerate() {
            let kind = link.split(['?', '#']).next().unwrap_or_default().to_owned();
            let is_new_kind = seen.insert(format!("{screen} {kind}"));
            if (is_new_kind && index % 7 == 0) || seen.insert(kind) {
                let answer = get(&site, &link);
                assert_eq!(answer.status, StatusCode::OK, "{link} on {screen}: {}", answer.text());
            }
        }
    }
}

#[test]
fn every_number_on_dyad_opens_rows_that_add_up_to_it() {
    let site = demo_site();
    let dyad = page(&site, "/dyad?actor=ECU&recipient=PER&by=month");
    let mut n_checked = 0;
    for cell in dyad.split("<td><a href=\"").skip(1) {
        let (address, rest) = cell.split_once("\">").expect("a link has an address");
        let shown: u64 = rest.split('<').next().and_then(|number| number.parse().ok()).expect("the link is a number");
        let address = address.replace("&amp;", "&");
        let rows = page(&site, &address);
        let (_, counted) = rows.split_once("data-count=\"").unwrap_or_else(|| panic!("{address} has no rows"));
        let counted: u64 = counted.split('"').next().and_then(|number| number.parse().ok()).expect("a number");
        assert_eq!(shown, counted, "{address}");
        let listed =
            rows.matches("<li><article class=\"report\"").count() + rows.matches("<li><a href=\"/article?").count();
        assert_eq!(shown as usize, listed, "{address}");
        n_checked += 1;
    }
    assert!(n_checked > 20, "{n_checked}");
}

#[test]
fn the_same_address_is_the_same_page_and_is_not_sent_twice() {
    let site = demo_site();
    let address = "/dyad?actor=ECU&recipient=PER&as_of=2026-03-07";
    let (one, other) = (get(&site, address), get(&site, address));
    assert_eq!(one.body, other.body);
    let again = send(&site, request("GET", address, &[("if-none-match", one.header("etag"))], Body::empty()));
    assert_eq!((again.status, again.body.len()), (StatusCode::NOT_MODIFIED, 0));
    let before = page(&site, "/dyad?actor=ECU&recipient=PER&as_of=2000-01-01");
    assert!(before.contains("Nothing is reported between these two"), "nothing was in the record then");
}

#[test]
fn an_event_shows_its_words_and_why() {
    let site = demo_site();
    let found = get(&site, "/v1/events?actor=PER&recipient=ECU&type=ASSAULT&limit=1").json();
    let id = found["events"][0]["event_id"].as_str().expect("there is one").to_owned();
    let shown = page(&site, &format!("/event/{id}"));
    for part in [
        "<ruby class=\"actor short\"><span class=\"mark actor\">",
        "<ruby class=\"trigger short\"><span class=\"mark trigger\">",
        "All reports of incident",
        "History",
        "Why",
        "Legend",
    ] {
        assert!(shown.contains(part), "{part}");
    }
    assert_eq!(get(&site, "/event/none").status, StatusCode::NOT_FOUND);
    assert_eq!(get(&site, "/incident/99999").status, StatusCode::NOT_FOUND);
    assert_eq!(get(&site, "/incident/x").status, StatusCode::NOT_FOUND);
}

#[test]
fn contradictions_name_both_sides_and_expectations_what_became_of_them() {
    let site = demo_site();
    let shown = page(&site, "/contradictions?actor=PER&recipient=ECU");
    assert!(
        shown.contains("the dead: <strong>3</strong>") && shown.contains("<strong>5</strong> (Delta Post)"),
        "{shown}"
    );
    let shown = page(&site, "/expectations");
    for outcome in ["Kept", "Open"] {
        assert!(shown.contains(outcome), "{outcome}");
    }
}

#[test]
fn a_pasted_article_is_read_with_what_was_abstained_from() {
    let site = demo_site();
    let form = "text=Russia+denied+that+it+had+shelled+Kharkiv.+Heavy+rain+threatened+Ukraine+with+floods.&published=2025-03-04";
    let head = [("content-type", "application/x-www-form-urlencoded"), ("origin", "http://localhost:7380")];
    let answer = send(&site, request("POST", "/read", &head, form));
    let shown = answer.text();
    assert_eq!(answer.status, StatusCode::OK, "{shown}");
    for part in ["1 event", "denied or not done", "not “", "Step by step"] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    let bad = send(&site, request("POST", "/read", &head, "text=Russia+attacked.&published=yesterday"));
    assert_eq!(bad.status, StatusCode::BAD_REQUEST);
}

#[test]
fn what_cannot_be_understood_is_said() {
    let site = demo_site();
    for address in [
        "/?from=March",
        "/reports?quad=9",
        "/map?status=perhaps",
        "/search?words=%22",
        "/timeline?from=2026-01-01&to=2025-01-01",
    ] {
        let answer = get(&site, address);
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{address}");
        assert!(answer.text().contains("That cannot be understood"), "{address}");
    }
    assert_eq!(get(&site, "/nowhere").status, StatusCode::NOT_FOUND);
}
