//! What shows it, and the text for the basis team.

use std::fmt::Write as _;

use jiff::Timestamp;

use super::message::MessageMoment;
use super::model::{Evidence, EvidenceKind};
use super::signs::{Credential, Signs};
use crate::http::CsrfMode;

/// Header fields that explain a failure.
const TELLING: [&str; 8] = [
    "x-csrf-token",
    "x-cf-routererror",
    "www-authenticate",
    "retry-after",
    "allow",
    "location",
    "sap_messageprocessinglogid",
    "x-vcap-request-id",
];
const LONGEST: usize = 200;

pub(super) fn found(signs: &Signs, message: Option<&MessageMoment>) -> Vec<Evidence> {
    let mut evidence = Vec::new();
    let mut note = |kind, text: String| evidence.push(Evidence { kind, text: short(&text) });
    if let Some((_, failure)) = &signs.failed {
        note(EvidenceKind::Request, failure.clone());
    }
    if signs.status > 0 {
        note(EvidenceKind::Status, status(signs));
    }
    for name in TELLING {
        if let Some(value) = signs.header(name) {
            note(EvidenceKind::Header, format!("{name}: {value}"));
        }
    }
    if signs.status == 403 && !signs.is_token_call() && !signs.wants_csrf() {
        note(
            EvidenceKind::Header,
            "No X-CSRF-Token: required in the answer, so it is not about CSRF".to_owned(),
        );
    }
    if signs.wants_csrf() && signs.csrf == CsrfMode::Never {
        note(EvidenceKind::Request, "CSRF is set to never in this request".to_owned());
    }
    if let Some(message) = message {
        note(EvidenceKind::Body, of_message(message));
    } else if let Some(words) = words(signs) {
        note(EvidenceKind::Body, words);
    }
    if let Some(certificate) = &signs.certificate {
        let text = format!("Certificate sent: {}, valid until {}", certificate.name, certificate.not_after);
        note(EvidenceKind::Certificate, text);
    }
    let refused = matches!(signs.status, 401 | 403) && !signs.is_token_call();
    if signs.circle.credential == Credential::Bearer && refused {
        for text in token(signs) {
            note(EvidenceKind::Claim, text);
        }
    }
    evidence
}

fn status(signs: &Signs) -> String {
    let whose = if signs.is_platform { ", the platform's own page" } else { "" };
    format!("Status {}{whose}", signs.status)
}

fn token(signs: &Signs) -> Vec<String> {
    let mut texts = Vec::new();
    if let Some(end) = signs.circle.expires_at {
        texts.push(format!("The token ends at {}", end.strftime("%Y-%m-%d %H:%M:%SZ")));
    }
    texts.push(match signs.circle.roles.as_slice() {
        [] => "No roles in the token".to_owned(),
        roles => format!("Roles in the token: {}", roles.join(", ")),
    });
    texts
}

/// The line of the body that says something: the title of a page, the message of an error, else the first one.
fn words(signs: &Signs) -> Option<String> {
    if let Some((code, message)) = signs.odata_error() {
        return Some(
            message.map_or_else(|| format!("{code}, without a text"), |message| format!("{code}: {message}")),
        );
    }
    let title = signs.text.split_once("<title>").and_then(|(_, rest)| rest.split_once("</title>"));
    if let Some((title, _)) = title {
        return Some(title.trim().to_owned());
    }
    signs.text.lines().map(str::trim).find(|line| !line.is_empty()).map(str::to_owned)
}

fn of_message(message: &MessageMoment) -> String {
    match message.created_ms.and_then(|moment| Timestamp::from_millisecond(moment).ok()) {
        Some(moment) => format!("Message {}, created {}", message.id, moment.strftime("%Y-%m-%d %H:%M:%SZ")),
        None => format!("Message {}", message.id),
    }
}

/// Two or three sentences with path, client id, time and ids: no query, no header of the request, no body.
pub(super) fn text_for_basis(
    title: &str,
    explanation: &str,
    signs: &Signs,
    message: Option<&MessageMoment>,
) -> String {
    let mut text = format!("{title}: {} https://{}{}", signs.method, signs.host, signs.path);
    if signs.status > 0 {
        let _ = write!(text, " was answered with {}", signs.status);
    }
    if let Some(moment) = signs.started_at {
        let _ = write!(text, " at {}", moment.strftime("%Y-%m-%d %H:%M:%SZ"));
    }
    if let Some(client_id) = &signs.circle.client_id {
        let _ = write!(text, ", client id {client_id}");
    }
    let _ = write!(text, ". {explanation}");
    if !signs.circle.roles.is_empty() && signs.status == 403 {
        let _ = write!(text, " Roles in the token: {}.", signs.circle.roles.join(", "));
    }
    if let Some(message) = message {
        let _ = write!(text, " {}.", of_message(message));
    }
    if let Some(id) = signs.header("x-vcap-request-id") {
        let _ = write!(text, " Request id {}.", short(id));
    }
    text
}

fn short(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control()).take(LONGEST).collect()
}
