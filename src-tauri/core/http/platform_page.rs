//! The platform's own error pages: only they prove that a flow did not run, for a flow can answer any status itself.

/// Whether this answer is the platform's page for the status (sap-domain 4.5, 4.6).
pub(crate) fn is_platform_page(status: u16, content_type: Option<&[u8]>, body: &[u8]) -> bool {
    let title = format!("HTTP Status {status}");
    is_html(content_type) && body.windows(title.len()).any(|window| window == title.as_bytes())
}

fn is_html(content_type: Option<&[u8]>) -> bool {
    const HTML: &[u8] = b"text/html";
    content_type
        .and_then(|value| value.get(..HTML.len()))
        .is_some_and(|start| start.eq_ignore_ascii_case(HTML))
}
