use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use super::ground::{Failure, Ground};
use super::machine;
use super::row::{Pair, Row};
use super::sample::Sample;

const WHAT: &str = "`sluice send`, one request, cold";
const MEMORY: &str = "`sluice send`, peak memory";
const ROUNDS: usize = 200;
const WARM_UPS: usize = 10;
const MEMORY_ROUNDS: usize = 11;
const BAR: f64 = 1.5;
/// GNU time, which tells the peak memory of the program it runs.
const TIME: &str = "/usr/bin/time";

/// A program with its arguments, and what it is called in the table.
struct Contender {
    name: &'static str,
    program: PathBuf,
    arguments: Vec<String>,
    data: PathBuf,
}

impl Contender {
    fn command(&self) -> Command {
        self.prepared(Command::new(&self.program))
    }

    /// The same under GNU time, which writes the peak memory into the report.
    fn weighed(&self, report: &Path) -> Command {
        let mut command = Command::new(TIME);
        command.args(["-f", "%M", "-o"]).arg(report).arg(&self.program);
        self.prepared(command)
    }

    fn prepared(&self, mut command: Command) -> Command {
        command.args(&self.arguments).env("SLUICE_DATA_DIR", &self.data).stdin(Stdio::null());
        // Sluice and hurl would read other roots beside those all are told to trust.
        command.env_remove("SSL_CERT_FILE").env_remove("SSL_CERT_DIR");
        command
    }

    fn run(&self) -> Result<Duration, Failure> {
        let mut command = self.command();
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let begun = Instant::now();
        let status = command.status()?;
        let took = begun.elapsed();
        if status.success() { Ok(took) } else { Err(format!("{} ended with {status}", self.name).into()) }
    }

    fn peak_memory(&self, report: &Path) -> Result<u32, Failure> {
        let status = self.weighed(report).stdout(Stdio::null()).status()?;
        let text = std::fs::read_to_string(report)?;
        if !status.success() {
            return Err(format!("{} ended with {status}: {text}", self.name).into());
        }
        Ok(text.trim().parse()?)
    }
}

/// One GET with its answer printed, each time by a new process, beside hurl and curl.
pub fn rows(ground: &Ground) -> Result<Vec<Row>, Failure> {
    let contenders = contenders(ground)?;
    for contender in &contenders {
        answers_json(contender)?;
    }
    let samples = times(&contenders)?;
    let mut rows: Vec<Row> = (1..contenders.len())
        .map(|peer| {
            let bar = (contenders[peer].name == "hurl").then_some(BAR);
            Row::compared(WHAT, &pair(&contenders, &samples, peer), bar, method(samples[0].count()))
        })
        .collect();
    if !contenders.iter().any(|contender| contender.name == "hurl") {
        rows.push(Row::missing(WHAT, "hurl is not installed (--no-peers?)".to_owned()));
    }
    rows.extend(memory_row(ground, &contenders)?);
    Ok(rows)
}

fn times(contenders: &[Contender]) -> Result<Vec<Sample>, Failure> {
    let mut times = vec![Vec::new(); contenders.len()];
    for round in 0..WARM_UPS + ROUNDS {
        for (contender, times) in contenders.iter().zip(&mut times) {
            let took = contender.run()?;
            if round >= WARM_UPS {
                times.push(took);
            }
        }
    }
    Ok(times.iter().map(|times| Sample::of_times(times)).collect())
}

fn memory_row(ground: &Ground, contenders: &[Contender]) -> Result<Option<Row>, Failure> {
    if contenders.len() < 2 || !Path::new(TIME).is_file() {
        return Ok(None);
    }
    let report = ground.path().join("memory");
    let weigh = |contender: &Contender| -> Result<Sample, Failure> {
        let sizes: Result<Vec<u32>, Failure> =
            (0..MEMORY_ROUNDS).map(|_| contender.peak_memory(&report)).collect();
        Ok(Sample::of_memory(&sizes?))
    };
    let samples: Vec<Sample> = contenders.iter().map(weigh).collect::<Result<_, _>>()?;
    let method = format!("peak resident set of the same process by {TIME} -f %M, {MEMORY_ROUNDS} runs");
    Ok(Some(Row::compared(MEMORY, &pair(contenders, &samples, 1), None, method)))
}

fn pair<'a>(contenders: &'a [Contender], samples: &'a [Sample], peer: usize) -> Pair<'a> {
    Pair { sluice: &samples[0], beside: &samples[peer], peer: contenders[peer].name }
}

fn method(runs: usize) -> String {
    format!(
        "{runs} runs each in turn after {WARM_UPS}, spawn to exit, output to /dev/null: GET \
         https://127.0.0.1/http/whoami with Basic at the sandbox, root by --cacert"
    )
}

/// Sluice first, then the peers that are there.
fn contenders(ground: &Ground) -> Result<Vec<Contender>, Failure> {
    let key = ground.key();
    let secret = key.client_secret().ok_or("the key has no secret")?;
    let url = ground.sandbox.url("127.0.0.1", "/http/whoami");
    let basic = BASE64_STANDARD.encode(format!("{}:{secret}", key.client_id()));
    let header = format!("Authorization: Basic {basic}");
    let authority = ground.authority().display().to_string();
    let script = ground.path().join("get.hurl");
    std::fs::write(&script, format!("GET {url}\n{header}\nHTTP 200\n"))?;
    let script = script.display().to_string();
    let contender = |name, program, arguments: &[&str]| Contender {
        name,
        program,
        arguments: arguments.iter().map(|&word| word.to_owned()).collect(),
        data: ground.path().join("data"),
    };
    let sluice = PathBuf::from(env!("CARGO_BIN_EXE_sluice"));
    let mut all =
        vec![contender("sluice", sluice, &["send", "GET", &url, "-H", &header, "--cacert", &authority])];
    all.extend(machine::peer("hurl").map(|hurl| contender("hurl", hurl, &["--cacert", &authority, &script])));
    let words = ["-sS", "--cacert", &authority, "-H", &header, &url];
    all.extend(machine::peer("curl").map(|curl| contender("curl", curl, &words)));
    Ok(all)
}

fn answers_json(contender: &Contender) -> Result<(), Failure> {
    let output = contender.command().output()?;
    if output.status.success() && output.stdout.starts_with(b"{") {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    Err(format!("{} got no answer ({}): {said}", contender.name, output.status).into())
}
