use std::sync::Arc;
use std::time::Duration;

use super::{Arriving, Dice, source};
use crate::body::find::{HitPlace, Search};
use crate::body::view::Find;
use crate::http::BodyForm;

fn text(text: &str) -> Find {
    Find { text: text.to_owned(), regex: false, case: true, word: false }
}

fn done(search: &Search) -> u64 {
    loop {
        let found = search.found().unwrap();
        if found.done {
            return found.count;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
}

fn begin(body: impl AsRef<[u8]>, find: &Find) -> Arc<Search> {
    let search = Search::begin(source(body), BodyForm::Raw, find).unwrap();
    done(&search);
    search
}

fn offsets(body: impl AsRef<[u8]>, find: &Find) -> Vec<u64> {
    begin(body, find).hits(0, 1000).unwrap().into_iter().map(|hit| hit.offset).collect()
}

#[test]
fn texts_are_found_by_case_by_word_and_by_pattern() {
    let body = "Order order ORDERS\nreorder\n";
    assert_eq!(offsets(body, &text("order")), [6, 21]);
    assert_eq!(offsets(body, &Find { case: false, ..text("order") }), [0, 6, 12, 21]);
    assert_eq!(offsets(body, &Find { case: false, word: true, ..text("order") }), [0, 6]);
    assert_eq!(offsets(body, &Find { regex: true, ..text("^re.*r$") }), [19]);
    assert_eq!(offsets("a.b axb", &text("a.b")), [0], "signs mean themselves");
    assert_eq!(offsets("grün GRÜN", &Find { case: false, ..text("GRün") }), [0, 6]);
    assert_eq!(offsets("aaa", &Find { regex: true, ..text("b*") }), [0_u64; 0], "nothing is no hit");
}

#[test]
fn a_search_in_the_pretty_form_does_not_mind_the_white_space_the_body_lacks() {
    let find = |form, wanted: &str| {
        let search = Search::begin(source(r#"{"status":"BACK ORDER","n":1}"#), form, &text(wanted)).unwrap();
        done(&search)
    };
    assert_eq!(find(BodyForm::Pretty, r#""status": "BACK"#), 1);
    assert_eq!(find(BodyForm::Raw, r#""status": "BACK"#), 0);
    assert_eq!(find(BodyForm::Pretty, "BACK  ORDER"), 1);
    assert_eq!(find(BodyForm::Pretty, "BACKORDER"), 0);
}

#[test]
fn hits_over_the_edges_of_blocks_are_found_once() {
    // Blocks have 16 KiB here: the word stands across every edge, and words follow each other without a gap.
    let word = b"0123456789ABCDEF-".to_vec();
    let body = word.repeat(20_000);
    let search = begin(&body, &text("0123456789ABCDEF-"));
    assert_eq!(search.found().unwrap().count, 20_000);
    let all = search.hits(0, 20_000).unwrap();
    assert!(all.iter().enumerate().all(|(at, hit)| hit.number == at as u64 && hit.offset == at as u64 * 17));
    assert_eq!(
        search.hit(12_345).unwrap(),
        Some(HitPlace { number: 12_345, offset: 12_345 * 17, length: 17 })
    );
    assert_eq!(search.hit(20_000).unwrap(), None);
    assert_eq!(search.hits(19_998, 10).unwrap().len(), 2);
}

#[test]
fn overlapping_hits_count_as_a_reader_counts_them() {
    let body = "aba".repeat(50_000);
    let expected = regex::Regex::new("abaa").unwrap().find_iter(&body).count() as u64;
    assert_eq!(begin(&body, &text("abaa")).found().unwrap().count, expected);
    let long = "x".repeat(100_000);
    let expected = regex::Regex::new("x{7}").unwrap().find_iter(&long).count() as u64;
    assert_eq!(begin(&long, &Find { regex: true, ..text("x{7}") }).found().unwrap().count, expected);
}

#[test]
fn the_next_hit_behind_a_place_is_told_and_the_last_is_followed_by_the_first() {
    let body = format!("{}hit{}hit", "-".repeat(40_000), "-".repeat(40_000));
    let search = begin(&body, &text("hit"));
    let from = |offset| search.hit_from(offset).unwrap().map(|hit| (hit.number, hit.offset));
    assert_eq!(from(0), Some((0, 40_000)));
    assert_eq!(from(40_000), Some((0, 40_000)));
    assert_eq!(from(40_001), Some((1, 80_003)));
    assert_eq!(from(80_004), Some((0, 40_000)));
    assert_eq!(begin("nothing", &text("hit")).hit_from(0).unwrap(), None);
}

#[test]
fn the_bands_hold_every_hit_where_it_is() {
    let mut body = vec![b'-'; 4 * 1024 * 1024];
    body[0] = b'#';
    body[3 * 1024 * 1024 + 100_000] = b'#';
    let found = begin(&body, &text("#")).found().unwrap();
    assert_eq!(found.bands.iter().sum::<u32>(), 2);
    assert_eq!(found.bands.first(), Some(&1));
    let third = found.bands.iter().rposition(|band| *band > 0).unwrap();
    assert_eq!(third * 4 / found.bands.len(), 3);
    assert_eq!(found.searched, body.len() as u64);
}

#[test]
fn a_body_that_arrives_is_searched_to_its_end() {
    let body = Arriving::new("needle ".repeat(100_000), 300_000);
    let search = Search::begin(body.clone(), BodyForm::Raw, &text("needle")).unwrap();
    std::thread::sleep(Duration::from_millis(1));
    assert!(!search.found().unwrap().done, "more may come");
    body.arrive();
    assert_eq!(done(&search), 100_000);
}

#[test]
fn what_is_no_pattern_is_refused_with_its_reason() {
    let refuse = |find: &Find| Search::begin(source("x"), BodyForm::Raw, find).err().unwrap();
    let error = refuse(&Find { regex: true, ..text("a(b") });
    assert!(error.message.contains("unclosed group"), "{}", error.message);
    assert!(refuse(&Find { regex: true, ..text("(a{1000}){1000}{1000}") }).message.contains("too large"));
    assert!(refuse(&text("")).hint.is_some());
}

#[test]
fn whole_words_are_those_a_pattern_with_word_boundaries_finds() {
    let mut dice = Dice(0x3017);
    for (wanted, case) in
        [("ab", true), ("AB", false), ("é", false), ("a é", true), ("-a", true), ("_", true)]
    {
        for _ in 0..200 {
            let body: String = (0..dice.roll(40))
                .map(|_| {
                    dice.one_of(&["a", "b", "ab", "é", "É", "-", " ", "_", "\u{301}", "²", "\n", "1"])
                        .to_owned()
                })
                .collect();
            let pattern = format!(r"{}\b{wanted}\b", if case { "" } else { "(?i)" });
            let expected: Vec<u64> =
                regex::Regex::new(&pattern).unwrap().find_iter(&body).map(|hit| hit.start() as u64).collect();
            assert_eq!(
                offsets(&body, &Find { case, word: true, ..text(wanted) }),
                expected,
                "{wanted} in {body}"
            );
        }
    }
}
