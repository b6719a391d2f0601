//! The article: a text with where and when it was published.

use jiff::civil::Date;

/// A news text as it came in, stored verbatim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// The reader's own id for the article.
    pub id: String,
    /// The body, never edited. All spans point into it.
    pub text: String,
    /// The publication date, against which relative dates ("on Friday") are read.
    pub published: Option<Date>,
    /// The headline, if it came apart from the text.
    pub title: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
}

impl Article {
    /// An article of which only the text is known.
    pub fn from_text(id: impl Into<String>, text: impl Into<String>) -> Article {
        Article {
            id: id.into(),
            text: text.into(),
            published: None,
            title: None,
            author: None,
            outlet: None,
            url: None,
        }
    }
}
