//! Which of the tenant's other keys carry what this one seems to lack, by the tokens of this run.

use serde::{Deserialize, Serialize};

use super::signs::{OtherKey, Signs};
use super::steps::Offer;
use crate::service_key::Plan;
use crate::token::Role;

/// What the last token of another key of the tenant says about a missing role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct KeyRoles {
    /// The key's name.
    pub key: String,
    /// Whether its last token had the role, or any role more when the missing one has no known name; absent without a token.
    pub has: Option<bool>,
    /// The same in a sentence.
    pub text: String,
}

/// The role a rule is about, if the signs tell its name.
pub(super) type Wanted = fn(&Signs) -> Option<Role>;

/// The comparison a rule that offers this asks for; empty for those that are not about roles.
pub(super) fn compared(offers: &[Offer], signs: &Signs) -> Vec<KeyRoles> {
    let asked = offers.iter().find_map(|offer| match offer {
        Offer::KeyWith(role) => Some(missing(signs, *role)),
        _ => None,
    });
    // Without a token of the used key nobody knows what is more.
    let Some(role) = asked.filter(|role| role.is_some() || signs.circle.expires_at.is_some()) else {
        return Vec::new();
    };
    same_plan(signs).map(|key| of_key(key, role, signs)).collect()
}

/// A key of the same plan that is known to carry what is missing, else one nothing is known of.
pub(super) fn richer(signs: &Signs, role: Wanted) -> Option<&OtherKey> {
    let role = missing(signs, role);
    let suits = |key: &&OtherKey| of_key(key, role, signs).has == Some(true);
    same_plan(signs).find(suits).or_else(|| same_plan(signs).find(|key| key.roles.is_none()))
}

/// The role the rule names, unless the token carries it: then it is another one.
fn missing(signs: &Signs, role: Wanted) -> Option<Role> {
    role(signs).filter(|role| !role.is_among(&signs.circle.roles))
}

fn same_plan(signs: &Signs) -> impl Iterator<Item = &OtherKey> {
    let plan = signs.circle.plan.unwrap_or(Plan::IntegrationFlow);
    signs.circle.other_keys.iter().filter(move |key| key.plan == plan)
}

fn of_key(key: &OtherKey, role: Option<Role>, signs: &Signs) -> KeyRoles {
    let told = |has: Option<bool>, text: String| KeyRoles { key: key.name.clone(), has, text };
    let name = &key.name;
    let Some(roles) = &key.roles else {
        return told(None, format!("{name}: no token in this run yet, so its roles are not known"));
    };
    if let Some(role) = role {
        let has = role.is_among(roles);
        let verb = if has { "had" } else { "lacked" };
        return told(Some(has), format!("{name}: its last token {verb} {}", role.words()));
    }
    let more: Vec<&str> =
        roles.iter().filter(|role| !signs.circle.roles.contains(role)).map(String::as_str).collect();
    if more.is_empty() {
        return told(Some(false), format!("{name}: its last token had no other role"));
    }
    told(Some(true), format!("{name}: its last token also had {}", more.join(", ")))
}
