//! Actor codes of CAMEO: three letters a part, a country or kind first, roles after it.

use crate::{Codebook, Kind, SectorId};

/// What a code says.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Coded {
    pub country: Option<Box<str>>,
    pub sector: Option<SectorId>,
    pub kind: Option<Kind>,
    /// Whether it is a country and nothing more.
    pub is_land: bool,
    /// Parts that the crosswalk does not have.
    pub unknown: Vec<String>,
    /// Parts that say a second sector, which is not kept: an actor has one.
    pub left_out: Vec<String>,
}

/// Reads a code.
///
/// # Errors
/// Why nothing can be made of it.
pub(super) fn read(code: &str, codebook: &Codebook) -> Result<Coded, String> {
    let code = code.trim().to_ascii_uppercase();
    if !code.is_empty() && code.bytes().all(|byte| byte == b'-') {
        return Err("the code says that it is no actor".to_owned());
    }
    if code.contains('/') {
        return Err(format!("the code `{code}` is of several actors; give each a record of its own"));
    }
    let letters = code.as_bytes();
    if letters.is_empty() || !letters.len().is_multiple_of(3) || !letters.iter().all(u8::is_ascii_alphanumeric) {
        return Err(format!("`{code}` is no actor code; codes are three letters a part"));
    }
    let parts: Vec<&str> = (0..code.len()).step_by(3).map(|start| &code[start..start + 3]).collect();
    let mut coded = Coded::default();
    let actors = &codebook.actor_codes;
    let country = codebook.countries.iter().find(|country| &*country.cameo == parts[0]);
    let mut roles = &parts[1..];
    if let Some(country) = country {
        coded.country = Some(country.iso3.clone());
    } else if let Some(head) = actors.get("cameo-head", parts[0]) {
        coded.country = head.country.clone();
        (coded.sector, coded.kind) = (head.sector, head.kind);
    } else if actors.get("cameo-role", parts[0]).is_some() {
        roles = &parts[..];
    } else {
        return Err(format!("unknown code `{}`: neither a country nor a kind of actor", parts[0]));
    }
    coded.is_land = coded.country.is_some() && roles.is_empty();
    for role in roles {
        match actors.get("cameo-role", role) {
            // The United Nations and the Union are named more closely than as an organisation.
            Some(found) if coded.sector.is_none() || found.kind == Some(Kind::Organisation) => {
                (coded.sector, coded.kind) = (found.sector.or(coded.sector), found.kind.or(coded.kind));
            }
            Some(found) if found.sector.is_some() && found.sector != coded.sector => {
                coded.left_out.push((*role).to_owned())
            }
            Some(_) => {}
            None if actors.get("cameo-head", role).is_some() => {}
            None => coded.unknown.push((*role).to_owned()),
        }
    }
    Ok(coded)
}
