//! Records of comma separated values.

use std::io::{self, Read};
use std::sync::Arc;

use super::source::Source;
use super::view::BodyTable;

/// A record or a field is shown up to here.
const MOST_FIELDS: usize = 500;
const MOST_LETTERS: usize = 1000;
/// Every so many records a place to begin from is kept.
const EVERY: u64 = 1000;

/// The places to begin from in a body of records, found once.
pub struct Table {
    source: Arc<dyn Source>,
    separator: u8,
    columns: Vec<String>,
    places: Vec<csv::Position>,
    count: u64,
}

impl Table {
    /// Reads through all records once and keeps a place for every thousandth.
    pub fn read(source: Arc<dyn Source>) -> io::Result<Self> {
        let separator = separator(source.as_ref())?;
        let mut reader = reader(&source, 0, separator);
        let mut record = csv::ByteRecord::new();
        let columns = if next(&mut reader, &mut record)? { fields(&record) } else { Vec::new() };
        let (mut places, mut count) = (Vec::new(), 0);
        loop {
            let place = reader.position().clone();
            if !next(&mut reader, &mut record)? {
                break;
            }
            if count % EVERY == 0 {
                places.push(place);
            }
            count += 1;
        }
        Ok(Self { source, separator, columns, places, count })
    }

    /// Records from this one on.
    pub fn records(&self, from: u64, most: u32) -> io::Result<BodyTable> {
        let mut records = Vec::new();
        let place = usize::try_from(from / EVERY).ok().and_then(|page| self.places.get(page));
        if let Some(place) = place {
            let mut reader = reader(&self.source, place.byte(), self.separator);
            let mut record = csv::ByteRecord::new();
            let mut at = from / EVERY * EVERY;
            while records.len() < most as usize && next(&mut reader, &mut record)? {
                if at >= from {
                    records.push(fields(&record));
                }
                at += 1;
            }
        }
        Ok(BodyTable { columns: self.columns.clone(), from, records, count: self.count, done: true })
    }
}

type Reader = csv::Reader<From>;

fn reader(source: &Arc<dyn Source>, at: u64, separator: u8) -> Reader {
    let from = From { source: Arc::clone(source), at };
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .buffer_capacity(256 * 1024)
        .from_reader(from)
}

fn next(reader: &mut Reader, record: &mut csv::ByteRecord) -> io::Result<bool> {
    reader.read_byte_record(record).map_err(io::Error::other)
}

fn fields(record: &csv::ByteRecord) -> Vec<String> {
    let text = |field: &[u8]| String::from_utf8_lossy(field).chars().take(MOST_LETTERS).collect();
    record.iter().take(MOST_FIELDS).map(text).collect()
}

/// What stands most often in the first line: comma, semicolon, tab or bar.
fn separator(source: &dyn Source) -> io::Result<u8> {
    let mut start = vec![0; 16 * 1024];
    let read = source.read_at(&mut start, 0)?;
    let line = start[..read].split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |mark: &u8| memchr::memchr_iter(*mark, line).count();
    let best = [b',', b';', b'\t', b'|'].into_iter().rev().max_by_key(count);
    Ok(best.unwrap_or(b','))
}

struct From {
    source: Arc<dyn Source>,
    at: u64,
}

impl Read for From {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read_at(buffer, self.at)?;
        self.at += read as u64;
        Ok(read)
    }
}
