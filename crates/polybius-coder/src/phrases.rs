//! Noun phrases: the words that name a thing, its coordinated parts, and the nouns that only count or group.

use polybius_codebook::Codebook;
use polybius_document::{Document, Relation, Span, Token, TokenId, Upos};

/// The words of the phrase up to its head: modifiers that stand directly before it, then the head, as lemmas in lower case.
pub(crate) fn lemmas_to_head(token: Token<'_>) -> Vec<String> {
    // "foreign policy chief": modifiers have modifiers of their own.
    let modifiers = core_left(token).flat_map(|word| core_left(word).chain([word]));
    modifiers.map(lower_lemma).chain([lower_lemma(token)]).collect()
}

/// The modifiers before the head that belong to its name: compounds, adjectives, titles.
pub(crate) fn core_left(token: Token<'_>) -> impl Iterator<Item = Token<'_>> {
    token.children().filter(move |child| {
        child.id < token.id
            && matches!(
                child.relation(),
                Relation::Compound | Relation::Amod | Relation::NmodDesc | Relation::Flat | Relation::Nummod
            )
    })
}

/// The words with what hyphens join to the first of them: "rebel-held towns", not "held towns".
pub(crate) fn unbroken(document: &Document, words: Span) -> Span {
    let before = |start: u32| {
        let mut touching = document.tokens_over(Span::new(start.saturating_sub(1), start));
        touching.next().filter(|token| token.span().end == start)
    };
    let joined = |words: &Span| {
        let hyphen = before(words.start).filter(|token| token.text() == "-")?;
        Some(before(hyphen.span().start)?.span().join(*words))
    };
    std::iter::successors(Some(words), joined).last().unwrap_or(words)
}

/// The head and everything coordinated with it, in text order.
pub(crate) fn conjuncts(token: Token<'_>) -> Vec<Token<'_>> {
    let mut all = vec![token];
    let mut next = 0;
    while next < all.len() {
        all.extend(all[next].children_by(Relation::Conj).filter(|child| is_nominal(*child)));
        next += 1;
    }
    all.sort_by_key(|token| token.id);
    all
}

/// The head, or, where the head only counts or groups ("dozens of rebels"), the noun it counts; coordinated parts each.
pub(crate) fn members<'d>(token: Token<'d>, codebook: &Codebook) -> Vec<Token<'d>> {
    conjuncts(token)
        .into_iter()
        .flat_map(|token| match counted(token, codebook) {
            Some(inner) => conjuncts(inner),
            None => vec![token],
        })
        .collect()
}

/// The noun that `token` only counts or groups, looked through to the end.
pub(crate) fn counted<'d>(token: Token<'d>, codebook: &Codebook) -> Option<Token<'d>> {
    let mut at = token;
    let mut found = None;
    while is_transparent(at, codebook) {
        let Some(inner) = at.children_by(Relation::Nmod).find(|child| preposition(*child).as_deref() == Some("of"))
        else {
            break;
        };
        at = inner;
        found = Some(inner);
    }
    found
}

fn is_transparent(token: Token<'_>, codebook: &Codebook) -> bool {
    token.upos() == Upos::Num || in_set(codebook, "transparent", &lower_lemma(token))
}

/// The preposition of a phrase: its case words joined by spaces ("because of"), in lower case.
pub(crate) fn preposition(token: Token<'_>) -> Option<String> {
    let case = token.children_by(Relation::Case).next();
    // "open to dialogue": parsers take the "to" before a noun for that of an infinitive.
    let mark = || token.children_by(Relation::Mark).next().filter(|_| token.upos().is_noun());
    case.or_else(mark).or_else(|| stray_preposition(token)).map(joined)
}

/// "is depending on Iranian support": a preposition right before the phrase, hung on the verb instead.
fn stray_preposition(token: Token<'_>) -> Option<Token<'_>> {
    let verb = token.head().filter(|_| token.relation() == Relation::Obl)?;
    let first = token.children().map(|child| child.id).chain([token.id]).min()?;
    verb.children()
        .find(|child| child.id.0 + 1 == first.0 && child.upos() == Upos::Adp && child.relation() == Relation::Fixed)
}

/// The word that opens a subordinate clause ("if", "for", "by"), fixed parts included.
pub(crate) fn marker(token: Token<'_>) -> Option<String> {
    let mark = token.children().find(|child| {
        matches!(child.relation(), Relation::Mark | Relation::Case)
            || (child.relation() == Relation::Advmod && child.xpos() == "WRB")
    })?;
    Some(joined(mark))
}

/// A function word with the parts fixed to it.
pub(crate) fn joined(token: Token<'_>) -> String {
    let mut words = token.text().to_lowercase();
    for part in token.children_by(Relation::Fixed) {
        words.push(' ');
        words.push_str(&part.text().to_lowercase());
    }
    words
}

/// The lemma in lower case.
pub(crate) fn lower_lemma(token: Token<'_>) -> String {
    token.lemma().to_lowercase()
}

/// Whether the word can head a noun phrase.
pub(crate) fn is_nominal(token: Token<'_>) -> bool {
    matches!(token.upos(), Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num)
        || (token.upos() == Upos::Adj && !token.children_by(Relation::Cop).any(|_| true))
        || (token.upos() == Upos::Det && token.children().next().is_none())
        || (token.upos() == Upos::Sym)
}

/// Whether it is a relative pronoun.
pub(crate) fn is_relative(token: Token<'_>) -> bool {
    matches!(token.xpos(), "WDT" | "WP" | "WP$")
        || (token.upos() == Upos::Pron && token.feature("PronType") == Some("Rel"))
}

/// The noun that the relative clause which `token` opens, or stands in, describes: where it follows a noun, that noun or one that the noun
/// hangs on ("the head of the bank, who"), whatever the parser takes the clause for.
pub(crate) fn antecedent(token: Token<'_>) -> Option<Token<'_>> {
    let by_tree = relative_of(token);
    let Some(beside) = noun_before(token) else { return by_tree };
    by_tree.filter(|noun| noun.id == beside.id || noun.governs(beside.id)).or(Some(beside))
}

/// "Moscow, which", "the Freedom Party, whose": the noun before a relative pronoun, by the word of it that others hang on.
fn noun_before(token: Token<'_>) -> Option<Token<'_>> {
    if !is_relative(token) {
        return None;
    }
    let comma = token.before().filter(|mark| mark.text() == ",")?;
    let last = comma.before().filter(|noun| noun.upos().is_noun())?;
    let is_part = |noun: Token<'_>| matches!(noun.relation(), Relation::Flat | Relation::Compound);
    std::iter::successors(Some(last), |noun| noun.head().filter(|_| is_part(*noun))).last()
}

/// The noun that the relative clause around `token` describes.
fn relative_of(token: Token<'_>) -> Option<Token<'_>> {
    let mut at = Some(token);
    while let Some(inner) = at {
        match inner.relation() {
            Relation::AclRelcl => return inner.head(),
            // "a bloc founded by Russia, which Iran joined": it hangs on the participle of the noun it describes.
            Relation::AdvclRelcl => {
                return inner.head().filter(|head| head.relation() == Relation::Acl).and_then(|head| head.head());
            }
            _ => {}
        }
        at = inner.head();
    }
    None
}

/// The first and last token of the subtree.
pub(crate) fn extent(document: &Document, head: TokenId) -> (TokenId, TokenId) {
    let token = document.token(head);
    let mut range = (head, head);
    let mut stack: Vec<Token<'_>> = token.children().collect();
    while let Some(token) = stack.pop() {
        range.0 = range.0.min(token.id);
        range.1 = range.1.max(token.id);
        stack.extend(token.children());
    }
    range
}

/// Whether the shared word set `set` of the codebook holds `word`.
pub(crate) fn in_set(codebook: &Codebook, set: &str, word: &str) -> bool {
    codebook.words.get(set).is_some_and(|words| words.contains(word))
}
