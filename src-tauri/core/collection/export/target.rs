//! The URL of a request as one text.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::template::{Piece, pieces};
use crate::http::{Field, Request};

const CHANGING: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'&').add(b'+').add(b'<').add(b'=').add(b'>');

/// URL, path parameters and query in one; variables stay as they are.
pub(super) fn url(request: &Request) -> String {
    let (base, _) = request.url.split_once('#').unwrap_or((&request.url, ""));
    let (path, query) = base.split_once('?').map_or((base, None), |(path, query)| (path, Some(query)));
    let mut text: String =
        path.split('/').map(|part| segment(part, &request.path_parameters)).collect::<Vec<_>>().join("/");
    let mut between = '?';
    if let Some(query) = query {
        text = format!("{text}?{query}");
        between = '&';
    }
    for field in request.parameters.iter().filter(|field| field.enabled) {
        text = format!("{text}{between}{}={}", encoded(&field.name), encoded(&field.value));
        between = '&';
    }
    text
}

fn segment(part: &str, parameters: &[Field]) -> String {
    let field = part
        .strip_prefix(':')
        .and_then(|name| parameters.iter().find(|field| field.enabled && field.name == name));
    field.map_or_else(|| part.to_owned(), |field| encoded(&field.value))
}

/// A text for a query; what stands in double braces is encoded by whoever fills it in.
pub(super) fn encoded(text: &str) -> String {
    let mut result = String::new();
    for piece in pieces(text) {
        match piece {
            Piece::Text(text) => result.extend(utf8_percent_encode(text, CHANGING)),
            Piece::Variable(name) => result.extend(["{{", name, "}}"]),
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use crate::collection::export::{curl, har};
    use crate::collection::{Collection, Item, RequestItem};
    use crate::http::{Authorization, Field};

    #[test]
    fn no_literal_secret_reaches_a_command_or_an_archive() {
        let mut request = crate::collection::import::curl::read(
            "curl 'https://h.example/a?access_token=zzsecret' -u 'me:zzsecret' -H 'X-Api-Key: zzsecret' -d 'password=zzsecret'",
        )
        .unwrap();
        request.parameters.push(Field::new("client_secret", "zzsecret"));
        let command = curl::command(&request);
        assert!(!command.contains("zzsecret"), "{command}");
        assert!(command.contains("{{password}}"), "{command}");
        for authorization in [Authorization::None, Authorization::Token { token: "zzsecret".into() }] {
            let request = crate::http::Request { authorization, ..request.clone() };
            let item = RequestItem {
                name: "R".into(),
                request,
                details: crate::collection::RequestDetails::default(),
            };
            let collection =
                Collection { items: vec![Item::Request(Box::new(item))], ..Collection::default() };
            assert!(!har::write(&collection).text.contains("zzsecret"));
            let script = curl::write(&collection).text;
            assert!(!script.contains("zzsecret") && script.contains("\"${password}\""), "{script}");
        }
    }
}
