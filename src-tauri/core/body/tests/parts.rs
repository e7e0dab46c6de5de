use std::io::Write as _;
use std::sync::Arc;

use zip::write::SimpleFileOptions;

use super::source;
use crate::body::view::{BodyKind, BodyPart};
use crate::body::{Source, part};

fn bytes(source: &dyn Source) -> Vec<u8> {
    let mut bytes = vec![0; usize::try_from(source.size()).unwrap()];
    assert_eq!(source.read_at(&mut bytes, 0).unwrap(), bytes.len());
    bytes
}

fn open(body: &Arc<dyn Source>, kind: BodyKind, content_type: Option<&str>, number: u32) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    bytes(part::open(body, kind, content_type, number, folder.path()).unwrap().source.as_ref())
}

fn list(body: &Arc<dyn Source>, content_type: Option<&str>) -> Vec<BodyPart> {
    part::list(body, BodyKind::Multipart, content_type).unwrap()
}

const MTOM: &str = "preamble\r\n--b 1\r\nContent-Type: application/xop+xml; type=\"text/xml\"\r\nContent-ID: <root@x>\r\n\r\n<a>--b 1 inside</a>\r\n--b 1\r\nContent-ID: <pic>\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment;\r\n filename=\"a.png\"\r\n\r\nAAEC\r\nAwQ=\r\n--b 1\r\n\r\nno fields\r\n--b 1--\r\nepilogue";

#[test]
fn the_parts_of_an_mtom_body_are_listed_and_opened() {
    let body = source(MTOM);
    let content_type = Some("multipart/related; boundary=\"b 1\"; type=\"application/xop+xml\"");
    let parts = list(&body, content_type);
    let names: Vec<_> = parts.iter().map(|part| part.name.as_str()).collect();
    assert_eq!(names, ["root@x", "a.png", "Part 3"]);
    assert_eq!(parts[0].content_type.as_deref(), Some("application/xop+xml; type=\"text/xml\""));
    assert_eq!(open(&body, BodyKind::Multipart, content_type, 0), b"<a>--b 1 inside</a>");
    assert_eq!(open(&body, BodyKind::Multipart, content_type, 1), [0, 1, 2, 3, 4], "decoded from base64");
    assert_eq!(open(&body, BodyKind::Multipart, content_type, 2), b"no fields");
    let folder = tempfile::tempdir().unwrap();
    assert!(part::open(&body, BodyKind::Multipart, content_type, 9, folder.path()).is_err());
}

#[test]
fn a_multipart_body_cut_off_shows_what_arrived_and_lf_alone_is_a_line() {
    let cut = source("--x\nContent-Type: text/plain\n\none\n--x\nContent-Type: text/plain\n\ntw");
    let parts = list(&cut, Some("multipart/mixed; boundary=x"));
    assert_eq!(parts.len(), 2);
    assert_eq!(open(&cut, BodyKind::Multipart, Some("multipart/mixed; boundary=x"), 0), b"one");
    assert_eq!(open(&cut, BodyKind::Multipart, Some("multipart/mixed; boundary=x"), 1), b"tw");
    assert_eq!(list(&cut, Some("multipart/mixed")).len(), 2, "the first line says the boundary");
    for odd in ["", "--", "nothing", "--x", "--x--"] {
        assert!(list(&source(odd), Some("multipart/mixed; boundary=x")).len() <= 1, "{odd}");
    }
}

#[test]
fn boundaries_over_the_edges_of_what_is_read_at_once_are_found() {
    for length in (1024 * 1024 - 30..1024 * 1024 + 4).step_by(3) {
        let body =
            source(format!("--bound\r\n\r\n{}\r\n--bound\r\n\r\nlast\r\n--bound--", "x".repeat(length)));
        let parts = list(&body, Some("multipart/mixed; boundary=bound"));
        assert_eq!(parts.iter().map(|part| part.size).collect::<Vec<_>>(), [length as u64, 4]);
    }
}

fn archive(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    writer.add_directory("src/", SimpleFileOptions::default()).unwrap();
    for (name, content) in entries {
        let deflated = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
        writer.start_file(*name, deflated).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn the_entries_of_an_archive_are_listed_and_unpacked() {
    let body = source(archive(&[("src/a.json", b"{\"a\": 1}"), ("b.unknown", b"??")]));
    let parts = part::list(&body, BodyKind::Zip, None).unwrap();
    let shown: Vec<_> =
        parts.iter().map(|part| (part.name.as_str(), part.size, part.content_type.as_deref())).collect();
    assert_eq!(shown, [("src/a.json", 8, Some("application/json")), ("b.unknown", 2, None)]);
    assert_eq!(open(&body, BodyKind::Zip, None, parts[0].number), b"{\"a\": 1}");
}

#[test]
fn a_bomb_is_named_and_not_unpacked_and_a_torn_archive_is_refused() {
    let bomb = archive(&[("bomb.txt", &vec![0; 64 * 1024 * 1024])]);
    assert!(bomb.len() < 200 * 1024);
    let body = source(&bomb);
    let part = &part::list(&body, BodyKind::Zip, None).unwrap()[0];
    let folder = tempfile::tempdir().unwrap();
    if part.problem.is_none() {
        let mut sum = 0;
        let opened = part::open(&body, BodyKind::Zip, None, part.number, folder.path()).unwrap();
        let mut buffer = vec![0; 1024 * 1024];
        while let Ok(read @ 1..) = opened.source.read_at(&mut buffer, sum) {
            sum += read as u64;
        }
        assert_eq!(sum, 64 * 1024 * 1024);
    }
    let torn = source(&bomb[..bomb.len() / 2]);
    assert!(part::list(&torn, BodyKind::Zip, None).unwrap_err().message.contains("no whole zip"));
    let mut lying = archive(&[("a.txt", &vec![0; 100_000])]);
    let size = 100_000_u32.to_le_bytes();
    let places: Vec<usize> =
        lying.windows(4).enumerate().filter(|(_, window)| *window == size).map(|(at, _)| at).collect();
    for at in places {
        lying[at..at + 4].copy_from_slice(&10_u32.to_le_bytes());
    }
    let body = source(&lying);
    let mut read = Vec::new();
    if let Ok(opened) = part::open(&body, BodyKind::Zip, None, 1, folder.path()) {
        read.resize(usize::try_from(opened.source.size()).unwrap(), 0);
        let _ = opened.source.read_at(&mut read, 0).unwrap();
    }
    assert!(read.len() <= 200_000, "a small entry stays small, whatever it says");
}
