//! Numbers written as words.

const SMALL: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// "zero" to "nineteen".
pub(crate) fn small(word: &str) -> Option<u32> {
    SMALL.iter().position(|known| *known == word).map(|at| at as u32)
}

/// "twenty", "thirty" to "ninety".
pub(crate) fn tens(word: &str) -> Option<u32> {
    TENS.iter().position(|known| *known == word).map(|at| 20 + 10 * at as u32)
}
