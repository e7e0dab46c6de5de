//! The request `sluice send` was asked for: from its options, or from the file of a collection with the options over it.

use std::io::{Read as _, Write as _};
use std::path::PathBuf;

use sluice_core::error::{Code, Error, Result};
use sluice_core::http::{Authorization, Body, CsrfMode, Field, Part, PartContent, Request};
use tempfile::TempPath;

use crate::arguments::{AuthWord, CsrfWord, SendOptions};

/// The request the options spell out; bytes from standard input are in the file `piped`.
pub fn of_options(
    options: &SendOptions,
    url: &str,
    has_tenant: bool,
    piped: &mut Option<TempPath>,
) -> Result<Request> {
    let mut start = Request::new(standard(&options.method), url);
    if has_tenant {
        start.authorization = Authorization::Bearer { key: options.key.clone() };
    }
    over(start, options, piped)
}

/// A request with what the options say over it: their header fields replace those of the same name.
pub fn over(mut request: Request, options: &SendOptions, piped: &mut Option<TempPath>) -> Result<Request> {
    for text in &options.parameters {
        request.parameters.push(pair(text, '=', "--query")?);
    }
    let headers: Vec<Field> =
        options.headers.iter().map(|text| pair(text, ':', "--header")).collect::<Result<_>>()?;
    request.headers.retain(|field| !headers.iter().any(|over| over.name.eq_ignore_ascii_case(&field.name)));
    request.headers.extend(headers);
    if let Some(body) = body(options, piped)? {
        request.body = body;
    }
    let key = options.key.clone();
    match options.auth {
        Some(AuthWord::Bearer) => request.authorization = Authorization::Bearer { key },
        Some(AuthWord::Basic) => request.authorization = Authorization::Basic { key },
        Some(AuthWord::Certificate) => request.authorization = Authorization::Certificate { key },
        Some(AuthWord::None) => request.authorization = Authorization::None,
        None => {}
    }
    match options.csrf {
        Some(CsrfWord::Auto) => request.csrf = CsrfMode::Auto,
        Some(CsrfWord::Always) => request.csrf = CsrfMode::Always,
        Some(CsrfWord::Never) => request.csrf = CsrfMode::Never,
        None => {}
    }
    let limits = &mut request.options;
    limits.timeout_ms = options.timeout.map(milliseconds).transpose()?.or(limits.timeout_ms);
    limits.follow_redirects = options.no_redirects.then_some(false).or(limits.follow_redirects);
    limits.http1_only |= options.http1_only;
    limits.any_host |= options.any_host;
    Ok(request)
}

/// Methods are case-sensitive (RFC 9110), but nobody who types `get` means another one than GET.
fn standard(method: &str) -> String {
    const METHODS: [&str; 9] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY"];
    let known = METHODS.iter().find(|known| known.eq_ignore_ascii_case(method));
    known.map_or_else(|| method.to_owned(), |known| (*known).to_owned())
}

/// The body of the options; none when they say nothing about it.
fn body(options: &SendOptions, piped: &mut Option<TempPath>) -> Result<Option<Body>> {
    if !options.form.is_empty() {
        let fields = options.form.iter().map(|text| pair(text, '=', "--form")).collect::<Result<_>>()?;
        return Ok(Some(Body::Form { fields }));
    }
    if !options.multipart.is_empty() {
        let parts = options.multipart.iter().map(|text| part(text)).collect::<Result<_>>()?;
        return Ok(Some(Body::Multipart { parts }));
    }
    let Some(data) = &options.data else { return Ok(None) };
    let body = match data.strip_prefix('@') {
        Some("-") => standard_input(piped)?,
        Some(path) => file(path)?,
        None => guess(data.clone()),
    };
    Ok(Some(body))
}

/// Text is sent as what it looks like; anything else goes through a file, byte for byte.
fn standard_input(piped: &mut Option<TempPath>) -> Result<Body> {
    let mut bytes = Vec::new();
    let read = std::io::stdin().lock().read_to_end(&mut bytes);
    read.map_err(|error| unread("Standard input cannot be read", &error))?;
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return Ok(guess(text)),
        Err(other) => other.into_bytes(),
    };
    let written = tempfile::NamedTempFile::new().and_then(|mut file| {
        file.write_all(&bytes)?;
        Ok(file.into_temp_path())
    });
    let path = written.map_err(|error| unread("Standard input cannot be kept until it is sent", &error))?;
    let body = Body::File { path: path.to_path_buf() };
    *piped = Some(path);
    Ok(body)
}

fn unread(what: &str, error: &std::io::Error) -> Error {
    Error::new(Code::InvalidInput, what).hint("Name a file with -d @FILE").detail(error.to_string())
}

/// A text file is sent as what its name says; anything else byte for byte.
fn file(path: &str) -> Result<Body> {
    let known = path.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
    if !known.is_some_and(|ending| matches!(ending.as_str(), "json" | "xml" | "txt")) {
        return Ok(Body::File { path: here(path)? });
    }
    let bytes = std::fs::read(path).map_err(|error| {
        Error::new(Code::InvalidInput, format!("{path} cannot be read")).detail(error.to_string())
    })?;
    match String::from_utf8(bytes) {
        Ok(text) => Ok(guess(text)),
        Err(_) => Ok(Body::File { path: here(path)? }),
    }
}

/// The file in the working directory: relative ones would be taken for those of the collection.
fn here(path: &str) -> Result<PathBuf> {
    std::path::absolute(path).map_err(|error| {
        Error::new(Code::InvalidInput, format!("{path} cannot be found"))
            .hint("Name a file after the @")
            .detail(error.to_string())
    })
}

/// The files a body of the options names.
pub fn files(body: &Body) -> Vec<PathBuf> {
    let of_part = |part: &Part| match &part.content {
        PartContent::File { path } => Some(path.clone()),
        PartContent::Text { .. } => None,
    };
    match body {
        Body::File { path } => vec![path.clone()],
        Body::Multipart { parts } => parts.iter().filter_map(of_part).collect(),
        _ => Vec::new(),
    }
}

/// What the text looks like decides the media type, unless a header says it.
fn guess(text: String) -> Body {
    match text.trim_start().chars().next() {
        Some('{' | '[') => Body::Json { text },
        Some('<') => Body::Xml { text },
        _ => Body::Text { text },
    }
}

fn part(text: &str) -> Result<Part> {
    let Field { name, value, .. } = pair(text, '=', "--multipart")?;
    let content = match value.strip_prefix('@') {
        Some(path) => PartContent::File { path: here(path)? },
        None => PartContent::Text { text: value },
    };
    Ok(Part { name, content, content_type: None, enabled: true })
}

pub fn pair(text: &str, separator: char, option: &str) -> Result<Field> {
    let (name, value) = text.split_once(separator).ok_or_else(|| {
        Error::new(Code::InvalidInput, format!("{option} needs a name and a value"))
            .hint(format!("Write it as {option} 'name{separator}value'"))
    })?;
    let value = if separator == ':' { value.trim() } else { value };
    if name.trim().is_empty() {
        return Err(Error::new(Code::InvalidInput, format!("{option} {text} has no name"))
            .hint(format!("Write it as {option} 'name{separator}value'")));
    }
    Ok(Field::new(name.trim(), value))
}

fn milliseconds(seconds: f64) -> Result<u32> {
    let whole = std::time::Duration::try_from_secs_f64(seconds).ok().filter(|time| !time.is_zero());
    whole.and_then(|time| u32::try_from(time.as_millis()).ok()).ok_or_else(|| {
        Error::new(Code::InvalidInput, "--timeout must be a number of seconds above 0")
            .hint("For example --timeout 30")
    })
}
