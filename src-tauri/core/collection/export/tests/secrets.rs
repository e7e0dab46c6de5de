use super::{collection, environment, fields, item, request, variable};
use crate::collection::export::{Export, curl, har, hurl, opencollection, postman};
use crate::collection::import::{opencollection as bundle, postman as tree, structured};
use crate::collection::{Collection, FolderItem, Item, RequestItem, Variable, secrets};
use crate::http::{ApiKeyPlacement, Authorization, Body, ClientPlacement, Field, Part, PartContent, Request};

const PLANTED: &str = "zzPlanted";

fn authorizations() -> Vec<Authorization> {
    let (username, planted) = (String::from("anna"), || PLANTED.to_owned());
    vec![
        Authorization::Login { username: username.clone(), password: planted() },
        Authorization::Digest { username, password: planted() },
        Authorization::Token { token: planted() },
        Authorization::ApiKey { name: "Shop".into(), value: planted(), placement: ApiKeyPlacement::Header },
        Authorization::ApiKey { name: "shop".into(), value: planted(), placement: ApiKeyPlacement::Query },
        Authorization::ClientCredentials {
            token_url: "https://t.example".into(),
            client_id: "id".into(),
            client_secret: planted(),
            scope: String::new(),
            placement: ClientPlacement::Body,
        },
    ]
}

/// A request with a secret in every place one is looked for.
fn every(number: usize, authorization: Authorization) -> RequestItem {
    let mut every =
        request("POST", &format!("https://anna:{PLANTED}@h.example/:session?access_token={PLANTED}&a=1"));
    every.authorization = authorization;
    every.headers = fields(&[
        ("Authorization", &format!("Bearer {PLANTED}")),
        ("X-Api-Key", PLANTED),
        ("Cookie", PLANTED),
    ]);
    every.headers.push(Field { enabled: false, ..Field::new("X-Auth-Token", PLANTED) });
    every.parameters = fields(&[("client_secret", PLANTED)]);
    every.path_parameters = fields(&[("session", PLANTED)]);
    let text = PartContent::Text { text: PLANTED.into() };
    let part = Part { name: "password".into(), content: text, content_type: None, enabled: true };
    every.body = match number % 5 {
        0 => Body::Form { fields: fields(&[("password", PLANTED)]) },
        1 => Body::Json {
            text: format!("{{\"a\": [{{\"password\": \"{PLANTED}\"}}], \"client_secret\" : \"{PLANTED}\"}}"),
        },
        2 => Body::Xml { text: format!("<a><wsse:Password Type=\"x\">{PLANTED}</wsse:Password></a>") },
        3 => Body::Text { text: format!("grant_type=client_credentials&client_secret={PLANTED}") },
        _ => Body::Multipart { parts: vec![part] },
    };
    let mut item = item(&format!("R{number}"), every);
    item.details.variables = vec![variable("apiToken", PLANTED), secret("own")];
    item
}

/// Such requests, below a folder and a collection with secrets.
fn planted() -> Collection {
    let items =
        authorizations().into_iter().enumerate().map(|(number, authorization)| every(number, authorization));
    let mut whole = collection(items.collect());
    let folder = FolderItem {
        name: "F".into(),
        headers: fields(&[("X-Session-Token", PLANTED)]),
        authorization: Authorization::Token { token: PLANTED.into() },
        variables: vec![variable("password", PLANTED)],
        ..FolderItem::default()
    };
    whole.items.push(Item::Folder(
        folder.clone(),
        vec![Item::Request(Box::new(item(
            "In",
            Request { authorization: Authorization::Inherit, ..request("GET", "https://h.example") },
        )))],
    ));
    whole.root = FolderItem { name: "Shop".into(), ..folder };
    whole.environments = vec![environment("dev", vec![variable("clientSecret", PLANTED), secret("other")])];
    whole
}

fn secret(name: &str) -> Variable {
    Variable { secret: true, ..variable(name, PLANTED) }
}

fn exports(collection: &Collection) -> Vec<Export> {
    let write = [opencollection::write, postman::write, curl::write, hurl::write, har::write];
    write.iter().map(|write| write(collection)).collect()
}

#[test]
fn no_export_says_a_secret() {
    for export in exports(&planted()) {
        assert!(!export.text.contains(PLANTED), "{}", export.text);
        let named =
            export.losses.iter().find(|loss| loss.what.starts_with("Secret values are never exported"));
        assert!(named.is_some_and(|loss| loss.what.contains("clientSecret") && !loss.what.contains(PLANTED)));
    }
}

#[test]
fn a_collection_without_secrets_has_no_such_note() {
    for export in exports(&collection(vec![item("R", request("GET", "https://h.example"))])) {
        assert_eq!(export.losses, []);
    }
}

#[test]
fn nothing_is_found_in_what_was_written() {
    let (bundled, postman) = (opencollection::write(&planted()), postman::write(&planted()));
    let imports = [
        bundle::read(&structured::parse(&bundled.text).unwrap()).unwrap(),
        tree::read_collection(&structured::parse(&postman.text).unwrap()).unwrap(),
    ];
    for import in imports {
        assert_eq!(secrets::in_folder(&import.collection.root), []);
        assert!(import.collection.environments.iter().all(|found| secrets::in_environment(found).is_empty()));
        clean(&import.collection.items);
    }
}

fn clean(items: &[Item]) {
    for item in items {
        match item {
            Item::Request(request) => assert_eq!(secrets::in_request(request), []),
            Item::Folder(folder, inner) => {
                assert_eq!(secrets::in_folder(folder), []);
                clean(inner);
            }
        }
    }
}

#[test]
fn a_single_command_names_variables_too() {
    for item in planted().items {
        if let Item::Request(item) = item {
            let command = curl::command(&item.request);
            assert!(!command.contains(PLANTED), "{command}");
        }
    }
}
