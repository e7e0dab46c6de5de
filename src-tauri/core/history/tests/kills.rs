//! A program that sends is killed at any moment: what it said is recorded is there, whole.

use std::io::{BufRead as _, BufReader, Read, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use super::Fixture;
use crate::http::{Authorization, Body, CsrfMode, ExchangeId, Request, RequestOptions, remove_leftovers};
use crate::operation::{Door, RequestSend};
use crate::workbench::{Options, Storage, Workbench};

const FOLDER: &str = "SLUICE_TEST_HISTORY_FOLDER";
const ADDRESS: &str = "SLUICE_TEST_HISTORY_SERVER";
const KILLS: u32 = 200;
const LARGE: usize = 300_000;
/// Said before the first sending: a busy machine takes its time to start a program.
const READY: &str = "ready";

fn order(address: &str, number: u32) -> RequestSend {
    let request = Request {
        method: "GET".to_owned(),
        // Every third answer is so large that it lies in a file.
        url: format!("http://{address}/{}", if number.is_multiple_of(3) { "large" } else { "small" }),
        parameters: Vec::new(),
        path_parameters: Vec::new(),
        headers: Vec::new(),
        body: Body::None,
        authorization: Authorization::None,
        csrf: CsrfMode::Never,
        options: RequestOptions::default(),
    };
    RequestSend {
        id: ExchangeId::new_v4(),
        tenant: None,
        request,
        confirmed: false,
        context: None,
        files: Vec::new(),
    }
}

#[tokio::test]
#[ignore = "run by the test that kills it"]
async fn send_until_killed() {
    let (Some(folder), Ok(address)) = (std::env::var_os(FOLDER), std::env::var(ADDRESS)) else { return };
    let workbench = Workbench::open(Options {
        door: Door::Terminal,
        storage: Storage::Folder(folder.into()),
        keyring_patience: Duration::from_secs(1),
        authorities: Vec::new(),
        process: std::collections::BTreeMap::new(),
    })
    .unwrap();
    let mut out = std::io::stdout();
    writeln!(out, "\n{READY}").unwrap();
    out.flush().unwrap();
    for number in 0.. {
        let exchange = workbench.send(order(&address, number), &|_| {}).await.unwrap();
        assert!(exchange.unrecorded.is_none() && exchange.failure.is_none(), "{:?}", exchange.unrecorded);
        writeln!(out, "\nrecorded {}", exchange.id).unwrap();
        out.flush().unwrap();
    }
}

/// Answers every connection's first request.
fn serve() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            std::thread::spawn(move || answer(stream));
        }
    });
    address
}

fn answer(mut stream: TcpStream) {
    let mut head = [0; 2048];
    let length = stream.read(&mut head).unwrap_or(0);
    let body = if head[..length].starts_with(b"GET /large") { "l".repeat(LARGE) } else { "small".to_owned() };
    let size = body.len();
    // The other side may be killed at any moment.
    let _ = write!(
        stream,
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: {size}\r\nConnection: close\r\n\r\n{body}"
    );
}

/// Lets the sending program run for a moment; answers what it said is recorded.
fn killed_after(folder: &Path, address: &str, moment: Duration) -> Vec<ExchangeId> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "--ignored", "--nocapture", "history::tests::kills::send_until_killed"])
        .env(FOLDER, folder)
        .env(ADDRESS, address)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    assert!(lines.any(|line| line == READY), "it ended before it sent anything");
    let reading = std::thread::spawn(move || {
        lines.filter_map(|line| line.strip_prefix("recorded ")?.parse().ok()).collect()
    });
    std::thread::sleep(moment);
    child.kill().unwrap();
    child.wait().unwrap();
    reading.join().unwrap()
}

#[test]
fn a_kill_at_any_moment_loses_nothing_that_was_recorded_and_leaves_nothing_half() {
    let fixture = Fixture::new();
    let address = serve();
    let mut recorded = Vec::new();
    let mut turn = 0;
    // A busy machine records less between two kills, and is killed more often.
    while turn < KILLS || recorded.len() <= KILLS as usize / 2 {
        let moment = Duration::from_micros(u64::from(turn * 7919 % 1000) * 60);
        recorded.extend(killed_after(fixture.folder.path(), &address, moment));
        turn += 1;
    }
    // What the next start does.
    remove_leftovers(&fixture.folder.path().join("bodies"));
    let store = fixture.again();
    assert!(store.database.remark().is_none(), "nothing was damaged");
    store.tidy(Duration::ZERO).unwrap();
    store.index_all().unwrap();

    for id in &recorded {
        let kept = store.read(*id).unwrap().unwrap_or_else(|| panic!("{id} is lost"));
        let expected = if kept.exchange.url.ends_with("large") { LARGE } else { 5 };
        assert_eq!(kept.body.map(|body| body.size()), Some(expected as u64), "{id}");
    }
    let mut in_files = 0;
    for entry in every(&store) {
        let kept = store.read(entry).unwrap().expect("it is listed");
        let size = kept.body.expect("its body is there").size();
        assert_eq!(size, kept.entry.body_size, "{entry}");
        in_files += usize::from(size > 65_536);
    }
    assert_eq!(fixture.files().len(), in_files, "no file without an entry");
}

fn every(store: &crate::history::HistoryStore) -> Vec<ExchangeId> {
    store
        .database
        .read(|connection| {
            let mut statement = connection.prepare("SELECT id FROM exchange")?;
            let ids = statement.query_map([], |row| row.get::<_, String>(0))?;
            Ok(ids.map(|id| id.unwrap().parse().unwrap()).collect())
        })
        .unwrap()
}
