//! `sluice-body://localhost/EXCHANGE/PART,PART`: the bytes of a body for a preview, and nothing a preview could do harm with.

use sluice_core::body::{BodyKind, BodyName, Preview};
use sluice_core::http::ExchangeId;
use tauri::http::{Request, Response, StatusCode, header};
use tauri::{Manager as _, Runtime, UriSchemeContext, UriSchemeResponder};

use crate::desk::Desk;

/// The scheme's name.
pub const NAME: &str = "sluice-body";
/// No script, no frame, no form, no address but what the document brings itself.
const POLICY: &str = "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'; font-src data:; base-uri 'none'; form-action 'none'";

/// Answers with a body that can be shown, or says that there is none.
#[expect(clippy::needless_pass_by_value, reason = "Tauri hands it over so")]
pub fn answer<R: Runtime>(
    context: UriSchemeContext<'_, R>,
    request: Request<Vec<u8>>,
    responder: UriSchemeResponder,
) {
    let app = context.app_handle().clone();
    tauri::async_runtime::spawn(async move {
        let preview = match (app.state::<Desk>().workbench(), name(request.uri().path())) {
            (Ok(workbench), Some(name)) => workbench.body_preview(name).await.ok(),
            _ => None,
        };
        responder.respond(preview.map_or_else(nothing, shown));
    });
}

fn shown(preview: Preview) -> Response<Vec<u8>> {
    let content_type = match preview.kind {
        BodyKind::Html => "text/html; charset=utf-8",
        BodyKind::Xml => "image/svg+xml",
        _ => preview.content_type,
    };
    respond(StatusCode::OK, content_type, preview.bytes)
}

fn nothing() -> Response<Vec<u8>> {
    respond(StatusCode::NOT_FOUND, "text/plain", Vec::new())
}

fn respond(status: StatusCode, content_type: &str, bytes: Vec<u8>) -> Response<Vec<u8>> {
    let built = Response::builder()
        .status(status)
        .header(header::CONTENT_TYPE, content_type)
        .header(header::CONTENT_SECURITY_POLICY, POLICY)
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
        .header(header::CACHE_CONTROL, "no-store")
        .header(header::REFERRER_POLICY, "no-referrer")
        .body(bytes);
    built.unwrap_or_default()
}

/// `/EXCHANGE/0,2` names part 2 of part 0.
fn name(path: &str) -> Option<BodyName> {
    let (exchange, parts) =
        path.trim_start_matches('/').split_once('/').unwrap_or((path.trim_start_matches('/'), ""));
    let exchange: ExchangeId = exchange.parse().ok()?;
    let numbers = parts.split(',').filter(|part| !part.is_empty());
    let part = numbers.map(|number| number.parse().ok()).collect::<Option<Vec<u32>>>()?;
    Some(BodyName { exchange, part })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_names_a_body_and_its_part_or_nothing() {
        let id = ExchangeId::new_v4();
        for (path, part) in [
            (format!("/{id}/"), Some(vec![])),
            (format!("/{id}"), Some(vec![])),
            (format!("/{id}/0,2"), Some(vec![0, 2])),
            (format!("/{id}/x"), None),
            ("/../etc/passwd".to_owned(), None),
        ] {
            assert_eq!(name(&path).map(|name| name.part), part, "{path}");
        }
    }

    #[test]
    fn every_answer_forbids_scripts_and_addresses() {
        let answer =
            shown(Preview { kind: BodyKind::Html, content_type: "text/html", bytes: b"<script>".to_vec() });
        let policy = answer.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap().to_owned();
        assert!(
            policy.contains("sandbox") && policy.contains("default-src 'none'") && !policy.contains("script")
        );
        assert_eq!(answer.headers()[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
    }
}
