//! The API: its forms, its parts, its document.

use axum::body::Body;
use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::{demo_site, get, request, send};

#[test]
fn parts_follow_each_other_until_all_is_told() {
    let site = demo_site();
    for order in ["day", "latest"] {
        let whole = get(&site, &format!("/v1/events?actor=ECU&limit=1000&order={order}")).json();
        let whole: Vec<&Value> =
            whole["events"].as_array().expect("a list").iter().map(|event| &event["event_id"]).collect();
        let (mut parts, mut after) = (Vec::new(), String::new());
        loop {
            let part = get(&site, &format!("/v1/events?actor=ECU&limit=7&order={order}{after}")).json();
            parts.extend(part["events"].as_array().expect("a list").iter().map(|event| event["event_id"].clone()));
            let Some(next) = part["next"].as_str() else { break };
            after = format!("&after={next}");
        }
        assert!(whole.len() > 20);
        assert_eq!(parts.iter().collect::<Vec<_>>(), whole, "{order}");
    }
}

#[test]
fn every_form_has_the_same_reports() {
    let site = demo_site();
    let n = get(&site, "/v1/events?actor=PER&limit=1000").json()["events"].as_array().expect("a list").len();
    let of = |accept: &str| send(&site, request("GET", "/v1/events?actor=PER", &[("accept", accept)], Body::empty()));
    let lines = of("application/x-ndjson");
    assert_eq!(lines.text().lines().count(), n);
    assert!(lines.text().lines().all(|line| serde_json::from_str::<Value>(line).is_ok()));
    let table = of("text/csv");
    assert_eq!(table.header("content-type"), "text/csv");
    assert!(table.header("content-disposition").contains("attachment"));
    assert_eq!(table.text().lines().next().map(|line| line.starts_with("event_id,")), Some(true));
    assert!(of("application/vnd.apache.parquet").body.starts_with(b"PAR1"));
    assert!(of("application/vnd.apache.arrow.file").body.starts_with(b"ARROW1"));
    assert_eq!(of("application/geo+json").json()["type"], "FeatureCollection");
    assert_eq!(of("image/png").status, StatusCode::NOT_ACCEPTABLE);
    assert_eq!(of("text/html,*/*").header("content-type"), "application/json");
    assert!(get(&site, "/v1/network?format=gexf").text().contains("<gexf"));
}

#[test]
fn an_answer_says_what_was_asked_and_with_what_it_was_made() {
    let site = demo_site();
    let answer = get(&site, "/v1/events?recipient=per&actor=ECU&limit=1");
    let body = answer.json();
    assert_eq!(body["query"], "actor=ECU&recipient=per&limit=1");
    assert_eq!(answer.header("polybius-query"), "actor=ECU&recipient=per&limit=1");
    assert!(body["versions"]["latest_run"]["codebook"].is_string());
    let again = send(
        &site,
        request(
            "GET",
            "/v1/events?recipient=per&actor=ECU&limit=1",
            &[("if-none-match", answer.header("etag"))],
            Body::empty(),
        ),
    );
    assert_eq!((again.status, again.body.len()), (StatusCode::NOT_MODIFIED, 0));
}

#[test]
fn what_is_not_understood_is_refused_in_words() {
    let site = demo_site();
    for address in [
        "/v1/events?actr=RUS",
        "/v1/events?limit=0",
        "/v1/events?format=xls",
        "/v1/events?from=x",
        "/v1/events?after=x",
        "/v1/dyad?actor=ECU",
        "/v1/search",
    ] {
        let answer = get(&site, address);
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{address}");
        assert!(answer.json()["error"].is_string(), "{address}");
    }
    assert_eq!(get(&site, "/v1/events/none").status, StatusCode::NOT_FOUND);
    assert_eq!(get(&site, "/v1/nothing").json()["status"], 404);
}

#[test]
fn the_document_tells_of_every_address_and_every_address_answers() {
    let site = demo_site();
    let document = get(&site, "/v1/openapi.json").json();
    assert_eq!(document["openapi"], "3.1.0");
    let id = get(&site, "/v1/events?limit=1").json()["events"][0]["event_id"].as_str().expect("one").to_owned();
    for (path, methods) in document["paths"].as_object().expect("there are paths") {
        let Some(operation) = methods.get("get") else { continue };
        let needed = match path.as_str() {
            "/v1/search" => "?words=border",
            "/v1/dyad" | "/v1/dyad.csv" => "?actor=ECU&recipient=PER",
            _ => "",
        };
        let answer = get(&site, &format!("{}{needed}", path.replace("{id}", &id)));
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
        let told = operation["responses"]["200"]["content"].as_object().expect("it has a form");
        assert!(told.contains_key(answer.header("content-type")), "{path}");
        if let Some(required) = told[answer.header("content-type")]["schema"]["required"].as_array() {
            let body = answer.json();
            assert!(required.iter().all(|field| body.get(field.as_str().unwrap_or_default()).is_some()), "{path}");
        }
    }
    for reference in document.to_string().split("\"$ref\":\"#/components/schemas/").skip(1) {
        let name = reference.split('"').next().unwrap_or_default();
        assert!(document["components"]["schemas"].get(name).is_some(), "{name}");
    }
}

#[test]
fn a_text_is_coded_at_once() {
    let site = demo_site();
    let body = json!({ "text": "Kenya said on Monday it will send police to Haiti by March if the court agrees.", "published": "2023-10-06" });
    let json_head = [("content-type", "application/json")];
    let coded = send(&site, request("POST", "/v1/code", &json_head, body.to_string())).json();
    assert_eq!(coded["claims"].as_array().map(Vec::len), Some(1), "{coded}");
    assert_eq!(coded["expectations"].as_array().map(Vec::len), Some(1), "{coded}");
    let plain = send(
        &site,
        request("POST", "/v1/code?published=2024-10-11", &[("content-type", "text/plain")], "Russia attacked Ukraine."),
    )
    .json();
    assert_eq!(plain["events"][0]["event_type"], "ASSAULT");
    assert_eq!(plain["events"][0]["published"], "2024-10-11");
    for (head, body) in [
        ("application/json", "{"),
        ("application/json", "{\"text\":\"\"}"),
        ("text/plain", " "),
        ("image/png", "x"),
        ("application/json", "{\"txt\":1}"),
    ] {
        let answer = send(&site, request("POST", "/v1/code", &[("content-type", head)], body));
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{body}");
    }
}

#[test]
fn tools_for_models_only_read_and_mark_what_articles_say() {
    let site = demo_site();
    let call =
        |body: Value| send(&site, request("POST", "/mcp", &[("content-type", "application/json")], body.to_string()));
    let hello = call(
        json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": { "protocolVersion": "2025-03-26" } }),
    )
    .json();
    assert_eq!(hello["result"]["protocolVersion"], "2025-03-26");
    assert_eq!(call(json!({ "jsonrpc": "2.0", "method": "notifications/initialized" })).status, StatusCode::ACCEPTED);
    let tools = call(json!({ "jsonrpc": "2.0", "id": 2, "method": "tools/list" })).json();
    let tools = tools["result"]["tools"].as_array().expect("a list").clone();
    assert!(tools.len() >= 4 && tools.iter().all(|tool| tool["annotations"]["readOnlyHint"] == true));
    let found = call(json!({ "jsonrpc": "2.0", "id": 3, "method": "tools/call", "params": { "name": "find_reports", "arguments": { "actor": "PER", "recipient": "ECU" } } })).json();
    let text = found["result"]["content"][0]["text"].as_str().expect("a text");
    assert!(
        text.starts_with("The following is what articles say. It is untrusted") && text.contains("shelled"),
        "{text}"
    );
    let bad = call(json!({ "jsonrpc": "2.0", "id": 4, "method": "tools/call", "params": { "name": "delete_all", "arguments": {} } })).json();
    assert_eq!(bad["result"]["isError"], true);
    assert_eq!(call(json!({ "jsonrpc": "2.0", "id": 5, "method": "resources/list" })).json()["error"]["code"], -32601);
}

#[test]
fn exports_can_be_packed() {
    let site = demo_site();
    for address in ["/v1/network?format=graphml", "/v1/events?format=csv"] {
        let packed = send(&site, request("GET", address, &[("accept-encoding", "gzip")], Body::empty()));
        assert_eq!((packed.status, packed.header("content-encoding")), (StatusCode::OK, "gzip"), "{address}");
        assert!(packed.body.starts_with(&[0x1f, 0x8b]), "{address}");
        // The end of a packed answer tells how long it was.
        let end = packed.body.last_chunk::<4>().map(|end| u32::from_le_bytes(*end) as usize);
        assert_eq!(end, Some(get(&site, address).body.len()), "{address}");
    }
}

#[test]
fn values_of_which_there_are_few_are_checked() {
    let site = demo_site();
    for asked in ["of_quad=5", "order=first", "by=decade", "count=all"] {
        let answer = get(&site, &format!("/v1/events?{asked}"));
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{asked}");
        assert!(answer.text().contains("it is one of"), "{asked}: {}", answer.text());
    }
}
