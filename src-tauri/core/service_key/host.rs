//! What the names of SAP's hosts tell (sap-domain 2.6).

use url::Url;

use super::Plan;

/// What the host of a service says about the plan: `it-<name>-rt` or `it-<name>` in its second label.
pub(super) fn plan_of_host(url: &Url) -> Option<Plan> {
    let mut labels = url.host_str()?.split('.').skip(1);
    let service = labels.next()?.strip_prefix("it-")?;
    if labels.next()? != "cfapps" {
        return None;
    }
    Some(if service.ends_with("-rt") { Plan::IntegrationFlow } else { Plan::Api })
}

/// What a client id says about the plan: `it-rt-<tenant>!b<n>` or `it!b<n>` after the bar.
pub(super) fn plan_of_client(client_id: &str) -> Option<Plan> {
    let (_, service) = client_id.rsplit_once('|')?;
    if service.starts_with("it-rt-") {
        return Some(Plan::IntegrationFlow);
    }
    service.starts_with("it!b").then_some(Plan::Api)
}

/// The token URL for mTLS: `.authentication.` becomes `.authentication.cert.`, once.
pub(super) fn for_mtls(url: &Url) -> Url {
    let mut rewritten = url.clone();
    let Some(host) = url.host_str() else { return rewritten };
    if host.contains(".authentication.") && !host.contains(".authentication.cert.") {
        let host = host.replacen(".authentication.", ".authentication.cert.", 1);
        // The new name has the same alphabet as the old one, so it is a host name again.
        let _ = rewritten.set_host(Some(&host));
    }
    rewritten
}

/// The first label of a host, which is the tenant or its subdomain.
pub(super) fn first_label(url: &Url) -> Option<&str> {
    let host = url.domain()?;
    host.split('.').next().filter(|label| !label.is_empty())
}

/// What host and client id say about the plan, each by itself.
pub fn stated_plans(host_url: Option<&str>, client_id: &str) -> (Option<Plan>, Option<Plan>) {
    let host = host_url.and_then(|text| Url::parse(text).ok());
    (host.as_ref().and_then(plan_of_host), plan_of_client(client_id))
}
