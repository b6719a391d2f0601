//! The measures on examples worked by hand, and the reading of gold.

use super::*;

/// Chains written as words: each letter is a mention.
fn chains(text: &str) -> Vec<PlacedChain> {
    text.split(' ').map(|chain| chain.bytes().map(|letter| (letter as usize, letter as usize + 1)).collect()).collect()
}

/// Checks recall and precision of MUC, B³ and CEAF-e, in this order.
fn check(gold: &str, system: &str, expected: [(f64, f64); 3]) {
    let scores = score_chains(&chains(gold), &chains(system));
    for (found, (recall, precision)) in [scores.muc, scores.b_cubed, scores.ceaf_e].into_iter().zip(expected) {
        assert!((found.recall() - recall).abs() < 1e-9 && (found.precision() - precision).abs() < 1e-9, "{scores:?}");
    }
}

#[test]
fn the_example_of_the_reference_scorer() {
    // Shared: ab 2, c|cd 1, d|cd 1, fg 2. Links 5 gold, 5 system, right (2-1)+(1-1)+(1-1)+(2-1) = 2.
    // B³ recall: (2²/3 + 1/3 + 1/4 + 2²/4) / 7; precision: (2²/2 + 1/2 + 1/2 + 2²/4) / 8.
    // φ₄: abc–ab 4/5, abc–cd 2/5, defg–cd 2/6, defg–fghi 4/8; best 4/5 + 4/8.
    let recall = (4.0 / 3.0 + 1.0 / 3.0 + 1.0 / 4.0 + 1.0) / 7.0;
    check("abc defg", "ab cd fghi", [(0.4, 0.4), (recall, 0.5), (1.3 / 2.0, 1.3 / 3.0)]);
    let scores = score_chains(&chains("abc defg"), &chains("ab cd fghi"));
    assert_eq!(scores.mentions, Found::new(6.0, 7.0, 8.0));
    let f1 = |recall: f64, precision: f64| 2.0 * recall * precision / (recall + precision);
    assert!((scores.conll() - (0.4 + f1(recall, 0.5) + f1(0.65, 1.3 / 3.0)) / 3.0).abs() < 1e-12);
}

#[test]
fn all_right_and_all_wrong() {
    check("ab cde", "cde ab", [(1.0, 1.0); 3]);
    check("ab cde", "fg", [(0.0, 0.0); 3]);
    check("ab cde", "", [(0.0, 0.0); 3]);
}

#[test]
fn everything_in_one_chain() {
    // Links: 3 gold, 4 system, right 3. B³: recall 1, precision (2² + 3²)/5/5. φ₄ best: 2·3/(3+5).
    check("ab cde", "abcde", [(1.0, 0.75), (1.0, 13.0 / 25.0), (0.375, 0.75)]);
}

#[test]
fn single_mentions_do_not_count() {
    check("ab c", "ab d e", [(1.0, 1.0); 3]);
    assert_eq!(score_chains(&chains("ab c"), &chains("ab d")).mentions, Found::new(2.0, 2.0, 2.0));
}

#[test]
fn a_span_in_two_chains() {
    // c stands in both gold chains and is looked up in the second: links b–a of the first, d–c of the second. B³ recall:
    // a and b 2/3 each, c and d 1 each, of 5 mentions. φ₄: 2·2/(3+2) + 2·2/(2+2).
    let b_cubed = ((2.0 + 2.0) / 3.0 + 2.0) / 5.0;
    check("abc cd", "ab cd", [(2.0 / 3.0, 1.0), (b_cubed, 1.0), (0.9, 0.9)]);
    // c and d stand in both of the system's and count in the first: there is no second.
    check("ab cd", "abcd cd", [(1.0, 2.0 / 3.0), (1.0, 0.5), (1.0 / 3.0, 2.0 / 3.0)]);
}

#[test]
fn reads_nested_brackets() {
    let conllu = "# newdoc id = a\n\
                  1\tThe\t_\t_\t_\t_\t_\t_\t_\tEntity=(1\n\
                  2\tenvoy\t_\t_\t_\t_\t_\t_\t_\tX=Y\n\
                  3\tof\t_\t_\t_\t_\t_\t_\t_\t_\n\
                  4\tIran\t_\t_\t_\t_\t_\t_\t_\tEntity=(2)1)|X=Y\n\
                  5-6\tdoesn't\t_\t_\t_\t_\t_\t_\t_\t_\n\
                  5\tdoes\t_\t_\t_\t_\t_\t_\t_\t_\n\
                  6\tn't\t_\t_\t_\t_\t_\t_\t_\t_\n\n\
                  1\tHe\t_\t_\t_\t_\t_\t_\t_\tEntity=(1-person)(2\n\
                  2\tleft\t_\t_\t_\t_\t_\t_\t_\tEntity=2)\n";
    let chains = gold_chains(conllu).expect("the brackets match");
    assert_eq!(chains, [vec![(10, 14), (21, 27)], vec![(0, 14), (21, 23)]]);
    let error = gold_chains(&conllu.replace("Entity=(1\n", "_\n")).expect_err("1 is closed and not open");
    assert_eq!(error, ScoreError::Bracket { line: 5 });
}

#[test]
fn a_contraction_that_is_not_its_parts_is_one_place() {
    let conllu = "1-2\tgonna\t_\t_\t_\t_\t_\t_\t_\t_\n1\tgoing\t_\t_\t_\t_\t_\t_\t_\tEntity=(1)\n\
                  2\tto\t_\t_\t_\t_\t_\t_\t_\t_\n3\tgo\t_\t_\t_\t_\t_\t_\t_\tEntity=(1)\n";
    assert_eq!(gold_chains(conllu).expect("the brackets match"), [vec![(0, 5), (5, 7)]]);
}

#[test]
fn places_leave_spaces_out() {
    let places = Places::of("é a\n\nbc");
    assert_eq!(places.at(0..2), (0, 1));
    assert_eq!(places.at(3..8), (1, 4));
}
