//! A body as bytes: sixteen a row.

use std::fmt::Write as _;
use std::io;

use super::{Row, Source, Span, SpanKind};

/// Bytes in a row.
pub(super) const BYTES: u64 = 16;

/// Rows there are for a body of this size.
pub(super) fn count(size: u64) -> u64 {
    size.div_ceil(BYTES)
}

/// Rows of bytes.
pub(super) fn rows(source: &dyn Source, from: u64, count: u64) -> io::Result<Vec<Row>> {
    let begin = from.saturating_mul(BYTES);
    if begin >= source.size() {
        return Ok(Vec::new());
    }
    let wanted = usize::try_from(count.saturating_mul(BYTES)).unwrap_or(0);
    let mut bytes = vec![0; wanted];
    let mut filled = 0;
    while filled < wanted {
        match source.read_at(&mut bytes[filled..], begin.saturating_add(filled as u64))? {
            0 => break,
            read => filled += read,
        }
    }
    let row = |(number, bytes): (usize, &[u8])| row(from + number as u64, bytes);
    Ok(bytes[..filled].chunks(16).enumerate().map(row).collect())
}

fn row(number: u64, bytes: &[u8]) -> Row {
    let mut digits = String::with_capacity(51);
    for (place, byte) in bytes.iter().enumerate() {
        let gap = if place == 8 { " " } else { "" };
        let _ = write!(digits, "{gap}{byte:02x} ");
    }
    let signs = bytes.iter().map(|byte| if matches!(byte, 0x20..=0x7e) { char::from(*byte) } else { '.' });
    let spans = vec![
        Span { kind: SpanKind::Offset, text: format!("{:08x}  ", number.saturating_mul(BYTES)) },
        Span { kind: SpanKind::Number, text: format!("{digits:<50}") },
        Span { kind: SpanKind::Plain, text: signs.collect() },
    ];
    Row { line: Some(number + 1), depth: 0, opens: false, spans }
}

/// The column at which a byte begins.
pub(super) fn column_of(byte: u64, size: u64) -> u32 {
    let digits = if size > 0x1_0000_0000 { 9 } else { 8 };
    let place = u32::try_from(byte % BYTES).unwrap_or(0);
    digits + 2 + place * 3 + u32::from(place >= 8)
}
