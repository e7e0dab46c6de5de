//! Strings, byte by byte.

/// How far a string is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Position {
    /// Before the opening quotation mark.
    Quote,
    /// Between characters.
    Characters,
    /// After a backslash.
    Escape,
    /// After `\u` and so many digits.
    Digits(u8),
}

/// What reading came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reached {
    /// The bytes are used up.
    Within(Position),
    /// The string is whole.
    End,
    /// The next byte must not be there; the fault began `back` bytes before.
    Fault { back: u64, why: &'static str },
}

/// Reads on; says how many bytes belong to the string.
pub(super) fn read(mut position: Position, bytes: &[u8]) -> (usize, Reached) {
    let mut from = 0;
    loop {
        if position == Position::Characters {
            from += plain(&bytes[from..]);
        }
        let Some(byte) = bytes.get(from).copied() else { return (from, Reached::Within(position)) };
        position = match (position, byte) {
            (Position::Quote, _)
            | (Position::Escape, b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => {
                Position::Characters
            }
            (Position::Characters, b'"') => return (from + 1, Reached::End),
            (Position::Characters, b'\\') => Position::Escape,
            (Position::Characters, _) => return fault(from, 0, "A string holds a control character"),
            (Position::Escape, b'u') => Position::Digits(0),
            (Position::Escape, _) => {
                return fault(from, 1, "A backslash is followed by a sign it cannot escape");
            }
            (Position::Digits(3), byte) if byte.is_ascii_hexdigit() => Position::Characters,
            (Position::Digits(read), byte) if byte.is_ascii_hexdigit() => Position::Digits(read + 1),
            (Position::Digits(read), _) => {
                return fault(from, u64::from(read) + 2, "A \\u is not followed by four hexadecimal digits");
            }
        };
        from += 1;
    }
}

fn fault(from: usize, back: u64, why: &'static str) -> (usize, Reached) {
    (from, Reached::Fault { back, why })
}

/// Bytes before the next quotation mark, backslash or control character, eight at a time.
fn plain(bytes: &[u8]) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    // Borrows reach only bytes above one that is below already: the lowest mark is right.
    let below = |word: u64, limit: u64| word.wrapping_sub(ONES * limit) & !word & HIGH;
    let mut from = 0;
    for eight in bytes.as_chunks::<8>().0 {
        let word = u64::from_le_bytes(*eight);
        let quote = below(word ^ (ONES * 0x22), 1);
        let backslash = below(word ^ (ONES * 0x5c), 1);
        let marks = quote | backslash | below(word, 0x20);
        if marks != 0 {
            return from + (marks.trailing_zeros() / 8) as usize;
        }
        from += 8;
    }
    let rest = bytes[from..].iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1f));
    rest.map_or(bytes.len(), |length| from + length)
}
