use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::store::HistoryStore;
use crate::database::DatabaseError;
use crate::settings::SettingsStore;

/// The full text is filled when nothing was sent for this long: it must not slow a row of sends down.
const QUIET: Duration = Duration::from_millis(300);
/// However long the row.
const LONGEST_WAIT: Duration = Duration::from_secs(5);
/// A file without an entry that is younger may be about to get one from another program.
const ORPHAN: Duration = Duration::from_mins(10);

/// Looks after the history on a thread of its own: full text, limits, leftovers. It ends with this value.
pub struct Caretaker {
    wake: Sender<()>,
}

impl Caretaker {
    /// Begins with what an earlier run left undone.
    pub fn start(store: HistoryStore, settings: SettingsStore) -> Self {
        let (wake, woken) = channel();
        let care = move || {
            // What fails now is tried again at the next wake; the sendings themselves report what concerns the user.
            let _ = store.tidy(ORPHAN);
            let _ = look_after(&store, &settings);
            while is_woken(&woken) {
                let _ = look_after(&store, &settings);
            }
        };
        // Without a thread the searches catch up themselves.
        let _ = std::thread::Builder::new().name("history".to_owned()).spawn(care);
        Self { wake }
    }

    /// Says that something was recorded or removed.
    pub fn wake(&self) {
        let _ = self.wake.send(());
    }
}

/// Waits for a wake and for the quiet behind it; false when the workbench is gone.
fn is_woken(woken: &Receiver<()>) -> bool {
    if woken.recv().is_err() {
        return false;
    }
    let begun = Instant::now();
    while begun.elapsed() < LONGEST_WAIT {
        match woken.recv_timeout(QUIET) {
            Ok(()) => {}
            Err(RecvTimeoutError::Timeout) => break,
            Err(RecvTimeoutError::Disconnected) => return false,
        }
    }
    true
}

fn look_after(store: &HistoryStore, settings: &SettingsStore) -> Result<(), DatabaseError> {
    store.prune(&settings.read()?.history, Timestamp::now())?;
    while store.index_some()? {
        // The turn of whoever waits to record something.
        std::thread::yield_now();
    }
    store.scrub()
}
