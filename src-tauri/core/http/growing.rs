//! A body that can be read while it arrives.

use std::io;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use super::body_file::BodyFile;
use crate::body::Source;

/// What is there of a body by now: the beginning in memory, all of it in a file when it is larger.
#[derive(Debug, Default)]
pub(super) struct Growing(RwLock<State>);

#[derive(Debug, Default)]
struct State {
    head: Vec<u8>,
    file: Option<Arc<BodyFile>>,
    written: u64,
    whole: bool,
}

impl Growing {
    fn state(&self) -> RwLockReadGuard<'_, State> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self) -> RwLockWriteGuard<'_, State> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// The beginning so far.
    pub(super) fn head(&self) -> Vec<u8> {
        self.state().head.clone()
    }

    /// Adds to the beginning what has room within `most` bytes, and tells how much that was.
    pub(super) fn begin(&self, bytes: &[u8], most: usize) -> usize {
        if self.state().head.len() >= most {
            return 0;
        }
        let head = &mut self.change().head;
        let taken = bytes.len().min(most.saturating_sub(head.len()));
        head.extend(bytes.iter().take(taken));
        taken
    }

    /// More of it is in this file.
    pub(super) fn wrote(&self, file: &Arc<BodyFile>, bytes: usize) {
        let mut state = self.change();
        state.file.get_or_insert_with(|| Arc::clone(file));
        state.written += bytes as u64;
    }

    /// No more comes.
    pub(super) fn end(&self) {
        self.change().whole = true;
    }
}

impl State {
    fn size(&self) -> u64 {
        (self.head.len() as u64).max(self.written)
    }
}

impl Source for Growing {
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        let state = self.state();
        let left = usize::try_from(state.size().saturating_sub(offset)).unwrap_or(usize::MAX);
        let wanted = buffer.len().min(left);
        let from = usize::try_from(offset).unwrap_or(usize::MAX);
        let mut read = 0;
        for (place, byte) in buffer.iter_mut().take(wanted).zip(state.head.iter().skip(from)) {
            *place = *byte;
            read += 1;
        }
        let file = state.file.clone();
        drop(state);
        let Some(file) = file else { return Ok(read) };
        while read < wanted {
            let Some(rest) = buffer.get_mut(read..wanted) else { break };
            match file.read_at(rest, offset.saturating_add(read as u64))? {
                0 => break,
                more => read += more,
            }
        }
        Ok(read)
    }

    fn size(&self) -> u64 {
        self.state().size()
    }

    fn is_whole(&self) -> bool {
        self.state().whole
    }
}
