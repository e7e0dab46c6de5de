//! The one window.

use crate::body_scheme;
use tauri::{Url, WebviewUrl, WebviewWindowBuilder};

/// Where the page that came with the program is shown: scheme and host, on the scheme's own port.
const ORIGINS: &[(&str, &str)] = if cfg!(windows) {
    &[("http", "tauri.localhost"), ("https", "tauri.localhost")]
} else {
    &[("tauri", "localhost")]
};
/// Where frames show bodies, which can do nothing there (see `body_scheme`).
const BODIES: (&str, &str) =
    if cfg!(windows) { ("http", "sluice-body.localhost") } else { (body_scheme::NAME, "localhost") };

/// Opens the window; it never leaves the page that came with the program.
pub fn open(app: &tauri::App) -> tauri::Result<()> {
    let development = app.config().build.dev_url.clone().filter(|_| tauri::is_dev());
    WebviewWindowBuilder::new(app, "main", WebviewUrl::default())
        .title("Sluice")
        .inner_size(1440.0, 900.0)
        .min_inner_size(1024.0, 640.0)
        .on_navigation(move |url| is_ours(url, development.as_ref()))
        .build()?;
    Ok(())
}

/// Whether this is the program's own origin, or that of the development server when there is one.
fn is_ours(url: &Url, development: Option<&Url>) -> bool {
    is_at(url, BODIES) || is_page(url, development)
}

/// Whether this is where the page itself comes from.
pub fn is_page(url: &Url, development: Option<&Url>) -> bool {
    // The origin of two http URLs is equal when scheme, host and port are.
    ORIGINS.iter().any(|origin| is_at(url, *origin))
        || development.is_some_and(|development| url.origin() == development.origin())
}

fn is_at(url: &Url, (scheme, host): (&str, &str)) -> bool {
    url.scheme() == scheme && url.host_str() == Some(host) && url.port().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        text.parse().unwrap()
    }

    #[test]
    fn only_the_own_origin_is_ours() {
        let (scheme, host) = ORIGINS[0];
        assert!(is_ours(&url(&format!("{scheme}://{host}/index.html")), None));
        for foreign in [
            format!("{scheme}://elsewhere/"),
            format!("{scheme}://{host}.elsewhere/"),
            format!("{scheme}://{host}:8080/"),
            format!("ftp://{host}/"),
            "http://localhost:5180/".to_owned(),
            "data:text/html,x".to_owned(),
            "about:blank".to_owned(),
        ] {
            assert!(!is_ours(&url(&foreign), None), "{foreign}");
        }
    }

    #[test]
    fn the_development_server_is_ours_only_where_there_is_one() {
        let development = url("http://localhost:5180");
        assert!(is_ours(&url("http://localhost:5180/tenant"), Some(&development)));
        for foreign in ["http://localhost:5181/", "https://localhost:5180/", "http://127.0.0.1:5180/"] {
            assert!(!is_ours(&url(foreign), Some(&development)), "{foreign}");
        }
    }
}
