//! Actor and agent dictionaries of PETRARCH and of TABARI before it.
//!
//! An actor is a phrase, perhaps with codes in brackets; lines that begin with `+` are synonyms, lines that begin with white space hold
//! codes with dates (`[RUSGOV >000507]`, `[USAGOV 450703-470121]`). An agent is a phrase with its plural in braces and a code with `~`.
//! `;` and `#` begin comments. Years of two digits up to 30 are of this century, as PETRARCH reads them.

use jiff::civil::Date;

use super::Done;
use super::cameo::{self, Coded};
use super::record::{Held, Named, Record, in_title_case};
use super::writer::Writer;
use crate::{Codebook, Form, Kind, PartialDate, RoleKind};

pub(super) fn read(text: &str, codebook: &Codebook, writer: &mut Writer<'_>) {
    let mut reader = Reader { codebook, actor: None, sets: Vec::new() };
    let mut in_comment = false;
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim_start_matches('\u{feff}');
        let opens = line.trim_start().starts_with("<!");
        if opens || in_comment {
            in_comment = !line.contains("-->") && (in_comment || line.contains("<!--"));
            continue;
        }
        let line = line.split([';', '#']).next().unwrap_or_default().trim_end();
        if !line.trim().is_empty() {
            reader.line(number, line, writer);
        }
    }
    reader.close(writer);
}

struct Reader<'c> {
    codebook: &'c Codebook,
    actor: Option<Actor>,
    /// Sets of words that stand for one another: `!PERSON! = MAN, WOMAN`.
    sets: Vec<(String, Vec<String>)>,
}

/// A record as it is being read.
#[derive(Default)]
struct Actor {
    line: u32,
    names: Vec<Named>,
    /// Dated codes first, then the one that holds otherwise.
    codes: Vec<(Coded, Held)>,
    default: Option<Coded>,
    /// Lines of it that were rejected.
    rejected: Vec<u32>,
}

impl Reader<'_> {
    fn line(&mut self, number: u32, line: &str, writer: &mut Writer<'_>) {
        let words = line.trim();
        if let Some((name, members)) = words.strip_prefix('!').and_then(|_| words.split_once('=')) {
            let members = members.split(',').map(|member| member.trim().to_owned()).collect();
            return self.sets.push((name.trim().to_owned(), members));
        }
        let Some((phrase, codes)) = brackets(words) else {
            // What follows belongs to this line's actor, not to the one before.
            if !words.starts_with(['+', '[']) {
                self.close(writer);
            }
            return self.reject(number, "a bracket is not closed", writer);
        };
        if let Some(synonym) = phrase.strip_prefix('+') {
            if !codes.is_empty() {
                writer.tell(number, Done::Imported, "a synonym has no codes of its own; those of its actor were taken");
            }
            match &mut self.actor {
                Some(actor) => actor.names.push(named(number, synonym, Form::Alias)),
                None => writer.reject(number, "a synonym of nobody: no actor stands before it"),
            }
        } else if phrase.is_empty() {
            if self.actor.is_none() {
                return writer.reject(number, "a code of nobody: no actor stands before it");
            }
            codes.iter().for_each(|code| self.code(number, code, writer));
        } else if codes.iter().any(|code| code.contains('~')) {
            self.close(writer);
            self.agent(number, &phrase, &codes, writer);
        } else {
            self.close(writer);
            let names = vec![named(number, &phrase, Form::Name)];
            self.actor = Some(Actor { line: number, names, ..Actor::default() });
            codes.iter().for_each(|code| self.code(number, code, writer));
        }
    }

    /// A code of the actor being read, with its dates.
    fn code(&mut self, number: u32, text: &str, writer: &mut Writer<'_>) {
        let Some(actor) = &mut self.actor else { return };
        let (code, dates) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        let read = cameo::read(code, self.codebook).and_then(|coded| {
            let (from, until) = span(dates)?;
            let held = Held { sector: coded.sector, country: coded.country.clone(), from, until, ..Held::default() };
            match held.is_impossible() {
                true => Err(format!("`{}` ends before it begins", dates.trim())),
                false => Ok((coded, held)),
            }
        });
        match read {
            Err(reason) => {
                actor.rejected.push(number);
                writer.reject(number, &reason);
            }
            Ok((coded, held)) => {
                if !coded.unknown.is_empty() {
                    let parts = coded.unknown.join("`, `");
                    writer.tell(
                        number,
                        Done::Imported,
                        &format!("unknown code `{parts}`; the rest of `{code}` was taken"),
                    );
                }
                if !coded.left_out.is_empty() {
                    let parts = coded.left_out.join("`, `");
                    let reason = format!("`{code}` says several sectors, and an actor has one: `{parts}` was left out");
                    writer.tell(number, Done::Imported, &reason);
                }
                if held.from.is_some() || held.until.is_some() {
                    actor.codes.push((coded, held));
                } else if actor.default.is_some() {
                    writer.reject(number, "the actor has a code without dates already");
                } else {
                    actor.default = Some(coded);
                }
            }
        }
    }

    fn reject(&mut self, number: u32, reason: &str, writer: &mut Writer<'_>) {
        if let Some(actor) = &mut self.actor {
            actor.rejected.push(number);
        }
        writer.reject(number, reason);
    }

    /// Ends the actor being read.
    fn close(&mut self, writer: &mut Writer<'_>) {
        let Some(actor) = self.actor.take() else { return };
        let Some(coded) = actor.default.as_ref().or(actor.codes.first().map(|(coded, _)| coded)) else {
            let reason = match actor.rejected.as_slice() {
                [] => "the actor has no code",
                _ => "none of the actor's codes could be read",
            };
            let told = |name: &&Named| !actor.rejected.contains(&name.line);
            return actor.names.iter().filter(told).for_each(|name| writer.reject(name.line, reason));
        };
        let names = with_acronyms(actor.names);
        let dated = !actor.codes.is_empty();
        let kind = self.kind(coded, &names[0].name, dated);
        let country = coded.country.clone();
        let default = actor.default.iter().map(|coded| Held {
            sector: coded.sector,
            country: coded.country.clone(),
            ..Held::default()
        });
        let spans = actor.codes.iter().map(|(_, held)| held.clone()).chain(default).collect();
        let record =
            Record { line: actor.line, entity: None, kind, country, wikidata: None, names, spans, source: None };
        writer.add(record);
    }

    /// What an actor is, which a code tells only in part: offices with dates are held by people.
    fn kind(&self, coded: &Coded, name: &str, dated: bool) -> Kind {
        if coded.is_land && !dated {
            return Kind::Country;
        }
        let words: Vec<String> = name.to_lowercase().split(' ').map(str::to_owned).collect();
        let noun = |word: &String| self.codebook.roles.get(word).is_some_and(|role| role.kind != RoleKind::Person);
        let is_body = words.iter().any(noun);
        let sector = coded.sector.map(|sector| &*self.codebook.ontology.sector(sector).name);
        match coded.kind {
            Some(kind) => kind,
            None if sector == Some("PTY") && !dated => Kind::Party,
            None if sector == Some("BUS") && !dated => Kind::Company,
            None if sector == Some("JRN") && !dated => Kind::Outlet,
            None if is_body && !dated => Kind::Body,
            None if dated || words.len() > 1 => Kind::Person,
            None => Kind::Body,
        }
    }

    /// A common noun that acts.
    fn agent(&self, number: u32, phrase: &str, codes: &[String], writer: &mut Writer<'_>) {
        let (noun, plural) = match phrase.split_once('{') {
            Some((noun, plural)) => (noun, Some(plural.trim_end_matches('}').trim())),
            None => (phrase, None),
        };
        let code = codes[0].replace('~', "");
        let coded = match cameo::read(&code, self.codebook) {
            Ok(coded) => coded,
            Err(reason) => return writer.reject(number, &reason),
        };
        let Some(sector) = coded.sector else {
            return writer.reject(number, &format!("no sector is known for the code `{code}`"));
        };
        let mut nouns = vec![noun.to_owned()];
        for (set, members) in self.sets.iter().filter(|(set, _)| noun.contains(set.as_str())) {
            nouns = nouns.iter().flat_map(|noun| members.iter().map(|member| noun.replace(set, member))).collect();
        }
        for noun in nouns {
            let noun = named(number, &noun, Form::Name).name.to_lowercase();
            let words: Vec<&str> = noun.split(' ').collect();
            let kind = match self.codebook.roles.ending(&words) {
                Some((_, role)) => role.kind,
                None if plural == Some("") => RoleKind::People,
                None => RoleKind::Person,
            };
            writer.add_noun(number, &noun, sector, kind);
        }
    }
}

/// A phrase of the dictionary as a name. Underscores join words, and at the end only said that nothing may follow.
fn named(line: u32, phrase: &str, form: Form) -> Named {
    let words = phrase.replace('_', " ");
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = if words.chars().any(char::is_lowercase) { words } else { in_title_case(&words) };
    Named { line, name, form }
}

/// The names, with capitals for those that are the initials of another.
fn with_acronyms(mut names: Vec<Named>) -> Vec<Named> {
    let initials: Vec<String> =
        names.iter().filter(|name| name.name.contains(' ')).map(|name| initials(&name.name)).collect();
    for name in names.iter_mut().skip(1) {
        let capitals = name.name.to_uppercase();
        if initials.contains(&capitals) {
            (name.name, name.form) = (capitals, Form::Acronym);
        }
    }
    names
}

/// The first letters of the words that have a capital.
fn initials(name: &str) -> String {
    let words = name.split([' ', '-']).filter_map(|word| word.chars().next());
    words.filter(|letter| letter.is_uppercase()).collect()
}

/// What stands before the brackets of a line, and in each of them; `None` if one is not closed.
fn brackets(line: &str) -> Option<(String, Vec<String>)> {
    let (phrase, mut rest) = line.split_at(line.find('[').unwrap_or(line.len()));
    let mut codes = Vec::new();
    while let Some(start) = rest.find('[') {
        let (code, after) = rest[start + 1..].split_once(']')?;
        codes.push(code.trim().to_owned());
        rest = after;
    }
    Some((phrase.trim().to_owned(), codes))
}

type Span = (Option<PartialDate>, Option<PartialDate>);

/// `<date`, `>date` or `date-date`.
fn span(text: &str) -> Result<Span, String> {
    let text = text.trim();
    let date = |text: &str| date(text.trim()).map(Some).ok_or_else(|| format!("`{}` is no date", text.trim()));
    if text.is_empty() {
        Ok((None, None))
    } else if let Some(until) = text.strip_prefix('<') {
        Ok((None, date(until)?))
    } else if let Some(from) = text.strip_prefix('>') {
        Ok((date(from)?, None))
    } else if let Some((from, until)) = text.split_once('-') {
        Ok((date(from)?, date(until)?))
    } else {
        Err(format!("`{text}` says no span of time; write <date, >date or date-date"))
    }
}

/// `YYYYMMDD` or `YYMMDD`.
fn date(text: &str) -> Option<PartialDate> {
    if !text.bytes().all(|byte| byte.is_ascii_digit()) || !matches!(text.len(), 6 | 8) {
        return None;
    }
    let (year, month_and_day) = text.split_at(text.len() - 4);
    let century = match year.len() {
        2 if year <= "30" => 2000,
        2 => 1900,
        _ => 0,
    };
    let (month, day) = month_and_day.split_at(2);
    let date = Date::new(century + year.parse::<i16>().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?;
    PartialDate::parse(&date.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans() {
        let check = |text: &str, expected: Option<(&str, &str)>| {
            let shown = |date: Option<PartialDate>| date.map(|date| date.to_string()).unwrap_or_default();
            let found = span(text).ok().map(|(from, until)| (shown(from), shown(until)));
            assert_eq!(found, expected.map(|(from, until)| (from.to_owned(), until.to_owned())), "{text}");
        };
        check(">000507", Some(("2000-05-07", "")));
        check("< 19991231", Some(("", "1999-12-31")));
        check("18970101-450703", Some(("1897-01-01", "1945-07-03")));
        check("", Some(("", "")));
        check(">001332", None);
        check("000507", None);
        check("2000-2001", None);
    }

    #[test]
    fn lines() {
        let check = |line: &str, phrase: &str, codes: &[&str]| {
            let codes = codes.iter().map(|code| (*code).to_owned()).collect();
            assert_eq!(brackets(line), Some((phrase.to_owned(), codes)), "{line}");
        };
        check("IRAN_ [IRN]", "IRAN_", &["IRN"]);
        check("X [AGOV <900101] [BGOV >900101]", "X", &["AGOV <900101", "BGOV >900101"]);
        check("+PERSIA_", "+PERSIA_", &[]);
        assert_eq!(brackets("IRAN_ [IRN"), None);
        assert_eq!(named(1, "BANK_OF_ENGLAND_", Form::Name).name, "Bank of England");
    }
}
