//! What speaks for somebody as a side of an event, and for the event: points by sign, and by two signs together.

use crate::SourceFile;
use crate::csv_file::parse_csv;
use crate::problems::{Problems, did_you_mean};

labels! {
    /// What may speak for a candidate as actor or recipient of an event. Most are 1 or 0; the others say so. The place of a sign is its number.
    SideSign {
        /// Always 1.
        Any = "any",
        /// The rules take the candidate for an actor.
        Acts = "acts",
        /// The rules take the candidate for a recipient.
        Struck = "struck",
        /// It is of the country of an actor by the rules.
        OfActor = "of an actor's country",
        /// It is of the country of a recipient by the rules.
        OfRecipient = "of a recipient's country",
        /// A pronoun makes it an actor.
        ActsByPronoun = "acts by a pronoun",
        /// A noun of office makes it an actor.
        ActsByRole = "acts by a role noun",
        /// Its name makes it a recipient.
        StruckByName = "struck by its name",
        /// A noun of office makes it a recipient.
        StruckByRole = "struck by a role noun",
        /// Its capital makes it a recipient.
        StruckByCapital = "struck by its capital",
        /// It says what is thereby its act, by a pattern.
        ActsBySaying = "acts by saying",
        /// The pattern of such an act makes it the recipient.
        StruckBySaying = "struck by what is said",
        /// No words but the scene make it a recipient.
        StruckByScene = "struck by the scene",
        /// The rules find no actor.
        NobodyActs = "nobody acts",
        /// The rules find no recipient.
        NobodyStruck = "nobody is struck",
        /// How likely the trained reader takes it for the actor.
        ReadActs = "read as actor",
        /// How likely the trained reader takes it for the recipient.
        ReadStruck = "read as recipient",
        /// How likely the reader takes somebody else for the actor, if that is likelier.
        OtherReadActs = "another is read as actor",
        /// How likely the reader takes somebody else for the recipient, if that is likelier.
        OtherReadStruck = "another is read as recipient",
        /// How likely the reader across sentences takes it for the actor.
        AcrossActs = "actor across sentences",
        /// For the recipient.
        AcrossStruck = "recipient across sentences",
        /// How likely that reader takes somebody else for the actor, if that is likelier.
        OtherAcrossActs = "another is actor across sentences",
        /// For the recipient.
        OtherAcrossStruck = "another is recipient across sentences",
        /// How likely the trained reader takes somebody for the actor whom nobody can name.
        UnknownActs = "somebody unknown is read as actor",
        /// For the recipient.
        UnknownStruck = "somebody unknown is read as recipient",
        /// The sentence names it.
        Here = "named here",
        /// How often, up to three times.
        TimesHere = "times here",
        /// How many candidates the sentence names, in fours.
        CandidatesHere = "candidates here",
        /// Before the act.
        Before = "before the act",
        /// After the act.
        After = "after the act",
        /// How many words from the act, in tens, up to three.
        Distance = "distance",
        /// As subject of the act.
        Subject = "subject of the act",
        /// As any subject.
        ASubject = "a subject",
        /// As object of the act.
        Object = "object of the act",
        /// Below the noun that tells the act, as owner, adjective or with a preposition.
        OfNoun = "of the noun",
        /// As a place.
        Ground = "ground",
        /// In a row with an actor by the rules.
        BesideActor = "beside an actor",
        /// It speaks of the act.
        Speaker = "speaker",
        /// It did the last act told before.
        ActedLast = "acted last",
        /// It was acted on in the last act told before.
        StruckLast = "struck last",
        /// It did the last act told before that no actor by the rules did.
        ActedLastOfOthers = "acted last of others",
        /// It was acted on in the last act told before that an actor by the rules did.
        StruckLastByActor = "struck last by an actor",
        /// It did the last act of this type told before.
        ActedLastSo = "acted last so",
        /// It was acted on in the last act of this type told before.
        StruckLastSo = "struck last so",
        /// It did the last act told before in which an actor by the rules was acted on.
        StruckActorLast = "struck an actor last",
        /// How likely the trained reader takes it for the actor of another act of the sentence, if that is told before this one.
        ActsBefore = "acts before",
        /// For the recipient of one.
        StruckBefore = "struck before",
        /// For the actor of one that is told later.
        ActsAfter = "acts after",
        /// For the recipient of one.
        StruckAfter = "struck after",
        /// It is a subject of the sentence before.
        SubjectBefore = "subject before",
        /// How much of what was told before it did to an actor.
        Answered = "did it to an actor",
        /// How much of what was told before an actor did to it.
        Continued = "had it from an actor",
        /// The sentence before names it.
        SentenceBefore = "named before",
        /// Its country's share of the four weightiest of the article.
        Share = "share",
        /// Its country weighs most in the article.
        Heaviest = "heaviest",
        /// Its country weighs second most.
        Second = "second",
        /// How often the article names it, a sentence.
        Cited = "cited",
        /// It is an armed or political group.
        Group = "group",
        /// It is the group that the article names most.
        MainGroup = "main group",
        /// A pattern tells the act.
        Pattern = "pattern",
        /// By a pattern, it is the act of whoever says it.
        Asserted = "asserted",
        /// The act is mutual.
        Mutual = "mutual",
        /// The act is verbal cooperation.
        FriendlyWords = "friendly words",
        /// The act is verbal conflict.
        HostileWords = "hostile words",
        /// The act is material conflict.
        Force = "force",
        /// The act stands in quotation marks.
        Quoted = "quoted",
        /// The act is told in the passive.
        Passive = "passive",
        /// A noun tells the act.
        EventNoun = "event noun",
        /// The act is one that is done at home.
        AtHome = "at home",
        /// The article is one sentence.
        OneSentence = "one sentence",
    }

    /// What may speak for an event as it stands. Probabilities count by their log odds, between 1 and 99 %.
    EventSign {
        /// Always 1.
        Any = "any",
        /// A pattern tells it.
        Pattern = "pattern",
        /// It is the act of whoever says it, by a pattern; then the reader is not asked.
        Asserted = "asserted",
        /// The trained reader takes a word of it for an act.
        Heard = "heard",
        /// How likely the reader takes it for an act of this type.
        Type = "type",
        /// How likely the reader takes it for an act of another type, the likeliest.
        OtherType = "other type",
        /// How likely there is a recipient that the reader sees and the event has not.
        Missed = "missed",
        /// Nobody acts.
        NoActor = "no actor",
        /// Nobody is acted on.
        NoRecipient = "no recipient",
        /// It is mutual.
        Mutual = "mutual",
        /// It is mutual and has one side only.
        Alone = "alone",
        /// Several act.
        SeveralActors = "several actors",
        /// How likely its least likely actor is one.
        LeastActor = "least actor",
        /// How likely its likeliest actor is one.
        MostActor = "most actor",
        /// How likely the next, who is left out, is an actor.
        NextActor = "next actor",
        /// How likely its least likely recipient is one.
        LeastRecipient = "least recipient",
        /// How likely its likeliest recipient is one.
        MostRecipient = "most recipient",
        /// How likely the next, who is left out, is a recipient.
        NextRecipient = "next recipient",
        /// The rules did not find all that the pattern needs.
        Incomplete = "incomplete",
        /// A side is of no country and nobody that the codebook lists.
        Nobody = "nobody",
        /// The mode is known.
        Mode = "mode",
        /// It is negated.
        Negation = "negation",
        /// It stands in quotation marks.
        Quoted = "quoted",
        /// A noun tells it.
        EventNoun = "event noun",
        /// Words tell when.
        Dated = "dated",
        /// A side is somebody whom the words only describe.
        Described = "described",
        /// The article is one sentence.
        OneSentence = "one sentence",
    }

    /// What may speak for a day as that of an act.
    DaySign {
        /// Always 1.
        Any = "any",
        /// The rules choose it.
        Ruled = "by the rules",
        /// The rules choose another.
        OtherRuled = "another by the rules",
        /// The rules choose none.
        NoneRuled = "none by the rules",
        /// Its words hang on the act.
        Hangs = "hangs on the act",
        /// They stand in a phrase below it.
        BelowAct = "below the act",
        /// They are of a participle or clause beside it.
        BesideAct = "beside the act",
        /// They are of a clause that says when.
        OfWhen = "of a when-clause",
        /// They are of a clause whose time the act shares.
        Shared = "shared",
        /// The sentence tells it.
        Here = "told here",
        /// It is the only one that the sentence tells.
        OnlyOne = "only one here",
        /// The sentence tells none.
        NoneHere = "none here",
        /// The article told it last before the sentence.
        ToldBefore = "told before",
        /// How many sentences ago, in threes, up to two.
        Ago = "sentences ago",
        /// One of the next two sentences tells it first.
        ToldAfter = "told after",
        /// The same word has it elsewhere.
        Elsewhere = "of the same word elsewhere",
        /// Paragraphs end between the sentence that told it last and this one.
        Paragraph = "paragraphs between",
        /// The last act before the sentence that has a day by words of its own, and is no speech, has it.
        ActBefore = "of the act before",
        /// The article tells it first.
        ToldFirst = "told first",
        /// How often the article tells it, in threes, up to one.
        Often = "told often",
        /// It is counted from the act above: "two days after soldiers had arrested them".
        Counted = "counted from another",
        /// It is that of publication.
        Published = "publication",
        /// Its words stand before the act.
        Before = "before the act",
        /// After it.
        After = "after the act",
        /// How many words from it, in tens, up to three.
        Distance = "distance",
        /// No other stands nearer.
        Nearest = "nearest",
        /// They open the sentence.
        Opens = "opens the sentence",
        /// A comma, dash or bracket stands between.
        Comma = "comma between",
        /// How many verbs stand between, up to three.
        Verbs = "verbs between",
        /// They are of the act's own clause.
        OfAct = "of the act",
        /// Of a clause above it.
        OfAbove = "of a clause above",
        /// Of a clause below it.
        OfBelow = "of a clause below",
        /// Of a noun other than the act.
        OfNoun = "of a noun",
        /// Of another verb of speech.
        OfSpeech = "of speech",
        /// Of a clause that describes something.
        OfDescription = "of a description",
        /// They only give a deadline.
        Deadline = "deadline",
        /// They name the year.
        NamesYear = "names the year",
        /// They are no bound and no length of time.
        Plain = "plain",
        /// It is one day.
        OneDay = "one day",
        /// It is a quarter or longer.
        LongTime = "long time",
        /// It is to come.
        ToCome = "to come",
        /// It is the day of publication, whatever tells it.
        SameDay = "same day",
        /// It was up to a week before.
        Fresh = "fresh",
        /// It was up to 60 days before.
        Recent = "recent",
        /// It was up to a year before.
        LongPast = "long past",
        /// It was earlier.
        Old = "old",
        /// A noun that no verb carries tells the act.
        EventNoun = "event noun",
        /// The act is told in the passive.
        Passive = "passive",
        /// It is told as news and not only mentioned.
        Asserted = "told as news",
        /// In the simple past.
        SimplePast = "simple past",
        /// In any past tense.
        Past = "past",
        /// In the perfect.
        Perfect = "perfect",
        /// In the past perfect.
        Pluperfect = "past perfect",
        /// In the present.
        Present = "present",
        /// As an infinitive.
        Infinitive = "infinitive",
        /// As a bare participle.
        Participle = "participle",
        /// It is to come.
        Ahead = "future",
        /// It may be.
        Hypothetical = "hypothetical",
        /// It is negated.
        Negation = "negation",
        /// It is speech.
        Speech = "speech",
        /// Speech tells it.
        Reported = "reported",
        /// It describes something.
        Relative = "relative",
        /// It is a clause of circumstance.
        Adverbial = "adverbial",
        /// It stands in a row.
        Conjunct = "conjunct",
        /// It heads the sentence.
        Root = "root",
        /// It stands in quotation marks.
        Quoted = "quoted",
        /// It stands in the headline.
        Headline = "headline",
        /// It stands in the second sentence.
        Lead = "lead",
    }
}

labels! {
    /// What may speak for a mode of an act. Those that are read are logarithms of odds, from -2 to 2; the others are 1 or 0.
    ModeSign {
        /// Always 1.
        Any = "any",
        /// Words negate it.
        Negated = "negation told",
        /// Words say that it is to come.
        Ahead = "future told",
        /// Words say that it is only possible.
        Open = "hypothetical told",
        /// Words say that it is long past.
        Bygone = "historical told",
        /// The trained reader takes it for negated.
        ReadNegated = "negation read",
        /// For to come.
        ReadAhead = "future read",
        /// For only possible.
        ReadOpen = "hypothetical read",
        /// For long past.
        ReadBygone = "historical read",
        /// A condition hangs on it.
        Conditional = "condition",
        /// A noun tells it.
        Noun = "event noun",
    }
}

/// A table of points: `N` numbers for each sign, or for two together, where they are multiplied.
#[derive(Debug, Clone)]
pub struct Points<const N: usize> {
    lines: Vec<(usize, Option<usize>, [f32; N])>,
}

impl<const N: usize> Default for Points<N> {
    fn default() -> Points<N> {
        Points { lines: Vec::new() }
    }
}

impl<const N: usize> Points<N> {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// What the signs add up to; `signs` holds how much of each there is.
    pub fn sum(&self, signs: &[f32]) -> [f32; N] {
        let mut sums = [0.0; N];
        for (first, second, points) in &self.lines {
            let much = signs[*first] * second.map_or(1.0, |second| signs[second]);
            if much != 0.0 {
                sums.iter_mut().zip(points).for_each(|(sum, points)| *sum += much * points);
            }
        }
        sums
    }
}

/// Reads `sides.csv`.
pub(crate) fn read_sides(file: &SourceFile, problems: &mut Problems) -> Points<2> {
    let mut points = Points::default();
    parse_csv(file, ["signs", "actor", "recipient"], problems, |[signs, actor, recipient], place, problems| {
        let line = line(SideSign::NAMES, signs, [actor, recipient]);
        add(&mut points, line, &place, problems);
    });
    points
}

/// Reads `confidence.csv` or `dates.csv`, whose signs are `names`.
pub(crate) fn read_points(names: &[&str], file: &SourceFile, problems: &mut Problems) -> Points<1> {
    let mut points = Points::default();
    parse_csv(file, ["signs", "points"], problems, |[signs, number], place, problems| {
        let line = line(names, signs, [number]);
        add(&mut points, line, &place, problems);
    });
    points
}

/// Reads `modes.csv`.
pub(crate) fn read_modes(file: &SourceFile, problems: &mut Problems) -> Points<4> {
    let mut points = Points::default();
    let columns = ["signs", "negation", "future", "hypothetical", "historical"];
    parse_csv(file, columns, problems, |[signs, numbers @ ..], place, problems| {
        add(&mut points, line(ModeSign::NAMES, signs, numbers), &place, problems);
    });
    points
}

type Line<const N: usize> = (usize, Option<usize>, [f32; N]);

/// One line of a table, or what is wrong with it and how to put it right.
fn line<const N: usize>(names: &[&str], signs: &str, numbers: [&str; N]) -> Result<Line<N>, (String, Option<String>)> {
    let number = |name: &str| {
        let unknown = || (format!("`{name}` is no sign"), did_you_mean(name, names.iter().copied()));
        names.iter().position(|other| *other == name).ok_or_else(unknown)
    };
    let (first, second) = signs.split_once(" & ").map_or((signs, None), |(first, second)| (first, Some(second)));
    let (first, second) = (number(first)?, second.map(number).transpose()?);
    let mut points = [0.0; N];
    for (point, text) in points.iter_mut().zip(numbers) {
        let read = text.parse::<f32>().ok().filter(|read| read.abs() <= 99.0);
        *point = read.ok_or_else(|| (format!("`{text}` is no number from -99 to 99"), None))?;
    }
    Ok((first, second, points))
}

fn add<const N: usize>(
    points: &mut Points<N>,
    line: Result<Line<N>, (String, Option<String>)>,
    place: &crate::Place,
    problems: &mut Problems,
) {
    match line {
        Ok(line) => {
            let same = |(first, second, _): &Line<N>| (*first, *second) == (line.0, line.1);
            if points.lines.iter().any(same) {
                problems.error(place, "these signs are listed twice".to_owned(), None);
            }
            points.lines.push(line);
        }
        Err((message, cure)) => problems.error(place, message, cure),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_together_are_multiplied() {
        let (any, here, share) = (SideSign::Any as usize, SideSign::Here as usize, SideSign::Share as usize);
        let points = Points { lines: vec![(any, None, [1.0, 2.0]), (here, Some(share), [4.0, -4.0])] };
        let mut signs = [0.0; SideSign::ALL.len()];
        signs[any] = 1.0;
        assert_eq!(points.sum(&signs), [1.0, 2.0]);
        (signs[here], signs[share]) = (1.0, 0.5);
        assert_eq!(points.sum(&signs), [3.0, 0.0]);
    }

    #[test]
    fn defects_are_told() {
        let file = |text: &str| SourceFile { path: "confidence.csv".to_owned(), text: text.to_owned() };
        let mut problems = Problems::default();
        read_points(EventSign::NAMES, &file("signs,points\nany,0.5\ntype & pattern,-0.1\n"), &mut problems);
        read_points(EventSign::NAMES, &file("signs,points\nanny,0.5\nany,much\nany,1\nany,2\n"), &mut problems);
        let problems = problems.into_sorted();
        let messages: Vec<&str> = problems.iter().map(|problem| &*problem.message).collect();
        assert_eq!(
            messages,
            ["`anny` is no sign", "`much` is no number from -99 to 99", "these signs are listed twice"]
        );
        assert_eq!(problems[0].cure.as_deref(), Some("did you mean `any`?"));
    }
}
