//! `sluice-body://localhost/EXCHANGE/PART,PART`: the bytes of a body for a preview, and nothing a preview could do harm with.

use sluice_core::body::{BodyKind, BodyName, Preview};
use sluice_core::http::ExchangeId;
use tauri::http::{HeaderValue, Request, Response, StatusCode, header};
use tauri::{Manager as _, Runtime, UriSchemeContext, UriSchemeResponder, Url};

use crate::desk::Desk;
use crate::window;

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
    let reader = reader(&request, app.config().build.dev_url.as_ref().filter(|_| tauri::is_dev()));
    tauri::async_runtime::spawn(async move {
        let preview = match (app.state::<Desk>().workbench(), name(request.uri().path())) {
            (Ok(workbench), Some(name)) => workbench.body_preview(name).await.ok(),
            _ => None,
        };
        responder.respond(preview.map_or_else(nothing, |preview| shown(preview, reader)));
    });
}

/// The page's own origin where the page itself asks for bytes, as it does for a PDF.
fn reader(request: &Request<Vec<u8>>, development: Option<&Url>) -> Option<HeaderValue> {
    let origin = request.headers().get(header::ORIGIN)?;
    let url: Url = origin.to_str().ok()?.parse().ok()?;
    window::is_page(&url, development).then(|| origin.clone())
}

/// What a PDF says is read by the page, which draws it; everything else is only looked at in a frame.
fn shown(preview: Preview, reader: Option<HeaderValue>) -> Response<Vec<u8>> {
    let reader = reader.filter(|_| preview.kind == BodyKind::Pdf);
    let content_type = match preview.kind {
        BodyKind::Html => "text/html; charset=utf-8",
        BodyKind::Xml => "image/svg+xml",
        _ => preview.content_type,
    };
    let mut response = respond(StatusCode::OK, content_type, preview.bytes);
    if let Some(origin) = reader {
        response.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    }
    response
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
        let answer = shown(preview(BodyKind::Html), None);
        let policy = answer.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap().to_owned();
        assert!(
            policy.contains("sandbox") && policy.contains("default-src 'none'") && !policy.contains("script")
        );
        assert_eq!(answer.headers()[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
    }

    fn preview(kind: BodyKind) -> Preview {
        Preview { kind, content_type: "application/pdf", bytes: b"<script>".to_vec() }
    }

    fn asked_from(origin: &str) -> Option<HeaderValue> {
        let request = Request::builder().header(header::ORIGIN, origin).body(Vec::new()).unwrap();
        reader(&request, None)
    }

    #[test]
    fn only_the_page_reads_bytes_and_only_those_of_a_pdf() {
        let page = if cfg!(windows) { "http://tauri.localhost" } else { "tauri://localhost" };
        let allowed = |kind, origin| {
            shown(preview(kind), asked_from(origin))
                .headers()
                .get(header::ACCESS_CONTROL_ALLOW_ORIGIN)
                .cloned()
        };
        assert_eq!(allowed(BodyKind::Pdf, page).unwrap(), page);
        assert_eq!(allowed(BodyKind::Html, page), None);
        for foreign in ["null", "https://elsewhere.example", "sluice-body://localhost"] {
            assert_eq!(allowed(BodyKind::Pdf, foreign), None, "{foreign}");
        }
    }
}
