use serde_json::{Value, json};

use super::*;
use crate::collection::model::{RequestDetails, Variable};
use crate::http::{ApiKeyPlacement, Authorization, Body, Field, Request};

fn item(authorization: Authorization, headers: Vec<Field>) -> RequestItem {
    let request = Request {
        method: "GET".into(),
        url: "{{runtimeUrl}}/http/orders".into(),
        parameters: Vec::new(),
        path_parameters: Vec::new(),
        headers,
        body: Body::None,
        authorization,
        csrf: crate::http::CsrfMode::Auto,
        options: crate::http::RequestOptions::default(),
    };
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
    let token = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJlLXNpZ25hdHVyZQ";
    let begin = "-----BEGIN PRIVATE KEY-----";
    let value = json!({
        "script": format!("const t = \"{token}\";"),
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
