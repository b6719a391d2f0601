//! Dictionary forms: a table learned from the treebanks, irregular forms, and the rules of English inflection.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use polybius_document::Upos;

use crate::ModelError;

/// The lemmas of one form, by Penn tag.
type Tagged = Vec<(Box<str>, Arc<str>)>;

/// What `models/lemmas.tsv` holds.
#[derive(Debug, Default)]
pub(crate) struct Lemmas {
    /// Forms with a Penn tag, as the treebanks gave them a lemma.
    tagged: HashMap<Box<str>, Tagged>,
    irregular: [HashMap<Box<str>, Arc<str>>; 3],
    verbs: HashSet<Box<str>>,
    adjectives: HashSet<Box<str>>,
}

impl Lemmas {
    /// Reads the file.
    pub(crate) fn parse(text: &str) -> Result<Lemmas, ModelError> {
        let mut lemmas = Lemmas::default();
        for (index, line) in text.lines().enumerate() {
            let fail = || ModelError::Line {
                file: "lemmas",
                line: index + 1,
                reason: format!("`{line}` is not form, kind, lemma"),
            };
            let mut columns = line.split('\t');
            let (form, kind) = columns.next().zip(columns.next()).ok_or_else(fail)?;
            match (kind, columns.next()) {
                ("verb", None) => drop(lemmas.verbs.insert(form.into())),
                ("adj", None) => drop(lemmas.adjectives.insert(form.into())),
                ("verb", Some(lemma)) => drop(lemmas.irregular[0].insert(form.into(), lemma.into())),
                ("noun", Some(lemma)) => drop(lemmas.irregular[1].insert(form.into(), lemma.into())),
                ("adj", Some(lemma)) => drop(lemmas.irregular[2].insert(form.into(), lemma.into())),
                (tag, Some(lemma)) => lemmas.tagged.entry(form.into()).or_default().push((tag.into(), lemma.into())),
                _ => return Err(fail()),
            }
        }
        Ok(lemmas)
    }

    /// The lemma of `form` as the word class and Penn tag read it. If a capital means something where it stands, an adjective
    /// that has one keeps it, such as `Kurdish`.
    pub(crate) fn of(&self, form: &str, upos: Upos, xpos: &str, capital_means: bool) -> Arc<str> {
        if matches!(upos, Upos::Propn | Upos::Num | Upos::Sym | Upos::X) || xpos == "FW" {
            return form.into();
        }
        let lower = form.to_lowercase().replace(['’', '‘'], "'");
        let tagged = self.tagged.get(lower.as_str());
        if let Some((_, lemma)) = tagged.and_then(|tagged| tagged.iter().find(|(tag, _)| &**tag == xpos)) {
            return lemma.clone();
        }
        let irregular = |kind: usize| self.irregular[kind].get(lower.as_str()).cloned();
        // A verb that the tag takes for something else is still a verb: its ending tells the form.
        let by_form = match lower.as_bytes() {
            _ if upos != Upos::Verb || xpos.starts_with('V') || xpos == "MD" => xpos,
            [.., b'i', b'n', b'g'] => "VBG",
            [.., b'e', b'd'] => "VBD",
            _ => xpos,
        };
        match by_form {
            "VBD" | "VBN" | "VBG" | "VBZ" => irregular(0).unwrap_or_else(|| self.verb(&lower).into()),
            "NNS" => irregular(1).unwrap_or_else(|| self.singular(&lower).into()),
            "JJR" | "JJS" | "RBR" | "RBS" => irregular(2).unwrap_or_else(|| self.positive(&lower).into()),
            _ if upos == Upos::Punct => form.into(),
            "JJ" if capital_means && form.starts_with(char::is_uppercase) => form.into(),
            _ => lower.into(),
        }
    }

    fn verb(&self, form: &str) -> String {
        if let Some(stem) = form.strip_suffix("ing").filter(|stem| has_vowel(stem)) {
            return self.verb_stem(stem);
        }
        if let Some(stem) = form.strip_suffix("ied") {
            return if stem.len() < 2 { format!("{stem}ie") } else { format!("{stem}y") };
        }
        if let Some(stem) = form.strip_suffix("ed").filter(|stem| has_vowel(stem) || stem.len() > 2) {
            return self.verb_stem(stem);
        }
        if let Some(stem) = form.strip_suffix("ies").filter(|stem| stem.len() > 1) {
            return format!("{stem}y");
        }
        if let Some(stem) = form.strip_suffix("es") {
            let with_e = format!("{stem}e");
            if self.verbs.contains(with_e.as_str()) {
                return with_e;
            }
            if self.verbs.contains(stem) || ends_in_sibilant(stem) || stem.ends_with('o') {
                return stem.to_owned();
            }
            return with_e;
        }
        match form.strip_suffix('s') {
            Some(stem) if !stem.ends_with('s') && stem.len() > 1 => stem.to_owned(),
            _ => form.to_owned(),
        }
    }

    /// Whether this is a known verb, or one with a prefix: `disinvite`.
    fn knows(&self, verb: &str) -> bool {
        const PREFIXES: [&str; 11] = ["re", "over", "out", "un", "dis", "mis", "de", "pre", "under", "counter", "co"];
        let rest = |prefix: &&str| verb.strip_prefix(*prefix).map(|rest| rest.trim_start_matches('-'));
        let prefixed = |rest: &str| rest.len() > 2 && self.verbs.contains(rest);
        self.verbs.contains(verb) || PREFIXES.iter().filter_map(rest).any(prefixed)
    }

    /// The verb whose `-ed` or `-ing` was taken off: known with `e`, known as it is, known undoubled, or by rule.
    fn verb_stem(&self, stem: &str) -> String {
        let with_e = format!("{stem}e");
        let undoubled = undoubled(stem);
        let short_vowel = ends_vowel_consonant(stem);
        if let Some(single) = undoubled.filter(|single| self.knows(single) && !self.knows(stem)) {
            return single.to_owned();
        }
        match (self.knows(stem), self.knows(&with_e)) {
            // Both exist (`hop`, `hope`): a short verb would have doubled its consonant.
            (true, true) if short_vowel && stem.len() <= 4 => with_e,
            (true, _) => stem.to_owned(),
            (false, true) => with_e,
            (false, false) => match undoubled {
                Some(single) => single.to_owned(),
                None if stem.ends_with(['v', 'u', 'c', 'z'])
                    || stem.ends_with('g') && !stem.ends_with("ng")
                    || stem.ends_with("at")
                    || stem.ends_with("dg")
                    || stem.ends_with("is") =>
                {
                    with_e
                }
                None => stem.to_owned(),
            },
        }
    }

    fn singular(&self, form: &str) -> String {
        let change = |ending: &str, instead: &str| {
            form.strip_suffix(ending).filter(|stem| stem.len() > 1).map(|stem| format!("{stem}{instead}"))
        };
        if form.ends_with("ss") || form.ends_with("us") || form.ends_with("is") || !form.ends_with('s') {
            return change("men", "man").unwrap_or_else(|| form.to_owned());
        }
        let with_e = &form[..form.len() - 1];
        if let Some(stem) = form.strip_suffix("es").filter(|stem| stem.ends_with(['s', 'z']) && !stem.ends_with("ss")) {
            // `cases` and `viruses`: the verbs `case` and `excuse` tell that the `e` belongs to the noun.
            let keeps_e = self.verbs.contains(with_e) || !self.verbs.contains(stem) && !stem.ends_with("us");
            return if keeps_e || stem.ends_with("ous") { with_e } else { stem }.to_owned();
        }
        let sibilant =
            form.strip_suffix("es").filter(|stem| ends_in_sibilant(stem) || stem.ends_with('o') && stem.len() > 3);
        change("ies", "y")
            .or_else(|| sibilant.map(str::to_owned))
            .unwrap_or_else(|| with_e.trim_end_matches('\'').to_owned())
    }

    fn positive(&self, form: &str) -> String {
        let Some(stem) = form.strip_suffix("est").or_else(|| form.strip_suffix("er")) else { return form.to_owned() };
        let with_e = format!("{stem}e");
        let with_y = stem.strip_suffix('i').map(|stem| format!("{stem}y"));
        let candidates = [with_y.as_deref(), undoubled(stem), Some(stem), Some(with_e.as_str())];
        let known = candidates.into_iter().flatten().find(|candidate| self.adjectives.contains(*candidate));
        known.map_or_else(|| with_y.clone().unwrap_or_else(|| stem.to_owned()), str::to_owned)
    }
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}

fn has_vowel(text: &str) -> bool {
    text.chars().any(|c| is_vowel(c) || c == 'y')
}

fn ends_in_sibilant(stem: &str) -> bool {
    ["ss", "x", "zz", "ch", "sh", "tz"].iter().any(|ending| stem.ends_with(ending))
}

fn ends_vowel_consonant(stem: &str) -> bool {
    let mut back = stem.chars().rev();
    back.next().is_some_and(|c| !is_vowel(c) && !matches!(c, 'w' | 'x' | 'y'))
        && back.next().is_some_and(is_vowel)
        && !back.next().is_some_and(is_vowel)
}

/// `stopp` is `stop`; `call` and `pass` stay.
fn undoubled(stem: &str) -> Option<&str> {
    let mut back = stem.chars().rev();
    let (last, before) = (back.next()?, back.next()?);
    let doubled = last == before && !is_vowel(last) && !matches!(last, 'l' | 's' | 'z' | 'f') || stem.ends_with("lll");
    let doubled = doubled || last == 'l' && before == 'l' && stem.len() > 5;
    (doubled && last.is_ascii()).then(|| &stem[..stem.len() - 1])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(form: &str, upos: Upos, xpos: &str, expected: &str) {
        let lemmas = Lemmas::parse(include_str!("../../../models/lemmas.tsv")).expect("the table is well formed");
        assert_eq!(&*lemmas.of(form, upos, xpos, false), expected, "lemma of {form}/{xpos}");
    }

    #[test]
    fn undoes_inflection() {
        for (form, tag, lemma) in [
            ("shelled", "VBD", "shell"),
            ("bombing", "VBG", "bomb"),
            ("strafed", "VBD", "strafe"),
            ("denies", "VBZ", "deny"),
            ("struck", "VBD", "strike"),
            ("recaptured", "VBN", "recapture"),
            ("torpedoes", "VBZ", "torpedo"),
            ("expelled", "VBD", "expel"),
            ("besieging", "VBG", "besiege"),
            ("lobbed", "VBN", "lob"),
            ("bulldozed", "VBD", "bulldoze"),
            ("clashes", "VBZ", "clash"),
            ("was", "VBD", "be"),
            ("fled", "VBD", "flee"),
            ("freed", "VBN", "free"),
            ("agreed", "VBD", "agree"),
            ("retook", "VBD", "retake"),
            ("overran", "VBD", "overrun"),
            ("bombing", "NN", "bomb"),
            ("shelling", "VBG", "shell"),
            ("targeting", "VBG", "target"),
            ("dying", "VBG", "die"),
            ("vetoed", "VBD", "veto"),
            ("panicked", "VBD", "panic"),
            ("disinvited", "VBN", "disinvite"),
            ("occupied", "VBN", "occupy"),
            ("stabbing", "VBG", "stab"),
            ("seized", "VBD", "seize"),
            ("withdrew", "VBD", "withdraw"),
            ("looted", "VBD", "loot"),
            ("boycotted", "VBD", "boycott"),
            ("deported", "VBN", "deport"),
            ("ceded", "VBD", "cede"),
            ("rioting", "VBG", "riot"),
            ("mediates", "VBZ", "mediate"),
            ("reaches", "VBZ", "reach"),
            ("goes", "VBZ", "go"),
            ("airlifted", "VBN", "airlift"),
            ("sieged", "VBN", "siege"),
            ("torched", "VBD", "torch"),
            ("blockaded", "VBN", "blockade"),
            ("scrapped", "VBD", "scrap"),
            ("raped", "VBN", "rape"),
            ("snubbed", "VBD", "snub"),
            ("oust", "VB", "oust"),
        ] {
            check(form, Upos::Verb, tag, lemma);
        }
        for (form, lemma) in [
            ("countries", "country"),
            ("airstrikes", "airstrike"),
            ("clashes", "clash"),
            ("bases", "base"),
            ("gunmen", "gunman"),
            ("crises", "crisis"),
            ("policemen", "policeman"),
            ("viruses", "virus"),
            ("hostages", "hostage"),
            ("nurses", "nurse"),
            ("buses", "bus"),
            ("wives", "wife"),
        ] {
            check(form, Upos::Noun, "NNS", lemma);
        }
        check("heavier", Upos::Adj, "JJR", "heavy");
        check("Russian", Upos::Adj, "JJ", "Russian");
        check("Putin", Upos::Propn, "NNP", "Putin");
    }
}
