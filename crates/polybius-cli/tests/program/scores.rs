//! The scores run and print their figures. What the figures are is no matter of tests.

use crate::{polybius, root, run, stderr, stdout};

#[test]
fn an_article_of_our_own() {
    let output = run(&mut polybius(&[
        "score",
        "article",
        "examples/mandera_2023-08-17.txt",
        "--expected",
        "examples/expected/mandera_2023-08-17.toml",
        "--published",
        "2023-08-17",
    ]));
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stdout(&output).contains("facts found"));
    assert!(!stdout(&output).contains("the quote is not in the article"), "{}", stdout(&output));
}

#[test]
fn the_seed_article() {
    let folder = root().join("../shared/data/articles");
    let article = folder.join("ashgabat_2024-10-11.txt");
    if !article.exists() {
        eprintln!("skipped: there is no ../shared/data beside the repository");
        return;
    }
    let expected = folder.join("ashgabat_expected.toml");
    let arguments = ["score", "article", &article.to_string_lossy(), "--expected", &expected.to_string_lossy()];
    let output = run(polybius(&arguments).args(["--published", "2024-10-11"]));
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let text = stdout(&output);
    assert!(text.contains(" of 26") && text.contains("never broken"), "{text}");
    assert!(!text.contains("the quote is not in the article"), "{text}");
}

#[test]
fn sentences() {
    let output = run(&mut polybius(&["score", "sentences", "examples/peers.toml", "examples/minimal_pairs.toml"]));
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stdout(&output).contains("examples/peers.toml: sentences right"), "{}", stdout(&output));
}

#[test]
fn a_treebank() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let file = folder.path().join("gold.conllu");
    let gold = "# newdoc id = a\n1\tIran\tIran\tPROPN\tNNP\t_\t2\tnsubj\t_\t_\n2\tagreed\tagree\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No\n3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_\n\n";
    std::fs::write(&file, gold).expect("the file can be written");
    let output = run(&mut polybius(&["score", "conllu", &file.to_string_lossy(), "--calibration"]));
    assert!(stdout(&output).contains("LAS"), "{}", stderr(&output));
    assert!(stdout(&output).contains("calibration error"), "{}", stdout(&output));
}

#[test]
fn coreference() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let word = |id: usize, form: &str, entity: &str| format!("{id}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{entity}\n");
    let gold = |id: &str| {
        let first = word(1, "Obama", "Entity=(1)") + &word(2, "left", "_") + &word(3, ".", "_");
        let second = word(1, "He", "Entity=(1)") + &word(2, "was", "_") + &word(3, "tired", "_") + &word(4, ".", "_");
        format!("# newdoc id = {id}\n# newpar\n{first}\n{second}\n")
    };
    std::fs::write(folder.path().join("a.conllu"), gold("news_a") + &gold("news_b")).expect("the file can be written");
    let folder = folder.path().to_string_lossy();
    let listed = format!("{folder}/a.conllu");
    let output = run(&mut polybius(&["score", "coref", &folder, "--only", "news_a", "--documents", &listed]));
    let text = stdout(&output);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(text.contains("news_a") && !text.contains("news_b") && text.contains("1 document"), "{text}");
    assert!(text.contains("CoNLL F1                       100.00"), "{text}");
    let output = run(&mut polybius(&["score", "coref", &folder, "--only", "other"]));
    assert!(stderr(&output).contains("--only"), "{}", stderr(&output));
}

#[test]
fn names() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let file = folder.path().join("gold.iob2");
    let gold = "# doc = a\nThe\tB-Location\nUnited\tI-Location\nStates\tI-Location\n's\tI-Location\nPresident\tO\nBarack\tB-Person\n\
                Obama\tI-Person\nleft\tO\nthe\tO\nUnited\tB-Organization\nNations\tI-Organization\n.\tO\n\n";
    std::fs::write(&file, gold).expect("the file can be written");
    let output = run(&mut polybius(&["score", "ner", &file.to_string_lossy(), "--calibration"]));
    let text = stdout(&output);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(text.contains("together         100.00 100.00 100.00"), "{text}");
    assert!(text.contains("places             0.00   0.00   0.00"), "{text}");
    assert!(text.contains("calibration error"), "{text}");
    std::fs::write(&file, "no tags\n").expect("the file can be written");
    let output = run(&mut polybius(&["score", "ner", &file.to_string_lossy()]));
    assert!(output.status.code() == Some(2) && stderr(&output).contains("line 1"), "{}", stderr(&output));
}

#[test]
fn cues() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let write =
        |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("the file can be written");
    let annotations = "T1\tSource 0 9\tOfficials\nT2\tCue 10 14\tsaid\nT3\tContent 15 34\ttroops left Mekelle\n\
                       T4\tAttribution 10 14\tsaid\nE1\tAttribution:T4 Content:T3 Cue:T2 Source:T1\n";
    write("a.ann", annotations);
    let score = || run(&mut polybius(&["score", "cues", &folder.path().to_string_lossy()]));
    let output = score();
    assert!(stderr(&output).contains("there is no a.txt"), "{}", stderr(&output));
    write("a.txt", "Officials said troops left Mekelle.\n");
    let output = score();
    let text = stdout(&output);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(text.contains("1 text, 1 attribution"), "{text}");
    assert!(text.contains("all three        100.00 100.00 100.00"), "{text}");
    assert!(text.contains("link, exact      100.00 100.00 100.00"), "{text}");
    assert!(text.contains("none annotated               0"), "{text}");
}

#[test]
fn the_days_that_may_be_those_of_acts() {
    let output =
        run(&mut polybius(&["score", "dates", "--articles", "examples/set", "--split", "tuned", "--evidence"]));
    let lines: Vec<serde_json::Value> =
        stdout(&output).lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect();
    let dated = lines.iter().filter(|fact| fact["is_dated"] == true);
    let found = dated.clone().filter(|fact| {
        let days = fact["days"].as_array().expect("a list");
        days.iter().any(|day| day["is_right"] == true && day["signs"]["any"] == 1.0)
    });
    assert!(found.count() * 4 > dated.count() * 3);
}

#[test]
fn expressions_of_time() {
    let output = run(&mut polybius(&["score", "dates", "--articles", "examples", "--errors"]));
    let text = stdout(&output);
    assert!(text.lines().any(|line| line.starts_with("their values")), "{text}");
    let folder = tempfile::tempdir().expect("a folder can be made");
    let write = |name: &str, text: &str| {
        let file = folder.path().join(name);
        std::fs::create_dir_all(file.parent().expect("it has one")).expect("a folder can be made");
        std::fs::write(file, text).expect("the file can be written");
    };
    write(
        "goma_2024-10-11.txt",
        "Goma quiet\n\nRebels left Goma on Tuesday, after two\nweeks, and the mayor of Bukavu resigned.\n",
    );
    write("expected/goma_2024-10-11.toml", "[document]\nfile = \"goma_2024-10-11.txt\"\n");
    let score = |labels: &str| {
        write("times.tab", labels);
        run(&mut polybius(&["score", "dates", "--articles", &folder.path().to_string_lossy()]))
    };
    let output = score(
        "# a comment\ngoma_2024-10-11\tTuesday\t1\tDATE\t2024-10-08\ngoma_2024-10-11\ttwo weeks\t1\tDURATION\tP2W\n",
    );
    let text = stdout(&output);
    assert!(text.contains("their values     100.00 100.00 100.00"), "{text}{}", stderr(&output));
    assert!(text.contains("not scored    1 lengths of time"), "{text}");
    let output = score("goma_2024-10-11\tTuesday\t1\tDATE\t2024-10-01\n");
    assert!(stdout(&output).contains("their values       0.00   0.00   0.00"), "{}", stdout(&output));
    for (labels, cure) in [
        ("goma_2024-10-11\tTuesday\tDATE\t2024-10-08\n", "times.tab:1"),
        ("goma_2024-10-11\tTuesday\t2\tDATE\t2024-10-08\n", "does not stand there 2 times"),
        ("goma_2024-10-11\tTuesday\t1\tDATE\tsoon\n", "no value of TIMEX3"),
    ] {
        let output = score(labels);
        assert!(output.status.code() == Some(2) && stderr(&output).contains(cure), "{}", stderr(&output));
    }
}

#[test]
fn what_speaks_for_modes() {
    let output = run(&mut polybius(&["score", "modes", "examples/modes", "--split", "tuned", "--evidence"]));
    let lines: Vec<serde_json::Value> =
        stdout(&output).lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect();
    assert!(lines.len() > 300, "{}", lines.len());
    let told = |mode: &str| {
        let labelled =
            lines.iter().filter(|line| line["modes"].as_array().is_some_and(|modes| modes.contains(&mode.into())));
        labelled.clone().filter(|line| line["signs"][format!("{mode} read")].as_f64() > Some(0.0)).count() * 2
            > labelled.count()
    };
    assert!(["negation", "future", "hypothetical"].into_iter().all(told));
}
