use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use notify::event::ModifyKind;
use notify::{Config, Event, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};

/// An editor or git changes many files at once; the tree is read when they are done.
const QUIET: Duration = Duration::from_millis(150);
/// Somebody who writes without end still sees the tree follow.
const LONGEST_WAIT: Duration = Duration::from_secs(1);
/// How often it is looked whether the folder is there at all, or another one.
const TICK: Duration = Duration::from_secs(1);

/// Watches a collection's folder until it is dropped.
pub struct Watch {
    signals: Sender<Signal>,
}

enum Signal {
    Changed,
    Stop,
}

impl Watch {
    /// Calls `changed` a moment after something in the folder changed, disappeared or came back.
    pub fn new(folder: PathBuf, changed: impl Fn() + Send + 'static) -> std::io::Result<Self> {
        let (signals, received) = channel();
        let own = signals.clone();
        let work = move || follow(&folder, &own, &received, &changed);
        std::thread::Builder::new().name("collection watch".to_owned()).spawn(work)?;
        Ok(Self { signals })
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.signals.send(Signal::Stop);
    }
}

fn follow(folder: &Path, signals: &Sender<Signal>, received: &Receiver<Signal>, changed: &dyn Fn()) {
    let mut there = identity(folder);
    let mut watcher = there.as_ref().and_then(|_| watcher(folder, signals));
    loop {
        match received.recv_timeout(TICK) {
            Ok(Signal::Changed) => {
                if !wait_for_quiet(received) {
                    return;
                }
                changed();
            }
            Ok(Signal::Stop) | Err(RecvTimeoutError::Disconnected) => return,
            Err(RecvTimeoutError::Timeout) => {}
        }
        let now = identity(folder);
        if now != there || (now.is_some() && watcher.is_none()) {
            drop(watcher.take());
            watcher = now.as_ref().and_then(|_| self::watcher(folder, signals));
            if now != there {
                changed();
            }
            there = now;
        }
    }
}

/// Waits until nothing changed for a moment; says whether watching goes on.
fn wait_for_quiet(received: &Receiver<Signal>) -> bool {
    let begun = Instant::now();
    while begun.elapsed() < LONGEST_WAIT {
        match received.recv_timeout(QUIET) {
            Ok(Signal::Changed) => {}
            Err(RecvTimeoutError::Timeout) => return true,
            Ok(Signal::Stop) | Err(RecvTimeoutError::Disconnected) => return false,
        }
    }
    true
}

/// The system's own watcher, or one that looks every second where there are no more of those.
fn watcher(folder: &Path, signals: &Sender<Signal>) -> Option<Box<dyn Watcher>> {
    // The tree follows no links, and one to / would be the whole file system.
    let config = Config::default().with_follow_symlinks(false);
    if let Ok(mut watcher) = RecommendedWatcher::new(handler(folder, signals), config)
        && watcher.watch(folder, RecursiveMode::Recursive).is_ok()
    {
        return Some(Box::new(watcher));
    }
    let config = config.with_poll_interval(TICK);
    let mut watcher = PollWatcher::new(handler(folder, signals), config).ok()?;
    watcher.watch(folder, RecursiveMode::Recursive).ok()?;
    Some(Box::new(watcher))
}

fn handler(folder: &Path, signals: &Sender<Signal>) -> impl Fn(notify::Result<Event>) + Send + 'static {
    let (folder, signals) = (folder.to_owned(), signals.clone());
    move |event| {
        if event.map_or(true, |event| matters(&folder, &event)) {
            let _ = signals.send(Signal::Changed);
        }
    }
}

/// Reading the folder must not look like a change of it, nor a commit or a file in the making.
fn matters(folder: &Path, event: &Event) -> bool {
    let is_change = match event.kind {
        EventKind::Access(_) => false,
        EventKind::Modify(ModifyKind::Metadata(kind)) => kind != notify::event::MetadataKind::AccessTime,
        _ => true,
    };
    let is_shown = |path: &PathBuf| {
        let below = path.strip_prefix(folder).unwrap_or(path);
        !below.components().any(|part| {
            let name = part.as_os_str().to_string_lossy();
            name.starts_with('.') || name == "node_modules"
        })
    };
    is_change && (event.paths.is_empty() || event.paths.iter().any(is_shown))
}

/// What tells a folder from another one at the same place.
fn identity(folder: &Path) -> Option<u64> {
    let facts = std::fs::metadata(folder).ok().filter(std::fs::Metadata::is_dir)?;
    #[cfg(unix)]
    return Some(std::os::unix::fs::MetadataExt::ino(&facts));
    #[cfg(not(unix))]
    return facts
        .created()
        .ok()?
        .duration_since(std::time::UNIX_EPOCH)
        .ok()
        .and_then(|at| u64::try_from(at.as_nanos()).ok());
}
