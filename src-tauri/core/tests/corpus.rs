//! What the fuzzers found worth keeping stays fine: `fuzz/corpus` through the same targets (see CONTRIBUTING.md).

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

#[path = "../../../fuzz/targets/mod.rs"]
mod targets;

/// The saved data of a target, in the order of its names.
fn corpus(name: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus").join(name);
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty(), "{name} has no corpus");
    let read = |file: PathBuf| {
        let data = std::fs::read(&file).unwrap();
        (file, data)
    };
    files.into_iter().map(read).collect()
}

fn is_harmless(name: &str, data: &[u8]) -> bool {
    std::panic::catch_unwind(|| targets::run(name, data)).is_ok()
}

#[test]
fn the_corpus_of_every_fuzzer_is_harmless() {
    let mut found = Vec::new();
    for (name, _) in targets::TARGETS {
        found.extend(
            corpus(name).into_iter().filter(|(_, data)| !is_harmless(name, data)).map(|(file, _)| file),
        );
    }
    assert!(found.is_empty(), "{found:#?}");
}

/// Fuzzing without instruments: `FUZZ_TARGET=body_json FUZZ_SECONDS=60 cargo test … --test corpus -- --ignored`.
#[test]
#[ignore = "as long as somebody likes"]
fn changed_data_is_harmless() {
    let only = std::env::var("FUZZ_TARGET").ok();
    let number =
        |name: &str, usual: u64| std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual);
    let longest = Duration::from_secs(number("FUZZ_SECONDS", 10));
    let mut dice = Dice(number("FUZZ_SEED", 0x9e37_79b9_7f4a_7c15));
    for (name, _) in targets::TARGETS.iter().filter(|(name, _)| only.as_ref().is_none_or(|only| only == name))
    {
        let seeds = corpus(name);
        let begun = Instant::now();
        while begun.elapsed() < longest {
            let data = dice.changed(&seeds);
            if !is_harmless(name, &data) {
                let file = std::env::temp_dir().join(format!("{name}-{}", data.len()));
                std::fs::write(&file, &data).unwrap();
                panic!("{name}: {} {:?}", file.display(), String::from_utf8_lossy(&data));
            }
        }
    }
}

/// What means something in one format or another.
const SIGNS: &[u8] = b"\0\n\r\t \"'\\<>[]{}(),:;-*&$!|#=01ae\xff\x80\xc3";

/// A small deterministic generator (xorshift).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap() % sides.max(1)
    }

    /// One of the seeds, changed a few times.
    fn changed(&mut self, seeds: &[(PathBuf, Vec<u8>)]) -> Vec<u8> {
        let mut data = seeds[self.roll(seeds.len())].1.clone();
        for _ in 0..=self.roll(6) {
            let other = &seeds[self.roll(seeds.len())].1;
            let (at, from) = (self.roll(data.len() + 1), self.roll(other.len() + 1));
            let to = (at + self.roll(8)).min(data.len());
            let piece = &other[from..(from + self.roll(16)).min(other.len())];
            match self.roll(5) {
                0 => drop(data.drain(at..to)),
                1 => drop(data.splice(at..at, piece.iter().copied())),
                2 => drop(data.splice(at..to, piece.iter().copied())),
                3 => data.insert(at, SIGNS[self.roll(SIGNS.len())]),
                _ => drop(data.splice(at..at, data[at..to].to_vec())),
            }
        }
        data
    }
}
