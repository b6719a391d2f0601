//! Every form that articles come in is read, whoever made it, and whatever was made to break a reader is refused in little time.

use std::fs::{self, File};
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use polybius::Article;
use polybius::input::{self, Defaults, Kind, Problem};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// No refusal takes longer, even in a build for tests on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name)
}

fn read(name: &str, bytes: &[u8]) -> Vec<Result<Article, Problem>> {
    let defaults = Defaults { english_only: true, ..Defaults::default() };
    input::read(name, "in", Cursor::new(bytes.to_vec()), Kind::of_name(name), &defaults).collect()
}

/// One line an article, `id | published | outlet | author | title | url | first … last words`, or the problem.
fn shown(records: Vec<Result<Article, Problem>>) -> Vec<String> {
    let line = |article: Article| {
        let words: Vec<&str> = article.text.split_whitespace().collect();
        let ends =
            format!("{} … {}", words[..words.len().min(3)].join(" "), words[words.len().saturating_sub(3)..].join(" "));
        let known = |field: Option<String>| field.unwrap_or_default();
        let day = article.published.map(|day| day.to_string());
        let fields = [
            article.id,
            known(day),
            known(article.outlet),
            known(article.author),
            known(article.title),
            known(article.url),
            ends,
        ];
        fields.join(" | ")
    };
    records.into_iter().map(|record| record.map_or_else(|problem| problem.to_string(), line)).collect()
}

fn check(name: &str, bytes: &[u8], expected: &[&str]) {
    assert_eq!(shown(read(name, bytes)), expected);
}

#[test]
fn pages_of_many_layouts() {
    for (page, expected) in [
        (
            "semantic.html",
            "https://delta.example/world/2025/03/orsha-crossing | 2025-03-11 | Delta Post | Lena Brandt, Omar Said | Ministers agree to reopen the Orsha \
             crossing | https://delta.example/world/2025/03/orsha-crossing | The foreign ministers … repression in Minsk.",
        ),
        (
            "opengraph.html",
            "https://ledger.example/n/8812 | 2025-03-04 | Morning Ledger | Pavlo Hnatiuk | Strike kills seven in Kharkiv | \
             https://ledger.example/n/8812 | Russian drones struck … of the month.",
        ),
        (
            "tables.html",
            "in | 2014-06-03 |  |  | Rebels take the airfield at Tessalit |  | BAMAKO (Kuvar) — … rebels in Paris.",
        ),
        (
            "saved.html",
            "https://courier.example/2024/10/11/ashgabat-summit/ | 2024-10-11 | courier.example | Mira Dall | Leaders meet in Ashgabat | \
             https://courier.example/2024/10/11/ashgabat-summit/ | The presidents of … the eighteenth century.",
        ),
        ("brief.html", "in | 2023-08-02 |  |  | BRIEF-Kenya expels two diplomats |  | Aug 2 - … refugees in Nairobi."),
        (
            "microdata.html",
            "in | 2024-02-20 |  | Aché Mahamat | Chad closes its border with Sudan |  | Chad closed its … to its enemies.",
        ),
        ("index.html", "index.html:1: the page holds no article, only headlines and links; give the pages it leads to"),
    ] {
        let bytes = fs::read(path("pages").join(page)).expect("the page is there");
        check(page, &bytes, &[expected]);
    }
    let bytes = fs::read(path("pages/tables.html")).expect("the page is there");
    let article = read("tables.html", &bytes).remove(0).expect("the page holds an article");
    assert!(
        article.text.contains("The rebels’ spokesman") && article.text.contains("“in good order”"),
        "{}",
        article.text
    );
    assert!(article.text.contains(".\n\nFrance"), "paragraphs stay apart: {}", article.text);
}

#[test]
fn feeds() {
    let rss = r#"<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Delta Post</title>
        <item><guid>d-1</guid><title>Chad &amp; Sudan</title><link>https://delta.example/1</link><pubDate>Tue, 20 Feb 2024 18:00:00 GMT</pubDate>
        <description>Short.</description><content:encoded><![CDATA[<p>Chad closed its border.</p><p>Sudan denied it.</p><script>x()</script>]]></content:encoded></item>
        <item><title>Undated</title><description>Nothing is known of when.</description></item></channel></rss>"#;
    let undated = "feed.xml:1: item 2: the item does not say when it was published; give --published YYYY-MM-DD";
    check(
        "feed.xml",
        rss.as_bytes(),
        &[
            "d-1 | 2024-02-20 | Delta Post |  | Chad & Sudan | https://delta.example/1 | Chad closed its … Sudan denied it.",
            undated,
        ],
    );
    let atom = r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>Courier</title><id>urn:c</id><entry><id>urn:c:7</id><title>Visit</title>
        <link href="https://courier.example/7"/><published>2024-10-11T10:00:00Z</published><updated>2024-10-12T10:00:00Z</updated>
        <author><name>Mira Dall</name></author><content type="html">&lt;p&gt;Iran's president arrived in Ashgabat.&lt;/p&gt;</content></entry></feed>"#;
    check(
        "x.atom",
        atom.as_bytes(),
        &[
            "urn:c:7 | 2024-10-11 | Courier | Mira Dall | Visit | https://courier.example/7 | Iran's president arrived … arrived in Ashgabat.",
        ],
    );
    let latin = [b"<?xml version='1.0' encoding='iso-8859-1'?><rss version='2.0'><channel><title>Caf\xe9</title><item><guid>1</guid>".as_slice(),
        b"<pubDate>Tue, 20 Feb 2024 18:00:00 GMT</pubDate><description>Fran\xe7ois left.</description></item></channel></rss>"].concat();
    check("x.rss", &latin, &["1 | 2024-02-20 | Café |  |  |  | François left. … François left."]);
}

#[test]
fn json_of_newsrooms() {
    let linked = r#"{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"x"},{"@type":["NewsArticle"],"@id":"urn:1","headline":"H",
        "articleBody":"Kenya sent police to Haiti.","datePublished":"2024-06-25T08:00:00+03:00","author":{"name":"A"},"publisher":{"name":"P"}}]}"#;
    check("a.json", linked.as_bytes(), &["urn:1 | 2024-06-25 | P | A | H |  | Kenya sent police … police to Haiti."]);
    let ninjs = r#"[{"uri":"tag:agency,2024:1","pubstatus":"usable","headlines":[{"role":"main","value":"H"}],"by":"A","firstcreated":"2024-06-25T08:00:00Z",
        "bodies":[{"role":"short","value":"No."},{"role":"main","contenttype":"text/html","value":"<p>Kenya sent police.</p>"}],"infosources":[{"name":"Agency"}]},
        {"uri":"http://agency.example/2","pubStatus":"canceled","headline":"H","bodyText":"Kenya sent none.","versionCreated":"2024-06-25T08:00:00Z"}]"#;
    let withdrawn = "n.json:1: item 2: its publisher has marked it as canceled; if the record has it, `polybius retract` takes it out";
    check(
        "n.json",
        ninjs.as_bytes(),
        &["tag:agency,2024:1 | 2024-06-25 | Agency | A | H |  | Kenya sent police. … Kenya sent police.", withdrawn],
    );
    let feed = r#"{"version":"https://jsonfeed.org/version/1.1","title":"Wire","items":[{"id":"7","url":"https://wire.example/7","title":"T",
        "content_html":"<p>Police shot at <b>protesters</b>.</p>","date_published":"2024-06-25T08:00:00Z","authors":[{"name":"A"},{"name":"B"}]}]}"#;
    check(
        "f.json",
        feed.as_bytes(),
        &["7 | 2024-06-25 | Wire | A, B | T | https://wire.example/7 | Police shot at … shot at protesters."],
    );
    let line = linked.replace('\n', " ");
    check("a.jsonl", line.as_bytes(), &["a.jsonl:1: `text` is missing; add \"text\" to the object"]);
    let own = r#"{"id": "a", "text": "One.", "published": "2024-10-11", "author": "A"}"#;
    check("own.json", own.as_bytes(), &["a | 2024-10-11 |  | A |  |  | One. … One."]);
    check(
        "x.json",
        b"{\"a\": 1}",
        &[
            "x.json:1: there is no article in the JSON that is known; give a NewsArticle of schema.org, ninjs, a JSON Feed, or {\"id\": …, \"text\": …, \"published\": …}",
        ],
    );
}

/// A WARC record with this head and body.
fn warc_record(kind: &str, content: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://www.ledger.example/n/8812\r\nContent-Type: {content}\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body, b"\r\n\r\n"].concat()
}

#[test]
fn web_archives() {
    let page = fs::read(path("pages/opengraph.html")).expect("the page is there");
    let article = "https://ledger.example/n/8812 | 2025-03-04 | Morning Ledger | Pavlo Hnatiuk | Strike kills seven in Kharkiv | \
                   https://ledger.example/n/8812 | Russian drones struck … of the month.";
    let whole = [b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n".as_slice(), &page].concat();
    let (one, two) = page.split_at(1000);
    let chunks = format!("{:x}\r\n", one.len()).into_bytes();
    let chunked = [
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n".as_slice(),
        &chunks,
        one,
        b"\r\n",
        format!("{:x}\r\n", two.len()).as_bytes(),
        two,
        b"\r\n0\r\n\r\n",
    ]
    .concat();
    let gone = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<html>Gone</html>";
    let http = "application/http; msgtype=response";
    let archive = [
        warc_record("warcinfo", "application/warc-fields", b"software: test\r\n"),
        warc_record("response", http, &whole),
        warc_record("response", http, gone),
        warc_record("response", http, &chunked),
        warc_record("conversion", "text/plain", b"Police shot at protesters."),
    ];
    let undated = "a.warc:5: the record does not say when it was published; give --published YYYY-MM-DD";
    check("a.warc", &archive.concat(), &[article, article, undated]);
    // Each record is packed by itself, as archives do.
    let pack = |record: &Vec<u8>| {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(record).expect("memory takes it");
        encoder.finish().expect("memory takes it")
    };
    let mut unpacked = Vec::new();
    let packed: Vec<u8> = archive.iter().flat_map(pack).collect();
    input::unpacked(Cursor::new(packed)).and_then(|mut reader| reader.read_to_end(&mut unpacked)).expect("it unpacks");
    check("a.warc", &unpacked, &[article, article, undated]);
    let torn = &archive[1][..archive[1].len() / 2];
    check(
        "a.warc",
        torn,
        &[
            "a.warc:1: record 1 is shorter than it says; check whether the archive is whole, for example with `warcio check`",
        ],
    );
}

#[test]
fn columns_of_another_program() {
    let file = File::open(path("pages/articles.parquet")).expect("the file is there");
    let articles =
        input::open("articles.parquet", "in", file, &Defaults::default()).expect("it can be opened").collect();
    assert_eq!(
        shown(articles),
        [
            "a | 2024-10-11 | Wire | A | One | https://wire.example/a | Police shot at … shot at protesters.",
            "7 | 2024-10-12 |  |  |  |  | Kenya sent police. … Kenya sent police.",
            "articles.parquet:3: `text` is missing; add \"text\" to the object",
        ]
    );
    let bytes = fs::read(path("pages/articles.parquet")).expect("the file is there");
    for end in [4, 12, bytes.len() / 2, bytes.len() - 1] {
        let problem = read("x.parquet", &bytes[..end]).remove(0).expect_err("it is torn");
        assert!(problem.reason.contains("no Parquet"), "{problem}");
    }
}

fn zipped(files: &[(&str, &[u8])]) -> File {
    let mut writer = ZipWriter::new(tempfile::tempfile().expect("there is room"));
    for (name, bytes) in files {
        writer.start_file(*name, SimpleFileOptions::default()).expect("the archive takes it");
        writer.write_all(bytes).expect("the archive takes it");
    }
    writer.finish().expect("the archive takes it")
}

fn open(file: File) -> Vec<String> {
    let defaults = Defaults { undated: true, ..Defaults::default() };
    shown(input::open("a.zip", "in", file, &defaults).expect("it can be opened").collect())
}

#[test]
fn files_in_archives() {
    let line = br#"{"id":"j","text":"Two.","published":"2024-10-11"}"#;
    let files: &[(&str, &[u8])] =
        &[("one.txt", b"One."), ("picture.png", b"x"), ("../../etc/two.jsonl", line), ("b/\u{1b}[31m.txt", b"Three.")];
    let expected = [
        "one |  |  |  |  |  | One. … One.",
        "j | 2024-10-11 |  |  |  |  | Two. … Two.",
        "b/\u{1b}[31m |  |  |  |  |  | Three. … Three.",
    ];
    assert_eq!(open(zipped(files)), expected);
    assert_eq!(
        open(zipped(&[("x.png", b"x")])),
        ["a.zip:1: there is no file in the archive that could hold articles; see `polybius code --help`"]
    );
}

/// The only record of `bytes` is a problem that says `why`, found soon.
fn refused(name: &str, bytes: &[u8], why: &str) {
    let start = Instant::now();
    let mut records = read(name, bytes);
    assert!(start.elapsed() < PATIENCE, "{name} took {:?}", start.elapsed());
    let problem = records.pop().expect("there is a record").expect_err("it is refused").to_string();
    assert!(records.is_empty() && problem.contains(why), "{problem}");
}

#[test]
fn bombs_are_refused() {
    let deep = |open: &str, close: &str| open.repeat(100_000) + &close.repeat(100_000);
    refused("deep.json", deep("[", "]").as_bytes(), "recursion limit");
    refused("deep.json", (r#"{"a":"#.repeat(100_000) + "1" + &"}".repeat(100_000)).as_bytes(), "recursion limit");
    refused("deep.jsonl", ("{\"a\":".to_owned() + &deep("[", "]") + "}").as_bytes(), "recursion limit");
    refused("wide.json", ("[0".to_owned() + &",0".repeat(3_000_000) + "]").as_bytes(), "more than 2000000 values");
    refused("deep.html", format!("<html><body>{}", deep("<div>", "</div>")).as_bytes(), "deep in each other");
    refused("deep.html", format!("<html><body>{}", "<b>".repeat(100_000)).as_bytes(), "deep in each other");
    refused("wide.html", format!("<html><body>{}", "<p>".repeat(300_000)).as_bytes(), "300002 elements");
    refused("deep.xml", format!("<rss version='2.0'>{}", deep("<a>", "</a>")).as_bytes(), "");
    let mut entities = "<!DOCTYPE rss [<!ENTITY a0 \"haha\">".to_owned();
    for level in 1..30 {
        entities += &format!("<!ENTITY a{level} \"{}\">", format!("&a{};", level - 1).repeat(10));
    }
    let bomb = format!(
        "<?xml version=\"1.0\"?>{entities}]><rss version=\"2.0\"><channel><title>t</title><item><guid>1</guid><description>&a29;</description></item></channel></rss>"
    );
    refused("laughs.xml", bomb.as_bytes(), "");
    let file = zipped(&[("a.txt", &vec![b'a'; 200 << 20])]);
    let start = Instant::now();
    let problems = open(file);
    assert!(
        start.elapsed() < PATIENCE && problems.len() == 1 && problems[0].contains("times its size"),
        "{problems:?}"
    );
}

#[test]
fn other_languages_are_set_aside() {
    let german = "Die Außenminister von Polen und Belarus einigten sich am Montag darauf, den Grenzübergang bei Orscha wieder zu öffnen.";
    let problem = read("a.txt", german.as_bytes()).remove(0).expect_err("it is not English");
    assert!(problem.set_aside && problem.reason == "it is in German, not English", "{problem}");
    let articles: Vec<_> = input::read("a.txt", "a", Cursor::new(german), None, &Defaults::default()).collect();
    assert!(articles[0].is_ok(), "whoever wants it may have it");
}
