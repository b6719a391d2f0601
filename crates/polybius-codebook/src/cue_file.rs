//! Reading `cues.toml`.

use crate::cues::{AttitudePart, SpeechPart, StatusPart};
use crate::phrases::Phrases;
use crate::problems::{Problems, one_of};
use crate::toml_file::{Fields, Lines, Text, parse_toml};
use crate::word_files::Scope;
use crate::{Cues, Effect, SourceFile, Stance, WordSets};

/// Reads the cues.
pub(crate) fn read_cues(file: &SourceFile, words: &WordSets, problems: &mut Problems) -> Cues {
    let mut cues = Cues::default();
    let lines = Lines::new(file);
    let Some(root) = parse_toml(file, &lines, problems) else { return cues };
    let mut root = Fields::new(root.get_ref(), 0, &lines);
    let scope = match root.table("words", problems) {
        Some(table) => Scope::read(table, Some(words), problems),
        None => Scope::of(words),
    };
    for mut table in root.tables("speech", problems) {
        let stance = table.required("stance", problems);
        let stance = stance.and_then(|text| label(&text, "stance", Stance::from_name, Stance::NAMES, problems));
        for (part, name) in SpeechPart::NAMES.iter().enumerate() {
            let texts = table.texts(name, problems).unwrap_or_default();
            add(&mut cues.speech[part], stance, &texts, &scope, problems);
        }
        table.finish(problems);
    }
    for mut table in root.tables("attitude", problems) {
        let stance = table.required("stance", problems);
        let stance = stance.and_then(|text| label(&text, "stance", Stance::from_name, Stance::NAMES, problems));
        for (part, name) in AttitudePart::NAMES.iter().enumerate() {
            let texts = table.texts(name, problems).unwrap_or_default();
            add(&mut cues.attitude[part], stance, &texts, &scope, problems);
        }
        table.finish(problems);
    }
    for mut table in root.tables("status", problems) {
        let effect = table.required("effect", problems);
        let effect = effect.and_then(|text| label(&text, "effect", Effect::from_name, Effect::NAMES, problems));
        for (part, name) in StatusPart::NAMES.iter().enumerate() {
            let texts = table.texts(name, problems).unwrap_or_default();
            add(&mut cues.status[part], effect, &texts, &scope, problems);
        }
        table.finish(problems);
    }
    root.finish(problems);
    cues
}

/// Gives each word of a list its meaning; a word has one meaning in one part.
fn add<T: Copy + PartialEq + std::fmt::Display>(
    cues: &mut Phrases<T>,
    meaning: Option<T>,
    texts: &[Text<'_>],
    scope: &Scope<'_>,
    problems: &mut Problems,
) {
    for text in texts {
        for word in scope.words(std::slice::from_ref(text), problems).iter() {
            let Some(meaning) = meaning else { continue };
            if let Some(&other) = cues.get(word) {
                let cure = Some("take one out".to_string());
                if other == meaning {
                    problems.warning(&text.place, format!("`{word}` already stands under `{other}`"), cure);
                } else {
                    let message = format!("`{word}` cannot mean `{meaning}`, because it already means `{other}`");
                    problems.error(&text.place, message, cure);
                }
            }
            cues.entry(word, || meaning);
        }
    }
}

/// The label that a text names; reports it if there is none.
pub(crate) fn label<T>(
    text: &Text<'_>,
    what: &str,
    from_name: fn(&str) -> Option<T>,
    names: &[&str],
    problems: &mut Problems,
) -> Option<T> {
    let label = from_name(text.text);
    if label.is_none() {
        problems.error(&text.place, format!("unknown {what} `{}`", text.text), one_of(text.text, names));
    }
    label
}
