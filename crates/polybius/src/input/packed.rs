//! Files packed with gzip, unpacked as they are read and no further than a real text would go.

use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Read};
use std::rc::Rc;

use flate2::read::MultiGzDecoder;

/// So much may come out of a packed file whatever its size.
const FREE_BYTES: u64 = 64 << 20;

/// Beyond that, so many times its size: text packs to a quarter or a tenth, and what packs to a thousandth was made to fill disks.
const MOST_TIMES: u64 = 200;

/// The bytes of `reader`, unpacked if they are packed with gzip, which the first two tell.
///
/// # Errors
/// If the first bytes cannot be read.
pub fn unpacked(mut reader: impl BufRead + 'static) -> io::Result<Box<dyn BufRead>> {
    if !reader.fill_buf()?.starts_with(b"\x1f\x8b") {
        return Ok(Box::new(reader));
    }
    let n_packed = Rc::new(Cell::new(0));
    let counted = Counted { reader, n_bytes: Rc::clone(&n_packed) };
    Ok(Box::new(BufReader::new(Unpacked { decoder: MultiGzDecoder::new(counted), n_packed, n_bytes: 0 })))
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

struct Unpacked<R> {
    decoder: MultiGzDecoder<Counted<R>>,
    n_packed: Rc<Cell<u64>>,
    n_bytes: u64,
}

impl<R: Read> Read for Unpacked<R> {
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
    fn what_is_broken_or_made_to_fill_disks_is_an_error() {
        let mut torn = packed(b"a text that is torn");
        torn.truncate(20);
        assert!(check(torn).is_err());
        let bomb = packed(&vec![b'a'; 100 << 20]);
        assert!(check(bomb).expect_err("it is too much").to_string().contains("200 times"));
    }
}
