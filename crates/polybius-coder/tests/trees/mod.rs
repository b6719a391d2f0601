//! Documents from bare trees.

use polybius_document::{Document, from_conllu};

/// The sentence in which each line of `tree` is a word: form, lemma, part of speech, Penn tag, head, relation.
pub fn document(tree: &str) -> Document {
    let rows = tree.lines().enumerate().map(|(index, line)| {
        let columns: Vec<&str> = line.split_whitespace().collect();
        let [form, lemma, upos, xpos, head, relation] = columns[..] else { panic!("{line}: six columns are wanted") };
        format!("{}\t{form}\t{lemma}\t{upos}\t{xpos}\t_\t{head}\t{relation}\t_\t_\n", index + 1)
    });
    from_conllu("tree", &rows.collect::<String>()).expect("the tree is one")
}
