use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use base64::prelude::BASE64_STANDARD;
use rustls::pki_types::CertificateDer;
use zeroize::Zeroizing;

use crate::error::{Code, Error};

const BEGIN: &str = "-----BEGIN ";
const DASHES: &str = "-----";
const LINE: usize = 76;

const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// The blocks of a PEM text, however badly it was copied, and what had to be put right.
pub struct Pem {
    /// The blocks in the order of the text.
    pub blocks: Vec<Block>,
    /// What was put right.
    pub repairs: PemRepairs,
}

/// One PEM block, decoded.
pub struct Block {
    /// Its label: `CERTIFICATE`, `RSA PRIVATE KEY`.
    pub label: String,
    /// Its header lines, as `DEK-Info` of OpenSSL's old encrypted keys.
    pub headers: Vec<(String, String)>,
    /// Its content; wiped when dropped, for it may be a private key.
    pub der: Zeroizing<Vec<u8>>,
}

/// What the reader put right, as counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PemRepairs {
    /// Backslash-n sequences that became line breaks.
    pub literal_breaks: usize,
    /// Blocks whose content was one long line.
    pub single_lines: usize,
    /// Windows line ends.
    pub carriage_returns: usize,
    /// Quotes that were in the way.
    pub quotes: usize,
}

/// What a PEM block holds, for messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// A certificate.
    Certificate,
    /// A private key.
    PrivateKey,
    /// Anything else.
    Other,
}

/// Why a text is no PEM.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PemError {
    /// There is no block.
    #[error("There is no -----BEGIN line in the text.")]
    Missing,
    /// A block has no end.
    #[error("The {0} is cut off: its -----END line is missing or not whole.")]
    Truncated(BlockKind),
    /// A block's content is no base64.
    #[error("The {0} is damaged: between its BEGIN and END lines there is something other than base64.")]
    Content(BlockKind),
}

impl Pem {
    /// Reads every block, repairing escaped, missing and foreign line breaks on the way.
    pub fn read(text: &str) -> Result<Self, PemError> {
        let mut repairs = PemRepairs::default();
        let plain = unescape(text, &mut repairs);
        repairs.quotes = surrounding_quotes(&plain);
        let mut blocks = Vec::new();
        let mut rest = plain.as_str();
        while let Some((block, after)) = next_block(rest, &mut repairs)? {
            blocks.push(block);
            rest = after;
        }
        if blocks.is_empty() { Err(PemError::Missing) } else { Ok(Self { blocks, repairs }) }
    }

    /// The certificates among the blocks.
    pub fn certificates(&self) -> Vec<CertificateDer<'static>> {
        self.blocks
            .iter()
            .filter(|block| block.what() == BlockKind::Certificate)
            .map(|block| CertificateDer::from(block.der.to_vec()))
            .collect()
    }
}

impl Block {
    /// What the label says it is.
    pub fn what(&self) -> BlockKind {
        BlockKind::of(&self.label)
    }

    /// The value of a header line.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

impl BlockKind {
    fn of(label: &str) -> Self {
        match label {
            "CERTIFICATE" | "X509 CERTIFICATE" => Self::Certificate,
            label if label.ends_with("PRIVATE KEY") => Self::PrivateKey,
            _ => Self::Other,
        }
    }
}

impl std::fmt::Display for BlockKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Certificate => "certificate",
            Self::PrivateKey => "private key",
            Self::Other => "PEM block",
        })
    }
}

/// A PEM block as everybody writes it, lines of 64 characters; not for private keys, whose text would stay in memory.
pub fn write_pem(label: &str, der: &[u8]) -> String {
    let coded = BASE64_STANDARD.encode(der);
    let lines: Vec<&str> =
        coded.as_bytes().chunks(64).filter_map(|line| std::str::from_utf8(line).ok()).collect();
    format!("{BEGIN}{label}-----\n{}\n-----END {label}-----\n", lines.join("\n"))
}

/// Base64 holds no backslash, so every run of them is a wrongly copied escape.
fn unescape(text: &str, repairs: &mut PemRepairs) -> Zeroizing<String> {
    let mut plain = Zeroizing::new(String::with_capacity(text.len()));
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '\\' => {
                while chars.next_if_eq(&'\\').is_some() {}
                match chars.next_if(|next| matches!(next, 'n' | 'r' | 't')) {
                    Some('n') => {
                        repairs.literal_breaks += 1;
                        plain.push('\n');
                    }
                    Some(_) => plain.push(' '),
                    None => {}
                }
            }
            '\r' => {
                repairs.carriage_returns += 1;
                if chars.peek() != Some(&'\n') {
                    plain.push('\n');
                }
            }
            other => plain.push(other),
        }
    }
    plain
}

fn surrounding_quotes(text: &str) -> usize {
    text.trim().chars().take_while(|char| is_quote(*char)).count()
}

const fn is_quote(char: char) -> bool {
    matches!(char, '"' | '\'' | '\u{201C}' | '\u{201D}' | '\u{2018}' | '\u{2019}')
}

fn next_block<'t>(text: &'t str, repairs: &mut PemRepairs) -> Result<Option<(Block, &'t str)>, PemError> {
    let Some((_, opened)) = text.split_once(BEGIN) else { return Ok(None) };
    let Some((label, inside)) = opened.split_once(DASHES).filter(|(label, _)| is_label(label)) else {
        let what = if opened.starts_with("CERT") { BlockKind::Certificate } else { BlockKind::Other };
        return Err(PemError::Truncated(what));
    };
    let what = BlockKind::of(label);
    let Some((body, after)) = inside.split_once(format!("-----END {label}-----").as_str()) else {
        return Err(PemError::Truncated(what));
    };
    if body.contains(BEGIN) {
        return Err(PemError::Truncated(what));
    }
    let (headers, content) = split_headers(body);
    let mut base64 = Zeroizing::new(String::with_capacity(content.len()));
    base64.extend(content.chars().filter(|char| is_content(*char)));
    let der = BASE64.decode(base64.as_bytes()).map_err(|_| PemError::Content(what))?;
    if der.is_empty() {
        return Err(PemError::Content(what));
    }
    if base64.len() > LINE && !content.trim().contains('\n') {
        repairs.single_lines += 1;
    }
    Ok(Some((Block { label: label.to_owned(), headers, der: Zeroizing::new(der) }, after)))
}

fn is_label(label: &str) -> bool {
    !label.is_empty()
        && label.len() <= 40
        && label.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b' ')
}

fn is_content(char: char) -> bool {
    !char.is_whitespace() && !is_quote(char) && !matches!(char, '\u{200B}' | '\u{FEFF}')
}

/// RFC 1421 headers come first, one a line, and end at an empty line.
fn split_headers(body: &str) -> (Vec<(String, String)>, &str) {
    let mut headers = Vec::new();
    let mut rest = body.trim_start();
    while let Some((line, after)) = rest.split_once('\n') {
        let Some((name, value)) = line.split_once(':') else { break };
        headers.push((name.trim().to_owned(), value.trim().to_owned()));
        rest = after;
    }
    (headers, rest)
}

impl From<PemError> for Error {
    fn from(error: PemError) -> Self {
        let hint = match error {
            PemError::Missing => {
                "A PEM text begins with -----BEGIN and ends with -----END, both lines included."
            }
            PemError::Truncated(_) | PemError::Content(_) => {
                "Copy it again from where it is shown, whole, the BEGIN and END lines included."
            }
        };
        Self::new(Code::InvalidInput, error.to_string()).hint(hint)
    }
}
