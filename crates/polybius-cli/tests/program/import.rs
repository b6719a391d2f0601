//! `codebook import`: lists of other programs into an overlay, their defects, and the overlay in use.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::{polybius, run, stderr, stdout};

/// An actor dictionary with most of what can be wrong with one.
const ACTORS: &str = "\
# Invented actors.
<!-- a comment
over two lines -->
ORUNGA_LIBERATION_FRONT_ [KENREB]  ; not a real one
+OLF_
ZUBEIDA_MOKORO_
\t[KENGOV 100101-121231]
\t[KENOPP >130101]
+Z_MOKORO_
AFGHANISTAN_ [AFG]
+MAZARI_SHARIF_
NOBODY_AT_ALL_ [XXZGOV]
ELIAS_TARUBA_ [KENGOV >991340]
IDA_TARUBA_ [KENGOV 20100101-20050101]
___ [KENGOV]
AUTHORITY_ [KEN]
PETER_TARUBA_ [KENGOV
+LOST
TWO_TARUBAS_ [KENGOV/UGAGOV]
SALIM_TARUBA_ [KENGOVMIL]
SALIM_TARUBA_ [KENGOVMIL]
";

const AGENTS: &str = "\
!PERSON! = MAN, WOMAN
FERRY!PERSON! [~BUS]
FARMER [~AGR]
ODDITY [~ZZZ]
";

struct Overlay {
    folder: TempDir,
}

impl Overlay {
    fn new() -> Overlay {
        Overlay { folder: tempfile::tempdir().expect("a folder can be made") }
    }

    fn path(&self) -> String {
        self.folder.path().join("overlay").to_string_lossy().into_owned()
    }

    /// Imports lists; the exit code, the report without the folder's name, and what was said beside it.
    fn import(&self, format: &str, lists: &[(&str, &str)]) -> (Option<i32>, String, String) {
        let paths = lists.iter().map(|(name, text)| {
            let path = self.folder.path().join(name);
            fs::write(&path, text).expect("the list can be written");
            path.to_string_lossy().into_owned()
        });
        let paths: Vec<String> = paths.collect();
        let mut arguments = vec!["codebook", "import", format];
        arguments.extend(paths.iter().map(String::as_str));
        let overlay = self.path();
        let output = run(polybius(&arguments).args(["--into", &overlay]));
        let folder = format!("{}/", self.folder.path().display());
        (output.status.code(), stdout(&output).replace(&folder, ""), stderr(&output))
    }

    fn file(&self, path: &str) -> String {
        fs::read_to_string(Path::new(&self.path()).join(path)).unwrap_or_default()
    }

    /// The events of a sentence as CSV.
    fn code(&self, sentence: &str, published: &str) -> String {
        let arguments = ["code", "-", "--format", "csv", "--published", published, "--codebook", &self.path()];
        let output = run(polybius(&arguments).write_stdin(sentence));
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        assert!(!stderr(&output).contains("is not used"), "{}", stderr(&output));
        stdout(&output)
    }

    fn who(&self, name: &str, on: &str) -> String {
        stdout(&run(&mut polybius(&["who", name, "--on", on, "--codebook", &self.path()])))
    }
}

fn check_all(text: &str, said: &[&str]) {
    for said in said {
        assert!(text.contains(said), "{said:?} is not in {text}");
    }
}

#[test]
fn a_petrarch_dictionary_and_its_defects() {
    let overlay = Overlay::new();
    let (status, report, summary) = overlay.import("petrarch", &[("actors.txt", ACTORS), ("agents.txt", AGENTS)]);
    assert_eq!(status, Some(1), "{summary}");
    // What is told of our own rows changes with them; where it stands does not.
    let is_ours = |line: &&str| line.contains("codebook/") || line.contains(".csv:");
    let (ours, lists): (Vec<&str>, Vec<&str>) = report.lines().partition(|line| is_ours(line));
    assert_eq!(
        lists,
        [
            "actors.txt:10: imported: it is `AFG` of the codebook: 1 name and 0 offices were added, the rest is ours",
            "actors.txt:12: rejected: unknown code `XXZ`: neither a country nor a kind of actor",
            "actors.txt:13: rejected: `991340` is no date",
            "actors.txt:14: rejected: `20100101-20050101` ends before it begins",
            "actors.txt:15: rejected: the name is empty",
            "actors.txt:16: rejected: “Authority” is a common word; as a name it would be found everywhere",
            "actors.txt:17: rejected: a bracket is not closed",
            "actors.txt:18: rejected: a synonym of nobody: no actor stands before it",
            "actors.txt:19: rejected: the code `KENGOV/UGAGOV` is of several actors; give each a record of its own",
            "actors.txt:20: imported: `KENGOVMIL` says several sectors, and an actor has one: `MIL` was left out",
            "actors.txt:21: imported: `KENGOVMIL` says several sectors, and an actor has one: `MIL` was left out",
            "actors.txt:21: imported: the name comes again, first in line 20; both were joined as `salim-taruba`",
            "actors.txt:21: known: “Salim Taruba” is listed twice for `salim-taruba`; it was kept once",
            "agents.txt:4: rejected: unknown code `ZZZ`: neither a country nor a kind of actor",
        ]
    );
    check_all(
        &ours.join("\n"),
        &[
            "actors.txt:5: imported: “OLF” is also a name of `oromo-liberation-front`",
            "actors.txt:10: known: “Afghanistan” is a name of `AFG` already (entities/countries.csv:",
            "agents.txt:3: known: the noun `farmer` stands in roles.csv:",
        ],
    );
    assert_eq!(overlay.file("rejected.tsv").lines().count(), 10);
    check_all(&overlay.file("rejected.tsv"), &["agents.txt\t4\tunknown code `ZZZ`", "\tODDITY [~ZZZ]\n"]);
    check_all(
        &overlay.file("entities/imported/petrarch-actors.csv"),
        &[
            "zubeida-mokoro,Zubeida Mokoro,name,person,KEN,GOV,,2010-01-01,2012-12-31,,petrarch:actors.txt\n",
            "zubeida-mokoro,Z Mokoro,alias,person,KEN,OPP,,2013-01-01,,,petrarch:actors.txt\n",
            "orunga-liberation-front,OLF,acronym,group,KEN,REB,,,,,petrarch:actors.txt\n",
        ],
    );
    check_all(&overlay.file("roles/petrarch-actors.csv"), &["ferryman,BUS,person,\nferrywoman,BUS,person,\n"]);
}

#[test]
fn an_overlay_in_use_compiled_and_not() {
    let overlay = Overlay::new();
    overlay.import("petrarch", &[("actors.txt", ACTORS)]);
    let sentence = "Fighters of the Orunga Liberation Front attacked Zubeida Mokoro on Monday.";
    let compiled = overlay.code(sentence, "2014-06-04");
    check_all(&compiled, &["orunga-liberation-front", "zubeida-mokoro"]);
    check_all(&overlay.who("Zubeida Mokoro", "2011-06-04"), &["→ zubeida-mokoro", "person · KEN · GOV"]);
    check_all(&overlay.who("Zubeida Mokoro", "2014-06-04"), &["person · KEN · OPP", "petrarch-actors.csv:"]);
    fs::remove_file(Path::new(&overlay.path()).join("names.compiled")).expect("the names were compiled");
    assert_eq!(overlay.code(sentence, "2014-06-04"), compiled);
}

#[test]
fn old_and_broken_compiled_names_are_not_used() {
    let overlay = Overlay::new();
    overlay.import("petrarch", &[("actors.txt", ACTORS)]);
    let folder = overlay.path();
    let check = |reason: &str| {
        let output = run(&mut polybius(&["who", "Salim Taruba", "--codebook", &folder]));
        assert_eq!(output.status.code(), Some(0));
        check_all(&stderr(&output), &["names.compiled is not used", reason, "polybius codebook compile"]);
    };
    let compiled = Path::new(&folder).join("names.compiled");
    let sound = fs::read(&compiled).expect("the names were compiled");
    let mut broken = sound.clone();
    *broken.last_mut().expect("there are names") ^= 1;
    fs::write(&compiled, broken).expect("the file can be written");
    check("broken");
    fs::write(&compiled, sound).expect("the file can be written");
    let table = Path::new(&folder).join("entities/imported/petrarch-actors.csv");
    fs::write(&table, overlay.file("entities/imported/petrarch-actors.csv") + "#\n").expect("the file can be written");
    check("its files have changed");
    let output = run(&mut polybius(&["codebook", "compile", &folder]));
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let output = run(&mut polybius(&["who", "Salim Taruba", "--codebook", &folder]));
    assert_eq!(stderr(&output), "");
}

#[test]
fn the_same_list_again_gives_the_same_bytes() {
    let overlay = Overlay::new();
    overlay.import("petrarch", &[("actors.txt", ACTORS)]);
    let all = || ["entities/imported/petrarch-actors.csv", "rejected.tsv"].map(|path| overlay.file(path));
    let (first, compiled) = (all(), fs::read(Path::new(&overlay.path()).join("names.compiled")).unwrap_or_default());
    overlay.import("petrarch", &[("actors.txt", ACTORS)]);
    assert_eq!(all(), first);
    assert_eq!(fs::read(Path::new(&overlay.path()).join("names.compiled")).unwrap_or_default(), compiled);
    // A second list stands beside the first, and knows its people.
    let (status, report, _) = overlay.import("petrarch", &[("more.txt", "ZUBEIDA_MOKORO_ [KENOPP]\n+ZUZU_MOKORO_\n")]);
    assert_eq!(status, Some(0));
    check_all(&report, &["more.txt:1: imported: it is `zubeida-mokoro` of the codebook"]);
    assert_eq!(overlay.file("entities/imported/petrarch-actors.csv"), first[0]);
    check_all(&overlay.who("Zuzu Mokoro", "2014-06-04"), &["→ zubeida-mokoro"]);
}

#[test]
fn wikidata_items() {
    let item = |id: &str, label: &str, claims: &str| {
        format!(r#"{{"id":"{id}","labels":{{"en":{{"value":"{label}"}}}},"claims":{{{claims}}}}},"#)
    };
    let is = |property: &str, item: &str, qualifiers: &str| {
        let value = format!(r#""mainsnak":{{"datavalue":{{"value":{{"id":"{item}"}}}}}}"#);
        format!(r#""{property}":[{{{value},"rank":"normal","qualifiers":{{{qualifiers}}}}}]"#)
    };
    let time =
        |property: &str, time: &str| format!(r#""{property}":[{{"datavalue":{{"value":{{"time":"{time}"}}}}}}]"#);
    let dates = [time("P580", "+2015-03-00T00:00:00Z"), time("P582", "+2019-05-07T00:00:00Z")].join(",");
    let backwards = [time("P580", "+2019-00-00T00:00:00Z"), time("P582", "+2015-00-00T00:00:00Z")].join(",");
    let lines = [
        "[".to_owned(),
        item(
            "Q900001",
            "Zubeida Mokoro",
            &[is("P31", "Q5", ""), is("P27", "Q114", ""), is("P39", "Q900002", &dates)].join(","),
        ),
        item("Q900002", "Minister of Foreign Affairs of Kenya", &is("P31", "Q4164871", "")),
        item(
            "Q900003",
            "Salim Taruba",
            &[is("P31", "Q5", ""), is("P27", "Q999999999", ""), is("P39", "Q900002", &backwards)].join(","),
        ),
        item(
            "Q7747",
            "Vladimir Putin",
            &[is("P31", "Q5", ""), is("P27", "Q159", ""), is("P39", "Q900002", &dates)].join(","),
        ),
        item("Q900004", "Orunga Weather", &is("P31", "Q900005", "")),
        "{\"id\":".to_owned(),
        "]".to_owned(),
    ];
    let overlay = Overlay::new();
    let (status, report, _) = overlay.import("wikidata", &[("items.jsonl", &lines.join("\n"))]);
    assert_eq!(status, Some(1));
    check_all(
        &report,
        &[
            "items.jsonl:3: known: it is an office: its name was taken for those who held it",
            "items.jsonl:4: imported: its country (Q999999999) is not in the codebook; it was left empty",
            "items.jsonl:4: imported: it ends in +2015-00-00T00:00:00Z, before it begins",
            "items.jsonl:5: imported: it is `vladimir-putin` of the codebook: 0 names and 1 office were added, the rest is ours",
            "items.jsonl:5: known: “Vladimir Putin” is a name of `vladimir-putin` already",
            "items.jsonl:6: rejected: what it is (P31 Q900005) is not in crosswalks/actors.csv",
            "items.jsonl:7: rejected: the line is no JSON",
        ],
    );
    let row =
        "zubeida-mokoro,Zubeida Mokoro,name,person,KEN,GOV,foreign minister,2015-03,2019-05-07,Q900001,wikidata\n";
    check_all(&overlay.file("entities/imported/wikidata-items.csv"), &[row]);
    let office = "vladimir-putin,Vladimir Putin,name,person,RUS,GOV,foreign minister,2015-03,2019-05-07,,wikidata\n";
    check_all(&overlay.file("entities/wikidata-items-known.csv"), &[office]);
    check_all(&overlay.who("the Kenyan foreign minister", "2016-01-01"), &["→ zubeida-mokoro"]);
}

#[test]
fn follow_the_money_entities() {
    let lines = [
        r#"{"id":"p1","schema":"Person","properties":{"name":["Zubeida Mokoro"],"alias":["Zuzu Mokoro"],"country":["ke"],"topics":["role.pep"]}}"#,
        r#"{"id":"o1","schema":"Position","properties":{"name":["President of Kenya"],"country":["ke"]}}"#,
        r#"{"id":"e1","schema":"Occupancy","properties":{"holder":["p1"],"post":["o1"],"startDate":["2040-01-01"],"endDate":["2044"]}}"#,
        r#"{"id":"e2","schema":"Occupancy","properties":{"holder":["p9"],"post":["o1"]}}"#,
        r#"{"id":"b1","schema":"PublicBody","properties":{"name":["Orunga Harbour Authority"],"country":["zz"]}}"#,
        r#"{"id":"o2","schema":"Position","properties":{"name":["Mayor of Orunga"]}}"#,
        r#"{"id":"v1","schema":"Vessel","properties":{"name":["Lady Orunga"]}}"#,
    ];
    let overlay = Overlay::new();
    let (status, report, _) = overlay.import("ftm", &[("people.ftm.json", &lines.join("\n"))]);
    assert_eq!(status, Some(1));
    assert_eq!(
        report.lines().collect::<Vec<_>>(),
        [
            "people.ftm.json:4: rejected: `p9` is not in the file",
            "people.ftm.json:5: imported: unknown country code `zz`; it was left empty",
            "people.ftm.json:6: rejected: it is a post that nobody in the file holds",
            "people.ftm.json:7: rejected: the schema `Vessel` names no actor that we know",
        ]
    );
    let rows = [
        "zubeida-mokoro,Zubeida Mokoro,name,person,KEN,GOV,president,2040-01-01,2044,,ftm:people.ftm.json\n",
        "zubeida-mokoro,Zuzu Mokoro,alias,person,KEN,GOV,,,,,ftm:people.ftm.json\n",
        "orunga-harbour-authority,Orunga Harbour Authority,name,body,,GOV,,,,,ftm:people.ftm.json\n",
    ];
    check_all(&overlay.file("entities/imported/ftm-people-ftm.csv"), &rows);
    check_all(&overlay.who("the Kenyan president", "2041-01-01"), &["→ zubeida-mokoro"]);
}

#[test]
fn a_table_of_ones_own() {
    let table = "\
name,kind,country,sector,role,from,until
Zubeida Mokoro,person,KEN,GOV,mayor,2010,2012
Zubeida Mokoro,person,KEN,OPP,,2013,
Orunga Post,outlets,KEN,JRN,,,
Orunga Times,outlet,KEN,JRM,,,
Orunga Sun,outlet,KNE,JRN,,,
Ida Taruba,person,KEN,GOV,,2012-13,
Too,few
";
    let overlay = Overlay::new();
    let (status, report, _) = overlay.import("csv", &[("mine.csv", table)]);
    assert_eq!(status, Some(1));
    check_all(
        &report,
        &[
            "mine.csv:3: imported: the name comes again, first in line 2; both were joined as `zubeida-mokoro`",
            "mine.csv:4: rejected: unknown kind `outlets`; did you mean `outlet`?",
            "mine.csv:5: rejected: unknown sector `JRM`",
            "mine.csv:6: rejected: no country has the code `KNE`",
            "mine.csv:7: rejected: `2012-13` is no date",
            "mine.csv:8: rejected: 7 columns expected, 2 found",
        ],
    );
    check_all(&overlay.who("Zubeida Mokoro", "2011-01-01"), &["is mayor (2010 to 2012)"]);
    let (status, report, _) = overlay.import("csv", &[("other.csv", "nme,kind\nX,person\n")]);
    assert_eq!(status, Some(1));
    check_all(&report, &["other.csv:1: rejected: unknown column `nme`; did you mean `name`?"]);
}

#[test]
fn a_dictionary_of_thousands_with_its_defects() {
    let mut dictionary = String::new();
    for number in 0..2_500 {
        // Names that differ in letters alone, every fiftieth with a defect.
        let name: String = [number / 625, number / 25 % 25, number % 25]
            .map(|letter| format!("{}ARU", char::from(b'B' + u8::try_from(letter).unwrap_or(0))))
            .concat();
        let end = if number % 50 == 0 { "" } else { "]" };
        writeln!(dictionary, "{name}_MOKORO_ [KENGOV{end}").expect("writing to a string cannot fail");
    }
    let overlay = Overlay::new();
    let (status, report, summary) = overlay.import("petrarch", &[("many.txt", &dictionary)]);
    assert_eq!(status, Some(1));
    assert_eq!(report.lines().filter(|line| line.ends_with("a bracket is not closed")).count(), 50, "{report}");
    check_all(&summary, &["2450 rows (2450 new entities)", "50 rejected"]);
    check_all(&overlay.who("Barubarucaru Mokoro", "2020-01-01"), &["→ barubarucaru-mokoro"]);
}
