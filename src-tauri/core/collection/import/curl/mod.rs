//! A curl command as browsers, documentation and other tools write it, read as a request; nothing is run.

mod body;
mod command;
mod options;
mod script;
mod signs;
#[cfg(test)]
mod tests;
mod words;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::collection::Loss;
use crate::error::{Code, Error};
use crate::http::{Authorization, CsrfMode, Field, Request, RequestOptions};
use command::Command;
use words::Unclosed;

pub use script::{is_script, read_file};

/// Reads a curl command.
pub fn read(command: &str) -> Result<Request, Error> {
    read_with_losses(command).map(|(request, _)| request)
}

/// Reads a curl command, with what of it could not be carried over.
pub fn read_with_losses(command: &str) -> Result<(Request, Vec<Loss>), Error> {
    let words = words::first(command).map_err(unclosed)?;
    let (request, left_out) = of_words(words)?;
    let losses = left_out.into_iter().map(|what| Loss { place: "curl".to_owned(), what }).collect();
    Ok((request, losses))
}

/// The request the words of a command say, and what is left out of it.
fn of_words(words: Vec<String>) -> Result<(Request, Vec<String>), Error> {
    let mut words = words.into_iter();
    let start = words.find(|word| !is_prompt(word));
    if !start.as_deref().is_some_and(is_curl) {
        return Err(Error::new(
            Code::InvalidInput,
            "The text is no curl command: it does not begin with “curl”",
        )
        .hint("Copy the request as cURL (bash) in the browser or the tool it comes from"));
    }
    let mut command = Command::read(words);
    command.urls.retain(|url| !url.trim().is_empty());
    if command.urls.is_empty() {
        return Err(Error::new(Code::InvalidInput, "The curl command names no URL")
            .hint("Copy the whole command, with all its lines"));
    }
    let request = request(&mut command);
    Ok((request, command.left_out))
}

fn unclosed(Unclosed { place }: Unclosed) -> Error {
    let message = match place {
        Some((line, column)) => {
            format!("The curl command is not whole: the quote at line {line}, column {column} is not closed")
        }
        None => "The curl command is not whole: a quote in it is not closed".to_owned(),
    };
    Error::new(Code::InvalidInput, message)
        .hint("Close the quote, or copy the whole command with all its lines")
}

/// What a shell shows before the words, copied along.
fn is_prompt(word: &str) -> bool {
    matches!(word, "$" | ">" | "%" | "PS>")
}

fn is_curl(word: &str) -> bool {
    let name = word.rsplit(['/', '\\']).next().unwrap_or_default();
    name.eq_ignore_ascii_case("curl") || name.eq_ignore_ascii_case("curl.exe")
}

fn request(command: &mut Command) -> Request {
    let authorization = authorization(command);
    let body = body::body(command);
    let has_body = body != crate::http::Body::None;
    let implied = match (command.head, command.upload.is_some(), has_body) {
        (true, ..) => "HEAD",
        (_, true, _) => "PUT",
        (_, _, true) => "POST",
        _ => "GET",
    };
    if command.urls.len() > 1 {
        let what = match command.urls.len() - 1 {
            1 => "1 more URL is left out.".to_owned(),
            more => format!("{more} more URLs are left out."),
        };
        command.left_out.push(what);
    }
    let mut url = command.urls.first().cloned().unwrap_or_default();
    append_query(&mut url, &command.query);
    Request {
        method: command.method.clone().unwrap_or_else(|| implied.to_owned()),
        url,
        parameters: Vec::new(),
        path_parameters: Vec::new(),
        headers: std::mem::take(&mut command.headers),
        body,
        authorization,
        csrf: CsrfMode::default(),
        options: RequestOptions {
            timeout_ms: command.timeout_ms,
            follow_redirects: command.follow.then_some(true),
            http1_only: command.http1,
            any_host: false,
        },
    }
}

fn append_query(url: &mut String, query: &[String]) {
    if query.is_empty() {
        return;
    }
    let between = match url.split_once('?') {
        None => "?",
        Some((_, "")) => "",
        Some(_) => "&",
    };
    url.push_str(between);
    url.push_str(&query.join("&"));
}

/// A user, or a header field that says the same as a kind of authorization.
fn authorization(command: &mut Command) -> Authorization {
    if let Some(user) = command.user.take() {
        let (username, password) = user.split_once(':').unwrap_or((&user, ""));
        let (username, password) = (username.to_owned(), password.to_owned());
        return if command.digest {
            Authorization::Digest { username, password }
        } else {
            Authorization::Login { username, password }
        };
    }
    if let Some(token) = command.bearer.take() {
        return Authorization::Token { token };
    }
    let place = command.headers.iter().position(|field| field.name.eq_ignore_ascii_case("authorization"));
    let Some(authorization) = place.and_then(|place| command.headers.get(place)).and_then(of_header) else {
        return Authorization::None;
    };
    if let Some(place) = place {
        command.headers.remove(place);
    }
    authorization
}

fn of_header(field: &Field) -> Option<Authorization> {
    let (scheme, rest) = field.value.trim().split_once(' ')?;
    let rest = rest.trim();
    if scheme.eq_ignore_ascii_case("bearer") {
        return Some(Authorization::Token { token: rest.to_owned() });
    }
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = String::from_utf8(STANDARD.decode(rest).ok()?).ok()?;
    let (username, password) = decoded.split_once(':')?;
    Some(Authorization::Login { username: username.to_owned(), password: password.to_owned() })
}
