//! Places: whether the name of one stands for those who rule there, or only for the ground.
//!
//! The rule, for towns, countries and whatever else lies on a map. A place is only ground
//! 1. after a preposition of place ("in Moscow", "near Zagreb"); after one of way ("to", "from", "for") that hangs on movement
//!    or on what moves (`@movement`: "flew to Rome", "a plane to Lima"); as what a part is of (`@part_of_ground`: "the north of
//!    Israel"). A town also after "of", "from", "over" or "on" that hangs on anything but who governs ("control of Gagra"), a
//!    capital only if it is force or people ("the bombing of Belgrade", but "the demands of Belgrade");
//! 2. as object of what is done to ground (`@ground_verb`: "left Kuwait"), and as subject of its passive; a town also of what
//!    force does (`@force_verb`: "shelled Goma"), and where it falls (`@ground_falls`);
//! 3. a town or seat before a noun that nobody is ("the White House lawn"), and as owner of ground (`@site`: "Kyiv's square");
//! 4. a town that something is said to be ("this was not Saigon"), and one that no state is governed from, unless it acts.
//!
//! Everywhere else it acts, and a capital or seat acts for its government. A building (`@building`: "the embassy") is ground
//! after a preposition of place.

use polybius_codebook::{Form, Kind, PlaceKind, RoleKind};
use polybius_document::{MentionKind, Relation, Token, TokenId, Upos};

use crate::Where;
use crate::names::NameMatch;
use crate::participants::Resolver;
use crate::phrases::{in_set, joined, lower_lemma, preposition};
use crate::toponyms::Toponyms;

/// Prepositions that only place.
const PLACING: [&str; 17] = [
    "in",
    "at",
    "near",
    "outside",
    "inside",
    "across",
    "around",
    "off",
    "throughout",
    "within",
    "along",
    "beyond",
    "above",
    "north of",
    "south of",
    "east of",
    "west of",
];
/// Prepositions that place what moves.
const WAY: [&str; 11] = ["to", "from", "into", "towards", "toward", "through", "via", "onto", "out of", "for", "over"];
/// Prepositions that make a town the place of what they hang on.
const OF_TOWN: [&str; 4] = ["of", "from", "over", "on"];

/// What a place is as far as the rule goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// A country or part of one.
    State,
    /// A town that stands for a government.
    Capital,
    /// Any other town.
    Town,
    /// A palace or house that stands for a government.
    Seat,
}

impl Resolver<'_> {
    /// The place that the phrase headed by `token` names, if it is only ground there.
    pub(crate) fn literal_place(&self, token: Token<'_>) -> Option<Where> {
        if !self.is_ground_for(token, Sort::State) && self.half(token).is_some() {
            return None;
        }
        let Some(name) = self.names.over(token.id) else {
            return self.building(token).or_else(|| self.described_ground(token));
        };
        (self.is_place_name(name) && self.is_only_ground(name)).then(|| self.place_named(name))
    }

    /// Whether the name of a place is only ground where it stands.
    pub(crate) fn is_only_ground(&self, name: &NameMatch) -> bool {
        let top = self.top_of(name);
        self.is_ground(name, top) || self.has_no_government(name, top)
    }

    /// Where the article's places lie.
    pub(crate) fn toponyms(&self) -> &Toponyms {
        self.toponyms.get_or_init(|| Toponyms::of(self))
    }

    /// Whether it is the name of a place that does something or is done something, and is not where it is done: as teams play.
    pub(crate) fn is_team(&self, token: Token<'_>) -> bool {
        let Some(name) = self.names.over(token.id).filter(|name| self.is_place_name(name)) else { return false };
        let top = self.top_of(name);
        matches!(top.relation(), Relation::Nsubj | Relation::Obj | Relation::Conj)
            || preposition(top).is_some_and(|word| matches!(word.as_str(), "for" | "against" | "with" | "by"))
    }

    /// The country of a name, if something happens there: "in Osh", "captured Goma".
    pub(crate) fn country_of_ground(&self, name: &NameMatch) -> Option<String> {
        let top = self.top_of(name);
        let placed = preposition(top).is_some_and(|word| PLACING.contains(&word.as_str()) || word == "into");
        let taken = matches!(top.relation(), Relation::Obj | Relation::NsubjPass);
        let guessed = self.toponyms().at(name.tokens.start).is_some_and(|settled| settled.guessed);
        self.literal_place(top).filter(|_| (placed || taken) && !guessed)?.country
    }

    /// Whether the name is one that an article only passes through: "a plane to Lima".
    pub(crate) fn is_elsewhere(&self, name: &NameMatch) -> bool {
        let top = self.top_of(name);
        preposition(top).is_some_and(|word| matches!(word.as_str(), "to" | "from" | "for" | "via" | "onto"))
            && self.is_place_name(name)
            && self.is_ground(name, top)
    }

    /// "outside the embassy": a building, in the country in which the article is.
    fn building(&self, token: Token<'_>) -> Option<Where> {
        let is_building = token.upos() == Upos::Noun && in_set(self.codebook, "building", &lower_lemma(token));
        let placing = || preposition(token).is_some_and(|word| PLACING.contains(&word.as_str()));
        let before_roof = || {
            let governor = token.head().filter(|_| token.relation() == Relation::Compound);
            governor.is_some_and(|governor| in_set(self.codebook, "site", &lower_lemma(governor)))
        };
        (is_building && (placing() || before_roof())).then(|| Where {
            name: self.document.text(token.span()).to_owned(),
            span: token.span(),
            entity: None,
            country: self.country_of_scene(token.id),
            precision: "site",
            place: None,
        })
    }

    /// "in the capital", "fled the country": ground that is only described.
    fn described_ground(&self, token: Token<'_>) -> Option<Where> {
        let lemma = lower_lemma(token);
        let (town, state) = (in_set(self.codebook, "town", &lemma), in_set(self.codebook, "country", &lemma));
        // A town that is only described acts where it is the subject, and nowhere else.
        let ground = match (town, state) {
            (true, _) => token.relation() != Relation::Nsubj || self.is_ground_for(token, Sort::Town),
            (_, state) => state && self.is_ground_for(token, Sort::State),
        };
        if !crate::references::is_common(token) || !ground {
            return None;
        }
        let named = self
            .country_of(token, 1)
            .or_else(|| self.named_before(token).filter(|_| state || in_set(self.codebook, "island", &lemma)));
        Some(Where {
            name: self.document.text(token.span()).to_owned(),
            span: token.span(),
            entity: None,
            country: named.and_then(|one| one.country).or_else(|| self.country_of_scene(token.id)),
            precision: if state { "country" } else { "region" },
            place: None,
        })
    }

    /// Whether the name is one of a place, as the codebook or, for names it lacks, the language engine knows.
    pub(crate) fn is_place_name(&self, name: &NameMatch) -> bool {
        if name.rows.is_empty() {
            return matches!(name.mention, Some(MentionKind::Gpe | MentionKind::Loc | MentionKind::Fac));
        }
        let Some(row) = self.best_row(&name.rows) else { return false };
        let row = self.codebook.entities.row(row);
        let kind = self.kind_of(row.entity);
        let state = matches!(kind, Kind::Country | Kind::Territory | Kind::FormerCountry) && row.form != Form::Demonym;
        state || kind == Kind::Place || matches!(row.form, Form::Capital | Form::Seat)
    }

    /// The word of a name that hangs on something outside it.
    pub(crate) fn top_of(&self, name: &NameMatch) -> Token<'_> {
        let mut tokens = self.document.tokens(name.tokens.clone());
        let outside = |token: &Token<'_>| token.head().is_none_or(|head| !name.tokens.contains(&head.id));
        tokens.find(outside).unwrap_or_else(|| self.document.token(name.tokens.start))
    }

    fn is_ground(&self, name: &NameMatch, top: Token<'_>) -> bool {
        let sort = match self.best_row(&name.rows).map(|row| (self.codebook.entities.row(row).form, self.is_town(row)))
        {
            Some((Form::Capital, _)) => Sort::Capital,
            Some((Form::Seat, _)) => Sort::Seat,
            Some((_, false)) => Sort::State,
            Some((_, true)) | None => Sort::Town,
        };
        self.is_ground_for(top, sort)
    }

    /// The rule, for a phrase by its top word.
    fn is_ground_for(&self, top: Token<'_>, sort: Sort) -> bool {
        let town = matches!(sort, Sort::Capital | Sort::Town);
        if town && top.children_by(Relation::Cop).next().is_some() {
            return true;
        }
        let Some(governor) = top.head() else { return false };
        if top.relation() == Relation::Conj {
            return self.is_ground_for(self.first_conjunct(top), sort);
        }
        let lemma = lower_lemma(governor);
        let is_in = |set: &str| in_set(self.codebook, set, &lemma);
        let governs = || self.codebook.roles.get(&lemma).is_some_and(|role| role.kind != RoleKind::People);
        if let Some(preposition) = place_preposition(top).filter(|word| !word.starts_with(['\'', '’'])) {
            let preposition = preposition.as_str();
            let verb = governor.upos() == Upos::Verb;
            let of_ground = match sort {
                // "the north of Israel", "the streets of Cairo".
                _ if preposition == "of" && (is_in("site") || is_in("part_of_ground")) => true,
                // "said from Doha", "quarrelled over Jerusalem".
                Sort::Capital | Sort::Town if verb => {
                    preposition == "over" || (preposition == "from" && self.codebook.cues.speech_verb(&lemma).is_some())
                }
                Sort::Town => !governs(),
                _ if town && preposition == "through" => true,
                // "the bombing of Belgrade", but "the demands of Belgrade".
                Sort::Capital => is_in("force") || is_in("people_there"),
                Sort::State => verb && preposition == "from" && self.codebook.cues.speech_verb(&lemma).is_some(),
                Sort::Seat => false,
            };
            return PLACING.contains(&preposition)
                || (WAY.contains(&preposition) && self.moves(governor, top))
                || ((OF_TOWN.contains(&preposition) || preposition == "through") && of_ground);
        }
        match top.relation() {
            // "leave France alone" leaves no place.
            Relation::Obj | Relation::NsubjPass => {
                let alone = governor.children_by(Relation::Xcomp).next().is_some();
                !alone && (is_in("ground_verb") || (town && is_in("force_verb")))
            }
            Relation::Nsubj => town && is_in("ground_falls"),
            // "promised Bogota help": parsers take whom it is promised to for a part of what is.
            Relation::Compound => {
                let verb = governor.head().map(lower_lemma).unwrap_or_default();
                let given = governor.relation() == Relation::Obj && in_set(self.codebook, "promised_to", &verb);
                sort != Sort::State && !given && !governs()
            }
            Relation::NmodPoss => sort != Sort::State && (is_in("site") || governor.upos() == Upos::Propn),
            _ => false,
        }
    }

    /// Whether the phrase hangs on movement, or on a word of it: "back from Rome", "stayed away from Cairo".
    fn moves(&self, governor: Token<'_>, top: Token<'_>) -> bool {
        let case = top.children_by(Relation::Case).next();
        let before = case.and_then(|case| case.id.0.checked_sub(1)).map(|id| self.document.token(TokenId(id)));
        let moves = |word| in_set(self.codebook, "movement", &lower_lemma(word));
        // "sent 500 soldiers to Mali", but "sent a letter to Moscow".
        let sends = || {
            let sent = governor.children_by(Relation::Obj).next();
            let people = sent.and_then(|sent| self.codebook.roles.get(&lower_lemma(sent)));
            people.is_some_and(|role| role.kind != RoleKind::Body)
                && in_set(self.codebook, "sending", &lower_lemma(governor))
        };
        [Some(governor), before].into_iter().flatten().any(moves) || sends()
    }

    /// Whether it is a town that no state is governed from, and does nothing where it stands.
    fn has_no_government(&self, name: &NameMatch, top: Token<'_>) -> bool {
        let plain = self.best_row(&name.rows).is_none_or(|row| {
            let row = self.codebook.entities.row(row);
            self.kind_of(row.entity) == Kind::Place && !matches!(row.form, Form::Demonym | Form::Seat)
        });
        let acts = matches!(top.relation(), Relation::Nsubj | Relation::NmodPoss)
            || preposition(top).is_some_and(|word| matches!(word.as_str(), "with" | "by" | "against" | "between"));
        plain && (name.rows.is_empty() || !acts)
    }

    fn first_conjunct<'d>(&self, token: Token<'d>) -> Token<'d> {
        let mut at = token;
        while at.relation() == Relation::Conj
            && let Some(first) = at.head()
        {
            at = first;
        }
        at
    }

    /// The place that `name` names, with the country in which it lies.
    pub(crate) fn place_named(&self, name: &NameMatch) -> Where {
        let span = self.document.span_of(&name.tokens);
        let row = self.best_place_row(&name.rows);
        let entities = &self.codebook.entities;
        let entity = row.map(|row| entities.row(row).entity);
        let listed = entity.and_then(|entity| entities.get(entity).country.as_deref());
        let by_row = match row.map(|row| (entities.row(row).form, self.kind_of(entities.row(row).entity))) {
            Some((Form::Capital, _)) | Some((_, Kind::Place)) => "city",
            Some((_, Kind::Country)) => "country",
            Some(_) => "region",
            None => "site",
        };
        let settled = self.toponyms().at(name.tokens.start);
        let place = settled.map(|settled| self.codebook.atlas.place(settled.id));
        // What the codebook says of a country or territory holds, unless another place of its name is meant.
        let other = place.is_some_and(|place| place.kind != PlaceKind::Country && place.country != listed);
        let kept = matches!(by_row, "country" | "region") && !other;
        let own = place.filter(|_| settled.is_some_and(|settled| settled.own));
        Where {
            name: self.document.text(span).to_owned(),
            span,
            entity: entity.filter(|_| by_row != "country" || !other),
            country: place.and_then(|place| place.country).filter(|_| !kept).or(listed).map(str::to_owned),
            precision: own.map_or(by_row, |place| precision(place.kind)),
            place: settled.filter(|settled| settled.own).map(|settled| settled.id),
        }
    }
}

/// The preposition of a phrase, of several the one that places: "flew out of Dhaka", "stood by in Malé".
fn place_preposition(top: Token<'_>) -> Option<String> {
    let cases: Vec<Token<'_>> = top.children_by(Relation::Case).filter(|case| case.id < top.id).collect();
    match cases[..] {
        [.., out, of] if (out.lemma(), of.lemma()) == ("out", "of") => Some("out of".to_owned()),
        [_, .., last] => Some(joined(last)),
        _ => preposition(top),
    }
}

/// How exactly a place of this kind says where something is.
fn precision(kind: PlaceKind) -> &'static str {
    match kind {
        PlaceKind::Area | PlaceKind::Region => "region",
        PlaceKind::Country => "country",
        PlaceKind::District => "district",
        PlaceKind::City => "city",
        PlaceKind::Site => "site",
    }
}
