//! The document: an article with every linguistic layer, complete and immutable.

use std::ops::Range;
use std::sync::Arc;

use crate::checks::{Defect, check};
use crate::{Article, ChainId, Guess, GuessFlags, MentionId, Relation, SentenceId, Span, TokenId, Upos};

/// An article and what the language engine found in it.
#[derive(Debug, Clone)]
pub struct Document {
    article: Article,
    layers: Layers,
    /// The dependents of each token, in text order: `children[starts[i]..starts[i + 1]]`.
    children: Vec<TokenId>,
    starts: Vec<u32>,
    /// The chain of each token that heads a mention.
    chain_at: Vec<Option<ChainId>>,
}

/// The layers of a document before they are checked.
#[derive(Debug, Clone, Default)]
pub struct Layers {
    /// Words and marks in text order.
    pub tokens: Vec<TokenData>,
    /// Sentences in text order; together they hold every token once.
    pub sentences: Vec<Sentence>,
    /// Names, and the pronouns and phrases of chains, in text order. Names never overlap each other; phrases may hold names and phrases.
    pub mentions: Vec<Mention>,
    /// Coreference chains: mentions of one thing, in text order, at least two each.
    pub chains: Vec<Chain>,
    /// Words that a trained reader takes for acts, in text order, at most one a token.
    pub guesses: Vec<Guess>,
    /// What a trained reader says of how surely it happened what each token tells: below 0 not, above 0 so. One for each token, or none at all.
    pub happened: Vec<f32>,
    /// How likely a trained reader takes what a token tells to be negated, to come, only possible, or long past, in text order: of those that
    /// may tell an act.
    pub modes: Vec<(TokenId, GuessFlags)>,
}

/// What is known of one token.
#[derive(Debug, Clone)]
pub struct TokenData {
    /// Where it stands.
    pub span: Span,
    /// Its universal part of speech.
    pub upos: Upos,
    /// Its Penn Treebank tag, such as `VBD`.
    pub xpos: Arc<str>,
    /// Its features as treebanks write them, such as `Mood=Ind|Tense=Past`; empty if it has none.
    pub features: Arc<str>,
    /// Its dictionary form.
    pub lemma: Arc<str>,
    /// The token it depends on, in the same sentence; `None` for the sentence's one root.
    pub head: Option<TokenId>,
    /// How it depends on it.
    pub relation: Relation,
    /// The parser's probability for this head, 0 to 1.
    pub score: f32,
}

/// A run of tokens that is one sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Its tokens; never empty.
    pub tokens: Range<TokenId>,
}

/// A name, or a pronoun or noun phrase that stands for one.
#[derive(Debug, Clone)]
pub struct Mention {
    /// The words; never empty, within one sentence.
    pub tokens: Range<TokenId>,
    /// What kind of thing is named.
    pub kind: MentionKind,
    /// The model's probability, 0 to 1; 1 for mentions made by rule.
    pub score: f32,
}

/// What kind of thing a mention names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MentionKind {
    /// A person.
    Person,
    /// A nationality, religious or political group: "Iranian", "Shia", "Republicans".
    Norp,
    /// An organisation.
    Org,
    /// A country, region or city.
    Gpe,
    /// A sea, mountain, river or other place that governs nothing.
    Loc,
    /// A building, airport, road or base.
    Fac,
    /// A named event: a war, summit, election.
    Event,
    /// A date or period.
    Date,
    /// Another name: a product, a law, a work.
    Other,
    /// A pronoun of a chain.
    Pronoun,
    /// A noun phrase of a chain: a description, or a name with what belongs to it.
    Phrase,
    /// Phrases joined by "and" that a chain takes up together.
    Group,
}

impl MentionKind {
    /// Whether it is a name, and no pronoun or phrase of a chain.
    pub fn is_name(self) -> bool {
        !matches!(self, MentionKind::Pronoun | MentionKind::Phrase | MentionKind::Group)
    }

    /// The label in output files.
    pub fn as_str(self) -> &'static str {
        match self {
            MentionKind::Person => "PERSON",
            MentionKind::Norp => "NORP",
            MentionKind::Org => "ORG",
            MentionKind::Gpe => "GPE",
            MentionKind::Loc => "LOC",
            MentionKind::Fac => "FAC",
            MentionKind::Event => "EVENT",
            MentionKind::Date => "DATE",
            MentionKind::Other => "OTHER",
            MentionKind::Pronoun => "PRONOUN",
            MentionKind::Phrase => "PHRASE",
            MentionKind::Group => "GROUP",
        }
    }
}

/// Mentions of one and the same thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    /// The mentions, in text order.
    pub mentions: Vec<MentionId>,
}

impl Document {
    /// The document of `article` with `layers`, which are checked for every promise made above.
    pub fn new(article: Article, layers: Layers) -> Result<Document, Defect> {
        check(&article.text, &layers)?;
        let (children, starts) = children(&layers.tokens);
        let chain_at = chain_at(&layers);
        Ok(Document { article, layers, children, starts, chain_at })
    }

    /// The article.
    pub fn article(&self) -> &Article {
        &self.article
    }

    /// The verbatim text of `span`.
    pub fn text(&self, span: Span) -> &str {
        &self.article.text[span.range()]
    }

    /// How many tokens there are.
    pub fn n_tokens(&self) -> usize {
        self.layers.tokens.len()
    }

    /// The token `id`.
    pub fn token(&self, id: TokenId) -> Token<'_> {
        Token { document: self, id }
    }

    /// The tokens of `range`.
    pub fn tokens(&self, range: Range<TokenId>) -> impl DoubleEndedIterator<Item = Token<'_>> + Clone {
        (range.start.0..range.end.0).map(|index| self.token(TokenId(index)))
    }

    /// The tokens that share a byte with `span`.
    pub fn tokens_over(&self, span: Span) -> impl DoubleEndedIterator<Item = Token<'_>> + Clone {
        let start = self.layers.tokens.partition_point(|token| token.span.end <= span.start);
        let end = self.layers.tokens.partition_point(|token| token.span.start < span.end);
        self.tokens(TokenId::from(start)..TokenId::from(end))
    }

    /// Every sentence.
    pub fn sentences(&self) -> &[Sentence] {
        &self.layers.sentences
    }

    /// The sentence `id`.
    pub fn sentence(&self, id: SentenceId) -> &Sentence {
        &self.layers.sentences[id.index()]
    }

    /// Which sentence holds `token`.
    pub fn sentence_of(&self, token: TokenId) -> SentenceId {
        let index = self.layers.sentences.partition_point(|sentence| sentence.tokens.end <= token);
        SentenceId::from(index)
    }

    /// Where a run of tokens stands.
    pub fn span_of(&self, tokens: &Range<TokenId>) -> Span {
        let first = &self.layers.tokens[tokens.start.index()];
        let last = &self.layers.tokens[tokens.end.index() - 1];
        first.span.join(last.span)
    }

    /// Every mention.
    pub fn mentions(&self) -> &[Mention] {
        &self.layers.mentions
    }

    /// The mention `id`.
    pub fn mention(&self, id: MentionId) -> &Mention {
        &self.layers.mentions[id.index()]
    }

    /// Every coreference chain.
    pub fn chains(&self) -> &[Chain] {
        &self.layers.chains
    }

    /// The token of `mention` on which the others hang.
    pub fn head_of(&self, mention: &Mention) -> TokenId {
        head_of(&self.layers.tokens, mention)
    }

    /// The chain of the mention that `token` heads, if there is one. Groups are left out: "Iran and Russia" is not Iran.
    pub fn chain_at(&self, token: TokenId) -> Option<&Chain> {
        self.chain_at[token.index()].map(|chain| &self.layers.chains[chain.index()])
    }

    /// What a trained reader takes for acts, in text order.
    pub fn guesses(&self) -> &[Guess] {
        &self.layers.guesses
    }

    /// What act a trained reader takes `token` for, if it may be one.
    pub fn guess_at(&self, token: TokenId) -> Option<&Guess> {
        let guesses = &self.layers.guesses;
        guesses.binary_search_by_key(&token, |guess| guess.token).ok().map(|index| &guesses[index])
    }

    /// The mentions of `chain`.
    pub fn mentions_of<'d>(&'d self, chain: &'d Chain) -> impl DoubleEndedIterator<Item = &'d Mention> {
        chain.mentions.iter().map(|&mention| self.mention(mention))
    }
}

/// A view of one token: the document and an index.
#[derive(Clone, Copy)]
pub struct Token<'d> {
    document: &'d Document,
    /// Its index.
    pub id: TokenId,
}

impl<'d> Token<'d> {
    /// What is stored of it.
    pub fn data(self) -> &'d TokenData {
        &self.document.layers.tokens[self.id.index()]
    }

    /// Its verbatim text.
    pub fn text(self) -> &'d str {
        self.document.text(self.data().span)
    }

    /// Where it stands.
    pub fn span(self) -> Span {
        self.data().span
    }

    /// How likely a trained reader takes what the word tells to be negated, to come, only possible, or long past; `None` without a reader, and
    /// of words that tell no act.
    pub fn modes(self) -> Option<GuessFlags> {
        let modes = &self.document.layers.modes;
        let at = modes.binary_search_by_key(&self.id, |(token, _)| *token).ok()?;
        Some(modes[at].1)
    }

    /// What a trained reader says of how surely it happened what the word tells: below 0 not, above 0 so; 0 without a reader.
    pub fn happened(self) -> f32 {
        self.document.layers.happened.get(self.id.index()).copied().unwrap_or(0.0)
    }

    /// Its dictionary form.
    pub fn lemma(self) -> &'d str {
        &self.data().lemma
    }

    /// Its part of speech.
    pub fn upos(self) -> Upos {
        self.data().upos
    }

    /// Its Penn Treebank tag.
    pub fn xpos(self) -> &'d str {
        &self.data().xpos
    }

    /// How it depends on its head.
    pub fn relation(self) -> Relation {
        self.data().relation
    }

    /// The token it depends on.
    pub fn head(self) -> Option<Token<'d>> {
        self.data().head.map(|head| self.document.token(head))
    }

    /// The value of the feature `name`, such as `Past` for `Tense`.
    pub fn feature(self, name: &str) -> Option<&'d str> {
        self.data().features.split('|').find_map(|pair| {
            let (key, value) = pair.split_once('=')?;
            (key == name).then_some(value)
        })
    }

    /// Its dependents, in text order.
    pub fn children(self) -> impl DoubleEndedIterator<Item = Token<'d>> + Clone {
        let document = self.document;
        let range = document.starts[self.id.index()] as usize..document.starts[self.id.index() + 1] as usize;
        document.children[range].iter().map(move |&id| document.token(id))
    }

    /// Its dependents by `relation`.
    pub fn children_by(self, relation: Relation) -> impl DoubleEndedIterator<Item = Token<'d>> + Clone {
        self.children().filter(move |child| child.relation() == relation)
    }

    /// The token before it.
    pub fn before(self) -> Option<Token<'d>> {
        self.id.0.checked_sub(1).map(|before| self.document.token(TokenId(before)))
    }

    /// Whether `other` is this token or hangs below it.
    pub fn governs(self, other: TokenId) -> bool {
        let mut at = Some(self.document.token(other));
        while let Some(token) = at {
            if token.id == self.id {
                return true;
            }
            at = token.head();
        }
        false
    }
}

/// The chain of each token that heads a mention; the first, should there be several.
fn chain_at(layers: &Layers) -> Vec<Option<ChainId>> {
    let mut chain_at = vec![None; layers.tokens.len()];
    for (index, chain) in layers.chains.iter().enumerate() {
        let mentions = chain.mentions.iter().map(|mention| &layers.mentions[mention.index()]);
        for mention in mentions.filter(|mention| mention.kind != MentionKind::Group) {
            chain_at[head_of(&layers.tokens, mention).index()].get_or_insert(ChainId::from(index));
        }
    }
    chain_at
}

fn head_of(tokens: &[TokenData], mention: &Mention) -> TokenId {
    let range = &mention.tokens;
    let outside = |token: &TokenId| tokens[token.index()].head.is_none_or(|head| !range.contains(&head));
    (range.start.0..range.end.0).map(TokenId).find(outside).unwrap_or(range.start)
}

fn children(tokens: &[TokenData]) -> (Vec<TokenId>, Vec<u32>) {
    let mut starts = vec![0u32; tokens.len() + 1];
    for token in tokens {
        if let Some(head) = token.head {
            starts[head.index() + 1] += 1;
        }
    }
    for index in 0..tokens.len() {
        starts[index + 1] += starts[index];
    }
    let mut next = starts.clone();
    let mut children = vec![TokenId(0); starts[tokens.len()] as usize];
    for (index, token) in tokens.iter().enumerate() {
        if let Some(head) = token.head {
            children[next[head.index()] as usize] = TokenId::from(index);
            next[head.index()] += 1;
        }
    }
    (children, starts)
}
