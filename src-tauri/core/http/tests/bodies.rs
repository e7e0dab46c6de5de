use std::io::Write;

use async_compression::tokio::write::{BrotliEncoder, DeflateEncoder, GzipEncoder, ZlibEncoder};
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue, Method};
use tokio::io::{AsyncWrite, AsyncWriteExt};

use super::client::*;
use super::server::*;
use crate::error::Code;
use crate::http::header::fields;
use crate::http::{
    Body, Field, Network, Part, PartContent, Payload, SpooledBody, WireRequest, method, remove_leftovers,
};
use crate::settings::Settings;

async fn encode<W: AsyncWrite + Unpin>(mut encoder: W, text: &[u8]) -> W {
    encoder.write_all(text).await.unwrap();
    encoder.shutdown().await.unwrap();
    encoder
}

#[tokio::test]
async fn every_coding_is_undone_and_both_sizes_are_known() {
    let plain = "Die Bestellung 4711 ".repeat(20_000);
    let text = plain.as_bytes();
    let gzip = encode(GzipEncoder::new(Vec::new()), text).await.into_inner();
    let brotli = encode(BrotliEncoder::new(Vec::new()), text).await.into_inner();
    let zlib = encode(ZlibEncoder::new(Vec::new()), text).await.into_inner();
    let deflate = encode(DeflateEncoder::new(Vec::new()), text).await.into_inner();
    let all =
        [("gzip", gzip.clone()), ("x-gzip", gzip), ("br", brotli), ("deflate", zlib), ("deflate", deflate)];
    for (coding, bytes) in all {
        let size = bytes.len() as u64;
        let server =
            Server::plain(move |_| answer(200, &[("content-encoding", coding.to_owned())], bytes.clone()))
                .await;
        let (engine, folder) = engine(&[]);
        let performed = perform(&engine, get(&server.url("/"))).await;
        assert_eq!(performed.call.failure, None, "{coding}");
        let received = performed.call.received.unwrap();
        assert_eq!((received.wire_size, received.body_size), (size, text.len() as u64), "{coding}");
        assert_eq!(performed.body.read(usize::MAX).await.unwrap(), text, "{coding}");
        let copy = folder.path().join("copy.txt");
        assert_eq!(performed.body.copy_to(copy.clone()).await.unwrap(), text.len() as u64);
        assert_eq!(std::fs::read(&copy).unwrap(), text);
    }
}

#[tokio::test]
async fn declared_codings_that_do_not_hold_are_shown_or_told() {
    for (coding, body, failed) in [
        ("zstd", "raw", false),
        ("gzip", "plain", false),
        ("br", "\u{1}\u{2}garbage", true),
        ("gzip", "", false),
    ] {
        let server =
            Server::plain(move |_| answer(200, &[("content-encoding", coding.to_owned())], body)).await;
        let (engine, _folder) = engine(&[]);
        let performed = perform(&engine, get(&server.url("/"))).await;
        assert_eq!(performed.call.failure.is_some(), failed, "{coding} {:?}", performed.call.failure);
        if !failed {
            assert_eq!(performed.body.head(), body.as_bytes());
        }
    }
}

#[tokio::test]
async fn a_bomb_stops_at_the_limit() {
    let bomb = encode(GzipEncoder::new(Vec::new()), &vec![0; 20_000_000]).await.into_inner();
    let server =
        Server::plain(move |_| answer(200, &[("content-encoding", "gzip".to_owned())], bomb.clone())).await;
    let (engine, _folder) = engine_on(Network::new(&Settings::default(), Vec::new()), Some(1_000_000));
    let performed = perform(&engine, get(&server.url("/"))).await;
    assert_eq!(performed.body.size(), 1_000_000);
    assert_eq!(performed.call.failure.unwrap().code, Code::CutOff);
}

#[tokio::test]
async fn a_full_disk_keeps_the_beginning_and_says_so() {
    let server = Server::plain(|_| text(&"x".repeat(1_000_000))).await;
    let (engine, folder) = engine_on_a_full_disk(Network::new(&Settings::default(), Vec::new()));
    let performed = perform(&engine, get(&server.url("/"))).await;
    let failure = performed.call.failure.expect("it is said");
    assert_eq!(failure.code, Code::DiskFull);
    assert!(failure.hint.is_some(), "{failure:?}");
    assert!(
        performed.body.size() >= 64 * 1024 && performed.body.size() < 1_000_000,
        "{}",
        performed.body.size()
    );
    assert_eq!(performed.body.head(), "x".repeat(64 * 1024).as_bytes());
    drop(performed.body);
    let left = std::fs::read_dir(folder.path().join("bodies")).map_or(0, Iterator::count);
    assert_eq!(left, 0, "nothing of it stays on the disk");
}

#[tokio::test]
async fn a_large_body_lives_in_a_file_that_goes_with_its_last_copy_and_is_read_any_number_of_times() {
    let server = Server::plain(|_| text(&"x".repeat(1_000_000))).await;
    let (engine, folder) = engine(&[]);
    let performed = perform(&engine, get(&server.url("/"))).await;
    assert_eq!(performed.body.size(), 1_000_000);
    let bodies = folder.path().join("bodies");
    let count = || std::fs::read_dir(&bodies).unwrap().count();
    assert_eq!(count(), 1);
    remove_leftovers(&bodies);
    assert_eq!(count(), 1, "somebody still holds it");
    let copy = performed.body.clone();
    drop(performed);
    let (mut first, mut second) = (copy.open(), copy.open());
    for reader in [&mut first, &mut second] {
        let mut text = String::new();
        std::io::Read::read_to_string(reader, &mut text).unwrap();
        assert_eq!(text.len(), 1_000_000);
    }
    drop(copy);
    assert_eq!(count(), 1, "readers hold it too");
    drop((first, second));
    assert_eq!(count(), 0, "nothing stays behind");
}

#[tokio::test]
async fn a_body_that_is_kept_outlives_its_last_copy() {
    for size in [10, 1_000_000] {
        let server = Server::plain(move |_| text(&"x".repeat(size))).await;
        let (engine, folder) = engine(&[]);
        let body = perform(&engine, get(&server.url("/"))).await.body;
        let (kept, again) = (folder.path().join("kept"), folder.path().join("again"));
        body.keep(&kept).unwrap();
        body.keep(&again).unwrap();
        assert_eq!(body.read(usize::MAX).await.unwrap().len(), size, "it is still readable");
        drop(body);
        for path in [kept, again] {
            let body = SpooledBody::at(&path).unwrap();
            assert_eq!(body.size(), size as u64);
            assert_eq!(body.head().len(), size.min(64 * 1024));
            drop(body);
            assert!(path.exists(), "a kept one stays");
        }
        let bodies = folder.path().join("bodies");
        assert_eq!(std::fs::read_dir(bodies).map_or(0, Iterator::count), 0);
    }
}

#[test]
fn what_killed_programs_left_is_removed_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let left = folder.path().join(format!("{}.part", uuid::Uuid::new_v4()));
    let others = ["kept", "mine.part", "d4a41f0a-6c5f-4a43-9a12-0d7ac3f6f3a1"];
    std::fs::write(&left, "x").unwrap();
    for name in others {
        std::fs::write(folder.path().join(name), "x").unwrap();
    }
    remove_leftovers(folder.path());
    remove_leftovers(&folder.path().join("missing"));
    assert!(!left.exists());
    assert!(others.iter().all(|name| folder.path().join(name).exists()));
}

fn part(name: &str, content: PartContent) -> Part {
    Part { name: name.to_owned(), content, content_type: None, enabled: true }
}

#[tokio::test]
async fn multipart_and_files_are_sent_whole_and_can_be_sent_again() {
    let server = Server::plain(|_| text("")).await;
    let (engine, folder) = engine(&[]);
    let path = folder.path().join("Größe \"1\".xml");
    std::fs::File::create(&path).unwrap().write_all(&vec![b'x'; 300_000]).unwrap();
    let parts = vec![
        part("text", PartContent::Text { text: "ä".to_owned() }),
        Part { enabled: false, ..part("off", PartContent::Text { text: "off".to_owned() }) },
        part("file", PartContent::File { path: path.clone() }),
    ];
    let multipart = Payload::new(&Body::Multipart { parts }).unwrap();
    let file = Payload::new(&Body::File { path }).unwrap();
    for body in [multipart.clone(), multipart, file] {
        let wire = WireRequest { method: Method::POST, body, ..get(&server.url("/")) };
        let call = perform(&engine, wire).await.call;
        assert_eq!(call.failure, None);
    }
    let got = server.got();
    assert_eq!(got[0].body, got[1].body);
    assert_eq!(got[0].header("content-length"), got[0].body.len().to_string());
    assert!(got[0].header("content-type").starts_with("multipart/form-data; boundary=sluice-"));
    let bare = HeaderValue::from_static("multipart/form-data");
    let headers = HeaderMap::from_iter([(CONTENT_TYPE, bare)]);
    let again = Payload::new(&Body::Multipart { parts: Vec::new() }).unwrap();
    perform(&engine, WireRequest { headers, body: again, ..get(&server.url("/")) }).await;
    assert!(server.got()[3].header("content-type").contains("boundary="));
    let text = String::from_utf8_lossy(&got[0].body);
    assert!(text.contains("name=\"text\"\r\n\r\nä\r\n"), "{}", &text[..300]);
    assert!(text.contains("filename=\"Größe %221%22.xml\"\r\nContent-Type: application/octet-stream"));
    assert!(!text.contains("off"));
    assert_eq!((got[2].body.len(), got[2].header("content-type")), (300_000, "application/octet-stream"));
}

#[tokio::test]
async fn a_missing_file_is_told_before_anything_is_sent() {
    let server = Server::plain(|_| text("")).await;
    let (engine, folder) = engine(&[]);
    let body = Payload::new(&Body::File { path: folder.path().join("gone.xml") }).unwrap();
    let wire = WireRequest { method: Method::POST, body, ..get(&server.url("/")) };
    let failure = perform(&engine, wire).await.call.failure.unwrap();
    assert_eq!(failure.code, Code::NotFound);
    assert!(failure.message.contains("gone.xml is not there. Nothing was sent."), "{failure:?}");
    assert!(server.got().is_empty());
}

fn field(name: &str, value: &str, enabled: bool) -> Field {
    Field { name: name.to_owned(), value: value.to_owned(), enabled, description: None }
}

#[test]
fn forms_are_encoded_and_other_bodies_have_their_usual_types() {
    let form = Body::Form { fields: vec![field("a b", "ä&", true), field("off", "", false)] };
    let payload = Payload::new(&form).unwrap();
    assert_eq!(payload.content_type(), Some("application/x-www-form-urlencoded"));
    let json = Payload::new(&Body::Json { text: "{}".to_owned() }).unwrap();
    assert_eq!(json.content_type(), Some("application/json"));
    assert!(Payload::new(&Body::None).unwrap().is_none());
    assert!(!Payload::new(&Body::Text { text: String::new() }).unwrap().is_none());
}

#[test]
fn header_fields_that_cannot_be_sent_are_named() {
    for (name, value, expected) in [
        ("X Y", "1", "“X Y”"),
        ("Café", "1", "“Café”"),
        ("", "1", "no name"),
        ("X-A", "one\r\ntwo", "x-a holds a line break"),
        ("X-A", "\u{1}", "U+0001"),
        ("X-A", "ä", "U+00E4"),
    ] {
        let error = fields(&[field(name, value, true)]).unwrap_err();
        assert_eq!(error.code, Code::InvalidInput);
        assert!(error.message.contains(expected), "{}", error.message);
        assert!(fields(&[field(name, value, false)]).unwrap().is_empty());
    }
    let empty = fields(&[field("Accept", "", true), field(" X-B ", " v ", true)]).unwrap();
    assert_eq!((&empty["accept"], &empty["x-b"]), (&"".parse().unwrap(), &"v".parse().unwrap()));
    assert!(method("GE T").is_err() && method("PROPFIND").is_ok());
}

#[tokio::test]
async fn a_body_that_cannot_be_written_keeps_its_beginning() {
    let server = Server::plain(|_| text(&"x".repeat(1_000_000))).await;
    let (engine, folder) = engine(&[]);
    std::fs::write(folder.path().join("bodies"), "a file where the folder should be").unwrap();
    let performed = perform(&engine, get(&server.url("/"))).await;
    assert_eq!(performed.call.failure.unwrap().code, Code::StorageFailed);
    assert_eq!((performed.body.size(), performed.body.head().len()), (65_536, 65_536));
    assert_eq!(performed.body.read(usize::MAX).await.unwrap().len(), 65_536);
}
