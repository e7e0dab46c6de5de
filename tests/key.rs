//! Importing service keys of every kind and shape.

use serde_json::{Value, json};

use crate::support::{Terminal, shared};

fn look(terminal: &Terminal, text: &str) -> Value {
    let file = terminal.file("key.txt", text);
    let words = ["key", "import", file.to_str().expect("text"), "--tenant", "x", "--dry-run", "--json"];
    terminal.run(&words).ends(0).json()
}

#[test]
fn every_shape_of_a_key_is_read_as_the_same_key() {
    let terminal = Terminal::new();
    let wrapped = shared().key("secret");
    let inner = wrapped["oauth"].clone();
    let camel = json!({
        "clientId": inner["clientid"], "clientSecret": inner["clientsecret"],
        "url": inner["url"], "tokenUrl": inner["tokenurl"],
    });
    let base = inner["tokenurl"].as_str().expect("text").trim_end_matches("/oauth/token").to_owned();
    let nested = json!({
        "uri": inner["url"],
        "uaa": { "clientid": inner["clientid"], "clientsecret": inner["clientsecret"], "url": base },
    });
    for (shape, text) in [
        ("wrapped", wrapped.to_string()),
        ("pretty", format!("{wrapped:#}")),
        ("credentials", json!({ "credentials": wrapped }).to_string()),
        ("flat", inner.to_string()),
        ("camel case", camel.to_string()),
        ("nested uaa", nested.to_string()),
        ("with text around", format!("Getting key workbench for service instance x...\n\n{wrapped:#}\nOK\n")),
        ("with a byte order mark", format!("\u{feff}{wrapped}")),
        ("with Windows line ends", format!("{wrapped:#}").replace('\n', "\r\n")),
        ("with a comma too many", wrapped.to_string().replace("}}", ",}}")),
    ] {
        let import = look(&terminal, &text);
        let facts = &import["facts"];
        assert_eq!(facts["client_id"], inner["clientid"], "{shape}");
        assert_eq!(facts["token_url"], inner["tokenurl"], "{shape}");
        assert_eq!(facts["kind"], "secret", "{shape}");
        assert_eq!(facts["plan"], "integration-flow", "{shape}");
        assert_eq!(facts["host_url"], inner["url"], "{shape}");
    }
}

#[test]
fn a_key_without_a_host_is_taken_and_says_so() {
    let mut key = shared().key("secret");
    key["oauth"].as_object_mut().expect("an object").remove("url");
    let import = look(&Terminal::new(), &key.to_string());
    assert!(import["facts"]["host_url"].is_null());
    assert_eq!(import["facts"]["plan"], "integration-flow", "the client id still tells");
    assert!(!import["facts"]["problems"].as_array().expect("a list").is_empty());
}

#[test]
fn an_xsuaa_binding_names_its_token_server_by_the_base() {
    let secret = shared().key("secret")["oauth"].clone();
    let base = secret["tokenurl"].as_str().expect("text").trim_end_matches("/oauth/token").to_owned();
    let key = json!({
        "clientid": secret["clientid"], "clientsecret": secret["clientsecret"], "url": base,
        "xsappname": "x!b1", "uaadomain": "authentication.localhost", "credential-type": "binding-secret",
    });
    let import = look(&Terminal::new(), &key.to_string());
    assert_eq!(import["facts"]["token_url"], secret["tokenurl"]);
}

#[test]
fn a_certificate_is_repaired_whatever_its_line_ends_became() {
    let terminal = Terminal::new();
    let key = shared().key("certificate");
    let pem = key["oauth"]["certificate"].as_str().expect("text").to_owned();
    let private = key["oauth"]["key"].as_str().expect("text").to_owned();
    let literal = |text: &str| text.replace('\n', "\\n");
    let single = |text: &str| text.replace('\n', "");
    for (form, certificate, private) in [
        ("as it is", pem.clone(), private.clone()),
        ("literal \\n", literal(&pem), literal(&private)),
        ("one line", single(&pem), single(&private)),
        ("CRLF", pem.replace('\n', "\r\n"), private.replace('\n', "\r\n")),
    ] {
        let mut repaired = key.clone();
        repaired["oauth"]["certificate"] = certificate.into();
        repaired["oauth"]["key"] = private.into();
        let import = look(&terminal, &repaired.to_string());
        let facts = &import["facts"];
        assert_eq!(facts["kind"], "certificate", "{form}");
        assert_eq!(facts["private_key_fits"], true, "{form}");
        assert_eq!(facts["chain"]["certificates"].as_array().map(Vec::len), Some(3), "{form}");
        assert_eq!(facts["chain"]["complete"], true, "{form}");
        assert_eq!(import["repairs"].as_array().expect("a list").is_empty(), form == "as it is", "{form}");
    }
}

#[test]
fn problems_of_a_certificate_are_found_before_the_key_is_saved() {
    let terminal = Terminal::new();
    for (name, words) in [
        ("expired-certificate", "ended"),
        ("not-yet-valid-certificate", "not valid"),
        ("no-client-auth", "clientAuth"),
    ] {
        let import = look(&terminal, &shared().key(name).to_string());
        let problems = import["facts"]["problems"].to_string();
        assert!(problems.contains(words), "{name}: {problems}");
    }
}

#[test]
fn a_key_that_does_not_fit_its_certificate_is_not_saved() {
    let file = shared().file("wrong-private-key.json");
    let terminal = Terminal::new();
    terminal
        .run(&["key", "import", &file, "--tenant", "x", "--stage", "dev"])
        .ends(2)
        .says("belongs to another");
}

#[test]
fn an_external_certificate_waits_for_its_private_key() {
    let terminal = Terminal::new().with("PASSPHRASE", "sandbox").with("WRONG", "not this");
    let external = shared().file("external.json");
    let import = |more: &[&str]| {
        let words = ["key", "import", &external, "--tenant", "x", "--stage", "dev", "--dry-run"];
        terminal.run(&[&words, more].concat())
    };
    import(&[]).ends(2).says("private key");
    let container = shared().file("external.p12");
    import(&["--pkcs12", &container]).ends(2).says("passphrase");
    import(&["--pkcs12", &container, "--passphrase-env", "WRONG"]).ends(2).says("passphrase does not open");
    import(&["--pkcs12", &container, "--passphrase-env", "NOT_SET"]).ends(2).says("NOT_SET is not set");
    let other = terminal.file("other.pem", private_key_of_another());
    import(&["--private-key", other.to_str().expect("text")]).ends(2).says("does not fit");
    import(&["--private-key", "/nowhere.pem"]).ends(2).says("cannot be read");
    import(&["--pkcs12", &container, "--passphrase-env", "PASSPHRASE"]).ends(0);
}

fn private_key_of_another() -> String {
    shared().key("certificate")["oauth"]["key"].as_str().expect("text").to_owned()
}

#[test]
fn what_is_no_service_key_is_called_by_its_name() {
    let terminal = Terminal::new();
    let postman = r#"{"info":{"schema":"https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},"item":[]}"#;
    for (text, words) in [
        ("", "nothing here"),
        ("hello", "service key"),
        ("[1,2,3]", ""),
        (r#"{"a":1}"#, "neither a client id nor a token address"),
        (postman, "Postman collection"),
        (r#"{"oauth":{"clientid":"sb-1","clientsecret":"#, "ends in the middle"),
    ] {
        let file = terminal.file("key.json", text);
        let words_of = ["key", "import", file.to_str().expect("text"), "--tenant", "x", "--stage", "dev"];
        terminal.run(&words_of).ends(2).says(words);
    }
    let huge = terminal.file("huge.json", "{".repeat(5 * 1024 * 1024));
    terminal.run(&["key", "import", huge.to_str().expect("text"), "--tenant", "x"]).ends(2).says("");
    let binary = terminal.file("binary.json", [0xff, 0xfe, 0x00, 0x80]);
    terminal
        .run(&["key", "import", binary.to_str().expect("text"), "--tenant", "x"])
        .ends(2)
        .says("not text");
    terminal.run(&["key", "import", "/nowhere.json", "--tenant", "x"]).ends(2).says("cannot be read");
}

#[test]
fn a_key_is_saved_used_listed_and_removed_with_its_secret_in_the_keyring() {
    let terminal = Terminal::new();
    let authority = shared().authority();
    for (name, kind) in [("secret", "secret"), ("certificate", "certificate"), ("external", "external")] {
        let file = shared().file(&format!("{name}.json"));
        let private_key = shared().private_key_with_chain(&terminal);
        let mut words = vec!["key", "import", &file, "--tenant", name, "--stage", "dev"];
        if name == "external" {
            words.extend(["--private-key", &private_key]);
        }
        terminal.run(&words).ends(0);
        let listed = terminal.run(&["key", "list", "--tenant", name, "--json"]).ends(0).json();
        assert_eq!(listed[0]["keys"][0]["kind"], kind);
        assert_eq!(listed[0]["keys"][0]["custody"], "keyring");
        let send = ["send", "GET", "/http/whoami", "--tenant", name, "--cacert", &authority];
        let answer = terminal.run(&send).ends(0).json();
        assert_eq!(answer["clientId"], shared().key(name)["oauth"]["clientid"], "{name}");
        terminal.run(&["tenant", "remove", name, "--yes"]).ends(0);
        terminal.run(&send).ends(2).says("no tenant");
    }
    assert_eq!(terminal.run(&["tenant", "list", "--json"]).ends(0).json(), json!([]));
}

#[test]
fn several_keys_of_one_tenant_stand_beside_each_other() {
    let terminal = Terminal::new();
    for name in ["secret", "api-secret", "secret-second"] {
        let file = shared().file(&format!("{name}.json"));
        terminal.run(&["key", "import", &file, "--tenant", "acme-dev", "--stage", "dev"]).ends(0);
    }
    let tenant = terminal.run(&["tenant", "show", "acme-dev", "--json"]).ends(0).json();
    let names: Vec<&str> =
        tenant["keys"].as_array().expect("a list").iter().filter_map(|key| key["name"].as_str()).collect();
    assert_eq!(names, ["integration-flow", "api", "integration-flow 2"], "no name twice");
    let authority = shared().authority();
    let words = [
        "send",
        "GET",
        "/http/whoami",
        "--tenant",
        "acme-dev",
        "--key",
        "integration-flow 2",
        "--cacert",
        &authority,
    ];
    let answer = terminal.run(&words).ends(0).json();
    assert_eq!(answer["clientId"], shared().key("secret-second")["oauth"]["clientid"]);
    terminal.run(&["key", "remove", "api", "--tenant", "acme-dev", "--yes"]).ends(0);
    terminal.run(&["tenant", "remove", "acme-dev", "--yes"]).ends(0);
}

#[test]
fn a_check_asks_with_every_key_and_fails_when_one_is_bad() {
    let terminal = Terminal::new();
    let authority = shared().authority();
    for name in ["secret", "certificate"] {
        let file = shared().file(&format!("{name}.json"));
        terminal.run(&["key", "import", &file, "--tenant", "good", "--stage", "dev", "--name", name]).ends(0);
    }
    let good = terminal.run(&["key", "check", "--cacert", &authority]).ends(0).stdout;
    assert_eq!(good.lines().filter(|line| line.starts_with("green")).count(), 2, "{good}");
    let revoked = shared().file("revoked-secret.json");
    terminal.run(&["key", "import", &revoked, "--tenant", "bad", "--stage", "dev"]).ends(0);
    let found = terminal.run(&["key", "check", "--cacert", &authority]).ends(1).stdout;
    assert!(found.contains("red ") && found.contains("Bad credentials"), "{found}");
    terminal.run(&["key", "check", "good", "--cacert", &authority]).ends(0);
    for tenant in ["good", "bad"] {
        terminal.run(&["tenant", "remove", tenant, "--yes"]).ends(0);
    }
}

#[test]
fn the_certificates_of_all_keys_are_listed_with_what_was_looked_at() {
    let terminal = Terminal::new();
    for name in ["secret", "certificate"] {
        let file = shared().file(&format!("{name}.json"));
        terminal
            .run(&["key", "import", &file, "--tenant", "acme-dev", "--stage", "dev", "--name", name])
            .ends(0);
    }
    let listed = terminal.run(&["key", "certificates", "--json"]).ends(0).json();
    assert_eq!(listed.as_array().map(Vec::len), Some(1), "secret keys have none");
    assert_eq!(listed[0]["key"], "certificate");
    assert_eq!(listed[0]["report"]["chain"]["complete"], true);
    let whole = terminal.run(&["key", "certificates", "acme-dev"]).ends(0).stdout;
    assert!(whole.contains("sha-256") && whole.contains("To renew"), "{whole}");
    terminal.run(&["tenant", "remove", "acme-dev", "--yes"]).ends(0);
}

#[test]
fn parameters_of_a_service_key_are_written_and_checked() {
    let terminal = Terminal::new();
    let words =
        ["key", "parameters", "--key-type", "certificate", "--validity", "365", "--instance", "cpi-rt"];
    let written = terminal.run(&words).ends(0).stdout;
    let line = "cf create-service-key cpi-rt sluice -c '{\"key-type\":\"certificate\",\"validity\":365}'";
    assert!(written.contains(line), "{written}");
    let grants = ["--grant-type", "authorization_code", "--redirect-uri", "https://acme.example/back"];
    let written = terminal.run(&[&["key", "parameters"][..], &grants].concat()).ends(0).stdout;
    assert!(written.contains("authorization_code") && written.contains("acme.example/back"), "{written}");
    let wrong =
        terminal.run(&["key", "parameters", "--key-type", "certificate", "--validity", "366"]).ends(1);
    assert!(wrong.stderr.contains("1 to 365 days"), "{}", wrong.stderr);
    let file = terminal
        .file("instance.json", r#"{"grant-types":["client_x509"],"roles":["ESBMessaging.send"],"new":1}"#);
    let words = ["key", "parameters", "--check", file.to_str().expect("text"), "--json"];
    let checked = terminal.run(&words).ends(1).json();
    assert_eq!(checked["findings"][0]["parameter"], "grant-types");
    assert_eq!(checked["instance"]["other"]["new"], 1, "what is not known is kept");
    let broken = terminal.file("broken.json", "{");
    terminal.run(&["key", "parameters", "--check", broken.to_str().expect("text")]).ends(2).says("line 1");
}
