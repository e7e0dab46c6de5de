use std::fmt::Write as _;

use serde_json::{Value, json};

use super::{CLIENT, RUNTIME, SECRET, TOKEN, certificate_key, external_key, pretty, secret_key};
use crate::certificate::samples;
use crate::error::Error;
use crate::redact::Segment;
use crate::secret::Secret;
use crate::service_key::{mask, read};

/// Lines as the window draws them, masks in brackets.
fn drawn(text: &str) -> Vec<String> {
    mask(&Secret::from(text))
        .iter()
        .map(|line| {
            line.iter().fold(String::new(), |mut drawn, segment| {
                let _ = match segment {
                    Segment::Text { text } => write!(drawn, "{text}"),
                    Segment::Masked { label, length } if label.is_empty() => write!(drawn, "[{length}]"),
                    Segment::Masked { label, .. } => write!(drawn, "[{label}]"),
                };
                drawn
            })
        })
        .collect()
}

/// Everything the core would let out about a text.
fn let_out(text: &str) -> String {
    let secret = Secret::from(text);
    let mut out = format!("{:?}", mask(&secret));
    match read(&secret) {
        Ok(reading) => {
            let facts = reading.key.facts(super::now());
            write!(out, "{reading:?}{facts:?}{}", serde_json::to_string(&facts).unwrap()).unwrap();
            let suggestions = (reading.key.suggested_tenant(), reading.key.suggested_name());
            write!(out, "{suggestions:?}{:?}", reading.key.blocked()).unwrap();
        }
        Err(error) => write!(out, "{error:?}{error}{:?}", Error::from(error)).unwrap(),
    }
    out
}

/// No eight characters in a row of any secret may be let out.
fn assert_hidden(text: &str, secrets: &[&str]) {
    let out = let_out(text);
    for secret in secrets {
        let chars: Vec<char> = secret.chars().filter(|char| !char.is_whitespace()).collect();
        for window in chars.windows(chars.len().clamp(1, 8)) {
            let part: String = window.iter().collect();
            assert!(!out.contains(&part), "{part:?} of {secret:?} is in\n{out}\nfor\n{text}");
        }
    }
}

#[test]
fn a_certificate_key_is_shown_as_in_the_picture() {
    let lines = drawn(&pretty(&certificate_key(&samples::ec())));
    assert_eq!(lines[1], "  \"oauth\": {");
    assert_eq!(lines[2], "    \"createdate\": \"2026-01-15T09:12:31.919Z\",");
    assert_eq!(lines[3], format!("    \"clientid\": \"{CLIENT}\","));
    assert_eq!(lines[5], "    \"certificate\": [3 certificates],");
    assert_eq!(lines[6], "    \"key\": [hidden],");
    assert_eq!(lines[7], format!("    \"tokenurl\": \"{}\",", super::CERT_TOKEN));
    assert_eq!(lines[8], "    \"certificatedetails\": { [4 fields] }");
    assert_eq!(lines.len(), 11);
}

#[test]
fn a_client_secret_is_shown_as_its_length() {
    assert_eq!(drawn(&pretty(&secret_key()))[3], format!("    \"clientsecret\": [{}],", SECRET.len()));
    let external = drawn(&pretty(&external_key(&samples::chain(&samples::ec())[..1])));
    assert_eq!(external[4], "    \"certificate\": [1 certificate],");
}

#[test]
fn text_around_the_json_keeps_its_words() {
    let lines = drawn(&format!("Getting key workbench as me@acme.example...\n{}", pretty(&secret_key())));
    assert_eq!(lines[0], "Getting key workbench as me@acme.example...");
    assert_eq!(lines.len(), 10);
}

fn secrets() -> Vec<String> {
    let mut secrets: Vec<String> = [
        SECRET,
        "hunter2-Tr0ub4dor&3",
        "d41d8cd98f00b204e9800998ecf8427e",
        "9b2c61f0-5a3d-4e77-8c1b-0f6e2d7a9c44",
        "bm90LWEtcmVhbC1zZWNyZXQtYnV0LWxvbmctZW5vdWdo",
        "with \\\"quotes\\\" and, commas: {inside}",
    ]
    .map(str::to_owned)
    .to_vec();
    let pem = samples::ec().serialize_pem();
    secrets.push(pem.lines().filter(|line| !line.starts_with('-')).collect::<Vec<_>>().concat());
    secrets
}

/// The secret in every place a key, or a text like a key, could have it.
fn plantings(secret: &str) -> Vec<Value> {
    let mut values = Vec::new();
    for name in ["clientsecret", "clientSecret", "client_secret", "CLIENTSECRET", "client-secret"] {
        values.push(json!({"oauth": {"clientid": CLIENT, name: secret, "url": RUNTIME, "tokenurl": TOKEN}}));
        values.push(json!({"credentials": {"uaa": {"clientid": CLIENT, name: secret, "url": TOKEN}}}));
        values.push(json!({name: secret}));
        values.push(json!([{name: secret}]));
        values.push(json!({name: {"url": secret, "clientid": [secret]}}));
    }
    let pem = format!("-----BEGIN PRIVATE KEY-----\n{secret}\n-----END PRIVATE KEY-----\n");
    for name in ["key", "privateKey", "certificate", "verificationkey", "whatever", "note"] {
        for value in [secret, &pem] {
            values.push(json!({"clientid": CLIENT, "tokenurl": TOKEN, name: value}));
        }
    }
    values.push(json!({"oauth": {"clientid": CLIENT, "clientsecret": SECRET, "tokenurl": TOKEN, "unknown": {"deep": [[secret]]}}}));
    values.push(
        json!({"clientid": CLIENT, "tokenurl": format!("https://me:{secret}@acme.example/oauth/token")}),
    );
    values.push(json!({"clientid": CLIENT, "clientsecret": "x", "tokenurl": format!("{TOKEN}?client_secret={secret}")}));
    values.push(json!({"info": {"x": secret}, "item": [{"password": secret}]}));
    values
}

#[test]
fn no_planted_secret_survives_in_any_shape() {
    for secret in secrets() {
        for value in plantings(&secret) {
            for text in [pretty(&value), value.to_string()] {
                assert_hidden(&text, &[&secret]);
                assert_hidden(&format!("\u{FEFF}Getting key {{x}}...\n{text}\n{text}"), &[&secret]);
                assert_hidden(&text.replace("\\n", "\\\\n"), &[&secret]);
                assert_hidden(&text.replace("\\n", "\n"), &[&secret]);
            }
        }
    }
}

#[test]
fn no_planted_secret_survives_in_broken_or_quoted_json() {
    for secret in secrets() {
        for value in plantings(&secret) {
            let text = pretty(&value);
            assert_hidden(&text.replacen('{', "", 1), &[&secret]);
            assert_hidden(&text.replacen(':', "", 1), &[&secret]);
            assert_hidden(&text.replace('}', ""), &[&secret]);
            assert_hidden(&format!("{{ oops {text}"), &[&secret]);
            assert_hidden(&serde_json::to_string(&text).unwrap(), &[&secret]);
            assert_hidden(&format!("{text}\n").replace("\",", "\""), &[&secret]);
        }
    }
}

#[test]
fn no_planted_secret_survives_a_cut_anywhere() {
    let secret = SECRET;
    for value in plantings(secret).into_iter().step_by(3) {
        let text = pretty(&value);
        for end in (1..text.len()).step_by(5) {
            assert_hidden(&text[..end], &[secret]);
            assert_hidden(&text[end..], &[&secret[secret.len() / 2..]]);
        }
    }
}

#[test]
fn no_planted_secret_survives_in_other_texts() {
    for secret in secrets().iter().filter(|secret| !secret.contains(' ')) {
        for text in [
            format!("clientsecret={secret}"),
            format!("client_secret: {secret}\n"),
            format!("export CLIENT_SECRET='{secret}'"),
            format!("Authorization: Basic {secret}"),
            format!("Bearer {secret}"),
            format!("password\t:\n\"{secret}\""),
            secret.clone(),
            format!("see {secret} for {{\"clientid\": \"x\"}}"),
            format!("clientsecret={secret}\n{}", pretty(&secret_key())),
            format!("-----BEGIN PRIVATE KEY-----\n{secret}"),
            format!("{{'clientsecret': '{secret}'}}"),
            format!("{{“clientsecret”: “{secret}”}}"),
        ] {
            assert_hidden(&text, &[secret]);
        }
    }
}

#[test]
fn no_line_of_a_private_key_survives_without_its_frame() {
    let pem = samples::rsa().serialize_pem();
    let lines: Vec<&str> = pem.lines().filter(|line| !line.starts_with('-')).collect();
    let secrets: Vec<&str> = lines.clone();
    assert_hidden(&lines.join("\n"), &secrets);
    assert_hidden(&format!("here it is:\n{}\nbye", lines[3..].join("\r\n")), &secrets);
}

#[test]
fn files_and_mismatches_let_nothing_out() {
    let pair = samples::ec();
    let chain = samples::chain(&samples::ec());
    let mut key = super::of(&external_key(&chain)).key;
    let passphrase = "correct horse battery";
    let file = samples::pkcs12(&pair, &samples::chain(&pair), passphrase, &[]);
    for given in [None, Some("wrong"), Some(passphrase)] {
        let given = given.map(Secret::from);
        let added = key.add_private_key("key.p12", &samples::secret(&file), given.as_ref());
        let out = format!("{added:?}{key:?}");
        assert!(!out.contains(passphrase));
        let pem = pair.serialize_pem();
        assert!(pem.lines().filter(|line| !line.starts_with('-')).all(|line| !out.contains(line)));
    }
}

#[test]
fn a_text_beyond_the_limit_is_not_shown_at_all() {
    let lines = drawn(&"secret ".repeat(200_000));
    assert_eq!(lines, ["[too long to show]"]);
}
