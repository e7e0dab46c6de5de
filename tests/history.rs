//! What was sent is kept, found, shown, sent again and forgotten.

use std::path::Path;

use serde_json::Value;
use sluice_sandbox::Options;

use crate::support::{Collection, Playground, Terminal, shared};

/// A terminal whose user has imported a key of the shared sandbox as tenant `acme` of this stage.
fn terminal(stage: &str) -> Terminal {
    let terminal = Terminal::new().with("SSL_CERT_FILE", &shared().authority());
    let key = shared().file("secret.json");
    terminal.run(&["key", "import", &key, "--tenant", "acme", "--stage", stage]).ends(0);
    terminal
}

fn send(terminal: &Terminal, words: &[&str]) -> String {
    let run = terminal.run(&[&["send", "--json", "--yes", "--tenant", "acme"], words].concat());
    run.json()["exchange"]["id"].as_str().expect("it has an id").to_owned()
}

fn found(terminal: &Terminal, query: &[&str]) -> Vec<String> {
    let page = terminal.run(&[&["history", "--json"], query].concat()).ends(0).json();
    let entries = page["entries"].as_array().expect("a list");
    entries.iter().map(|entry| entry["id"].as_str().expect("text").to_owned()).collect()
}

#[test]
fn sendings_are_found_by_words_and_terms() {
    let terminal = terminal("dev");
    terminal.run(&["history"]).ends(0);
    let order = send(&terminal, &["POST", "/http/echo", "-d", "{\"order\":\"PO-2026-11842\"}"]);
    let failed = send(&terminal, &["POST", "/http/fail", "-d", "{}"]);
    let nowhere = send(&terminal, &["GET", "http://127.0.0.1:9/", "--auth", "none"]);

    assert_eq!(found(&terminal, &[]), [nowhere.as_str(), failed.as_str(), order.as_str()], "newest first");
    assert_eq!(found(&terminal, &["PO-2026-118"]), [order.as_str()]);
    assert_eq!(found(&terminal, &["status:5xx", "tenant:acme"]), [failed.as_str()]);
    assert_eq!(found(&terminal, &["status:none"]), [nowhere]);
    assert_eq!(found(&terminal, &["since:1h", "path:/http/echo", "door:terminal"]), [order.as_str()]);
    assert_eq!(found(&terminal, &["--limit", "1", "method:POST"]), [failed]);
    let shown = terminal.run(&["history", "PO-2026-118"]).ends(0);
    assert!(shown.stdout.contains(&order[..8]) && shown.stdout.contains("/http/echo"), "{shown:?}");
    terminal.run(&["history", "status:teapot"]).ends(2).says("status:teapot");
    terminal.run(&["history", "colour:red", "--json"]).ends(2);
}

#[test]
fn a_kept_exchange_is_shown_with_its_body_by_the_beginning_of_its_name() {
    let terminal = terminal("dev");
    let id = send(&terminal, &["POST", "/http/echo", "-d", "{\"order\":\"PO-1\"}"]);
    let shown = terminal.run(&["history", "show", &id[..8]]).ends(0);
    for part in ["/http/echo", "tenant     acme (dev)", "> POST", "< HTTP", "authorization: Bearer ••••"]
    {
        assert!(shown.stdout.contains(part), "{part} is missing in {}", shown.stdout);
    }
    let body = terminal.run(&["history", "show", &id, "--body"]).ends(0);
    assert!(body.stdout.contains("PO-1"), "{body:?}");
    let json = terminal.run(&["history", "show", &id, "--body", "--json"]).ends(0).json();
    assert_eq!(json["kept"]["exchange"]["id"], Value::from(id));
    assert!(json["body"].as_str().expect("text").contains("PO-1"));
    terminal.run(&["history", "show", "zzzz"]).ends(2).says("no exchange zzzz");
}

#[test]
fn an_exchange_keeps_the_token_it_was_made_with() {
    let terminal = terminal("dev");
    let poor = shared().file("no-role.json");
    terminal.run(&["key", "import", &poor, "--tenant", "poor", "--stage", "dev"]).ends(0);
    let rich = send(&terminal, &["GET", "/http/whoami"]);
    terminal.run(&["send", "GET", "/http/whoami", "--tenant", "poor"]).ends(4);
    let [refused] = found(&terminal, &["tenant:poor"]).try_into().expect("one");
    let token = |id: &str| {
        terminal.run(&["history", "show", id, "--json"]).ends(0).json()["kept"]["exchange"]["token"].clone()
    };
    assert_eq!(token(&rich)["tenant"], "acme");
    assert!(token(&rich)["roles"].as_array().expect("a list").iter().any(|role| role == "ESBMessaging.send"));
    assert!(
        token(&refused)["roles"].as_array().expect("a list").iter().all(|role| role != "ESBMessaging.send")
    );
    assert!(token(&refused)["expires_at"].is_string());
}

#[test]
fn a_large_answer_is_kept_in_a_file_and_goes_with_its_entry() {
    let terminal = terminal("dev");
    let text = "x".repeat(300_000);
    let file = terminal.file("large.json", format!("{{\"text\":\"{text}\"}}"));
    let data = format!("@{}", file.display());
    let id = send(&terminal, &["POST", "/http/echo", "-d", &data]);
    let kept = |name: &str| terminal.data().join("bodies").join(name).exists();
    assert!(kept(&id));
    let body = terminal.run(&["history", "show", &id, "--body"]).ends(0);
    assert!(body.stdout.contains(&text));
    terminal.run(&["history", "remove", &id]).ends(0);
    assert!(!kept(&id) && found(&terminal, &[]).is_empty());
}

#[test]
fn a_request_is_sent_again_as_it_was_written() {
    let playground = Playground::new(Options::default());
    let terminal = Terminal::new().with("SSL_CERT_FILE", &playground.authority());
    let key = playground.file("secret.json");
    terminal.run(&["key", "import", &key, "--tenant", "acme", "--stage", "dev"]).ends(0);
    let collection = Collection::new(&terminal, "orders");
    let id = send(&terminal, &[&collection.path("Orders/Create order.yml")]);
    let again = terminal.run(&["history", "resend", &id[..8]]).ends(0);
    let arrived = playground.sandbox.journal().to("/http/echo");
    assert_eq!(arrived.len(), 2, "{again:?}");
    assert_eq!(found(&terminal, &["title:\"Create order\""]).len(), 2);
    let failed = send(&terminal, &["POST", "/http/fail", "-d", "{}"]);
    terminal.run(&["history", "resend", &failed]).ends(1);
    let typed = send(&terminal, &["GET", "/http/echo", "-H", "X-Api-Key: typed-by-the-user"]);
    terminal.run(&["history", "resend", &typed]).ends(2).says("secret was typed");
    let form = ["--form", "user=me", "--form", "password=hunter22", "--form", "a=b"];
    let typed = send(&terminal, &[&["POST", "/http/echo"][..], &form].concat());
    terminal.run(&["history", "resend", &typed]).ends(2).says("secret was typed");
    assert_eq!(playground.sandbox.journal().to("/http/echo").len(), 4, "neither was sent without its secret");
}

#[test]
fn a_body_is_shown_found_and_exported_as_it_went_out() {
    let terminal = terminal("dev");
    let collection = Collection::new(&terminal, "templates");
    let request = "Create.yml";
    let text = "info:\n  name: Create\n  type: http\nhttp:\n  method: POST\n  url: \"{{runtimeUrl}}/http/echo\"\n  body:\n    type: json\n    data: '{\"order\": \"{{order}}\"}'\n";
    collection.write(request, text);
    let id = send(&terminal, &[&collection.path(request), "--var", "order=PO-4711"]);

    let kept = terminal.run(&["history", "show", &id, "--json"]).ends(0).json()["kept"].clone();
    assert_eq!(
        kept["exchange"]["request"]["body"]["text"], "{\"order\": \"{{order}}\"}",
        "as it was written"
    );
    assert_eq!(kept["exchange"]["sent_body"]["text"], "{\"order\": \"PO-4711\"}");
    assert_eq!(found(&terminal, &["PO-4711"]), [id.as_str()]);
    let file = terminal.path("sent.har");
    let path = file.to_str().expect("text");
    terminal.run(&["history", "export", "-o", path, &id]).ends(0);
    let archive: Value = serde_json::from_slice(&std::fs::read(&file).expect("written")).expect("JSON");
    let entries = archive["log"]["entries"].as_array().expect("a list");
    let sent = &entries.last().expect("an entry")["request"];
    assert_eq!(sent["postData"]["text"], "{\"order\": \"PO-4711\"}");
    let shown = terminal.run(&["history", "show", &id]).ends(0);
    assert!(shown.stdout.contains("{\"order\": \"PO-4711\"}"), "{shown:?}");
    let failed = send(&terminal, &["POST", "/http/fail", "-d", "{}"]);
    terminal.run(&["history", "show", &failed]).ends(0).says("The flow failed");
}

#[test]
fn production_asks_before_a_writing_request_is_sent_again() {
    let terminal = terminal("prod");
    let id = send(&terminal, &["POST", "/http/echo", "-d", "{}"]);
    terminal.run(&["history", "resend", &id]).ends(2).says("production");
    terminal.run(&["history", "resend", &id, "--yes"]).ends(0);
    assert_eq!(found(&terminal, &["stage:prod"]).len(), 2);
}

#[test]
fn exchanges_are_forgotten_by_name_by_query_and_all() {
    let terminal = terminal("dev");
    let [first, second] = ["one", "two"].map(|text| send(&terminal, &["POST", "/http/echo", "-d", text]));
    send(&terminal, &["POST", "/http/fail", "-d", "{}"]);
    terminal.run(&["history", "remove"]).ends(2);
    terminal.run(&["history", "remove", &first[..8]]).ends(0);
    terminal.run(&["history", "remove", "--found", "status:5xx"]).ends(2).says("--yes");
    terminal.run(&["history", "remove", "--found", "status:5xx", "--yes"]).ends(0);
    assert_eq!(found(&terminal, &[]), [second]);
    let removed = terminal.run(&["history", "remove", "--all", "--yes", "--json"]).ends(0).json();
    assert_eq!(removed["removed"], 1);
    assert!(found(&terminal, &[]).is_empty());
}

#[test]
fn exchanges_are_exported_as_har_without_secrets() {
    let terminal = terminal("dev");
    let id = send(&terminal, &["POST", "/http/echo", "-d", "{\"order\":\"PO-1\"}"]);
    let file = terminal.path("exchange.har");
    terminal.run(&["history", "export", &id, "-o", file.to_str().expect("text")]).ends(0);
    let text = std::fs::read_to_string(&file).expect("it is written");
    let har: Value = serde_json::from_str(&text).expect("it is JSON");
    let entries = har["log"]["entries"].as_array().expect("a list");
    let last = entries.last().expect("there is one");
    assert_eq!((&har["log"]["version"], &last["response"]["status"]), (&"1.2".into(), &200.into()));
    assert!(last["response"]["content"]["text"].as_str().expect("text").contains("PO-1"));
    assert!(text.contains("Bearer ••••"));
}

#[test]
fn a_key_for_this_run_leaves_nothing_on_the_disk() {
    let terminal = Terminal::new().with("SSL_CERT_FILE", &shared().authority());
    let key = shared().file("secret.json");
    terminal.run(&["send", "GET", "/http/orders", "--service-key", &key]).ends(0);
    assert!(!terminal.data().exists(), "no data folder was made");
}

#[test]
fn a_damaged_database_is_moved_aside_and_the_user_is_told() {
    let terminal = terminal("dev");
    send(&terminal, &["POST", "/http/echo", "-d", "{}"]);
    let file = terminal.data().join("sluice.db");
    std::fs::write(&file, "overwritten by something else ".repeat(100)).expect("it can be written");
    for ending in ["-wal", "-shm"] {
        let _ = std::fs::remove_file(terminal.data().join(format!("sluice.db{ending}")));
    }

    let told = terminal.run(&["tenant", "list"]).ends(0);

    assert!(told.stderr.contains("damaged") && told.stderr.contains("hint: "), "{told:?}");
    let is_aside = |entry: &Path| entry.to_string_lossy().contains("sluice.db.damaged-");
    let mut entries = std::fs::read_dir(terminal.data()).expect("the folder is there").flatten();
    assert!(entries.any(|entry| is_aside(&entry.path())));
    assert!(terminal.run(&["tenant", "list"]).ends(0).stderr.is_empty(), "it is told once");
    terminal.run(&["tenant", "add", "new", "--stage", "dev"]).ends(0);
}
