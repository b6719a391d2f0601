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

/// Who stands at the last place of the words in a text of that day.
fn participant(text: &str, on: &str, words: &str) -> Value {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let article = folder.path().join("article.txt");
    fs::write(&article, text).expect("the file can be written");
    let answer = json(&[words, "--on", on, "--context", &article.to_string_lossy()]);
    answer["mentions"].as_array().unwrap().last().expect("the words stand there")["participant"].clone()
}

/// Whom the words mean there: an entity, or a country for people who are none.
fn means(text: &str, on: &str, words: &str) -> Value {
    let participant = participant(text, on, words);
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

#[test]
fn offices_are_told_apart_by_their_full_names() {
    let check = |words: &str, entity: &str| {
        let text =
            format!("Roza Otunbayeva, a former foreign minister, spoke in Bishkek. {words} was beaten by a crowd.");
        assert_eq!(means(&text, "2010-04-08", words), entity);
    };
    check("The former foreign minister", "roza-otunbayeva");
    check("The interior minister", "KGZ");
}

#[test]
fn who_leads_people_against_the_state_may_be_named_before() {
    let check = |words: &str, entity: &str| {
        let text = format!("Michel Djotodia marched on Bangui with his men. {words} spoke on the radio.");
        assert_eq!(means(&text, "2013-03-22", words), entity);
    };
    check("The rebel leader", "michel-djotodia");
    check("The police chief", "CAF");
}

#[test]
fn a_leader_is_who_alone_leads_the_state() {
    let check = |words: &str, on: &str, who: &str| assert_eq!(means(&format!("{words} said no."), on, words), who);
    check("The Iraqi leader", "1998-12-17", "saddam-hussein");
    check("The Libyan leader", "2001-05-02", "muammar-gaddafi");
    check("The Iraqi spiritual leader", "1998-12-17", "IRQ");
    check("The Israeli leader", "2009-05-02", "ISR");
}

#[test]
fn whoever_has_just_left_an_office_held_it_before() {
    let check = |words: &str, did: &str, on: &str, who: &str| {
        assert_eq!(means(&format!("{words} {did} on Sunday."), on, words), who, "{did}");
    };
    check("Georgia's president", "resigned", "2003-11-23", "eduard-shevardnadze");
    check("Georgia's president", "spoke", "2003-11-23", "nino-burjanadze");
    check("Georgia's president", "resigned", "2003-12-23", "nino-burjanadze");
    check("Bolivia's president", "spoke", "2019-11-11", "evo-morales");
}

#[test]
fn a_counterpart_holds_the_same_office() {
    let met = "Russia's foreign minister met his Ukrainian counterpart.";
    assert_eq!(means(met, "2022-03-10", "his Ukrainian counterpart"), "dmytro-kuleba");
    let officer = "A Russian officer met his Ukrainian counterpart.";
    assert_eq!(means(officer, "2022-03-10", "his Ukrainian counterpart"), "UKR");
}

#[test]
fn a_new_president_is_not_the_last_one() {
    let check = |words: &str, who: &str| {
        let text = format!("Mohamed Morsi won, and Hosni Mubarak is in prison. The army congratulated {words}.");
        assert_eq!(means(&text, "2012-06-25", words), who);
    };
    check("the new president", "mohamed-morsi");
    check("the former president", "hosni-mubarak");
}

#[test]
fn what_belongs_to_an_official_is_the_state_s() {
    let check = |words: &str, who: &str| {
        let text = format!("Israel's prime minister met reporters in Jerusalem. He said {words} wanted peace.");
        assert_eq!(means(&text, "2012-06-25", words), who);
    };
    check("his country", "ISR");
    check("his ministers", "ISR");
    check("his wife", "benjamin-netanyahu");
}

#[test]
fn leaders_of_parties_and_regions_are_not_others() {
    let check = |text: &str, on: &str, words: &str, who: &str| assert_eq!(means(text, on, words), who, "{text}");
    let vote = "Ehud Barak had led until Monday. The Labour leader conceded. The Likud leader promised peace.";
    check(vote, "1996-05-30", "The Labour leader", "shimon-peres");
    check(vote, "1996-05-30", "The Likud leader", "benjamin-netanyahu");
    check(
        "Keir Starmer won. The Conservative leader apologised.",
        "2024-07-05",
        "The Conservative leader",
        "rishi-sunak",
    );
    let region = "Mariano Rajoy called a vote in Catalonia. The Catalan leader asked for calm.";
    check(region, "2017-10-20", "The Catalan leader", "catalans");
    check("The FARC leader spoke in Colombia.", "2003-03-04", "The FARC leader", "manuel-marulanda");
    check("A FARC leader spoke in Colombia.", "2003-03-04", "A FARC leader", "farc");
}

#[test]
fn people_of_a_party_are_not_of_the_government() {
    let check = |words: &str, sector: &str| {
        assert_eq!(participant(&format!("{words} spoke in Ramallah."), "2000-09-28", words)["sector"], sector);
    };
    check("A Fatah official", "PTY");
    check("A Palestinian official", "GOV");
    check("Fatah lawmakers", "LEG");
}

#[test]
fn an_office_that_the_scene_lacks_is_another_country_s() {
    let check = |words: &str, who: &str| {
        let text = format!(
            "Turkish police searched the Saudi consulate in Istanbul. A Turkish prosecutor said that {words} knew."
        );
        assert_eq!(means(&text, "2018-10-20", words), who);
    };
    check("the crown prince", "mohammed-bin-salman");
    check("the president", "recep-tayyip-erdogan");
    let gulf = "Sheikh Ali Salman spoke in Bahrain. The crown prince offered talks.";
    assert_eq!(means(gulf, "2011-03-14", "The crown prince"), "salman-bin-hamad-al-khalifa");
}

#[test]
fn a_state_that_is_spoken_to_is_not_the_one_that_speaks() {
    let check = |text: &str, who: &str| assert_eq!(means(text, "2005-02-15", "The government"), who, "{text}");
    let murder = "A bomb killed ten people in Beirut. Syria's army was there.";
    check(&format!("{murder} The government blamed Damascus."), "LBN");
    check("Syria's army fired on a crowd in Aleppo. The government blamed the army.", "SYR");
    let meets = |whom: &str| means(&format!("The minister will meet {whom}."), "2026-01-12", "The minister");
    assert_eq!(meets("the Danish premier next week in Washington"), "USA");
    assert_eq!(meets("the premier next week in Denmark"), "DNK");
}

#[test]
fn two_are_known_only_where_they_are_told() {
    let envoys = |words: &str| {
        let text = format!("Robert Mugabe and Emmerson Mnangagwa met. South Africa's president sent {words}.");
        means(&text, "2017-11-15", words)
    };
    assert_eq!(envoys("two ministers"), "ZAF");
    // Nobody is two who are not told.
    let folder = tempfile::tempdir().expect("a folder can be made");
    let file = folder.path().join("a.txt");
    fs::write(&file, "Ukraine accused Russia. The junta sent both protest camps home.").expect("it can be written");
    let asked = ["both protest camps", "--context", &file.to_string_lossy(), "--on", "2014-05-22"];
    assert_eq!(who(&asked).0, Some(1));
}

#[test]
fn parts_of_a_name_are_no_acronym_of_it() {
    let text = "The United Nations refugee agency asked for tents. The UN will meet.";
    assert_eq!(means(text, "1994-07-19", "United Nations refugee agency"), "unhcr");
    assert_eq!(means(text, "1994-07-19", "UN"), "united-nations");
}

#[test]
fn an_island_is_one_by_its_name() {
    let cuba = "Fidel Castro has died in Cuba, and exiles danced in Little Havana. The island's government mourns.";
    assert_eq!(means(cuba, "2016-11-26", "The island's government"), "CUB");
}

#[test]
fn rebels_have_ministers_of_their_own() {
    let alliance = "The Northern Alliance lost its commander. Its foreign minister asked for help.";
    assert_eq!(means(alliance, "2001-09-20", "Its foreign minister"), "northern-alliance");
    let militia = "The Taliban kept their guest. Their foreign minister asked for proof.";
    assert_eq!(means(militia, "2001-09-20", "Their foreign minister"), "wakil-ahmed-muttawakil");
}

#[test]
fn whoever_is_a_man_by_his_name_is_not_she() {
    let text = "Svetlana Tikhanovskaya left for Lithuania. Its foreign minister, Peter Lokwang, said she was safe.";
    assert_eq!(means(text, "2020-08-10", "she"), "sviatlana-tsikhanouskaya");
}
