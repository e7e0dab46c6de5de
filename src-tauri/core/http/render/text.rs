//! Bytes to text.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use crate::http::view::BodyLanguage;

/// The text of a body: by byte order mark, `charset`, XML declaration, else UTF-8, else Windows-1252.
pub(super) fn decode(bytes: &[u8], content_type: Option<&str>, language: BodyLanguage, cut: bool) -> String {
    let (encoding, mark) = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) => (encoding, mark),
        None => (named(bytes, content_type, language).unwrap_or_else(|| guessed(bytes, cut)), 0),
    };
    let bytes = &bytes[mark..];
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let room = decoder.max_utf8_buffer_length(bytes.len()).unwrap_or(bytes.len());
    let mut text = String::with_capacity(room);
    // A character cut in half at the end of a cut text is left out.
    let _ = decoder.decode_to_string(bytes, &mut text, !cut);
    text.shrink_to_fit();
    text
}

fn named(bytes: &[u8], content_type: Option<&str>, language: BodyLanguage) -> Option<&'static Encoding> {
    let charset = content_type.and_then(|given| given.parse::<mime::Mime>().ok());
    if let Some(charset) = charset.as_ref().and_then(|given| given.get_param(mime::CHARSET)) {
        return Encoding::for_label(charset.as_str().as_bytes());
    }
    if language != BodyLanguage::Xml || !bytes.trim_ascii_start().starts_with(b"<?xml") {
        return None;
    }
    let end = bytes.iter().take(200).position(|byte| *byte == b'>')?;
    let declaration = std::str::from_utf8(&bytes[..end]).ok()?;
    let (_, rest) = declaration.split_once("encoding")?;
    let label = rest.trim_start().strip_prefix('=')?.trim_start();
    let quote = label.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    Encoding::for_label(label[1..].split(quote).next()?.as_bytes())
}

fn guessed(bytes: &[u8], cut: bool) -> &'static Encoding {
    match std::str::from_utf8(bytes) {
        Ok(_) => UTF_8,
        Err(error) if cut && error.error_len().is_none() => UTF_8,
        Err(_) => WINDOWS_1252,
    }
}
