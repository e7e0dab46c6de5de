use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, SystemTime};

use super::ground::{Failure, Ground};
use super::machine;
use super::row::{Pair, Row};
use super::sample::Sample;

const FIRST: &str = "window, spawn to first paint, first start";
const LATER: &str = "window, spawn to first paint, later start";
const ALIKE: &str = "window, spawn to first paint, both painted alike";
/// What Sluice chooses without a graphics card, for the empty window too.
const PAINTING: (&str, &str) = ("WEBKIT_DISABLE_DMABUF_RENDERER", "1");
const ROUNDS: usize = 9;
const BAR: f64 = 1.3;
/// How long a window may take before it counts as broken.
const PATIENCE: Duration = Duration::from_mins(1);
/// Lets the processes of the last web view end before the next one starts.
const PAUSE: Duration = Duration::from_millis(700);

/// The real window beside an empty one: first starts, each in folders of its own, and starts in folders that stay.
/// They differ by what is kept there, most of it shaders that Mesa has compiled.
pub fn rows(ground: &Ground) -> Result<Vec<Row>, Failure> {
    if std::env::var_os("DISPLAY").is_none() {
        return Err("there is no display; ./dev bench makes one".into());
    }
    let fresh = || tempfile::tempdir_in(ground.path());
    let first = row(FIRST, "fresh folders", |program| {
        let home = fresh()?;
        paint(program, home.path(), None)
    })?;
    let homes = [fresh()?, fresh()?];
    let later = row(LATER, "folders of its own that stay", |program| {
        let home = &homes[usize::from(program.ends_with("empty_window"))];
        paint(program, home.path(), None)
    })?;
    let alike = row(ALIKE, "fresh folders, both told to paint without a graphics card", |program| {
        let home = fresh()?;
        paint(program, home.path(), Some(PAINTING))
    })?;
    Ok(vec![first, later, alike])
}

fn row(
    what: &'static str,
    folders: &str,
    paint: impl Fn(&Path) -> Result<Duration, Failure>,
) -> Result<Row, Failure> {
    let built = machine::target().join("debug");
    let programs = [built.join("sluice-desktop"), built.join("examples/empty_window")];
    let mut times = [Vec::new(), Vec::new()];
    for round in 0..=ROUNDS {
        for (program, times) in programs.iter().zip(&mut times) {
            let took = paint(program)?;
            if round > 0 {
                times.push(took);
            }
        }
    }
    let [sluice, beside] = times.map(|times| Sample::of_times(&times));
    let pair = Pair { sluice: &sluice, beside: &beside, peer: "empty Tauri window" };
    let method = format!(
        "{ROUNDS} runs each in turn after one, {folders}, Xvfb 1440×900 with software rendering, development profile \
         with embedded page; painted = the second animation frame reached Rust"
    );
    Ok(Row::compared(what, &pair, Some(BAR), method))
}

/// The time from the start of a program to its first paint.
fn paint(program: &Path, home: &Path, painting: Option<(&str, &str)>) -> Result<Duration, Failure> {
    let painted = home.join("painted");
    if painted.exists() {
        std::fs::remove_file(&painted)?;
    }
    let mut command = Command::new(program);
    command.env("SLUICE_PAINTED_FILE", &painted).env("SLUICE_DATA_DIR", home.join("sluice"));
    command.envs(painting);
    for name in ["DATA", "CONFIG", "CACHE", "STATE"] {
        command.env(format!("XDG_{name}_HOME"), home.join(name.to_lowercase()));
    }
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let begun = SystemTime::now();
    let mut running = command.spawn().map_err(|error| format!("{}: {error}", program.display()))?;
    let seen = wait_for(&painted, begun, &mut running);
    running.kill()?;
    running.wait()?;
    std::thread::sleep(PAUSE);
    seen.map_err(|reason| format!("{} {reason}", program.display()).into())
}

/// Waits until the program wrote when it painted: nanoseconds since the epoch.
fn wait_for(painted: &Path, begun: SystemTime, running: &mut Child) -> Result<Duration, String> {
    while begun.elapsed().is_ok_and(|waited| waited < PATIENCE) {
        let text = std::fs::read_to_string(painted).unwrap_or_default();
        // Nineteen digits until the year 2286: a shorter text is not written to its end yet.
        if text.len() >= 19 {
            let moment: u64 = text.parse().map_err(|_| format!("wrote {text}"))?;
            let moment = SystemTime::UNIX_EPOCH + Duration::from_nanos(moment);
            return moment.duration_since(begun).map_err(|error| error.to_string());
        }
        if let Ok(Some(status)) = running.try_wait() {
            return Err(format!("ended with {status}"));
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    Err("did not paint".to_owned())
}
