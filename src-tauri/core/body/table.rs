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
/// A record takes so many bytes; one without an end would be all of the rest.
const LONGEST: u64 = 1024 * 1024;

/// The places to begin from in a body of records, found once.
pub struct Table {
    source: Arc<dyn Source>,
    separator: u8,
    columns: Vec<String>,
    places: Vec<u64>,
    count: u64,
    whole: bool,
    stopped: Option<u64>,
}

impl Table {
    /// Reads through all records once and keeps a place for every thousandth; stops behind one that is too long.
    pub fn read(source: Arc<dyn Source>) -> io::Result<Self> {
        // What arrives while the records are read may be missed.
        let whole = source.is_whole();
        let separator = separator(source.as_ref())?;
        let mut records = Records::new(&source, 0, separator);
        let columns = if records.next()? { fields(&records.record) } else { Vec::new() };
        let (mut places, mut count) = (Vec::new(), 0);
        loop {
            let place = records.place();
            if !records.next()? {
                break;
            }
            if count % EVERY == 0 {
                places.push(place);
            }
            count += 1;
        }
        let stopped = records.stopped();
        Ok(Self { source, separator, columns, places, count, whole, stopped })
    }

    /// Whether no more records will come.
    pub fn is_whole(&self) -> bool {
        self.whole
    }

    /// Records from this one on.
    pub fn records(&self, from: u64, most: u32) -> io::Result<BodyTable> {
        let mut shown = Vec::new();
        let place = usize::try_from(from / EVERY).ok().and_then(|page| self.places.get(page));
        if let Some(place) = place {
            let mut records = Records::new(&self.source, *place, self.separator);
            let mut at = from / EVERY * EVERY;
            // Of a body that arrives there may be more than were counted.
            while shown.len() < most as usize && at < self.count && records.next()? {
                if at >= from {
                    shown.push(fields(&records.record));
                }
                at += 1;
            }
        }
        let (columns, count) = (self.columns.clone(), self.count);
        Ok(BodyTable { columns, from, records: shown, count, done: self.whole, stopped: self.stopped })
    }
}

/// Records one after the other.
struct Records {
    reader: csv::Reader<From>,
    record: csv::ByteRecord,
    /// Where reading began.
    begin: u64,
    /// Where the record read last begins: its line, from 1.
    line: u64,
}

impl Records {
    fn new(source: &Arc<dyn Source>, at: u64, separator: u8) -> Self {
        let from = From { source: Arc::clone(source), at, until: 0, stopped: false };
        let reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(separator)
            .buffer_capacity(256 * 1024)
            .from_reader(from);
        Self { reader, record: csv::ByteRecord::new(), begin: at, line: 1 }
    }

    /// Where the next record begins.
    fn place(&self) -> u64 {
        self.begin + self.reader.position().byte()
    }

    fn next(&mut self) -> io::Result<bool> {
        if self.stopped().is_some() {
            return Ok(false);
        }
        let place = self.place();
        self.line = self.reader.position().line();
        self.reader.get_mut().until = place.saturating_add(LONGEST);
        self.reader.read_byte_record(&mut self.record).map_err(io::Error::other)
    }

    /// The line of the record that is too long, counted from where reading began.
    fn stopped(&self) -> Option<u64> {
        self.reader.get_ref().stopped.then_some(self.line)
    }
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
    /// Where a record must have ended.
    until: u64,
    /// Whether one had not.
    stopped: bool,
}

impl Read for From {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.until.saturating_sub(self.at)).unwrap_or(usize::MAX);
        let wanted = buffer.len().min(left);
        let read = self.source.read_at(&mut buffer[..wanted], self.at)?;
        self.stopped |= left == 0 && self.at < self.source.size();
        self.at += read as u64;
        Ok(read)
    }
}
