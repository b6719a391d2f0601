//! `who`: candidates, days, offices, near misses, and a name in an article.

use std::fs;

use serde_json::Value;

use crate::{polybius, run, stderr, stdout};

fn who(arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = run(&mut polybius(&[&["who"], arguments].concat()));
    (output.status.code(), stdout(&output), stderr(&output))
}

fn json(arguments: &[&str]) -> Value {
    let (status, answer, errors) = who(&[arguments, &["--format", "json"]].concat());
    assert_eq!(status, Some(0), "{errors}");
    serde_json::from_str(&answer).expect("the answer is JSON")
}

#[test]
fn a_name_that_two_bear_is_decided_by_the_day() {
    let check = |on: &str, chosen: &str, other: &str| {
        let answer = json(&["Bush", "--on", on]);
        let entities: Vec<&str> =
            answer["candidates"].as_array().unwrap().iter().map(|one| one["entity"].as_str().unwrap()).collect();
        assert_eq!(entities, [chosen, other], "{on}");
        assert_eq!(answer["candidates"][0]["chosen"], true);
        assert_eq!(answer["candidates"][0]["why"], "its row holds on that day");
        assert_eq!(answer["candidates"][0]["role"]["name"], "president", "{on}");
    };
    check("1991-01-17", "george-h-w-bush", "george-w-bush");
    check("2003-03-20", "george-w-bush", "george-h-w-bush");
}

#[test]
fn rows_have_their_places() {
    let (status, table, errors) = who(&["Kremlin"]);
    assert_eq!(status, Some(0), "{errors}");
    for said in ["→ RUS  Russia  country · RUS · GOV", "“Kremlin” · seat · GOV", "codebook/entities/countries.csv:"]
    {
        assert!(table.contains(said), "{said:?} is not in {table:?}");
    }
    assert_eq!(json(&["the Kremlin"])["candidates"][0]["entity"], "RUS");
}

#[test]
fn an_office_is_its_holder_s_on_the_day() {
    let check = |words: &str, on: &str, entity: &str| {
        let answer = json(&[words, "--on", on]);
        assert_eq!(answer["candidates"][0]["entity"], entity, "{words} {on}");
        assert_eq!(answer["phrase"]["resolved_by"], "role noun");
    };
    check("the Russian president", "2012-05-08", "vladimir-putin");
    check("the Russian president", "2010-05-08", "dmitry-medvedev");
    check("the British prime minister", "1985-01-01", "margaret-thatcher");
}

#[test]
fn near_misses_of_a_name_that_nobody_has() {
    let check = |words: &str, name: &str| {
        let (status, table, errors) = who(&[words]);
        assert_eq!(status, Some(1), "{table}");
        let cure = format!("no entity has the name “{words}”; did you mean “{name}”?");
        assert!(errors.contains(&cure), "{errors}");
        assert!(table.contains(&format!("  {name}  ")), "{table}");
    };
    check("putin", "Putin");
    check("Путин", "Putin");
    check("Zelenskij", "Zelensky");
    let (status, table, errors) = who(&["Xqzzyk Blorp"]);
    assert_eq!((status, table.as_str()), (Some(1), ""));
    assert!(errors.contains("entities/*.csv"), "{errors}");
}

#[test]
fn a_name_in_an_article() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let article = folder.path().join("gulf.txt");
    let text = "President Bush warned Iraq on Thursday. Jane Bush, a farmer in Ohio, was not asked.";
    fs::write(&article, text).expect("the file can be written");
    let answer = json(&["Bush", "--on", "1990-08-02", "--context", &article.to_string_lossy()]);
    let mentions = answer["mentions"].as_array().unwrap();
    assert_eq!(mentions.len(), 2);
    assert_eq!(mentions[0]["participant"]["entity"], "george-h-w-bush");
    assert_eq!(mentions[0]["participant"]["resolved_by"], "name");
    assert_eq!((&mentions[1]["sentence"], &mentions[1]["participant"]["entity"]), (&Value::from(2), &Value::Null));
    let (status, table, _) = who(&["Thatcher", "--context", &article.to_string_lossy()]);
    assert_eq!(status, Some(0));
    assert!(table.contains("the words do not stand in the article"), "{table}");
    assert_eq!(who(&["Bush", "--context", "no-such-file.txt"]).0, Some(2));
}

/// Whom the words mean at their last place in a text of that day: an entity, or a country for people who are none.
fn means(text: &str, on: &str, words: &str) -> Value {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let article = folder.path().join("article.txt");
    fs::write(&article, text).expect("the file can be written");
    let answer = json(&[words, "--on", on, "--context", &article.to_string_lossy()]);
    let participant =
        answer["mentions"].as_array().unwrap().last().expect("the words stand there")["participant"].clone();
    if participant["entity"].is_null() { participant["country"].clone() } else { participant["entity"].clone() }
}

#[test]
fn descriptions_mean_whom_the_article_named() {
    let check = |text: &str, on: &str, words: &str, entity: &str| assert_eq!(means(text, on, words), entity, "{text}");
    let coup = "Captain Moussa Dadis Camara seized power in Guinea. France condemned the coup. The French ambassador met the captain.";
    check(coup, "2008-12-24", "the captain", "moussa-dadis-camara");
    let split = "Vaclav Klaus and Vladimir Meciar agreed in Bratislava. The Slovak leader smiled.";
    check(split, "1992-07-24", "The Slovak leader", "vladimir-meciar");
    let court = "The International Criminal Court indicted a general in Uganda. The court named no other.";
    check(court, "2005-10-14", "The court", "international-criminal-court");
    let army = "The Kosovo Liberation Army attacked a convoy in Serbia. The army returned fire.";
    check(army, "1998-06-01", "The army", "serbian-armed-forces");
    let senate = "Fernando de la Rua left Argentina's capital. The president of the Senate took over.";
    check(senate, "2001-12-21", "The president of the Senate", "argentine-senate");
}

#[test]
fn names_that_several_bear_are_decided_by_the_article() {
    let check = |text: &str, words: &str, entity: &str| assert_eq!(means(text, "2021-01-06", words), entity, "{text}");
    check("Republicans lost a vote in Atlanta. Biden won Georgia.", "Georgia", "georgia-us");
    check("Georgia accused Russia of shelling.", "Georgia", "GEO");
    check("Denis Sassou Nguesso of Brazzaville said Congo would pay.", "Congo", "COG");
    check("Congo accused Rwanda.", "Congo", "COD");
    check("Belgian farmers marched. Brussels refused to pay them.", "Brussels", "BEL");
    check("Poland defied Brussels again.", "Brussels", "european-union");
}

#[test]
fn a_surname_alone_is_of_whoever_holds_an_office_on_the_day() {
    let answer = json(&["Gul", "--on", "2008-01-01"]);
    assert_eq!(answer["candidates"][0]["entity"], "abdullah-gul");
    assert_eq!(answer["candidates"][0]["why"], "nobody else of that surname holds an office on that day");
    assert_eq!(who(&["Gul"]).0, Some(1));
}

#[test]
fn whoever_stands_over_against_somebody_is_another() {
    let check = |text: &str, on: &str, words: &str, who: &str| assert_eq!(means(text, on, words), who, "{text}");
    let border = "Rwanda sent troops to the border. Congo accused its neighbour of aggression.";
    check(border, "2025-01-25", "its neighbour", "RWA");
    let deal =
        "Zoran Zaev and Alexis Tsipras embraced. Siemens' chief executive, Hans Muster, cancelled a trip to Turkey.";
    check(deal, "2018-06-18", "Hans Muster", "DEU");
    let coup = "President Hugo Chavez was ousted by the army. The former paratrooper was held on an island.";
    check(coup, "2002-04-13", "The former paratrooper", "hugo-chavez");
}

#[test]
fn whose_country_it_is_may_stand_four_steps_away() {
    let denied = "Tanzania's foreign minister, Hamis Duale, denied that his country's troops had crossed into Burundi.";
    assert_eq!(means(denied, "2026-11-25", "his country's troops"), "TZA");
    let plain = "Burundi's army said that its troops had crossed the river.";
    assert_eq!(means(plain, "2026-11-25", "its troops"), "burundi-national-defence-force");
}

#[test]
fn whoever_speaks_is_nobody_in_what_he_says() {
    let told = "Tanzania's foreign minister, Hamis Duale, denied the attack. \"No soldier of ours has left,\" he told reporters.";
    assert_eq!(means(told, "2026-11-25", "he"), "TZA");
    let goes_on =
        "\"The president is ill,\" the minister of Chad said. Idriss Deby fell ill on Monday, and he left for Paris.";
    assert_eq!(means(goes_on, "2015-11-25", "he"), "idriss-deby");
}
