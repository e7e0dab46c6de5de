use super::*;
use crate::collection::import::curl;
use crate::collection::model::{Collection, Environment, FolderItem, RequestDetails, RequestItem};
use crate::http::Body;

fn request(name: &str, header: &str, value: &str) -> RequestItem {
    let request = curl::read(&format!("curl https://h.example -H '{header}: {value}'")).unwrap();
    RequestItem { name: name.to_owned(), request, details: RequestDetails::default() }
}

fn variable(name: &str, value: &str) -> Variable {
    Variable { name: name.into(), value: value.into(), enabled: true, ..Variable::default() }
}

fn taken_out(root: FolderItem, requests: Vec<RequestItem>) -> Import {
    let items = requests.into_iter().map(|request| Item::Request(Box::new(request))).collect();
    let mut import =
        Import { collection: Collection { root, environments: Vec::new(), items }, ..Import::default() };
    take_out(&mut import);
    import
}

fn header(import: &Import, place: usize) -> &str {
    let Item::Request(request) = &import.collection.items[place] else { panic!("a request") };
    &request.request.headers[0].value
}

fn secrets(import: &Import) -> Vec<(&str, &str)> {
    import.secrets.iter().map(|secret| (secret.name.as_str(), secret.value.expose().as_str())).collect()
}

#[test]
fn two_thousand_distinct_secrets_get_as_many_variables() {
    let requests = (0..2_000).map(|number| request("R", "X-Api-Key", &format!("value{number}"))).collect();
    let import = taken_out(FolderItem::default(), requests);
    assert_eq!(import.collection.root.variables.len(), 2_000);
    assert_eq!(header(&import, 0), "{{apiKey}}");
    assert_eq!(header(&import, 1_999), "{{apiKey2000}}");
    assert_eq!(secrets(&import)[1_999], ("apiKey2000", "value1999"));
}

#[test]
fn one_value_in_many_requests_is_one_variable() {
    let values = ["one", "two", "one", "two", "three"];
    let requests = values.iter().map(|value| request("R", "X-Api-Key", value)).collect();
    let import = taken_out(FolderItem::default(), requests);
    assert_eq!(secrets(&import), [("apiKey", "one"), ("apiKey2", "two"), ("apiKey3", "three")]);
    assert_eq!((header(&import, 2), header(&import, 3)), ("{{apiKey}}", "{{apiKey2}}"));
}

#[test]
fn a_requests_own_variable_does_not_stand_in_for_the_secret() {
    let mut first = request("R", "X-Api-Key", "one");
    first.details.variables.push(variable("apiKey", "{{other}}"));
    let import = taken_out(FolderItem::default(), vec![first, request("R", "X-Api-Key", "two")]);
    assert_eq!((header(&import, 0), header(&import, 1)), ("{{apiKey2}}", "{{apiKey3}}"));
    assert_eq!(secrets(&import), [("apiKey2", "one"), ("apiKey3", "two")]);
}

#[test]
fn a_collection_variable_with_a_secret_keeps_its_name_and_its_value() {
    let root = FolderItem { variables: vec![variable("apiKey", "one")], ..FolderItem::default() };
    let import = taken_out(root, vec![request("R", "X-Api-Key", "two")]);
    assert_eq!(secrets(&import), [("apiKey", "one"), ("apiKey2", "two")]);
    assert!(import.losses.is_empty(), "{:?}", import.losses);
    assert!(import.collection.root.variables.iter().all(|variable| variable.secret));
}

fn with_token(value: &str) -> Item {
    let request = curl::read(&format!("curl https://h.example -H 'X-Token: {value}'")).unwrap();
    Item::Request(Box::new(RequestItem { name: "A".into(), request, details: RequestDetails::default() }))
}

fn import(items: Vec<Item>) -> Import {
    Import { collection: Collection { items, ..Collection::default() }, ..Import::default() }
}

fn names(import: &Import) -> Vec<&str> {
    import.collection.root.variables.iter().map(|variable| variable.name.as_str()).collect()
}

#[test]
fn a_new_variable_takes_no_name_of_an_environment_a_folder_or_a_global() {
    let folder = FolderItem { variables: vec![variable("token2", "{{b}}")], ..FolderItem::default() };
    let mut import = import(vec![with_token("zz"), Item::Folder(folder, vec![with_token("zz")])]);
    let variables = vec![variable("token", "{{other}}")];
    import.collection.environments.push(Environment { name: "dev".into(), color: None, variables });
    import.globals.push(variable("token3", "c"));

    take_out(&mut import);

    assert_eq!(names(&import), ["token4"]);
    assert_eq!(import.secrets[0].value.expose(), "zz");
    assert_eq!(import.losses, []);
}

#[test]
fn a_secret_variable_keeps_its_name_and_value_though_an_environment_has_one_of_that_name() {
    let mut import = import(vec![with_token("zz")]);
    import.collection.root.variables.push(variable("token", "own"));
    let variables = vec![variable("token", "of dev")];
    import.collection.environments.push(Environment { name: "dev".into(), color: None, variables });

    take_out(&mut import);

    assert_eq!(names(&import), ["token", "token2"]);
    let kept: Vec<_> = import
        .secrets
        .iter()
        .map(|secret| (secret.environment.as_deref(), secret.value.expose().as_str()))
        .collect();
    assert_eq!(kept, [(Some("dev"), "of dev"), (None, "own"), (None, "zz")]);
    assert_eq!(import.losses, []);
}

#[test]
fn a_password_in_the_bodies_of_many_requests_becomes_one_variable() {
    let body = |_| {
        let mut item = with_token("{{token}}");
        if let Item::Request(item) = &mut item {
            item.request.body = Body::Json { text: "{\"password\": \"zz\"}".into() };
        }
        item
    };
    let mut import = import((0..3).map(body).collect());
    take_out(&mut import);
    assert_eq!(names(&import), ["password"]);
    assert_eq!(import.secrets.len(), 1);
}
