//! Collections at the terminal: sending a request's file, and looking a collection through.

use serde_json::Value;

use crate::support::{Collection, Run, Terminal, shared};

fn send(terminal: &Terminal, words: &[&str]) -> Run {
    let (key, authority) = (shared().file("secret.json"), shared().authority());
    terminal.run(&[&["send"], words, &["--service-key", &key, "--cacert", &authority]].concat())
}

/// The value of a header field the echoing flow received.
fn received(echo: &Value, name: &str) -> Option<String> {
    let headers = echo["headers"].as_array()?;
    let found = headers.iter().find(|header| header["name"] == name)?;
    found["value"].as_str().map(str::to_owned)
}

#[test]
fn the_file_of_a_request_is_sent_with_everything_it_inherits() {
    let terminal = Terminal::new();
    let collection = Collection::new(&terminal, "orders");
    let echo = send(&terminal, &[&collection.path("Orders/Create order.yml"), "--env", "dev"]).ends(0).json();
    assert_eq!(echo["method"], "POST");
    assert!(echo.to_string().contains("customer=from%20dev"), "the environment wins: {echo}");
    assert_eq!(received(&echo, "x-collection").as_deref(), Some("all"));
    assert_eq!(received(&echo, "x-folder").as_deref(), Some("orders"));
    let correlation = received(&echo, "x-correlation").unwrap_or_default();
    assert_eq!(correlation.len(), 36, "a new identifier instead of {correlation}");
    assert!(echo["body"].to_string().contains("from dev"), "{echo}");
}

#[test]
fn without_an_environment_the_collection_says_the_value() {
    let terminal = Terminal::new();
    let collection = Collection::new(&terminal, "orders");
    let echo = send(&terminal, &[&collection.path("Orders/Create order.yml")]).ends(0).json();
    assert!(echo.to_string().contains("customer=from%20the%20collection"), "{echo}");
}

#[test]
fn path_parameters_stand_for_their_segments() {
    let terminal = Terminal::new();
    let collection = Collection::new(&terminal, "orders");
    let echo = send(&terminal, &[&collection.path("Orders/Order status.yml")]).ends(0).json();
    assert!(echo.to_string().contains("/http/echo/47%2011"), "{echo}");
}

#[test]
fn options_stand_over_what_the_file_says() {
    let terminal = Terminal::new();
    let collection = Collection::new(&terminal, "orders");
    let file = collection.path("Orders/Create order.yml");
    let words =
        [&file, "--var", "customer=from the options", "-H", "X-Folder: mine", "-d", "{\"mine\": true}"];
    let echo = send(&terminal, &words).ends(0).json();
    assert!(echo.to_string().contains("customer=from%20the%20options"), "{echo}");
    assert_eq!(received(&echo, "x-folder").as_deref(), Some("mine"));
    assert!(echo["body"].to_string().contains("mine"), "{echo}");
}

const FILED: &str = "\
info:
  name: Upload
  type: http
  seq: 3

http:
  method: POST
  url: \"{{runtimeUrl}}/http/echo\"
  body:
    type: file
    data:
      - filePath: FILE
        contentType: application/octet-stream
        selected: true
  auth: inherit
";

#[test]
fn the_file_of_a_request_cannot_send_files_from_outside_the_collection() {
    let terminal = Terminal::new();
    let collection = Collection::new(&terminal, "orders");
    let secret = terminal.file("id_ed25519", "PRIVATE");
    for way in ["../id_ed25519", secret.to_str().unwrap()] {
        collection.write("Upload.yml", FILED.replace("FILE", way));
        send(&terminal, &[&collection.path("Upload.yml")]).ends(2).says("you did not choose it");
    }
    collection.write("payload.bin", "inside");
    collection.write("Upload.yml", FILED.replace("FILE", "payload.bin"));
    let echo = send(&terminal, &[&collection.path("Upload.yml")]).ends(0).json();
    assert!(echo["body"].to_string().contains("inside"), "{echo}");
}

#[test]
fn a_file_named_in_the_options_is_that_of_the_working_directory() {
    let terminal = Terminal::new();
    let collection = Collection::new(&terminal, "orders");
    terminal.file("data.bin", "from here");
    let file = collection.path("Orders/Create order.yml");
    for words in [["-d", "@data.bin"], ["-F", "part=@data.bin"]] {
        let echo = send(&terminal, &[&[file.as_str()], &words[..]].concat()).ends(0).json();
        assert!(echo.to_string().contains("from here"), "{echo}");
    }
}

#[test]
fn a_variable_nobody_sets_is_named_with_its_place_and_nothing_is_sent() {
    let terminal = Terminal::new();
    let collection = Collection::new(&terminal, "orders");
    let text = collection.text("Orders/Create order.yml").replace("{{customer}}\"\n", "{{soldTo}}\"\n");
    collection.write("Orders/Create order.yml", text);
    let run = send(&terminal, &[&collection.path("Orders/Create order.yml")]).ends(2).says("soldTo");
    assert!(run.stderr.contains("Nothing was sent"), "{run:?}");
}

#[test]
fn an_unknown_environment_and_what_is_no_request_are_told() {
    let terminal = Terminal::new();
    let collection = Collection::new(&terminal, "orders");
    let file = collection.path("Orders/Create order.yml");
    send(&terminal, &[&file, "--env", "nowhere"]).ends(2).says("nowhere");
    send(&terminal, &[&collection.path("Orders/folder.yml")]).ends(2).says("folder.yml");
    send(&terminal, &["missing.yml"]).ends(2).says("missing.yml");
    let alone =
        terminal.file("alone.yml", "info:\n  name: x\n  type: http\nhttp:\n  method: GET\n  url: /x\n");
    send(&terminal, &[alone.to_str().unwrap_or_default()]).ends(2).says("opencollection.yml");
}

#[test]
fn sending_changes_no_file() {
    let terminal = Terminal::new();
    let collection = Collection::new(&terminal, "orders");
    let before = collection.files();
    send(&terminal, &[&collection.path("Orders/Create order.yml"), "--env", "dev"]).ends(0);
    assert_eq!(before, collection.files());
}

#[test]
fn a_sound_collection_passes_the_check() {
    let terminal = Terminal::new();
    let collection = Collection::new(&terminal, "orders");
    let run = terminal.run(&["check", &collection.path("")]).ends(0);
    assert_eq!(run.stdout, "Nothing found.\n");
}

#[test]
fn the_check_names_broken_files_and_literal_secrets_with_their_lines() {
    let terminal = Terminal::new();
    let collection = Collection::new(&terminal, "orders");
    collection.write("Orders/broken.yml", "info:\n  name: Broken\n   type: http\n");
    let secret = collection.text("opencollection.yml").replace("\"{{clientSecret}}\"", "s3cr3t-in-a-file");
    collection.write("opencollection.yml", secret);
    let run = terminal.run(&["check", &collection.path("")]).ends(1);
    assert!(run.stdout.contains("Orders/broken.yml:3"), "{run:?}");
    assert!(run.stdout.contains("opencollection.yml:19"), "{run:?}");
    assert!(!run.stdout.contains("s3cr3t-in-a-file"), "the secret itself is not shown: {run:?}");
    let findings = terminal.run(&["check", &collection.path(""), "--json"]).ends(1).json();
    let kinds: Vec<&Value> = findings.as_array().unwrap().iter().map(|finding| &finding["kind"]).collect();
    assert_eq!(kinds, ["broken", "secret"]);
}

#[test]
fn names_out_of_files_cannot_write_to_the_terminal() {
    let terminal = Terminal::new();
    let evil = "\\u001b[2J\\u001b]0;x\\u0007";
    let text = format!(
        "{{\"info\": {{\"name\": \"Orders{evil}\", \"schema\": \"https://schema.getpostman.com/json/collection/v2.1.0/collection.json\"}}, \"item\": [{{\"name\": \"Get{evil}\", \"request\": {{\"method\": \"GET\", \"url\": \"https://h.example/\", \"auth\": {{\"type\": \"ntlm\"}}}}}}]}}"
    );
    let file = terminal.file("evil.postman_collection.json", text);
    let into = terminal.path("evil");
    let words = ["import", file.to_str().unwrap(), "--into", into.to_str().unwrap()];
    let imported = terminal.run(&words).ends(0);
    assert!(imported.stdout.contains("Orders\\u{1b}"), "{imported:?}");
    let collection = Collection::new(&terminal, "orders");
    collection.write("a\u{1b}[2J.yml", "info: [\n");
    let checked = terminal.run(&["check", &collection.path("")]).ends(1);
    assert!(checked.stdout.contains("a\\u{1b}[2J.yml"), "{checked:?}");
    let exported =
        terminal.run(&["export", into.to_str().unwrap(), "--format", "curl", "-o", "o.sh"]).ends(0);
    for run in [imported, checked, exported] {
        assert!(!run.stdout.contains('\u{1b}') && !run.stderr.contains('\u{1b}'), "{run:?}");
    }
}

#[test]
fn what_is_no_collection_cannot_be_checked() {
    let terminal = Terminal::new();
    let folder = terminal.path("empty");
    std::fs::create_dir(&folder).unwrap();
    terminal.run(&["check", folder.to_str().unwrap()]).ends(2).says("opencollection.yml");
    terminal.run(&["check", "missing"]).ends(2).says("missing");
}

#[test]
fn the_process_environment_is_read_only_by_the_names_handed_over() {
    let terminal = Terminal::new().with("CUSTOMER", "from the process");
    let collection = Collection::new(&terminal, "orders");
    let text = collection.text("Orders/Create order.yml").replace("{{customer}}", "{{process.env.CUSTOMER}}");
    collection.write("Orders/Create order.yml", text);
    let file = collection.path("Orders/Create order.yml");
    send(&terminal, &[&file]).ends(2).says("SLUICE_PROCESS_ENV=CUSTOMER");
    let echo = send(&terminal, &[&file, "--process-env", "CUSTOMER"]).ends(0).json();
    assert!(echo.to_string().contains("from%20the%20process"), "{echo}");
    let by_name = terminal.with("SLUICE_PROCESS_ENV", "OTHER,CUSTOMER");
    send(&by_name, &[&file]).ends(0);
}

#[test]
fn two_environments_of_one_name_are_told_apart_by_nobody_so_neither_is_used() {
    let terminal = Terminal::new();
    let collection = Collection::new(&terminal, "orders");
    collection.write("environments/other.yml", "name: dev\nvariables: []\n");
    let run = send(&terminal, &[&collection.path("Orders/Create order.yml"), "--env", "dev"]).ends(2);
    assert!(run.stderr.contains("environments/dev.yml and environments/other.yml"), "{run:?}");
    let run = terminal.run(&["check", &collection.path("")]).ends(1);
    assert!(run.stdout.contains("environments/other.yml: There is another environment dev"), "{run:?}");
}

#[test]
fn a_broken_sluice_toml_stops_the_send_instead_of_losing_the_tenant() {
    let terminal = Terminal::new();
    let collection = Collection::new(&terminal, "orders");
    collection.write("sluice.toml", "[environments.dev]\ntenant = \"acme\n");
    let run = send(&terminal, &[&collection.path("Orders/Create order.yml"), "--env", "dev"]).ends(2);
    assert!(run.stderr.contains("sluice.toml, line 2"), "{run:?}");
}

#[test]
fn the_check_finds_the_line_of_an_environment_that_is_gone_by_its_whole_name() {
    let terminal = Terminal::new();
    let collection = Collection::new(&terminal, "orders");
    collection.write(
        "sluice.toml",
        "[environments.dev]\ntenant = \"a\"\n[environments.dev2]\ntenant = \"b\"\n[environments.de]\ntenant = \"c\"\n",
    );
    let run = terminal.run(&["check", &collection.path("")]).ends(1);
    assert!(run.stdout.contains("sluice.toml:3: There is no environment dev2"), "{run:?}");
    assert!(run.stdout.contains("sluice.toml:5: There is no environment de."), "{run:?}");
}

#[test]
fn what_cannot_be_sent_as_a_file_says_what_it_is() {
    let terminal = Terminal::new();
    let collection = Collection::new(&terminal, "orders");
    let huge = std::fs::File::create(collection.path("Orders/huge.yml")).unwrap();
    huge.set_len(65 * 1024 * 1024).unwrap();
    send(&terminal, &[&collection.path("Orders/huge.yml")]).ends(2).says("larger than 64 MiB");
    let bruno = terminal.path("bruno");
    std::fs::create_dir(&bruno).unwrap();
    std::fs::write(bruno.join("bruno.json"), "{}").unwrap();
    std::fs::write(bruno.join("a.bru"), "meta {}").unwrap();
    let (file, folder) = (bruno.join("a.bru"), bruno.to_str().unwrap());
    send(&terminal, &[file.to_str().unwrap()]).ends(2).says(&format!("sluice import {folder} --into"));
    terminal.run(&["check", folder]).ends(2).says("sluice import");
    terminal.run(&["check", file.to_str().unwrap()]).ends(2).says("sluice import");
    terminal.run(&["check", &collection.path("opencollection.yml")]).ends(2).says("is a file");
    send(&terminal, &[&collection.path("Orders/Create order.yml"), "--var", "=x"])
        .ends(2)
        .says("has no name");
}
