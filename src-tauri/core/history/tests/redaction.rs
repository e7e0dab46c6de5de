use std::io::Read as _;

use super::{Sent, exchange};
use crate::history::redaction;
use crate::http::{Hidden, SpooledBody};
use crate::secret::Secret;

fn masked(body: &str, secrets: &[&str]) -> String {
    let hidden = Hidden::new(secrets.iter().map(|secret| Secret::from(*secret)));
    let mut text = String::new();
    redaction::body(&SpooledBody::of(body.to_owned()), &hidden).open().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn known_values_are_in_no_text_of_a_record() {
    let mut kept = exchange(&Sent {
        url: "https://acme.example/x?q=s3cret%24value",
        request: "{\"a\":\"s3cret$value\"}",
        ..Sent::default()
    });
    kept.failure =
        Some(crate::error::Error::new(crate::error::Code::CutOff, "s3cret$value").detail("s3cret$value"));
    redaction::exchange(&mut kept, &Hidden::new([Secret::from("s3cret$value")]));
    let text = serde_json::to_string(&kept).unwrap();
    assert!(!text.contains("s3cret"), "{text}");
    assert!(text.contains("{\\\"a\\\":\\\"••••\\\"}"), "{text}");
}

#[test]
fn answers_lose_known_values_and_the_tokens_of_a_token_answer() {
    assert_eq!(masked("{\"echo\":\"s3cret$value\"}", &["s3cret$value"]), "{\"echo\":\"••••\"}");
    assert_eq!(masked("{\"echo\":\"s3cret\\u0024value\"}", &["s3cret$value"]), "{\"echo\":\"••••\"}");
    let granted = "{\"access_token\":\"eyJ.abc\",\"token_type\":\"bearer\",\"refresh_token\":\"r-1234\",\"expires_in\":1}";
    let expected =
        "{\"access_token\":\"••••\",\"token_type\":\"bearer\",\"refresh_token\":\"••••\",\"expires_in\":1}";
    assert_eq!(masked(granted, &[]), expected);
    assert_eq!(masked("{\"note\":\"access_token\"}", &[]), "{\"note\":\"access_token\"}");
}
