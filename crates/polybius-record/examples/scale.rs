//! How long a large record takes to fill and to ask: made-up reports of made-up articles, a million by default.
//!
//!     cargo run --release -p polybius-record --example scale -- news.db 1000000

use std::path::PathBuf;
use std::time::Instant;

use polybius::{
    Article, CameoRow, DateRow, EventRow, ParticipantRow, PatternRow, PlaceRow, SCALE, SizeRow, WhyRow, WordsRow,
};
use polybius_record::{By, Clock, Filter, Keep, Maker, Placing, Reading, Record, RecordError, Signature, Status, Unit};

/// So many reports has an article.
const PER_ARTICLE: u64 = 4;

const COUNTRIES: &[&str] = &[
    "RUS", "UKR", "USA", "CHN", "IRN", "ISR", "TUR", "SYR", "IND", "PAK", "EGY", "SDN", "ETH", "SOM", "KEN", "NGA",
    "MLI", "FRA", "DEU", "GBR", "POL", "BLR", "GEO", "ARM", "AZE", "KAZ", "UZB", "AFG", "IRQ", "SAU", "YEM", "OMN",
    "QAT", "JPN", "KOR", "PRK", "PHL", "VNM", "THA", "MMR", "BGD", "LKA", "COL", "VEN", "PER", "BRA", "ARG", "CHL",
    "MEX", "HTI",
];

const TYPES: &[(&str, &str, u8, f64)] = &[
    ("ASSAULT", "aerial", 4, -9.5),
    ("ACCUSE", "allege", 3, -3.5),
    ("CONSULT", "visit", 1, 4.0),
    ("REQUEST", "change", 3, -1.0),
    ("COERCE", "arrest", 4, -7.0),
    ("AID", "", 2, 10.0),
    ("AGREE", "", 1, 2.5),
];

fn main() -> Result<(), RecordError> {
    let mut arguments = std::env::args().skip(1);
    let path = PathBuf::from(arguments.next().unwrap_or_else(|| "scale.db".to_owned()));
    let n_reports: u64 = arguments.next().and_then(|n| n.parse().ok()).unwrap_or(1_000_000);
    if !path.exists() {
        timed("fill", || fill(&path, n_reports))?;
    }
    let record = Record::open_to_ask(&path)?;
    let dyad = Filter { actors: vec!["RUS".into()], recipients: vec!["UKR".into()], ..Filter::default() };
    let happened = Filter { statuses: vec![Status::Happened], ..dyad.clone() };
    let three = Filter {
        event_types: vec!["ASSAULT".into(), "COERCE".into()],
        from: Some("2023-03-01".into()),
        to: Some("2023-09-30".into()),
        ..dyad.clone()
    };
    timed("reports", || record.n_reports(&Filter::default()).map(|n| println!("  {n}")))?;
    timed("dyad by month", || {
        record.dyad(&happened, By::Month).map(|dyad| println!("  {} periods", dyad.periods.len()))
    })?;
    timed("events, four filters, 50 of them", || {
        record.reports(&three, Some(50)).map(|reports| println!("  {} reports", reports.len()))
    })?;
    let one = Filter {
        actors: vec!["RUS".into()],
        event_types: vec!["AID".into()],
        from: Some("2023-03-01".into()),
        ..Filter::default()
    };
    timed("events, one actor, 50 of them", || {
        record.reports(&one, Some(50)).map(|reports| println!("  {}", reports.len()))
    })?;
    timed("search", || {
        record.search("convoy AND harbour", None, 20).map(|found| println!("  {} articles", found.len()))
    })?;
    timed("panel of all dyad-months", || {
        record
            .panel(&Filter::default(), Unit::Dyad, By::Month, true)
            .map(|panel| println!("  {} rows", panel.rows.len()))
    })?;
    if let Ok(status) = std::fs::read_to_string("/proc/self/status") {
        let most = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default();
        println!("most memory {}", most.trim_start_matches("VmHWM:").trim());
    }
    Ok(())
}

fn timed<T>(what: &str, work: impl FnOnce() -> Result<T, RecordError>) -> Result<T, RecordError> {
    let began = Instant::now();
    let done = work()?;
    println!("{what}: {:.3} s", began.elapsed().as_secs_f64());
    Ok(done)
}

fn fill(path: &std::path::Path, n_reports: u64) -> Result<(), RecordError> {
    let record = Record::open(path)?;
    let maker = Maker {
        version: "0".into(),
        program: "made up".into(),
        codebook: "made up".into(),
        models: "none".into(),
        settings: String::new(),
    };
    let now = Clock::System.now();
    let run = record.run(&maker, &now)?;
    for n in 0..n_reports / PER_ARTICLE {
        record.add(run, &reading(n), Keep::Text, &now)?;
        if n % 500 == 499 {
            record.commit()?;
        }
    }
    record.commit()
}

/// A different number for each number.
fn mixed(number: u64) -> u64 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

fn picked<T>(list: &[T], number: u64) -> &T {
    &list[(number % list.len() as u64) as usize]
}

fn reading(n: u64) -> Reading {
    const WORDS: &[&str] = &[
        "convoy",
        "border",
        "minister",
        "harbour",
        "talks",
        "statement",
        "morning",
        "village",
        "airport",
        "officials",
        "report",
        "region",
        "council",
        "market",
        "river",
        "station",
        "troops",
        "leader",
        "railway",
        "winter",
        "people",
        "power",
        "bridge",
    ];
    let seed = mixed(n + 1);
    let words = (0..120).map(|word| format!("{}{}", picked(WORDS, mixed(seed ^ word)), mixed(seed ^ word) % 5));
    let text = words.collect::<Vec<_>>().join(" ").replace('0', "");
    let day = jiff::civil::date(2022, 1, 1).saturating_add(jiff::SignedDuration::from_hours(24 * (seed % 1000) as i64));
    let article = Article {
        published: Some(day),
        outlet: Some(format!("Outlet {}", seed % 40)),
        title: Some(format!("Story {n}")),
        author: None,
        ..Article::from_text(format!("a{n}"), text)
    };
    let rows = (0..PER_ARTICLE).map(|index| row(&article, n, index)).collect();
    let (claims, expectations) = (Vec::new(), Vec::new());
    Reading {
        signature: Signature::of(&article.text),
        n_sentences: 8,
        rows,
        claims,
        expectations,
        article,
        placing: Placing::ByLikeness,
    }
}

fn row(article: &Article, n: u64, index: u64) -> EventRow {
    let seed = mixed(n * PER_ARTICLE + index + 7);
    let &(event_type, mode, quad, score) = picked(TYPES, seed);
    // Few countries are in most of the news.
    let country = |seed: u64| *picked(COUNTRIES, if seed.is_multiple_of(3) { (seed >> 8) % 6 } else { seed >> 8 });
    let (actor, recipient) = (country(mixed(seed ^ 1)), country(mixed(seed ^ 2)));
    let words = |text: &str, start: usize| WordsRow { text: text.to_owned(), start, end: start + text.len() };
    let participant = |code: &str, start: usize| ParticipantRow {
        entity: Some(code.to_owned()),
        name: code.to_owned(),
        text: code.to_owned(),
        start,
        end: start + 3,
        country: Some(code.to_owned()),
        sector: Some("GOV".to_owned()),
        wikidata: None,
        role: None,
        resolved_by: "name".to_owned(),
    };
    let day = article.published.map(|day| day.to_string()).unwrap_or_default();
    let text = format!(
        "{actor} did what this made-up sentence number {seed} says to {recipient} on that day, officials said."
    );
    EventRow {
        event_id: format!("{:016x}", mixed(seed)),
        document_id: article.id.clone(),
        url: None,
        outlet: article.outlet.clone(),
        published: Some(day.clone()),
        title: article.title.clone(),
        sentence: index as usize + 1,
        start: 0,
        end: text.chars().count(),
        text,
        event_type: event_type.to_owned(),
        mode: (!mode.is_empty()).then(|| mode.to_owned()),
        contexts: vec![],
        quad,
        score: Some(score),
        scale: SCALE.to_owned(),
        cameo: Some(CameoRow { code: "040".to_owned(), derived: true }),
        actors: vec![participant(actor, 0)],
        recipients: vec![participant(recipient, 40)],
        auxiliary: if seed.is_multiple_of(11) { vec!["negation".to_owned()] } else { vec![] },
        factuality: if seed.is_multiple_of(11) { -2.0 } else { 2.0 },
        prospect: None,
        attribution: vec![],
        date: Some(DateRow {
            start: day.clone(),
            end: day.clone(),
            precision: "day".to_owned(),
            words: Some(words("on that day", 60)),
            anchor: Some(day),
        }),
        place: seed.is_multiple_of(4).then(|| PlaceRow {
            name: format!("Town {}", seed % 300),
            latitude: None,
            longitude: None,
            country: Some(recipient.to_owned()),
            region: None,
            geonames: None,
            precision: "city".to_owned(),
            words: words("there", 80),
        }),
        size: SizeRow { dead: None, injured: None, arrested: None },
        confidence: 0.7,
        why: WhyRow {
            trigger: words("did", 4),
            pattern: Some(PatternRow { name: "made-up".to_owned(), file: "patterns/none.toml".to_owned(), line: 1 }),
            reader: None,
            notes: vec![],
        },
    }
}
