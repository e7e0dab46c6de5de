use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use sluice_core::collection::CollectionName;
use sluice_core::operation::CollectionOpen;
use sluice_core::workbench::{Options, Storage, Workbench};

use super::ground::{Failure, Ground, runtime};
use super::row::{Row, judged};
use super::sample::Sample;

const WHAT: &str = "collection of 10,000 requests, tree";
const FOLDERS: usize = 500;
const REQUESTS: usize = 20;
const ROUNDS: usize = 11;
/// Milliseconds.
const BAR: f64 = 300.0;

/// Opens a collection of 10,000 requests in 500 folders, then reads it again after one file changed.
pub fn rows(ground: &Ground) -> Result<Vec<Row>, Failure> {
    let folder = ground.path().join("ten-thousand");
    write(&folder)?;
    let (mut opened, mut again, mut bare) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..=ROUNDS {
        let (open, reread) = runtime()?.block_on(measure(&folder))?;
        let read = read_all(&folder)?;
        // The first one warms the page cache.
        if round > 0 {
            opened.push(open);
            again.push(reread);
            bare.push(read);
        }
    }
    let (opened, again, bare) =
        (Sample::of_times(&opened), Sample::of_times(&again), Sample::of_times(&bare));
    let row = |what: &str, sample: &Sample, method: &str| Row {
        what: WHAT,
        sluice: format!("{what} {}", sample.text()),
        beside: format!("reading the bytes, one thread {}", bare.text()),
        ratio: format!("{:.2}×", sample.median() / bare.median()),
        bar: judged(&format!("≤ {BAR} ms"), sample.median() <= BAR),
        method: format!("{ROUNDS} runs after one, page cache warm, new workbench each: {method}"),
    };
    Ok(vec![
        row("opened", &opened, "collection_open until the whole tree is there"),
        row("again after one change", &again, "collection_tree after one of the files was changed"),
    ])
}

async fn measure(folder: &Path) -> Result<(Duration, Duration), Failure> {
    let workbench = Workbench::open(Options {
        door: sluice_core::operation::Door::Window,
        storage: Storage::Memory,
        keyring_patience: Duration::from_secs(1),
        authorities: Vec::new(),
        process: std::collections::BTreeMap::new(),
    })?;
    let begun = Instant::now();
    let tree = workbench.collection_open(CollectionOpen { folder: folder.to_owned() }).await?;
    let opened = begun.elapsed();
    if tree.nodes.len() != FOLDERS * (REQUESTS + 1) {
        return Err(format!("{} nodes", tree.nodes.len()).into());
    }
    let file = folder.join("Folder 7/Request 7.yml");
    std::fs::write(&file, std::fs::read_to_string(&file)? + "\n")?;
    let begun = Instant::now();
    workbench.collection_tree(CollectionName { collection: tree.id }).await?;
    Ok((opened, begun.elapsed()))
}

/// Writes that collection.
pub fn write(folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    std::fs::write(
        folder.join("opencollection.yml"),
        "opencollection: 1.0.0\n\ninfo:\n  name: Ten thousand\n",
    )?;
    for number in 0..FOLDERS {
        let below = folder.join(format!("Folder {number}"));
        std::fs::create_dir_all(&below)?;
        std::fs::write(below.join("folder.yml"), folder_file(number))?;
        for request in 0..REQUESTS {
            std::fs::write(below.join(format!("Request {request}.yml")), request_file(number, request))?;
        }
    }
    Ok(())
}

fn folder_file(number: usize) -> String {
    format!("info:\n  name: Folder {number}\n  type: folder\n  seq: {number}\n\nrequest:\n  auth: inherit\n")
}

/// About a kilobyte, as requests with a body have.
fn request_file(folder: usize, request: usize) -> String {
    let mut text = format!(
        "info:\n  name: Request {request} of {folder}\n  type: http\n  seq: {request}\n\nhttp:\n  method: POST\n  \
         url: \"{{{{runtimeUrl}}}}/http/orders/{folder}/{request}\"\n  headers:\n    - name: Content-Type\n      \
         value: application/json\n  body:\n    type: json\n    data: |-\n      {{\n"
    );
    for line in 0..20 {
        // Writing into a string cannot fail.
        let _ = writeln!(text, "        \"field{line}\": \"some value {line}\",");
    }
    text.push_str("        \"last\": true\n      }\n  auth: inherit\n");
    text
}

/// What any tool must do at least: read every file.
fn read_all(folder: &Path) -> std::io::Result<Duration> {
    let begun = Instant::now();
    for below in std::fs::read_dir(folder)?.flatten().filter(|entry| entry.path().is_dir()) {
        for file in std::fs::read_dir(below.path())?.flatten() {
            std::fs::read(file.path())?;
        }
    }
    Ok(begun.elapsed())
}
