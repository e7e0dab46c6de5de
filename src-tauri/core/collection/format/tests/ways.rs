use serde_json::{Value, json};

use super::read;
use crate::collection::format::authorization::authorization_value;
use crate::http::{Authorization, ClientPlacement};

fn block(prefix: &str) -> Value {
    json!({
        "type": "oauth2",
        "flow": "client_credentials",
        "accessTokenUrl": if prefix.is_empty() { "{{tokenUrl}}" } else { "{{apiTokenUrl}}" },
        "credentials": {
            "clientId": if prefix.is_empty() { "{{clientId}}" } else { "{{apiClientId}}" },
            "clientSecret": if prefix.is_empty() { "{{clientSecret}}" } else { "{{apiClientSecret}}" },
            "placement": "basic_auth_header"
        },
        "tokenConfig": {"id": "{{tenant}}", "placement": {"header": "Bearer"}, "source": "access_token"},
        "settings": {"autoFetchToken": true, "autoRefreshToken": true}
    })
}

fn way(auth: &Value) -> Authorization {
    read(&json!({"method": "GET", "url": "x", "auth": auth})).authorization
}

#[test]
fn a_token_of_the_tenants_key_is_client_credentials_over_its_variables() {
    assert_eq!(way(&block("")), Authorization::Bearer { key: None });
    let written = authorization_value(&Authorization::Bearer { key: Some("second".into()) });
    assert_eq!(written.unwrap().to_string(), block("").to_string());
}

#[test]
fn a_token_of_the_api_key_is_spelled_out() {
    let expected = Authorization::ClientCredentials {
        token_url: "{{apiTokenUrl}}".into(),
        client_id: "{{apiClientId}}".into(),
        client_secret: "{{apiClientSecret}}".into(),
        scope: String::new(),
        placement: ClientPlacement::Header,
    };
    assert_eq!(way(&block("api")), expected);
    assert_eq!(authorization_value(&expected).unwrap().to_string(), block("api").to_string());
}

#[test]
fn an_unusual_block_over_the_tenants_variables_is_spelled_out() {
    let unusual = |pointer: &str, value: Value| {
        let mut auth = block("");
        *auth.pointer_mut(pointer).unwrap() = value;
        matches!(way(&auth), Authorization::ClientCredentials { .. })
    };
    assert!(unusual("/credentials/placement", json!("body")));
    assert!(unusual("/tokenConfig/placement", json!({"query": "t"})));
    let mut scoped = block("");
    scoped["scope"] = json!("read");
    assert!(matches!(way(&scoped), Authorization::ClientCredentials { scope, .. } if scope == "read"));
}

#[test]
fn basic_over_the_tenants_variables_is_the_tenants() {
    let auth = json!({"type": "basic", "username": "{{clientId}}", "password": "{{clientSecret}}"});
    assert_eq!(way(&auth), Authorization::Basic { key: None });
    assert_eq!(authorization_value(&Authorization::Basic { key: None }), Some(auth));
}

#[test]
fn what_cannot_be_sent_keeps_its_name() {
    let aws = json!({"type": "awsv4", "accessKeyId": "a"});
    assert_eq!(way(&aws), Authorization::Other { name: "awsv4".into() });
    assert_eq!(authorization_value(&way(&aws)), Some(json!({"type": "awsv4"})));
    let code = json!({"type": "oauth2", "flow": "authorization_code", "callbackUrl": "x"});
    assert_eq!(
        authorization_value(&way(&code)),
        Some(json!({"type": "oauth2", "flow": "authorization_code"}))
    );
}
