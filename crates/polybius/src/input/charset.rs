//! From bytes to text: UTF-8 where they are that, else the character set that a mark or a head declares, else the likeliest one.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8};

/// So much of a text is looked at to tell its character set.
const LOOKED_AT: usize = 64 << 10;

/// The text of `bytes`; `None` if they are no text in any character set. `declared` is the name that something outside gives the set.
pub(super) fn decoded(bytes: &[u8], declared: Option<&str>) -> Option<String> {
    if let Some((encoding, n_mark)) = Encoding::for_bom(bytes) {
        return readable(encoding.decode_without_bom_handling(&bytes[n_mark..]).0.into_owned());
    }
    if let Ok(text) = str::from_utf8(bytes) {
        return readable(text.to_owned());
    }
    let declared = declared.and_then(|name| Encoding::for_label(name.trim().as_bytes()));
    if let Some(encoding) = declared.filter(|&encoding| encoding != UTF_8)
        && let (text, _, false) = encoding.decode(bytes)
    {
        return readable(text.into_owned());
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    let start = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(0).saturating_sub(LOOKED_AT / 2);
    detector.feed(&bytes[start..bytes.len().min(start + LOOKED_AT)], true);
    // A torn character in what is otherwise UTF-8 is shown as such; no other set would make more of the rest.
    let text = String::from_utf8_lossy(bytes);
    let n_torn = text.chars().filter(|&character| character == char::REPLACEMENT_CHARACTER).count();
    let n_whole = text.chars().filter(|character| !character.is_ascii()).count() - n_torn;
    if n_whole > 4 * n_torn {
        return readable(text.into_owned());
    }
    let (text, _, _) = detector.guess(None, Utf8Detection::Deny).decode(bytes);
    readable(text.into_owned())
}

/// The text, unless it is full of characters that no text has.
fn readable(text: String) -> Option<String> {
    let is_odd =
        |character: &char| character.is_control() && !matches!(character, '\t' | '\n' | '\r' | '\u{c}' | '\u{85}');
    let start = text.chars().take(4096);
    let (n, n_odd) = start.fold((0, 0), |(n, n_odd), character| (n + 1, n_odd + usize::from(is_odd(&character))));
    (n_odd * 50 <= n).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_are_told() {
        let check = |bytes: &[u8], declared, expected: Option<&str>| {
            assert_eq!(decoded(bytes, declared).as_deref(), expected);
        };
        check("Müller".as_bytes(), None, Some("Müller"));
        check(b"\xef\xbb\xbfM", None, Some("M"));
        check(b"\xff\xfeM\0!\0", None, Some("M!"));
        check(
            b"M\xfcller and Fran\xe7ois met in Z\xfcrich, they said.",
            None,
            Some("Müller and François met in Zürich, they said."),
        );
        check(b"\x93So,\x94 he said, \x91it\x92s over\x97now.\x92", None, Some("“So,” he said, ‘it’s over—now.’"));
        check(b"\xcc\xee\xf1\xea\xe2\xe0", Some("windows-1251"), Some("Москва"));
        check(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0\0\0\x01\0", None, None);
    }
}
