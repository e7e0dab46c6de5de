//! Bodies made of data, and all of a text.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use sluice_core::body::{BodyFacts, OpenBody, Row, Source};
use sluice_core::http::{BodyForm, SpooledBody};

/// Nothing small takes longer; whoever waits for more waits for ever.
const LONGEST: Duration = Duration::from_secs(20);

/// A folder for what is unpacked or transcoded.
pub fn folder() -> PathBuf {
    static FOLDER: OnceLock<tempfile::TempDir> = OnceLock::new();
    FOLDER.get_or_init(|| tempfile::tempdir().unwrap()).path().to_owned()
}

/// The bytes as a body.
pub fn source(bytes: &[u8]) -> Arc<dyn Source> {
    SpooledBody::of(bytes.to_vec()).source()
}

/// Opens a body of this media type.
pub fn opened(bytes: &[u8], content_type: &str) -> Arc<OpenBody> {
    let content_type = Some(content_type.to_owned()).filter(|given| !given.is_empty());
    OpenBody::new(source(bytes), content_type, folder()).unwrap()
}

/// The facts once all is known.
pub fn wait(body: &OpenBody, form: BodyForm) -> BodyFacts {
    let begun = Instant::now();
    loop {
        let facts = body.facts(form);
        if facts.done {
            return facts;
        }
        assert!(begun.elapsed() < LONGEST, "the facts never reach done: {facts:?}");
    }
}

/// All bytes of a source that becomes whole.
pub fn bytes(source: &dyn Source) -> Vec<u8> {
    let begun = Instant::now();
    while !source.is_whole() {
        assert!(begun.elapsed() < LONGEST, "the text never becomes whole");
        std::thread::sleep(Duration::from_micros(50));
    }
    let mut bytes = vec![0; usize::try_from(source.size()).unwrap()];
    let mut filled = 0;
    while filled < bytes.len() {
        match source.read_at(&mut bytes[filled..], filled as u64).unwrap() {
            0 => panic!("a source ends before its size"),
            read => filled += read,
        }
    }
    bytes
}

/// The text of a row.
pub fn text_of(row: &Row) -> String {
    row.spans.iter().map(|span| span.text.as_str()).collect()
}

/// Splits data at the first byte that is no text: what stands before, and behind.
pub fn halves(data: &[u8]) -> (&[u8], &[u8]) {
    let at = data.iter().position(|byte| *byte == 0xff).unwrap_or(data.len());
    (&data[..at], data.get(at + 1..).unwrap_or_default())
}

/// Data with four bytes before that say how it is stretched over the edges of what is read at once.
pub fn stretched(data: &[u8]) -> (u8, Vec<u8>) {
    const LENGTHS: [usize; 5] = [1_000, 16 << 10, 64 << 10, 256 << 10, 1 << 20];
    const FILLS: [&str; 8] = [" ", "x", "\n", "ä", "1,", "[", "<b>t</b>", "😀"];
    let Some(([options, length, less, place], rest)) = data.split_first_chunk::<4>() else {
        return (0, data.to_vec());
    };
    // Most are as they are: stretching costs a thousand small ones.
    if length % 16 != 1 {
        return (*options, rest.to_vec());
    }
    let length = LENGTHS[usize::from(length >> 4) % LENGTHS.len()].saturating_sub(usize::from(*less));
    let fill = FILLS[usize::from(place >> 5)];
    let at = usize::from(place & 31).min(rest.len());
    let filled = fill.repeat(length.saturating_sub(at) / fill.len());
    (*options, [&rest[..at], filled.as_bytes(), &rest[at..]].concat())
}
