//! What differs within a line.

use std::time::Instant;

use similar::{Algorithm, DiffOp, capture_diff_slices_deadline};

/// Longer lines are shown without the places within.
const LONGEST: usize = 4 * 1024;

/// A stretch of both lines: the same, or another one.
#[derive(Clone, Copy, Debug)]
struct Stretch {
    same: bool,
    a: usize,
    b: usize,
}

/// Both lines in turns: every second piece differs.
pub(super) fn of(a: &str, b: &str, deadline: Instant) -> (Vec<String>, Vec<String>) {
    if a.len() > LONGEST || b.len() > LONGEST {
        return ends(a, b);
    }
    let (words_a, words_b) = (words(a), words(b));
    let operations = capture_diff_slices_deadline(Algorithm::Myers, &words_a, &words_b, Some(deadline));
    let size = |words: &[&str]| words.iter().map(|word| word.len()).sum::<usize>();
    let stretches = operations.iter().map(|operation| Stretch {
        same: matches!(operation, DiffOp::Equal { .. }),
        a: size(words_a.get(operation.old_range()).unwrap_or_default()),
        b: size(words_b.get(operation.new_range()).unwrap_or_default()),
    });
    let stretches = tidy(stretches.collect());
    (
        cut(a, stretches.iter().map(|stretch| (stretch.same, stretch.a))),
        cut(b, stretches.iter().map(|stretch| (stretch.same, stretch.b))),
    )
}

/// Runs of letters and digits, and every other sign on its own.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = if first.is_alphanumeric() {
            rest.find(|sign: char| !sign.is_alphanumeric()).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        let (word, behind) = rest.split_at_checked(end).unwrap_or((rest, ""));
        words.push(word);
        rest = behind;
    }
    words
}

/// What is the same between two differences only by chance would tear a value to pieces: `2026` of two dates.
fn tidy(mut stretches: Vec<Stretch>) -> Vec<Stretch> {
    loop {
        let before = stretches.len();
        let mut tidied: Vec<Stretch> = Vec::with_capacity(before);
        for (at, stretch) in stretches.iter().enumerate() {
            let weight = |other: Option<&Stretch>| {
                other.filter(|other| !other.same).map_or(0, |other| other.a.max(other.b))
            };
            let around = weight(tidied.last()).min(weight(stretches.get(at + 1)));
            let same = stretch.same && stretch.a > around;
            match tidied.last_mut() {
                Some(last) if last.same == same => {
                    last.a += stretch.a;
                    last.b += stretch.b;
                }
                _ => tidied.push(Stretch { same, ..*stretch }),
            }
        }
        stretches = tidied;
        if stretches.len() == before {
            return stretches;
        }
    }
}

fn cut(text: &str, stretches: impl Iterator<Item = (bool, usize)>) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut rest = text;
    for (same, size) in stretches {
        let (piece, behind) = rest.split_at_checked(size).unwrap_or((rest, ""));
        rest = behind;
        if piece.is_empty() {
            continue;
        }
        if (pieces.len() % 2 == 1) != same {
            pieces.push(String::new());
        }
        if let Some(last) = pieces.last_mut() {
            last.push_str(piece);
        }
    }
    pieces
}

/// The middle of long lines, between what they begin and end with.
fn ends(a: &str, b: &str) -> (Vec<String>, Vec<String>) {
    let head = common(a.chars(), b.chars());
    let rests = (a.get(head..).unwrap_or_default(), b.get(head..).unwrap_or_default());
    let tail = common(rests.0.chars().rev(), rests.1.chars().rev());
    let of = |text: &str, rest: &str| {
        let middle = rest.len() - tail;
        cut(text, [(true, head), (false, middle), (true, tail)].into_iter())
    };
    (of(a, rests.0), of(b, rests.1))
}

fn common(a: impl Iterator<Item = char>, b: impl Iterator<Item = char>) -> usize {
    a.zip(b).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum()
}
