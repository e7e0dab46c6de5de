//! Hurl files, as Hurl 8 reads them.

mod text;

use super::flat::{self, Flat};
use super::{Export, target, without_secrets};
use crate::collection::{Assertion, Collection, Loss};
use crate::http::{ApiKeyPlacement, Authorization, Body, Field, Part, PartContent, Request};
use text::Names;

/// Writes all requests as the entries of one Hurl file, whose variables are given when it runs.
pub fn write(collection: &Collection) -> Export {
    let (collection, losses) = without_secrets(collection);
    let mut writer = Writer { names: Names::default(), losses, place: String::new() };
    let entries: String = flat::requests(&collection).iter().map(|flat| writer.entry(flat)).collect();
    for environment in &collection.environments {
        writer.place.clone_from(&environment.name);
        writer.lose("A Hurl file holds no environment; give its variables with --variables-file.");
    }
    let mut text = comment(&collection.root.name);
    if !writer.names.0.is_empty() {
        text.push_str("# Run it with a value for each of these variables:\n");
    }
    for (written, name) in &writer.names.0 {
        let ours = if written == name { String::new() } else { format!("  ({{{{{name}}}}})") };
        text.extend(["#   --variable ", written, "=…", &ours, "\n"]);
    }
    Export { text: text + &entries, losses: writer.losses }
}

struct Writer {
    names: Names,
    losses: Vec<Loss>,
    place: String,
}

impl Writer {
    fn lose(&mut self, what: &str) {
        self.losses.push(Loss { place: self.place.clone(), what: what.to_owned() });
    }

    fn entry(&mut self, flat: &Flat) -> String {
        self.place.clone_from(&flat.place);
        let method = flat.request.method.to_ascii_uppercase();
        if method.is_empty() || !method.bytes().all(|letter| letter.is_ascii_alphabetic()) {
            self.lose("Hurl knows no such method, so the request is left out.");
            return String::new();
        }
        if flat.request.url.trim().is_empty() {
            self.lose("It has no URL, so it is left out.");
            return String::new();
        }
        let mut request = flat.request.clone();
        let mut options = Vec::new();
        let login = self.authorize(&mut request, &mut options);
        self.limit(&request, &mut options);
        let rows = std::mem::take(&mut request.parameters);
        let mut text = format!("\n{}{}", comment(&flat.place), comment(&flat.item.details.docs));
        text.extend([&method, " ", &self.names.value(&target::url(&request)), "\n"]);
        text.push_str(&self.rows("", &headers(&request)));
        text.push_str(&section("[Options]", &options));
        text.push_str(&self.rows("[Query]", &rows));
        text.push_str(&section("[BasicAuth]", &login));
        text.push_str(&self.body(&request.body));
        text.push_str(&self.expected(&flat.item.details.assertions));
        if !flat.item.details.scripts.is_empty() {
            self.lose("Its scripts are left out.");
        }
        text
    }

    fn authorize(&mut self, request: &mut Request, options: &mut Vec<String>) -> Vec<String> {
        let mut bearer = |token: String| {
            request.headers.push(Field::new("Authorization", format!("Bearer {token}")));
        };
        match request.authorization.clone() {
            Authorization::None | Authorization::Inherit => {}
            Authorization::Bearer { .. } | Authorization::ClientCredentials { .. } => {
                bearer("{{accessToken}}".to_owned());
                self.lose("Its token is not asked for; give it as the variable accessToken.");
            }
            Authorization::Token { token } => bearer(token),
            Authorization::Basic { .. } => return vec!["{{clientId}}: {{clientSecret}}".to_owned()],
            Authorization::Login { username, password } if !username.is_empty() => {
                return vec![format!("{}: {}", self.names.key(&username), self.names.value(&password))];
            }
            Authorization::Login { username, password } => {
                options.push(format!("user: {}", self.names.value(&format!("{username}:{password}"))));
            }
            Authorization::Digest { username, password } => {
                options.push("digest: true".to_owned());
                options.push(format!("user: {}", self.names.value(&format!("{username}:{password}"))));
            }
            Authorization::ApiKey { name, value, placement: ApiKeyPlacement::Header } => {
                request.headers.push(Field::new(name, value));
            }
            Authorization::ApiKey { name, value, placement: ApiKeyPlacement::Query } => {
                request.parameters.push(Field::new(name, value));
            }
            Authorization::Certificate { .. } => {
                self.lose("The client certificate is left out; give it with --cert.");
            }
            Authorization::Other { name } => {
                self.lose(&format!("Its authorization of the kind “{name}” is left out."));
            }
        }
        Vec::new()
    }

    fn limit(&mut self, request: &Request, options: &mut Vec<String>) {
        let set = &request.options;
        if let Some(follow) = set.follow_redirects {
            options.push(format!("location: {follow}"));
        }
        if let Some(limit) = set.timeout_ms {
            options.push(format!("max-time: {limit}ms"));
        }
        if set.http1_only {
            options.push("http1.1: true".to_owned());
        }
        if request.csrf != crate::http::CsrfMode::Auto {
            self.lose("Its CSRF handling is left out.");
        }
    }

    /// Rows below their heading; those that are switched off are comments.
    fn rows(&mut self, heading: &str, rows: &[Field]) -> String {
        if rows.iter().any(|row| row.name.is_empty() && row.enabled) {
            self.lose("A row without a name is left out.");
        }
        let row = |row: &Field| {
            let off = if row.enabled { "" } else { "# " };
            format!("{off}{}: {}", self.names.key(&row.name), self.names.value(&row.value))
                .trim_end()
                .to_owned()
        };
        let rows: Vec<String> = rows.iter().filter(|row| !row.name.is_empty()).map(row).collect();
        section(heading, &rows)
    }

    fn body(&mut self, body: &Body) -> String {
        match body {
            Body::None => String::new(),
            Body::Json { text } => self.names.body(text, "json") + "\n",
            Body::Xml { text } => self.names.body(text, "xml") + "\n",
            Body::Text { text } | Body::Sparql { text } => self.names.body(text, "") + "\n",
            Body::Form { fields } => self.rows("[Form]", fields),
            Body::Multipart { parts } => {
                let parts: Vec<String> = parts.iter().filter_map(|part| self.part(part)).collect();
                section("[Multipart]", &parts)
            }
            Body::File { path } if path.as_os_str().is_empty() => {
                self.lose("Its body names no file and is left out.");
                String::new()
            }
            Body::File { path } => format!("file,{};\n", self.names.file(&path.to_string_lossy())),
        }
    }

    fn part(&mut self, part: &Part) -> Option<String> {
        let off = if part.enabled { "" } else { "# " };
        let kind = part.content_type.as_deref().unwrap_or_default();
        let nothing = matches!(&part.content, PartContent::File { path } if path.as_os_str().is_empty());
        if part.name.is_empty() || nothing {
            self.lose("A form part without a name or file is left out.");
            return None;
        }
        let name = self.names.key(&part.name);
        let content = match &part.content {
            PartContent::File { path } => {
                let file = self.names.file(&path.to_string_lossy());
                format!("file,{file}; {}", self.names.value(kind))
            }
            PartContent::Text { text } => {
                if !kind.is_empty() {
                    self.lose("The media type of a text part is left out.");
                }
                let text = self.names.value(text);
                // Else Hurl would send a file of that name.
                text.strip_prefix("file,").map(|rest| format!(r"\u{{66}}ile,{rest}")).unwrap_or(text)
            }
        };
        Some(format!("{off}{name}: {content}").trim_end().to_owned())
    }

    fn expected(&mut self, assertions: &[Assertion]) -> String {
        let mut status = None;
        let mut asserts = Vec::new();
        for assertion in assertions.iter().filter(|assertion| assertion.enabled) {
            match of_status(assertion) {
                Some(("==", code)) if status.is_none() => status = Some(code),
                Some((operator, code)) => asserts.push(format!("status {operator} {code}")),
                None => self.lose(&format!("The assertion on {} is left out.", assertion.expression)),
            }
        }
        if status.is_none() && asserts.is_empty() {
            return String::new();
        }
        let status = status.map_or_else(|| "*".to_owned(), |code| code.to_string());
        format!("HTTP {status}\n{}", section("[Asserts]", &asserts))
    }
}

fn of_status(assertion: &Assertion) -> Option<(&'static str, u16)> {
    let operator = match assertion.operator.as_str() {
        "eq" => "==",
        "neq" => "!=",
        "gt" => ">",
        "gte" => ">=",
        "lt" => "<",
        "lte" => "<=",
        _ => return None,
    };
    let code = assertion.value.trim().parse().ok()?;
    (assertion.expression.trim() == "res.status").then_some((operator, code))
}

/// The header fields, with the media type its kind of body stands for.
fn headers(request: &Request) -> Vec<Field> {
    let mut headers = request.headers.clone();
    let kind = match &request.body {
        Body::Json { .. } => "application/json",
        Body::Xml { .. } => "application/xml",
        Body::Text { .. } => "text/plain; charset=utf-8",
        Body::Sparql { .. } => "application/sparql-query",
        Body::File { .. } => "application/octet-stream",
        Body::None | Body::Form { .. } | Body::Multipart { .. } => return headers,
    };
    if !headers.iter().any(|field| field.enabled && field.name.eq_ignore_ascii_case("content-type")) {
        headers.push(Field::new("Content-Type", kind));
    }
    headers
}

fn section(heading: &str, rows: &[String]) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let heading = if heading.is_empty() { String::new() } else { format!("{heading}\n") };
    format!("{heading}{}\n", rows.join("\n"))
}

fn comment(text: &str) -> String {
    let lines = text.split(['\n', '\r']).map(|line| format!("# {line}").trim_end().to_owned() + "\n");
    if text.trim().is_empty() { String::new() } else { lines.collect() }
}
