//! Which expression of time dates an event: that of its own clause, of a phrase below it, or of a clause whose time it shares.

use jiff::civil::Date;
use polybius_codebook::{Codebook, DaySign};
use polybius_document::{Document, Relation, SentenceId, Span, Token, TokenId, Upos};

use super::ahead::{is_infinitive, is_scheduled, is_to_come};
use super::arithmetic::{Days, Setting};
use super::owner::{
    answered, called_for, described_before, is_dateline, is_of_another_time, is_time, is_undone, taking_place,
};
use super::{TimeExpression, find};
use crate::clauses::{Clause, Clauses, Kind};
use crate::phrases::{counted, marker, preposition};
use crate::{When, status};

/// How many sentences back "the next day" reaches for the day before it.
const REACH: u32 = 3;
/// How near a day to come is meant of a thing rather than one so many days ago.
const SOON: i32 = 62;
const LONG_PAST: i32 = 270;
/// How many days before publication a day lies of which the article may go on to tell without naming it again.
const FRESH: i32 = 31;

/// The expressions of time of a sentence, each resolved in the tense of the clause that it hangs on.
#[derive(Debug, Default)]
pub(crate) struct Times {
    list: Vec<Timed>,
    /// The days that the article told last before this sentence, and how many sentences ago.
    pub(crate) told: Option<(u32, Days)>,
}

/// An expression of time where it stands.
#[derive(Debug)]
pub(crate) struct Timed {
    expression: TimeExpression,
    /// Its head word.
    pub(crate) top: TokenId,
    /// The clause that it hangs on.
    pub(crate) clause: Option<TokenId>,
    /// Whether it opens the sentence.
    pub(crate) opens: bool,
    /// Whether that clause is not the one that the parser hangs it on.
    moved: bool,
    span: Span,
    when: Result<When, &'static str>,
    /// The days that it names, whichever part or bound of them is meant.
    value: Option<Days>,
}

impl Timed {
    /// Its days; "within a week" gives those of what is expected alone.
    fn day(&self, expected: bool) -> Option<When> {
        self.when.clone().ok().filter(|_| expected || !self.expression.is_length())
    }

    /// Whether it names its year.
    pub(crate) fn is_absolute(&self) -> bool {
        self.expression.is_absolute()
    }

    /// Whether it only gives a deadline.
    pub(crate) fn is_deadline(&self) -> bool {
        self.expression.is_deadline()
    }

    /// Whether others are counted from it.
    pub(crate) fn tells(&self) -> bool {
        self.expression.tells()
    }
}

impl Times {
    /// Finds and resolves them. `told` is the date that the article told last, and where.
    pub(crate) fn of(
        document: &Document,
        codebook: &Codebook,
        clauses: &Clauses,
        sentence: SentenceId,
        published: Option<Date>,
        told: &mut Option<(SentenceId, Days)>,
    ) -> Times {
        let before = told.map(|(at, days)| (sentence.0 - at.0, days));
        let mut expressions = find(document, &codebook.calendar, document.sentence(sentence));
        expressions.retain(|expression| !is_dateline(document, sentence, &expression.tokens));
        let first = expressions.first().map(|expression| expression.tokens.end);
        let read = |expression: TimeExpression| {
            let top = top(document, &expression);
            let moved = described_before(document, top, expression.tokens.start)
                .or_else(|| called_for(clauses, top))
                .or_else(|| taking_place(clauses, top))
                .or_else(|| {
                    answered(clauses, top).filter(|_| first.is_some_and(|first| Some(first) <= top.data().head))
                });
            let clause = moved.or_else(|| top.head()).and_then(|head| clauses.around(head));
            let clause = clause.filter(|clause| !is_of_another_time(top, document.token(clause.head)));
            let ahead = clause.is_some_and(|clause| {
                let auxiliary = status::by_words(codebook, clauses, clause, document.token(clause.head)).auxiliary();
                let token = document.token(clause.head);
                auxiliary.future || auxiliary.hypothetical || is_to_come(token) || is_scheduled(codebook, clause, token)
            });
            let ahead = ahead || (moved.is_some() && top.children_by(Relation::Cop).any(|be| be.xpos() == "VBZ"));
            // "announced a strike from Monday".
            let starts = preposition(top).as_deref() == Some("from");
            let of_noun = clause.is_some_and(|clause| clause.kind == Kind::Noun && clause.light.is_none());
            let ahead = ahead || (starts && of_noun);
            let ahead = ahead || (preposition(top).as_deref() == Some("for") && expression.tells());
            // "are flying to London for Thursday's conference".
            let is_for = clause.map(|clause| document.token(clause.head)).is_some_and(|noun| {
                let present = |verb: Token<'_>| {
                    let now = |aux: Token<'_>| matches!(aux.xpos(), "VBZ" | "VBP") && aux.lemma() == "be";
                    let is = |kind| verb.children_by(kind).any(now);
                    matches!(verb.xpos(), "VBZ" | "VBP") || is(Relation::Aux) || is(Relation::Cop)
                };
                preposition(noun).as_deref() == Some("for") && noun.head().is_some_and(present)
            });
            let ahead = ahead || (of_noun && is_for);
            // "ordered them to be held on Thursday", told on the day after: nobody says so of the Thursday to come.
            let ahead = ahead
                && !clause.is_some_and(|clause| {
                    expression.is_weekday_before(published) && is_infinitive(document.token(clause.head))
                });
            let near = told.filter(|(at, _)| sentence.0 - at.0 <= REACH).map(|(_, days)| days);
            let span = document.span_of(&expression.tokens);
            let setting = |published| Setting { calendar: &codebook.calendar, published, told: near, ahead };
            let when = match published {
                Some(published) => expression.when(&setting(published), span),
                None if expression.is_absolute() => {
                    expression.when(&setting(Date::MAX), span).map(|when| When { anchor: None, ..when })
                }
                None => Err("the article has no date to count from"),
            };
            // "the referendum on 31 January", told at the end of the year before: of a thing, the day that is near.
            let when = match published
                .filter(|_| clause.is_some_and(|clause| clause.kind == Kind::Noun && clause.light.is_none()))
            {
                Some(published) => {
                    nearer(when, || expression.when(&Setting { ahead: true, ..setting(published) }, span), published)
                }
                None => when,
            };
            if let (Ok(when), true) = (&when, expression.tells()) {
                // "The trial opens on Friday" does not stop the article from telling of Monday.
                let is_to_come = published.is_some_and(|published| when.start > published);
                if told.is_none() || !is_to_come {
                    *told = Some((sentence, (when.start, when.end)));
                }
            }
            let opens = expression.tokens.start.0 <= document.sentence(sentence).tokens.start.0 + 2;
            Timed {
                opens,
                moved: moved.is_some(),
                top: top.id,
                clause: clause.map(|clause| clause.head),
                value: published.and_then(|published| expression.value(&setting(published))),
                expression,
                span,
                when,
            }
        };
        Times { list: expressions.into_iter().map(read).collect(), told: before }
    }

    /// The day of which the article goes on to tell in the simple past: that which the sentence names of another act, or, if this one
    /// has no time of its own, that of the sentences before.
    pub(crate) fn going_on(&self, document: &Document, clause: &Clause, published: Date) -> Option<Days> {
        let is_fresh = |days: &Days| {
            let n_days = days.1.until(published).map_or(-1, |span| span.get_days());
            days.0 == days.1 && (0..=FRESH).contains(&n_days)
        };
        if self.list.is_empty() {
            return self.told.filter(|(since, _)| *since <= REACH).map(|(_, days)| days).filter(is_fresh);
        }
        let told = |timed: &Timed| {
            let when = timed.when.as_ref().ok().filter(|_| timed.expression.tells())?;
            let describes = timed.clause.is_some_and(|head| {
                matches!(document.token(head).relation(), Relation::Acl | Relation::AclRelcl) && head != clause.head
            });
            let days = (when.start, when.end);
            // "blew up roads that once linked it with the South on Tuesday": of a description only the news.
            let counts = if describes { is_fresh(&days) } else { days.1 <= published };
            counts.then_some((describes, timed.top.0.abs_diff(clause.head.0), days))
        };
        self.list.iter().filter_map(told).min().map(|(.., days)| days)
    }

    /// Each expression, and the days that it names.
    pub(crate) fn values(&self) -> impl Iterator<Item = (Span, Option<Days>)> {
        self.list.iter().map(|timed| (timed.span, timed.value))
    }

    /// Each expression, and its days or why there are none.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (Span, &Result<When, &'static str>)> {
        self.list.iter().map(|timed| (timed.span, &timed.when))
    }

    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Each that gives days of an act, with its number.
    pub(crate) fn dated(&self) -> impl Iterator<Item = (usize, &Timed, When)> {
        self.list.iter().enumerate().filter_map(|(index, timed)| Some((index, timed, timed.day(false)?)))
    }

    /// The days that the sentence tells.
    pub(crate) fn told_here(&self) -> impl Iterator<Item = Days> {
        let told = self.list.iter().filter(|timed| timed.expression.tells());
        told.filter_map(|timed| timed.when.as_ref().ok()).map(|when| (when.start, when.end))
    }

    /// The numbers of the expressions that rules find for the clause, with the sign of each rule.
    pub(crate) fn by_rules(
        &self,
        document: &Document,
        codebook: &Codebook,
        clauses: &Clauses,
        clause: &Clause,
    ) -> Vec<(DaySign, usize)> {
        let of_when = self.described(document, clause).or_else(|| self.in_when_clause(document, clause));
        let shared =
            self.above(document, codebook, clauses, clause).or_else(|| self.of_thing(document, codebook, clause));
        let found = [
            (DaySign::Hangs, self.on(clause)),
            (DaySign::BelowAct, self.below(document, clause)),
            (DaySign::BesideAct, self.beside(document, clause)),
            (DaySign::OfWhen, of_when),
            (DaySign::Shared, shared),
        ];
        let number = |timed: &Timed| self.list.iter().position(|other| other.top == timed.top);
        found.into_iter().filter_map(|(sign, timed)| Some((sign, number(timed?)?))).collect()
    }

    /// When the clause happened, by an expression of time of its own or by that of a clause whose time it shares; "within a week" gives no
    /// day of an act, but bounds what is expected.
    pub(crate) fn date(
        &self,
        document: &Document,
        codebook: &Codebook,
        clauses: &Clauses,
        clause: &Clause,
        expected: bool,
    ) -> Option<When> {
        self.own(document, clause, expected).or_else(|| self.shared(document, codebook, clauses, clause, expected))
    }

    /// When the clause happened, by what stands with it.
    pub(crate) fn own(&self, document: &Document, clause: &Clause, expected: bool) -> Option<When> {
        let found = self
            .on(clause)
            .or_else(|| self.below(document, clause))
            .or_else(|| self.beside(document, clause))
            .or_else(|| self.described(document, clause))
            .or_else(|| self.in_when_clause(document, clause))?;
        found.day(expected)
    }

    /// When the clause happened, by the time of another.
    pub(crate) fn shared(
        &self,
        document: &Document,
        codebook: &Codebook,
        clauses: &Clauses,
        clause: &Clause,
        expected: bool,
    ) -> Option<When> {
        let found =
            self.above(document, codebook, clauses, clause).or_else(|| self.of_thing(document, codebook, clause))?;
        found.day(expected)
    }

    /// The expression that hangs on the clause itself: the nearest, but a deadline only if there is no other.
    fn on(&self, clause: &Clause) -> Option<&Timed> {
        let own = |timed: &&Timed| timed.clause.is_some_and(|at| at == clause.head || Some(at) == clause.light);
        let found = self.list.iter().filter(|timed| timed.when.is_ok()).filter(own);
        // "the rebels who seized it two days ago refused on Thursday": of two, the one behind the verb, unless the other opens the sentence.
        let rank = |timed: &&Timed| {
            let before = timed.top < clause.head && !timed.opens;
            (timed.expression.is_deadline(), before, timed.top.0.abs_diff(clause.head.0))
        };
        found.min_by_key(rank)
    }

    /// One in a phrase below it, outside clauses with verbs of their own.
    fn below(&self, document: &Document, clause: &Clause) -> Option<&Timed> {
        self.list.iter().filter(|timed| timed.when.is_ok() && !timed.moved).find(|timed| {
            let top = document.token(timed.top);
            // "the coup of 2020", "a 2018 agreement" date the noun alone.
            let of = preposition(top).as_deref() == Some("of");
            // "in three nights of May 1944" is a time itself, and "in the strike of 1935" was that year's.
            let noun = top.head().filter(|noun| of && noun.relation() == Relation::Obl);
            if let Some(noun) = noun.filter(|noun| noun.data().head == Some(clause.head)) {
                let inside = matches!(preposition(noun).as_deref(), Some("in" | "during" | "on" | "at"));
                return is_time(noun) || (inside && timed.expression.is_absolute());
            }
            if of || matches!(top.relation(), Relation::Nummod | Relation::Compound) {
                return top.data().head == Some(clause.head);
            }
            let mut at = top.head();
            while let Some(token) = at {
                if token.id == clause.head {
                    return true;
                }
                // "a payment that is due next month", "troops sent in 2007": the time is that of the description.
                let is_clause = matches!(token.relation(), Relation::AclRelcl | Relation::Acl | Relation::Advcl);
                if token.upos() == Upos::Verb || is_clause {
                    return false;
                }
                at = token.head();
            }
            false
        })
    }

    /// That of a participle beside it: "speaking in parliament on Wednesday, she called …", "the ministers, meeting on Friday, agreed";
    /// of a noun, that of its relative clause: "a strike that began on Monday".
    fn beside(&self, document: &Document, clause: &Clause) -> Option<&Timed> {
        self.list.iter().filter(|timed| timed.when.is_ok()).find(|timed| {
            let Some(participle) = timed.clause.map(|head| document.token(head)) else { return false };
            let describes = participle.relation() == Relation::AclRelcl
                || (participle.relation() == Relation::Acl && has_subject(participle));
            if describes && clause.kind == Kind::Noun {
                return participle.data().head == Some(clause.head);
            }
            // "agreed to return on July 9", "tried to kill her in 1999".
            if participle.relation() == Relation::Xcomp {
                return participle.data().head == Some(clause.head);
            }
            let governor = match participle.relation() {
                Relation::Advcl => participle.head(),
                Relation::Acl => {
                    participle.head().filter(|noun| noun.relation() == Relation::Nsubj).and_then(Token::head)
                }
                _ => None,
            };
            let is_plain = participle.xpos() == "VBG" && marker(participle).is_none();
            is_plain && governor.is_some_and(|governor| governor.id == clause.head)
        })
    }

    /// That right before the clause, which describes it: "until 1997, when Britain handed the territory back".
    fn described(&self, document: &Document, clause: &Clause) -> Option<&Timed> {
        let verb = document.token(clause.head);
        let when = verb.children().find(|child| child.xpos() == "WRB" && child.lemma() == "when")?;
        self.list.iter().filter(|timed| timed.when.is_ok()).find(|timed| {
            let end = timed.expression.tokens.end;
            end == when.id || (end.0 + 1 == when.id.0 && document.token(end).text() == ",")
        })
    }

    /// That of the clause that says when, both being over: "When troops came on Monday, the crowd fled", "fled before it fell in May".
    fn in_when_clause(&self, document: &Document, clause: &Clause) -> Option<&Timed> {
        let verb = document.token(clause.light.unwrap_or(clause.head));
        let is_past = |token: Token<'_>| {
            let past = |aux: Token<'_>| aux.feature("Tense") == Some("Past");
            token.xpos() == "VBD"
                || [Relation::AuxPass, Relation::Cop].into_iter().any(|kind| token.children_by(kind).any(past))
        };
        let mut whens = verb.children_by(Relation::Advcl);
        let when = whens
            .find(|child| matches!(marker(*child).as_deref(), Some("when" | "before" | "as")) && is_past(*child))
            // "recalled him, as it did in 1986": another time.
            .filter(|child| child.lemma() != "do")
            .filter(|_| is_past(verb))?;
        self.list.iter().filter(|timed| timed.when.is_ok()).find(|timed| timed.clause == Some(when.id))
    }

    /// That of the thing which somebody did of whom the sentence tells another act: "the envoy, who negotiated the truce of 1992, arrived".
    fn of_thing(&self, document: &Document, codebook: &Codebook, clause: &Clause) -> Option<&Timed> {
        let verb = document.token(clause.light.unwrap_or(clause.head));
        let tells = verb.relation() == Relation::AclRelcl && verb.xpos() == "VBD";
        if !tells || crate::quotes::speech(codebook, clause).is_some() {
            return None;
        }
        let things = |timed: &&Timed| {
            let thing = document.token(timed.top).head().filter(|thing| thing.relation() == Relation::Obj);
            thing.is_some_and(|thing| thing.data().head == Some(verb.id))
        };
        self.list.iter().filter(|timed| timed.when.is_ok() && timed.expression.is_absolute()).find(things)
    }

    /// That of the nearest clause above with whose time it goes.
    fn above(&self, document: &Document, codebook: &Codebook, clauses: &Clauses, clause: &Clause) -> Option<&Timed> {
        let mut at = clause;
        // An event noun may hang above the verb that carries it ("the attack that they launched"): no more steps than words.
        for _ in 0..clauses.iter().count() {
            let token = document.token(at.light.unwrap_or(at.head));
            // "the fourth round of the talks opened".
            let counts = token.head().filter(|noun| counted(*noun, codebook).is_some_and(|inner| inner.id == token.id));
            let token = counts.unwrap_or(token);
            let above = clauses.around(token.head()?)?;
            if !goes_with(codebook, at, token, above) {
                return None;
            }
            let when = || self.in_when_clause(document, above);
            if let Some(timed) = self.on(above).or_else(|| self.beside(document, above)).or_else(when) {
                // "gathered on Thursday; others called on them": what another does has that time only where it opens the sentence.
                let is_other = match token.relation() {
                    Relation::Conj => at.kind != Kind::Noun && has_subject(token),
                    Relation::Obl => !shares_time(token),
                    _ => false,
                };
                // "crushed it in 1956, and he fled": of old times one tells on.
                let is_other = is_other
                    && !(timed.expression.is_absolute() && token.relation() == Relation::Conj && is_simple_past(token));
                return Some(timed).filter(|timed| !is_other || timed.opens);
            }
            // What is done to a thing dates the thing, and no more than that.
            if at.kind == Kind::Noun && at.light.is_none() {
                return None;
            }
            at = above;
        }
        None
    }
}

/// Whether a noun below a verb names what happened then: "wounded in clashes", not "opened after a suspension".
fn shares_time(noun: Token<'_>) -> bool {
    matches!(preposition(noun).as_deref(), None | Some("in" | "during" | "at" | "by" | "amid" | "on"))
}

/// Whether what `token` heads happens when the clause above it does.
fn goes_with(codebook: &Codebook, clause: &Clause, token: Token<'_>, above: &Clause) -> bool {
    let has = |lemma: &str| token.children_by(Relation::Aux).any(|aux| aux.lemma() == lemma);
    let is_speech = crate::quotes::speech(codebook, above).is_some();
    let is_bare = matches!(token.xpos(), "VB" | "VBG" | "VBN") && !has("have") && !has_subject(token);
    match token.relation() {
        // "agreed in 2016, but no pillar has been put up": another act, of which no time is told.
        Relation::Conj => clause.kind == Kind::Noun || !has("have"),
        Relation::Xcomp => true,
        // "the last pope who visited came in 2012".
        Relation::AclRelcl => token.head().is_some_and(|noun| {
            let last = |word: Token<'_>| matches!(word.lemma(), "last" | "only" | "first");
            noun.relation() == Relation::Nsubj && noun.children_by(Relation::Amod).any(last) && !has("have")
        }),
        Relation::Advcl => is_bare && marker(token).is_none_or(|word| matches!(word.as_str(), "by" | "to" | "while")),
        Relation::Acl => is_bare && token.xpos() != "VBN",
        // What is said is said to be going on, or to be done: "said on Monday that it was expelling 60", "that they leave"; when it will be
        // is not told.
        Relation::Ccomp => {
            let going_on = token.xpos() == "VBG" && has("be") && !has("have");
            let will = |aux: Token<'_>| matches!(aux.lemma(), "will" | "would" | "'ll" | "’ll");
            let is_own = token.id == clause.head;
            let to_come =
                token.xpos() == "VB" && !has("have") && !(is_own && token.children_by(Relation::Aux).any(will));
            going_on || to_come || token.upos() == Upos::Adj || (!is_speech && !has("have"))
        }
        Relation::Nsubj | Relation::NsubjPass | Relation::Obj | Relation::Obl => {
            clause.kind == Kind::Noun && !is_speech && (clause.light.is_some() || !is_undone(codebook, token))
        }
        _ => false,
    }
}

/// The one to come, if it is near and the other long past.
fn nearer(
    past: Result<When, &'static str>,
    next: impl Fn() -> Result<When, &'static str>,
    published: Date,
) -> Result<When, &'static str> {
    let is_past = past.as_ref().is_ok_and(|past| (published - past.end).get_days() > LONG_PAST);
    match next().ok().filter(|next| is_past && (0..=SOON).contains(&(next.start - published).get_days())) {
        Some(next) => Ok(next),
        None => past,
    }
}

/// "fled", "was extradited".
fn is_simple_past(verb: Token<'_>) -> bool {
    verb.xpos() == "VBD" || verb.children_by(Relation::AuxPass).any(|be| be.xpos() == "VBD")
}

fn has_subject(verb: Token<'_>) -> bool {
    verb.children().any(|child| matches!(child.relation(), Relation::Nsubj | Relation::NsubjPass))
}

/// The word of the expression that hangs on another outside it.
fn top<'d>(document: &'d Document, expression: &TimeExpression) -> Token<'d> {
    let inside = &expression.tokens;
    let mut tokens = document.tokens(inside.clone());
    let top = tokens.find(|token| token.data().head.is_none_or(|head| !inside.contains(&head)));
    top.unwrap_or_else(|| document.token(inside.start))
}
