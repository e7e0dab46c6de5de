//! Names as they are read byte by byte: only their hash is kept.

/// The hash of a name (FNV-1a).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Name(u64);

/// `xml:space`.
pub(super) const XML_SPACE: Name = Name::of(b"xml:space");
/// `preserve`.
pub(super) const PRESERVE: Name = Name::of(b"preserve");

impl Default for Name {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Name {
    const fn of(bytes: &[u8]) -> Self {
        let (mut hash, mut at) = (0xcbf2_9ce4_8422_2325_u64, 0);
        while at < bytes.len() {
            hash = (hash ^ bytes[at] as u64).wrapping_mul(0x0100_0000_01b3);
            at += 1;
        }
        Self(hash)
    }

    /// The name with these bytes behind it.
    pub(super) fn and(self, bytes: &[u8]) -> Self {
        Self(bytes.iter().fold(self.0, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)))
    }

    /// The name with those of these bytes behind it that belong to it, and how many these are.
    #[inline]
    pub(super) fn read(self, bytes: &[u8]) -> (Self, usize) {
        let mut hash = self.0;
        for (length, byte) in bytes.iter().copied().enumerate() {
            if !goes_on(byte) {
                return (Self(hash), length);
            }
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        (Self(hash), bytes.len())
    }

    #[inline]
    pub(super) fn hash(self) -> u64 {
        self.0
    }
}

/// What a byte may be in a name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Nowhere,
    Behind,
    Anywhere,
}

const PLACES: [Place; 256] = {
    let mut places = [Place::Nowhere; 256];
    let mut byte = 0_u8;
    loop {
        places[byte as usize] = match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'_' | b':' | 0x80.. => Place::Anywhere,
            b'0'..=b'9' | b'-' | b'.' => Place::Behind,
            _ => Place::Nowhere,
        };
        if byte == u8::MAX {
            break places;
        }
        byte += 1;
    }
};

/// Whether a name may begin so.
#[inline]
pub(super) fn begins(byte: u8) -> bool {
    PLACES[usize::from(byte)] == Place::Anywhere
}

#[inline]
fn goes_on(byte: u8) -> bool {
    PLACES[usize::from(byte)] != Place::Nowhere
}

/// Bytes of a name at the beginning of these.
pub(in crate::body) fn length(bytes: &[u8]) -> usize {
    bytes.iter().position(|byte| !goes_on(*byte)).unwrap_or(bytes.len())
}
