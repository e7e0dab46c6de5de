//! What went wrong with an exchange or a token call, and the next step.
//!
//! ```text
//! Exchange | Error ─signs→ Signs ─rules (one table, first match)→ Diagnosis
//! ```

mod evidence;
mod message;
mod model;
mod reason;
mod roles;
mod rules;
mod signs;
mod steps;
#[cfg(test)]
mod tests;

pub use message::MessageMoment;
pub use model::{Diagnosis, Evidence, EvidenceKind, NextStep, Place};
pub use reason::Reason;
pub use roles::KeyRoles;
pub(crate) use rules::hint;
pub use rules::names;
pub use signs::{Circle, Credential, OtherKey, Signs};

/// The diagnosis these signs lead to: the first rule that holds; none when nothing went wrong.
pub fn diagnose(signs: &Signs) -> Option<Diagnosis> {
    let rule = rules::first(signs)?;
    let message = signs.message();
    let keys = roles::compared(rule.steps, signs);
    let mut steps: Vec<NextStep> = rule.steps.iter().filter_map(|offer| offer.made(signs)).collect();
    steps.push(NextStep::CopyText { label: "Copy text for the basis team".to_owned() });
    Some(Diagnosis {
        rule: rule.name.to_owned(),
        title: rule.title.to_owned(),
        explanation: rule.explanation.to_owned(),
        evidence: evidence::found(signs, message.as_ref()),
        causes: rule.causes.iter().map(|&cause| cause.to_owned()).collect(),
        hint: hint_of(rule, &steps, &keys),
        keys,
        steps,
        text: evidence::text_for_basis(rule.title, rule.explanation, signs, message.as_ref()),
        message,
    })
}

/// The rule's own sentence, unless a key is known that would do.
fn hint_of(rule: &rules::Rule, steps: &[NextStep], keys: &[KeyRoles]) -> String {
    let better = steps.first().and_then(|step| match step {
        NextStep::UseKey { key, .. } => {
            keys.iter().find(|known| known.key == *key && known.has == Some(true))
        }
        _ => None,
    });
    better.map_or_else(
        || rule.hint.to_owned(),
        |known| format!("Send with {}.", known.text.replacen(": its", ", whose", 1)),
    )
}
