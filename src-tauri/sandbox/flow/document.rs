//! A JSON array of any size, made as it is sent.

use bytes::Bytes;

const OPEN: &[u8] = b"[\n";
const CLOSE: &[u8] = b"\n]";
const ROW: &[u8] =
    b"{\"id\":\"0000000000\",\"material\":\"TG-11\",\"quantity\":12,\"unit\":\"EA\",\"plant\":\"1710\",\"status\":\"CONFIRMED\"},\n";
const DIGITS: std::ops::Range<usize> = 7..17;

/// The smallest array that can be made: one empty text.
const SMALLEST: u64 = 6;

/// Rows in one piece.
const ROWS: u64 = 640;

/// The pieces of a JSON array of exactly so many bytes; never fewer than six.
pub(super) struct Document {
    next_row: u64,
    rows: u64,
    padding: usize,
    stage: Stage,
}

enum Stage {
    Open,
    Rows,
    Padding,
    Done,
}

impl Document {
    pub(super) fn new(size: u64) -> Self {
        let size = size.max(SMALLEST);
        let rows = (size - SMALLEST) / ROW.len() as u64;
        let rest = size - SMALLEST - rows * ROW.len() as u64;
        let padding = usize::try_from(rest).expect("the rest is smaller than a row");
        Self { next_row: 0, rows, padding, stage: Stage::Open }
    }

    fn rows(&mut self) -> Bytes {
        let end = self.rows.min(self.next_row + ROWS);
        let mut piece = Vec::with_capacity(ROW.len() * 640);
        for row in self.next_row..end {
            let start = piece.len();
            piece.extend_from_slice(ROW);
            number(&mut piece[start + DIGITS.start..start + DIGITS.end], row);
        }
        self.next_row = end;
        piece.into()
    }

    fn padding(&self) -> Bytes {
        let mut piece = vec![b'x'; self.padding + 2];
        piece[0] = b'"';
        piece[self.padding + 1] = b'"';
        piece.extend_from_slice(CLOSE);
        piece.into()
    }
}

impl Iterator for Document {
    type Item = Bytes;

    fn next(&mut self) -> Option<Bytes> {
        match self.stage {
            Stage::Open => {
                self.stage = if self.rows > 0 { Stage::Rows } else { Stage::Padding };
                Some(Bytes::from_static(OPEN))
            }
            Stage::Rows => {
                let piece = self.rows();
                if self.next_row == self.rows {
                    self.stage = Stage::Padding;
                }
                Some(piece)
            }
            Stage::Padding => {
                self.stage = Stage::Done;
                Some(self.padding())
            }
            Stage::Done => None,
        }
    }
}

pub(super) fn of_size(size: u64) -> Vec<u8> {
    Document::new(size).flat_map(Vec::from).collect()
}

fn number(digits: &mut [u8], mut value: u64) {
    for digit in digits.iter_mut().rev() {
        *digit = b'0' + u8::try_from(value % 10).expect("a digit is small");
        value /= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::of_size;

    #[test]
    fn a_document_has_its_size_and_is_json() {
        for size in [6, 7, 100, 101, 102, 210, 4096, 65_536, 200_001] {
            let document = of_size(size);
            assert_eq!(document.len() as u64, size);
            let rows: Vec<serde_json::Value> = serde_json::from_slice(&document).unwrap();
            assert!(!rows.is_empty());
        }
    }
}
