use super::{certificate_key, pretty, reading, repair, secret_key};
use crate::certificate::samples;

fn fits(text: &str) -> Vec<crate::service_key::Repair> {
    let reading = reading(text);
    assert_eq!(reading.key.facts(super::now()).private_key_fits, Some(true));
    reading.repairs
}

#[test]
fn doubly_escaped_line_breaks_are_counted_by_place() {
    let key = certificate_key(&samples::ec());
    let text = pretty(&key);
    let count = |name: &str| key["oauth"][name].as_str().unwrap().matches('\n').count();
    let expected =
        format!("{} in the certificate, {} in the private key", count("certificate"), count("key"));
    for escape in ["\\\\n", "\\\\\\\\n"] {
        let repairs = fits(&text.replace("\\n", escape));
        assert_eq!(repair(&repairs, "`\\n` sequences turned into line breaks"), expected);
    }
}

#[test]
fn pem_on_a_single_line_is_read() {
    let repairs = fits(&pretty(&certificate_key(&samples::ec())).replace("\\n", ""));
    assert_eq!(repair(&repairs, "Missing line breaks added"), "3 in the certificate, 1 in the private key");
}

#[test]
fn windows_line_ends_are_read() {
    let text = pretty(&certificate_key(&samples::ec()));
    let repairs = fits(&text.replace("\\n", "\\r\\n").replace('\n', "\r\n"));
    assert!(repair(&repairs, "Windows line ends").ends_with("in the private key"));
    assert_eq!(repairs.len(), 1);
}

#[test]
fn real_line_breaks_inside_a_value_are_read() {
    let repairs = fits(&pretty(&certificate_key(&samples::ec())).replace("\\n", "\n"));
    assert!(repair(&repairs, "Line breaks inside a value").starts_with("Lines "));
}

#[test]
fn text_before_and_after_the_json_is_ignored() {
    let intro = "Getting key workbench for service instance cpi-rt as someone@acme.example...";
    let repairs = reading(&format!("{intro}\n\n{}\nOK\n", pretty(&secret_key()))).repairs;
    assert_eq!(
        repair(&repairs, "Text before the JSON ignored"),
        "“Getting key workbench for service instance cpi…”"
    );
    assert_eq!(repair(&repairs, "Text after the JSON ignored"), "2 characters after line 11");
}

#[test]
fn a_word_in_braces_before_the_json_is_no_json() {
    let repairs = reading(&format!("Key of {{tenant}}:\n{}", pretty(&secret_key()))).repairs;
    assert_eq!(repair(&repairs, "Text before"), "“Key of {tenant}:”");
}

#[test]
fn a_comma_after_the_last_field_is_removed() {
    let text = pretty(&secret_key()).replace("token\"\n", "token\",\n");
    assert_eq!(repair(&reading(&text).repairs, "Comma after the last field removed"), "Line 7");
}

#[test]
fn typographic_and_single_quotes_are_read() {
    let text = pretty(&secret_key());
    let mut open = false;
    let curly: String = text
        .chars()
        .map(|char| {
            if char == '"' {
                open = !open;
                if open { '“' } else { '”' }
            } else {
                char
            }
        })
        .collect();
    for text in [curly, text.replace('"', "'")] {
        assert_eq!(repair(&reading(&text).repairs, "Typographic quotes"), "Lines 2 to 7");
    }
}

#[test]
fn a_byte_order_mark_is_removed() {
    let repairs = reading(&format!("\u{FEFF}{}", pretty(&secret_key()))).repairs;
    assert_eq!(repairs.len(), 1);
    repair(&repairs, "Byte order mark removed");
}

#[test]
fn a_key_copied_out_of_a_string_is_read() {
    let quoted = serde_json::to_string(&pretty(&certificate_key(&samples::ec()))).unwrap();
    repair(&fits(&quoted), "Quotes around the JSON removed");
}

#[test]
fn a_certificate_with_quotes_inside_its_value_is_read() {
    let mut key = certificate_key(&samples::ec());
    let quoted = format!("\"{}\"", key["oauth"]["certificate"].as_str().unwrap());
    key["oauth"]["certificate"] = quoted.into();
    assert_eq!(repair(&fits(&pretty(&key)), "Quotes around the PEM"), "1 in the certificate");
}
