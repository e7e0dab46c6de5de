//! What went wrong with an exchange or a token call, and the next step.
//!
//! ```text
//! Exchange | Error ─signs→ Signs ─rules (one table, first match)→ Diagnosis
//! ```

mod evidence;
mod message;
mod model;
mod reason;
mod rules;
mod signs;
mod steps;
#[cfg(test)]
mod tests;

pub use message::MessageMoment;
pub use model::{Diagnosis, Evidence, EvidenceKind, NextStep};
pub use reason::Reason;
pub(crate) use rules::hint;
pub use rules::names;
pub use signs::{Circle, Credential, OtherKey, Signs};

/// The diagnosis these signs lead to: the first rule that holds; none when nothing went wrong.
pub fn diagnose(signs: &Signs) -> Option<Diagnosis> {
    let rule = rules::first(signs)?;
    let message = signs.message();
    let mut steps: Vec<NextStep> = rule.steps.iter().filter_map(|offer| offer.made(signs)).collect();
    steps.push(NextStep::CopyText { label: "Copy text for the basis team".to_owned() });
    Some(Diagnosis {
        rule: rule.name.to_owned(),
        title: rule.title.to_owned(),
        explanation: rule.explanation.to_owned(),
        evidence: evidence::found(signs, message.as_ref()),
        causes: rule.causes.iter().map(|&cause| cause.to_owned()).collect(),
        hint: rule.hint.to_owned(),
        steps,
        text: evidence::text_for_basis(rule.title, rule.explanation, signs, message.as_ref()),
        message,
    })
}
