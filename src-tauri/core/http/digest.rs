//! Digest access authentication (RFC 7616), quality of protection `auth`.

use http::header::WWW_AUTHENTICATE;
use http::{HeaderMap, HeaderValue, Method};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use url::{Position, Url};

use crate::error::{Code, Error};
use crate::secret::Secret;

/// What a server wants to be answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Challenge {
    realm: String,
    nonce: String,
    opaque: Option<String>,
    algorithm: Algorithm,
    /// The name as the server wrote it; none when it did not.
    named: Option<String>,
    session: bool,
    protection: Protection,
    hides_user: bool,
    /// Whether only the nonce was too old, and not the password wrong.
    pub(super) stale: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Algorithm {
    Md5,
    Sha256,
}

/// What the answer covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Protection {
    /// As RFC 2069 has it: no counting.
    None,
    /// `auth`: method and address, each answer counted.
    Auth,
}

/// Who answers, and what for.
pub(super) struct Answer<'a> {
    pub(super) username: &'a str,
    pub(super) password: &'a Secret<String>,
    pub(super) method: &'a Method,
    pub(super) url: &'a Url,
    /// How often this nonce was used, this time included.
    pub(super) count: u32,
    /// What the client adds by chance.
    pub(super) chance: &'a str,
}

impl Algorithm {
    fn hash(self, text: &str) -> String {
        match self {
            Self::Md5 => {
                let digest: [u8; 16] = <md5::Md5 as md5::Digest>::digest(text.as_bytes()).into();
                format!("{:032x}", u128::from_be_bytes(digest))
            }
            Self::Sha256 => format!("{:x}", <sha2::Sha256 as sha2::Digest>::digest(text.as_bytes())),
        }
    }
}

impl Challenge {
    /// The strongest challenge of an answer that can be met.
    pub(super) fn of(answer: &HeaderMap) -> Option<Self> {
        let fields = answer.get_all(WWW_AUTHENTICATE).iter();
        let texts = fields.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
        let all: Vec<Self> = texts.flat_map(|text| challenges(&text)).filter_map(Self::read).collect();
        let strongest = all.iter().map(|challenge| challenge.algorithm).max()?;
        all.into_iter().find(|challenge| challenge.algorithm == strongest)
    }

    fn read((scheme, parameters): (String, Vec<(String, String)>)) -> Option<Self> {
        if !scheme.eq_ignore_ascii_case("digest") {
            return None;
        }
        let get = |name: &str| {
            let found = parameters.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
            found.map(|(_, value)| value.clone())
        };
        let is_true = |name: &str| get(name).is_some_and(|value| value.eq_ignore_ascii_case("true"));
        let named = get("algorithm");
        let (algorithm, session) = match named.as_deref().unwrap_or("MD5").to_ascii_lowercase().as_str() {
            "md5" => (Algorithm::Md5, false),
            "md5-sess" => (Algorithm::Md5, true),
            "sha-256" => (Algorithm::Sha256, false),
            "sha-256-sess" => (Algorithm::Sha256, true),
            _ => return None,
        };
        let offered = get("qop");
        let protects = offered
            .as_deref()
            .is_some_and(|offered| offered.split(',').any(|one| one.trim().eq_ignore_ascii_case("auth")));
        if offered.is_some() && !protects {
            return None;
        }
        Some(Self {
            realm: get("realm")?,
            nonce: get("nonce")?,
            opaque: get("opaque"),
            algorithm,
            named,
            session,
            protection: if protects { Protection::Auth } else { Protection::None },
            hides_user: is_true("userhash"),
            stale: is_true("stale"),
        })
    }

    /// The `Authorization` value that answers it.
    pub(super) fn answer(&self, answer: &Answer<'_>) -> Result<HeaderValue, Error> {
        let uri = &answer.url[Position::BeforePath..Position::AfterQuery];
        let count = format!("{:08x}", answer.count);
        let response = self.response(answer, uri, &count);
        let mut parts = self.user(answer.username);
        parts.push(format!("realm=\"{}\"", quoted(&self.realm)));
        parts.push(format!("nonce=\"{}\"", quoted(&self.nonce)));
        parts.push(format!("uri=\"{uri}\""));
        parts.push(format!("response=\"{response}\""));
        parts.extend(self.named.iter().map(|named| format!("algorithm={named}")));
        if self.protection == Protection::Auth {
            parts.extend([
                format!("cnonce=\"{}\"", answer.chance),
                "qop=auth".to_owned(),
                format!("nc={count}"),
            ]);
        }
        parts.extend(self.opaque.iter().map(|opaque| format!("opaque=\"{}\"", quoted(opaque))));
        let mut value = HeaderValue::from_str(&format!("Digest {}", parts.join(", "))).map_err(|_| {
            Error::new(
                Code::InvalidInput,
                "The user name or the server's Digest challenge holds characters that cannot be sent.",
            )
            .hint("Check the user name under Auth")
        })?;
        value.set_sensitive(true);
        Ok(value)
    }

    fn response(&self, answer: &Answer<'_>, uri: &str, count: &str) -> String {
        let hash = |text: &str| self.algorithm.hash(text);
        // EXPOSE: into the digest the server compares.
        let password = answer.password.expose();
        let mut who = hash(&format!("{}:{}:{password}", answer.username, self.realm));
        if self.session {
            who = hash(&format!("{who}:{}:{}", self.nonce, answer.chance));
        }
        let what = hash(&format!("{}:{uri}", answer.method));
        if self.protection == Protection::Auth {
            return hash(&format!("{who}:{}:{count}:{}:auth:{what}", self.nonce, answer.chance));
        }
        hash(&format!("{who}:{}:{what}", self.nonce))
    }

    fn user(&self, username: &str) -> Vec<String> {
        if self.hides_user {
            let hashed = self.algorithm.hash(&format!("{username}:{}", self.realm));
            return vec![format!("username=\"{hashed}\""), "userhash=true".to_owned()];
        }
        if username.is_ascii() {
            return vec![format!("username=\"{}\"", quoted(username))];
        }
        vec![format!("username*=UTF-8''{}", utf8_percent_encode(username, NON_ALPHANUMERIC))]
    }
}

fn quoted(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}

/// The challenges of a field (RFC 9110, 11.6.1): schemes, each with its parameters.
fn challenges(text: &str) -> Vec<(String, Vec<(String, String)>)> {
    let mut found: Vec<(String, Vec<(String, String)>)> = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches([' ', '\t', ',']);
        let end = rest.find([' ', '\t', ',', '=']).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        let after = after.trim_start_matches([' ', '\t']);
        if let Some(value) = after.strip_prefix('=') {
            let (value, left) = parameter(value.trim_start_matches([' ', '\t']));
            if let Some((_, parameters)) = found.last_mut() {
                parameters.push((word.to_owned(), value));
            }
            rest = left;
        } else if word.is_empty() {
            return found;
        } else {
            found.push((word.to_owned(), Vec::new()));
            rest = after;
        }
    }
}

fn parameter(text: &str) -> (String, &str) {
    let Some(inner) = text.strip_prefix('"') else {
        let (value, rest) = text.split_at(text.find([' ', '\t', ',']).unwrap_or(text.len()));
        return (value.to_owned(), rest);
    };
    let (mut value, mut signs) = (String::new(), inner.char_indices());
    while let Some((at, sign)) = signs.next() {
        match sign {
            '"' => return (value, inner.get(at + 1..).unwrap_or_default()),
            '\\' => value.extend(signs.next().map(|(_, sign)| sign)),
            sign => value.push(sign),
        }
    }
    (value, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The challenge of RFC 7616, 3.9.1.
    fn of_the_standard(algorithm: &str) -> String {
        format!(
            "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm={algorithm}, \
             nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\""
        )
    }

    fn headers(texts: &[&str]) -> HeaderMap {
        texts.iter().map(|text| (WWW_AUTHENTICATE, HeaderValue::from_str(text).unwrap())).collect()
    }

    fn answer(challenge: &Challenge, username: &str, password: &str) -> String {
        let url = Url::parse("http://www.example.org/dir/index.html").unwrap();
        let password = Secret::from(password);
        let answer = Answer {
            username,
            password: &password,
            method: &Method::GET,
            url: &url,
            count: 1,
            chance: "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ",
        };
        challenge.answer(&answer).unwrap().to_str().unwrap().to_owned()
    }

    #[test]
    fn the_examples_of_the_standard_are_met() {
        for (algorithm, expected) in [
            ("MD5", "8ca523f5e9506fed4657c9700eebdbec"),
            ("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"),
        ] {
            let challenge = Challenge::of(&headers(&[&of_the_standard(algorithm)])).unwrap();
            let answer = answer(&challenge, "Mufasa", "Circle of Life");
            for part in [
                format!("response=\"{expected}\""),
                format!("algorithm={algorithm}"),
                "username=\"Mufasa\"".to_owned(),
                "uri=\"/dir/index.html\"".to_owned(),
                "qop=auth".to_owned(),
                "nc=00000001".to_owned(),
                "opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"".to_owned(),
            ] {
                assert!(answer.contains(&part), "{part} in {answer}");
            }
        }
    }

    #[test]
    fn a_server_of_the_first_standard_is_answered_too() {
        let text = "Digest realm=\"testrealm@host.com\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\"";
        let challenge = Challenge::of(&headers(&[text])).unwrap();
        let url = Url::parse("http://h/dir/index.html").unwrap();
        let password = Secret::from("Circle Of Life");
        let answer = Answer {
            username: "Mufasa",
            password: &password,
            method: &Method::GET,
            url: &url,
            count: 1,
            chance: "x",
        };
        let answer = challenge.answer(&answer).unwrap();
        let answer = answer.to_str().unwrap();
        assert!(answer.contains("670fd8c2df070c60b045671b8b24ff02"), "{answer}");
        assert!(!answer.contains("qop") && !answer.contains("cnonce"), "{answer}");
    }

    #[test]
    fn the_strongest_challenge_is_taken_among_others() {
        let both = format!("Basic realm=\"a, b\", {}", of_the_standard("MD5"));
        let taken =
            Challenge::of(&headers(&["Negotiate abc==", &both, &of_the_standard("SHA-256-sess")])).unwrap();
        assert!(taken.algorithm == Algorithm::Sha256 && taken.session);
        assert_eq!(taken.realm, "http-auth@example.org");
        for none in [
            "Basic realm=x",
            "Digest realm=x, nonce=y, qop=\"auth-int\"",
            "Digest realm=x, nonce=y, algorithm=SHA-512-256",
            "Digest",
            "Digest realm=\"x",
        ] {
            assert!(Challenge::of(&headers(&[none])).is_none(), "{none}");
        }
    }

    #[test]
    fn a_session_digest_and_a_hidden_user_follow_the_standard() {
        let text = format!("{}, userhash=true, stale=TRUE", of_the_standard("MD5-sess"));
        let challenge = Challenge::of(&headers(&[&text])).unwrap();
        assert!(challenge.stale);
        let hash = |text: &str| Algorithm::Md5.hash(text);
        let (nonce, chance) =
            ("7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ");
        let who = hash(&format!("{}:{nonce}:{chance}", hash("Mufasa:http-auth@example.org:pw")));
        let what = hash("GET:/dir/index.html");
        let expected = hash(&format!("{who}:{nonce}:00000001:{chance}:auth:{what}"));
        let answer = answer(&challenge, "Mufasa", "pw");
        assert!(answer.contains(&expected) && answer.contains("userhash=true"), "{answer}");
        assert!(!answer.contains("Mufasa"), "{answer}");
    }
}
