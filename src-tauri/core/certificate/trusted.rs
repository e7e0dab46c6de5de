//! Whom SAP's servers trust to sign client certificates, as far as SAP publishes it.

use jiff::Timestamp;

use super::facts::{CertificateFacts, ChainFacts};

/// Where the list of the token server stands.
pub(super) const TOKEN_SERVER_SOURCE: &str =
    "SAP BTP documentation, “Trusted Authorities for X.509 Certificates”, read in July 2026";

/// Where the list of the load balancer stands; it is not public.
pub(super) const LOAD_BALANCER_SOURCE: &str = "SAP Note 2801396, which needs an SAP login";

/// What SAP says about the chains it makes itself.
pub(super) const OWN_CHAIN_SOURCE: &str =
    "SAP Integration Suite documentation, “Creating Service Instance and Service Key”, read in July 2026";

/// An authority of the published list; SAP publishes no fingerprints.
struct Authority {
    subject: &'static str,
    not_after: &'static str,
}

/// The names as RFC 4514 writes them, which is the reverse of how SAP lists them.
const TOKEN_SERVER: [Authority; 5] = [
    Authority {
        subject: "CN=DigiCert Global Root G2, OU=www.digicert.com, O=DigiCert Inc, C=US",
        not_after: "2038-01-15T12:00:00Z",
    },
    Authority {
        subject: "CN=SAP Global Root CA, O=SAP AG, L=Walldorf, C=DE",
        not_after: "2032-04-26T15:46:27Z",
    },
    Authority {
        subject: "CN=DigiCert Global Root CA, OU=www.digicert.com, O=DigiCert Inc, C=US",
        not_after: "2031-11-10T00:00:00Z",
    },
    Authority {
        subject: "CN=DigiCert SHA2 Secure Server CA, OU=www.digicert.com, O=DigiCert Inc, C=US",
        not_after: "2030-09-22T23:59:59Z",
    },
    Authority {
        subject: "CN=Entrust Root Certification Authority - G2, OU=www.entrust.net/legal-terms, \
                  O=Entrust\\, Inc., C=US",
        not_after: "2030-12-07T17:55:54Z",
    },
];

/// The authority of the token server's list a chain leads to, by its subject.
pub(super) fn by_token_server(chain: &ChainFacts) -> Option<&'static str> {
    let in_chain = chain.certificates.iter().skip(1).find_map(listed);
    in_chain.or_else(|| chain.certificates.last().and_then(listed_issuer))
}

/// The issuer that is SAP's own, as in every key SAP makes (sap-domain 2).
pub(super) fn of_sap(chain: &ChainFacts) -> Option<&str> {
    let is_saps = |issuer: &&str| {
        ["O=SAP SE", "O=SAP AG"].iter().any(|own| issuer.split(", ").any(|part| part == *own))
    };
    chain.certificates.iter().map(|certificate| certificate.issuer.as_str()).find(is_saps)
}

/// A listed authority that is part of the chain: same name, same end; a namesake has another end.
fn listed(certificate: &CertificateFacts) -> Option<&'static str> {
    let known = TOKEN_SERVER.iter().find(|authority| authority.subject == certificate.subject)?;
    let ends = known.not_after.parse::<Timestamp>().ok()?;
    (ends == certificate.not_after).then_some(known.subject)
}

/// A listed authority that signed the last certificate and is not sent along; the server has it.
fn listed_issuer(last: &CertificateFacts) -> Option<&'static str> {
    if last.self_signed {
        return None;
    }
    TOKEN_SERVER.iter().map(|authority| authority.subject).find(|subject| *subject == last.issuer)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn certificate(subject: &str, issuer: &str, not_after: &str) -> CertificateFacts {
        let der = crate::certificate::samples::chain(&crate::certificate::samples::ec());
        CertificateFacts {
            subject: subject.to_owned(),
            issuer: issuer.to_owned(),
            self_signed: subject == issuer,
            not_after: not_after.parse().unwrap(),
            ..CertificateFacts::read(&der[0]).unwrap()
        }
    }

    fn chain(certificates: Vec<CertificateFacts>) -> ChainFacts {
        ChainFacts { certificates, complete: true }
    }

    const SAP: &str = "CN=SAP Global Root CA, O=SAP AG, L=Walldorf, C=DE";

    #[test]
    fn the_list_can_be_read_whole() {
        for authority in &TOKEN_SERVER {
            assert!(authority.not_after.parse::<Timestamp>().is_ok(), "{}", authority.subject);
        }
    }

    #[test]
    fn a_listed_root_is_known_by_name_and_end() {
        let leaf = certificate("CN=leaf", SAP, "2027-01-01T00:00:00Z");
        let root = certificate(SAP, SAP, "2032-04-26T15:46:27Z");
        assert_eq!(by_token_server(&chain(vec![leaf.clone(), root])), Some(SAP));
        let namesake = certificate(SAP, SAP, "2040-01-01T00:00:00Z");
        assert_eq!(by_token_server(&chain(vec![leaf, namesake])), None);
    }

    #[test]
    fn a_listed_root_that_is_not_sent_along_counts_by_its_name() {
        let leaf = certificate("CN=leaf", SAP, "2027-01-01T00:00:00Z");
        assert_eq!(by_token_server(&chain(vec![leaf])), Some(SAP));
    }

    #[test]
    fn an_issuer_of_sap_is_known_by_its_organisation_alone() {
        const ISSUER: &str =
            "CN=SAP PKI Certificate Service Client CA, OU=SAP BTP Clients, O=SAP SE, L=cf-us10, C=DE";
        let of = |issuer: &str| {
            let leaf = certificate("CN=xyz, O=SAP SE, C=DE", issuer, "2027-01-01T00:00:00Z");
            of_sap(&chain(vec![leaf])).map(str::to_owned)
        };
        assert_eq!(of(ISSUER).as_deref(), Some(ISSUER));
        assert_eq!(of("CN=O=SAP SE Client CA, O=Stranger, C=DE"), None);
    }

    #[test]
    fn a_leaf_that_only_calls_itself_like_a_listed_root_is_not_trusted() {
        let leaf = certificate(SAP, SAP, "2032-04-26T15:46:27Z");
        assert_eq!(by_token_server(&chain(vec![leaf])), None);
    }
}
