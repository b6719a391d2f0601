//! What the lexicon of the reader of acts knows a word by, and a word beside another, in their tree: features by the CRC-32 of their
//! name.
//!
//! `training/features.py` reckons the same ones; change both, and train anew.

use std::fmt::{Arguments, Write};
use std::ops::Range;

use polybius_document::{Mention, MentionKind, Relation, TokenData, Upos};

/// Relations below which the words that stand there are looked at too.
const OPEN: [&str; 11] = ["obl", "nmod", "obj", "xcomp", "ccomp", "advcl", "nsubj", "iobj", "acl", "compound", "conj"];
const INNER: [&str; 9] = ["nmod", "amod", "compound", "obj", "obl", "xcomp", "ccomp", "acl", "conj"];
/// How far words are taken for the subject matter of the sentence.
const NEAR: usize = 8;
/// How many steps a path may have, and how far up and down it is looked for.
const FAR: usize = 6;
const DEEP: usize = 12;
/// The relations whose presence below an act is told, with a letter each.
const SIDES: [(char, Relation); 7] = [
    ('s', Relation::Nsubj),
    ('o', Relation::Obj),
    ('p', Relation::NsubjPass),
    ('i', Relation::Iobj),
    ('m', Relation::Nmod),
    ('g', Relation::NmodPoss),
    ('b', Relation::Obl),
];

/// Whether a word of this kind may tell an act.
pub(crate) fn may_tell(upos: Upos) -> bool {
    use Upos::{Adj, Adp, Adv, Aux, Noun, Propn, Verb};
    matches!(upos, Verb | Noun | Adj | Propn | Adv | Adp | Aux)
}

/// Whether a word of this kind may head a clause.
pub(crate) fn may_head(upos: Upos) -> bool {
    use Upos::{Adj, Noun, Propn, Verb};
    matches!(upos, Verb | Noun | Adj | Propn)
}

/// Whether a word of this kind may head a participant.
pub(crate) fn may_name(upos: Upos) -> bool {
    use Upos::{Adj, Det, Noun, Num, Pron, Propn};
    matches!(upos, Noun | Propn | Pron | Adj | Num | Det)
}

/// One sentence, its words in small letters.
pub(crate) struct Tree<'a> {
    forms: Vec<String>,
    lemmas: Vec<String>,
    tokens: &'a [TokenData],
    heads: Vec<Option<usize>>,
    children: Vec<Vec<usize>>,
    kinds: Vec<&'static str>,
}

/// Features as they are found.
#[derive(Default)]
pub(crate) struct Features {
    keys: Vec<u32>,
    name: String,
}

impl Features {
    fn add(&mut self, name: Arguments<'_>) {
        self.name.clear();
        self.name.write_fmt(name).expect("a string takes everything");
        self.keys.push(crc32fast::hash(self.name.as_bytes()));
    }

    /// Each feature once.
    fn once(&mut self) -> &[u32] {
        self.keys.sort_unstable();
        self.keys.dedup();
        &self.keys
    }
}

macro_rules! add {
    ($features:expr; $($name:literal),+ $(,)?) => { $($features.add(format_args!($name));)+ };
}

impl<'a> Tree<'a> {
    /// The tree of the sentence that `tokens` are, `first` being the index of the first in the document; `names` are those within it.
    pub(crate) fn new(text: &str, tokens: &'a [TokenData], first: usize, names: &[Mention]) -> Tree<'a> {
        let heads: Vec<Option<usize>> = tokens
            .iter()
            .map(|token| {
                token.head.and_then(|head| head.index().checked_sub(first)).filter(|head| *head < tokens.len())
            })
            .collect();
        let mut children = vec![Vec::new(); tokens.len()];
        for (index, head) in heads.iter().enumerate() {
            head.iter().for_each(|head| children[*head].push(index));
        }
        let mut kinds = vec![""; tokens.len()];
        for name in names {
            use MentionKind::{Fac, Gpe, Loc, Norp, Org, Person};
            if matches!(name.kind, Person | Org | Gpe | Norp | Loc | Fac) {
                let within: Range<usize> = name.tokens.start.index() - first..name.tokens.end.index() - first;
                kinds[within].fill(name.kind.as_str());
            }
        }
        Tree {
            forms: tokens.iter().map(|token| text[token.span.range()].to_lowercase()).collect(),
            lemmas: tokens.iter().map(|token| token.lemma.to_lowercase()).collect(),
            tokens,
            heads,
            children,
            kinds,
        }
    }

    pub(crate) fn n_words(&self) -> usize {
        self.tokens.len()
    }

    pub(crate) fn upos(&self, word: usize) -> Upos {
        self.tokens[word].upos
    }

    pub(crate) fn head(&self, word: usize) -> Option<usize> {
        self.heads[word]
    }

    fn part(&self, word: usize) -> &'static str {
        self.tokens[word].upos.as_str()
    }

    fn relation(&self, word: usize) -> &'static str {
        self.tokens[word].relation.as_str()
    }

    /// A name stands for all names of its kind, a pronoun for all pronouns.
    fn word(&self, word: usize) -> String {
        match (self.kinds[word], self.upos(word)) {
            ("", Upos::Pron) => "#X".to_owned(),
            ("", _) | (_, Upos::Noun) => self.lemmas[word].clone(),
            (kind, _) => format!("#{kind}"),
        }
    }

    fn kind(&self, word: usize) -> &'static str {
        match self.kinds[word] {
            "" if self.upos(word) == Upos::Pron => "X",
            kind => kind,
        }
    }

    /// The words below `word` that stand to it in one of these relations.
    fn markers<'t>(&'t self, word: usize, relations: &'t [Relation]) -> impl Iterator<Item = &'t str> {
        let children = self.children[word].iter();
        children.filter(|child| relations.contains(&self.tokens[**child].relation)).map(|child| &*self.lemmas[*child])
    }

    /// The features of a word that may tell an act.
    pub(crate) fn of_word<'f>(&self, word: usize, features: &'f mut Features) -> &'f [u32] {
        features.keys.clear();
        let (l, u, rel, form) = (&*self.lemmas[word], self.part(word), self.relation(word), &*self.forms[word]);
        let xpos = &*self.tokens[word].xpos;
        let (s3, s4, p4, p5) = (tail(l, 3), tail(l, 4), start(l, 4), start(l, 5));
        add!(features; "u {u}", "x {xpos}", "l {l}", "lu {l} {u}", "f {form}", "r {rel}", "lr {l} {rel}");
        add!(features; "s3 {s3} {u}", "s4 {s4} {u}", "p4 {p4}", "p5 {p5} {u}");
        if let Some(head) = self.heads[word] {
            let (h, hu) = (&*self.lemmas[head], self.part(head));
            add!(features; "h {h}", "hr {h} {rel}", "lh {l} {h}", "hu {hu} {rel}");
            if let Some(above) = self.heads[head] {
                let (above, base, head) = (&*self.lemmas[above], base(rel), self.relation(head));
                add!(features; "hh {above}", "hhr {base} {head}");
            }
        } else {
            add!(features; "h");
        }
        for case in self.markers(word, &[Relation::Case]) {
            add!(features; "m {case}", "lm {l} {case}");
        }
        self.children[word].iter().for_each(|child| self.below(word, *child, features));
        let at = |offset: isize| {
            word.checked_add_signed(offset).and_then(|other| self.lemmas.get(other)).map_or("<>", |lemma| lemma)
        };
        for offset in [-2, -1, 1, 2] {
            let other = at(offset);
            add!(features; "n {offset} {other}");
        }
        let (before, after) = (at(-1), at(1));
        add!(features; "ln -1 {l} {before}", "ln 1 {l} {after}");
        if word > 0 && word + 1 < self.lemmas.len() {
            add!(features; "n3 {before} {l} {after}");
        }
        for other in word.saturating_sub(NEAR)..self.lemmas.len().min(word + NEAR + 1) {
            if other != word && matches!(self.upos(other), Upos::Noun | Upos::Verb | Upos::Adj) {
                let other = &*self.lemmas[other];
                add!(features; "b {other} {u}");
            }
        }
        features.once()
    }

    /// What stands below a word that may tell an act.
    fn below(&self, word: usize, child: usize, features: &mut Features) {
        let (l, rel) = (&*self.lemmas[word], self.relation(child));
        let (cb, cw, kind) = (base(rel), &*self.word(child), self.kind(child));
        add!(features; "c {rel}", "lc {l} {rel}");
        if cb == "punct" {
            return;
        }
        add!(features; "cw {cb} {cw}", "lcw {l} {cb} {cw}", "w {cw}");
        if !OPEN.contains(&cb) {
            return;
        }
        add!(features; "ck {cb} {kind}", "lck {l} {cb} {kind}");
        for m in self.markers(child, &[Relation::Case, Relation::Mark]) {
            add!(features; "cm {cb} {m}", "lcm {l} {m}", "lcmw {l} {m} {cw}", "cmw {m} {cw}");
        }
        for inner in &self.children[child] {
            let gb = base(self.relation(*inner));
            if INNER.contains(&gb) {
                let g = &*self.word(*inner);
                add!(features; "g {cb} {gb} {g}", "lg {l} {g}");
            }
        }
    }

    /// The words up from `from` and those down to `to`, and where they meet; `None` where they do not within reach.
    fn path(&self, from: usize, to: usize) -> Option<(Vec<usize>, usize, Vec<usize>)> {
        let mut above = vec![from];
        while let Some(head) = self.heads[above[above.len() - 1]].filter(|_| above.len() < DEEP) {
            above.push(head);
        }
        let (mut down, mut at) = (Vec::new(), to);
        while let Some(head) = self.heads[at].filter(|_| !above.contains(&at) && down.len() < DEEP) {
            down.push(at);
            at = head;
        }
        let meeting = above.iter().position(|word| *word == at)?;
        above.truncate(meeting);
        down.reverse();
        Some((above, at, down))
    }

    /// The features of the word `side` as a side of the act of that type that `word` tells.
    pub(crate) fn of_pair<'f>(&self, word: usize, side: usize, name: &str, features: &'f mut Features) -> &'f [u32] {
        features.keys.clear();
        let (l, u, j) = (&*self.lemmas[word], self.part(word), &*self.lemmas[side]);
        let k = if self.kinds[side].is_empty() { self.part(side) } else { self.kinds[side] };
        let (sign, away) = (if side > word { '+' } else { '-' }, (side.abs_diff(word) / 3).min(6));
        let rel = self.relation(side);
        add!(features; "tk {name} {k}", "k {k}", "j {j}", "d {sign}{away}", "jr {rel}");
        let Some((up, top, down)) = self.path(word, side) else { return features.once() };
        let (mut plain, mut marked) = ("far".to_owned(), "far".to_owned());
        if up.len() + down.len() <= FAR {
            let joined = |words: &[usize], by: &str, label: &dyn Fn(usize) -> String| {
                words.iter().map(|word| label(*word)).collect::<Vec<_>>().join(by)
            };
            let relation = |word: usize| self.relation(word).to_owned();
            let with_case = |word: usize| {
                let cases = self.markers(word, &[Relation::Case]);
                cases.fold(relation(word), |label, case| label + "/" + case)
            };
            let ups = joined(&up, "^", &relation);
            plain = format!("{ups}|{}", joined(&down, ".", &relation));
            marked = format!("{ups}|{}", joined(&down, ".", &with_case));
        }
        let has = |relation: Relation| self.children[word].iter().any(|child| self.tokens[*child].relation == relation);
        let voice = if has(Relation::NsubjPass) || has(Relation::AuxPass) { "pass" } else { "act" };
        add!(features; "p {plain}", "q {marked}", "pu {plain} {u} {voice}", "qu {marked} {u} {voice}");
        add!(features; "lp {l} {plain}", "lq {l} {marked} {voice}", "tp {name} {plain} {voice}");
        add!(features; "tq {name} {marked} {voice}", "tqu {name} {marked} {u} {voice}", "pk {plain} {k}");
        add!(features; "qku {marked} {k} {u}", "tqk {name} {marked} {k}");
        let meeting = if top == word { "=" } else { &*self.lemmas[top] };
        add!(features; "top {meeting} {marked}");
        if let Some(first) = down.first() {
            let (first, n) = (self.relation(*first), down.len());
            add!(features; "e {first} {u} {voice}", "le {l} {first}", "en {first} {n} {k}");
        }
        let sides: String = SIDES.iter().filter(|(_, relation)| has(*relation)).map(|(letter, _)| *letter).collect();
        add!(features; "o {sides} {plain}", "ot {sides} {name} {marked}");
        features.once()
    }
}

fn base(relation: &str) -> &str {
    relation.split(':').next().unwrap_or(relation)
}

fn start(word: &str, n: usize) -> &str {
    word.char_indices().nth(n).map_or(word, |(at, _)| &word[..at])
}

fn tail(word: &str, n: usize) -> &str {
    word.char_indices().rev().nth(n - 1).map_or(word, |(at, _)| &word[at..])
}

#[cfg(test)]
mod tests {
    use polybius_document::{Span, TokenId};

    use super::*;

    fn token(span: Range<u32>, lemma: &str, upos: Upos, head: Option<u32>, relation: Relation) -> TokenData {
        TokenData {
            span: Span::new(span.start, span.end),
            upos,
            xpos: "NN".into(),
            features: "_".into(),
            lemma: lemma.into(),
            head: head.map(TokenId),
            relation,
            score: 1.0,
        }
    }

    /// The names are those that `training/features.py` gives to the same tree.
    #[test]
    fn a_feature_is_known_by_its_name() {
        let text = "Iran attacked near Basra";
        let tokens = [
            token(0..4, "Iran", Upos::Propn, Some(8), Relation::Nsubj),
            token(5..13, "attack", Upos::Verb, None, Relation::Root),
            token(14..18, "near", Upos::Adp, Some(10), Relation::Case),
            token(19..24, "Basra", Upos::Propn, Some(8), Relation::Obl),
        ];
        let name = Mention { tokens: TokenId(10)..TokenId(11), kind: MentionKind::Gpe, score: 1.0 };
        let tree = Tree::new(text, &tokens, 7, &[name]);
        let mut features = Features::default();
        let known = |keys: &[u32], name: &str| keys.contains(&crc32fast::hash(name.as_bytes()));
        let of_word = tree.of_word(1, &mut features).to_vec();
        for name in [
            "l attack",
            "h",
            "s4 tack VERB",
            "c nsubj",
            "lcw attack nsubj iran",
            "lcmw attack near #GPE",
            "n3 iran attack near",
        ] {
            assert!(known(&of_word, name), "{name}");
        }
        assert!(!known(&of_word, "lcmw attack near basra"));
        let of_pair = tree.of_pair(1, 3, "ASSAULT", &mut features).to_vec();
        for name in [
            "tk ASSAULT GPE",
            "d +0",
            "q |obl/near",
            "lq attack |obl/near act",
            "ot sb ASSAULT |obl/near",
            "top = |obl/near",
        ] {
            assert!(known(&of_pair, name), "{name}");
        }
        assert!(of_pair.is_sorted() && of_pair.windows(2).all(|two| two[0] != two[1]));
        assert_eq!((tail("be", 3), start("attack", 4)), ("be", "atta"));
    }
}
