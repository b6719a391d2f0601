//! The help as manual pages and as completions, which name every command.

use std::fs;

use crate::{polybius, run, stdout};

/// The commands that `polybius --help` lists.
fn commands() -> Vec<String> {
    let help = stdout(&run(&mut polybius(&["--help"])));
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    // Longer descriptions go on in lines that are further in.
    let named = listed.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    let names = named.filter_map(|line| line.split_whitespace().next()).map(str::to_owned);
    names.filter(|name| name != "help").collect()
}

#[test]
fn shells_complete_every_command() {
    let commands = commands();
    assert!(commands.len() > 20, "{commands:?}");
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = stdout(&run(&mut polybius(&["completions", shell])));
        let missing: Vec<&String> = commands.iter().filter(|name| !script.contains(name.as_str())).collect();
        assert!(missing.is_empty(), "{shell} does not complete {missing:?}");
    }
}

#[test]
fn every_command_has_a_page() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let pages = folder.path().join("man1");
    let output = run(&mut polybius(&["man", "--out", &pages.to_string_lossy()]));
    assert!(output.status.success());
    let whole = fs::read_to_string(pages.join("polybius.1")).expect("the program has a page");
    assert!(whole.contains(".TH polybius 1"));
    for name in commands() {
        let page = fs::read_to_string(pages.join(format!("polybius-{name}.1")));
        assert!(page.is_ok_and(|page| page.contains(".SH SYNOPSIS")), "{name} has no page");
    }
}
