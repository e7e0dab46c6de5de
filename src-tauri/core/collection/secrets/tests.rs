use serde_json::{Value, json};

use super::*;
use crate::collection::format::{RequestFile, request_value};
use crate::collection::model::{Assertion, RequestDetails, Script, ScriptPhase, Variable};
use crate::http::{ApiKeyPlacement, Authorization, Body, Field, Part, PartContent, Request};

const TOKEN: &str = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJlLXNpZ25hdHVyZQ";

fn item(authorization: Authorization, headers: Vec<Field>) -> RequestItem {
    let request = Request { headers, authorization, ..Request::new("GET", "{{runtimeUrl}}/http/orders") };
    RequestItem { name: "Orders".into(), request, details: RequestDetails::default() }
}

fn moved(item: &mut RequestItem) -> Vec<(String, String)> {
    let secrets = move_out_of_request(item);
    secrets.into_iter().map(|secret| (secret.name, secret.value.expose().clone())).collect()
}

fn pair(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

fn variable(name: &str, value: &str) -> Variable {
    Variable { name: name.into(), value: value.into(), enabled: true, ..Variable::default() }
}

#[test]
fn a_password_moves_to_a_variable() {
    let login = Authorization::Login { username: "anna".into(), password: "geheim".into() };
    let mut item = item(login, Vec::new());
    assert_eq!(in_request(&item), [LiteralSecret { place: "password".into(), variable: "password".into() }]);
    assert_eq!(moved(&mut item), [pair("password", "geheim")]);
    let left = Authorization::Login { username: "anna".into(), password: "{{password}}".into() };
    assert_eq!(item.request.authorization, left);
    assert!(in_request(&item).is_empty());
}

#[test]
fn the_scheme_of_an_authorization_header_stays() {
    let mut item = item(Authorization::None, vec![Field::new("Authorization", "Bearer abc")]);
    assert_eq!(moved(&mut item), [pair("authorizationToken", "abc")]);
    assert_eq!(item.request.headers[0].value, "Bearer {{authorizationToken}}");
}

#[test]
fn two_secrets_of_one_name_get_two_variables() {
    let key = Authorization::ApiKey {
        name: "X-API-Key".into(),
        value: "one".into(),
        placement: ApiKeyPlacement::default(),
    };
    let mut item = item(key, vec![Field::new("api-key", "two")]);
    item.details.variables.push(variable("apiKey", "{{other}}"));
    assert_eq!(moved(&mut item), [pair("apiKey2", "one"), pair("apiKey3", "two")]);
}

#[test]
fn what_only_sounds_secret_raises_no_alarm() {
    let headers = vec![
        Field::new("X-CSRF-Token", "Fetch"),
        Field::new("Idempotency-Token", "{{$guid}}"),
        Field::new("Accept", "application/json"),
        Field::new("Authorization", "Bearer {{token}}"),
    ];
    let mut item = item(Authorization::Token { token: "{{token}}".into() }, headers);
    item.details.variables.push(variable("tokenUrl", "https://acme.example/oauth/token"));
    item.details.variables.push(variable("sessionTimeout", "30"));
    assert_eq!(in_request(&item), []);
}

#[test]
fn a_url_gives_its_password_and_key_away_no_more() {
    let mut item = item(Authorization::None, Vec::new());
    item.request.url = "https://anna:geheim@host.example/a?x=1&apikey=abc&y=2#f".into();
    assert_eq!(moved(&mut item), [pair("password", "geheim"), pair("apikey", "abc")]);
    assert_eq!(item.request.url, "https://anna:{{password}}@host.example/a?x=1&apikey={{apikey}}&y=2#f");
}

#[test]
fn a_form_field_and_a_variable_of_a_request_move_too() {
    let mut item = item(Authorization::None, Vec::new());
    item.request.body = Body::Form { fields: vec![Field::new("client_secret", "abc"), Field::new("a", "b")] };
    item.details.variables.push(variable("dbPassword", "geheim"));
    assert_eq!(moved(&mut item), [pair("clientSecret", "abc"), pair("dbPassword", "geheim")]);
    assert!(item.details.variables.is_empty());
}

#[test]
fn an_environment_keeps_the_name_of_a_secret_only() {
    let variables = vec![variable("clientSecret", "abc"), variable("tokenUrl", "https://x.example")];
    let mut environment = Environment { name: "dev".into(), color: None, variables };
    assert_eq!(in_environment(&environment).len(), 1);
    let moved = move_out_of_environment(&mut environment);
    assert_eq!(moved[0].value.expose(), "abc");
    let expected = Variable { secret: true, ..variable("clientSecret", "") };
    assert_eq!(environment.variables[0], expected);
    assert_eq!(environment.variables[1].value, "https://x.example");
}

#[test]
fn a_folder_is_looked_through() {
    let item = FolderItem {
        headers: vec![Field::new("Cookie", "a=b")],
        authorization: Authorization::Digest { username: "a".into(), password: "b".into() },
        ..FolderItem::default()
    };
    let places: Vec<String> = in_folder(&item).into_iter().map(|secret| secret.place).collect();
    assert_eq!(places, ["password", "Cookie header"]);
}

#[test]
fn the_content_of_a_file_is_searched_with_places() {
    let value = json!({
        "http": {
            "url": "https://x.example/?access_token=abc",
            "headers": [{"name": "Authorization", "value": "Basic YTpi"}, {"name": "Accept", "value": "a/b"}],
            "auth": {"type": "oauth2", "credentials": {"clientSecret": "abc", "clientId": "id"}}
        },
        "config": {"clientCertificates": [{"passphrase": "abc"}], "proxy": {"config": {"auth": {"password": ""}}}},
        "variables": [{"secret": true, "name": "a", "value": "x"}, {"name": "tokenUrl", "value": "https://x.example"}]
    });
    let pointers: Vec<String> = in_value(&value).into_iter().map(|(pointer, _)| pointer).collect();
    let expected = [
        "/http/url",
        "/http/headers/0/value",
        "/http/auth/credentials/clientSecret",
        "/config/clientCertificates/0/passphrase",
        "/variables/0/value",
    ];
    assert_eq!(pointers, expected);
}

#[test]
fn a_token_a_private_key_and_a_service_key_are_known_by_their_shape() {
    let begin = "-----BEGIN PRIVATE KEY-----";
    let value = json!({
        "script": format!("const t = \"{TOKEN}\";"),
        "pem": format!("{begin}\n{}\n-----END PRIVATE KEY-----", "MIIE".repeat(20)),
        "key": "{\"oauth\": {\"clientid\": \"a\", \"clientsecret\": \"b\"}}",
        "template": "{\"clientid\": \"a\", \"clientsecret\": \"{{clientSecret}}\"}",
        "words": "eyJ.eyJ.eyJ"
    });
    let places: Vec<String> = in_value(&value).into_iter().map(|(_, secret)| secret.place).collect();
    assert_eq!(places, ["token", "private key", "service key"]);
}

#[test]
fn very_deep_nesting_ends_the_search_and_nothing_else() {
    let mut value = json!({"password": "geheim"});
    for _ in 0..1_000 {
        value = Value::Array(vec![value]);
    }
    assert!(in_value(&value).is_empty());
}

fn sending(body: Body) -> RequestItem {
    let mut item = item(Authorization::None, Vec::new());
    item.request.body = body;
    item
}

#[test]
fn secrets_of_a_json_body_move_and_the_rest_stays_as_it_is_written() {
    let text = "{ \"client_secret\" :\"a\\\"b\",\n  \"nested\": [{\"password\": \"zz\"}], {{more}}\n  \"note\": \"a \\\"token\\\": b\" }";
    let mut item = sending(Body::Json { text: text.into() });
    assert_eq!(moved(&mut item), [pair("clientSecret", "a\\\"b"), pair("password", "zz")]);
    let left = text.replace("a\\\"b", "{{clientSecret}}").replace("zz", "{{password}}");
    assert_eq!(item.request.body, Body::Json { text: left });
}

#[test]
fn secrets_of_an_xml_body_and_of_a_form_written_as_text_move() {
    let xml = "<?xml version=\"1.0\"?><e:Envelope><wsse:Password Type=\"#PasswordText\"> zz </wsse:Password><Token/><a>1</a></e:Envelope>";
    let mut item = sending(Body::Xml { text: xml.into() });
    assert_eq!(moved(&mut item), [pair("password", "zz")]);
    assert_eq!(item.request.body, Body::Xml { text: xml.replace("zz", "{{password}}") });
    let mut item = sending(Body::Text { text: "grant_type=password&password=zz&a=1".into() });
    assert_eq!(moved(&mut item), [pair("password", "zz")]);
    assert_eq!(
        item.request.body,
        Body::Text { text: "grant_type=password&password={{password}}&a=1".into() }
    );
}

#[test]
fn what_only_sounds_secret_in_a_body_raises_no_alarm() {
    let text = "{\"token\": \"{{token}}\", \"password\": \"\", \"tokenUrl\": \"https://h.example\", \"apiKey\": \"string\",
        \"tokens\": 5, \"isPassword\": \"false\", \"note\": \"a token is no password\", \"open";
    assert_eq!(in_request(&sending(Body::Json { text: text.into() })), []);
    let text = "<a><Password>{{p}}</Password><Token></Token><Session>\n<b>1</b></Session></a";
    assert_eq!(in_request(&sending(Body::Xml { text: text.into() })), []);
}

#[test]
fn a_private_key_and_a_token_in_a_text_leave_what_is_around_them() {
    let key = "MIIE".repeat(20);
    let text =
        format!("-----BEGIN PRIVATE KEY-----\n{key}\n-----END PRIVATE KEY-----\nThe token is {TOKEN}.");
    let mut item = sending(Body::Text { text: text.clone() });
    assert_eq!(moved(&mut item), [pair("privateKey", &key), pair("token", TOKEN)]);
    let left = text.replace(&key, "{{privateKey}}").replace(TOKEN, "{{token}}");
    assert_eq!(item.request.body, Body::Text { text: left });
}

/// A request with one kind of secret in all its places.
fn full_of_tokens() -> RequestItem {
    let text = || format!("before {TOKEN} after");
    let mut full = sending(Body::Json { text: format!("{{\"a\": \"{}\"}}", text()) });
    full.name = text();
    full.request.url = format!("https://h.example/{TOKEN}/a?x={TOKEN}#f");
    full.request.headers = vec![
        Field::new("X-Plain", text()),
        Field::new("X-Mixed", format!("{{{{a}}}} {TOKEN}")),
        Field { description: Some(text()), ..Field::new("A", "b") },
    ];
    full.request.authorization =
        Authorization::Token { token: format!("{{{{a}}}}{TOKEN}").replace("}}ey", "}} ey") };
    full.details = RequestDetails {
        scripts: vec![Script { phase: ScriptPhase::Tests, code: text() }],
        assertions: vec![Assertion {
            expression: "res.body".into(),
            operator: "eq".into(),
            value: text(),
            enabled: true,
        }],
        docs: text(),
        variables: vec![variable("plain", &text())],
        ..RequestDetails::default()
    };
    full
}

#[test]
fn what_the_check_finds_in_a_file_is_what_moves_out_of_its_request() {
    let part = PartContent::Text { text: "{\"password\": \"zz\"}".into() };
    let parts = vec![Part { name: "password".into(), content: part, content_type: None, enabled: true }];
    let mut named = full_of_tokens();
    named.request.authorization = Authorization::ClientCredentials {
        token_url: format!("https://t.example/{TOKEN}"),
        client_id: TOKEN.into(),
        client_secret: "zz".into(),
        scope: TOKEN.into(),
        placement: crate::http::ClientPlacement::default(),
    };
    let mut items = vec![
        full_of_tokens(),
        named,
        sending(Body::Json {
            text: "{\"password\": \"zz\", \"b\": [\"client_secret\", \"token\"], \"accessToken\":\"a\"}"
                .into(),
        }),
        sending(Body::Xml { text: "<a><Password>zz</Password></a>".into() }),
        sending(Body::Text { text: "client_id=a&client_secret=zz".into() }),
        sending(Body::Text {
            text: format!("{{\"clientid\": \"a\", \"clientsecret\": \"zz\", \"t\": \"{TOKEN}\"}}"),
        }),
        sending(Body::Form { fields: vec![Field::new("password", "zz"), Field::new("a", "b")] }),
        sending(Body::Multipart { parts }),
    ];
    for item in &mut items {
        let file = |item: &RequestItem| request_value(&RequestFile { item: item.clone(), seq: None });
        let found = in_value(&file(item));
        assert_eq!(found.len(), in_request(item).len(), "{found:?} beside {:?}", in_request(item));
        assert!(!found.is_empty());
        move_out_of_request(item);
        assert_eq!((in_value(&file(item)), in_request(item)), (Vec::new(), Vec::new()));
    }
}

#[test]
fn a_body_written_as_yaml_is_searched_as_the_json_it_is() {
    let value = json!({"http": {"body": {"type": "json", "data": {"client_secret": "zz", "a": 1}}}});
    let found = in_value(&value);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].0.as_str(), found[0].1.variable.as_str()), ("/http/body/data", "clientSecret"));
}

#[test]
fn a_secret_with_a_variable_beside_it_is_one() {
    use super::recognition::is_literal;
    for (text, literal) in [
        ("hunter2{{x}}", true),
        ("{{x}}hunter2", true),
        ("Bearer abc{{x}}", true),
        ("{{x", true),
        ("hunter2", true),
        ("Bearer {{token}}", false),
        ("{{user}}:{{password}}", false),
        ("Basic {{user}}:{{password}}", false),
        (" {{x}} ", false),
        ("", false),
    ] {
        assert_eq!(is_literal(text), literal, "{text}");
    }
}
