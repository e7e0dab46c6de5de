//! Bodies that are read while they arrive.

use std::time::{Duration, Instant};

use http::{Method, StatusCode};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::sync::mpsc;

use crate::body::Source;
use crate::http::intake::{Spool, Spooling};
use crate::http::{Arriving, Authorization, Request};
use crate::operation::RequestSend;
use crate::workbench::{Options, Storage, Workbench};

/// A server that answers with this status and then whatever it is given, and ends when nobody gives any more.
async fn dripping(status: StatusCode) -> (String, mpsc::Sender<Vec<u8>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://localhost:{}/", listener.local_addr().unwrap().port());
    let (give, mut given) = mpsc::channel::<Vec<u8>>(8);
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let _ = stream.read(&mut [0; 4096]).await;
        let head = format!("HTTP/1.1 {status}\r\ncontent-type: text/plain\r\nconnection: close\r\n\r\n");
        stream.write_all(head.as_bytes()).await.unwrap();
        while let Some(bytes) = given.recv().await {
            stream.write_all(&bytes).await.unwrap();
        }
    });
    (url, give)
}

fn workbench(folder: &std::path::Path) -> Workbench {
    Workbench::open(Options {
        door: crate::operation::Door::Terminal,
        storage: Storage::Folder(folder.to_owned()),
        keyring_patience: Duration::from_secs(1),
        authorities: Vec::new(),
        process: std::collections::BTreeMap::new(),
    })
    .unwrap()
}

fn order(url: &str) -> RequestSend {
    let request = Request {
        method: Method::GET.to_string(),
        url: url.to_owned(),
        parameters: Vec::new(),
        path_parameters: Vec::new(),
        headers: Vec::new(),
        body: crate::http::Body::None,
        authorization: Authorization::None,
        csrf: crate::http::CsrfMode::Never,
        options: crate::http::RequestOptions::default(),
    };
    RequestSend {
        id: uuid::Uuid::new_v4(),
        tenant: None,
        request,
        confirmed: false,
        context: None,
        files: Vec::new(),
    }
}

async fn soon(mut holds: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < Duration::from_secs(10), "it never came");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

fn all(source: &dyn Source) -> Vec<u8> {
    let mut bytes = vec![0; usize::try_from(source.size()).unwrap() + 10];
    let read = source.read_at(&mut bytes, 0).unwrap();
    bytes.truncate(read);
    bytes
}

#[tokio::test]
async fn an_answer_is_readable_while_the_server_pauses_and_whole_at_its_end() {
    let folder = tempfile::tempdir().unwrap();
    let (workbench, order) = (workbench(folder.path()), order("/"));
    let (url, give) = dripping(StatusCode::OK).await;
    let id = order.id;
    let request = Request { url, ..order.request };
    let (sender, order) = (workbench.clone(), RequestSend { request, ..order });
    let sending = tokio::spawn(async move { sender.send(order, &|_| {}).await });
    soon(|| workbench.exchange_arriving(id).is_some()).await;
    let Arriving { source, received } = workbench.exchange_arriving(id).unwrap();
    assert_eq!((received.status, received.content_type.as_deref()), (200, Some("text/plain")));
    assert_eq!((source.size(), source.is_whole()), (0, false));
    let mut sent = Vec::new();
    for size in [10, 100_000, 7, 300_000, 1] {
        let bytes = vec![u8::try_from(size % 251).unwrap(); size];
        sent.extend_from_slice(&bytes);
        give.send(bytes).await.unwrap();
        soon(|| source.size() == sent.len() as u64).await;
        assert_eq!(all(source.as_ref()), sent);
        assert!(!source.is_whole());
    }
    let mut across = vec![0; 20];
    assert_eq!(source.read_at(&mut across, 64 * 1024 - 10).unwrap(), 20, "from memory into the file");
    assert_eq!(across, sent[64 * 1024 - 10..64 * 1024 + 10]);
    drop(give);
    let exchange = sending.await.unwrap().unwrap();
    assert_eq!(exchange.failure, None);
    assert!(source.is_whole());
    assert!(workbench.exchange_arriving(id).is_none());
    assert_eq!(all(workbench.exchange_source(id).unwrap().as_ref()), sent);
}

#[tokio::test]
async fn an_answer_that_may_ask_for_another_call_is_not_given_out() {
    let folder = tempfile::tempdir().unwrap();
    let (workbench, order) = (workbench(folder.path()), order("/"));
    let (url, give) = dripping(StatusCode::UNAUTHORIZED).await;
    let (id, request) = (order.id, Request { url, ..order.request });
    let (sender, order) = (workbench.clone(), RequestSend { request, ..order });
    let sending = tokio::spawn(async move { sender.send(order, &|_| {}).await });
    give.send(b"no".to_vec()).await.unwrap();
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert!(workbench.exchange_arriving(id).is_none());
    drop(give);
    assert_eq!(sending.await.unwrap().unwrap().answer().unwrap().status, 401);
}

#[tokio::test]
async fn a_source_says_it_is_whole_when_its_spool_is_given_up() {
    let folder = tempfile::tempdir().unwrap();
    let place = Spooling { folder: folder.path().to_owned(), most: None, named: true, left_free: 0 };
    let mut spool = Spool::new(place);
    let source = spool.source();
    spool.push(&vec![1; 100_000]).await.unwrap();
    assert_eq!(source.size(), 64 * 1024, "the rest waits");
    assert!(spool.due().is_some());
    spool.flush().await.unwrap();
    assert_eq!((source.size(), spool.due()), (100_000, None));
    drop(spool);
    assert!(source.is_whole());
    assert_eq!(source.read_at(&mut [0; 9], 99_995).unwrap(), 5);
    assert_eq!(source.read_at(&mut [0; 9], u64::MAX).unwrap(), 0);
}
