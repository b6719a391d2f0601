//! The pronouns that refer, with what their form tells of whom they mean.

use polybius_document::TokenData;

/// A pronoun by its form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pronoun {
    /// Its place among the forms.
    pub(crate) form: usize,
    pub(crate) set: Set,
}

/// Pronouns that differ in case only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(usize)]
pub(crate) enum Set {
    I,
    You,
    He,
    She,
    It,
    We,
    They,
    This,
    That,
    These,
    There,
    Other,
}

impl Set {
    pub(crate) const COUNT: usize = 12;

    /// First or second person: whom it means depends on who speaks.
    pub(crate) fn is_speech(self) -> bool {
        matches!(self, Set::I | Set::You | Set::We)
    }

    pub(crate) fn number(self) -> Option<bool> {
        match self {
            Set::I | Set::He | Set::She | Set::It | Set::This | Set::That => Some(false),
            Set::We | Set::They | Set::These => Some(true),
            _ => None,
        }
    }
}

const FORMS: &[(&str, Set)] = &[
    ("i", Set::I),
    ("me", Set::I),
    ("my", Set::I),
    ("mine", Set::I),
    ("myself", Set::I),
    ("you", Set::You),
    ("your", Set::You),
    ("yours", Set::You),
    ("yourself", Set::You),
    ("yourselves", Set::You),
    ("ye", Set::You),
    ("he", Set::He),
    ("him", Set::He),
    ("his", Set::He),
    ("himself", Set::He),
    ("she", Set::She),
    ("her", Set::She),
    ("hers", Set::She),
    ("herself", Set::She),
    ("it", Set::It),
    ("its", Set::It),
    ("itself", Set::It),
    ("we", Set::We),
    ("us", Set::We),
    ("'s", Set::We),
    ("’s", Set::We),
    ("our", Set::We),
    ("ours", Set::We),
    ("ourselves", Set::We),
    ("they", Set::They),
    ("them", Set::They),
    ("their", Set::They),
    ("theirs", Set::They),
    ("themselves", Set::They),
    ("em", Set::They),
    ("'em", Set::They),
    ("this", Set::This),
    ("that", Set::That),
    ("these", Set::These),
    ("those", Set::These),
    ("there", Set::There),
];

/// How many forms are told apart, the last for all others.
pub(crate) const N_FORMS: usize = FORMS.len() + 1;

/// The pronoun `form`; `None` for one that asks or joins a clause, which stands for nothing by itself.
pub(crate) fn find(form: &str, token: &TokenData) -> Option<Pronoun> {
    if token
        .features
        .split('|')
        .any(|pair| pair.starts_with("PronType=") && (pair.contains("Rel") || pair.contains("Int")))
    {
        return None;
    }
    let lower = form.to_lowercase();
    let known = FORMS.iter().position(|(known, _)| *known == lower);
    Some(match known {
        Some(form) => Pronoun { form, set: FORMS[form].1 },
        None => Pronoun { form: FORMS.len(), set: Set::Other },
    })
}
