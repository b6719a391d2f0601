//! The document as other programs get it: every linguistic layer in one serialisable row.

use polybius_document::{Document, Span, TokenId};
use serde::Serialize;
use serde_json::Value;

use super::CodePoints;
use super::from_event::rounded;
use super::schema::{count, day, headed, list, number, object, offset, or_null, text};

/// An article with its layers. All offsets are in Unicode code points of `text`, counted from 0, the end exclusive; tokens and
/// mentions are numbered from 0 through the document.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DocumentRow {
    /// The article's id.
    pub document_id: String,
    /// Where the article was published.
    pub url: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// When it was published, `YYYY-MM-DD`.
    pub published: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// The text, verbatim.
    pub text: String,
    /// The sentences in text order.
    pub sentences: Vec<SentenceRow>,
    /// Words and marks in text order.
    pub tokens: Vec<TokenRow>,
    /// Names, and the pronouns and phrases of chains, in text order.
    pub mentions: Vec<MentionRow>,
    /// Mentions of one thing, as their numbers.
    pub chains: Vec<Vec<usize>>,
}

/// One sentence.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SentenceRow {
    /// Where it starts.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// Its first token.
    pub first_token: usize,
    /// One past its last token.
    pub end_token: usize,
}

/// One word or mark.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TokenRow {
    /// Where it starts.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// The word, verbatim.
    pub form: String,
    /// Its dictionary form.
    pub lemma: String,
    /// Its universal part of speech.
    pub upos: &'static str,
    /// Its Penn Treebank tag.
    pub xpos: String,
    /// Its features as treebanks write them; empty if it has none.
    pub features: String,
    /// The token it depends on; null for the root of its sentence.
    pub head: Option<usize>,
    /// How it depends on it.
    pub relation: &'static str,
    /// The probability of the head.
    pub score: f64,
}

/// One mention.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MentionRow {
    /// The words, verbatim.
    pub text: String,
    /// Where it starts.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// Its first token.
    pub first_token: usize,
    /// One past its last token.
    pub end_token: usize,
    /// What kind of thing is named.
    pub kind: &'static str,
    /// The probability of words and kind; 1 for mentions made by rule.
    pub score: f64,
}

/// The row of a document.
pub fn document_row(document: &Document) -> DocumentRow {
    let article = document.article();
    let points = CodePoints::new(&article.text);
    let at = |span: Span| points.of(span);
    let sentence = |tokens: &std::ops::Range<TokenId>| {
        let (start, end) = at(document.span_of(tokens));
        SentenceRow { start, end, first_token: tokens.start.index(), end_token: tokens.end.index() }
    };
    let tokens = document.tokens(TokenId(0)..TokenId::from(document.n_tokens())).map(|token| {
        let (start, end) = at(token.span());
        let data = token.data();
        TokenRow {
            start,
            end,
            form: token.text().to_owned(),
            lemma: data.lemma.to_string(),
            upos: data.upos.as_str(),
            xpos: data.xpos.to_string(),
            features: data.features.to_string(),
            head: data.head.map(TokenId::index),
            relation: data.relation.as_str(),
            score: rounded(data.score),
        }
    });
    let mentions = document.mentions().iter().map(|mention| {
        let span = document.span_of(&mention.tokens);
        let (start, end) = at(span);
        MentionRow {
            text: document.text(span).to_owned(),
            start,
            end,
            first_token: mention.tokens.start.index(),
            end_token: mention.tokens.end.index(),
            kind: mention.kind.as_str(),
            score: rounded(mention.score),
        }
    });
    let chains = document.chains().iter();
    DocumentRow {
        document_id: article.id.clone(),
        url: article.url.clone(),
        outlet: article.outlet.clone(),
        published: article.published.map(|day| day.to_string()),
        title: article.title.clone(),
        sentences: document.sentences().iter().map(|it| sentence(&it.tokens)).collect(),
        tokens: tokens.collect(),
        mentions: mentions.collect(),
        chains: chains.map(|chain| chain.mentions.iter().map(|mention| mention.index()).collect()).collect(),
        text: article.text.clone(),
    }
}

/// The JSON Schema (draft 2020-12) that every [`DocumentRow`] keeps.
pub fn document_schema() -> Value {
    let first = "The number of its first token, counted from 0 through the document.";
    let tokens = || [("first_token", count(first)), ("end_token", count("One past the number of its last token."))];
    let span = || [("start", offset("Where it starts.")), ("end", offset("Where it ends."))];
    let sentence = object("A sentence.", span().into_iter().chain(tokens()).collect());
    let token_fields = [
        ("form", text("The word, verbatim.")),
        ("lemma", text("Its dictionary form.")),
        ("upos", text("Its universal part of speech.")),
        ("xpos", text("Its Penn Treebank tag.")),
        (
            "features",
            text("Its features as treebanks write them, such as `Mood=Ind|Tense=Past`; empty if it has none."),
        ),
        ("head", or_null(count("The number of the token it depends on; null for the root of its sentence."))),
        ("relation", text("How it depends on it: a relation of Universal Dependencies.")),
        ("score", number("The probability of the head.", 0.0, 1.0)),
    ];
    let mention_fields = [
        (
            "kind",
            text(
                "A name: PERSON, NORP, ORG, GPE, LOC, FAC, EVENT, DATE, OTHER. In a chain also PRONOUN, PHRASE (a noun phrase), GROUP (phrases joined by `and`).",
            ),
        ),
        ("score", number("The probability of words and kind; 1 for mentions made by rule.", 0.0, 1.0)),
    ];
    let words = [("text", text("The words, verbatim."))].into_iter();
    let mention = words.chain(span()).chain(tokens()).chain(mention_fields).collect();
    let chain = list("The numbers of mentions of one thing, counted from 0 through the document.", count("A mention."));
    let schema = object(
        "An article with its linguistic layers.",
        vec![
            ("document_id", text("The article's id.")),
            ("url", or_null(text("Where the article was published."))),
            ("outlet", or_null(text("Who published the article."))),
            ("published", or_null(day("When the article was published."))),
            ("title", or_null(text("The article's headline."))),
            ("text", text("The text, verbatim.")),
            ("sentences", list("The sentences in text order; together they hold every token once.", sentence)),
            (
                "tokens",
                list(
                    "Words and marks in text order.",
                    object("A token.", span().into_iter().chain(token_fields).collect()),
                ),
            ),
            (
                "mentions",
                list(
                    "Names, and the pronouns and phrases of chains, in text order. Names never overlap each other.",
                    object("A mention.", mention),
                ),
            ),
            ("chains", list("Coreference: each chain has two mentions or more.", chain)),
        ],
    );
    headed("Polybius document", schema)
}

#[cfg(test)]
mod tests {
    use polybius_document::from_conllu;

    use super::*;

    /// “Iran” hit Iraq, where the marks are longer than a byte.
    const HIT: &str = "1\t“\t“\tPUNCT\t``\t_\t2\tpunct\t_\tSpaceAfter=No\n\
                       2\tIran\tIran\tPROPN\tNNP\tNumber=Sing\t4\tnsubj\t_\tSpaceAfter=No|Name=B-GPE\n\
                       3\t”\t”\tPUNCT\t''\t_\t2\tpunct\t_\t_\n\
                       4\thit\thit\tVERB\tVBD\t_\t0\troot\t_\t_\n\
                       5\tIraq\tIraq\tPROPN\tNNP\tNumber=Sing\t4\tobj\t_\tName=B-GPE\n";

    #[test]
    fn offsets_are_code_points() {
        let document = from_conllu("a", HIT).expect("the text is well formed");
        let row = document_row(&document);
        let spans: Vec<(usize, usize)> = row.tokens.iter().map(|token| (token.start, token.end)).collect();
        assert_eq!(spans, [(0, 1), (1, 5), (5, 6), (7, 10), (11, 15)]);
        assert_eq!(row.sentences, [SentenceRow { start: 0, end: 15, first_token: 0, end_token: 5 }]);
        assert_eq!(
            (row.mentions[1].text.as_str(), row.mentions[1].start, row.mentions[1].first_token),
            ("Iraq", 11, 4)
        );
        assert_eq!((row.tokens[0].head, row.tokens[3].head), (Some(1), None));
    }

    #[test]
    fn keeps_its_schema_field_by_field() {
        let document = from_conllu("a", HIT).expect("the text is well formed");
        let row = serde_json::to_value(document_row(&document)).expect("a row is JSON");
        let schema = document_schema();
        let validator = jsonschema::validator_for(&schema).expect("the schema is a schema");
        let errors: Vec<String> = validator.iter_errors(&row).map(|error| error.to_string()).collect();
        assert_eq!(errors, Vec::<String>::new());
        let fields = |value: &Value| value.as_object().expect("an object").keys().cloned().collect::<Vec<_>>();
        assert_eq!(fields(&row), fields(&schema["properties"]));
        for layer in ["sentences", "tokens", "mentions"] {
            assert_eq!(fields(&row[layer][0]), fields(&schema["properties"][layer]["items"]["properties"]), "{layer}");
        }
    }
}
