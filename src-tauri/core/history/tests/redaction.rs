use std::io::Read as _;

use super::{Sent, exchange};
use crate::history::redaction;
use crate::http::{Hidden, SpooledBody};
use crate::secret::Secret;

fn masked(body: &str, secrets: &[&str]) -> String {
    let hidden = Hidden::new(secrets.iter().map(|secret| Secret::from(*secret)));
    let folder = tempfile::tempdir().unwrap();
    let kept = redaction::body(&SpooledBody::of(body.to_owned()), &hidden, folder.path()).unwrap();
    let mut text = String::new();
    kept.open().read_to_string(&mut text).unwrap();
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

#[test]
fn a_large_answer_loses_known_values_wherever_they_stand() {
    let value = "s3cret$value-of-some-length";
    let escaped = "s3cret\\u0024value-of-some-length";
    let filler = "{\"path\":\"C:\\\\x\",\"percent\":\"100%\"} ";
    for (form, size) in [(value, 1024 * 1024 + 1), (value, 3_000_000), (escaped, 3_000_000)] {
        let (mut body, mut expected) = (String::new(), String::new());
        let mut places = 0;
        while body.len() < size {
            for text in [&mut body, &mut expected] {
                text.push_str(filler);
            }
            // Every distance from the borders of what is read at once occurs.
            if body.len() % 7 == 0 {
                body.push_str(form);
                expected.push_str("••••");
                places += 1;
            }
        }
        assert!(places > 1000);
        assert!(masked(&body, &[value, "7"]) == expected, "{form} in {size} bytes");
    }
}

#[test]
fn a_large_answer_without_a_known_value_stays_the_file_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let hidden = Hidden::new([Secret::from("s3cret$value-of-some-length")]);
    let body = SpooledBody::of("almost a s3cret%24value \\ ".repeat(60_000));
    let kept = redaction::body(&body, &hidden, folder.path()).unwrap();
    assert_eq!(kept.size(), body.size());
    assert!(hidden.body(&body, folder.path()).unwrap().is_none());
    let empty = Hidden::new([]);
    assert!(empty.body(&body, folder.path()).unwrap().is_none());
}
