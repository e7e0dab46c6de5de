use super::*;
use crate::collection::Item;
use crate::http::{Authorization, Body, Field};

fn files(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

fn shop() -> Vec<(String, String)> {
    files(&[
        (
            "postman/collections/Shop/.resources/definition.yaml",
            "$kind: collection\nname: Web shop\nvariables:\n  - key: base\n    value: https://shop.example\nauth:\n  type: bearer\n  credentials:\n    token: \"{{token}}\"\nscripts:\n  - type: http:beforeRequest\n    code: init();\n",
        ),
        ("postman/collections/Shop/Orders/.resources/definition.yaml", "$kind: collection\norder: 2000\n"),
        (
            "postman/collections/Shop/Orders/Create.request.yaml",
            "$kind: http-request\nmethod: POST\nurl: \"{{base}}/orders/:id?dry=1\"\nqueryParams:\n  - key: dry\n    value: \"1\"\npathVariables:\n  id: \"7\"\nheaders:\n  X-Trace: abc\nbody:\n  type: json\n  content: |-\n    {\"a\": 1}\nscripts:\n  - type: afterResponse\n    language: text/javascript\n    code: check();\n",
        ),
        (
            "postman/collections/Shop/Ping.request.yaml",
            "$kind: http-request\nname: Are you there\nurl: \"{{base}}/ping\"\nmethod: GET\norder: 1000\n",
        ),
        (
            "postman/collections/Shop/.resources/Ping.resources/examples/200.example.yaml",
            "$kind: http-example\n",
        ),
        (
            "postman/environments/Dev.environment.yaml",
            "name: Dev\nvalues:\n  - key: token\n    value: geheim\n    type: secret\n",
        ),
        ("postman/globals/workspace.globals.yaml", "values:\n  - key: region\n    value: eu\n"),
    ])
}

#[test]
fn a_folder_of_postman_3_is_read_in_its_order() {
    assert!(is(&shop()) && !is(&files(&[("a/b.yaml", "x: 1")])));
    let import = read(&shop()).unwrap();
    let collection = &import.collection;
    assert_eq!(
        (collection.root.name.as_str(), import.format.as_str()),
        ("Web shop", "Postman collection 3 (folder)")
    );
    assert_eq!(collection.root.authorization, Authorization::Token { token: "{{token}}".into() });
    assert_eq!((collection.root.variables.len(), collection.root.scripts.len()), (1, 1));
    let [Item::Request(ping), Item::Folder(orders, inner)] = collection.items.as_slice() else {
        panic!("items")
    };
    assert_eq!((ping.name.as_str(), orders.name.as_str()), ("Are you there", "Orders"));
    let Item::Request(create) = &inner[0] else { panic!("no request") };
    assert_eq!(create.name, "Create");
    assert_eq!(create.request.url, "{{base}}/orders/:id");
    assert_eq!(create.request.parameters, [Field::new("dry", "1")]);
    assert_eq!(create.request.path_parameters, [Field::new("id", "7")]);
    assert_eq!(create.request.headers, [Field::new("X-Trace", "abc")]);
    assert_eq!(create.request.body, Body::Json { text: "{\"a\": 1}".into() });
    assert_eq!(create.details.scripts[0].code, "check();");
}

#[test]
fn environments_and_globals_come_along_and_their_secrets_are_taken_out() {
    let import = read(&shop()).unwrap();
    let environment = &import.collection.environments[0];
    assert_eq!((environment.name.as_str(), environment.variables[0].value.as_str()), ("Dev", ""));
    assert_eq!(import.secrets[0].environment.as_deref(), Some("Dev"));
    assert_eq!(import.globals[0].name, "region");
    assert!(import.losses.iter().any(|loss| loss.what == "1 saved responses are left out."));
}

#[test]
fn several_collections_are_refused_by_name() {
    let error = read(&files(&[
        ("collections/A/x.request.yaml", "url: a"),
        ("collections/B/.resources/definition.yaml", "$kind: collection"),
    ]));
    let message = error.err().unwrap().message;
    assert!(message.contains("A, B"), "{message}");
}

#[test]
fn a_broken_file_and_another_kind_are_told_and_the_rest_is_read() {
    let import = read(&files(&[
        ("Shop/.resources/definition.yaml", "$kind: collection\n"),
        ("Shop/a.request.yaml", "url: [unclosed"),
        ("Shop/b.request.yaml", "$kind: grpc-request\nurl: x"),
        ("Shop/c.request.yaml", "$kind: http-request\nurl: https://c.example\nbody:\n  type: formdata\n  content:\n    - key: f\n      type: file\n      src: a.txt\n"),
    ]))
    .unwrap();
    assert_eq!((import.collection.items.len(), import.losses.len()), (1, 2));
    assert_eq!(import.collection.root.name, "Shop");
}

#[test]
fn folders_nested_without_end_are_left_out() {
    let path = format!("S/.resources/definition.yaml\0S/{}x.request.yaml", "d/".repeat(300));
    let (definition, deep) = path.split_once('\0').unwrap();
    let import = read(&files(&[(definition, "name: S"), (deep, "url: a")])).unwrap();
    assert!(import.losses.iter().any(|loss| loss.what.contains("nested too deeply")));
}
