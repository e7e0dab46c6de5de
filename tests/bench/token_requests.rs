use std::time::Instant;

use sluice_core::workbench::Workbench;
use tokio::task::JoinSet;

use super::ground::{Failure, Ground, order, runtime, succeeded};
use super::row::{Row, judged};

const WHAT: &str = "token requests for 1,000 parallel sends";
const SENDS: usize = 1_000;

/// A thousand sends at once while no token is cached; the sandbox counts what arrives.
pub fn rows(ground: &Ground) -> Result<Vec<Row>, Failure> {
    ground.sandbox.journal().clear();
    let runtime = runtime()?;
    let workbench = runtime.block_on(ground.workbench())?;
    let begun = Instant::now();
    let good = runtime.block_on(answered(&workbench))?;
    let took = begun.elapsed().as_millis();
    if good != SENDS {
        return Err(format!("{good} of {SENDS} sends were answered 200").into());
    }
    let asked = ground.sandbox.journal().to("/oauth/token").len();
    Ok(vec![Row {
        what: WHAT,
        sluice: asked.to_string(),
        beside: "–".to_owned(),
        ratio: "–".to_owned(),
        bar: judged("exactly 1", asked == 1),
        method: format!("counted in the sandbox's journal; all {SENDS} were answered 200 within {took} ms"),
    }])
}

/// How many of the sends were answered 200.
async fn answered(workbench: &Workbench) -> Result<usize, Failure> {
    let mut sends = JoinSet::new();
    for _ in 0..SENDS {
        let workbench = workbench.clone();
        sends.spawn(async move { workbench.send(order("/http/zero"), &|_| {}).await });
    }
    let mut good = 0;
    while let Some(sent) = sends.join_next().await {
        good += usize::from(succeeded(&sent??));
    }
    Ok(good)
}
