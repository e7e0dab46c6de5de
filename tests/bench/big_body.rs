use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use sluice_core::body::find::Search;
use sluice_core::body::{Find, OpenBody};
use sluice_core::http::{BodyForm, SpooledBody};

use super::ground::{Failure, Ground};
use super::row::{Row, judged};
use super::sample::Sample;

const WHAT: &str = "body of 1 GiB";
const SIZE: u64 = 1 << 30;
const JUMPS: u64 = 200;
/// Rows of a screen.
const ROWS: u64 = 60;
/// Tells a child which body to look at: path and media type.
const CHILD: &str = "SLUICE_BENCH_BODY";
/// Milliseconds.
const FIRST_BAR: f64 = 300.0;
const JUMP_BAR: f64 = 100.0;
const SEARCH_BAR: f64 = 2_000.0;
/// Mebibytes.
const MEMORY_BAR: f64 = 64.0;

/// What is looked for: how it is called, the text, whether it is a pattern, whether capitals matter, whole words only.
const SEARCHES: [(&str, &str, bool, bool, bool); 6] = [
    ("text, any case, once", "last ORDER of all", false, false, false),
    ("text, same case, once", "last order of all", false, true, false),
    ("pattern, once", r"last\s+\w+ of a\w{2}", true, false, false),
    ("text, any case, in every record", "KÖLN", false, false, false),
    ("whole word, any case, in every record", "müller", false, false, true),
    ("pattern, in every record", r"in \w+ivery", true, false, false),
];

/// What a child measured, in milliseconds and kibibytes.
#[derive(Deserialize, Serialize)]
struct Measured {
    first: f64,
    index: f64,
    processor: f64,
    rows: u64,
    jump: f64,
    farthest: f64,
    searches: Vec<(String, f64, u64)>,
    memory: u64,
}

/// A generated JSON and XML body in a file, each looked at by a process of its own.
pub fn rows(ground: &Ground) -> Result<Vec<Row>, Failure> {
    let mut rows = Vec::new();
    for (name, content_type) in [("JSON", "application/json"), ("XML", "application/xml")] {
        let path = ground.path().join(name);
        write(&path, name == "JSON")?;
        let measured = in_child(&path, content_type)?;
        std::fs::remove_file(&path)?;
        rows.extend(rows_of(name, &measured));
    }
    Ok(rows)
}

fn rows_of(name: &str, measured: &Measured) -> Vec<Row> {
    let row = |what: &str, value: f64, unit: &str, bar: Option<f64>, method: String| Row {
        what: WHAT,
        sluice: format!("{name}, {what} {value:.1} {unit}"),
        beside: "–".to_owned(),
        ratio: "–".to_owned(),
        bar: bar.map_or_else(|| "–".to_owned(), |bar| judged(&format!("≤ {bar} {unit}"), value <= bar)),
        method,
    };
    let first = "from opening the file to 60 rows, page cache warm".to_owned();
    let index = format!("{} rows, {:.0} ms of processor time", measured.rows, measured.processor);
    let jump = format!("60 rows anywhere, worst of {JUMPS}; median {:.2} ms", measured.jump);
    let memory = "peak resident set of the process (VmHWM) over all this, less what it was before".to_owned();
    let mut rows = vec![
        row("first rows", measured.first, "ms", Some(FIRST_BAR), first),
        row("whole index", measured.index, "ms", None, index),
        row("jump", measured.farthest, "ms", Some(JUMP_BAR), jump),
    ];
    for (what, took, hits) in &measured.searches {
        let what = format!("search {what}");
        rows.push(row(&what, *took, "ms", Some(SEARCH_BAR), format!("all of it, {hits} hits")));
    }
    #[expect(clippy::cast_precision_loss, reason = "memory is far below 2⁵² KiB")]
    let mebibytes = measured.memory as f64 / 1024.0;
    rows.push(row("memory", mebibytes, "MiB more", Some(MEMORY_BAR), memory));
    rows
}

/// Orders until the size is reached; the last one says so.
fn write(path: &Path, json: bool) -> Result<(), Failure> {
    let mut file = BufWriter::new(File::create(path)?);
    let (begin, end) = if json {
        ("[\n", "  {\"note\": \"last order of all\"}\n]\n")
    } else {
        ("<orders>\n", "  <note>last order of all</note>\n</orders>\n")
    };
    file.write_all(begin.as_bytes())?;
    let mut written = 0;
    for number in 0.. {
        let order = if json { json_order(number) } else { xml_order(number) };
        file.write_all(order.as_bytes())?;
        written += order.len() as u64;
        if written >= SIZE {
            break;
        }
    }
    file.write_all(end.as_bytes())?;
    Ok(file.flush()?)
}

fn json_order(number: u64) -> String {
    let (price, amount) = (number % 977, number % 13);
    format!(
        "  {{\n    \"id\": \"PO-2026-{number:08}\",\n    \"status\": \"in delivery\",\n    \"customer\": {{\n      \"name\": \"Eva Müller\",\n      \"city\": \"Köln\",\n      \"vip\": {}\n    }},\n    \"positions\": [\n      {{\"material\": \"MAT-{price:05}\", \"price\": {price}.50, \"amount\": {amount}}},\n      {{\"material\": \"MAT-{amount:05}\", \"price\": {amount}.25, \"amount\": {amount}}}\n    ],\n    \"text\": \"Goods as agreed, \\\"free house\\\", to be unloaded at ramp {amount} between eight and noon\"\n  }},\n",
        number.is_multiple_of(7)
    )
}

fn xml_order(number: u64) -> String {
    let (price, amount) = (number % 977, number % 13);
    format!(
        "  <ord:Order xmlns:ord=\"urn:orders\" id=\"PO-2026-{number:08}\">\n    <ord:Status>in delivery</ord:Status>\n    <ord:Customer vip=\"no\">\n      <ord:Name>Eva Müller</ord:Name>\n      <ord:City>Köln</ord:City>\n    </ord:Customer>\n    <ord:Position amount=\"{amount}\"><ord:Material>MAT-{price:05}</ord:Material><ord:Price>{price}.50</ord:Price></ord:Position>\n    <ord:Text>Goods as agreed, free house &amp; insured, to be unloaded at ramp {amount} between eight and noon</ord:Text>\n  </ord:Order>\n"
    )
}

fn in_child(path: &Path, content_type: &str) -> Result<Measured, Failure> {
    let said = Command::new(std::env::current_exe()?)
        .env(CHILD, format!("{content_type} {}", path.display()))
        .stderr(Stdio::inherit())
        .output()?;
    Ok(serde_json::from_slice(&said.stdout)?)
}

/// Measures one body and says what came out, when this process was started for it.
pub fn measured_as_child() -> Result<bool, Failure> {
    let Ok(asked) = std::env::var(CHILD) else { return Ok(false) };
    let (content_type, path) = asked.split_once(' ').ok_or("a media type and a path are expected")?;
    let measured = measure(&PathBuf::from(path), content_type)?;
    serde_json::to_writer(std::io::stdout().lock(), &measured)?;
    Ok(true)
}

fn measure(path: &Path, content_type: &str) -> Result<Measured, Failure> {
    let form = BodyForm::Pretty;
    let before = memory("VmRSS:")?;
    let begun = Instant::now();
    let source = SpooledBody::at(path)?.source();
    let body = OpenBody::new(source, Some(content_type.to_owned()), std::env::temp_dir())?;
    let shown = body.rows(form, 0, ROWS)?.rows.len();
    let first = milliseconds(begun);
    assert_eq!(shown as u64, ROWS, "a screen of rows is there");
    let processor = processor_milliseconds()?;
    while !body.facts(form).done {
        std::thread::sleep(Duration::from_millis(5));
    }
    let (index, processor) = (milliseconds(begun), processor_milliseconds()? - processor);
    let facts = body.facts(form);
    assert!(facts.trouble.is_none(), "what was generated is valid: {:?}", facts.trouble);
    let jumps = jumps(&body, facts.rows)?;
    let searches: Result<Vec<_>, Failure> =
        SEARCHES.into_iter().map(|search| searched(&body, search)).collect();
    Ok(Measured {
        first,
        index,
        processor,
        rows: facts.rows,
        jump: jumps.median(),
        farthest: jumps.maximum(),
        searches: searches?,
        memory: memory("VmHWM:")?.saturating_sub(before),
    })
}

fn jumps(body: &OpenBody, rows: u64) -> Result<Sample, Failure> {
    let (mut times, mut dice) = (Vec::new(), 0x5EED_u64);
    for _ in 0..JUMPS {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let begun = Instant::now();
        body.rows(BodyForm::Pretty, (dice >> 20) % rows, ROWS)?;
        times.push(begun.elapsed());
    }
    Ok(Sample::of_times(&times))
}

fn searched(
    body: &Arc<OpenBody>,
    (what, text, regex, case, word): (&str, &str, bool, bool, bool),
) -> Result<(String, f64, u64), Failure> {
    let begun = Instant::now();
    let find = Find { text: text.to_owned(), regex, case, word };
    let search = Search::begin(body.text(), BodyForm::Pretty, &find)?;
    loop {
        let found = search.found()?;
        if found.done {
            return Ok((what.to_owned(), milliseconds(begun), found.count));
        }
        std::thread::sleep(Duration::from_millis(1));
    }
}

fn milliseconds(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1e3
}

/// Kibibytes the kernel counts for this process under a name.
fn memory(name: &str) -> Result<u64, Failure> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix(name)).ok_or("no figure of memory")?;
    Ok(line.trim().trim_end_matches(" kB").parse()?)
}

/// Processor time of this process, all threads, in steps of ten milliseconds.
fn processor_milliseconds() -> Result<f64, Failure> {
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    let behind_name = stat.rsplit_once(')').ok_or("no figure of time")?.1;
    let ticks: f64 =
        behind_name.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<f64>().ok()).sum();
    Ok(ticks * 10.0)
}
