//! The body of an answer on standard output, while it arrives.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use sluice_core::body::Source;
use sluice_core::error::{Code, Error, Result};
use sluice_core::http::{Exchange, ExchangeId, Received};
use sluice_core::operation::ExchangeName;
use sluice_core::workbench::Workbench;
use tokio::task::JoinHandle;

use crate::output::Output;
use crate::send::head;

/// How often it is looked whether more has arrived.
const TICK: Duration = Duration::from_millis(20);
/// How long a cancelled sending may take to end.
const GRACE: Duration = Duration::from_secs(2);
const CHUNK: usize = 64 * 1024;

/// How a sending ended.
pub enum Ended {
    /// With an exchange.
    Exchange(Box<Exchange>),
    /// Standard output takes no more, so the rest was not waited for.
    Closed,
}

/// Prints a body once, in as many parts as it arrives in.
pub struct Printer {
    include: bool,
    begun: bool,
    position: u64,
    last: u8,
    chunk: Vec<u8>,
}

impl Printer {
    /// Prints status and header fields first when they are asked for.
    pub fn new(include: bool) -> Self {
        Self { include, begun: false, position: 0, last: b'\n', chunk: vec![0; CHUNK] }
    }

    /// Waits for a sending and prints what arrives meanwhile.
    pub async fn follow(
        &mut self,
        workbench: &Workbench,
        id: ExchangeId,
        mut sending: JoinHandle<Result<Exchange>>,
    ) -> Result<Ended> {
        let mut tick = tokio::time::interval_at(tokio::time::Instant::now() + TICK, TICK);
        tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                ended = &mut sending => return exchange(ended).map(Ended::Exchange),
                _ = tick.tick() => {}
            }
            let Some(arriving) = workbench.exchange_arriving(id) else { continue };
            if let Err(error) = self.print(&arriving.received, &arriving.source) {
                refused(&error);
                // What nobody reads needs not arrive.
                workbench.request_cancel(ExchangeName { exchange: id }).await?;
                let _ = tokio::time::timeout(GRACE, sending).await;
                return Ok(Ended::Closed);
            }
        }
    }

    /// Prints what is left of an answer that arrived, and tells whether standard output took it.
    pub fn finish(&mut self, received: &Received, source: &Arc<dyn Source>) -> bool {
        if let Err(error) = self.print(received, source) {
            refused(&error);
            return false;
        }
        if self.last != b'\n' {
            Output::end_line();
        }
        true
    }

    fn print(&mut self, received: &Received, source: &Arc<dyn Source>) -> io::Result<()> {
        if self.include && !self.begun {
            Output::write(format!("{}\n", head(received)).as_bytes())?;
        }
        self.begun = true;
        loop {
            let read = source.read_at(&mut self.chunk, self.position)?;
            let Some(bytes) = self.chunk.get(..read).filter(|bytes| !bytes.is_empty()) else { return Ok(()) };
            Output::write(bytes)?;
            self.last = bytes.last().copied().unwrap_or(self.last);
            self.position = self.position.saturating_add(read as u64);
        }
    }
}

/// The outcome of a sending that ran on its own.
pub fn exchange(
    ended: std::result::Result<Result<Exchange>, tokio::task::JoinError>,
) -> Result<Box<Exchange>> {
    let ended = ended.map_err(|error| {
        Error::new(Code::StorageFailed, "The sending ended unexpectedly")
            .hint("Look in the message monitor whether the flow ran before you send it again")
            .detail(error.to_string())
    })?;
    ended.map(Box::new)
}

/// Who closes the pipe has seen enough; anything else is worth a word.
fn refused(error: &io::Error) {
    if error.kind() != io::ErrorKind::BrokenPipe {
        Output::warning(&format!("error: The answer cannot be printed: {error}"));
    }
}
