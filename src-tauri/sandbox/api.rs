//! The host of the tenant's API, as far as it goes: it checks who calls, and admits that the rest is missing.

use http::StatusCode;
use serde_json::json;

use crate::answer::{Answer, json as json_answer, not_found, unauthorized, with_header};
use crate::call::Call;
use crate::caller::{Caller, Means};
use crate::key::Plan;
use crate::tenant::Tenant;

pub(crate) fn answer(tenant: &Tenant, call: &Call) -> Answer {
    with_header(respond(tenant, call), "server", "SAP")
}

fn respond(tenant: &Tenant, call: &Call) -> Answer {
    let Some(caller) = Caller::of(tenant, call).filter(|caller| caller.means != Means::Basic) else {
        return unauthorized();
    };
    if caller.plan() != Plan::Api {
        return refusal(StatusCode::FORBIDDEN, "Forbidden", None);
    }
    match call.path() {
        "/api/v1/Edge" => json_answer(
            StatusCode::UNAUTHORIZED,
            &json!({ "error": { "code": "unauthorized", "message": "not authenticated" } }),
        ),
        path if LACKING.iter().any(|set| path.contains(set)) => {
            refusal(StatusCode::FORBIDDEN, "Forbidden", None)
        }
        "/api/v1/UndeployIntegrationDesigntimeArtifact" => refusal(
            StatusCode::INTERNAL_SERVER_ERROR,
            "Internal Server Error",
            Some("The artifact is locked by another user"),
        ),
        "/api/v1/Nothing" => refusal(StatusCode::NOT_FOUND, "Not Found", Some("Resource not found")),
        path if path == "/api/v1" || path.starts_with("/api/v1/") => {
            refusal(StatusCode::NOT_IMPLEMENTED, "Not Implemented", Some("not part of this sandbox yet"))
        }
        _ => not_found(),
    }
}

/// Entity sets for whose roles no key of the sandbox was made.
const LACKING: [&str; 5] = [
    "MessageStoreEntries",
    "DataStoreEntries",
    "IntegrationPackages",
    "/DeployIntegration",
    "AccessPolicies",
];

fn refusal(status: StatusCode, code: &str, message: Option<&str>) -> Answer {
    let body = json!({ "error": { "code": code, "message": { "lang": "en", "value": message } } });
    json_answer(status, &body)
}
