use std::time::{Duration, Instant};

use sluice_core::workbench::{Storage, Workbench};

use super::ground::{Failure, Ground, order, runtime, succeeded};
use super::row::{Row, judged};
use super::sample::Sample;

const WHAT: &str = "a send pays for being recorded";
const PATH: &str = "/http/zero";
const ROUNDS: usize = 2_000;
const WARM_UPS: usize = 100;
/// Milliseconds at the median.
const BAR: f64 = 1.0;

/// The same call by a workbench with a data folder and by one without, which has no history, in turn.
pub fn rows(ground: &Ground) -> Result<Vec<Row>, Failure> {
    let (recorded, unrecorded) = runtime()?.block_on(times(ground))?;
    let paid = recorded.median() - unrecorded.median();
    Ok(vec![Row {
        what: WHAT,
        sluice: format!("+{paid:.3} ms, {} in all", recorded.text()),
        beside: format!("without history {}", unrecorded.text()),
        ratio: format!("{:.2}×", recorded.median() / unrecorded.median()),
        bar: judged(&format!("≤ {BAR} ms"), paid <= BAR),
        method: format!(
            "difference of the medians of {} calls each in turn: GET {PATH}, data in a folder beside data in memory",
            recorded.count()
        ),
    }])
}

async fn times(ground: &Ground) -> Result<(Sample, Sample), Failure> {
    let folder = ground.path().join("recording");
    let keeps = ground.workbench_in(Storage::Folder(folder)).await?;
    let forgets = ground.workbench().await?;
    let (mut recorded, mut unrecorded) = (Vec::new(), Vec::new());
    for round in 0..WARM_UPS + ROUNDS {
        let pair = (send(&keeps).await?, send(&forgets).await?);
        if round >= WARM_UPS {
            recorded.push(pair.0);
            unrecorded.push(pair.1);
        }
    }
    Ok((Sample::of_times(&recorded), Sample::of_times(&unrecorded)))
}

async fn send(workbench: &Workbench) -> Result<Duration, Failure> {
    let order = order(PATH);
    let begun = Instant::now();
    let exchange = workbench.send(order, &|_| {}).await?;
    let took = begun.elapsed();
    if let Some(reason) = &exchange.unrecorded {
        return Err(reason.message.clone().into());
    }
    if succeeded(&exchange) { Ok(took) } else { Err(format!("Sluice got no 200: {}", exchange.url).into()) }
}
