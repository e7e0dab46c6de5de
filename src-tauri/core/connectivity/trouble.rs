//! Why a host was not reached, in the user's words.

use super::model::NameLookup;
use super::name::{NO_ANSWER, REFUSED};
use crate::error::{Code, Error};

/// The name has no address.
pub(super) fn no_address(host: &str, lookup: Option<&NameLookup>) -> Error {
    let error = Error::new(Code::NameNotResolved, format!("The name {host} was not found"))
        .hint("Check how the host is written, and whether a VPN or a proxy is needed to reach it");
    match lookup.and_then(|lookup| lookup.failure.as_ref()) {
        Some(failure) => error.detail(failure.clone()),
        None => error,
    }
}

/// No address answers.
pub(super) fn unreachable(host: &str, failures: &[&str]) -> Error {
    if failures.contains(&REFUSED) {
        return Error::new(Code::ConnectFailed, format!("{host} refused the connection"))
            .hint("Check host and port: nothing listens there, or a firewall refuses")
            .detail(failures.join(", "));
    }
    if failures.contains(&NO_ANSWER) {
        return Error::new(Code::TimedOut, format!("{host} did not answer in time"))
            .hint("Check the network, a VPN, or the proxy in the settings; a firewall may swallow it, or the host may be down")
            .detail(failures.join(", "));
    }
    Error::new(Code::ConnectFailed, format!("{host} could not be reached"))
        .hint("Check the network, and whether a VPN or a proxy is needed")
        .detail(failures.join(", "))
}

/// The proxy itself does not answer.
pub(super) fn no_proxy(proxy: &str) -> Error {
    Error::new(Code::ConnectFailed, format!("The proxy {proxy} could not be reached")).hint(PROXY)
}

/// The proxy says nothing.
pub(super) fn silent_proxy(proxy: &str) -> Error {
    Error::new(Code::TimedOut, format!("The proxy {proxy} did not connect in time")).hint(PROXY)
}

/// The proxy cannot be talked to.
pub(super) fn broken_proxy(proxy: &str, detail: &str) -> Error {
    Error::new(Code::ConnectFailed, format!("The proxy {proxy} did not make the connection"))
        .hint(PROXY)
        .detail(detail)
}

/// The proxy says no.
pub(super) fn proxy_refusal(proxy: &str, status: u16, reason: Option<&str>) -> Error {
    let said = reason.map_or_else(|| status.to_string(), |reason| format!("{status} {reason}"));
    let (message, hint) = match status {
        407 => (
            format!("The proxy {proxy} wants a user name and a password"),
            "Use a local proxy that signs in for you, or the system's proxy with HTTPS_PROXY",
        ),
        403 => (
            format!("The proxy {proxy} does not allow this host"),
            "Ask the network team to allow host and port, or add the host to those reached directly",
        ),
        502..=504 => (
            format!("The proxy {proxy} could not reach the host"),
            "Check host and port; the proxy looks the name up and connects, not this computer",
        ),
        _ => (format!("The proxy {proxy} did not make the connection"), PROXY),
    };
    Error::new(Code::ConnectFailed, message).hint(hint).detail(format!("It answered CONNECT with {said}"))
}

const PROXY: &str = "Check the proxy in the settings, or add the host to those reached directly";

/// The user stopped it.
pub(super) fn cancelled() -> Error {
    Error::new(Code::Cancelled, "Cancelled before the test was done").hint("Test the host again")
}
