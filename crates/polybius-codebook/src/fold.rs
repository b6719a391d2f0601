//! The key of a name: what is left of it when case, accents, hyphens and periods no longer count.

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

use crate::phrases::is_hyphen;

/// Builds the key of a name, or of the tokens of a text one by one, as a number: names with one key have one number,
/// and that two others share one of 64 bits is not to be expected in the life of a codebook.
///
/// Case and accents are folded; periods and apostrophes are dropped; hyphens and spaces separate words alike; a comma
/// or bracket is a word of its own. A possessive `'s` keeps its apostrophe, so that "Houthi's" is not "Houthis".
#[derive(Debug, Clone, Copy)]
pub(crate) struct Key {
    hash: u64,
    n_characters: u32,
    /// A separator is due before the next character.
    apart: bool,
    /// The last token ended in an apostrophe, so that the next joins it.
    joins: bool,
}

impl Key {
    /// The key before anything is in it.
    pub const EMPTY: Key = Key { hash: 0xcbf2_9ce4_8422_2325, n_characters: 0, apart: false, joins: false };

    /// The key of a whole name.
    pub fn of(name: &str) -> Key {
        let mut key = Key::EMPTY;
        key.push(name);
        key
    }

    /// Adds a token of the text, or a whole name. Returns whether it left something in the key.
    pub fn push(&mut self, token: &str) -> bool {
        let before = self.n_characters;
        self.apart |= !self.joins && !token.starts_with(is_apostrophe);
        fold(token, |piece| {
            match piece {
                Piece::Separator => self.apart = true,
                Piece::Character(c) => {
                    if self.apart && self.n_characters > 0 {
                        self.add(' ');
                    }
                    self.apart = false;
                    self.add(c);
                }
            }
            true
        });
        self.joins = token.ends_with(is_apostrophe);
        self.n_characters > before
    }

    /// How long the key is, its words and the spaces between them.
    pub fn n_characters(&self) -> u32 {
        self.n_characters
    }

    /// The number of the key.
    pub fn number(&self) -> u64 {
        // The low bits of the running product know little of the last characters.
        (self.hash ^ (self.hash >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    }

    fn add(&mut self, c: char) {
        self.hash = (self.hash ^ u64::from(u32::from(c))).wrapping_mul(0x0000_0100_0000_01b3);
        self.n_characters += 1;
    }
}

/// What different spellings of a person's name share: the consonants of its words, without particles. `None` where too little is left
/// to tell people apart.
pub(crate) fn sound(name: &str) -> Option<String> {
    let mut words: Vec<String> = Vec::new();
    for word in name.split([' ', '-']).filter(|word| !PARTICLES.contains(&&*word.to_lowercase())) {
        let mut letters = String::new();
        fold(word, |piece| {
            if let Piece::Character(c) = piece {
                letters.push(c);
            }
            true
        });
        let same = [
            ("sch", "s"),
            ("sh", "s"),
            ("dj", "j"),
            ("kh", "h"),
            ("ck", "k"),
            ("q", "k"),
            ("c", "k"),
            ("w", "v"),
            ("z", "s"),
        ];
        let letters = same.iter().fold(letters, |letters, (from, to)| letters.replace(from, to));
        let mut consonants: Vec<char> = Vec::new();
        for (index, c) in letters.chars().enumerate() {
            if (index == 0 || !"aeiouyhj".contains(c)) && consonants.last() != Some(&c) {
                consonants.push(c);
            }
        }
        words.push(consonants.into_iter().collect());
    }
    let n_letters: usize = words.iter().map(String::len).sum();
    (words.len() > 1 && n_letters >= LEAST_SOUND).then(|| words.join(" "))
}

/// Words of names that spellings leave out.
const PARTICLES: [&str; 6] = ["al", "el", "ul", "bin", "ibn", "de"];
/// How many consonants two names must share at least.
const LEAST_SOUND: usize = 6;

/// The number of the first word of the key that the token or name starts; `None` if it starts with none.
pub(crate) fn first_word(token: &str) -> Option<u64> {
    let mut key = Key::EMPTY;
    fold(token, |piece| match piece {
        Piece::Separator => key.n_characters == 0,
        Piece::Character(c) => {
            key.add(c);
            true
        }
    });
    (key.n_characters > 0).then(|| key.number())
}

/// The number of exactly these characters, not folded: for ids.
pub(crate) fn exact_number(text: &str) -> u64 {
    let mut key = Key::EMPTY;
    text.chars().for_each(|c| key.add(c));
    key.number()
}

/// The key of a name as text, for what must be seen or compared letter by letter.
pub(crate) fn folded(name: &str) -> String {
    let mut text = String::with_capacity(name.len());
    let mut apart = false;
    fold(name, |piece| {
        match piece {
            Piece::Separator => apart = !text.is_empty(),
            Piece::Character(c) => {
                if std::mem::take(&mut apart) {
                    text.push(' ');
                }
                text.push(c);
            }
        }
        true
    });
    text
}

enum Piece {
    Separator,
    Character(char),
}

/// Calls `emit` with what each character of the text is in a key, until it returns false.
fn fold(text: &str, mut emit: impl FnMut(Piece) -> bool) {
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        let goes_on = if c.is_ascii_alphanumeric() {
            emit(Piece::Character(c.to_ascii_lowercase()))
        } else if c == ' ' || is_hyphen(c) || c.is_whitespace() {
            emit(Piece::Separator)
        } else if is_apostrophe(c) {
            let mut after = rest.clone();
            let possessive = matches!(after.next(), Some('s' | 'S'))
                && after.next().is_none_or(|next| next.is_whitespace() || is_hyphen(next));
            !possessive || emit(Piece::Character('\''))
        } else if c == '.' {
            true
        } else if c == '&' {
            emit(Piece::Character(c))
        } else if c.is_ascii() {
            emit(Piece::Separator) && emit(Piece::Character(c)) && emit(Piece::Separator)
        } else {
            fold_letter(c, &mut emit);
            true
        };
        if !goes_on {
            return;
        }
    }
}

/// Folds a letter beyond ASCII: into its parts without their accents, or as it is mostly written without them.
fn fold_letter(c: char, emit: &mut impl FnMut(Piece) -> bool) {
    decompose_compatible(c, |part| {
        for lower in part.to_lowercase().filter(|&lower| !is_combining_mark(lower)) {
            let plain = match lower {
                'ø' => "o",
                'ł' => "l",
                'đ' | 'ð' => "d",
                'ß' => "ss",
                'ı' => "i",
                'æ' => "ae",
                'œ' => "oe",
                'þ' => "th",
                'ə' => "a",
                'ħ' => "h",
                'ŧ' => "t",
                other => {
                    emit(Piece::Character(other));
                    continue;
                }
            };
            plain.chars().for_each(|c| _ = emit(Piece::Character(c)));
        }
    });
}

/// Apostrophes, and the marks with which scholars transliterate.
pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | 'ʻ' | 'ʽ' | 'ʾ' | 'ʿ' | '`' | '´' | '′')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(tokens: &[&str], expected: &str) {
        let mut key = Key::EMPTY;
        for token in tokens {
            key.push(token);
        }
        assert_eq!(key.number(), exact_number(expected), "{tokens:?}");
    }

    #[test]
    fn names() {
        check(&["Côte d'Ivoire"], "cote divoire");
        check(&["Al-Qaeda"], "al qaeda");
        check(&["Sana'a"], "sanaa");
        check(&["Sana’a"], "sanaa");
        check(&["U.S."], "us");
        check(&["St. Petersburg"], "st petersburg");
        check(&["Recep Tayyip Erdoğan"], "recep tayyip erdogan");
        check(&["Jonas Gahr Støre"], "jonas gahr store");
        check(&["İlham Əliyev"], "ilham aliyev");
        check(&["People's Republic"], "people's republic");
        check(&["Washington, D.C."], "washington , dc");
        check(&["AT&T"], "at&t");
        check(&["-"], "");
    }

    #[test]
    fn tokens_make_the_key_of_their_name() {
        check(&["Al", "-", "Qaeda"], "al qaeda");
        check(&["People", "'s", "Republic"], "people's republic");
        check(&["Cote", "d'", "Ivoire"], "cote divoire");
        check(&["Cote", "d'Ivoire"], "cote divoire");
        check(&["Sana", "'", "a"], "sanaa");
        check(&["Washington", ",", "D.C."], "washington , dc");
        check(&["Houthis", "'"], "houthis");
    }
}
