//! Sluice beside its peers and beside nothing: `./dev bench` runs this and prints one table of ratios.
//!
//! | file | row |
//! |---|---|
//! | `cold_send.rs` | one `sluice send` by a new process, beside hurl and curl |
//! | `added_time.rs` | what a send costs more than a bare call |
//! | `token_requests.rs` | token requests for a thousand sends at once |
//! | `collection_tree.rs` | a collection of 10,000 requests until its tree stands |
//! | `history.rs` | a history of 100,000 exchanges: listed, searched, counted, and what keeping one costs |
//! | `recording.rs` | what a send pays for being in the history |
//! | `big_body.rs` | a body of 1 GiB: first rows, index, jumps, searches, memory |
//! | `first_paint.rs` | the window until it is painted, beside an empty one |
//! | `window_use.rs` | the window with much in it: typing, scrolling, memory |
//!
//! It is no test: a missed bar is printed as missed, and nothing fails.

mod added_time;
mod big_body;
mod cold_send;
mod collection_tree;
mod first_paint;
mod ground;
mod history;
mod machine;
mod recording;
mod row;
mod sample;
mod table;
mod token_requests;
mod web_view;
mod window_use;

use ground::{Failure, Ground};
use row::Row;

type Rows = fn(&Ground) -> Result<Vec<Row>, Failure>;

const BENCHMARKS: [(&str, Rows); 10] = [
    ("cold `sluice send`", cold_send::rows),
    ("time Sluice adds to a send", added_time::rows),
    ("token requests for 1,000 parallel sends", token_requests::rows),
    ("collection of 10,000 requests, tree", collection_tree::rows),
    ("history of 100,000 exchanges", history::rows),
    ("a send pays for being recorded", recording::rows),
    ("body of 1 GiB", big_body::rows),
    ("window, spawn to first paint", first_paint::rows),
    ("window with 10,000 requests", window_use::of_tree),
    ("window with a body of 200 MB", window_use::of_body),
];

fn main() -> Result<(), Failure> {
    if big_body::measured_as_child()? {
        return Ok(());
    }
    let ground = Ground::new()?;
    let before = machine::description();
    let mut rows = Vec::new();
    // `cargo bench -- history` measures what has this word in its name only; cargo adds words with dashes of its own.
    let wanted = std::env::args().skip(1).find(|word| !word.starts_with('-')).unwrap_or_default();
    for (what, measure) in BENCHMARKS.iter().filter(|(what, _)| what.contains(&wanted)) {
        table::remark(&format!("measuring: {what}"));
        rows.extend(measure(&ground).unwrap_or_else(|reason| vec![Row::missing(what, reason.to_string())]));
    }
    let peers = ["hurl", "curl"].map(|name| {
        machine::peer(name).map_or_else(|| format!("no {name}"), |program| machine::version(&program))
    });
    let sluice = machine::version(env!("CARGO_BIN_EXE_sluice").as_ref());
    let after = machine::load();
    table::print(&format!("{sluice} beside {}; {before} before, {after} after", peers.join(", ")), &rows);
    Ok(())
}
