//! What text from outside may do to a terminal: nothing. And the few colours we use ourselves.

use anstyle::{AnsiColor, Style};

use super::is_disguise;

/// Actors and recipients.
pub const PARTICIPANT: Style = AnsiColor::Cyan.on_default().bold();
/// The words that made the event.
pub const TRIGGER: Style = AnsiColor::Yellow.on_default().bold();
/// The event's type.
pub const TYPE: Style = Style::new().bold();
/// What is there for those who ask.
pub const ASIDE: Style = AnsiColor::BrightBlack.on_default();

/// `text` in `style` if there are colours.
pub fn painted(text: &str, style: Style, colour: bool) -> String {
    if colour { format!("{style}{text}{style:#}") } else { text.to_owned() }
}

/// The text with every character shown that would otherwise act: control characters and those that turn the direction of
/// writing. Line breaks stay.
pub fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if is_disguise(character) && !matches!(character, '\n' | '\t') {
            shown.extend(character.escape_unicode());
        } else {
            shown.push(character);
        }
    }
    shown
}

/// The text on one line, with every acting character shown.
pub fn one_line(text: &str) -> String {
    visible(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_acts() {
        assert_eq!(one_line("a\u{1b}[31m \r\n b\u{202e}"), "a\\u{1b}[31m b\\u{202e}");
        assert_eq!(visible("a\tb\n\u{7}"), "a\tb\n\\u{7}");
    }
}
