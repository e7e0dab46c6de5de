//! A search block by block finds what one over the whole text finds.

use std::time::{Duration, Instant};

use sluice_core::body::Find;
use sluice_core::body::find::{HitPlace, Search, pattern};
use sluice_core::http::BodyForm;

use super::texts::{halves, source, stretched};

/// Nobody reads more in one go.
const MOST: usize = 5_000;

/// How to look, what for, and the text.
pub fn run(data: &[u8]) {
    let Some((options, data)) = data.split_first() else { return };
    let (wanted, text) = halves(data);
    let Ok(wanted) = std::str::from_utf8(wanted) else { return };
    let (_, text) = stretched(text);
    let form = if options & 1 == 0 { BodyForm::Raw } else { BodyForm::Pretty };
    let find = Find {
        text: wanted.to_owned(),
        regex: options & 2 > 0,
        case: options & 4 > 0,
        word: options & 8 > 0,
    };
    let regex = pattern(form, &find);
    let search = Search::begin(source(&text), form, &find);
    assert_eq!(regex.is_ok(), search.is_ok());
    let (Ok(regex), Ok(search)) = (regex, search) else { return };
    let count = done(&search);
    let expected = plain(&regex, &text);
    let hits = search.hits(0, MOST).unwrap();
    let places: Vec<(u64, u64)> = hits.iter().map(|hit| (hit.offset, hit.length)).collect();
    // What a word or a line begins with is told 64 bytes before a block, and a hit ends 64 KiB behind one.
    assert!(places == expected[..expected.len().min(MOST)], "{find:?}: {places:?} {expected:?}");
    assert_eq!(count, expected.len() as u64);
    following(&search, &hits, text.len() as u64);
}

fn done(search: &Search) -> u64 {
    let begun = Instant::now();
    loop {
        let found = search.found().unwrap();
        if found.done {
            let sum: u64 = found.bands.iter().map(|band| u64::from(*band)).sum();
            assert_eq!(sum, found.count);
            return found.count;
        }
        assert!(begun.elapsed() < Duration::from_secs(20), "the search never ends");
        std::thread::sleep(Duration::from_micros(50));
    }
}

fn plain(regex: &regex::bytes::Regex, text: &[u8]) -> Vec<(u64, u64)> {
    let (mut places, mut at) = (Vec::new(), 0);
    while at <= text.len() {
        let Some(hit) = regex.find_at(text, at) else { break };
        at = if hit.is_empty() { hit.end() + 1 } else { hit.end() };
        if !hit.is_empty() {
            places.push((hit.start() as u64, hit.len() as u64));
        }
    }
    places
}

fn following(search: &Search, hits: &[HitPlace], size: u64) {
    for offset in [0, size / 3, size / 2, size] {
        let next = hits.iter().find(|hit| hit.offset >= offset).or(hits.first()).copied();
        if hits.len() < MOST {
            assert_eq!(search.hit_from(offset).unwrap(), next, "behind {offset}");
        }
    }
    let middle = hits.len() / 2;
    assert_eq!(search.hit(middle as u64).unwrap(), hits.get(middle).copied());
    assert_eq!(search.hit(u64::MAX).unwrap(), None);
}
