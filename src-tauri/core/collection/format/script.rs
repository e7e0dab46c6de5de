use serde_json::Value;

use super::Misfit;
use super::mapping::Mapping;
use super::place::Place;
use crate::collection::model::{Script, ScriptPhase};

const PHASES: [(ScriptPhase, &str); 3] = [
    (ScriptPhase::BeforeRequest, "before-request"),
    (ScriptPhase::AfterResponse, "after-response"),
    (ScriptPhase::Tests, "tests"),
];

/// The scripts of a section; those of a kind Sluice does not know stay in the file only.
pub(super) fn read_scripts(section: &Place<'_>) -> Result<Vec<Script>, Misfit> {
    let entries = section.list("scripts")?;
    let script = |entry: &Place<'_>| {
        let kind = entry.text("type");
        let (phase, _) = PHASES.into_iter().find(|(_, name)| *name == kind)?;
        Some(Script { phase, code: entry.text("code") }).filter(|script| !script.code.trim().is_empty())
    };
    Ok(entries.iter().filter_map(script).collect())
}

/// One entry for each phase: of several Bruno keeps the last only.
pub(super) fn script_values(scripts: &[Script]) -> Vec<Value> {
    let entry = |(phase, kind): (ScriptPhase, &str)| {
        let of_phase = scripts.iter().filter(|script| script.phase == phase);
        let codes: Vec<&str> =
            of_phase.map(|script| script.code.trim()).filter(|code| !code.is_empty()).collect();
        (!codes.is_empty()).then(|| Mapping::new().with("type", kind).with("code", codes.join("\n\n")).into())
    };
    PHASES.into_iter().filter_map(entry).collect()
}
