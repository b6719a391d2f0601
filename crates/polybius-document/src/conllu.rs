//! CoNLL-U in and out: the treebanks' own format, ten tab-separated columns a word.

use std::fmt::Write;
use std::sync::Arc;

use thiserror::Error;

use crate::{Article, Document, Layers, Mention, MentionKind, Relation, Sentence, Span, TokenData, TokenId, Upos};

/// What is wrong with a CoNLL-U text.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("line {line}: {reason}")]
pub struct ConlluError {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong there.
    pub reason: String,
}

/// The document as CoNLL-U. MISC holds `SpaceAfter=No`, and `Name=B-PERSON` or `Name=I-PERSON` inside names.
pub fn to_conllu(document: &Document) -> String {
    let mut out = String::new();
    let names = name_tags(document);
    let _ = writeln!(out, "# newdoc id = {}", one_line(&document.article().id));
    for (index, sentence) in document.sentences().iter().enumerate() {
        let _ = writeln!(out, "# sent_id = {}", index + 1);
        let _ = writeln!(out, "# text = {}", one_line(document.text(document.span_of(&sentence.tokens))));
        for token in document.tokens(sentence.tokens.clone()) {
            let data = token.data();
            let head = data.head.map_or(0, |head| head.0 - sentence.tokens.start.0 + 1);
            let mut misc = Vec::new();
            let next = token.id.index() + 1;
            if next < document.n_tokens() && document.token(TokenId::from(next)).span().start == data.span.end {
                misc.push("SpaceAfter=No".to_owned());
            }
            if let Some(name) = &names[token.id.index()] {
                misc.push(format!("Name={name}"));
            }
            let _ = writeln!(
                out,
                "{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t_\t{}",
                token.id.0 - sentence.tokens.start.0 + 1,
                one_line(token.text()),
                or_underscore(&data.lemma),
                data.upos.as_str(),
                or_underscore(&data.xpos),
                or_underscore(&data.features),
                head,
                data.relation.as_str(),
                if misc.is_empty() { "_".to_owned() } else { misc.join("|") },
            );
        }
        out.push('\n');
    }
    out
}

/// The document that `conllu` describes: its text is put together from the words, and names are read from
/// `Name=` in MISC. Multiword ranges and empty nodes are passed over.
pub fn from_conllu(id: &str, conllu: &str) -> Result<Document, ConlluError> {
    let mut text = String::new();
    let mut layers = Layers::default();
    let mut first = 0;
    let mut open: Option<Mention> = None;
    for (number, line) in conllu.lines().chain([""]).enumerate() {
        let fail = |reason: String| ConlluError { line: number + 1, reason };
        if line.trim().is_empty() {
            layers.mentions.extend(open.take());
            if first < layers.tokens.len() {
                layers.sentences.push(Sentence { tokens: TokenId::from(first)..TokenId::from(layers.tokens.len()) });
                first = layers.tokens.len();
            }
            continue;
        }
        if line.starts_with('#') {
            continue;
        }
        let columns: Vec<&str> = line.split('\t').collect();
        let &[index, form, lemma, upos, xpos, features, head, relation, _, misc] = columns.as_slice() else {
            return Err(fail(format!("{} columns where CoNLL-U has 10", columns.len())));
        };
        if index.contains(['-', '.']) {
            continue;
        }
        let upos = Upos::parse(upos).ok_or_else(|| fail(format!("`{upos}` is no universal part of speech")))?;
        let head: usize = head.parse().map_err(|_| fail(format!("head `{head}` is not a number")))?;
        let start = text.len() as u32;
        text.push_str(form);
        let id = TokenId::from(layers.tokens.len());
        layers.tokens.push(TokenData {
            span: Span::new(start, text.len() as u32),
            upos,
            xpos: from_underscore(xpos),
            features: from_underscore(features),
            lemma: Arc::from(lemma),
            head: head.checked_sub(1).map(|head| TokenId::from(first + head)),
            relation: Relation::parse_lenient(relation),
            score: 1.0,
        });
        read_name(misc, id, &mut open, &mut layers.mentions);
        if !misc.split('|').any(|pair| pair == "SpaceAfter=No") {
            text.push(' ');
        }
    }
    Document::new(Article::from_text(id, text), layers)
        .map_err(|defect| ConlluError { line: conllu.lines().count(), reason: defect.to_string() })
}

fn name_tags(document: &Document) -> Vec<Option<String>> {
    let mut tags = vec![None; document.n_tokens()];
    for mention in document.mentions().iter().filter(|mention| mention.kind.is_name()) {
        let (start, end) = (mention.tokens.start.index(), mention.tokens.end.index());
        for (offset, tag) in tags[start..end].iter_mut().enumerate() {
            let prefix = if offset == 0 { 'B' } else { 'I' };
            *tag = Some(format!("{prefix}-{}", mention.kind.as_str()));
        }
    }
    tags
}

fn read_name(misc: &str, id: TokenId, open: &mut Option<Mention>, mentions: &mut Vec<Mention>) {
    let tag = misc.split('|').find_map(|pair| pair.strip_prefix("Name="));
    let next = TokenId(id.0 + 1);
    match tag.and_then(|tag| tag.split_once('-')) {
        Some(("I", _)) if open.is_some() => {
            if let Some(mention) = open {
                mention.tokens.end = next;
            }
        }
        Some((_, kind)) => {
            mentions.extend(open.take());
            *open = Some(Mention { tokens: id..next, kind: kind_from(kind), score: 1.0 });
        }
        None => mentions.extend(open.take()),
    }
}

fn kind_from(text: &str) -> MentionKind {
    use MentionKind::*;
    [Person, Norp, Org, Gpe, Loc, Fac, Event, Date, Pronoun]
        .into_iter()
        .find(|kind| kind.as_str() == text)
        .unwrap_or(Other)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn or_underscore(text: &str) -> &str {
    if text.is_empty() { "_" } else { text }
}

fn from_underscore(text: &str) -> Arc<str> {
    Arc::from(if text == "_" { "" } else { text })
}

#[cfg(test)]
mod tests {
    use super::*;

    const HIT: &str = "1\tIran\tIran\tPROPN\tNNP\tNumber=Sing\t2\tnsubj\t_\tName=B-GPE\n\
                       2\thit\thit\tVERB\tVBD\tTense=Past\t0\troot\t_\t_\n\
                       3\tIraq\tIraq\tPROPN\tNNP\tNumber=Sing\t2\tobj\t_\tSpaceAfter=No|Name=B-GPE\n\
                       4\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_\n";

    #[test]
    fn reads_what_it_writes() {
        let document = from_conllu("a", HIT).expect("the text is well formed");
        assert_eq!(document.article().text, "Iran hit Iraq. ");
        assert_eq!(document.mentions().len(), 2);
        let written = to_conllu(&document);
        let again = from_conllu("a", &written).expect("our own output is well formed");
        assert_eq!(to_conllu(&again), written);
    }

    #[test]
    fn refuses_a_cycle() {
        let cycle = HIT.replace("0\troot", "3\troot");
        assert!(from_conllu("a", &cycle).is_err());
    }

    #[test]
    fn names_the_line() {
        let broken = HIT.replace("VERB", "VRB");
        let error = from_conllu("a", &broken).expect_err("VRB is no part of speech");
        assert_eq!(error.line, 2);
    }
}
