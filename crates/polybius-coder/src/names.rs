//! Every name in the document, from the codebook or from the language engine, found once before clauses are read.

mod shared;
mod shorter;
mod variants;

use std::ops::Range;

use polybius_codebook::{Codebook, Form, Kind, RowId};
use polybius_document::{Document, Mention, MentionKind, TokenId};

use crate::participants::MOST_MENTIONS;

/// A name where it stands.
#[derive(Debug, Clone)]
pub(crate) struct NameMatch {
    /// Its words.
    pub(crate) tokens: Range<TokenId>,
    /// The rows of the codebook that list it; empty for a name the codebook does not know.
    pub(crate) rows: Vec<RowId>,
    /// What the language engine takes it for.
    pub(crate) mention: Option<MentionKind>,
    /// Whether the rows come from a fuller name elsewhere in the article.
    pub(crate) by_chain: bool,
}

impl NameMatch {
    pub(crate) fn n_words(&self) -> u32 {
        self.tokens.end.0 - self.tokens.start.0
    }
}

/// The names of a document, by token.
#[derive(Debug)]
pub(crate) struct Names {
    list: Vec<NameMatch>,
    over: Vec<Option<u32>>,
    demonyms: Vec<bool>,
    dates: Vec<bool>,
}

impl Names {
    /// Finds the names of `document`.
    pub(crate) fn of(document: &Document, codebook: &Codebook) -> Names {
        let mut names = Names {
            list: Vec::new(),
            over: vec![None; document.n_tokens()],
            demonyms: vec![false; document.n_tokens()],
            dates: vec![false; document.n_tokens()],
        };
        for sentence in document.sentences() {
            let words: Vec<&str> = document.tokens(sentence.tokens.clone()).map(|token| token.text()).collect();
            let mut at = 0;
            while at < words.len() {
                match codebook.entities.longest_name(&words[at..]) {
                    // "the West Bank" is not the West.
                    Some((n_words, _)) if n_words > 0 && starts_longer(codebook, &words[at..], n_words) => at += 1,
                    Some((n_words, rows)) if n_words > 0 => {
                        let start = TokenId::from(sentence.tokens.start.index() + at);
                        names.add(start..TokenId::from(start.index() + n_words), rows);
                        at += n_words;
                    }
                    _ => at += 1,
                }
            }
        }
        names.add_mentions(document, codebook);
        names.add_shorter(document, codebook);
        names.decide_shared(document, codebook);
        names.mark_demonyms(codebook);
        names
    }

    /// The name that `token` is part of.
    pub(crate) fn over(&self, token: TokenId) -> Option<&NameMatch> {
        self.over[token.index()].map(|index| &self.list[index as usize])
    }

    /// Whether `token` is a nationality or the like: "Iranian".
    pub(crate) fn is_demonym(&self, token: TokenId) -> bool {
        self.demonyms[token.index()]
    }

    /// Whether `token` is part of a date.
    pub(crate) fn is_date(&self, token: TokenId) -> bool {
        self.dates[token.index()]
    }

    /// The names that begin in `tokens`.
    pub(crate) fn within(&self, tokens: Range<TokenId>) -> impl Iterator<Item = &NameMatch> {
        let first = self.list.partition_point(|name| name.tokens.start < tokens.start);
        self.list[first..].iter().take_while(move |name| name.tokens.start < tokens.end)
    }

    /// Every name, in text order.
    pub(crate) fn all(&self) -> impl Iterator<Item = &NameMatch> {
        self.list.iter()
    }

    /// The names that end before `token`, the nearest first.
    pub(crate) fn before(&self, token: TokenId) -> impl Iterator<Item = &NameMatch> {
        let n_before = self.list.partition_point(|name| name.tokens.start < token);
        self.list[..n_before].iter().rev().filter(move |name| name.tokens.end <= token)
    }

    fn add(&mut self, tokens: Range<TokenId>, rows: Vec<RowId>) {
        let index = self.list.len() as u32;
        for token in tokens.start.0..tokens.end.0 {
            self.over[token as usize] = Some(index);
        }
        self.list.push(NameMatch { tokens, rows, mention: None, by_chain: false });
    }

    /// Joins what the language engine found: it knows names the codebook lacks, and that "Jordan Smith" is no country.
    fn add_mentions(&mut self, document: &Document, codebook: &Codebook) {
        for mention in document.mentions() {
            use MentionKind::{Date, Other};
            if mention.kind == Date {
                for token in mention.tokens.start.0..mention.tokens.end.0 {
                    self.dates[token as usize] = true;
                }
            }
            if !mention.kind.is_name() || matches!(mention.kind, Date | Other) {
                continue;
            }
            let inside: Vec<u32> = self.indices_in(&mention.tokens);
            if let Some(&same) =
                inside.iter().find(|&&index| covers(&self.list[index as usize].tokens, &mention.tokens))
            {
                self.list[same as usize].mention = Some(mention.kind);
                continue;
            }
            let swallowed =
                mention.kind == MentionKind::Person && !inside.iter().any(|&index| self.is_person(index, codebook));
            let swallowed = swallowed || self.is_other_body(&inside, mention, document, codebook);
            // "Kim Il-sung Square" is not Kim.
            let places = matches!(mention.kind, MentionKind::Fac | MentionKind::Loc);
            let swallowed = swallowed || (places && inside.iter().all(|&index| self.is_person(index, codebook)));
            if inside.is_empty() || swallowed || self.is_part_of_person_name(&inside, mention, document, codebook) {
                let rows = self.rows_by_chain(document, mention);
                let rows = if self.is_namesake(mention, &rows, document, codebook) { Vec::new() } else { rows };
                let by_chain = !rows.is_empty();
                let text = document.text(document.span_of(&mention.tokens));
                let rows = match mention.kind {
                    MentionKind::Person if !by_chain && text.contains(' ') => variants::rows_of_variant(text, codebook),
                    MentionKind::Person if !by_chain => {
                        variants::rows_of_surname(text, document.article().published, codebook)
                    }
                    _ => rows,
                };
                self.add(mention.tokens.clone(), rows);
                let added = self.list.last_mut().expect("one was just added");
                added.mention = Some(mention.kind);
                added.by_chain = by_chain;
            }
        }
        self.index();
    }

    /// Sorts the names and finds the one over each token anew.
    fn index(&mut self) {
        self.list.sort_by_key(|name| name.tokens.start);
        self.over.fill(None);
        for (index, name) in self.list.iter().enumerate() {
            for token in name.tokens.start.0..name.tokens.end.0 {
                // A longer name that swallowed a shorter one wins.
                let slot = &mut self.over[token as usize];
                if slot.is_none_or(|other| self.list[other as usize].n_words() < name.n_words()) {
                    *slot = Some(index as u32);
                }
            }
        }
    }

    fn indices_in(&self, tokens: &Range<TokenId>) -> Vec<u32> {
        let mut found: Vec<u32> =
            (tokens.start.0..tokens.end.0).filter_map(|token| self.over[token as usize]).collect();
        found.dedup();
        found
    }

    fn is_person(&self, index: u32, codebook: &Codebook) -> bool {
        self.list[index as usize]
            .rows
            .iter()
            .any(|&row| codebook.entities.get(codebook.entities.row(row).entity).kind == Kind::Person)
    }

    /// "ARC America Corp" is not America, and the "Christian Democrats" are not the Democrats.
    fn is_other_body(&self, inside: &[u32], mention: &Mention, document: &Document, codebook: &Codebook) -> bool {
        let kind = |row: &RowId| codebook.entities.get(codebook.entities.row(*row).entity).kind;
        let all = |kinds: &[Kind]| {
            inside.iter().all(|&index| self.list[index as usize].rows.iter().all(|row| kinds.contains(&kind(row))))
        };
        let starts = |index: &u32| self.list[*index as usize].tokens.start == mention.tokens.start;
        match mention.kind {
            MentionKind::Org => {
                let has_role = document
                    .tokens(mention.tokens.clone())
                    .any(|token| codebook.roles.get(&crate::phrases::lower_lemma(token)).is_some());
                let within = !inside.iter().any(starts);
                let longer = |index: &u32| self.list[*index as usize].tokens.end < mention.tokens.end;
                // "the Miami Dolphins", but not "Kenya (KPU)"; "the High Security Council" is not the Security Council.
                let team = inside.iter().all(longer) && is_plural_name(document, mention);
                (!has_role && (all(&[Kind::Country, Kind::Place]) && within || all(&[Kind::Place]) && team))
                    || (within
                        && !inside.is_empty()
                        && all(&[Kind::Organisation, Kind::Body])
                        && !is_article(document, mention))
            }
            MentionKind::Norp => all(&[Kind::Party]) && !inside.iter().any(starts),
            _ => false,
        }
    }

    /// "Melania Trump" is not the Trump that the surname alone would name.
    fn is_part_of_person_name(
        &self,
        inside: &[u32],
        mention: &Mention,
        document: &Document,
        codebook: &Codebook,
    ) -> bool {
        mention.kind == MentionKind::Person
            && inside.iter().all(|&index| {
                let name = &self.list[index as usize];
                name.rows.iter().all(|&row| codebook.entities.row(row).form == Form::Short)
                    && name.tokens.start > mention.tokens.start
                    && document.token(mention.tokens.start).upos() == polybius_document::Upos::Propn
                    && codebook.roles.get(&document.token(mention.tokens.start).text().to_lowercase()).is_none()
            })
    }

    /// Whether a full name that a chain links to a person has a first name that this person does not.
    fn is_namesake(&self, mention: &Mention, rows: &[RowId], document: &Document, codebook: &Codebook) -> bool {
        if mention.kind == MentionKind::Org {
            return !is_named_so(mention, rows, document, codebook);
        }
        let first = document.token(mention.tokens.start);
        let full = mention.kind == MentionKind::Person && mention.tokens.end.0 - mention.tokens.start.0 > 1;
        let title = codebook.roles.get(&first.text().to_lowercase()).is_some();
        let has_first = |row: &RowId| {
            let entity = codebook.entities.get(codebook.entities.row(*row).entity);
            let mut names = entity.rows.iter().map(|&row| &codebook.entities.row(row).name);
            entity.kind != Kind::Person || names.any(|name| name.split(' ').any(|word| word == first.text()))
        };
        full && !title && !rows.iter().any(has_first)
    }

    /// The rows of a fuller name in the same chain.
    fn rows_by_chain(&self, document: &Document, mention: &Mention) -> Vec<RowId> {
        let Some(chain) = document.chain_at(document.head_of(mention)) else { return Vec::new() };
        document
            .mentions_of(chain)
            .take(MOST_MENTIONS)
            .filter_map(|other| self.over(document.head_of(other)))
            .find(|name| !name.rows.is_empty())
            .map(|name| name.rows.clone())
            .unwrap_or_default()
    }

    fn mark_demonyms(&mut self, codebook: &Codebook) {
        for name in &self.list {
            let demonym =
                !name.rows.is_empty() && name.rows.iter().all(|&row| codebook.entities.row(row).form == Form::Demonym);
            if demonym || (name.rows.is_empty() && name.mention == Some(MentionKind::Norp)) {
                for token in name.tokens.start.0..name.tokens.end.0 {
                    self.demonyms[token as usize] = true;
                }
            }
        }
    }
}

/// Whether, after an article, a name starts that reaches further than the one that starts with it.
fn starts_longer(codebook: &Codebook, words: &[&str], n_words: usize) -> bool {
    let article = words.first().is_some_and(|word| word.eq_ignore_ascii_case("the"));
    article && codebook.entities.longest_name(&words[1..]).is_some_and(|(longer, _)| longer + 1 > n_words)
}

/// Whether each capitalised word of a name of several stands in some name of one of the rows' entities, as far as it is no acronym:
/// a chain does not make "the High Security Council" the United Nations' one.
fn is_named_so(mention: &Mention, rows: &[RowId], document: &Document, codebook: &Codebook) -> bool {
    let words: Vec<String> = document
        .tokens(mention.tokens.clone())
        .map(|token| token.text())
        .filter(|word| word.starts_with(char::is_uppercase) && !word.eq_ignore_ascii_case("the"))
        .map(str::to_lowercase)
        .collect();
    let entity = |row: &RowId| codebook.entities.get(codebook.entities.row(*row).entity);
    let has = |name: &str| words.iter().all(|word| name.split([' ', '-']).any(|part| part == word));
    words.len() < 2
        || rows
            .iter()
            .any(|row| entity(row).rows.iter().any(|&row| has(&codebook.entities.row(row).name.to_lowercase())))
}

/// Whether its last word is a plural that is a name: "Dolphins".
fn is_plural_name(document: &Document, mention: &Mention) -> bool {
    let last = document.token(TokenId(mention.tokens.end.0 - 1));
    last.xpos() == "NNPS" || (last.text().starts_with(char::is_uppercase) && last.text().ends_with('s'))
}

/// Whether only an article stands before the name inside: "the Security Council".
fn is_article(document: &Document, mention: &Mention) -> bool {
    document.token(mention.tokens.start).text().eq_ignore_ascii_case("the")
        && mention.tokens.start.0 + 1 < document.n_tokens() as u32
        && !document.token(TokenId(mention.tokens.start.0 + 1)).text().starts_with(char::is_uppercase)
}

fn covers(outer: &Range<TokenId>, inner: &Range<TokenId>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}
