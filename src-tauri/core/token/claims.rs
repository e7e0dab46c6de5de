use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

/// The claims of a JSON web token, decoded for display and never verified; none for opaque tokens.
pub(super) fn claims(token: &str) -> Option<Value> {
    let mut parts = token.split('.');
    let (_header, payload, _signature) = (parts.next()?, parts.next()?, parts.next()?);
    let bytes = URL_SAFE_NO_PAD.decode(payload.trim_end_matches('=')).ok()?;
    serde_json::from_slice(&bytes).ok().filter(Value::is_object)
}

/// The scopes of the answer, else those of the claims.
pub(super) fn scopes(answered: Option<&str>, claims: Option<&Value>) -> Vec<String> {
    let of_claims = || {
        let named = claims?.get("scope")?;
        let words = named.as_str().map(words);
        words
            .or_else(|| Some(named.as_array()?.iter().filter_map(Value::as_str).map(str::to_owned).collect()))
    };
    answered.map(words).filter(|scopes| !scopes.is_empty()).or_else(of_claims).unwrap_or_default()
}

/// The role a scope stands for: what follows the last `!b<n>.` (sap-domain 3.4); other scopes stand for themselves.
pub(super) fn role(scope: &str) -> &str {
    let after = |(index, _): (usize, &str)| {
        let rest = &scope[index + 2..];
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        (digits > 0).then(|| rest[digits..].strip_prefix('.')).flatten()
    };
    scope.rmatch_indices("!b").find_map(after).filter(|role| !role.is_empty()).unwrap_or(scope)
}

/// The thumbprint of the certificate the token is bound to.
pub(super) fn bound_to(claims: Option<&Value>) -> Option<String> {
    claims?.get("cnf")?.get("x5t#S256")?.as_str().map(str::to_owned)
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_is_what_follows_the_instance_number() {
        assert_eq!(role("it-rt-acme!b106.ESBMessaging.send"), "ESBMessaging.send");
        assert_eq!(role("it!b16077.NodeManager.deploycontent"), "NodeManager.deploycontent");
        assert_eq!(role("x!b1.y!b22.Custom_1"), "Custom_1");
        assert_eq!(role("uaa.resource"), "uaa.resource");
        assert_eq!(role("odd!b."), "odd!b.");
    }

    #[test]
    fn claims_of_a_published_token_are_read_and_nonsense_is_opaque() {
        let token = "eyJhbGciOiJSUzI1NiJ9.eyJzY29wZSI6WyJpdC1ydC10ZXN0IWIxLkVTQk1lc3NhZ2luZy5zZW5kIl0sImV4cCI6MTc4NzAwMDAwMH0.x";
        let read = claims(token).expect("it has claims");
        assert_eq!(scopes(None, Some(&read)), ["it-rt-test!b1.ESBMessaging.send"]);
        for opaque in ["", "abc", "a.b.c", "....", "a.W10.c"] {
            assert!(claims(opaque).is_none(), "{opaque} has no claims");
        }
    }
}
