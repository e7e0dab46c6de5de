use std::path::{Path, PathBuf};

use super::collection;
use crate::collection::{FolderItem, Surroundings};
use crate::http::{ApiKeyPlacement, Authorization, Body, Field, Part, PartContent, Request, resolve};
use crate::variables::{Renderer, inherit, render};

fn request(url: &str) -> Request {
    Request { authorization: Authorization::Inherit, ..Request::new("POST", url) }
}

fn off(name: &str, value: &str) -> Field {
    Field { enabled: false, ..Field::new(name, value) }
}

fn level(headers: Vec<Field>, authorization: Authorization) -> FolderItem {
    FolderItem { headers, authorization, ..FolderItem::default() }
}

fn rendered(request: &Request) -> Request {
    let scopes = collection(&[
        ("id", "a/b c'ü"),
        ("name", "X-Id"),
        ("n", "5"),
        ("file", "payloads/a.xml"),
        ("dots", ".."),
    ]);
    render(&Renderer::shown(&scopes), request, Path::new("/team/orders")).unwrap()
}

#[test]
fn every_text_of_a_request_is_rendered() {
    let mut wanted = request("https://h.de/{{n}}/:id?x={{n}}");
    wanted.path_parameters = vec![Field::new("id", "{{id}}")];
    wanted.parameters = vec![Field::new("q{{n}}", "{{id}}"), off("off", "{{unknown}}")];
    wanted.headers = vec![Field::new("{{name}}", "n={{n}}"), off("Off", "{{unknown}}")];
    wanted.body = Body::Json { text: "{\"n\":{{n}}, \"s\":\"{{id}}\"}".to_owned() };
    wanted.authorization = Authorization::ApiKey {
        name: "k{{n}}".to_owned(),
        value: "{{id}}".to_owned(),
        placement: ApiKeyPlacement::Query,
    };
    let got = rendered(&wanted);
    let url = resolve(&got.url, None, &got.parameters).unwrap();
    assert_eq!(url.as_str(), "https://h.de/5/a%2Fb%20c'%C3%BC?x=5&q5=a/b%20c%27%C3%BC");
    assert_eq!(got.headers, [Field::new("X-Id", "n=5")]);
    assert_eq!(got.body, Body::Json { text: "{\"n\":5, \"s\":\"a/b c'ü\"}".to_owned() });
    let Authorization::ApiKey { name, value, .. } = got.authorization else { panic!("it stays what it is") };
    assert_eq!((name.as_str(), value.as_str()), ("k5", "a/b c'ü"));
}

#[test]
fn form_fields_parts_and_files_are_rendered() {
    let mut wanted = request("https://h.de/");
    wanted.body = Body::Form { fields: vec![Field::new("a{{n}}", "{{id}}")] };
    assert_eq!(rendered(&wanted).body, Body::Form { fields: vec![Field::new("a5", "a/b c'ü")] });
    let part = |content| Part { name: "p{{n}}".to_owned(), content, content_type: None, enabled: true };
    let file = PartContent::File { path: PathBuf::from("{{file}}") };
    wanted.body =
        Body::Multipart { parts: vec![part(PartContent::Text { text: "{{n}}".to_owned() }), part(file)] };
    let Body::Multipart { parts } = rendered(&wanted).body else { panic!("it stays what it is") };
    assert_eq!(
        (parts[0].name.as_str(), &parts[0].content),
        ("p5", &PartContent::Text { text: "5".to_owned() })
    );
    assert_eq!(parts[1].content, PartContent::File { path: PathBuf::from("/team/orders/payloads/a.xml") });
    wanted.body = Body::File { path: PathBuf::from("/elsewhere/b.xml") };
    assert_eq!(rendered(&wanted).body, Body::File { path: PathBuf::from("/elsewhere/b.xml") });
}

#[test]
fn a_path_parameter_that_would_name_another_address_is_refused() {
    let mut wanted = request("https://h.de/orders/:id/items");
    for value in ["", ".", "{{dots}}"] {
        wanted.path_parameters = vec![Field::new("id", value)];
        let scopes = collection(&[("dots", "..")]);
        let error = render(&Renderer::shown(&scopes), &wanted, Path::new("")).unwrap_err();
        assert!(error.message.contains("path parameter id"), "{}", error.message);
    }
    wanted.path_parameters = vec![Field::new("other", "1")];
    assert_eq!(rendered(&wanted).url, "https://h.de/orders/:id/items", "a segment without a row stays");
}

#[test]
fn nearer_headers_replace_and_a_switched_off_one_keeps_the_inherited_out() {
    let around = Surroundings {
        root: level(
            vec![Field::new("A", "root"), Field::new("B", "root"), Field::new("C", "root")],
            Authorization::None,
        ),
        folders: vec![
            level(vec![Field::new("b", "inner"), off("A", "off")], Authorization::Inherit),
            level(vec![Field::new("B", "outer"), Field::new("D", "outer")], Authorization::Inherit),
        ],
        ..Surroundings::default()
    };
    let mut wanted = request("/");
    wanted.headers = vec![off("c", ""), Field::new("E", "own")];
    let headers = inherit(wanted, &around).headers;
    let sent: Vec<(&str, &str)> = headers
        .iter()
        .filter(|field| field.enabled)
        .map(|field| (field.name.as_str(), field.value.as_str()))
        .collect();
    assert_eq!(sent, [("A", "root"), ("D", "outer"), ("b", "inner"), ("E", "own")]);
}

#[test]
fn authorization_is_asked_for_upwards() {
    let token = |token: &str| Authorization::Token { token: token.to_owned() };
    let around = |inner, outer, root| Surroundings {
        folders: vec![level(Vec::new(), inner), level(Vec::new(), outer)],
        root: level(Vec::new(), root),
        ..Surroundings::default()
    };
    let inherited = Authorization::Inherit;
    for (around, expected) in [
        (around(token("inner"), token("outer"), token("root")), token("inner")),
        (around(inherited.clone(), Authorization::None, token("root")), Authorization::None),
        (around(inherited.clone(), inherited.clone(), token("root")), token("root")),
        (around(inherited.clone(), inherited.clone(), inherited), Authorization::None),
    ] {
        assert_eq!(inherit(request("/"), &around).authorization, expected);
    }
}
