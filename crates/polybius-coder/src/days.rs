//! When an act happened, weighed: every day that the article has in view of it, by signs whose points the codebook lists in `dates.csv`.
//!
//! The rules of [`crate::dates`] choose first. Their choice is one sign among others, so that another day is only taken where much speaks for it.

use jiff::civil::Date;
use polybius_codebook::{Codebook, DaySign};
use polybius_document::{Document, Relation, SentenceId, Span, Token, TokenId, Upos};

use crate::clauses::{Clause, Clauses, Kind};
use crate::code::{Coder, How, with_coder};
use crate::dates::{Timed, is_undone};
use crate::phrases::lower_lemma;
use crate::sides::{probability, sign};
use crate::{Auxiliary, Precision, When, quotes, status};

/// What is told as plain news has the day of publication, or that which the article is telling; another takes its place from this
/// probability on,
const REPLACES: f32 = 0.3;
/// and it has none if another is as likely as this, and it less likely than [`STAYS`].
const DOUBTS: f32 = 0.2;
/// The day that the rules choose by words of the sentence is none below this probability.
const STAYS: f32 = 0.1;
/// Another takes its place from this one on, if it has not half as much.
const OUTWEIGHS: f32 = 0.6;
/// Where the rules choose none, the likeliest is that of the act from this one on.
const FILLS: f32 = 0.7;
/// So many sentences on, a day may be that of what a headline or lead tells.
const AHEAD: usize = 2;
/// What the article tells first, or most often, is its news if it lies no more than this many days before publication.
const RECENT: i32 = 31;
/// So many words from the act are far.
const FAR: u32 = 30;

/// A day that may be that of an act.
#[derive(Debug, Clone)]
pub struct Day {
    /// The day.
    pub when: When,
    /// How much there is of each sign, by the numbers of [`polybius_codebook::DaySign`].
    pub signs: Vec<f32>,
    /// How likely the act happened then, from 0 to 1.
    pub likely: f32,
}

/// A word that heads a clause with days by words of its own.
pub(crate) struct DatedWord {
    sentence: SentenceId,
    lemma: String,
    speaks: bool,
    days: (Date, Date),
}

/// What the article tells of days, wherever it does.
#[derive(Default)]
pub(crate) struct DaysTold {
    /// The days that clauses have by words of their own.
    by_words: Vec<DatedWord>,
    /// Those that it tells, the first first, and how often.
    told: Vec<((Date, Date), u32)>,
}

impl Day {
    fn put(&mut self, sign: DaySign, much: f32) {
        let own = &mut self.signs[sign as usize];
        *own = own.max(much);
    }
}

/// Every day that may be that of what the words at each of the spans name: what the points of the codebook are learned from.
pub fn days(document: &Document, codebook: &Codebook, spans: &[Span]) -> Vec<Vec<Day>> {
    with_coder(document, codebook, How::default(), |coder| {
        let days = |span: &Span| {
            let (clauses, clause, auxiliary) = coder.told_at(*span)?;
            Some(coder.days(clauses, clause, auxiliary))
        };
        spans.iter().map(|span| days(span).unwrap_or_default()).collect()
    })
}

/// The expressions of time of the document, each with the days that its words name in their place, whichever part or bound of them is meant;
/// none where they name no day.
pub fn time_values(document: &Document, codebook: &Codebook) -> Vec<(Span, Option<(Date, Date)>)> {
    with_coder(document, codebook, How::default(), |coder| {
        coder.times().iter().flat_map(|times| times.values()).collect()
    })
}

/// When what the words at each of the spans name happened in `document`, as an event there would be dated.
pub fn dates(document: &Document, codebook: &Codebook, spans: &[Span]) -> Vec<Option<When>> {
    with_coder(document, codebook, How::default(), |coder| {
        let date = |span: &Span| {
            let (clauses, clause, auxiliary) = coder.told_at(*span)?;
            coder.date(clauses, clause, auxiliary, &mut Vec::new())
        };
        spans.iter().map(date).collect()
    })
}

impl Coder<'_> {
    /// The clause that the words at `span` head, or stand in.
    fn told_at(&self, span: Span) -> Option<(&Clauses, &Clause, Auxiliary)> {
        let mut tokens = self.document.tokens_over(span);
        let first = tokens.clone().next()?;
        let clauses = &self.clauses[self.document.sentence_of(first.id).index()];
        let headed = tokens.find_map(|token| clauses.headed_by(token.id));
        let clause = headed.or_else(|| clauses.around(first).filter(|clause| !modifies_noun(first, clause.head)))?;
        let verb = self.document.token(clause.head);
        Some((clauses, clause, status::by_words(self.codebook, clauses, clause, verb).auxiliary()))
    }

    /// When the clause happened.
    pub(crate) fn date(
        &self,
        clauses: &Clauses,
        clause: &Clause,
        auxiliary: Auxiliary,
        notes: &mut Vec<String>,
    ) -> Option<When> {
        let undone = is_undone(self.codebook, self.document.token(clause.head));
        if self.published.is_none() || self.codebook.dates.is_empty() || undone {
            return self.date_by_rules(clauses, clause, auxiliary.future || auxiliary.hypothetical);
        }
        let days = self.days(clauses, clause, auxiliary);
        let likeliest = days.iter().reduce(|one, other| if other.likely > one.likely { other } else { one })?;
        let ruled = days.iter().find(|day| day.signs[DaySign::Ruled as usize] > 0.0);
        let chosen = match ruled {
            None => Some(likeliest).filter(|day| day.likely >= FILLS),
            Some(ruled) if ruled.when.span.is_none() => match likeliest.likely {
                likely if likely >= REPLACES => Some(likeliest),
                likely => Some(ruled).filter(|day| day.likely >= STAYS || likely < DOUBTS),
            },
            Some(ruled) if likeliest.likely >= OUTWEIGHS && ruled.likely * 2.0 < OUTWEIGHS => Some(likeliest),
            Some(ruled) => Some(ruled).filter(|day| day.likely >= STAYS),
        };
        let same = |one: Option<&Day>, other: Option<&Day>| one.map(|day| &day.when) == other.map(|day| &day.when);
        if !same(chosen, ruled) {
            let shown = |day: Option<&Day>| match day {
                Some(Day { when: When { start, end, .. }, likely, .. }) if start == end => {
                    format!("{start}, {likely:.2}")
                }
                Some(Day { when: When { start, end, .. }, likely, .. }) => format!("{start}/{end}, {likely:.2}"),
                None => "none".to_owned(),
            };
            notes.push(format!("date by what the article tells: {}; by the rules: {}", shown(chosen), shown(ruled)));
        }
        chosen.map(|day| day.when.clone())
    }

    /// Every day that may be that of the clause.
    fn days(&self, clauses: &Clauses, clause: &Clause, auxiliary: Auxiliary) -> Vec<Day> {
        let Some(published) = self.published else { return Vec::new() };
        let sentence = self.document.sentence_of(clause.head);
        let times = &self.times()[sentence.index()];
        let plain = |(start, end): (Date, Date)| {
            let precision = crate::dates::precision(start, end);
            When { start, end, precision, span: None, anchor: Some(published) }
        };
        let mut days: Vec<Day> = Vec::new();
        let here: Vec<(usize, &Timed, When)> = times.dated().collect();
        let distance = |timed: &Timed| timed.top.0.abs_diff(clause.head.0);
        let nearest = here.iter().map(|(_, timed, _)| distance(timed)).min();
        for (_, timed, when) in &here {
            let day = add(&mut days, when.clone());
            day.put(DaySign::Here, 1.0);
            day.put(DaySign::OnlyOne, sign(here.len() == 1));
            day.put(DaySign::Nearest, sign(nearest == Some(distance(timed))));
            self.by_place(day, clauses, clause, timed);
        }
        for (by, index) in times.by_rules(self.document, self.codebook, clauses, clause) {
            if let Some((.., when)) = here.iter().find(|(other, ..)| *other == index) {
                add(&mut days, when.clone()).put(by, 1.0);
            }
        }
        if let Some((since, told)) = times.told {
            let day = add(&mut days, plain(told));
            day.put(DaySign::ToldBefore, 1.0);
            day.put(DaySign::Ago, since.min(6) as f32 / 3.0);
            day.put(DaySign::Paragraph, sign(self.parts(SentenceId(sentence.0 - since), sentence)));
        }
        let after = self.times().iter().skip(sentence.index() + 1).take(AHEAD);
        if let Some(told) = after.flat_map(|times| times.told_here()).next() {
            add(&mut days, plain(told)).put(DaySign::ToldAfter, 1.0);
        }
        let lemma = lower_lemma(self.document.token(clause.head));
        let article = self.days_told();
        let elsewhere = article.by_words.iter().filter(|word| word.sentence != sentence && word.lemma == lemma);
        if let Some(told) = elsewhere.min_by_key(|word| word.sentence.0.abs_diff(sentence.0)) {
            add(&mut days, plain(told.days)).put(DaySign::Elsewhere, 1.0);
        }
        let before = article.by_words.iter().take_while(|word| word.sentence < sentence);
        if let Some(told) = before.filter(|word| !word.speaks).last() {
            add(&mut days, plain(told.days)).put(DaySign::ActBefore, 1.0);
        }
        let is_news = |days: &(Date, Date)| days.0 == days.1 && (0..=RECENT).contains(&(published - days.1).get_days());
        if let Some((told, _)) = article.told.iter().find(|(days, _)| is_news(days)) {
            add(&mut days, plain(*told)).put(DaySign::ToldFirst, 1.0);
        }
        let news = article.told.iter().filter(|(days, n)| is_news(days) && *n > 1);
        if let Some((told, _)) = news.max_by_key(|(_, n)| *n) {
            add(&mut days, plain(*told));
        }
        add(&mut days, plain((published, published))).put(DaySign::Published, 1.0);
        let ruled = self.date_by_rules(clauses, clause, auxiliary.future || auxiliary.hypothetical);
        if let Some(ruled) = &ruled {
            let day = add(&mut days, ruled.clone());
            day.put(DaySign::Ruled, 1.0);
            // Words that tell the day are its own where they are those of the act.
            day.when = ruled.clone();
        }
        let of_act = self.signs_of_act(clauses, clause, auxiliary);
        for day in &mut days {
            let chosen = day.signs[DaySign::Ruled as usize] > 0.0;
            day.put(DaySign::OtherRuled, sign(ruled.is_some() && !chosen));
            day.put(DaySign::NoneRuled, sign(ruled.is_none()));
            day.put(DaySign::NoneHere, sign(here.is_empty()));
            let told = article.told.iter().find(|(days, _)| *days == (day.when.start, day.when.end));
            day.put(DaySign::Often, told.map_or(0, |(_, n)| *n).min(3) as f32 / 3.0);
            by_distance(day, published);
            of_act.iter().for_each(|(of, holds)| day.put(*of, sign(*holds)));
            let [sum] = self.codebook.dates.sum(&day.signs);
            day.likely = probability(sum);
        }
        days
    }

    /// What the article tells of days.
    fn days_told(&self) -> &DaysTold {
        self.days_told.get_or_init(|| {
            let mut found = DaysTold::default();
            for (sentence, (times, clauses)) in self.sentences().zip(self.times().iter().zip(self.clauses)) {
                for days in times.told_here() {
                    match found.told.iter_mut().find(|(told, _)| *told == days) {
                        Some((_, n)) => *n += 1,
                        None => found.told.push((days, 1)),
                    }
                }
                for clause in clauses.iter().filter(|_| !times.is_empty()) {
                    if let Some(when) = times.own(self.document, clause, false) {
                        let lemma = lower_lemma(self.document.token(clause.head));
                        let speaks = quotes::speech(self.codebook, clause).is_some();
                        found.by_words.push(DatedWord { sentence, lemma, speaks, days: (when.start, when.end) });
                    }
                }
            }
            found
        })
    }

    /// Whether a paragraph ends between the sentences.
    fn parts(&self, one: SentenceId, other: SentenceId) -> bool {
        let between = self.document.sentence(one).tokens.end..self.document.sentence(other).tokens.start;
        let (from, to) = (self.document.token(TokenId(between.start.0 - 1)), self.document.token(between.end));
        let text = &self.document.article().text[from.span().range().start..to.span().range().start];
        text.matches('\n').count() > 1
    }

    /// Where an expression stands by the act.
    fn by_place(&self, day: &mut Day, clauses: &Clauses, clause: &Clause, timed: &Timed) {
        let act = clause.head;
        day.put(DaySign::Before, sign(timed.top < act));
        day.put(DaySign::After, sign(timed.top > act));
        day.put(DaySign::Distance, timed.top.0.abs_diff(act.0).min(FAR) as f32 / 10.0);
        day.put(DaySign::Opens, sign(timed.opens));
        day.put(DaySign::Deadline, sign(timed.is_deadline()));
        day.put(DaySign::NamesYear, sign(timed.is_absolute()));
        day.put(DaySign::Plain, sign(timed.tells()));
        let between = timed.top.min(act).0 + 1..timed.top.max(act).0;
        let between = || between.clone().map(|id| self.document.token(TokenId(id)));
        day.put(DaySign::Comma, sign(between().any(|token| matches!(token.text(), "," | ";" | "–" | "—" | "(" | ")"))));
        let verbs = between().filter(|token| token.upos() == Upos::Verb && clauses.headed_by(token.id).is_some());
        day.put(DaySign::Verbs, verbs.count().min(3) as f32);
        let Some(of) = timed.clause else { return };
        let (own, verb) = (self.document.token(act), self.document.token(of));
        let is_own = of == act || Some(of) == clause.light;
        day.put(DaySign::OfAct, sign(is_own));
        day.put(DaySign::OfAbove, sign(!is_own && verb.governs(act)));
        day.put(DaySign::OfBelow, sign(!is_own && own.governs(of)));
        day.put(DaySign::OfNoun, sign(!is_own && verb.upos().is_noun()));
        day.put(DaySign::OfSpeech, sign(!is_own && self.speaks(clauses, of)));
        day.put(DaySign::OfDescription, sign(!is_own && matches!(verb.relation(), Relation::Acl | Relation::AclRelcl)));
    }

    /// Whether the word heads a clause of speech.
    fn speaks(&self, clauses: &Clauses, head: TokenId) -> bool {
        clauses.headed_by(head).is_some_and(|clause| quotes::speech(self.codebook, clause).is_some())
    }

    /// What the act is, and how it is told.
    fn signs_of_act(&self, clauses: &Clauses, clause: &Clause, auxiliary: Auxiliary) -> [(DaySign, bool); 23] {
        let verb = self.document.token(clause.light.unwrap_or(clause.head));
        let sentence = self.document.sentence_of(clause.head);
        let above = std::iter::successors(Some(verb), |token| token.head());
        let mut above = above.filter(|token| matches!(token.relation(), Relation::Ccomp | Relation::Xcomp));
        let reported = above.any(|token| token.head().is_some_and(|head| self.speaks(clauses, head.id)));
        let has = |lemma: &str, tags: &[&str]| {
            verb.children_by(Relation::Aux).any(|aux| aux.lemma() == lemma && tags.contains(&aux.xpos()))
        };
        let (perfect, pluperfect) = (has("have", &["VBZ", "VBP", "VB"]), has("have", &["VBD"]));
        let noun = clause.kind == Kind::Noun && clause.light.is_none();
        let infinitive = verb.xpos() == "VB" && verb.children_by(Relation::Mark).next().is_some();
        let bare = matches!(verb.xpos(), "VBG" | "VBN") && verb.children_by(Relation::Aux).next().is_none();
        [
            (DaySign::Any, true),
            (DaySign::EventNoun, noun),
            (DaySign::Passive, clause.passive),
            (DaySign::Asserted, self.is_asserted(clause)),
            (DaySign::SimplePast, self.is_simple_past(clause)),
            (DaySign::Past, self.is_past(clause)),
            (DaySign::Perfect, perfect),
            (DaySign::Pluperfect, pluperfect),
            (DaySign::Present, matches!(verb.xpos(), "VBZ" | "VBP")),
            (DaySign::Infinitive, infinitive),
            (DaySign::Participle, bare && !clause.passive),
            (DaySign::Ahead, auxiliary.future),
            (DaySign::Hypothetical, auxiliary.hypothetical),
            (DaySign::Negation, auxiliary.negation),
            (DaySign::Speech, quotes::speech(self.codebook, clause).is_some()),
            (DaySign::Reported, reported),
            (DaySign::Relative, matches!(verb.relation(), Relation::Acl | Relation::AclRelcl)),
            (DaySign::Adverbial, verb.relation() == Relation::Advcl),
            (DaySign::Conjunct, verb.relation() == Relation::Conj),
            (DaySign::Root, verb.relation() == Relation::Root),
            (DaySign::Quoted, self.resolver.is_quoted(clause.head)),
            (DaySign::Headline, sentence.0 == 0 && self.document.sentences().len() > 1),
            (DaySign::Lead, sentence.0 == 1),
        ]
    }
}

/// The day among those found, put there if it is new. One with words keeps them.
fn add(days: &mut Vec<Day>, when: When) -> &mut Day {
    let same = |day: &Day| (day.when.start, day.when.end) == (when.start, when.end);
    match days.iter().position(same) {
        Some(at) => &mut days[at],
        None => {
            days.push(Day { when, signs: vec![0.0; DaySign::ALL.len()], likely: 0.0 });
            days.last_mut().expect("one was put there")
        }
    }
}

/// How far from publication it lies, and how exact it is.
fn by_distance(day: &mut Day, published: Date) {
    let n_days = (published - day.when.end).get_days();
    let exact = day.when.precision == Precision::Day;
    let long = day.when.precision >= Precision::Quarter;
    let signs = [
        (DaySign::OneDay, exact),
        (DaySign::LongTime, long),
        (DaySign::ToCome, day.when.start > published),
        (DaySign::SameDay, n_days == 0 && exact),
        (DaySign::Fresh, (1..=7).contains(&n_days)),
        (DaySign::Recent, (8..=60).contains(&n_days)),
        (DaySign::LongPast, (61..=365).contains(&n_days)),
        (DaySign::Old, n_days > 365),
    ];
    for (of, holds) in signs {
        day.put(of, sign(holds));
    }
}

/// Whether the word describes a thing below `head`, or stands aside: "Saudi-backed", "peace efforts", "following the report".
fn modifies_noun(word: Token<'_>, head: TokenId) -> bool {
    let mut path = std::iter::successors(Some(word), |token| token.head()).take_while(|token| token.id != head);
    path.any(|token| {
        let describes =
            matches!(token.relation(), Relation::Amod | Relation::Compound | Relation::Nmod | Relation::NmodPoss);
        let is_aside = token.relation() == Relation::Obl
            && !matches!(
                crate::phrases::preposition(token).as_deref(),
                None | Some("in" | "during" | "at" | "by" | "amid" | "on")
            );
        describes || (is_aside && token.upos().is_noun())
    })
}
