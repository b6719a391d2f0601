//! Whether a text is English, which is all that can be coded.

use whatlang::{Lang, Script};

/// So much of a text is looked at.
const LOOKED_AT: usize = 3000;

/// Texts with fewer letters are taken as they are: nobody can tell from a headline.
const LEAST_LETTERS: usize = 60;

/// Words that every English text is full of, and few other languages have.
const ENGLISH: &[&str] = &[
    "the", "of", "and", "to", "in", "that", "for", "on", "with", "was", "were", "by", "said", "it", "from", "has",
    "had", "is", "at", "as",
];

/// The name of the language, if it is surely another than English.
pub(super) fn other_language(text: &str) -> Option<&'static str> {
    let end = text.char_indices().nth(LOOKED_AT).map_or(text.len(), |(end, _)| end);
    let start = &text[..end];
    let n_letters = start.chars().filter(|character| character.is_alphabetic()).count();
    if n_letters < LEAST_LETTERS {
        return None;
    }
    let words = || start.split(|character: char| !character.is_alphabetic()).filter(|word| !word.is_empty());
    let n_english = words().filter(|word| ENGLISH.iter().any(|one| word.eq_ignore_ascii_case(one))).count();
    // An eighth of ordinary English is such words; full of foreign names it still has a twelfth.
    if n_english * 12 >= words().count() {
        return None;
    }
    let found = whatlang::detect(start)?;
    let is_sure = found.script() != Script::Latin || found.is_reliable() || found.confidence() > 0.5;
    let other = found.lang() != Lang::Eng && is_sure;
    other.then(|| found.lang().eng_name())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_is_told_from_others() {
        let check = |text: &str, expected: Option<&str>| assert_eq!(other_language(text), expected, "{text}");
        check("Kurzer Satz.", None);
        check(
            "Die Außenminister von Polen und Belarus einigten sich am Montag darauf, den Grenzübergang wieder zu öffnen.",
            Some("German"),
        );
        check(
            "Les ministres des affaires étrangères se sont mis d'accord lundi pour rouvrir le poste frontière fermé depuis novembre.",
            Some("French"),
        );
        check(
            "Президенты России и Ирана встретились в пятницу в Ашхабаде и обещали друг другу более тесные связи; это была их первая встреча, и объявленные ими планы вызвали вопросы у журналистов.",
            Some("Russian"),
        );
        check(
            "التقى رئيسا روسيا وإيران في عشق آباد يوم الجمعة ووعدا بعلاقات أوثق بين البلدين كما قال الكرملين",
            Some("Arabic"),
        );
        check(
            "Gurbanguly Berdimuhamedow and Masoud Pezeshkian met Vladimir Putin and Shehbaz Sharif in Ashgabat, Turkmenistan.",
            None,
        );
        check(
            "Rebels captured Tessalit, Aguelhok, Kidal, Gao, Menaka, Ansongo, Bourem. Soldiers fled. Gunmen looted shops.",
            None,
        );
    }
}
