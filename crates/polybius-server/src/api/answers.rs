//! What each address of the API answers.

use polybius::SCALE;
use polybius::formats::csv_record;
use polybius_record::{By, ClaimReport, Dyad, ExportFormat, Filter, Order, Period, Report, Settled, StoredArticle};
use serde_json::{Value, json};

use super::Form::{Arrow, Csv, Geojson, Gexf, Graphml, Json, Ndjson, Parquet};
use super::{Answer, Endpoint, Form};
use crate::asked::{Misread, name_of};
use crate::failure::Failure;
use crate::pages::{dyad, reports};
use crate::parts::{COUNTED, differing};
use crate::view::View;

/// The parameters of a part of a long answer.
const LIMIT: (&str, &str, &str) = ("limit", "at most so many, up to 1,000", "integer");
const BY: (&str, &str, &str) = ("by", "day, week, month or year", "string");
const PERIOD: (&str, &str, &str) = ("period", "one period, such as 2025-03", "string");

pub const ENDPOINTS: &[Endpoint] = &[
    Endpoint {
        path: "/v1/events",
        summary: "Reports, by day, or the latest published first. JSON comes in parts; the other forms are whole.",
        narrows: true,
        parameters: &[
            LIMIT,
            ("after", "where the part begins: `next` of the one before", "string"),
            ("order", "day or latest", "string"),
            BY,
            PERIOD,
            ("count", "with period: incidents, by their first reports, or reports", "string"),
            ("of_quad", "with period: one quad class", "integer"),
        ],
        needs: &[],
        forms: &[Json, Ndjson, Csv, Parquet, Arrow, Geojson],
        holds: ("events", "Report"),
        answer: events,
    },
    Endpoint {
        path: "/v1/events/{id}",
        summary: "The report of an id, with what happened to it in the record.",
        narrows: false,
        parameters: &[],
        needs: &[],
        forms: &[Json],
        holds: ("event", "object"),
        answer: event,
    },
    Endpoint {
        path: "/v1/dyad",
        summary: "What actor and recipient did to each other, period by period, both ways, with the ids of the reports.",
        narrows: true,
        parameters: &[BY],
        needs: &["actor", "recipient"],
        forms: &[Json],
        holds: ("ways", "object"),
        answer: dyad_json,
    },
    Endpoint {
        path: "/v1/dyad.csv",
        summary: "The same as a table.",
        narrows: true,
        parameters: &[BY],
        needs: &["actor", "recipient"],
        forms: &[Csv],
        holds: ("", ""),
        answer: dyad_csv,
    },
    Endpoint {
        path: "/v1/pairs.csv",
        summary: "Every pair of actor and recipient with its counts, over all the days asked for.",
        narrows: true,
        parameters: &[],
        needs: &[],
        forms: &[Csv],
        holds: ("", ""),
        answer: pairs,
    },
    Endpoint {
        path: "/v1/network",
        summary: "The network of who acts on whom.",
        narrows: true,
        parameters: &[],
        needs: &[],
        forms: &[Graphml, Gexf, Csv],
        holds: ("", ""),
        answer: network,
    },
    Endpoint {
        path: "/v1/claims",
        summary: "Claims, the latest first: `actor` speaks, `recipient` is spoken about.",
        narrows: true,
        parameters: &[LIMIT],
        needs: &[],
        forms: &[Json, Ndjson],
        holds: ("claims", "Claim"),
        answer: claims,
    },
    Endpoint {
        path: "/v1/expectations",
        summary: "Expectations, the latest first, and what became of them.",
        narrows: true,
        parameters: &[LIMIT],
        needs: &[],
        forms: &[Json, Ndjson],
        holds: ("expectations", "object"),
        answer: expectations,
    },
    Endpoint {
        path: "/v1/contradictions",
        summary: "Incidents whose reports do not say the same, and on what they differ.",
        narrows: true,
        parameters: &[LIMIT],
        needs: &[],
        forms: &[Json],
        holds: ("incidents", "object"),
        answer: contradictions,
    },
    Endpoint {
        path: "/v1/articles",
        summary: "Articles, the latest first, without their texts.",
        narrows: true,
        parameters: &[LIMIT, BY, PERIOD],
        needs: &[],
        forms: &[Json],
        holds: ("articles", "object"),
        answer: articles,
    },
    Endpoint {
        path: "/v1/search",
        summary: "The articles that hold words, best first. Marked words stand between U+0002 and U+0003.",
        narrows: true,
        parameters: &[LIMIT, ("words", "words; “a phrase”, OR, NOT, NEAR(…), word*", "string")],
        needs: &["words"],
        forms: &[Json],
        holds: ("articles", "object"),
        answer: search,
    },
    Endpoint {
        path: "/v1/actors",
        summary: "Countries and entities, by the number of reports they have a part in.",
        narrows: false,
        parameters: &[LIMIT],
        needs: &[],
        forms: &[Json],
        holds: ("actors", "object"),
        answer: actors,
    },
    Endpoint {
        path: "/v1/volume.csv",
        summary: "How many articles each outlet published on each day.",
        narrows: true,
        parameters: &[],
        needs: &[],
        forms: &[Csv],
        holds: ("", ""),
        answer: volume,
    },
    Endpoint {
        path: "/v1/health",
        summary: "How far the record reaches, what coded it, and what someone should look at.",
        narrows: false,
        parameters: &[],
        needs: &[],
        forms: &[Json],
        holds: ("health", "object"),
        answer: health,
    },
    Endpoint {
        path: "/v1/codebook",
        summary: "Event types and modes with their meanings, quad classes and scores.",
        narrows: false,
        parameters: &[],
        needs: &[],
        forms: &[Json],
        holds: ("types", "object"),
        answer: codebook,
    },
];

/// How many are asked for.
fn limit(view: &View<'_>, usual: u64) -> Result<u64, Failure> {
    match view.asked.get("limit").map(str::parse::<u64>) {
        None => Ok(usual),
        Some(Ok(limit @ 1..=1_000)) => Ok(limit),
        Some(_) => {
            let reason = "a number from 1 to 1,000 is needed".to_owned();
            Err(Failure::Misread(vec![Misread { name: "limit".to_owned(), reason }]))
        }
    }
}

fn events(view: &View<'_>, form: Form) -> Result<Answer, Failure> {
    let is_behind = view.asked.get("period").is_some();
    let filter = if is_behind { reports::behind(view)?.filter } else { view.filter(&[])? };
    let format = match form {
        Ndjson => ExportFormat::Jsonl,
        Csv => ExportFormat::Csv,
        Parquet => ExportFormat::Parquet,
        Arrow => ExportFormat::Arrow,
        Geojson => ExportFormat::Geojson,
        _ => {
            let order = if view.asked.get("order") == Some("latest") { Order::Latest } else { Order::Day };
            let page = view.record.page(&filter, order, view.asked.get("after"), limit(view, 100)?)?;
            return Ok(Answer::Held(page.reports.iter().map(report).collect(), page.next));
        }
    };
    Ok(Answer::Export(Box::new(filter), format))
}

fn report(report: &Report) -> Value {
    serde_json::from_str(&report.json_line()).expect("a line of ours is JSON")
}

fn event(view: &View<'_>, _: Form) -> Result<Answer, Failure> {
    let id = view.last_part();
    let found = view.record.reports(&Filter { ids: vec![id.clone()], ..Filter::default() }, Some(2))?;
    let history = view.record.history(&id)?;
    let Some(found) = found.iter().find(|report| report.row.event_id == id) else {
        return Err(Failure::Missing(format!("no report `{id}` holds now")));
    };
    let history: Vec<Value> = history.into_iter().map(|(at, what)| json!({ "at": at, "what": what })).collect();
    Ok(Answer::Held(json!({ "report": report(found), "history": history }), None))
}

fn both_ways(view: &View<'_>) -> Result<(By, [(Filter, Dyad); 2]), Failure> {
    let filter = view.filter(&COUNTED)?;
    if filter.actors.is_empty() || filter.recipients.is_empty() {
        return Err(Failure::Unusable("give `actor` and `recipient`".to_owned()));
    }
    let back = Filter { actors: filter.recipients.clone(), recipients: filter.actors.clone(), ..filter.clone() };
    let (by, [there, turned]) = dyad::both_ways(view, &filter, &back)?;
    Ok((by, [(filter, there), (back, turned)]))
}

fn dyad_json(view: &View<'_>, _: Form) -> Result<Answer, Failure> {
    let (by, ways) = both_ways(view)?;
    let period = |period: &Period| {
        json!({
            "period": period.period, "articles": period.n_articles, "incidents": period.n_incidents, "per_1000": period.rate(),
            "reports": period.n_reports, "quads": period.quads, "mean_score": period.mean(), "sum_score": period.sum,
            "events": period.events,
        })
    };
    let way = |(filter, dyad): &(Filter, Dyad)| {
        json!({
            "actors": filter.actors, "recipients": filter.recipients, "by": name_of(by), "scale": SCALE, "vague": dyad.n_vague,
            "periods": dyad.periods.iter().map(period).collect::<Vec<_>>(),
        })
    };
    Ok(Answer::Held(ways.iter().map(way).collect(), None))
}

const COUNTS: [&str; 10] =
    ["articles", "incidents", "per_1000", "reports", "quad_1", "quad_2", "quad_3", "quad_4", "mean_score", "sum_score"];

fn counts(period: &Period) -> Vec<String> {
    let figure = |figure: Option<f64>| figure.map(|figure| format!("{figure:.3}")).unwrap_or_default();
    let mut fields = vec![
        period.n_articles.to_string(),
        period.n_incidents.to_string(),
        figure(period.rate()),
        period.n_reports.to_string(),
    ];
    fields.extend(period.quads.map(|n| n.to_string()));
    fields.extend([figure(period.mean()), format!("{:.3}", period.sum)]);
    fields
}

fn head(names: &[&str]) -> String {
    csv_record(names.iter().chain(&COUNTS).chain(&["scale"]).map(|&name| name.to_owned()).collect())
}

fn dyad_csv(view: &View<'_>, _: Form) -> Result<Answer, Failure> {
    let (_, ways) = both_ways(view)?;
    let mut text = head(&["actor", "recipient", "period"]);
    for (filter, dyad) in &ways {
        for period in &dyad.periods {
            let mut fields = vec![filter.actors.join("|"), filter.recipients.join("|"), period.period.clone()];
            fields.extend(counts(period));
            fields.push(SCALE.to_owned());
            text += &csv_record(fields);
        }
    }
    Ok(Answer::Text(text))
}

fn pairs(view: &View<'_>, _: Form) -> Result<Answer, Failure> {
    let panel = view.site.kept.pairs(view.record, &view.filter(&COUNTED)?)?;
    let mut text = head(&["actor", "recipient"]);
    for row in &panel.rows {
        let mut fields = vec![row.actor.clone(), row.recipient.clone().unwrap_or_default()];
        fields.extend(counts(&row.period));
        fields.push(SCALE.to_owned());
        text += &csv_record(fields);
    }
    Ok(Answer::Text(text))
}

fn network(view: &View<'_>, form: Form) -> Result<Answer, Failure> {
    let format = match form {
        Gexf => ExportFormat::Gexf,
        Csv => ExportFormat::Edges,
        _ => ExportFormat::Graphml,
    };
    Ok(Answer::Export(Box::new(view.filter(&COUNTED)?), format))
}

/// Values one by one: as a list, or one a line.
fn listed(values: Vec<Value>, form: Form) -> Answer {
    match form {
        Ndjson => Answer::Text(values.iter().map(super::safe).collect()),
        _ => Answer::Held(Value::Array(values), None),
    }
}

fn claims(view: &View<'_>, form: Form) -> Result<Answer, Failure> {
    let claims = view.record.claims(&view.filter(&[])?, limit(view, if form == Ndjson { 1_000 } else { 100 })?)?;
    let value = |claim: &ClaimReport| serde_json::to_value(&claim.row).expect("a row is JSON");
    Ok(listed(claims.iter().map(value).collect(), form))
}

fn expectations(view: &View<'_>, form: Form) -> Result<Answer, Failure> {
    let filter = view.filter(&[])?;
    let today = view.today(&filter)?;
    let all = view.record.expectations(&filter, &today, limit(view, if form == Ndjson { 1_000 } else { 100 })?)?;
    let value = |one: &Settled| {
        let by = one.by.as_ref().map(|report| report.row.event_id.clone());
        json!({ "expectation": one.row, "outcome": one.outcome.as_str(), "settled_by": by, "asked_on": today })
    };
    Ok(listed(all.iter().map(value).collect(), form))
}

fn contradictions(view: &View<'_>, _: Form) -> Result<Answer, Failure> {
    let incidents = view.record.contradictions(&view.filter(&[])?, limit(view, 40)?)?;
    let value = |reports: &Vec<Report>| {
        let matters: Vec<Value> =
            differing(reports).into_iter().map(|(on, values)| json!({ "on": on, "values": values })).collect();
        let incident = reports.first().map(|report| report.entry.incident);
        json!({ "incident": incident, "differ": matters, "reports": reports.iter().map(report).collect::<Vec<_>>() })
    };
    let values: Vec<Value> = incidents.iter().filter(|reports| !differing(reports).is_empty()).map(value).collect();
    Ok(Answer::Held(Value::Array(values), None))
}

fn articles(view: &View<'_>, _: Form) -> Result<Answer, Failure> {
    let filter = view.filter(&[])?;
    let by = view.asked.by().unwrap_or(By::Month);
    let (_, articles) = view.record.articles(
        by,
        view.asked.get("period"),
        filter.outlets.first().map(String::as_str),
        filter.as_of.as_ref(),
        limit(view, 200)? as usize,
    )?;
    let value = |article: &StoredArticle| {
        json!({
            "document_id": article.document_id, "outlet": article.outlet, "published": article.published, "title": article.title,
            "url": article.url, "version": article.version, "read_at": article.read_at,
            "copy_of": article.copy_of.as_ref().map(|(id, outlet)| json!({ "document_id": id, "outlet": outlet })),
        })
    };
    Ok(Answer::Held(articles.iter().map(value).collect(), None))
}

fn search(view: &View<'_>, _: Form) -> Result<Answer, Failure> {
    let words = view.asked.get("words").ok_or_else(|| Failure::Unusable("give `words` to look for".to_owned()))?;
    let found = view.record.search(words, view.filter(&[])?.as_of.as_ref(), limit(view, 20)?)?;
    let value = |one: polybius_record::Found| {
        json!({
            "document_id": one.document_id, "outlet": one.outlet, "published": one.published, "title": one.title,
            "snippet": one.snippet, "reports": one.n_reports,
        })
    };
    Ok(Answer::Held(found.into_iter().map(value).collect(), None))
}

fn actors(view: &View<'_>, _: Form) -> Result<Answer, Failure> {
    let codes = view.record.codes(limit(view, 200)?)?;
    let value = |(code, n): (String, u64)| json!({ "code": code, "name": view.site.name_of(&code), "reports": n });
    Ok(Answer::Held(codes.into_iter().map(value).collect(), None))
}

fn volume(view: &View<'_>, _: Form) -> Result<Answer, Failure> {
    let head = ["outlet", "day", "articles", "with_report"];
    let mut text = csv_record(head.map(str::to_owned).to_vec());
    for one in view.record.volume(view.filter(&[])?.as_of.as_ref())? {
        text += &csv_record(vec![
            one.outlet,
            one.day.unwrap_or_default(),
            one.n_articles.to_string(),
            one.n_with_reports.to_string(),
        ]);
    }
    Ok(Answer::Text(text))
}

fn health(view: &View<'_>, _: Form) -> Result<Answer, Failure> {
    let extent = view.record.extent(None)?;
    let runs = view.record.runs()?.into_iter().map(|run| {
        json!({
            "run": run.id.0, "version": run.maker.version, "program": run.maker.program, "codebook": run.maker.codebook,
            "models": run.maker.models, "settings": run.maker.settings, "began": run.began, "codings": run.n_codings,
            "reports": run.n_reports,
        })
    });
    let held = json!({
        "articles": extent.n_articles, "reports": extent.n_reports, "outlets": extent.n_outlets, "first": extent.first,
        "last": extent.last, "runs": runs.collect::<Vec<_>>(), "notes": view.record.notes()?,
    });
    Ok(Answer::Held(held, None))
}

fn codebook(view: &View<'_>, _: Form) -> Result<Answer, Failure> {
    let codebook = &view.site.settings.pipeline.codebook;
    let ontology = &codebook.ontology;
    let scale = codebook.scales.iter().find(|scale| &*scale.name == SCALE);
    let types = ontology.types.iter().filter_map(|event_type| {
        let id = ontology.type_named(&event_type.name)?;
        let modes = event_type.modes.iter().map(|&mode| {
            let score = scale.map(|scale| scale.score(id, Some(mode)));
            json!({ "name": ontology.mode(mode).name, "definition": ontology.mode(mode).definition, "score": score })
        });
        Some(json!({
            "name": event_type.name, "definition": event_type.definition, "quad": event_type.quad.number(),
            "score": scale.map(|scale| scale.score(id, None)), "scale": SCALE, "modes": modes.collect::<Vec<_>>(),
        }))
    });
    Ok(Answer::Held(types.collect(), None))
}
