use crate::certificate::samples;
use crate::certificate::{BlockKind, Pem, PemError};

fn plain() -> String {
    samples::chain_pem(&samples::chain(&samples::ec()))
}

fn same(text: &str) -> Pem {
    let pem = Pem::read(text).unwrap_or_else(|error| panic!("{error}"));
    let expected = Pem::read(&plain()).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(pem.blocks.len(), expected.blocks.len());
    pem
}

#[test]
fn a_proper_pem_needs_no_repair() {
    let pem = same(&plain());
    assert_eq!(pem.repairs, crate::certificate::PemRepairs::default());
    assert_eq!(pem.certificates().len(), 3);
}

#[test]
fn literal_and_doubled_backslash_n_become_line_breaks() {
    for escape in ["\\n", "\\\\n", "\\r\\n"] {
        let text = plain();
        let breaks = text.matches('\n').count();
        let pem = same(&text.replace('\n', escape));
        assert_eq!(pem.repairs.literal_breaks, breaks, "{escape}");
        assert_eq!(pem.repairs.single_lines, 0);
    }
}

#[test]
fn windows_line_ends_quotes_and_indentation_are_no_obstacle() {
    assert!(same(&plain().replace('\n', "\r\n")).repairs.carriage_returns > 0);
    assert_eq!(same(&format!("\"{}\"", plain())).repairs.quotes, 1);
    same(&plain().replace('\n', "\n    "));
    same(&plain().replace('\n', "\r"));
}

#[test]
fn a_pem_on_one_line_is_read_with_and_without_spaces() {
    assert_eq!(same(&plain().replace('\n', "")).repairs.single_lines, 3);
    assert_eq!(same(&plain().replace('\n', " ")).repairs.single_lines, 3);
}

#[test]
fn a_truncated_end_marker_is_named() {
    let text = plain();
    let cut = text.trim_end().trim_end_matches('-');
    assert_eq!(Pem::read(cut).err(), Some(PemError::Truncated(BlockKind::Certificate)));
    assert_eq!(Pem::read(&text[..200]).err(), Some(PemError::Truncated(BlockKind::Certificate)));
    assert_eq!(Pem::read("-----BEGIN CERTIFICATE").err(), Some(PemError::Truncated(BlockKind::Certificate)));
}

#[test]
fn foreign_content_is_named_without_showing_it() {
    let text = "-----BEGIN PRIVATE KEY-----\nhunter2§\n-----END PRIVATE KEY-----";
    let error = Pem::read(text).err().unwrap();
    assert_eq!(error, PemError::Content(BlockKind::PrivateKey));
    assert!(!error.to_string().contains("hunter2"));
    assert_eq!(Pem::read("hunter2").err(), Some(PemError::Missing));
}
