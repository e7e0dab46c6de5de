use std::path::Path;
use std::process::Command;

use sluice_core::operation::CollectionOpen;
use sluice_core::workbench::{Options, Storage, Workbench};

use super::collection_tree;
use super::ground::{Failure, Ground, runtime};
use super::row::{Row, judged};
use super::sample::Sample;
use super::web_view::WebView;

const TREE: &str = "window with 10,000 requests";
const BODY: &str = "window with a body of 200 MB";
const METHOD: &str = "the real window, development profile, Xvfb 1440×900 with software rendering";
/// Milliseconds from a key stroke to the frame that shows it.
const KEYSTROKE: f64 = 16.0;
const FRAMES: f64 = 30.0;
/// Mebibytes more in the page's process.
const MEMORY: f64 = 64.0;

/// Types into the filter letter by letter; each answer is the time the page worked until it could paint.
const FILTER: &str = r#"
const field = document.querySelector('input[placeholder="Filter requests"]');
const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
const times = [];
const type = (left, text) => {
  if (left.length === 0) return done(times);
  const begun = performance.now();
  set.call(field, text + left[0]);
  field.dispatchEvent(new Event('input', { bubbles: true }));
  requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      times.push(performance.now() - begun);
      setTimeout(() => type(left.slice(1), text + left[0]), 60);
    };
    channel.port2.postMessage(null);
  });
};
type([...'request 7 of 42'], '');"#;

/// Counts frames for three seconds while something moves in each of them.
fn frames(setup: &str, step: &str) -> String {
    format!(
        "{setup}
let count = 0;
const begun = performance.now();
const frame = () => {{
  {step}
  count += 1;
  if (performance.now() - begun < 3000) return requestAnimationFrame(frame);
  done(count * 1000 / (performance.now() - begun));
}};
requestAnimationFrame(frame);"
    )
}

/// What the window feels like with a large collection.
pub fn of_tree(ground: &Ground) -> Result<Vec<Row>, Failure> {
    let home = home(ground)?;
    runtime()?.block_on(tree(ground, home.path()))
}

/// What the window feels like with a large answer.
pub fn of_body(ground: &Ground) -> Result<Vec<Row>, Failure> {
    let home = home(ground)?;
    runtime()?.block_on(body(ground, home.path()))
}

fn home(ground: &Ground) -> Result<tempfile::TempDir, Failure> {
    if std::env::var_os("DISPLAY").is_none() {
        return Err("there is no display; ./dev bench makes one".into());
    }
    Ok(tempfile::tempdir_in(ground.path())?)
}

async fn tree(ground: &Ground, home: &Path) -> Result<Vec<Row>, Failure> {
    let empty = WebView::open(home, &ground.authority()).await?;
    let before = empty.memory()?;
    empty.close().await?;
    let folder = ground.path().join("ten-thousand-shown");
    collection_tree::write(&folder)?;
    open(home, &folder).await?;
    let view = WebView::open(home, &ground.authority()).await?;
    view.run("document.querySelector('[data-testid=rail-requests]').click()").await?;
    view.until("return document.querySelector('[role=treeitem]') !== null").await?;
    view.run("document.querySelector('[role=treeitem]').focus()").await?;
    let times: Vec<f64> = serde_json::from_value(view.run_until_done(FILTER).await?)?;
    view.until("return document.querySelectorAll('[role=treeitem]').length > 5").await?;
    let more = f64::from(view.memory()?.saturating_sub(before)) / 1024.0;
    let scroll = frames(
        "const box = document.querySelector('.tree-scroll'); let by = 70;",
        "const at = box.scrollTop; box.scrollTop += by; if (box.scrollTop === at) by = -by;",
    );
    let set = "const field = document.querySelector('input[placeholder=\"Filter requests\"]');
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(field, 'request');
        field.dispatchEvent(new Event('input', { bubbles: true }));";
    view.run(set).await?;
    let rate = view.run_until_done(&scroll).await?.as_f64().unwrap_or_default();
    view.close().await?;
    let typed = Sample::of_milliseconds(times);
    Ok(vec![
        single(
            TREE,
            format!("key stroke in the filter {}", typed.text()),
            &format!("≤ {KEYSTROKE} ms"),
            typed.median() <= KEYSTROKE,
            "15 strokes, from the input event until the page could paint it",
        ),
        single(
            TREE,
            format!("scrolling {rate:.0} frames/s"),
            &format!("≥ {FRAMES} frames/s"),
            rate >= FRAMES,
            "three seconds, 70 px each frame, all requests listed",
        ),
        Row {
            bar: "–".to_owned(),
            ..single(
                TREE,
                format!("{more:.0} MB more in the page's process"),
                "",
                true,
                "proportional memory beside the same window without a collection",
            )
        },
    ])
}

async fn open(home: &Path, folder: &Path) -> Result<(), Failure> {
    let workbench = Workbench::open(Options {
        door: sluice_core::operation::Door::Window,
        storage: Storage::Folder(home.join("sluice")),
        keyring_patience: std::time::Duration::from_secs(5),
        authorities: Vec::new(),
        process: std::collections::BTreeMap::new(),
    })?;
    workbench.collection_open(CollectionOpen { folder: folder.to_owned() }).await?;
    Ok(())
}

async fn body(ground: &Ground, home: &Path) -> Result<Vec<Row>, Failure> {
    let key = home.join("key.json");
    std::fs::write(&key, ground.key().json.to_string())?;
    let run = Command::new(env!("CARGO_BIN_EXE_sluice"))
        .args(["key", "import"])
        .arg(&key)
        .args(["--tenant", "bench", "--stage", "dev"])
        .env("SLUICE_DATA_DIR", home.join("sluice"))
        .env("SSL_CERT_FILE", ground.authority())
        .output()?;
    if !run.status.success() {
        return Err(String::from_utf8_lossy(&run.stderr).into_owned().into());
    }
    let view = WebView::open(home, &ground.authority()).await?;
    let click = |id: &str| format!("document.querySelector('[data-testid={id}]').click()");
    view.run(&click("rail-requests")).await?;
    let new = "[...document.querySelectorAll('button')]\
               .find((one) => (one.ariaLabel ?? one.textContent).startsWith('New request'))";
    view.until(&format!("return {new} !== undefined")).await?;
    view.run(&format!("{new}.click()")).await?;
    view.until("return document.querySelector('[data-testid=url]') !== null").await?;
    let before = view.memory()?;
    let address = "const field = document.querySelector('[data-testid=url]');
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(field, '/http/large?bytes=200000000');
        field.dispatchEvent(new Event('input', { bubbles: true }));";
    view.run(address).await?;
    view.run(&click("send")).await?;
    view.until("return (document.querySelector('[data-testid=status]')?.textContent ?? '').includes('200 OK') && document.querySelectorAll('.rows-row').length > 5").await?;
    let held = frames(
        "const rows = document.querySelector('[data-testid=response-body]'); rows.focus();",
        "rows.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true, cancelable: true }));",
    );
    let rate = view.run_until_done(&held).await?.as_f64().unwrap_or_default();
    let more = f64::from(view.memory()?.saturating_sub(before)) / 1024.0;
    view.close().await?;
    Ok(vec![
        single(
            BODY,
            format!("arrow held {rate:.0} frames/s"),
            &format!("≥ {FRAMES} frames/s"),
            rate >= FRAMES,
            "three seconds, one row down each frame",
        ),
        single(
            BODY,
            format!("{more:.0} MB more in the page's process"),
            &format!("≤ {MEMORY} MB"),
            more <= MEMORY,
            "proportional memory after scrolling beside before sending",
        ),
    ])
}

fn single(what: &'static str, sluice: String, bar: &str, kept: bool, method: &str) -> Row {
    Row {
        what,
        sluice,
        beside: "–".to_owned(),
        ratio: "–".to_owned(),
        bar: judged(bar, kept),
        method: format!("{METHOD}: {method}"),
    }
}
