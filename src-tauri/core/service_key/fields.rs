//! Finds the fields of a key under all the names and wrappers they are seen with (sap-domain 2.4).

use super::json::{Member, Node, Value};

/// A field name without case, underscores and hyphens: `clientId`, `client_id` and `clientid` are one.
pub(super) fn normal(name: &str) -> String {
    name.chars().filter(|char| !matches!(char, '_' | '-' | ' ')).flat_map(char::to_lowercase).collect()
}

impl Node {
    pub(super) fn members(&self) -> &[Member] {
        match &self.value {
            Value::Object(members) => members,
            _ => &[],
        }
    }

    /// The member of one of these normal names; of repeated ones the last, as JSON readers do.
    pub(super) fn get(&self, names: &[&str]) -> Option<&Self> {
        names.iter().find_map(|name| {
            let mut members = self.members().iter().rev();
            members.find(|member| normal(&member.name) == *name).map(|member| &member.node)
        })
    }

    /// The text of the member of one of these normal names, unless it is blank.
    pub(super) fn text(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| match &self.get(&[name])?.value {
            Value::Text(text) if !text.trim().is_empty() => Some(text.trim()),
            _ => None,
        })
    }

    fn object(&self, name: &str) -> Option<&Self> {
        self.get(&[name]).filter(|node| matches!(node.value, Value::Object(_)))
    }
}

/// The objects of a key that matter.
pub(super) struct Fields<'j> {
    root: &'j Node,
    /// Where the CPI fields are: below `credentials` and `oauth`, where there are these.
    outer: &'j Node,
    /// The nested `uaa` object.
    uaa: Option<&'j Node>,
}

/// How the token address is given.
pub(super) enum TokenAddress<'j> {
    /// Whole, or nearly.
    Stated(&'j str),
    /// As the base of the authorization server; `/oauth/token` is missing.
    Base(&'j str),
}

impl<'j> Fields<'j> {
    pub(super) fn of(root: &'j Node) -> Self {
        let mut outer = root;
        for wrapper in ["credentials", "oauth"] {
            outer = outer.object(wrapper).unwrap_or(outer);
        }
        Self { root, outer, uaa: outer.object("uaa") }
    }

    fn text(&self, names: &[&str]) -> Option<&'j str> {
        self.outer.text(names).or_else(|| self.uaa?.text(names))
    }

    pub(super) fn client_id(&self) -> Option<&'j str> {
        self.text(&["clientid"])
    }

    pub(super) fn secret(&self) -> Option<&'j str> {
        self.text(&["clientsecret"])
    }

    pub(super) fn certificate(&self) -> Option<&'j str> {
        self.text(&["certificate"])
    }

    pub(super) fn private_key(&self) -> Option<&'j str> {
        self.text(&["key", "privatekey"])
    }

    pub(super) fn created_at(&self) -> Option<&'j str> {
        self.text(&["createdate", "createdat"])
    }

    pub(super) fn is_x509(&self) -> bool {
        self.text(&["credentialtype"]) == Some("x509")
    }

    pub(super) fn token_address(&self, mtls: bool) -> Option<TokenAddress<'j>> {
        if let Some(url) = self.text(&["tokenurl", "oauthtokenurl"]) {
            return Some(TokenAddress::Stated(url));
        }
        let body = self.authorization_body()?;
        let certurl = body.text(&["certurl"]).filter(|_| mtls);
        certurl.or_else(|| body.text(&["url"])).map(TokenAddress::Base)
    }

    /// The service host; never the authorization server.
    pub(super) fn host(&self) -> Option<&'j str> {
        let is_authorization = self.authorization_body().is_some_and(|body| std::ptr::eq(body, self.outer));
        let own = self.outer.text(&["url"]).filter(|_| !is_authorization);
        own.or_else(|| self.outer.text(&["uri"]))
            .or_else(|| endpoint(self.outer))
            .or_else(|| endpoint(self.root))
    }

    /// The object whose `url` is the authorization server, as in XSUAA keys.
    fn authorization_body(&self) -> Option<&'j Node> {
        const MARKS: [&str; 6] =
            ["xsappname", "uaadomain", "certurl", "identityzone", "credentialtype", "verificationkey"];
        if self.uaa.is_some() {
            return self.uaa;
        }
        let stated = self.outer.text(&["tokenurl", "oauthtokenurl"]).is_some();
        let marked = MARKS.iter().any(|mark| self.outer.get(&[mark]).is_some());
        let shaped = self.outer.text(&["url"]).is_some_and(|url| url.contains(".authentication."));
        (!stated && (marked || shaped)).then_some(self.outer)
    }
}

/// The first address below `endpoints`.
fn endpoint(node: &Node) -> Option<&str> {
    let endpoints = node.object("endpoints")?;
    endpoints.members().iter().find_map(|member| match &member.node.value {
        Value::Text(text) if text.starts_with("https://") => Some(text.as_str()),
        _ => member.node.text(&["url", "uri"]),
    })
}
