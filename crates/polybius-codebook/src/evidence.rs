//! What speaks for somebody as a side of an event, for the event, for its day and its modes: the signs. Their points are in [`crate::Points`].

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
    /// What may speak for a mode of an act: what is read by logarithms of odds, from -2 to 2, the others 1 or 0.
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
