//! Closed lists of words: each an `enum` that knows how the codebook spells it.

macro_rules! labels {
    ($($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal,)* })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$vdoc])* $variant,)* }

        impl $name {
            /// Every label, in the order of the manual.
            pub const ALL: &[$name] = &[$($name::$variant,)*];

            /// Every label as the codebook spells it.
            pub const NAMES: &[&'static str] = &[$($text,)*];

            /// The label as the codebook spells it.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text,)* }
            }

            /// The label that the codebook spells as `text`, if there is one.
            pub fn from_name(text: &str) -> Option<$name> {
                match text { $($text => Some($name::$variant),)* _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(self.as_str())
            }
        }
    )*};
}

labels! {
    /// How bad a problem is.
    Severity {
        /// The codebook cannot be used.
        Error = "error",
        /// It can be used, and someone should look.
        Warning = "warning",
    }

    /// PLOVER's four classes of events.
    Quad {
        /// Words that bring together.
        VerbalCooperation = "verbal cooperation",
        /// Deeds that bring together.
        MaterialCooperation = "material cooperation",
        /// Words that set against.
        VerbalConflict = "verbal conflict",
        /// Deeds that set against.
        MaterialConflict = "material conflict",
    }

    /// How a row's words name its entity.
    Form {
        /// Its name in full; the first such row is the canonical name.
        Name = "name",
        /// A surname or short form.
        Short = "short",
        /// Initials.
        Acronym = "acronym",
        /// The adjective or the people.
        Demonym = "demonym",
        /// The capital city, standing for the government.
        Capital = "capital",
        /// The building, standing for who sits in it.
        Seat = "seat",
        /// Another name or spelling.
        Alias = "alias",
    }

    /// What an entity is.
    Kind {
        /// A state.
        Country = "country",
        /// A dependent or disputed land.
        Territory = "territory",
        /// A city, town or site: where things happen, and whose soil it is.
        Place = "place",
        /// A state that is no more.
        FormerCountry = "former-country",
        /// A man or woman.
        Person = "person",
        /// A ministry, parliament, army, court or agency.
        Body = "body",
        /// An organisation of states.
        Organisation = "organisation",
        /// An armed, ethnic or religious group.
        Group = "group",
        /// A political party.
        Party = "party",
        /// A company.
        Company = "company",
        /// A non-governmental organisation.
        Ngo = "ngo",
        /// A news outlet.
        Outlet = "outlet",
        /// Countries or people spoken of as one.
        Collective = "collective",
    }

    /// What a role noun names.
    RoleKind {
        /// One person: president.
        Person = "person",
        /// Several: rebels.
        People = "people",
        /// A body: ministry.
        Body = "body",
        /// One person who does no politics: baker.
        Bystander = "bystander",
    }

    /// What a speaker does with what is said.
    Stance {
        /// States it.
        Says = "says",
        /// Says that it is so after another said it.
        Confirms = "confirms",
        /// Says that it is not so.
        Denies = "denies",
        /// Is not sure of it.
        Doubts = "doubts",
        /// Says that harm will come.
        Warns = "warns",
        /// Says that it will be.
        Predicts = "predicts",
        /// Lays it at someone's door.
        Accuses = "accuses",
        /// Wants it done.
        Demands = "demands",
        /// Undertakes to do it.
        Promises = "promises",
        /// Holds it true.
        Believes = "believes",
        /// Asks whether it is so, or for an answer.
        Asks = "asks",
        /// Means or wants to do it.
        Plans = "plans",
        /// Will not do it.
        Refuses = "refuses",
        /// Is for it.
        Approves = "approves",
        /// Is against it.
        Opposes = "opposes",
        /// Nobody named holds it likely: "seems", "is expected".
        Seems = "seems",
    }

    /// What a cue does to the event that depends on it; PLOVER's auxiliary modes.
    Effect {
        /// It did not happen.
        Negation = "negation",
        /// It is yet to happen.
        Future = "future",
        /// It may happen or have happened.
        Hypothetical = "hypothetical",
        /// It happened long before the news.
        Historical = "historical",
    }

    /// What a slot's phrase can be, whatever its words.
    Class {
        /// Anything that resolves to an actor.
        Actor = "#actor",
        /// A country.
        Country = "#country",
        /// A person.
        Person = "#person",
        /// A ministry, parliament, army, court or agency.
        Body = "#body",
        /// An actor that bears arms.
        Armed = "#armed",
        /// Civilians.
        Civilian = "#civilian",
        /// A news outlet.
        Outlet = "#outlet",
        /// A place.
        Place = "#place",
        /// A number.
        Number = "#number",
    }

    /// Which of actor and recipient a pattern must find.
    Needs {
        /// Both of them.
        Both = "both",
        /// The actor.
        Actor = "actor",
        /// The recipient.
        Recipient = "recipient",
        /// At least one of them.
        Either = "either",
    }
}

impl Needs {
    /// Which of them is needed and not there.
    pub fn missing(self, actor: bool, recipient: bool) -> Option<&'static str> {
        match self {
            Needs::Both | Needs::Actor if !actor => Some("actor"),
            Needs::Both | Needs::Recipient if !recipient => Some("recipient"),
            Needs::Either if !actor && !recipient => Some("actor or recipient"),
            _ => None,
        }
    }
}

impl Quad {
    /// The number by which data sets know the class, 1 to 4.
    pub fn number(self) -> u8 {
        self as u8 + 1
    }
}

impl Kind {
    /// Whether it is a country or what is treated as one.
    pub fn is_land(self) -> bool {
        matches!(self, Kind::Country | Kind::Territory | Kind::FormerCountry)
    }
}
