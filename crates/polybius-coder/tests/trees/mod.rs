//! Documents from bare trees.

use polybius_document::{Document, from_conllu};

/// The sentences in which each line of `tree` is a word: form, lemma, part of speech, Penn tag, head, relation. An empty line ends one.
pub fn document(tree: &str) -> Document {
    let mut conllu = String::new();
    let mut index = 0;
    for line in tree.lines() {
        if line.trim().is_empty() {
            conllu.push('\n');
            index = 0;
            continue;
        }
        let columns: Vec<&str> = line.split_whitespace().collect();
        let [form, lemma, upos, xpos, head, relation] = columns[..] else { panic!("{line}: six columns are wanted") };
        index += 1;
        conllu.push_str(&format!("{index}\t{form}\t{lemma}\t{upos}\t{xpos}\t_\t{head}\t{relation}\t_\t_\n"));
    }
    from_conllu("tree", &conllu).expect("the tree is one")
}
