//! The one table, in the order of sap-domain 11.6: the first rule that holds names the failure.

use super::model::Place;
use super::reason::Reason;
use super::signs::{Credential, Signs};
use super::steps::Offer;
use crate::service_key::Plan;
use crate::token::Role;

/// One row.
pub(super) struct Rule {
    pub(super) name: &'static str,
    pub(super) holds: fn(&Signs) -> bool,
    pub(super) title: &'static str,
    /// What it means and what did not happen.
    pub(super) explanation: &'static str,
    /// Likeliest first.
    pub(super) causes: &'static [&'static str],
    /// The next step in a sentence, for doors without buttons.
    pub(super) hint: &'static str,
    /// Best first.
    pub(super) steps: &'static [Offer],
}

/// The first rule that holds.
pub(super) fn first(signs: &Signs) -> Option<&'static Rule> {
    RULES.iter().find(|rule| (rule.holds)(signs))
}

/// The next step of what fails for this reason, wherever it happens.
pub(crate) fn hint(reason: Reason) -> Option<&'static str> {
    let signs = Signs { reason: Some(reason), ..Signs::default() };
    first(&signs).map(|rule| rule.hint)
}

/// The names of all rules, in their order.
pub fn names() -> impl Iterator<Item = &'static str> {
    RULES.iter().map(|rule| rule.name)
}

/// What senders ask for unless their flow says otherwise (sap-domain 1.1); a guess only for a token that is known.
fn flow_role(signs: &Signs) -> Option<Role> {
    signs.circle.expires_at.map(|_| Role::SEND)
}

fn store_role(signs: &Signs) -> Role {
    let is_payload = signs.path.ends_with("/$value");
    if is_payload { Role::STORE_PAYLOADS } else { Role::STORES }
}

fn design_role(signs: &Signs) -> Role {
    if signs.only_reads() { Role::PACKAGES } else { Role::PACKAGES_EDIT }
}

pub(super) static RULES: [Rule; 101] = [
    // 1. TLS, name and connection (11.6 row 1 and 2, 5.5)
    Rule {
        name: "certificate_wanted",
        holds: |s| s.reason == Some(Reason::CertificateWanted),
        title: "The host wants a client certificate",
        explanation: "It asked for one during the TLS handshake and got none. Nothing was sent to the flow.",
        causes: &[
            "The request is sent with a token or a secret, and this host takes certificates only",
            "The token address is that of certificate keys, the key has a secret",
        ],
        hint: "Use a certificate key of this tenant.",
        steps: &[Offer::CertificateKey, Offer::Import],
    },
    Rule {
        name: "certificate_probably_wanted",
        holds: |s| s.reason == Some(Reason::CertificateProbablyWanted),
        title: "The host probably wants a client certificate",
        explanation: "It asked for one, got none and closed the connection without an answer.",
        causes: &[
            "The host takes callers with a certificate only",
            "The connection broke for another reason just then",
        ],
        hint: "Use a certificate key. If that is not it, look for the message before sending again.",
        steps: &[Offer::CertificateKey, Offer::Again],
    },
    Rule {
        name: "client_authority_unknown",
        holds: |s| s.reason == Some(Reason::ClientAuthorityUnknown),
        title: "The issuer of your certificate is not trusted there",
        explanation: "The host refused the client certificate during the TLS handshake (alert unknown_ca). The flow did not run and wrote no message.",
        causes: &[
            "The root is not on the list of the load balancer (SAP Note 2801396) or of the token server",
            "The chain is incomplete: leaf and intermediates must be sent",
            "The certificate is self-signed",
        ],
        hint: "Check that the whole chain is sent and that its root is one the tenant's load balancer trusts.",
        steps: &[Offer::Certificate, Offer::Import],
    },
    Rule {
        name: "client_certificate_expired",
        holds: |s| s.reason == Some(Reason::ClientCertificateExpired),
        title: "Your certificate has expired",
        explanation: "The host refused it during the TLS handshake. The flow did not run.",
        causes: &[
            "The service key was not renewed in time: a certificate cannot be extended, a new key is needed",
        ],
        hint: "Create a new certificate key in the cockpit and import it.",
        steps: &[Offer::Import, Offer::Certificate],
    },
    Rule {
        name: "client_certificate_early",
        holds: |s| s.reason == Some(Reason::ClientCertificateEarly),
        title: "Your certificate is not valid yet",
        explanation: "The host refused it during the TLS handshake. The flow did not run.",
        causes: &["It was issued for a later day", "A clock is wrong"],
        hint: "Wait until its validity begins, or check the clock of this computer.",
        steps: &[Offer::Certificate],
    },
    Rule {
        name: "client_certificate_revoked",
        holds: |s| s.reason == Some(Reason::ClientCertificateRevoked),
        title: "Your certificate was revoked",
        explanation: "The host refused it during the TLS handshake. The flow did not run.",
        causes: &["The issuer took it back"],
        hint: "Create a new certificate key in the cockpit and import it.",
        steps: &[Offer::Import, Offer::Certificate],
    },
    Rule {
        name: "client_certificate_unsuitable",
        holds: |s| s.reason == Some(Reason::ClientCertificateUnsuitable),
        title: "Your certificate is not for clients",
        explanation: "The host refused it during the TLS handshake. The flow did not run.",
        causes: &[
            "The extended key usage lacks clientAuth (1.3.6.1.5.5.7.3.2), which public authorities leave out since 2025",
            "Its key type is unusual",
        ],
        hint: "Check that it allows client authentication and that its key type is a usual one.",
        steps: &[Offer::Certificate, Offer::Import],
    },
    Rule {
        name: "client_certificate_refused",
        holds: |s| s.reason == Some(Reason::ClientCertificateRefused),
        title: "The host does not accept your certificate",
        explanation: "It refused the client certificate during the TLS handshake. The flow did not run.",
        causes: &[
            "The extended key usage lacks clientAuth (1.3.6.1.5.5.7.3.2)",
            "The chain is incomplete",
            "The certificate is damaged or no longer valid",
        ],
        hint: "Check that it is valid, allows client authentication and is sent with its whole chain.",
        steps: &[Offer::Certificate, Offer::Import],
    },
    Rule {
        name: "tls_refused",
        holds: |s| s.reason == Some(Reason::TlsRefused),
        title: "The host refused the TLS connection",
        explanation: "Its alert names no certificate. Nothing was sent to the flow.",
        causes: &["Scheme, host or port are wrong", "A proxy or a firewall on the way interferes"],
        hint: "Check scheme, host and port. A proxy or a firewall on the way may interfere.",
        steps: &[Offer::Edit("Check the address", Place::Url), Offer::Settings],
    },
    Rule {
        name: "server_issuer_unknown",
        holds: |s| s.reason == Some(Reason::ServerIssuerUnknown),
        title: "This computer does not trust the host's certificate",
        explanation: "Nobody this computer trusts vouches for it. Nothing was sent to the flow.",
        causes: &[
            "A company proxy intercepts TLS and shows a certificate of its own",
            "The root of the host is missing on this computer",
            "The host does not send its intermediate certificate",
        ],
        hint: "Does a company proxy intercept TLS? Add its root certificate in the settings (--cacert on the command line).",
        steps: &[Offer::Settings],
    },
    Rule {
        name: "server_name_wrong",
        holds: |s| s.reason == Some(Reason::ServerNameWrong),
        title: "The host's certificate is for another name",
        explanation: "The address may lead to another server. Nothing was sent to the flow.",
        causes: &["The host is written wrongly", "The name leads to another server"],
        hint: "Check how the host is written; the address may lead to another server.",
        steps: &[Offer::Edit("Check the address", Place::Url)],
    },
    Rule {
        name: "server_certificate_expired",
        holds: |s| s.reason == Some(Reason::ServerCertificateExpired),
        title: "The host's certificate has expired",
        explanation: "Its owner has to renew it. Nothing was sent to the flow.",
        causes: &["It was not renewed", "The clock of this computer is wrong"],
        hint: "Its owner has to renew it. Check the clock of this computer too.",
        steps: &[],
    },
    Rule {
        name: "server_certificate_early",
        holds: |s| s.reason == Some(Reason::ServerCertificateEarly),
        title: "The host's certificate is not valid yet",
        explanation: "Nothing was sent to the flow.",
        causes: &["The clock of this computer is wrong"],
        hint: "Check the clock of this computer.",
        steps: &[],
    },
    Rule {
        name: "server_is_authority",
        holds: |s| s.reason == Some(Reason::ServerIsAuthority),
        title: "The host shows the certificate of an authority",
        explanation: "An authority's certificate vouches for others and cannot be a server's own. Nothing was sent to the flow.",
        causes: &["A self-made certificate lacks basicConstraints=CA:FALSE"],
        hint: "Make a server certificate: with openssl req add -addext basicConstraints=critical,CA:FALSE.",
        steps: &[],
    },
    Rule {
        name: "server_untrusted",
        holds: |s| s.reason == Some(Reason::ServerUntrusted),
        title: "The host's certificate is not acceptable",
        explanation: "The raw text says what is wrong with it. Nothing was sent to the flow.",
        causes: &["It was made for another purpose", "It is damaged"],
        hint: "The raw text says what is wrong with it; its owner has to replace it.",
        steps: &[Offer::Settings],
    },
    Rule {
        name: "tls_incompatible",
        holds: |s| s.reason == Some(Reason::TlsIncompatible),
        title: "No TLS version in common",
        explanation: "Nothing was sent to the flow.",
        causes: &["The host offers neither TLS 1.2 nor 1.3"],
        hint: "The server must offer TLS 1.2 or 1.3.",
        steps: &[Offer::Edit("Check the address", Place::Url)],
    },
    Rule {
        name: "not_tls",
        holds: |s| s.reason == Some(Reason::NotTls),
        title: "The host does not speak TLS on this port",
        explanation: "Nothing was sent to the flow.",
        causes: &["The port is that of plain HTTP", "A proxy answers in its place"],
        hint: "Check the port, or write http:// if the host is meant to be called without TLS.",
        steps: &[Offer::Edit("Check scheme and port", Place::Url)],
    },
    Rule {
        name: "tls_failed",
        holds: |s| s.reason == Some(Reason::TlsFailed),
        title: "TLS failed",
        explanation: "The raw text says how. Nothing was sent to the flow.",
        causes: &["A proxy or a firewall on the way interferes"],
        hint: "Check scheme, host and port. A proxy or a firewall on the way may interfere.",
        steps: &[Offer::Settings],
    },
    Rule {
        name: "name_not_resolved",
        holds: |s| s.reason == Some(Reason::NameNotResolved),
        title: "The host name does not exist",
        explanation: "It has no address. Nothing was sent to the flow.",
        causes: &[
            "The host is written wrongly: compare subdomain and region with the service key",
            "A VPN or a proxy is needed",
        ],
        hint: "Check how the host is written, and whether a VPN or a proxy is needed to reach it.",
        steps: &[Offer::Edit("Check the address", Place::Url), Offer::Settings],
    },
    Rule {
        name: "connection_refused",
        holds: |s| s.reason == Some(Reason::ConnectionRefused),
        title: "Nothing listens at this host and port",
        explanation: "Nothing was sent to the flow.",
        causes: &["The port is wrong", "A firewall refuses", "The server is down"],
        hint: "Check host and port: nothing listens there, or a firewall refuses.",
        steps: &[Offer::Edit("Check the address", Place::Url), Offer::Again],
    },
    Rule {
        name: "unreachable",
        holds: |s| s.reason == Some(Reason::Unreachable),
        title: "The host cannot be reached",
        explanation: "Nothing was sent to the flow.",
        causes: &["The network or the VPN is down", "A proxy is needed"],
        hint: "Check the network, and whether a VPN or a proxy is needed.",
        steps: &[Offer::Settings, Offer::Again],
    },
    Rule {
        name: "connect_timed_out",
        holds: |s| s.reason == Some(Reason::ConnectTimedOut),
        title: "The host does not answer to a connection",
        explanation: "Nothing was sent to the flow.",
        causes: &["A firewall drops the connection", "The VPN is down, or a proxy is needed"],
        hint: "Check the network, a VPN, or the proxy in the settings; the host may be down.",
        steps: &[Offer::Settings, Offer::Again],
    },
    Rule {
        name: "proxy_login",
        holds: |s| s.reason == Some(Reason::ProxyLogin),
        title: "The proxy wants a user name and a password",
        explanation: "Nothing was sent to the flow.",
        causes: &["The proxy in the settings has no sign-in"],
        hint: "Use a local proxy that signs in for you, or the system's proxy with HTTPS_PROXY.",
        steps: &[Offer::Settings],
    },
    Rule {
        name: "proxy_failed",
        holds: |s| s.reason == Some(Reason::ProxyFailed),
        title: "The proxy made no connection",
        explanation: "Nothing was sent to the flow.",
        causes: &["The proxy's address is wrong", "The proxy does not let this host through"],
        hint: "Check the proxy in the settings, or add the host to those reached directly.",
        steps: &[Offer::Settings],
    },
    Rule {
        name: "token_server_silent",
        holds: |s| {
            s.is_token_call()
                && matches!(
                    s.reason,
                    Some(
                        Reason::AnswerTimedOut
                            | Reason::NoAnswer
                            | Reason::HeadTooLarge
                            | Reason::CutOff
                            | Reason::Damaged
                            | Reason::TooLarge
                    )
                )
        },
        title: "The token server gave no whole answer",
        explanation: "There is no token, so nothing was sent to the flow.",
        causes: &["It is overloaded or restarts", "A proxy or a firewall on the way breaks the connection"],
        hint: "Try again in a minute; nothing was sent to the flow.",
        steps: &[Offer::Again, Offer::Settings],
    },
    Rule {
        name: "answer_timed_out",
        holds: |s| s.reason == Some(Reason::AnswerTimedOut),
        title: "No whole answer in time",
        explanation: "The flow may still run and finish on the tenant: look for its message before sending again.",
        causes: &["The flow or its receiver takes longer than the time allowed", "The connection stalled"],
        hint: "The flow may still finish: look for its message before sending again, or allow the request more time.",
        steps: &[Offer::Edit("Allow more time", Place::Options), Offer::Again],
    },
    Rule {
        name: "no_answer",
        holds: |s| s.reason == Some(Reason::NoAnswer),
        title: "The connection was closed without an answer",
        explanation: "The flow may have run: look for its message before sending again.",
        causes: &[
            "A node of the tenant restarted",
            "Something on the way has a shorter idle time-out than the flow needs",
        ],
        hint: "The flow may still finish: look for its message before sending again.",
        steps: &[Offer::Again],
    },
    Rule {
        name: "not_http",
        holds: |s| s.reason == Some(Reason::NotHttp),
        title: "What answered does not speak HTTP",
        explanation: "Nothing was sent to the flow.",
        causes: &[
            "The port belongs to something else",
            "https:// is needed instead of http://, or the other way round",
        ],
        hint: "Check scheme and port: an http:// address may need https://, or the other way round.",
        steps: &[Offer::Edit("Check scheme and port", Place::Url)],
    },
    Rule {
        name: "answer_head_too_large",
        holds: |s| s.reason == Some(Reason::HeadTooLarge),
        title: "The head of the answer is too large",
        explanation: "It cannot be read. The flow may have run: look for its message before sending again.",
        causes: &[
            "More than 100 header fields or very long ones: the flow hands on headers of its receivers",
        ],
        hint: "The flow should return fewer header fields.",
        steps: &[],
    },
    Rule {
        name: "answer_cut_off",
        holds: |s| s.reason == Some(Reason::CutOff),
        title: "The answer was cut off",
        explanation: "What arrived is shown. The flow may have finished: look for its message before sending again.",
        causes: &["The connection broke", "A node of the tenant restarted"],
        hint: "What arrived is shown. The flow may have finished: look for its message before sending again.",
        steps: &[Offer::Again],
    },
    Rule {
        name: "answer_damaged",
        holds: |s| s.reason == Some(Reason::Damaged),
        title: "The answer's compression is damaged",
        explanation: "What could be read is shown. The flow has run.",
        causes: &["The flow sets Content-Encoding by itself for a body that is not compressed"],
        hint: "What could be read is shown. Send the header Accept-Encoding: identity to get it uncompressed.",
        steps: &[Offer::Edit("Ask for an uncompressed answer", Place::Headers)],
    },
    Rule {
        name: "answer_too_large",
        holds: |s| s.reason == Some(Reason::TooLarge),
        title: "The answer is larger than allowed",
        explanation: "Its beginning was kept. The flow has run.",
        causes: &["The limit for bodies in the settings is lower than this answer"],
        hint: "Raise the limit for bodies in the settings.",
        steps: &[Offer::Settings],
    },
    // 2. The token server (3.5)
    Rule {
        name: "token_bad_credentials",
        holds: |s| s.reason == Some(Reason::BadCredentials),
        title: "The token server does not know these credentials",
        explanation: "There is no token, so nothing was sent to the flow.",
        causes: &[
            "The service key was deleted or renewed in the cockpit",
            "The secret was damaged on the way: `$`, `+` and `|` suffer in shells",
            "Client id and token address belong to different subaccounts",
        ],
        hint: "Was the key deleted or renewed in the cockpit? Paste the current service key.",
        steps: &[Offer::Import],
    },
    Rule {
        name: "token_no_credentials",
        holds: |s| s.reason == Some(Reason::NoCredentials),
        title: "The token server saw no credentials",
        explanation: "There is no token, so nothing was sent to the flow.",
        causes: &["Client id and secret are empty or were removed on the way"],
        hint: "Check that the key holds a client id and a secret, or paste the current service key.",
        steps: &[Offer::Edit("Check the authorization", Place::Authorization), Offer::Import],
    },
    Rule {
        name: "token_grant_not_allowed",
        holds: |s| s.reason == Some(Reason::GrantNotAllowed),
        title: "This client may not use client credentials",
        explanation: "There is no token, so nothing was sent to the flow.",
        causes: &["The service instance lacks the grant type client_credentials"],
        hint: "Add the grant type client_credentials to the service instance.",
        steps: &[Offer::Import],
    },
    Rule {
        name: "token_grant_unsupported",
        holds: |s| s.reason == Some(Reason::GrantUnsupported),
        title: "The token server does not know this grant type",
        explanation: "There is no token, so nothing was sent to the flow.",
        causes: &["The grant type of the request is wrong"],
        hint: "Ask with the grant type client_credentials, and add it to the service instance if it is missing there.",
        steps: &[Offer::Edit("Check the authorization", Place::Authorization)],
    },
    Rule {
        name: "token_scope_invalid",
        holds: |s| s.reason == Some(Reason::ScopeInvalid),
        title: "The key does not have the scope asked for",
        explanation: "There is no token, so nothing was sent to the flow.",
        causes: &[
            "The role is missing in the parameters of the service instance",
            "The scope is written wrongly",
        ],
        hint: "Check the roles of the service instance and how the scope is written.",
        steps: &[Offer::Edit("Check the scope", Place::Authorization)],
    },
    Rule {
        name: "token_request_invalid",
        holds: |s| s.reason == Some(Reason::TokenRequestInvalid),
        title: "The token server could not read the request",
        explanation: "There is no token, so nothing was sent to the flow.",
        causes: &["The token address is that of something else", "A proxy changed the request"],
        hint: "Check the token address: it should end in /oauth/token.",
        steps: &[Offer::TokenAddress],
    },
    Rule {
        name: "token_access_denied",
        holds: |s| s.reason == Some(Reason::TokenAccessDenied),
        title: "The token server denies access",
        explanation: "There is no token, so nothing was sent to the flow.",
        causes: &["A policy of the subaccount; UAA says no more"],
        hint: "Ask the administrator of the subaccount, or paste the current service key.",
        steps: &[Offer::Import],
    },
    Rule {
        name: "token_method_refused",
        holds: |s| s.reason == Some(Reason::TokenMethodRefused),
        title: "The token address does not take POST",
        explanation: "There is no token, so nothing was sent to the flow.",
        causes: &["The address does not end in /oauth/token"],
        hint: "Check the token address: it should end in /oauth/token.",
        steps: &[Offer::TokenAddress],
    },
    Rule {
        name: "token_refused",
        holds: |s| s.reason == Some(Reason::TokenRefused),
        title: "The token server refused the key",
        explanation: "There is no token, so nothing was sent to the flow.",
        causes: &["The words of the token server say why"],
        hint: "Look the token server's words up, or paste the current service key.",
        steps: &[Offer::Import],
    },
    Rule {
        name: "token_no_such_zone",
        holds: |s| s.reason == Some(Reason::NoSuchZone),
        title: "The token address belongs to no subaccount",
        explanation: "There is no token, so nothing was sent to the flow.",
        causes: &["The subdomain is wrong", "The region in the host is wrong"],
        hint: "Compare subdomain and region of the token address with the subaccount in the cockpit.",
        steps: &[Offer::TokenAddress, Offer::Import],
    },
    Rule {
        name: "token_route_unknown",
        holds: |s| s.reason == Some(Reason::TokenRouteUnknown),
        title: "No application answers at the token host",
        explanation: "There is no token, so nothing was sent to the flow.",
        causes: &["The host name is wrong, most likely its region"],
        hint: "Compare subdomain and region of the token address with the subaccount in the cockpit.",
        steps: &[Offer::TokenAddress, Offer::Import],
    },
    Rule {
        name: "token_path_unknown",
        holds: |s| s.reason == Some(Reason::TokenPathUnknown),
        title: "The token path is wrong",
        explanation: "There is no token, so nothing was sent to the flow.",
        causes: &["The path is /oauth/token"],
        hint: "Check the token address: its path is /oauth/token.",
        steps: &[Offer::TokenAddress],
    },
    Rule {
        name: "token_limited",
        holds: |s| s.reason == Some(Reason::TokenLimited),
        title: "The token server is asked too often",
        explanation: "There is no token, so nothing was sent to the flow.",
        causes: &["Other clients of this subaccount ask too, far more than 60 times a second"],
        hint: "Wait, then send again; other clients of this subaccount count too.",
        steps: &[Offer::Again],
    },
    Rule {
        name: "token_page",
        holds: |s| s.reason == Some(Reason::TokenPage),
        title: "A web page came instead of a token",
        explanation: "There is no token, so nothing was sent to the flow.",
        causes: &[
            "The token address is that of a login page",
            "A company proxy answers in place of the token server",
        ],
        hint: "Check the token address; a company proxy or a login page may stand in between.",
        steps: &[Offer::TokenAddress, Offer::Settings],
    },
    Rule {
        name: "token_garbage",
        holds: |s| s.reason == Some(Reason::TokenGarbage),
        title: "What came is no token",
        explanation: "There is no token, so nothing was sent to the flow.",
        causes: &["The token address is that of something else"],
        hint: "Check the token address; something else may answer in its place.",
        steps: &[Offer::TokenAddress],
    },
    Rule {
        name: "token_server_down",
        holds: |s| s.reason == Some(Reason::TokenServerDown),
        title: "The token server is down",
        explanation: "There is no token, so nothing was sent to the flow.",
        causes: &["It is restarting behind its router"],
        hint: "Try again in a minute; nothing was sent to the flow.",
        steps: &[Offer::Again],
    },
    // 3. No route (4.6)
    Rule {
        name: "route_unknown",
        holds: |s| {
            s.status == 404
                && (s.header("x-cf-routererror") == Some("unknown_route") || s.says("Requested route ("))
        },
        title: "No tenant answers at this host",
        explanation: "The router knows no application of this name, so nothing ran.",
        causes: &["Region or tenant in the host are wrong", "The tenant was moved or deleted"],
        hint: "Compare region and tenant in the host with the service key.",
        steps: &[Offer::Edit("Check the address", Place::Url)],
    },
    // 4. 401 (4.6, 5.5)
    Rule {
        name: "redirect_without_credentials",
        holds: |s| s.status == 401 && s.is_platform && s.lost_credentials,
        title: "The redirect led to a host that got no credentials",
        explanation: "Credentials stay with the host they were meant for. The flow did not run.",
        causes: &["The first answer pointed to another host"],
        hint: "Call that address itself if it is one of your tenant.",
        steps: &[Offer::Edit("Call that address itself", Place::Url)],
    },
    Rule {
        name: "own_authorization_refused",
        holds: |s| s.status == 401 && s.is_platform && s.own_authorization,
        title: "The tenant does not accept your Authorization header",
        explanation: "The header of the request stands in place of the key. The flow did not run.",
        causes: &["The header holds an old token or a wrong password"],
        hint: "Remove the header to send with the key.",
        steps: &[Offer::Edit("Remove the header", Place::Headers)],
    },
    Rule {
        name: "credentials_missing",
        holds: |s| s.status == 401 && s.is_platform && s.circle.credential == Credential::None,
        title: "The tenant wants to know who is calling",
        explanation: "The request went out without authorization. The flow did not run.",
        causes: &["Authorization is set to none"],
        hint: "Send with a token, the key or its certificate.",
        steps: &[Offer::Edit("Choose an authorization", Place::Authorization)],
    },
    Rule {
        name: "api_key_at_flow",
        holds: |s| {
            s.reason == Some(Reason::ApiKeyAtFlow)
                || s.status == 401 && s.is_platform && !s.is_api() && s.circle.plan == Some(Plan::Api)
        },
        title: "This key is for the API, not for flows",
        explanation: "A key of plan api cannot call flows. The flow did not run.",
        causes: &["The tenant has two keys, and this is the other one"],
        hint: "Use the integration-flow key of this tenant; the api key is for the OData API.",
        steps: &[Offer::FlowKey, Offer::Import],
    },
    Rule {
        name: "flow_key_at_api",
        holds: |s| {
            let is_refused = matches!(s.status, 401 | 403) || s.status == 404 && s.is_platform;
            is_refused && s.is_api() && s.circle.plan == Some(Plan::IntegrationFlow)
        },
        title: "This key is for flows, not for the API",
        explanation: "A key of plan integration-flow cannot call the OData API, which has a host of its own.",
        causes: &["The tenant has two keys, and this is the other one"],
        hint: "Use the api key of this tenant; the integration-flow key is for flows.",
        steps: &[Offer::ApiKey, Offer::Import],
    },
    Rule {
        name: "certificate_not_known",
        holds: |s| s.status == 401 && s.is_platform && s.circle.credential == Credential::Certificate,
        title: "The tenant does not know this certificate",
        explanation: "TLS accepted it, but no key contains it, or the load balancer did not pass it on. The flow did not run.",
        causes: &[
            "The service key was deleted in the cockpit",
            "The chain is incomplete or its root is not supported by the load balancer (SAP Note 2801396)",
        ],
        hint: "Is the service key still there, the chain complete and its root accepted by SAP? A token may work.",
        steps: &[Offer::Certificate, Offer::Import],
    },
    Rule {
        name: "basic_refused",
        holds: |s| s.status == 401 && s.is_platform && s.circle.credential == Credential::Basic,
        title: "The tenant does not accept client id and secret",
        explanation: "The flow did not run.",
        causes: &["The service key was deleted or renewed in the cockpit", "It is a key of another tenant"],
        hint: "Was the key deleted in the cockpit? Is it a key of this tenant?",
        steps: &[Offer::Import],
    },
    Rule {
        name: "token_not_accepted",
        holds: |s| s.status == 401 && s.is_platform && s.circle.credential == Credential::Bearer,
        title: "The tenant does not accept the token",
        explanation: "A fresh token was refused as well. The flow did not run.",
        causes: &[
            "The address is not that of the tenant the key belongs to",
            "The service key was deleted in the cockpit",
        ],
        hint: "Is the address that of the tenant the key belongs to? Was the key deleted in the cockpit?",
        steps: &[Offer::Refresh, Offer::Import],
    },
    Rule {
        name: "sign_in_refused",
        holds: |s| s.status == 401 && s.is_platform,
        title: "The tenant does not accept this sign-in",
        explanation: "The flow did not run.",
        causes: &["User, password or token under Auth are wrong"],
        hint: "Check user, password, token or key under Auth.",
        steps: &[Offer::Edit("Check the authorization", Place::Authorization)],
    },
    Rule {
        name: "local_missing",
        holds: |s| {
            s.status == 401
                && !s.path.starts_with("/local/")
                && s.path.starts_with("/api/")
                && s.odata_error().is_some_and(|(code, _)| code == "unauthorized")
        },
        title: "The path seems to lack /local",
        explanation: "The local API of an Edge Integration Cell answers 401 to that, also with good credentials.",
        causes: &[
            "The path has to begin with /local/api/v1",
            "The key is not known there yet; keys from before 2024-05-17 must be made again (SAP Note 3472645)",
        ],
        hint: "Write /local before the path.",
        steps: &[Offer::LocalPrefix, Offer::Import],
    },
    Rule {
        name: "flow_unauthorized",
        holds: |s| s.status == 401 && s.is_flow(),
        title: "The flow answered 401 itself",
        explanation: "This is not the platform's page: the flow, or what it calls, refuses. The token is not the reason.",
        causes: &[
            "The flow checks something of its own, such as a signature",
            "A receiver refused and the flow hands that on",
        ],
        hint: "Look at body and headers of the answer: they come from the flow or its receiver.",
        steps: &[Offer::Edit("Look at body and headers", Place::Answer)],
    },
    // 5. 403 (4.5, 4.6, 7)
    Rule {
        name: "csrf_token_wrong",
        holds: |s| s.status == 403 && s.wants_csrf() && s.had_csrf,
        title: "The CSRF token was not accepted",
        explanation: "A token was sent along and the sender asked for one again. The flow did not run.",
        causes: &[
            "The session of the token has ended",
            "The cookies that belong to the token were not sent",
            "The flow lies behind something that removes cookies",
        ],
        hint: "Send once more with a new CSRF token (CSRF auto).",
        steps: &[Offer::FetchCsrf],
    },
    Rule {
        name: "csrf_required",
        holds: |s| s.status == 403 && s.wants_csrf(),
        title: "The flow wants a CSRF token",
        explanation: "Its HTTPS sender has CSRF Protected switched on, which is the default. The flow did not run, so sending again is safe.",
        causes: &["CSRF is set to never for this request"],
        hint: "Set CSRF to auto: Sluice then fetches a token and sends once more.",
        steps: &[Offer::FetchCsrf],
    },
    Rule {
        name: "certificate_not_allowed",
        holds: |s| s.status == 403 && s.is_platform && s.circle.credential == Credential::Certificate,
        title: "The sender does not seem to allow this certificate",
        explanation: "It is known to the tenant, but the sender asks for a role its key lacks, or lists other certificates. The flow did not run.",
        causes: &[
            "The sender's authorization lists other subject and issuer names",
            "The service instance lacks the sender's user role",
        ],
        hint: "Compare subject and issuer of the certificate, and the key's roles, with the sender's authorization.",
        steps: &[Offer::Certificate, Offer::KeyWith(|_| None)],
    },
    Rule {
        name: "role_missing",
        holds: |s| {
            s.status == 403
                && s.is_platform
                && matches!(s.circle.credential, Credential::Bearer | Credential::Basic)
        },
        title: "This key seems to lack a role",
        explanation: "The key is valid, but the sender asks for something it does not carry, most likely a role. The flow did not run.",
        causes: &[
            "The sender's user role is not among the roles of the service instance",
            "The role was added less than an hour ago, or the token is older than it",
            "The sender lists client certificates instead of a role",
        ],
        hint: "Compare the token's roles with the sender's user role; a new role needs up to an hour.",
        steps: &[Offer::KeyWith(flow_role), Offer::Refresh, Offer::Roles],
    },
    Rule {
        name: "own_sign_in_lacks_role",
        holds: |s| {
            s.status == 403
                && s.is_platform
                && !s.is_api()
                && (s.own_authorization || s.circle.credential == Credential::Own)
        },
        title: "This sign-in seems to lack a role",
        explanation: "It is valid, but the sender asks for something it does not carry, most likely a role. The flow did not run.",
        causes: &[
            "The sender's user role is not among the roles of this user or client",
            "The role was added less than an hour ago, or the token is older than it",
        ],
        hint: "Compare the roles of this sign-in with the sender's user role; a new role needs up to an hour.",
        steps: &[Offer::Edit("Check the authorization", Place::Authorization)],
    },
    Rule {
        name: "payload_role_missing",
        holds: |s| {
            s.status == 403
                && s.is_api()
                && ["MessageStoreEntries", "MessageProcessingLogAttachments", "TraceMessages"]
                    .iter()
                    .any(|set| s.path.contains(set))
        },
        title: "The key lacks MessagePayloadsRead",
        explanation: "Payloads, attachments and traces need this role beside MonitoringDataRead; developers usually do not have it.",
        causes: &["The role template MessagePayloadsRead is missing in the api instance"],
        hint: "Add the role MessagePayloadsRead to the service instance of plan api; it needs up to an hour.",
        steps: &[Offer::KeyWith(|_| Some(Role::PAYLOADS)), Offer::Roles],
    },
    Rule {
        name: "store_role_missing",
        holds: |s| {
            s.status == 403 && s.is_api() && ["DataStore", "Variables"].iter().any(|set| s.path.contains(set))
        },
        title: "The key lacks a role for data stores",
        explanation: "Entries need DataStoresAndQueuesRead, their payloads DataStorePayloadsRead.",
        causes: &["The role template is missing in the api instance"],
        hint: "Add the role to the service instance of plan api; it needs up to an hour.",
        steps: &[Offer::KeyWith(|signs| Some(store_role(signs))), Offer::Roles],
    },
    Rule {
        name: "deploy_role_missing",
        holds: |s| s.status == 403 && s.is_api() && s.path.contains("Deploy"),
        title: "The key lacks WorkspaceArtifactsDeploy",
        explanation: "Deploying needs this role.",
        causes: &["The role template WorkspaceArtifactsDeploy is missing in the api instance"],
        hint: "Add the role WorkspaceArtifactsDeploy to the service instance of plan api; it needs up to an hour.",
        steps: &[Offer::KeyWith(|_| Some(Role::DEPLOY)), Offer::Roles],
    },
    Rule {
        name: "design_role_missing",
        holds: |s| {
            s.status == 403
                && s.is_api()
                && ["IntegrationPackages", "DesigntimeArtifacts"].iter().any(|set| s.path.contains(set))
        },
        title: "The key lacks a role for packages",
        explanation: "Reading needs WorkspacePackagesRead, changing WorkspacePackagesEdit.",
        causes: &["The role template is missing in the api instance"],
        hint: "Add the role to the service instance of plan api; it needs up to an hour.",
        steps: &[Offer::KeyWith(|signs| Some(design_role(signs))), Offer::Roles],
    },
    Rule {
        name: "api_role_missing",
        holds: |s| s.status == 403 && s.is_api(),
        title: "This key seems to lack a role for the API",
        explanation: "Messages, endpoints and runtime artifacts need MonitoringDataRead; other tasks have roles of their own.",
        causes: &[
            "The role template is missing in the api instance",
            "The role was added less than an hour ago: fetch a new token",
        ],
        hint: "Compare the token's roles with what the task needs; a new role needs up to an hour.",
        steps: &[Offer::KeyWith(|_| Some(Role::MONITORING)), Offer::Roles, Offer::Refresh],
    },
    Rule {
        name: "refused_uncertain",
        holds: |s| s.status == 403 && s.is_html && !s.is_platform,
        title: "Refused, reason not certain",
        explanation: "Something answered 403 with a page that is not the runtime's.",
        causes: &[
            "A firewall or a proxy on the way refuses",
            "The key lacks a role",
            "The client certificate is not accepted",
        ],
        hint: "Read the page that came, and compare the token's roles with the sender's user role.",
        steps: &[Offer::Roles, Offer::Edit("Check the address", Place::Url)],
    },
    Rule {
        name: "flow_forbidden",
        holds: |s| s.status == 403 && s.is_flow(),
        title: "The flow answered 403 itself",
        explanation: "This is not the platform's page: the flow, or what it calls, refuses.",
        causes: &["The flow checks something of its own", "A receiver refused and the flow hands that on"],
        hint: "Look at body and headers of the answer: they come from the flow or its receiver.",
        steps: &[Offer::Edit("Look at body and headers", Place::Answer)],
    },
    // 6. Address, method and size (4.1, 4.2, 4.4, 4.6)
    Rule {
        name: "api_path_unknown",
        holds: |s| s.status == 404 && s.is_api(),
        title: "The API does not know this path",
        explanation: "Entity set or key are wrong, or the object is not there.",
        causes: &[
            "The name of the entity set is written wrongly",
            "The object was deleted or is not deployed",
        ],
        hint: "Check entity set and key in the path.",
        steps: &[Offer::Edit("Check the path", Place::Url)],
    },
    Rule {
        name: "soap_prefix_missing",
        holds: |s| s.status == 404 && s.is_platform && s.path.starts_with("/http/"),
        title: "Nothing listens at this address",
        explanation: "The platform knows no sender here, so no flow ran and no message was written.",
        causes: &[
            "The flow is not deployed, or not started yet",
            "The address is written differently; case may matter",
            "The sender is SOAP or IDoc, which listen below /cxf",
        ],
        hint: "Look for the path on the tenant under Monitor, Manage Integration Content; below /cxf if the sender is SOAP or IDoc.",
        steps: &[Offer::Endpoints, Offer::OtherPrefix],
    },
    Rule {
        name: "http_prefix_missing",
        holds: |s| s.status == 404 && s.is_platform && s.path.starts_with("/cxf/"),
        title: "Nothing listens below /cxf at this address",
        explanation: "The platform knows no sender here, so no flow ran and no message was written.",
        causes: &[
            "The flow is not deployed, or not started yet",
            "The sender is HTTPS, which listens below /http",
        ],
        hint: "Look for the path on the tenant under Monitor, Manage Integration Content; below /http if the sender is HTTPS.",
        steps: &[Offer::Endpoints, Offer::OtherPrefix],
    },
    Rule {
        name: "adapter_address_unknown",
        holds: |s| {
            s.status == 404
                && s.is_platform
                && ["/as2/", "/as4/", "/gw/"].iter().any(|prefix| s.path.starts_with(prefix))
        },
        title: "Nothing listens at this address of the adapter",
        explanation: "AS2, AS4 and OData senders have addresses of their own; the platform knows no sender here, so no flow ran.",
        causes: &[
            "The flow is not deployed, or not started yet",
            "The end of the address is another one: OData senders often have ;v= and a number",
        ],
        hint: "Look for the path on the tenant under Monitor, Manage Integration Content.",
        steps: &[Offer::Endpoints],
    },
    Rule {
        name: "prefix_missing",
        holds: |s| s.status == 404 && s.is_platform && s.is_tenants(),
        title: "The address lacks /http or /cxf",
        explanation: "Senders listen below these; what was called is neither.",
        causes: &[
            "The prefix was forgotten",
            "It is a path of another adapter: take it from the list of endpoints",
        ],
        hint: "Write /http or /cxf before the path, as the tenant shows it under Monitor, Manage Integration Content.",
        steps: &[Offer::OtherPrefix, Offer::Endpoints],
    },
    Rule {
        name: "flow_not_found",
        holds: |s| s.status == 404 && s.is_flow(),
        title: "The flow answered 404 itself",
        explanation: "This is not the platform's page: the flow ran and did not find what it was asked for.",
        causes: &["The object does not exist", "A receiver answered 404 and the flow hands that on"],
        hint: "Check parameters and body of the request.",
        steps: &[Offer::Edit("Check parameters and body", Place::Body)],
    },
    Rule {
        name: "soap_wants_post",
        holds: |s| s.status == 405 && s.path.starts_with("/cxf/") && s.only_reads(),
        title: "A SOAP sender takes only POST",
        explanation: "It answers 405 to GET and HEAD (SAP Note 2400906). The address is right.",
        causes: &["The method of the request is GET or HEAD"],
        hint: "Set the method to POST.",
        steps: &[Offer::Edit("Set the method to POST", Place::Url)],
    },
    Rule {
        name: "method_not_taken",
        holds: |s| s.status == 405 && s.is_flow(),
        title: "This method is not taken here",
        explanation: "HTTPS senders take every method, so it is most likely the flow that refuses it.",
        causes: &["The flow expects another method"],
        hint: "Send with the method the flow expects.",
        steps: &[Offer::Edit("Change the method", Place::Url)],
    },
    Rule {
        name: "length_missing",
        holds: |s| s.status == 411,
        title: "The length of the body is missing",
        explanation: "Something on the way wants Content-Length.",
        causes: &["A body of unknown length was streamed", "A proxy or a receiver takes no chunked bodies"],
        hint: "Send the body with a Content-Length.",
        steps: &[Offer::Edit("Send Content-Length", Place::Headers)],
    },
    Rule {
        name: "body_too_large",
        holds: |s| s.status == 413 || s.status >= 400 && s.says("exceeds configured size limit"),
        title: "The body is larger than the sender allows",
        explanation: "The limit is set in the sender adapter: Maximum Message Size, Body Size.",
        causes: &["The limit is lower than this body", "A converter made the body larger"],
        hint: "Send a smaller body, or raise the limit in the sender adapter.",
        steps: &[Offer::Edit("Send a smaller body", Place::Body)],
    },
    Rule {
        name: "too_many_requests",
        holds: |s| s.status == 429,
        title: "Too many requests",
        explanation: "Something limits the rate. What limits flows is not documented; the API has limits per second and user.",
        causes: &["Other callers of this tenant count too", "Many requests were sent at once"],
        hint: "Wait, then send again; other callers of this tenant count too.",
        steps: &[Offer::Again],
    },
    Rule {
        name: "flow_bad_request",
        holds: |s| s.status == 400 && !s.is_platform && s.is_flow(),
        title: "The flow did not like the request",
        explanation: "400 usually comes from the flow's own checks, or from a malformed multipart or SOAP body.",
        causes: &["A field or header is missing or malformed", "Content-Type does not fit the body"],
        hint: "Check body and Content-Type against what the flow expects.",
        steps: &[Offer::Edit("Check body and Content-Type", Place::Body)],
    },
    Rule {
        name: "bad_request_page",
        holds: |s| s.status == 400 && s.is_platform,
        title: "The platform could not read the request",
        explanation: "The flow did not run.",
        causes: &["The URL holds characters that must be escaped", "Header fields are too large"],
        hint: "Check the URL for characters to escape, and the size of the headers.",
        steps: &[Offer::Edit("Check URL and headers", Place::Url)],
    },
    // 7. The flow failed (4.6, 5.5)
    Rule {
        name: "message_failed",
        holds: |s| s.status >= 500 && s.message().is_some(),
        title: "The flow failed",
        explanation: "The tenant kept the error and told the id of the message only: Return Exception to Sender is off.",
        causes: &["A step or a receiver of the flow failed: the message log says which"],
        hint: "Open the message on the tenant by its id; its log says which step failed.",
        steps: &[Offer::Message],
    },
    Rule {
        name: "receiver_not_trusted",
        holds: |s| s.status >= 500 && s.says("PKIX path building failed"),
        title: "The flow does not trust its receiver",
        explanation: "The receiver's certificate is missing in the tenant's keystore. Your own certificate is not the reason.",
        causes: &["The receiver's root was not added to the keystore, or was renewed"],
        hint: "Add the receiver's root certificate to the tenant's keystore.",
        steps: &[Offer::Edit("Look at the error text", Place::Answer)],
    },
    Rule {
        name: "body_empty_for_json",
        holds: |s| s.status >= 500 && s.says("End of input at line 1 column 1"),
        title: "The flow got an empty body",
        explanation: "A JSON converter found nothing to read.",
        causes: &["The request was sent without a body", "The body was lost in a step before"],
        hint: "Add a body to the request.",
        steps: &[Offer::Edit("Add a body", Place::Body)],
    },
    Rule {
        name: "api_business_error",
        holds: |s| s.status == 500 && s.is_api() && s.is_odata_error(),
        title: "The API refused the operation",
        explanation: "The OData API answers 500 to business errors too; its message says why. Sending again changes nothing.",
        causes: &["The object is locked, missing or in another state"],
        hint: "Read the message of the API; sending again changes nothing.",
        steps: &[Offer::Edit("Look at the error text", Place::Answer)],
    },
    Rule {
        name: "flow_error_text",
        holds: |s| s.status == 500 && s.is_flow(),
        title: "The flow failed and returned its error",
        explanation: "Return Exception to Sender is on, or the flow writes its own error; the body says why.",
        causes: &["A step or a receiver of the flow failed"],
        hint: "Read the error in the body.",
        steps: &[Offer::Edit("Look at the error text", Place::Answer)],
    },
    // 8. Availability (4.6, 4.9)
    Rule {
        name: "runtime_restarting",
        holds: |s| s.status == 502 && s.says("Registered endpoint failed to handle the request"),
        title: "The runtime is restarting",
        explanation: "The router could not hand the request to the runtime, or the connection to it broke.",
        causes: &[
            "A node of the tenant restarts",
            "The flow ran so long or failed so hard that its node broke the connection",
        ],
        hint: "Look for the message on the tenant, then send again in a minute.",
        steps: &[Offer::Again],
    },
    Rule {
        name: "bad_gateway",
        holds: |s| s.status == 502 && (s.is_flow() || s.is_api()),
        title: "A gateway got no usable answer",
        explanation: "502 did not come with the words of the tenant's router, so something else on the way, or the flow, answered it.",
        causes: &["A proxy in front of the tenant", "A receiver answered 502 and the flow hands that on"],
        hint: "Look for the message on the tenant before sending again.",
        steps: &[Offer::Again],
    },
    Rule {
        name: "runtime_unavailable",
        holds: |s| s.status == 503 && s.is_platform,
        title: "The runtime is not available",
        explanation: "The flow did not run.",
        causes: &["The tenant is restarted or updated", "The tenant is overloaded"],
        hint: "Send again in a minute; the flow did not run.",
        steps: &[Offer::Again],
    },
    Rule {
        name: "receiver_unavailable",
        holds: |s| s.status == 503 && s.is_flow(),
        title: "A receiver of the flow is not available",
        explanation: "503 is not the platform's page: the flow hands on what it got.",
        causes: &["The Cloud Connector is down", "The receiver is in maintenance"],
        hint: "Check the receiver and the Cloud Connector before sending again.",
        steps: &[Offer::Again],
    },
    Rule {
        name: "gateway_timed_out",
        holds: |s| s.status == 504,
        title: "A gateway in front of the flow gave up waiting",
        explanation: "An API Management proxy waits 55 s, 54 s for on-premise backends. The flow may still finish: look for its message.",
        causes: &[
            "The flow takes longer than the proxy waits: call the runtime directly or make it asynchronous",
        ],
        hint: "Call the runtime itself, or look for the message before sending again.",
        steps: &[Offer::Edit("Call the runtime itself", Place::Url), Offer::Again],
    },
    // 9. Whatever else the flow answers (11.6 row 10)
    Rule {
        name: "platform_error",
        holds: |s| s.status >= 400 && s.is_platform,
        title: "The platform refused the request",
        explanation: "Its page names no reason Sluice knows.",
        causes: &["The description on the page says more"],
        hint: "Read the description on the page.",
        steps: &[Offer::Edit("Look at the page", Place::Answer)],
    },
    Rule {
        name: "flow_status",
        holds: |s| s.status >= 400 && s.is_flow(),
        title: "The flow answered with a status of its own",
        explanation: "A flow can set any status with CamelHttpResponseCode; its body says what it means.",
        causes: &["The flow's author decided so", "A receiver answered so and the flow hands that on"],
        hint: "Look at body and headers of the answer: they come from the flow or its receiver.",
        steps: &[Offer::Edit("Look at body and headers", Place::Answer)],
    },
    // What neither a flow nor the platform answered.
    Rule {
        name: "api_unauthorized",
        holds: |s| s.status == 401 && s.is_api(),
        title: "The API does not accept this sign-in",
        explanation: "The operation did not run.",
        causes: &["The key was deleted in the cockpit", "It is a key of another tenant"],
        hint: "Send with the api key of this tenant; was it deleted in the cockpit?",
        steps: &[Offer::ApiKey, Offer::Edit("Check the authorization", Place::Authorization), Offer::Import],
    },
    Rule {
        name: "api_status",
        holds: |s| s.status >= 400 && s.is_api(),
        title: "The API answered with an error",
        explanation: "The body says what it means.",
        causes: &[
            "The operation is not offered for this entity set",
            "A value in the path or the body is wrong",
        ],
        hint: "Read the message of the API.",
        steps: &[Offer::Edit("Look at the error text", Place::Answer)],
    },
    Rule {
        name: "server_refused",
        holds: |s| matches!(s.status, 401 | 403),
        title: "The server does not accept this sign-in",
        explanation: "The host is none of the tenant's, so what it wants is its own matter.",
        causes: &["User, password or token are wrong or missing", "They lack a permission there"],
        hint: "Check user, password, token or key under Auth.",
        steps: &[Offer::Edit("Check the authorization", Place::Authorization)],
    },
    Rule {
        name: "server_status",
        holds: |s| s.status >= 400,
        title: "The server answered with an error",
        explanation: "The host is none of the tenant's, so what its status means is its own matter.",
        causes: &["The answer says more"],
        hint: "Look at body and headers of the answer.",
        steps: &[Offer::Edit("Look at body and headers", Place::Answer)],
    },
];
