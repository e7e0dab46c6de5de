use std::fmt::Write as _;

use x509_parser::objects::{oid_registry, oid2abbrev};
use x509_parser::prelude::FromDer as _;
use x509_parser::x509::{AttributeTypeAndValue, X509Name};

/// A name in DER as RFC 4514 writes it; none when it cannot be read.
pub fn distinguished_name(der: &[u8]) -> Option<String> {
    X509Name::from_der(der).ok().map(|(_, name)| write(&name))
}

/// A distinguished name as RFC 4514 writes it: most specific part first.
pub(super) fn write(name: &X509Name<'_>) -> String {
    let mut parts: Vec<String> =
        name.iter_rdn().map(|rdn| rdn.iter().map(attribute).collect::<Vec<_>>().join("+")).collect();
    parts.reverse();
    parts.join(", ")
}

/// The last common name, which is the most specific one.
pub(super) fn common_name(name: &X509Name<'_>) -> Option<String> {
    name.iter_common_name().last().map(value).filter(|name| !name.is_empty())
}

fn attribute(attribute: &AttributeTypeAndValue<'_>) -> String {
    let oid = attribute.attr_type();
    let label = oid2abbrev(oid, oid_registry()).map_or_else(|_| oid.to_id_string(), str::to_owned);
    let value = value(attribute);
    let mut text = format!("{label}=");
    for char in value.chars() {
        if matches!(char, ',' | '+' | '"' | '\\' | '<' | '>' | ';') {
            text.push('\\');
        }
        text.push(char);
    }
    text
}

/// The value as text; what is no text stays visible as hexadecimal, as RFC 4514 asks.
fn value(attribute: &AttributeTypeAndValue<'_>) -> String {
    let Ok(text) = attribute.as_str() else {
        return attribute.as_slice().iter().fold("#".to_owned(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02X}");
            hex
        });
    };
    // A hostile certificate must not move the cursor or hide text where names are shown.
    text.chars().map(|char| if char.is_control() { '\u{FFFD}' } else { char }).collect()
}
