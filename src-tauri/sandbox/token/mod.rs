//! The token server: client credentials in, access token out, refusals as UAA words them.

mod claims;
mod refusal;
mod request;
mod store;

use std::time::Duration;

use http::{Method, StatusCode};
use serde_json::{Value, json};
use tokio::time::sleep;

use crate::answer::{Answer, bytes, json as json_answer, text, with_header};
use crate::call::Call;
use crate::fault::TokenFault;
use crate::tenant::Tenant;
use request::{Grant, TokenRequest};

pub(crate) use refusal::Refusal;
pub(crate) use store::Tokens;

pub(crate) async fn answer(tenant: &Tenant, call: &Call, subdomain: &str, mutual: bool) -> Answer {
    let Ok(fault) = TokenFault::of_subdomain(subdomain, &tenant.options) else {
        let body = format!("Cannot find identity zone for subdomain {subdomain}");
        return text(StatusCode::NOT_FOUND, body);
    };
    match call.path() {
        "/oauth/token" => {
            let fault = fault.or_else(|| tenant.faults.token());
            without_caching(respond(tenant, call, fault, mutual).await)
        }
        "/.well-known/openid-configuration" => json_answer(StatusCode::OK, &configuration(tenant, subdomain)),
        _ => json_answer(StatusCode::NOT_FOUND, &json!({ "error": "not_found" })),
    }
}

async fn respond(tenant: &Tenant, call: &Call, fault: Option<TokenFault>, mutual: bool) -> Answer {
    if call.parts.method != Method::POST {
        return Refusal::method_not_allowed(&call.parts.method).into_answer();
    }
    let request = TokenRequest::read(call, mutual);
    let mut lifetime = tenant.options.token_lifetime;
    let mut revoked = false;
    match fault {
        Some(TokenFault::LimitedOnce) if tenant.faults.first_time(&request.mark("limited")) => {
            return limited(1);
        }
        Some(TokenFault::LimitedOnce) | None => {}
        Some(TokenFault::Slow(delay)) => sleep(delay).await,
        Some(TokenFault::ShortLived(short)) => lifetime = Some(short),
        Some(TokenFault::FirstRevoked) => revoked = tenant.faults.first_time(&request.mark("stale")),
        Some(TokenFault::Limited(seconds)) => return limited(seconds),
        Some(TokenFault::LoginPage) => return bytes(StatusCode::OK, "text/html;charset=UTF-8", LOGIN_PAGE),
        Some(TokenFault::Refuses(word)) => return Refusal::worded(word).into_answer(),
        Some(TokenFault::NoRoute) => return crate::tenant::unknown_route(&call.host),
        Some(TokenFault::NoPath) => {
            return json_answer(StatusCode::NOT_FOUND, &json!({ "error": "not_found" }));
        }
        Some(TokenFault::BadGateway) => return text(StatusCode::BAD_GATEWAY, BAD_GATEWAY),
        Some(TokenFault::Garbage) => return bytes(StatusCode::OK, "application/json", GARBAGE),
    }
    match request.grant(tenant) {
        Ok(grant) => issue(tenant, &grant, lifetime, revoked),
        Err(refusal) => refusal.into_answer(),
    }
}

fn issue(tenant: &Tenant, grant: &Grant<'_>, lifetime: Option<Duration>, revoked: bool) -> Answer {
    let seconds = lifetime.map_or(grant.key.name.plan().lifetime_seconds(), |lifetime| lifetime.as_secs());
    let id = uuid::Uuid::new_v4().simple().to_string();
    let claims = claims::claims(tenant, grant, &id, seconds);
    let access_token = claims::encoded(&claims, &tenant.url(crate::TOKEN_HOST));
    let token = store::Token::new(grant, seconds, &tenant.faults, revoked);
    tenant.tokens.keep(access_token.clone(), token);
    let body = json!({
        "access_token": access_token,
        "token_type": "bearer",
        "expires_in": seconds,
        "scope": grant.scopes().join(" "),
        "jti": id,
    });
    bytes(StatusCode::OK, "application/json;charset=UTF-8", body.to_string())
}

fn limited(seconds: u64) -> Answer {
    let answer = text(StatusCode::TOO_MANY_REQUESTS, "Too many requests");
    with_header(answer, "retry-after", &seconds.to_string())
}

fn without_caching(answer: Answer) -> Answer {
    let answer = with_header(answer, "cache-control", "no-store");
    with_header(answer, "pragma", "no-cache")
}

fn configuration(tenant: &Tenant, subdomain: &str) -> Value {
    let base = tenant.url(&format!("{subdomain}.authentication.localhost"));
    let mutual = tenant.url(&format!("{subdomain}.authentication.cert.localhost"));
    json!({
        "issuer": format!("{base}/oauth/token"),
        "token_endpoint": format!("{base}/oauth/token"),
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post", "tls_client_auth"],
        "mtls_endpoint_aliases": { "token_endpoint": format!("{mutual}/oauth/token") },
    })
}

const LOGIN_PAGE: &str = "<!DOCTYPE html>\n<html><head><title>Sign In</title></head><body><h1>Welcome</h1>\
    <form action=\"/login.do\" method=\"post\"><input name=\"username\"/><input name=\"password\" type=\"password\"/>\
    <button>Sign in</button></form></body></html>\n";

const BAD_GATEWAY: &str = "502 Bad Gateway: Registered endpoint failed to handle the request.\n";

const GARBAGE: &str = "{\"access_token\":\"eyJhbGciOiJSUzI1NiJ9.";
