use serde_json::{Value, json};

use super::{CLIENT, RUNTIME, SECRET, TOKEN, certificate_key, pretty, refusal, secret_key};
use crate::certificate::{BlockKind, PemError, samples};
use crate::error::{Code, Error};
use crate::service_key::{Foreign, ReadError, UrlFault};

fn foreign(text: &str) -> Foreign {
    match refusal(text) {
        ReadError::Foreign(foreign) => foreign,
        other => panic!("{other}: {text}"),
    }
}

#[test]
fn what_is_no_service_key_is_called_by_its_name() {
    let json = |value: Value| foreign(&pretty(&value));
    assert_eq!(json(json!({"info": {"name": "x"}, "item": []})), Foreign::PostmanCollection);
    assert_eq!(json(json!({"name": "x", "values": []})), Foreign::PostmanEnvironment);
    assert_eq!(json(json!({"openapi": "3.0.0"})), Foreign::OpenApi);
    assert_eq!(json(json!({"access_token": "eyJ", "token_type": "bearer"})), Foreign::TokenAnswer);
    assert_eq!(
        json(json!({"error": "unauthorized", "error_description": "Bad credentials"})),
        Foreign::ErrorAnswer
    );
    assert_eq!(
        json(
            json!({"Name": "d", "Type": "HTTP", "Authentication": "OAuth2ClientCredentials", "clientId": CLIENT, "tokenServiceURL": TOKEN})
        ),
        Foreign::Destination
    );
    assert_eq!(json(json!({"key-type": "certificate", "validity": 365})), Foreign::Parameters);
    assert_eq!(json(json!({"grant-types": ["client_credentials"], "roles": []})), Foreign::Parameters);
    assert_eq!(json(json!([secret_key()])), Foreign::List);
    assert_eq!(foreign("Type=HTTP\nName=d\nclientId=x"), Foreign::Destination);
    assert_eq!(foreign(&samples::chain_pem(&samples::chain(&samples::ec()))), Foreign::Certificate);
    assert_eq!(foreign(&samples::ec().serialize_pem()), Foreign::PrivateKey);
    assert_eq!(foreign("Bearer eyJhbGciOi.eyJzY29wZSI.abc"), Foreign::AccessToken);
    assert_eq!(foreign("<html><body>{\"a\":</body></html>"), Foreign::WebPage);
}

#[test]
fn every_refusal_says_what_to_do() {
    let error = Error::from(refusal("{\"info\": {}, \"item\": []}"));
    assert_eq!(error.code, Code::NotAServiceKey);
    assert_eq!(error.message, "This is a Postman collection, not a service key.");
    assert!(error.hint.is_some());
    assert_eq!(
        Error::from(refusal("{\"a\": 1}")).message,
        "This is JSON, but has neither a client id nor a token address."
    );
}

#[test]
fn nothing_and_far_too_much_are_refused() {
    assert_eq!(refusal(" \u{FEFF}\n"), ReadError::Empty);
    assert_eq!(refusal(&" ".repeat((1 << 20) + 1)), ReadError::TooLarge);
    assert_eq!(refusal("hello"), ReadError::NotJson);
    assert_eq!(refusal("\"hello\""), ReadError::NotJson);
}

#[test]
fn deep_nesting_is_refused_without_overflowing() {
    assert_eq!(refusal(&"{\"a\":".repeat(100_000)), ReadError::TooDeep);
    assert_eq!(refusal(&"[".repeat(500_000)), ReadError::TooDeep);
}

#[test]
fn a_text_that_ends_in_the_middle_says_where() {
    let text = pretty(&secret_key());
    assert_eq!(
        refusal(text.trim_end().trim_end_matches(['}', '\n', ' '])),
        ReadError::Ended { line: 7, column: 85 }
    );
    for end in 1..text.trim_end().len() {
        assert!(matches!(refusal(&text[..end]), ReadError::Ended { .. }), "{}", &text[..end]);
    }
}

#[test]
fn a_text_without_its_first_brace_says_so() {
    assert_eq!(refusal(pretty(&secret_key()).trim_start_matches('{')), ReadError::StartMissing);
}

#[test]
fn damaged_json_says_where() {
    assert_eq!(refusal("{\n  \"clientid\" \"x\"\n}"), ReadError::Damaged { line: 2, column: 14 });
}

#[test]
fn each_missing_field_is_named() {
    let without = |field: &str| {
        let mut key = secret_key();
        key["oauth"].as_object_mut().unwrap().remove(field);
        refusal(&pretty(&key))
    };
    assert_eq!(without("clientid"), ReadError::ClientIdMissing);
    assert_eq!(without("tokenurl"), ReadError::TokenUrlMissing);
    assert_eq!(without("clientsecret"), ReadError::CredentialMissing);
}

fn with(field: &str, value: &str) -> ReadError {
    let mut key = secret_key();
    key["oauth"][field] = value.into();
    refusal(&pretty(&key))
}

#[test]
fn a_secret_of_stars_and_a_client_id_with_blanks_are_refused() {
    assert_eq!(with("clientsecret", "********"), ReadError::SecretMasked);
    assert_eq!(with("clientid", "two words"), ReadError::ClientIdDamaged);
}

#[test]
fn addresses_are_https_without_a_user_part() {
    let fault = |field, fault| ReadError::Url { field, fault };
    let insecure = with("tokenurl", "http://acme.example/oauth/token");
    assert_eq!(insecure, fault("token address", UrlFault::Insecure));
    assert_eq!(insecure.to_string(), "The token address of the key is not an https address.");
    assert_eq!(with("url", "http://acme.example"), fault("address of the service", UrlFault::Insecure));
    let error = with("tokenurl", "https://user:hunter2@acme.example/oauth/token");
    assert_eq!(error, fault("token address", UrlFault::Credentials));
    assert!(!Error::from(error).message.contains("hunter2"));
    assert_eq!(with("url", "https://"), fault("address of the service", UrlFault::Invalid));
}

#[test]
fn a_damaged_certificate_is_refused_and_named() {
    let mut key = certificate_key(&samples::ec());
    let whole = key["oauth"]["certificate"].as_str().unwrap().trim_end().to_owned();
    key["oauth"]["certificate"] = whole.trim_end_matches('-').into();
    assert_eq!(refusal(&pretty(&key)), ReadError::Pem(PemError::Truncated(BlockKind::Certificate)));
    key["oauth"]["certificate"] = Value::Null;
    assert_eq!(refusal(&pretty(&key)), ReadError::CertificateMissing);
    key["oauth"]["certificate"] = samples::pem("CERTIFICATE", b"no certificate").into();
    assert!(matches!(refusal(&pretty(&key)), ReadError::Certificate(_)));
}

#[test]
fn mutilated_keys_never_panic() {
    let text = pretty(
        &json!({"oauth": {"clientid": CLIENT, "clientsecret": SECRET, "url": RUNTIME, "tokenurl": TOKEN}}),
    );
    for index in 0..text.len() {
        for bad in ["\"", "\\", "{", "}", ",", "é", "\u{1F600}", "\\ud83d", "\\u12", ""] {
            let mut mutilated = text.clone();
            mutilated.replace_range(index..=index, bad);
            let mutilated = crate::secret::Secret::new(mutilated);
            let _ = crate::service_key::read(&mutilated);
            let _ = crate::service_key::mask(&mutilated);
        }
    }
}
