//! Near copies: wire stories that many print, whole, cut short or slightly changed. A signature is the least hash of a text's
//! word triples under fifty hash functions; the share of places where two signatures agree estimates how many triples two texts share.
//! Signatures are stored, so none of the constants here may ever change.

use std::array;

/// How many hash functions there are: ten bands of five.
const N_HASHES: usize = 50;

/// So many places that agree in a row make a band; texts with a band in common are compared.
const BAND: usize = 5;

/// Shorter texts have no signature: they are copies only if they are the same.
const LEAST_WORDS: usize = 20;

/// So many first words make one band more, which finds stories that were cut short.
const LEAD_WORDS: usize = 16;

/// Texts that share so many of all their triples are near copies.
const NEAR: f64 = 0.6;

/// A text that has so many of its triples in the other is a part of it.
const PART: f64 = 0.85;

/// What tells near copies from other texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// The least hashes; empty for short texts.
    least: Vec<u32>,
    /// How many different triples the text has.
    pub(crate) n_shingles: usize,
    /// The first words.
    lead: u64,
}

impl Signature {
    /// The signature of a text.
    pub fn of(text: &str) -> Signature {
        let words: Vec<u64> = text
            .split(|character: char| !character.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(|word| hashed(word.to_lowercase().as_bytes()))
            .collect();
        let lead = words.iter().take(LEAD_WORDS).fold(1, |lead, &word| mixed(lead ^ word));
        if words.len() < LEAST_WORDS {
            return Signature { least: Vec::new(), n_shingles: 0, lead };
        }
        let triple = |words: &[u64]| words.iter().fold(3, |triple, &word| mixed(triple ^ word));
        let mut triples: Vec<u64> = words.windows(3).map(triple).collect();
        triples.sort_unstable();
        triples.dedup();
        Signature { least: least_hashes(&triples).to_vec(), n_shingles: triples.len(), lead }
    }

    /// As it is stored; nothing for short texts.
    pub(crate) fn bytes(&self) -> Option<Vec<u8>> {
        (!self.least.is_empty()).then(|| self.least.iter().flat_map(|least| least.to_le_bytes()).collect())
    }

    /// As it was stored.
    pub(crate) fn stored(bytes: &[u8], n_shingles: usize) -> Signature {
        let least = bytes.as_chunks::<4>().0.iter().map(|&bytes| u32::from_le_bytes(bytes)).collect();
        Signature { least, n_shingles, lead: 0 }
    }

    /// What texts that may be near copies have at least one of in common.
    pub(crate) fn bands(&self) -> Vec<i64> {
        let band = |(index, band): (usize, &[u32])| {
            let start = mixed(index as u64 + 1);
            band.iter().fold(start, |hash, &least| mixed(hash ^ u64::from(least))).cast_signed()
        };
        let mut bands: Vec<i64> = self.least.chunks(BAND).enumerate().map(band).collect();
        if !bands.is_empty() {
            bands.push(self.lead.cast_signed());
        }
        bands
    }

    /// How near the other text is, 0 to 1, if one is a near copy of the other.
    pub(crate) fn nearness(&self, other: &Signature) -> Option<f64> {
        if self.least.is_empty() || other.least.is_empty() {
            return None;
        }
        let n_equal = self.least.iter().zip(&other.least).filter(|(own, others)| own == others).count();
        let shared_of_all = n_equal as f64 / N_HASHES as f64;
        let (own, others) = (self.n_shingles as f64, other.n_shingles as f64);
        let n_shared = shared_of_all / (1.0 + shared_of_all) * (own + others);
        let shared_of_shorter = (n_shared / own.min(others)).min(1.0);
        let near = shared_of_all >= NEAR || shared_of_shorter >= PART;
        near.then(|| (shared_of_all.max(shared_of_shorter) * 100.0).round() / 100.0)
    }
}

/// The least hash of the triples under each function.
fn least_hashes(triples: &[u64]) -> [u32; N_HASHES] {
    let keys: [u64; N_HASHES] =
        array::from_fn(|function| mixed((function as u64).wrapping_add(0x5851_f42d_4c95_7f2d)) | 1);
    let mut least = [u32::MAX; N_HASHES];
    // All functions of one triple after another, which a processor does at once.
    for triple in triples {
        for (least, key) in least.iter_mut().zip(&keys) {
            *least = (*least).min((mixed(triple.wrapping_mul(*key)) >> 32) as u32);
        }
    }
    least
}

/// FNV-1a, then mixed.
pub(crate) fn hashed(bytes: &[u8]) -> u64 {
    let step = |hash: u64, &byte: &u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    mixed(bytes.iter().fold(0xcbf2_9ce4_8422_2325, step))
}

/// The finish of SplitMix64: every bit of the result depends on every bit of the number.
fn mixed(mut number: u64) -> u64 {
    number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORY: &str = "Fighters ambushed a police convoy near the border on Wednesday, killing six officers and wounding nine, the \
        interior ministry said. The convoy had hit a roadside bomb before gunmen opened fire from both sides, according to a local \
        administrator. They burned two vehicles and took weapons, he said by telephone. No group has claimed the attack so far.";

    /// Whether a band brings the two together, and how near they are then.
    fn check(one: &str, other: &str) -> Option<f64> {
        let (one, other) = (Signature::of(one), Signature::of(other));
        let bands = other.bands();
        let meet = one.bands().iter().any(|band| bands.contains(band));
        meet.then(|| one.nearness(&other)).flatten()
    }

    #[test]
    fn copies_are_near() {
        assert_eq!(check(STORY, STORY), Some(1.0));
        assert!(check(STORY, &STORY.replace("Wednesday", "Thursday")).is_some(), "one word changed");
        assert!(check(STORY, &STORY[..STORY.find(" They").expect("it is there")]).is_some(), "cut short");
        assert!(check(STORY, &format!("NAIROBI – {STORY} Reporting by our staff.")).is_some(), "framed");
    }

    #[test]
    fn other_texts_are_not() {
        let other = "The two presidents met in the capital on Wednesday and agreed to open the border again, the interior ministry \
            said. They will meet again in spring, according to a spokesman who was not allowed to give his name to reporters.";
        assert_eq!(check(STORY, other), None);
        assert_eq!(check("Too short.", "Too short."), None);
    }

    #[test]
    fn signatures_stay_what_they_are() {
        let signature = Signature::of(STORY);
        assert_eq!(signature.bands()[0], FIRST_BAND);
        let stored = Signature::stored(&signature.bytes().expect("it is long enough"), signature.n_shingles);
        assert_eq!(stored.least, signature.least);
    }

    /// The first band of the story; a change would make every stored signature worthless.
    const FIRST_BAND: i64 = 1_402_000_223_765_003_977;
}
