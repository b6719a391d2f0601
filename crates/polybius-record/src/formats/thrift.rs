//! Thrift's compact protocol, as far as the heads of Parquet files need it.

/// A struct under way.
#[derive(Default)]
pub(super) struct Struct {
    bytes: Vec<u8>,
    last: u8,
}

const I32: u8 = 5;
const I64: u8 = 6;
const BINARY: u8 = 8;
const LIST: u8 = 9;
const STRUCT: u8 = 12;

impl Struct {
    pub(super) fn i32(mut self, field: u8, value: i32) -> Struct {
        self.head(field, I32);
        zigzag(&mut self.bytes, i64::from(value));
        self
    }

    pub(super) fn i64(mut self, field: u8, value: i64) -> Struct {
        self.head(field, I64);
        zigzag(&mut self.bytes, value);
        self
    }

    pub(super) fn text(mut self, field: u8, value: &str) -> Struct {
        self.head(field, BINARY);
        text(&mut self.bytes, value);
        self
    }

    pub(super) fn nested(mut self, field: u8, value: Struct) -> Struct {
        self.head(field, STRUCT);
        self.bytes.extend(value.finish());
        self
    }

    pub(super) fn structs(mut self, field: u8, values: Vec<Struct>) -> Struct {
        self.list(field, values.len(), STRUCT);
        self.bytes.extend(values.into_iter().flat_map(Struct::finish));
        self
    }

    pub(super) fn i32s(mut self, field: u8, values: &[i32]) -> Struct {
        self.list(field, values.len(), I32);
        for &value in values {
            zigzag(&mut self.bytes, i64::from(value));
        }
        self
    }

    pub(super) fn texts(mut self, field: u8, values: &[&str]) -> Struct {
        self.list(field, values.len(), BINARY);
        for value in values {
            text(&mut self.bytes, value);
        }
        self
    }

    /// The bytes of the struct with its end.
    pub(super) fn finish(mut self) -> Vec<u8> {
        self.bytes.push(0);
        self.bytes
    }

    /// Fields come in order, none more than fifteen after the last.
    fn head(&mut self, field: u8, kind: u8) {
        let step = field - self.last;
        assert!((1..16).contains(&step), "fields are written in order");
        self.bytes.push((step << 4) | kind);
        self.last = field;
    }

    fn list(&mut self, field: u8, n: usize, kind: u8) {
        self.head(field, LIST);
        if n < 15 {
            self.bytes.push(((n as u8) << 4) | kind);
        } else {
            self.bytes.push(0xf0 | kind);
            varint(&mut self.bytes, n as u64);
        }
    }
}

/// Seven bits a byte, the lowest first; the highest bit says that more follow.
pub(super) fn varint(bytes: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        bytes.push((value as u8) | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

fn zigzag(bytes: &mut Vec<u8>, value: i64) {
    varint(bytes, ((value << 1) ^ (value >> 63)).cast_unsigned());
}

fn text(bytes: &mut Vec<u8>, value: &str) {
    varint(bytes, value.len() as u64);
    bytes.extend(value.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_written_as_the_protocol_says() {
        let written =
            Struct::default().i32(1, -1).text(4, "ab").structs(5, vec![Struct::default().i64(2, 300)]).finish();
        assert_eq!(written, [0x15, 1, 0x38, 2, b'a', b'b', 0x19, 0x1c, 0x26, 0xd8, 4, 0, 0]);
    }
}
