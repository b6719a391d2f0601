//! `polybius dyad` and `panel`: how many, how often, and what leads back to the rows.

use std::io::{Write, stdout};

use anyhow::Result;
use polybius::SCALE;
use polybius_record::{By, Dyad, Filter, Period, Record, Status, Unit};

use super::{name_unknown, table};
use crate::Outcome;
use crate::arguments::{ByArgument, DyadArguments, FiguresFormat, PanelArguments};

/// How wide the longest bar of a chart is.
const BAR: usize = 30;

/// Prints what each side did to the other, period by period.
pub fn dyad(arguments: &DyadArguments) -> Result<Outcome> {
    let record = Record::open_to_ask(&arguments.record.path()?)?;
    let filter = arguments.narrow.filter(&arguments.record, &[Status::Happened]);
    let sides = |actor: &String, recipient: &String| Filter {
        actors: vec![actor.clone()],
        recipients: vec![recipient.clone()],
        ..filter.clone()
    };
    let mut ways = vec![(&arguments.one, &arguments.other)];
    if arguments.one != arguments.other {
        ways.push((&arguments.other, &arguments.one));
    }
    name_unknown(&record, &sides(&arguments.one, &arguments.other))?;
    let mut text = String::new();
    if arguments.format == FiguresFormat::Csv {
        text += &table::csv(&[&["actor", "recipient"], &HEADS[..]].concat(), &[]);
    }
    for (actor, recipient) in ways {
        let filter = sides(actor, recipient);
        let dyad = record.dyad(&filter, arguments.by.into())?;
        text += &match arguments.format {
            FiguresFormat::Table => readable(arguments, &filter, actor, recipient, &dyad),
            FiguresFormat::Jsonl => dyad.periods.iter().map(|period| period.json_line(actor, recipient)).collect(),
            FiguresFormat::Csv => {
                let row = |period: &Period| [vec![actor.clone(), recipient.clone()], fields(period)].concat();
                let rows = dyad.periods.iter().map(|period| polybius::formats::csv_record(row(period)));
                rows.collect()
            }
        };
    }
    stdout().lock().write_all(text.as_bytes())?;
    Ok(Outcome::Fine)
}

fn readable(arguments: &DyadArguments, filter: &Filter, actor: &str, recipient: &str, dyad: &Dyad) -> String {
    let by = match arguments.by {
        ByArgument::Day => "day",
        ByArgument::Week => "week",
        ByArgument::Month => "month",
        ByArgument::Year => "year",
    };
    let statuses: Vec<&str> = filter.statuses.iter().map(|status| status.as_str()).collect();
    let statuses = if statuses.is_empty() { "any status".to_owned() } else { statuses.join(", ") };
    let set = arguments.record.set.as_ref().map(|set| format!(" · set {set}")).unwrap_or_default();
    let mut text = format!("{actor} → {recipient} by {by} · {statuses} · score {SCALE}{set}\n");
    let most = dyad.periods.iter().map(|period| period.n_incidents).max().unwrap_or(0).max(1);
    let heads = [
        by,
        "articles",
        "incidents",
        "per 1,000",
        "reports",
        "quad 1",
        "quad 2",
        "quad 3",
        "quad 4",
        "mean",
        "sum",
        "+ cooperation, - conflict",
    ];
    let row = |period: &Period| {
        let share = |n: u64| match period.n_incidents {
            0 => String::new(),
            n_all => format!("{:.0}%", n as f64 * 100.0 / n_all as f64),
        };
        let figure = |figure: Option<f64>| figure.map(|figure| format!("{figure:.1}")).unwrap_or_default();
        let mut row = vec![
            period.period.clone(),
            period.n_articles.to_string(),
            period.n_incidents.to_string(),
            figure(period.rate()),
            period.n_reports.to_string(),
        ];
        row.extend(period.quads.map(share));
        row.extend([figure(period.mean()), figure((period.n_incidents > 0).then_some(period.sum))]);
        row.push(bar(period, most));
        row
    };
    let rows: Vec<Vec<String>> = dyad.periods.iter().map(row).collect();
    if rows.is_empty() {
        text += "  nothing\n";
    } else {
        text += &table::table(&heads, &rows, &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    }
    if dyad.n_vague > 0 {
        text +=
            &format!("not counted, because their dates are unknown or vaguer than a {by}: {} reports\n", dyad.n_vague);
    }
    text + &format!("rows: {}\n\n", question(arguments, filter, actor, recipient))
}

/// The command that shows the reports behind the figures.
fn question(arguments: &DyadArguments, filter: &Filter, actor: &str, recipient: &str) -> String {
    let record = arguments.record.record.display();
    let mut words = format!("polybius events --record {record} --actor {actor} --recipient {recipient}");
    let mut add = |name: &str, value: &str| words += &format!(" --{name} {value}");
    let statuses: Vec<&str> = filter.statuses.iter().map(|status| status.as_str()).collect();
    let set = arguments.record.set.clone().unwrap_or_default();
    for (name, values) in [("set", set), ("status", statuses.join(",")), ("type", filter.event_types.join(","))] {
        if !values.is_empty() {
            add(name, &values);
        }
    }
    for (name, day) in [("from", &filter.from), ("to", &filter.to)] {
        if let Some(day) = day {
            add(name, day);
        }
    }
    for outlet in &filter.outlets {
        add("outlet", &format!("'{outlet}'"));
    }
    if filter.min_confidence > 0.0 {
        add("min-confidence", &filter.min_confidence.to_string());
    }
    if let Some(run) = filter.run {
        add("run", &run.0.to_string());
    }
    if let Some(as_of) = &filter.as_of {
        add("as-of", as_of.as_str());
    }
    if filter.without_copies { words + " --without-copies" } else { words }
}

/// Cooperation and conflict, each as long as it has incidents.
fn bar(period: &Period, most: u64) -> String {
    let length = |n: u64| if n == 0 { 0 } else { (n as usize * BAR / most as usize).max(1) };
    let [verbal, material, verbal_conflict, material_conflict] = period.quads;
    "+".repeat(length(verbal + material)) + &"-".repeat(length(verbal_conflict + material_conflict))
}

/// The heads of a period's figures.
pub(super) const HEADS: [&str; 11] = [
    "period",
    "articles",
    "incidents",
    "per_1000",
    "reports",
    "quad_1",
    "quad_2",
    "quad_3",
    "quad_4",
    "mean_score",
    "sum_score",
];

/// The figures of a period.
pub(super) fn fields(period: &Period) -> Vec<String> {
    let figure = |figure: Option<f64>| figure.map(|figure| Period::rounded(figure).to_string()).unwrap_or_default();
    let mut fields = vec![
        period.period.clone(),
        period.n_articles.to_string(),
        period.n_incidents.to_string(),
        figure(period.rate()),
        period.n_reports.to_string(),
    ];
    fields.extend(period.quads.map(|n| n.to_string()));
    fields.extend([figure(period.mean()), Period::rounded(period.sum).to_string()]);
    fields
}

/// Prints a panel as CSV.
pub fn panel(arguments: &PanelArguments) -> Result<Outcome> {
    let record = Record::open_to_ask(&arguments.record.path()?)?;
    let filter = arguments.filter.filter(&arguments.record, &[Status::Happened]);
    name_unknown(&record, &filter)?;
    let (unit, by): (Unit, By) = arguments.unit.parts();
    let panel = record.panel(&filter, unit, by, arguments.complete)?;
    let countries = crate::codebook::load(None)?.countries;
    let sides: &[&str] = if unit == Unit::Dyad { &["actor", "recipient"] } else { &["country"] };
    let mut heads: Vec<String> = Vec::new();
    for side in sides {
        heads.extend(["", "_iso", "_cow", "_gw"].map(|code| format!("{side}{code}")));
    }
    heads.extend(HEADS.map(str::to_owned));
    heads.push("scale".to_owned());
    let mut out = std::io::BufWriter::new(stdout().lock());
    out.write_all(polybius::formats::csv_record(heads).as_bytes())?;
    for row in &panel.rows {
        let mut record = Vec::new();
        for side in std::iter::once(&row.actor).chain(&row.recipient) {
            let codes = countries.iter().find(|country| *country.iso3 == **side);
            let code = |code: fn(&polybius::CountryCodes) -> &str| codes.map(code).unwrap_or_default().to_owned();
            record.extend([
                side.clone(),
                code(|country| &country.numeric),
                code(|country| &country.cow_number),
                code(|country| &country.gw),
            ]);
        }
        record.extend(fields(&row.period));
        record.push(SCALE.to_owned());
        out.write_all(polybius::formats::csv_record(record).as_bytes())?;
    }
    out.flush()?;
    if panel.n_vague > 0 {
        anstream::eprintln!("not counted, because their dates are unknown or too vague: {} reports", panel.n_vague);
    }
    Ok(Outcome::Fine)
}
