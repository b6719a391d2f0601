//! Who may come, who may correct, and what every answer carries.

use axum::body::Body;
use axum::http::StatusCode;
use polybius::Article;
use polybius_server::{Access, Token, Writers};

use crate::{demo_site, get, links, page, patient_site, readers, record_of, request, send, site};

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

fn article() -> Article {
    Article {
        published: "2025-03-04".parse().ok(),
        outlet: Some("Kuvar Wire".into()),
        ..Article::from_text("one", "Russia attacked Kharkiv with drones on Monday.")
    }
}

#[test]
fn every_answer_forbids_what_pages_do_not_need() {
    let site = demo_site();
    for address in ["/", "/v1/events?limit=1", "/assets/page.js", "/nowhere", "/v1/events?limit=0"] {
        let answer = get(&site, address);
        let policy = answer.header("content-security-policy");
        assert!(
            policy.contains("default-src 'none'") && policy.contains("script-src 'self'") && !policy.contains("unsafe"),
            "{address}"
        );
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{address}");
        assert_eq!(answer.header("x-frame-options"), "DENY", "{address}");
    }
}

#[test]
fn a_name_that_points_here_and_pages_of_others_are_refused() {
    let site = demo_site();
    let foreign = send(&site, request("GET", "/", &[("host", "evil.example")], Body::empty()));
    assert_eq!(foreign.status, StatusCode::FORBIDDEN);
    for head in [("origin", "http://evil.example"), ("sec-fetch-site", "cross-site")] {
        let answer = send(&site, request("POST", "/read", &[FORM, head], "text=Russia+attacked+Ukraine."));
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{head:?}");
    }
}

#[test]
fn readers_need_their_token_and_cannot_correct_with_it() {
    let (_folder, path) = record_of(article());
    let token = |word: &str| Token::new(word).expect("it is long enough");
    let address = "0.0.0.0:7380".parse().expect("an address");
    let access = Access::new(
        address,
        Some(token("a word for all readers")),
        Writers::Holders(token("a word for the editors")),
        [3; 32],
    );
    let site = site(path, access.expect("it has tokens"));
    let answer = get(&site, "/reports");
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/sign-in?then=/reports"));
    assert_eq!(get(&site, "/v1/events").status, StatusCode::UNAUTHORIZED);
    let wrong =
        send(&site, request("GET", "/v1/events", &[("authorization", "Bearer a word for all reader")], Body::empty()));
    assert_eq!(wrong.status, StatusCode::UNAUTHORIZED);
    let right =
        send(&site, request("GET", "/v1/events", &[("authorization", "Bearer a word for all readers")], Body::empty()));
    assert_eq!(right.status, StatusCode::OK);

    let signed = send(&site, request("POST", "/sign-in", &[FORM], "token=a+word+for+all+readers&then=//evil.example"));
    assert_eq!((signed.status, signed.header("location")), (StatusCode::SEE_OTHER, "/"));
    let cookie = signed.header("set-cookie");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
    let cookie = cookie.split(';').next().expect("a cookie has a name").to_owned();
    let shown = send(&site, request("GET", "/", &[("cookie", &cookie)], Body::empty()));
    assert_eq!(shown.status, StatusCode::OK);
    let correcting = send(
        &site,
        request("POST", "/correct", &[FORM, ("cookie", &cookie)], "key=x&what=retract&id=one&event=one&reason=r"),
    );
    assert_eq!(correcting.status, StatusCode::FORBIDDEN);
}

#[test]
fn a_report_is_retracted_with_a_reason_and_shown_again() {
    let (_folder, path) = record_of(article());
    let access = Access::new(crate::local(), None, Writers::Everybody, [5; 32]).expect("this machine alone");
    let site = site(path, access);
    let id = get(&site, "/v1/events").json()["events"][0]["event_id"].as_str().expect("there is one").to_owned();
    let event = page(&site, &format!("/event/{id}"));
    let key = event
        .split("name=\"key\" value=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .expect("the form has a key")
        .to_owned();
    let form =
        |key: &str, what: &str, reason: &str| format!("key={key}&what={what}&id={id}&event={id}&reason={reason}");
    let post =
        |body: String| send(&site, request("POST", "/correct", &[FORM, ("origin", "http://localhost:7380")], body));
    assert_eq!(post(form("0000", "retract", "wrong")).status, StatusCode::FORBIDDEN);
    assert_eq!(post(form(&key, "retract", "+")).status, StatusCode::BAD_REQUEST);
    assert_eq!(post(form(&key, "destroy", "wrong")).status, StatusCode::BAD_REQUEST);
    assert_eq!(post(form(&key, "retract", "withdrawn+by+the+%3Cb%3Eagency")).status, StatusCode::SEE_OTHER);
    assert_eq!(get(&site, "/v1/events").json()["events"].as_array().map(Vec::len), Some(0));
    let gone = page(&site, &format!("/event/{id}"));
    assert!(
        gone.contains("This report holds no longer") && gone.contains("withdrawn by the &lt;b&gt;agency"),
        "{gone}"
    );
    assert_eq!(post(form(&key, "restore", "it+was+right")).status, StatusCode::SEE_OTHER);
    assert_eq!(get(&site, "/v1/events").json()["events"].as_array().map(Vec::len), Some(1));
}

#[test]
fn without_leave_nothing_can_be_corrected() {
    let (_folder, path) = record_of(article());
    let site = site(path, readers());
    let id = get(&site, "/v1/events").json()["events"][0]["event_id"].as_str().expect("there is one").to_owned();
    assert!(!page(&site, &format!("/event/{id}")).contains("action=\"/correct\""));
    let answer =
        send(&site, request("POST", "/correct", &[FORM], format!("key=x&what=retract&id={id}&event={id}&reason=r")));
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
}

#[test]
fn what_is_too_large_is_not_taken() {
    let site = demo_site();
    let long = format!("{{\"text\":\"{}\"}}", "a ".repeat(150_000));
    let answer = send(&site, request("POST", "/v1/code", &[("content-type", "application/json")], long));
    assert_eq!(answer.status, StatusCode::BAD_REQUEST, "against the document's maxLength");
    let longer = "x".repeat(2_000_000);
    let answer = send(&site, request("POST", "/v1/code", &[("content-type", "text/plain")], longer));
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[test]
fn links_leave_the_host_only_where_an_article_says_where_it_is() {
    let site = demo_site();
    for address in ["/", "/map", "/network", "/read"] {
        let shown = page(&site, address);
        assert_eq!(
            shown.matches("href=\"").count(),
            links(&shown).len() + shown.matches("href=\"#").count(),
            "{address}"
        );
        assert!(!shown.contains("src=\"http") && !shown.contains("src=\"//"), "{address}");
    }
}

#[test]
fn what_takes_too_long_is_given_up_with_a_reason() {
    let (_folder, path) = record_of(article());
    let site = patient_site(path, readers(), std::time::Duration::ZERO);
    let mut n_late = 0;
    for address in ["/reports?actor=RUS", "/v1/events?actor=RUS", "/dyad.svg?actor=RUS&recipient=UKR"] {
        // With no patience at all an answer is taken only if it is there at once, which not all of many can be.
        let answers: Vec<_> = (1..=99).map(|n| get(&site, &format!("{address}&min_confidence=0.{n:02}"))).collect();
        for answer in answers.iter().filter(|answer| answer.status != StatusCode::OK) {
            assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{address}");
            assert!(answer.text().contains("narrow it down"), "{address}: {}", answer.text());
            n_late += 1;
        }
    }
    assert!(n_late > 0);
}
