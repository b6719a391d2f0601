//! The commands on a record, one file each.

pub mod ask;
mod coded;
pub mod correct;
pub mod doctor;
pub mod export;
pub mod figures;
pub mod import;
mod keeping;
pub mod parties;
pub mod read;
pub mod said;
mod table;

use anyhow::Result;
use polybius::Pipeline;
use polybius_record::{Clock, Filter, Record};

/// The clock: the computer's, or the one that `SOURCE_DATE_EPOCH` sets.
pub(crate) fn clock() -> Result<Clock> {
    match std::env::var("SOURCE_DATE_EPOCH") {
        Err(_) => Ok(Clock::System),
        Ok(seconds) => {
            let clock = seconds.parse().ok().and_then(Clock::fixed);
            clock.ok_or_else(|| anyhow::anyhow!("SOURCE_DATE_EPOCH is `{seconds}`, not a number of seconds since 1970"))
        }
    }
}

/// The codes that are meant by a code or by a name that the codebook knows.
fn codes(record: &Record, who: &str) -> Result<Vec<String>> {
    let own = Filter { actors: vec![who.to_owned()], ..Filter::default() };
    if record.unknown_codes(&own)?.is_empty() {
        return Ok(own.actors);
    }
    let answer = polybius::who(&Pipeline::new(crate::codebook::load(None)?), who, None);
    let mut codes: Vec<String> = answer.candidates.into_iter().map(|candidate| candidate.entity).collect();
    codes.sort();
    codes.dedup();
    Ok(if codes.is_empty() { own.actors } else { codes })
}

/// Says which codes the record has nothing under.
fn name_unknown(record: &Record, filter: &Filter) -> Result<()> {
    for (code, near) in record.unknown_codes(filter)? {
        let cure = match near[..] {
            [] => "give an ISO 3166-1 alpha-3 code or an entity; `polybius who NAME` finds it".to_owned(),
            _ => format!("did you mean {}?", near.join(", ")),
        };
        anstream::eprintln!("polybius: the record has nothing under `{code}`; {cure}");
    }
    Ok(())
}
