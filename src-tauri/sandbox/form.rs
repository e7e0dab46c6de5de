use percent_encoding::percent_decode_str;

/// The fields of a query or of a form body, in order.
pub(crate) fn fields(text: &str) -> Vec<(String, String)> {
    text.split('&').filter(|field| !field.is_empty()).map(field).collect()
}

pub(crate) fn decoded(text: &str) -> String {
    percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned()
}

fn field(text: &str) -> (String, String) {
    let (name, value) = text.split_once('=').unwrap_or((text, ""));
    (decoded(name), decoded(value))
}
