//! A search through all of a body, counted block by block, so that memory does not grow with the number of hits.

mod pattern;
mod scan;

use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};

use super::source::Source;
use super::view::{Find, Found};
use crate::error::Result;
use crate::http::BodyForm;

pub use pattern::pattern;
use scan::{Block, Scan};

/// The density map has this many bands.
const BANDS: u64 = 200;
const SMALLEST_BLOCK: u64 = 16 * 1024;
const LARGEST_BLOCK: u64 = 1024 * 1024;
/// How often a body that is still arriving is looked at again.
const TICK: Duration = Duration::from_millis(50);

/// A search under way or done.
pub struct Search {
    scan: Scan,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    blocks: Vec<Block>,
    count: u64,
    took: Duration,
    done: bool,
    failure: Option<io::ErrorKind>,
}

/// Where a hit is, in bytes of the searched text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HitPlace {
    /// Its number, from 0.
    pub number: u64,
    /// Where it begins.
    pub offset: u64,
    /// How long it is.
    pub length: u64,
}

impl Search {
    /// Starts looking through these bytes on a thread of its own, which ends when nobody holds the search any more.
    pub fn begin(source: Arc<dyn Source>, form: BodyForm, find: &Find) -> Result<Arc<Self>> {
        let mut regex = pattern(form, find)?;
        let mut whole = None;
        if find.word && !find.regex {
            let bare = pattern(form, &Find { word: false, ..find.clone() })?;
            whole = Some(std::mem::replace(&mut regex, bare));
        }
        let block = if source.is_whole() { source.size() / BANDS } else { 0 };
        let block = block.clamp(SMALLEST_BLOCK, LARGEST_BLOCK);
        let search = Arc::new(Self { scan: Scan::new(source, regex, whole, block), state: Mutex::default() });
        let weak = Arc::downgrade(&search);
        let begun = Instant::now();
        let spawned =
            std::thread::Builder::new().name("body search".to_owned()).spawn(move || follow(&weak, begun));
        if spawned.is_err() {
            follow(&Arc::downgrade(&search), begun);
        }
        Ok(search)
    }

    /// How far it is.
    pub fn found(&self) -> io::Result<Found> {
        let state = self.state();
        if let Some(kind) = state.failure {
            return Err(kind.into());
        }
        let searched = (state.blocks.len() as u64 * self.scan.block).min(self.scan.source.size());
        Ok(Found {
            count: state.count,
            searched,
            done: state.done,
            took_ms: state.took.as_secs_f64() * 1000.0,
            bands: bands(&state.blocks, self.scan.blocks()),
        })
    }

    /// The hit with this number, if it was found by now.
    pub fn hit(&self, number: u64) -> io::Result<Option<HitPlace>> {
        Ok(self.hits(number, 1)?.pop())
    }

    /// Hits from this number on.
    pub fn hits(&self, from: u64, count: usize) -> io::Result<Vec<HitPlace>> {
        let mut found = Vec::new();
        let mut first = 0;
        let blocks = self.state().blocks.clone();
        for (index, block) in blocks.iter().enumerate() {
            let next = first + u64::from(block.hits);
            if block.hits > 0 && next > from {
                let places = self.scan.places(index as u64, block.resume)?;
                let numbered = places.into_iter().zip(first..).map(|((offset, length), number)| HitPlace {
                    number,
                    offset,
                    length,
                });
                found.extend(numbered.filter(|hit| hit.number >= from).take(count - found.len()));
            }
            if found.len() == count {
                break;
            }
            first = next;
        }
        Ok(found)
    }

    /// The first hit at or behind this byte; the first of all when there is none.
    pub fn hit_from(&self, offset: u64) -> io::Result<Option<HitPlace>> {
        let blocks = self.state().blocks.clone();
        let home = usize::try_from(offset / self.scan.block).unwrap_or(usize::MAX);
        let before: u64 = blocks.iter().take(home).map(|block| u64::from(block.hits)).sum();
        let mut number = before;
        for (index, block) in blocks.iter().enumerate().skip(home) {
            if block.hits > 0 {
                for (start, length) in self.scan.places(index as u64, block.resume)? {
                    if start >= offset {
                        return Ok(Some(HitPlace { number, offset: start, length }));
                    }
                    number += 1;
                }
            }
        }
        self.hit(0)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Searches one more block; says whether there may be another.
    fn advance(&self, begun: Instant) -> Step {
        let (index, resume) = {
            let state = self.state();
            (state.blocks.len() as u64, state.blocks.last().map_or(0, |block| block.next))
        };
        let step = self.scan.block(index, resume);
        let mut state = self.state();
        match step {
            Ok(Some(block)) => {
                state.count += u64::from(block.hits);
                state.blocks.push(block);
                state.took = begun.elapsed();
                Step::More
            }
            Ok(None) if self.scan.source.is_whole() && index >= self.scan.blocks() => {
                state.done = true;
                Step::Over
            }
            Ok(None) => Step::Wait,
            Err(error) => {
                state.failure = Some(error.kind());
                Step::Over
            }
        }
    }
}

enum Step {
    More,
    Wait,
    Over,
}

fn follow(search: &Weak<Search>, begun: Instant) {
    while let Some(search) = search.upgrade() {
        match search.advance(begun) {
            Step::More => {}
            Step::Wait => {
                drop(search);
                std::thread::sleep(TICK);
            }
            Step::Over => return,
        }
    }
}

/// Hits in bands of equal size, of all blocks there will be.
fn bands(blocks: &[Block], of: u64) -> Vec<u32> {
    let count = of.clamp(1, BANDS);
    let mut bands = vec![0_u32; usize::try_from(count).unwrap_or_default()];
    for (index, block) in blocks.iter().enumerate() {
        let band = (index as u64 * count / of.max(1)).min(count - 1);
        if let Some(band) = usize::try_from(band).ok().and_then(|band| bands.get_mut(band)) {
            *band = band.saturating_add(block.hits);
        }
    }
    bands
}
