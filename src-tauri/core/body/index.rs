//! The index of a body in one form: a thread goes through the text once and leaves checkpoints behind.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::Source;
use super::checkpoint::{Checkpoint, Counted, EVERY};
use super::layout::{Layout, Output};
use super::printer::{Fault, Printer};
use super::trail::{Audit, TrailPoint};
use super::watch::Unwatched;

/// Bytes read at once for the index.
const PIECE: usize = 256 * 1024;
/// Bytes read at once for printing.
const PRINTED: usize = 16 * 1024;
/// Checkpoints between two places whose path is kept.
const TRAIL_EVERY: usize = 64;
/// How long to wait for more of a body that is arriving.
const PATIENCE: Duration = Duration::from_millis(50);

/// What is known of a text in one form.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    pub(super) checkpoints: Vec<Checkpoint>,
    pub(super) trails: Vec<TrailPoint>,
    pub(super) indexed: u64,
    pub(super) rows: u64,
    pub(super) lines: u64,
    pub(super) done: bool,
    pub(super) trouble: Option<Trouble>,
    /// Why the body could not be read on.
    pub(super) unreadable: Option<String>,
}

/// A fault, and where readers find it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Trouble {
    pub(super) fault: Fault,
    pub(super) line: u64,
    pub(super) column: u64,
    pub(super) row: u64,
}

/// The index of a text in one form.
pub(super) struct Index {
    pub(super) text: Arc<dyn Source>,
    known: Mutex<Known>,
    changed: Condvar,
    stopped: AtomicBool,
}

impl Index {
    /// Begins to go through the text in the background.
    pub(super) fn start(text: Arc<dyn Source>, begin: Checkpoint) -> Arc<Self> {
        let known = Known { checkpoints: vec![begin], ..Known::default() };
        let (known, changed) = (Mutex::new(known), Condvar::new());
        let index = Arc::new(Self { text, known, changed, stopped: AtomicBool::new(false) });
        let thread = Arc::clone(&index);
        let spawned = std::thread::Builder::new().name("body-index".to_owned()).spawn(move || thread.run());
        if let Err(error) = spawned {
            index.end(Some(error.to_string()));
        }
        index
    }

    /// Tells the thread to end.
    pub(super) fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }

    pub(super) fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until this is known, everything is, or the time is over.
    pub(super) fn wait(&self, longest: Duration, enough: impl Fn(&Known) -> bool) -> MutexGuard<'_, Known> {
        let until = Instant::now() + longest;
        let mut known = self.known();
        while !known.done && !enough(&known) {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                break;
            }
            known = self.changed.wait_timeout(known, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        known
    }

    /// Prints from a checkpoint until the output has enough or nothing more is indexed.
    pub(super) fn print<O: Output>(
        &self,
        from: &Checkpoint,
        output: O,
        enough: impl Fn(&Layout<O>) -> bool,
    ) -> io::Result<Layout<O>> {
        let (indexed, fault) = {
            let known = self.known();
            (known.indexed, known.trouble.map(|trouble| trouble.fault))
        };
        let mut fault = fault.filter(|_| !matches!(from.printer, Printer::Lines(_)));
        let (mut printer, mut layout, mut at) = (from.printer.clone(), from.layout(output), from.at);
        let mut buffer = vec![0; PRINTED];
        while at < indexed && !enough(&layout) {
            if let Some(due) = fault.take_if(|fault| fault.switch <= at) {
                printer.give_up(&due, &mut layout);
            }
            let end = fault.map_or(indexed, |fault| fault.switch.min(indexed));
            let wanted = usize::try_from(end - at).unwrap_or(PRINTED).min(PRINTED);
            let read = self.text.read_at(&mut buffer[..wanted], at)?;
            if read == 0 {
                break;
            }
            // Whatever is wrong was found by the index; up to there nothing is.
            let _ = printer.feed(&buffer[..read], at, &mut layout, &mut Unwatched);
            at += read as u64;
        }
        if let Some(due) = fault.filter(|fault| fault.switch <= at) {
            printer.give_up(&due, &mut layout);
        }
        Ok(layout)
    }

    fn run(&self) {
        let Some(begin) = self.known().checkpoints.first().cloned() else { return };
        let mut pass = Pass {
            index: self,
            at: begin.at,
            printer: begin.printer.clone(),
            layout: begin.layout(Counted::default()),
            audit: Audit::for_printer(&begin.printer),
            checkpoint_at: begin.at,
        };
        let outcome = pass.run();
        if !self.stopped.load(Ordering::Relaxed) {
            self.end(outcome.err().map(|error| error.to_string()));
        }
    }

    fn end(&self, unreadable: Option<String>) {
        let mut known = self.known();
        known.unreadable = unreadable;
        known.done = true;
        self.changed.notify_all();
    }
}

/// The way through the text.
struct Pass<'a> {
    index: &'a Index,
    at: u64,
    printer: Printer,
    layout: Layout<Counted>,
    audit: Audit,
    checkpoint_at: u64,
}

impl Pass<'_> {
    fn run(&mut self) -> io::Result<()> {
        let text = &*self.index.text;
        let mut buffer = vec![0; PIECE];
        while !self.index.stopped.load(Ordering::Relaxed) {
            let whole = text.is_whole();
            let read = text.read_at(&mut buffer, self.at)?;
            if read == 0 && whole {
                return self.finish();
            }
            if read == 0 {
                std::thread::sleep(PATIENCE);
                continue;
            }
            self.take(&buffer[..read])?;
            self.publish();
        }
        Ok(())
    }

    fn take(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            let until = self.checkpoint_at + EVERY;
            if self.at >= until {
                self.keep_checkpoint();
                continue;
            }
            let length = usize::try_from(until - self.at).unwrap_or(bytes.len()).min(bytes.len());
            let piece = &bytes[..length];
            let length = match self.printer.count(piece, self.at, &mut self.layout, &mut self.audit) {
                Ok(()) => length,
                Err(fault) => {
                    self.give_up(fault)?;
                    usize::try_from(fault.switch.saturating_sub(self.at)).unwrap_or(length).min(length)
                }
            };
            self.at += length as u64;
            bytes = &bytes[length..];
        }
        Ok(())
    }

    fn keep_checkpoint(&mut self) {
        let cursor = self.layout.cursor;
        let floor = self.layout.output.take_floor(cursor.depth);
        let checkpoint = Checkpoint { at: self.at, cursor, printer: self.printer.clone(), floor: 0 };
        self.checkpoint_at = self.at;
        let mut known = self.index.known();
        if let Some(last) = known.checkpoints.last_mut() {
            last.floor = floor;
        }
        if known.checkpoints.len().is_multiple_of(TRAIL_EVERY) {
            let checkpoint = known.checkpoints.len();
            known.trails.extend(self.audit.trail_point(checkpoint));
        }
        known.checkpoints.push(checkpoint);
    }

    fn give_up(&mut self, fault: Fault) -> io::Result<()> {
        self.printer.give_up(&fault, &mut self.layout);
        let begin = self.index.known().checkpoints.first().map_or(0, |first| first.at);
        let (line, column) = line_and_column(&*self.index.text, begin, fault.at)?;
        let cursor = self.layout.cursor;
        let row =
            if cursor.column == 0 && !fault.fresh_row { cursor.row.saturating_sub(1) } else { cursor.row };
        self.index.known().trouble = Some(Trouble { fault, line, column, row });
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        if let Err(fault) = self.printer.finish(self.at, &mut self.audit) {
            self.give_up(Fault { fresh_row: false, switch: self.at, ..fault })?;
        }
        self.publish();
        Ok(())
    }

    fn publish(&self) {
        let mut known = self.index.known();
        known.indexed = self.at;
        known.rows = self.layout.cursor.rows();
        known.lines = self.layout.cursor.lines();
        self.index.changed.notify_all();
    }
}

/// Line and column, from 1, of a place in the text.
fn line_and_column(text: &dyn Source, begin: u64, offset: u64) -> io::Result<(u64, u64)> {
    let mut buffer = vec![0; PIECE];
    let (mut at, mut line, mut column) = (begin, 1, 1);
    while at < offset {
        let wanted = usize::try_from(offset - at).unwrap_or(PIECE).min(PIECE);
        let read = text.read_at(&mut buffer[..wanted], at)?;
        if read == 0 {
            break;
        }
        let mut rest = &buffer[..read];
        line += memchr::memchr_iter(b'\n', rest).count() as u64;
        if let Some(last) = memchr::memrchr(b'\n', rest) {
            (column, rest) = (1, &rest[last + 1..]);
        }
        column += rest.iter().filter(|byte| !matches!(byte, 0x80..=0xbf)).count() as u64;
        at += read as u64;
    }
    Ok((line, column))
}
