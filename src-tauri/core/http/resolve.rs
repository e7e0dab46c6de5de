//! From what the user wrote in the URL field to a whole URL.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use url::Url;

use super::network::{is_localhost, is_loopback};
use super::request::Field;
use crate::error::{Code, Error};

/// What would end or change a name or value of a query.
const IN_QUERY: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'&')
    .add(b'+')
    .add(b'<')
    .add(b'=')
    .add(b'>')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// The whole URL of a text that is a URL, a host with a path, or a path on this base; parameters are appended.
pub fn resolve(text: &str, base: Option<&str>, parameters: &[Field]) -> Result<Url, Error> {
    let text = text.trim();
    if text.is_empty() {
        return Err(invalid("The URL is empty.", "Write a whole URL, or a path such as /http/orders."));
    }
    let mut url = match form(text) {
        Form::Whole => parse(text)?,
        Form::Host => of_host(text)?,
        Form::Path => of_path(text, base)?,
        Form::OtherScheme(scheme) => {
            let message = format!("“{scheme}” is not a scheme Sluice can call.");
            return Err(invalid(message, "Write a URL that begins with https:// or http://."));
        }
    };
    append(&mut url, parameters);
    url.set_fragment(None);
    Ok(url)
}

enum Form<'a> {
    Whole,
    Host,
    Path,
    OtherScheme(&'a str),
}

fn form(text: &str) -> Form<'_> {
    if let Some((scheme, _)) = text.split_once("://").filter(|(scheme, _)| is_scheme(scheme)) {
        let known = ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
        return if known { Form::Whole } else { Form::OtherScheme(scheme) };
    }
    if text.starts_with(['/', '?']) {
        return Form::Path;
    }
    let first = text.split(['/', '?', '#']).next().unwrap_or_default();
    if first.starts_with('[') || is_localhost(first) {
        return Form::Host;
    }
    match first.rsplit_once(':') {
        Some((_, port)) if !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) => Form::Host,
        Some((scheme, _)) if is_scheme(scheme) => Form::OtherScheme(scheme),
        _ if first.contains('.') => Form::Host,
        _ => Form::Path,
    }
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|sign: char| sign.is_ascii_alphabetic())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
}

fn of_host(text: &str) -> Result<Url, Error> {
    let plain = parse(&format!("http://{text}"))?;
    if is_loopback(&plain) { Ok(plain) } else { parse(&format!("https://{text}")) }
}

fn of_path(path: &str, base: Option<&str>) -> Result<Url, Error> {
    let Some(base) = base.map(str::trim).filter(|base| !base.is_empty()) else {
        return Err(invalid(
            format!("“{}” is a path, but no tenant is chosen.", shown(path)),
            "Choose a tenant, or write the whole URL.",
        ));
    };
    let slash = if path.starts_with(['/', '?']) { "" } else { "/" };
    parse(&format!("{}{slash}{path}", base.trim_end_matches('/')))
}

fn parse(text: &str) -> Result<Url, Error> {
    Url::parse(text)
        .map_err(|error| invalid(format!("“{}” is no URL: {error}.", shown(text)), "Check host and port."))
}

/// A text that is no URL yet may hold a password or a token as well.
fn shown(text: &str) -> &str {
    let text = text.split('?').next().unwrap_or_default();
    text.rsplit_once('@').map_or(text, |(_, host)| host)
}

fn append(url: &mut Url, parameters: &[Field]) {
    let mut query = url.query().unwrap_or_default().to_owned();
    for field in parameters.iter().filter(|field| field.enabled) {
        if field.name.is_empty() && field.value.is_empty() {
            continue;
        }
        if !query.is_empty() && !query.ends_with('&') {
            query.push('&');
        }
        query.extend(utf8_percent_encode(&field.name, IN_QUERY));
        query.push('=');
        query.extend(utf8_percent_encode(&field.value, IN_QUERY));
    }
    if !query.is_empty() {
        url.set_query(Some(&query));
    }
}

fn invalid(message: impl Into<String>, hint: &str) -> Error {
    Error::new(Code::InvalidInput, format!("{} Nothing was sent.", message.into())).hint(hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: Option<&str> = Some("https://acme.it-rt.cfapps.eu10.hana.ondemand.com/");

    #[test]
    fn paths_hosts_and_whole_urls_are_told_apart() {
        let runtime = "https://acme.it-rt.cfapps.eu10.hana.ondemand.com";
        for (text, base, expected) in [
            ("/http/orders", BASE, format!("{runtime}/http/orders")),
            ("http/orders create", BASE, format!("{runtime}/http/orders%20create")),
            ("?a=1", BASE, format!("{runtime}/?a=1")),
            ("localhost:1234/x", BASE, "http://localhost:1234/x".to_owned()),
            ("tenant.localhost/x", None, "http://tenant.localhost/x".to_owned()),
            ("127.0.0.1:80", None, "http://127.0.0.1/".to_owned()),
            ("[::1]:8080/x", None, "http://[::1]:8080/x".to_owned()),
            ("example.com/x#part", BASE, "https://example.com/x".to_owned()),
            ("HTTPS://example.com", None, "https://example.com/".to_owned()),
            (" https://example.com/grüße ", None, "https://example.com/gr%C3%BC%C3%9Fe".to_owned()),
            (
                "https://example.com/x?to=http://a.b/c",
                None,
                "https://example.com/x?to=http://a.b/c".to_owned(),
            ),
        ] {
            assert_eq!(resolve(text, base, &[]).unwrap().as_str(), expected, "{text}");
        }
    }

    #[test]
    fn parameters_are_appended_encoded() {
        let field = |name: &str, value: &str, enabled| Field {
            name: name.into(),
            value: value.into(),
            enabled,
            description: None,
        };
        let fields = [
            field("q q", "a b&c=d+é", true),
            field("off", "1", false),
            field("$filter", "Name eq 'x'", true),
            field("", "", true),
        ];
        for (text, start) in
            [("https://h.de/?a=1", "a=1&"), ("https://h.de/?a=1&", "a=1&"), ("https://h.de/", "")]
        {
            let url = resolve(text, None, &fields).unwrap();
            let expected = format!("{start}q%20q=a%20b%26c%3Dd%2B%C3%A9&$filter=Name%20eq%20%27x%27");
            assert_eq!(url.query(), Some(expected.as_str()));
        }
    }

    #[test]
    fn what_cannot_be_called_is_told() {
        for (text, expected) in [
            ("", "empty"),
            ("ftp://h.de", "“ftp”"),
            ("mailto:a@b.de", "“mailto”"),
            ("/http/x", "no tenant"),
            ("https://", "no URL"),
            ("https://a b.de", "no URL"),
            ("h.de:99999", "no URL"),
        ] {
            let error = resolve(text, None, &[]).unwrap_err();
            assert_eq!(error.code, Code::InvalidInput);
            assert!(error.message.contains(expected), "{text}: {}", error.message);
        }
    }
}
