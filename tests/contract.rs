//! Every operation is declared once; the doors offer what the declaration says.

use std::collections::BTreeSet;
use std::path::Path;

use sluice_core::operation::{Door, OPERATIONS};
use sluice_core::service_instance::InstanceForm;
use sluice_core::service_key::Plan;

fn sources(folder: &str) -> String {
    let mut text = String::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("the folder is there").flatten() {
            let path = entry.path();
            if path.is_dir() && !path.ends_with("bindings") {
                folders.push(path);
            } else if path
                .extension()
                .is_some_and(|ending| ending == "rs" || ending == "ts" || ending == "tsx")
            {
                text.push_str(&std::fs::read_to_string(&path).expect("it can be read"));
            }
        }
    }
    text
}

#[test]
fn names_are_unique_and_every_operation_has_a_summary_and_a_door() {
    let names: BTreeSet<_> = OPERATIONS.iter().map(|operation| operation.name).collect();
    assert_eq!(names.len(), OPERATIONS.len());
    for operation in OPERATIONS {
        assert!(operation.summary.trim().ends_with('.'), "{}", operation.name);
        assert!(!operation.doors.is_empty(), "{}", operation.name);
    }
}

/// What the window's shell calls in Rust, after it asked the user for a file or a folder, is no call of the page.
const SHELL: [&str; 2] = ["collection_open", "collection_create"];

#[test]
fn the_terminal_uses_every_operation_declared_for_it() {
    let terminal = sources("src-tauri/cli");
    let shell = sources("src-tauri/desktop");
    for operation in OPERATIONS.iter().filter(|operation| operation.doors.contains(&Door::Terminal)) {
        if SHELL.contains(&operation.name) {
            assert!(shell.contains(&format!(".{}(", operation.name)), "{} has no command", operation.name);
            continue;
        }
        assert!(terminal.contains(&format!(".{}(", operation.name)), "{} has no verb", operation.name);
    }
}

#[test]
fn a_door_uses_no_operation_that_is_not_declared_for_it() {
    for (folder, door, call) in [("src-tauri/cli", Door::Terminal, "."), ("ui/src", Door::Window, "\"")] {
        let text = sources(folder);
        for operation in OPERATIONS.iter().filter(|operation| !operation.doors.contains(&door)) {
            let end = if call == "." { "(" } else { "\"" };
            let used = text.contains(&format!("{call}{}{end}", operation.name));
            assert!(!used, "{} is used in {folder}, which the declaration does not say", operation.name);
        }
    }
}

#[test]
fn the_window_uses_every_operation_declared_for_it() {
    let window = sources("ui/src");
    for operation in OPERATIONS.iter().filter(|operation| operation.doors.contains(&Door::Window)) {
        assert!(
            window.contains(&format!("\"{}\"", operation.name)),
            "{} is called by nobody",
            operation.name
        );
    }
}

#[test]
fn the_window_may_not_read_a_key_as_text() {
    let read = OPERATIONS.iter().find(|operation| operation.name == "key_read").expect("it is declared");
    assert!(!read.doors.contains(&Door::Window), "a pasted key is read in Rust, never by the page");
}

#[test]
fn the_window_names_no_file_of_a_certificate_request() {
    for name in ["certificate_request_answer", "certificate_request_export"] {
        let operation = OPERATIONS.iter().find(|operation| operation.name == name).expect("it is declared");
        assert!(
            !operation.doors.contains(&Door::Window),
            "{name} has a path, which the system's dialog gives"
        );
    }
}

#[test]
fn the_window_and_the_terminal_start_a_service_instance_with_the_same_roles() {
    let page = sources("ui/src/service_instance");
    let (_, behind) = page.split_once("const USUAL_API = [").expect("the page names the usual roles");
    let listed = behind.split(']').next().unwrap_or_default();
    let roles: Vec<&str> = listed.split('"').skip(1).step_by(2).collect();
    assert_eq!(roles, InstanceForm::usual(Plan::Api).roles);
    assert!(page.contains(&format!("{:?}", InstanceForm::usual(Plan::IntegrationFlow).roles)));
}
