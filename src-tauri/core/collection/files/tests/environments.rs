use super::super::Holding;
use super::{Fixture, folder, request};
use crate::collection::{CollectionId, Environment, Saved, Variable};
use crate::error::Code;
use crate::http::Authorization;

const DEV: &str = "name: dev\ncolor: \"#2f7d32\"\nvariables:\n  # where\n  - name: tenant\n    value: acme-dev\n  - secret: true\n    name: clientSecret\n";

fn fixture() -> Fixture {
    Fixture::new(&[
        ("environments/dev.yml", DEV),
        ("environments/broken.yml", "name: [\n"),
        ("sluice.toml", "# ours\n[environments.dev]\ntenant = \"known\"\n"),
        (
            "orders/folder.yml",
            &folder("Orders", "1").replace(
                "auth: inherit",
                "headers:\n    - name: X-Folder\n      value: orders\n  auth: inherit",
            ),
        ),
        ("orders/deep/a.yml", &request("A", "1")),
    ])
}

fn variable(name: &str, value: &str, secret: bool) -> Variable {
    Variable { name: name.to_owned(), value: value.to_owned(), enabled: true, secret, description: None }
}

#[test]
fn environments_are_listed_with_their_tenant_and_the_broken_ones_with_their_problem() {
    let environments = fixture().tree().environments;

    let names: Vec<_> = environments.iter().map(|environment| environment.name.as_str()).collect();
    assert_eq!(names, ["broken", "dev"]);
    assert!(
        environments[0].problem.as_ref().is_some_and(|problem| problem.path == "environments/broken.yml")
    );
    let dev = &environments[1];
    assert_eq!((dev.tenant.as_deref(), dev.tenant_known), (Some("known"), true));
    assert_eq!(dev.color.as_deref(), Some("#2f7d32"));
}

#[test]
fn a_renamed_environment_takes_its_file_and_its_tenant_along() {
    let fixture = fixture();
    let mut read = fixture.open.read_environment("dev").unwrap();
    read.environment.name = "quality: eu".to_owned();

    let saved = fixture
        .open
        .save_environment(Some("dev"), &read.environment, read.tenant.as_deref(), Some(&read.version))
        .unwrap();

    assert!(matches!(saved, Saved::Written { path, .. } if path == "environments/quality- eu.yml"));
    assert_eq!(
        fixture.text("environments/quality- eu.yml"),
        DEV.replace("name: dev", "name: \"quality: eu\"")
    );
    assert!(!fixture.root().join("environments/dev.yml").exists());
    assert_eq!(fixture.open.read_environment("quality: eu").unwrap().tenant.as_deref(), Some("known"));
    assert!(fixture.text("sluice.toml").starts_with("# ours\n"));
}

#[test]
fn the_value_of_a_secret_variable_never_reaches_a_file() {
    let fixture = fixture();
    let environment = Environment {
        name: "new".to_owned(),
        color: None,
        variables: vec![variable("url", "https://acme.example", false), variable("secret", "s3cret", true)],
    };

    fixture.open.save_environment(None, &environment, None, None).unwrap();

    let text = fixture.text("environments/new.yml");
    assert!(text.contains("acme.example") && !text.contains("s3cret"), "{text}");
    let read = fixture.open.read_environment("new").unwrap().environment;
    assert_eq!(read.variables[1], variable("secret", "", true));
}

#[test]
fn a_name_that_is_taken_is_refused_whatever_its_case() {
    let fixture = fixture();
    let environment = Environment { name: "DEV".to_owned(), ..Environment::default() };
    let refused = fixture.open.save_environment(None, &environment, None, None).unwrap_err();
    assert_eq!(refused.code, Code::AlreadyExists);
}

#[test]
fn an_environment_changed_by_somebody_else_is_a_conflict() {
    let fixture = fixture();
    let mut read = fixture.open.read_environment("dev").unwrap();
    fixture.write("environments/dev.yml", DEV.replace("acme-dev", "theirs"));
    read.environment.color = None;

    let saved =
        fixture.open.save_environment(Some("dev"), &read.environment, None, Some(&read.version)).unwrap();

    assert!(matches!(saved, Saved::Conflict { .. }));
    assert_eq!(
        fixture.open.read_environment("dev").unwrap().tenant.as_deref(),
        Some("known"),
        "nothing is written"
    );
}

#[test]
fn a_removed_environment_comes_back_with_its_tenant() {
    let fixture = fixture();
    let holding = Holding::temporary();
    let id = fixture.open.remove_environment(CollectionId::nil(), "dev", &holding).unwrap();
    assert!(fixture.open.read_environment("dev").is_err());

    fixture.open.restore(&holding.take(id).unwrap()).unwrap();

    assert_eq!(fixture.text("environments/dev.yml"), DEV);
    assert_eq!(fixture.open.read_environment("dev").unwrap().tenant.as_deref(), Some("known"));
}

#[test]
fn a_request_stands_in_its_folders_the_collection_and_the_environment() {
    let fixture = fixture();
    for path in ["orders/deep/a.yml", "orders/deep/new.yml", "orders/deep", "orders/deep/not there yet"] {
        let around = fixture.open.surroundings(path, Some("dev")).unwrap();

        let names: Vec<_> = around.folders.iter().map(|folder| folder.name.as_str()).collect();
        assert_eq!(names, ["deep", "Orders"], "{path}");
        assert_eq!(around.folders[0].authorization, Authorization::Inherit);
        assert_eq!(around.folders[1].headers[0].name, "X-Folder");
        assert_eq!(around.root.name, "Acme");
        assert_eq!(around.environment.unwrap().name, "dev");
        assert_eq!(around.tenant.as_deref(), Some("known"));
    }
    let around = fixture.open.surroundings("", None).unwrap();
    assert!(around.folders.is_empty() && around.environment.is_none() && around.tenant.is_none());
}

#[test]
fn a_broken_folder_file_is_told_before_anything_is_sent_without_it() {
    let fixture = fixture();
    fixture.write("orders/folder.yml", "info: [\n");
    let refused = fixture.open.surroundings("orders/deep/a.yml", None).unwrap_err();
    assert!(refused.message.contains("orders/folder.yml"), "{}", refused.message);
}
