//! Files packed with gzip, zstd or xz, unpacked as they are read and no further than a real text would go.

use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Read};
use std::rc::Rc;

use flate2::read::MultiGzDecoder;
use lzma_rust2::XzReader;

/// So much may come out of a packed file whatever its size.
pub(super) const FREE_BYTES: u64 = 64 << 20;

/// Beyond that, so many times its size: text packs to a quarter or a tenth, and what packs to a thousandth was made to fill disks.
pub(super) const MOST_TIMES: u64 = 200;

/// So much memory a packed file may ask for, as a power of two and in KiB: what the tools' strongest settings need.
const MOST_WINDOW_LOG: u32 = 27;
const MOST_MEMORY_KIB: u32 = 256 << 10;

/// The bytes of `reader`, unpacked if they are packed with gzip, zstd or xz, which the first few tell.
///
/// # Errors
/// If the first bytes cannot be read.
pub fn unpacked(mut reader: impl BufRead + 'static) -> io::Result<Box<dyn BufRead>> {
    let first: Vec<u8> = reader.fill_buf()?.iter().copied().take(6).collect();
    let n_packed = Rc::new(Cell::new(0));
    let counted = Counted { reader, n_bytes: Rc::clone(&n_packed) };
    let decoder: Box<dyn Read> = if first.starts_with(b"\x1f\x8b") {
        Box::new(MultiGzDecoder::new(counted))
    } else if first.starts_with(b"\x28\xb5\x2f\xfd") {
        let mut decoder = zstd::Decoder::new(counted)?;
        decoder.window_log_max(MOST_WINDOW_LOG)?;
        Box::new(decoder)
    } else if first.starts_with(b"\xfd7zXZ\0") {
        Box::new(XzReader::new_mem_limit(BufReader::new(counted), true, MOST_MEMORY_KIB))
    } else {
        return Ok(Box::new(counted.reader));
    };
    Ok(Box::new(BufReader::new(Unpacked { decoder, n_packed, n_bytes: 0 })))
}

struct Counted<R> {
    reader: R,
    n_bytes: Rc<Cell<u64>>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let n_bytes = self.reader.read(into)?;
        self.n_bytes.set(self.n_bytes.get() + n_bytes as u64);
        Ok(n_bytes)
    }
}

struct Unpacked {
    decoder: Box<dyn Read>,
    n_packed: Rc<Cell<u64>>,
    n_bytes: u64,
}

impl Read for Unpacked {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let n_bytes = self.decoder.read(into)?;
        self.n_bytes += n_bytes as u64;
        if self.n_bytes > FREE_BYTES + MOST_TIMES * self.n_packed.get() {
            return Err(io::Error::other(format!("it unpacks to more than {MOST_TIMES} times its size")));
        }
        Ok(n_bytes)
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).expect("writing to memory cannot fail");
        encoder.finish().expect("writing to memory cannot fail")
    }

    fn check(bytes: Vec<u8>) -> io::Result<Vec<u8>> {
        let mut read = Vec::new();
        unpacked(BufReader::new(Cursor::new(bytes)))?.read_to_end(&mut read)?;
        Ok(read)
    }

    #[test]
    fn members_are_joined_and_plain_bytes_left_alone() {
        let two = [packed(b"one "), packed(b"two")].concat();
        assert_eq!(check(two).expect("it unpacks"), b"one two");
        assert_eq!(check(b"plain".to_vec()).expect("it is read"), b"plain");
        assert_eq!(check(Vec::new()).expect("it is read"), b"");
    }

    #[test]
    fn each_way_of_packing_is_known_and_bounded() {
        let text = b"Rebels captured the town. ".repeat(100);
        let zstd = |bytes: &[u8]| zstd::encode_all(bytes, 19).expect("memory takes it");
        assert_eq!(check([zstd(&text), zstd(b"more")].concat()).expect("it unpacks"), [&text[..], b"more"].concat());
        assert_eq!(check(XZ.to_vec()).expect("it unpacks"), b"Rebels captured the town.\n");
        let bomb = zstd(&vec![b'a'; 100 << 20]);
        assert!(check(bomb).expect_err("it is too much").to_string().contains("200 times"));
        assert!(check(XZ[..40].to_vec()).is_err() && check(zstd(&text)[..20].to_vec()).is_err());
    }

    #[test]
    fn what_is_broken_or_made_to_fill_disks_is_an_error() {
        let mut torn = packed(b"a text that is torn");
        torn.truncate(20);
        assert!(check(torn).is_err());
        let bomb = packed(&vec![b'a'; 100 << 20]);
        assert!(check(bomb).expect_err("it is too much").to_string().contains("200 times"));
    }

    /// Made by another program.
    const XZ: &[u8] = b"\xfd\x37\x7a\x58\x5a\x00\x00\x04\xe6\xd6\xb4\x46\x02\x00\x21\x01\x16\x00\x00\x00\x74\x2f\xe5\xa3\x01\x00\x19\x52\x65\x62\x65\x6c\x73\x20\x63\x61\x70\x74\x75\x72\x65\x64\x20\x74\x68\x65\x20\x74\x6f\x77\x6e\x2e\x0a\x00\x00\x00\x5a\xd7\x2d\xab\x79\x92\xce\xd4\x00\x01\x32\x1a\x20\x18\x94\x30\x1f\xb6\xf3\x7d\x01\x00\x00\x00\x00\x04\x59\x5a";
}
