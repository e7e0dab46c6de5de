//! Figures, not tests: `cargo test --release -p sluice-core --lib body::tests::bench -- --ignored --nocapture`.

#![expect(clippy::print_stderr, reason = "figures are for the reader")]

use std::io;
use std::time::Instant;

use super::*;
use crate::body::find::Search;
use crate::body::{Find, Source};

const SIZE: u64 = 1 << 30;

/// A block again and again between a beginning and an end.
struct Repeated {
    begin: &'static [u8],
    block: Vec<u8>,
    end: &'static [u8],
}

impl Repeated {
    fn at(&self, offset: u64) -> &[u8] {
        let begin = self.begin.len() as u64;
        if offset < begin {
            return &self.begin[usize::try_from(offset).unwrap()..];
        }
        if offset >= begin + SIZE {
            let from = usize::try_from(offset - begin - SIZE).unwrap();
            return self.end.get(from..).unwrap_or_default();
        }
        let left = usize::try_from(begin + SIZE - offset).unwrap();
        let from = usize::try_from((offset - begin) % self.block.len() as u64).unwrap();
        &self.block[from..self.block.len().min(from + left)]
    }
}

impl Source for Repeated {
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        let mut filled = 0;
        while filled < buffer.len() {
            let piece = self.at(offset + filled as u64);
            let length = piece.len().min(buffer.len() - filled);
            if length == 0 {
                break;
            }
            buffer[filled..filled + length].copy_from_slice(&piece[..length]);
            filled += length;
        }
        Ok(filled)
    }

    fn size(&self) -> u64 {
        self.begin.len() as u64 + SIZE + self.end.len() as u64
    }

    fn is_whole(&self) -> bool {
        true
    }
}

fn measure(what: &str, content_type: &str, forms: &[BodyForm], source: &Repeated) {
    for form in forms.iter().copied() {
        let source = Repeated { begin: source.begin, block: source.block.clone(), end: source.end };
        let body =
            OpenBody::new(Arc::new(source), Some(content_type.to_owned()), std::env::temp_dir()).unwrap();
        let begin = Instant::now();
        let first = body.rows(form, 0, 100).unwrap().rows.len();
        let first_rows = begin.elapsed();
        let facts = wait(&body, form);
        let indexed = begin.elapsed();
        let jumps = 200;
        let begin = Instant::now();
        for jump in 0..jumps {
            let row = facts.rows / jumps * jump;
            assert!(!body.rows(form, row, 60).unwrap().rows.is_empty());
        }
        let jump = begin.elapsed() / u32::try_from(jumps).unwrap();
        let begin = Instant::now();
        let place = body.place(form, facts.rows / 10 * 9, 30).unwrap();
        let path = begin.elapsed();
        let begin = Instant::now();
        let fold = body.fold(form, 0).unwrap();
        eprintln!(
            "{what} {form:?}: {first} rows after {first_rows:?}, {} rows indexed in {indexed:?} (trouble {:?}), \
             60 rows anywhere {jump:?}, path {:?} {path:?}, fold to {fold:?} {:?}, memory {} kB",
            facts.rows,
            facts.trouble,
            place.path,
            begin.elapsed(),
            memory(),
        );
    }
}

fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.map(|line| line.trim_matches(|sign: char| !sign.is_ascii_digit()).to_owned()).unwrap_or_default()
}

#[test]
#[ignore = "measures"]
fn bench() {
    let order = "  {\n    \"id\": 2275514,\n    \"status\": \"in delivery\",\n    \"customer\": {\n      \"name\": \"Jane Doe\",\n      \"vip\": false\n    },\n    \"positions\": [\n      1.50,\n      22\n    ]\n  },\n";
    let forms = [BodyForm::Pretty, BodyForm::Raw];
    let block = order.repeat(64).into_bytes();
    // The last block is cut anywhere: the end is a fault, which costs nothing.
    measure("pretty JSON", "application/json", &forms, &Repeated { begin: b"[\n", block, end: b"" });
    let compact: String = order.split_whitespace().collect::<Vec<_>>().concat();
    let block = compact.repeat(64).into_bytes();
    measure("compact JSON", "application/json", &forms, &Repeated { begin: b"[", block, end: b"" });
    let order = "  <ord:Order xmlns:ord=\"urn:orders\" id=\"2275514\">\n    <ord:Status>in delivery</ord:Status>\n    <ord:Customer vip=\"no\">\n      <ord:Name>Jane Doe</ord:Name>\n    </ord:Customer>\n  </ord:Order>\n";
    let block = order.repeat(64).into_bytes();
    measure("XML", "application/xml", &forms, &Repeated { begin: b"<all>\n", block, end: b"" });
    let block = "2026-01-01 12:00:00 INFO something happened\n".repeat(64).into_bytes();
    measure("text", "text/plain", &[BodyForm::Raw], &Repeated { begin: b"", block, end: b"" });
}

#[test]
#[ignore = "measures"]
fn bench_find() {
    let order = "  {\n    \"id\": 2275514,\n    \"status\": \"in delivery\",\n    \"customer\": {\n      \"name\": \"Jané Doe\"\n    }\n  },\n";
    for (what, text, regex, case) in [
        ("literal, any case, no hit", "settlement", false, false),
        ("literal, same case, no hit", "settlement", false, true),
        ("literal, any case, hits everywhere", "jané doe", false, false),
        ("words, any case, no hit", "delivery note", false, false),
        ("pattern", r"ord(er)?-\d{4,}", true, false),
        ("pattern with hits everywhere", r"\bdeliver\w+\b", true, false),
        ("classes only", r"[0-9]{9}", true, true),
        ("one letter", "e", false, false),
        ("whole word, any case", "Doe", false, false),
        ("whole word, no hit", "Deliver", false, false),
    ] {
        let block = order.repeat(64).into_bytes();
        let source = Arc::new(Repeated { begin: b"[\n", block, end: b"" });
        let find = Find { text: text.to_owned(), regex, case, word: what.starts_with("whole") };
        let begin = Instant::now();
        let search = Search::begin(source, BodyForm::Pretty, &find).unwrap();
        let found = loop {
            let found = search.found().unwrap();
            if found.done {
                break found;
            }
            std::thread::sleep(Duration::from_millis(2));
        };
        eprintln!("find {what}: {} hits in {:?}, memory {} kB", found.count, begin.elapsed(), memory());
    }
}
