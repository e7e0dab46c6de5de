//! The tree of a collection: moving by mouse and keys, deleting, and taking both back.

use std::path::{Path, PathBuf};

use crate::support::{ALT, CONTROL, DELETE, Home, Place, UP, Window, css, id, row, text};

const WHO_AM_I: &str = "Checks/Who am I.yml";
const ECHO: &str = "Checks/Echo.yml";

/// A home with the collection "Orders": "Checks" with "Who am I" and "Echo", and "Later" with "Close".
fn home_with_two_folders() -> (Home, PathBuf) {
    let home = Home::new();
    let folder = home.collection();
    home.file("orders/Later/folder.yml", "info:\n  name: Later\n  type: folder\n  seq: 2\n");
    let close = "info:\n  name: Close\n  type: http\n  seq: 4\n\nhttp:\n  method: GET\n  url: /http/close\n";
    home.file("orders/Later/Close.yml", close);
    (home, folder)
}

async fn open(home: &Home) -> Window {
    let window = Window::open(home).await;
    window.click(&id("rail-requests")).await;
    for name in ["Orders", "Checks", "Later"] {
        window.open_row(name).await;
    }
    window
}

/// The row of this name while what is dragged would go there: "before", "into", "after".
fn drop_at(name: &str, zone: &str) -> Place {
    Place::XPath(format!(
        "//*[@role='treeitem'][contains(@class, 'drop-{zone}')][contains(normalize-space(), '{name}')]"
    ))
}

fn focused(name: &str) -> Place {
    Place::XPath(format!("//*[@role='treeitem'][@tabindex='0'][contains(normalize-space(), '{name}')]"))
}

async fn until_order(window: &Window, names: &[&str]) {
    let script =
        "return [...document.querySelectorAll('[role=treeitem] .tree-name')].map((one) => one.textContent)";
    let is_so = async || {
        let shown = window.client.execute(script, Vec::new()).await.unwrap_or_default();
        shown == serde_json::json!(names)
    };
    window.until(&format!("the tree shows {names:?}"), is_so).await;
}

/// The place among its neighbours that a file names; none while it is not there.
fn seq(file: &Path) -> Option<f64> {
    let text = std::fs::read_to_string(file).ok()?;
    text.lines().find_map(|line| line.trim().strip_prefix("seq: "))?.parse().ok()
}

fn without_seq(text: &str) -> String {
    text.lines().filter(|line| !line.trim().starts_with("seq: ")).collect::<Vec<_>>().join("\n")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_dragged_onto_a_folder_lies_there_last_and_the_toast_brings_it_back() {
    let (home, folder) = home_with_two_folders();
    let before = text(&folder.join(ECHO));
    let window = open(&home).await;
    window.drag(&row("Echo"), &row("Later"), (0.5, 0.7), &drop_at("Later", "into")).await;
    let moved = folder.join("Later/Echo.yml");
    window.until("it lies last in Later", async || seq(&moved) > Some(4.0)).await;
    assert!(!folder.join(ECHO).exists());
    assert_eq!(without_seq(&text(&moved)), without_seq(&before), "only its place is written anew");
    until_order(&window, &["Orders", "Checks", "Who am I", "Later", "Close", "Echo"]).await;
    window.click(&css(".toast button")).await;
    window.until("it is back", async || seq(&folder.join(ECHO)) > seq(&folder.join(WHO_AM_I))).await;
    until_order(&window, &["Orders", "Checks", "Who am I", "Echo", "Later", "Close"]).await;
    assert!(!moved.exists());
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_dragged_between_two_takes_a_place_between_theirs_and_they_stay_as_they_are() {
    let (home, folder) = home_with_two_folders();
    let neighbours = [WHO_AM_I, ECHO].map(|path| folder.join(path));
    let before = neighbours.each_ref().map(|file| text(file));
    let window = open(&home).await;
    window.drag(&row("Close"), &row("Echo"), (0.5, 0.2), &drop_at("Echo", "before")).await;
    let moved = folder.join("Checks/Close.yml");
    window.until("it lies in Checks", async || moved.is_file()).await;
    until_order(&window, &["Orders", "Checks", "Who am I", "Close", "Echo", "Later"]).await;
    let [first, last] = neighbours.each_ref().map(|file| seq(file));
    assert!(first < seq(&moved) && seq(&moved) < last, "{first:?} {:?} {last:?}", seq(&moved));
    assert_eq!(neighbours.each_ref().map(|file| text(file)), before);
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_moved_by_keys_goes_back_step_by_step_with_ctrl_z() {
    let (home, folder) = home_with_two_folders();
    let places = || [ECHO, "Later/Echo.yml"].map(|path| folder.join(path).exists());
    let window = open(&home).await;
    window.press(&row("Echo"), &format!("{ALT}{UP}")).await;
    until_order(&window, &["Orders", "Checks", "Echo", "Who am I", "Later", "Close"]).await;
    assert!(seq(&folder.join(ECHO)) < seq(&folder.join(WHO_AM_I)));
    window.press(&row("Echo"), &format!("{CONTROL}x")).await;
    window.press(&row("Later"), &format!("{CONTROL}v")).await;
    window.until("it lies in Later", async || places() == [false, true]).await;
    until_order(&window, &["Orders", "Checks", "Who am I", "Later", "Close", "Echo"]).await;

    window.press(&focused("Echo"), &format!("{CONTROL}z")).await;
    window.until("it lies in Checks", async || places() == [true, false]).await;
    until_order(&window, &["Orders", "Checks", "Echo", "Who am I", "Later", "Close"]).await;
    window.press(&focused("Echo"), &format!("{CONTROL}z")).await;
    until_order(&window, &["Orders", "Checks", "Who am I", "Echo", "Later", "Close"]).await;
    assert!(seq(&folder.join(ECHO)) > seq(&folder.join(WHO_AM_I)));
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_request_comes_back_byte_for_byte_and_its_unsaved_edit_with_it() {
    let (home, folder) = home_with_two_folders();
    let file = folder.join(ECHO);
    let before = format!("# ours\r\n{}  # to the end, without a line break", text(&file).trim_end());
    std::fs::write(&file, &before).unwrap();
    let window = open(&home).await;
    window.open_request("Echo").await;
    window.fill(&id("url"), "/http/edited").await;
    window.find(&id("unsaved")).await;
    window.press(&row("Echo"), DELETE).await;
    window.until("the file is gone", async || !file.exists()).await;
    window.gone(&row("Echo")).await;
    window.press(&focused("Who am I"), &format!("{CONTROL}z")).await;
    window.until("the file is back", async || file.exists()).await;
    window.find(&row("Echo")).await;
    assert_eq!(text(&file), before);
    assert_eq!(window.value(&id("url")).await, "/http/edited");
    window.find(&id("unsaved")).await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_folder_comes_back_with_everything_in_it() {
    let (home, folder) = home_with_two_folders();
    let checks = folder.join("Checks");
    std::fs::write(checks.join("notes.txt"), "not a request").unwrap();
    let content =
        || ["folder.yml", "Who am I.yml", "Echo.yml", "notes.txt"].map(|name| text(&checks.join(name)));
    let before = content();
    let window = open(&home).await;
    window.press(&row("Checks"), DELETE).await;
    window.until("the folder is gone", async || !checks.exists()).await;
    until_order(&window, &["Orders", "Later", "Close"]).await;
    window.click(&css(".toast button")).await;
    until_order(&window, &["Orders", "Checks", "Who am I", "Echo", "Later", "Close"]).await;
    assert_eq!(content(), before);
    window.close().await;
}
