//! Tenants: add, list, show, remove; two programs at once.

use crate::support::{Terminal, shared};

#[test]
fn a_tenant_is_added_listed_shown_and_removed() {
    let terminal = Terminal::new();
    let add = ["tenant", "add", "acme-dev", "--stage", "dev", "--group", "Acme Foods", "--color", "#2F7D32"];
    terminal.run(&add).ends(0);
    terminal.run(&add).ends(2).says("already a tenant");
    let listed = terminal.run(&["tenant", "list"]).ends(0).stdout;
    assert!(listed.contains("acme-dev") && listed.contains("Acme Foods"), "{listed}");
    let shown = terminal.run(&["tenant", "show", "ACME-dev", "--json"]).ends(0).json();
    assert_eq!(shown["color"], "#2f7d32", "names are found without regard to case");
    terminal.run(&["tenant", "remove", "acme-dev"]).ends(2).says("--yes");
    terminal.run(&["tenant", "remove", "acme-dev", "--yes"]).ends(0);
    terminal.run(&["tenant", "show", "acme-dev"]).ends(2).says("no tenant");
}

#[test]
fn names_and_colours_that_cannot_be_are_refused() {
    let terminal = Terminal::new();
    for (name, color, words) in
        [("  ", "#000000", "empty"), ("a\nb", "#000000", "line breaks"), ("ok", "green", "no colour")]
    {
        let add = ["tenant", "add", name, "--stage", "dev", "--color", color];
        terminal.run(&add).ends(2).says(words);
    }
    terminal.run(&["tenant", "add", &"x".repeat(500), "--stage", "dev"]).ends(2).says("too long");
}

#[test]
fn the_stage_of_a_new_tenant_is_asked_for_and_never_guessed() {
    let file = shared().file("secret.json");
    Terminal::new().run(&["key", "import", &file, "--tenant", "new"]).ends(2).says("dev, test or prod");
}

#[test]
fn two_programs_may_write_at_once() {
    let terminal = Terminal::new();
    let children: Vec<_> = (0..8)
        .map(|number| {
            let name = format!("tenant-{number}");
            terminal.command(&["tenant", "add", &name, "--stage", "test"]).spawn().expect("it starts")
        })
        .collect();
    for mut child in children {
        assert!(child.wait().expect("it ends").success());
    }
    let listed = terminal.run(&["tenant", "list", "--json"]).ends(0).json();
    assert_eq!(listed.as_array().map(Vec::len), Some(8));
}

#[test]
fn a_data_folder_that_cannot_be_used_is_named() {
    let terminal = Terminal::new();
    let file = terminal.file("a-file", "x");
    let terminal = terminal.with("SLUICE_DATA_DIR", file.to_str().expect("text"));
    terminal.run(&["tenant", "list"]).ends(2).says("SLUICE_DATA_DIR");
    let folder = terminal.path("damaged");
    std::fs::create_dir(&folder).expect("it can be made");
    std::fs::write(folder.join("sluice.db"), "not a database at all, but long enough to look like a file")
        .expect("it can");
    let terminal = terminal.with("SLUICE_DATA_DIR", folder.to_str().expect("text"));
    let run = terminal.run(&["tenant", "list"]).ends(0);
    assert!(run.stderr.contains("damaged") && run.stderr.contains("hint: "), "{run:?}");
    let aside = std::fs::read_dir(&folder).expect("it is there").flatten();
    let names: Vec<_> = aside.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    assert!(names.iter().any(|name| name.starts_with("sluice.db.damaged-")), "{names:?}");
}

#[test]
fn parallel_imports_into_one_new_tenant_all_arrive() {
    let terminal = Terminal::new();
    let file = shared().file("secret.json");
    let words = ["key", "import", &file, "--tenant", "together", "--stage", "dev"];
    let children: Vec<_> = (0..4).map(|_| terminal.command(&words).spawn().expect("it starts")).collect();
    for mut child in children {
        assert!(child.wait().expect("it ends").success());
    }
    let tenant = terminal.run(&["tenant", "show", "together", "--json"]).ends(0).json();
    assert_eq!(tenant["keys"].as_array().map(Vec::len), Some(4));
    let other = ["key", "import", &file, "--tenant", "together", "--stage", "prod"];
    terminal.run(&other).ends(2).says("as a dev tenant");
    terminal.run(&["tenant", "remove", "together", "--yes"]).ends(0);
}
