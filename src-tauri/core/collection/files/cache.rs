use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use super::path::split;
use super::read::{Summary, summarize_folder, summarize_item};
use super::walk::{Branch, Leaf, Stamp};

/// A file changed twice within one tick of its file system's clock looks unchanged; a fresh one is read again.
const UNSETTLED: Duration = Duration::from_millis(100);
/// More threads wait for the disk rather than for each other.
const MOST_THREADS: usize = 8;

/// What was read of each file, until it changes.
#[derive(Default)]
pub(super) struct Cache {
    known: HashMap<String, (Stamp, Arc<Summary>)>,
    /// How many files the last reading had to read.
    pub(super) read: usize,
}

/// The summaries of one reading, by path.
pub(super) type Summaries = HashMap<String, Arc<Summary>>;

impl Cache {
    /// What every file of the folder says: read where it changed, remembered where not.
    pub(super) fn summaries(&mut self, root: &Path, tree: &Branch) -> Summaries {
        let mut leaves = Vec::new();
        collect(tree, &mut leaves);
        let (mut found, mut unread) = (Summaries::with_capacity(leaves.len()), Vec::new());
        let mut known = HashMap::with_capacity(leaves.len());
        for leaf in leaves {
            match &leaf.state {
                Err(problem) => {
                    found.insert(leaf.path.clone(), Arc::new(Summary::broken(problem.clone())));
                }
                Ok(stamp) => match self.known.remove(&leaf.path).filter(|(known, _)| known == stamp) {
                    Some((_, summary)) => {
                        found.insert(leaf.path.clone(), Arc::clone(&summary));
                        known.insert(leaf.path.clone(), (*stamp, summary));
                    }
                    None => unread.push((leaf.path.as_str(), *stamp)),
                },
            }
        }
        self.read = unread.len();
        for (index, summary) in read_all(root, &unread) {
            let Some(&(path, stamp)) = unread.get(index) else { continue };
            let summary = Arc::new(summary);
            found.insert(path.to_owned(), Arc::clone(&summary));
            if is_settled(stamp) {
                known.insert(path.to_owned(), (stamp, summary));
            }
        }
        self.known = known;
        found
    }
}

fn collect<'a>(branch: &'a Branch, leaves: &mut Vec<&'a Leaf>) {
    leaves.extend(branch.own.iter().chain(&branch.leaves));
    for below in &branch.branches {
        collect(below, leaves);
    }
}

fn read_all(root: &Path, files: &[(&str, Stamp)]) -> Vec<(usize, Summary)> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(MOST_THREADS);
    let next = AtomicUsize::new(0);
    let work = || {
        let mut read = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some((path, _)) = files.get(index) else { return read };
            read.push((index, summarize(root, path)));
        }
    };
    if files.len() < 32 || threads == 1 {
        return work();
    }
    std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let mut read = work();
        for other in others {
            // A thread that ended early leaves its files unread rather than taking the tree along.
            read.extend(other.join().unwrap_or_default());
        }
        read
    })
}

fn summarize(root: &Path, path: &str) -> Summary {
    let is_folder = matches!(split(path).1, "folder.yml" | "folder.yaml");
    let full = root.join(path);
    if is_folder { summarize_folder(&full, path) } else { summarize_item(&full, path) }
}

fn is_settled(stamp: Stamp) -> bool {
    let age = stamp.modified.and_then(|at| SystemTime::now().duration_since(at).ok());
    age.is_some_and(|age| age > UNSETTLED)
}
