//! A number that tells whether bytes have changed.

/// The digest of nothing.
pub(crate) const EMPTY: u64 = 0xcbf2_9ce4_8422_2325;

/// Goes on from `digest` with more bytes. Each step can be undone, so that a change of one word of eight bytes never goes unseen.
/// It guards against old files and broken disks, not against malice.
pub(crate) fn digest(digest: u64, bytes: &[u8]) -> u64 {
    let (words, rest) = bytes.as_chunks::<8>();
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    let length = (bytes.len() as u64).to_le_bytes();
    words.iter().chain([&last, &length]).fold(digest, |digest, word| {
        let mixed = (digest ^ u64::from_le_bytes(*word)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        mixed ^ (mixed >> 32)
    })
}
