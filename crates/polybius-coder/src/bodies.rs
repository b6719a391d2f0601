//! Bodies that every country has: whose parliament, supreme court or army a name or noun means.

use polybius_codebook::{Form, Kind, Role, RoleKind, RowId};
use polybius_document::{MentionKind, Token};

use crate::Participant;
use crate::names::NameMatch;
use crate::participants::Resolver;
use crate::phrases::{core_left, in_set};

/// Whose body words are that one country's codebook rows claim alone: "Congress", "Supreme Court".
pub(crate) enum Whose {
    /// That country's.
    Listed,
    /// Another's, which has this row for it.
    Row(RowId),
    /// Another's, which has none.
    Unlisted,
}

impl Resolver<'_> {
    /// Whether the words name a body or party that other countries have too: they say no country.
    pub(crate) fn is_everywhere(&self, name: &NameMatch) -> bool {
        let Some(row) = self.best_row(&name.rows) else { return false };
        let row = self.codebook.entities.row(row);
        let words = self.document.text(self.document.span_of(&name.tokens)).to_lowercase();
        let words: Vec<&str> = words.split(' ').filter(|word| *word != "the").collect();
        let noun = || self.codebook.roles.ending(&words).is_some_and(|(n_words, _)| n_words == words.len());
        match self.kind_of(row.entity) {
            Kind::Body => row.form != Form::Seat && noun(),
            Kind::Party => {
                let generic = |word: &&str| in_set(self.codebook, "party_word", word);
                (matches!(row.form, Form::Alias | Form::Short) && words.len() == 1) || words.iter().all(generic)
            }
            _ => false,
        }
    }

    /// Whose body the name is here: of the country that the phrase or else the scene tells.
    pub(crate) fn whose(&self, name: &NameMatch, token: Token<'_>, depth: u8) -> Whose {
        let listed = self.best_row(&name.rows).map(|row| self.codebook.entities.row(row).entity);
        let stated =
            self.country_of(token, depth).filter(|owner| owner.entity != listed).and_then(|owner| owner.country);
        let stated_none = stated.is_none();
        let Some(country) = stated.or_else(|| self.country_of_scene(token.id)) else { return Whose::Listed };
        let country_of = |row: &RowId| self.codebook.entities.row(*row).country.as_deref();
        if let Some(&row) = name.rows.iter().find(|row| country_of(row) == Some(&country)) {
            return Whose::Row(row);
        }
        let words = self.document.text(self.document.span_of(&name.tokens));
        let words = words.trim_start_matches("The ").trim_start_matches("the ");
        // "Congress" in an article on Iraq and America is not Iraq's, which has none of that name.
        let listed_near = || {
            let listed = listed.and_then(|listed| self.codebook.entities.get(listed).country.as_deref());
            stated_none && listed.is_some_and(|country| self.weights_of_countries(token.id).of(country) > 0.0)
        };
        // "the Communists" are those of the country, whoever else is called so.
        let family = || words.split(' ').all(|word| in_set(self.codebook, "party_family", &word.to_lowercase()));
        match self.called(words, &country) {
            Some(row) => Whose::Row(row),
            None if family() => Whose::Unlisted,
            None if listed_near() => Whose::Listed,
            None => Whose::Unlisted,
        }
    }

    /// The body of `owner` that a noun names: "Nigeria's senate".
    pub(crate) fn body_of(&self, token: Token<'_>, role: &Role, owner: &Participant) -> Option<RowId> {
        let is_country = owner.entity.is_some_and(|entity| self.kind_of(entity) == Kind::Country);
        if role.kind != RoleKind::Body || !is_country {
            return None;
        }
        let modifiers = core_left(token).filter(|word| self.names.over(word.id).is_none());
        let words: Vec<&str> = modifiers.map(|word| word.text()).chain([token.text()]).collect();
        self.called(&words.join(" "), owner.country.as_deref()?)
    }

    /// "the unification ministry": a body that only one country has, where the article names that country.
    pub(crate) fn body_of_one(&self, token: Token<'_>, role: &Role) -> Option<RowId> {
        let n_words = role.noun.split(' ').count();
        let modifiers: Vec<Token<'_>> = core_left(token).collect();
        let named = modifiers.iter().any(|word| self.names.over(word.id).is_some_and(|name| !name.rows.is_empty()));
        if role.kind != RoleKind::Body || modifiers.len() < n_words || named {
            return None;
        }
        let capital = |word: &str| {
            let mut letters = word.chars();
            letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default()
        };
        let words: Vec<String> =
            modifiers.iter().map(|word| capital(word.text())).chain([capital(token.text())]).collect();
        let entities = &self.codebook.entities;
        let rows = entities.find(&words.join(" "));
        let row = *rows.first()?;
        let country = entities.row(row).country.as_deref()?;
        let alone = rows.iter().all(|&other| entities.row(other).country.as_deref() == Some(country));
        let is_body = self.kind_of(entities.row(row).entity) == Kind::Body;
        (is_body && alone && self.weights_of_countries(token.id).of(country) > 0.0).then_some(row)
    }

    /// "the Maoists" in an article on Nepal: a party or group that the codebook lists with its country.
    pub(crate) fn local(&self, name: &NameMatch, token: Token<'_>) -> Option<RowId> {
        if !matches!(name.mention, Some(MentionKind::Norp | MentionKind::Org)) {
            return None;
        }
        let words = self.document.text(self.document.span_of(&name.tokens));
        let words = words.trim_start_matches("The ").trim_start_matches("the ");
        let weights = self.weights_of_countries(token.id);
        let party = |&row: &RowId| self.kind_of(self.codebook.entities.row(row).entity) == Kind::Party;
        let countries = weights.heaviest();
        let here = countries.first().and_then(|country| self.called(words, country));
        here.or_else(|| countries.iter().find_map(|country| self.called(words, country).filter(party)))
    }

    /// The row of a country's body or party by one of the names that such have: "Nigerian Senate", "Senate of Nigeria".
    fn called(&self, words: &str, country: &str) -> Option<RowId> {
        party_names(words).iter().find_map(|words| self.called_just(words, country))
    }

    fn called_just(&self, words: &str, country: &str) -> Option<RowId> {
        let entities = &self.codebook.entities;
        let is_of_country = |row: &RowId| {
            let kind = self.kind_of(entities.row(*row).entity);
            matches!(kind, Kind::Body | Kind::Party | Kind::Group)
                && entities.row(*row).country.as_deref() == Some(country)
        };
        let rows = &entities.get(entities.by_id(country)?).rows;
        let by_country = rows.iter().map(|&row| entities.row(row)).find_map(|row| {
            let name = &row.name;
            let forms = match row.form {
                Form::Demonym => vec![format!("{name} {words}")],
                Form::Name | Form::Short => {
                    vec![format!("{name}'s {words}"), format!("{words} of {name}"), format!("{name} {words}")]
                }
                _ => Vec::new(),
            };
            forms.iter().flat_map(|form| entities.find(form)).find(is_of_country)
        });
        by_country.or_else(|| entities.find(words).into_iter().find(is_of_country))
    }
}

/// What a party may be called in full that a newspaper calls so: "Labour", "the Greens", "the Social Democrats".
fn party_names(words: &str) -> Vec<String> {
    let mut names = vec![words.to_owned(), format!("{words} Party")];
    if let Some(family) = words.strip_suffix("Democrats") {
        names.extend(["Democratic Party", "Democratic Union", "Democracy"].map(|rest| format!("{family}{rest}")));
    } else if let Some(one) = words.strip_suffix('s') {
        names.push(format!("{one} Party"));
    }
    names
}
