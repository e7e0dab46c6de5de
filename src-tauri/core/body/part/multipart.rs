use std::io::{self, Write as _};
use std::path::Path;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::{OpenPart, unreadable};
use crate::body::source::{Slice, Source};
use crate::body::view::BodyPart;
use crate::error::Result;
use crate::http::SpooledBody;

const PIECE: usize = 1024 * 1024;
/// The fields of a part are no longer than this.
const MOST_HEAD: u64 = 64 * 1024;
/// More parts are not looked for.
const MOST_PARTS: usize = 1000;
/// A part in base64 is decoded up to this size.
const LARGEST_ENCODED: u64 = 256 * 1024 * 1024;

/// A part and where its content is.
pub(super) struct Part {
    pub(super) shown: BodyPart,
    from: u64,
    size: u64,
    is_base64: bool,
}

/// The parts of a multipart body (RFC 2046), read from front to back.
pub(super) fn parts(source: &dyn Source, content_type: Option<&str>) -> io::Result<Vec<Part>> {
    let Some(boundary) = boundary(source, content_type)? else { return Ok(Vec::new()) };
    let marks = marks(source, &boundary)?;
    let mut parts = Vec::new();
    for (number, pair) in marks.windows(2).take(MOST_PARTS).enumerate() {
        let [(_, from), (to, _)] = pair else { continue };
        parts.push(part(source, u32::try_from(number).unwrap_or(u32::MAX), *from, *to)?);
    }
    // A body that was cut off has a last part without an end.
    if let Some((_, from)) = marks.last().filter(|(mark, from)| !is_end(source, *mark, *from, &boundary)) {
        parts.push(part(source, u32::try_from(parts.len()).unwrap_or(u32::MAX), *from, source.size())?);
    }
    Ok(parts)
}

/// Opens a part; one in base64 is decoded.
pub(super) fn open(source: &Arc<dyn Source>, part: &Part, folder: &Path) -> Result<OpenPart> {
    let content_type = part.shown.content_type.clone();
    let slice: Arc<dyn Source> = Arc::new(Slice::new(Arc::clone(source), part.from, part.size));
    if !part.is_base64 || part.size > LARGEST_ENCODED {
        return Ok(OpenPart { source: slice, content_type });
    }
    let decoded = decode(slice.as_ref(), folder).map_err(|error| unreadable(&error))?;
    Ok(OpenPart { source: decoded.map_or(slice, |body| body.source()), content_type })
}

fn decode(source: &dyn Source, folder: &Path) -> io::Result<Option<SpooledBody>> {
    std::fs::create_dir_all(folder)?;
    let mut file = tempfile::tempfile_in(folder)?;
    let (mut at, mut letters) = (0, Vec::new());
    let mut piece = vec![0; PIECE];
    loop {
        let read = source.read_at(&mut piece, at)?;
        at += read as u64;
        letters.extend(piece[..read].iter().filter(|byte| !byte.is_ascii_whitespace()));
        let whole = if read == 0 { letters.len() } else { letters.len() / 4 * 4 };
        let rest = letters.split_off(whole);
        let Ok(bytes) = STANDARD.decode(&letters) else { return Ok(None) };
        file.write_all(&bytes)?;
        letters = rest;
        if read == 0 {
            return SpooledBody::of_file(file).map(Some);
        }
    }
}

/// The boundary the content type names, or that of the first line when it names none.
fn boundary(source: &dyn Source, content_type: Option<&str>) -> io::Result<Option<Vec<u8>>> {
    let named = content_type.and_then(|text| text.parse::<mime::Mime>().ok());
    let named =
        named.as_ref().and_then(|mime| mime.get_param("boundary")).map(|name| name.as_str().to_owned());
    // Quoted boundaries with signs that mime does not take are read by hand.
    let by_hand = || {
        let text = content_type?;
        let at = text.to_ascii_lowercase().find("boundary=")? + "boundary=".len();
        let value = text.get(at..)?.split(';').next()?.trim().trim_matches('"');
        (!value.is_empty()).then(|| value.to_owned())
    };
    if let Some(name) = named.or_else(by_hand) {
        return Ok(Some([b"--", name.as_bytes()].concat()));
    }
    let mut start = vec![0; 256];
    let read = source.read_at(&mut start, 0)?;
    let line = start[..read].split(|byte| matches!(byte, b'\r' | b'\n')).next().unwrap_or_default();
    Ok((line.len() > 2 && line.starts_with(b"--")).then(|| line.to_vec()))
}

/// Where each boundary begins, its line break before included, and where the line behind it begins.
fn marks(source: &dyn Source, boundary: &[u8]) -> io::Result<Vec<(u64, u64)>> {
    let finder = memchr::memmem::Finder::new(boundary);
    let keep = boundary.len() + 4;
    let (mut marks, mut window, mut start, mut last) = (Vec::new(), Vec::new(), 0_u64, None);
    loop {
        let before = window.len();
        window.resize(before + PIECE, 0);
        let read = source.read_at(&mut window[before..], start + before as u64)?;
        window.truncate(before + read);
        let is_last = read == 0;
        let searched = if is_last { window.len() } else { window.len().saturating_sub(keep) };
        for at in finder.find_iter(&window) {
            if at >= searched && !is_last {
                break;
            }
            let begins_line = at == 0 && start == 0 || at > 0 && window.get(at - 1) == Some(&b'\n');
            if !begins_line {
                continue;
            }
            // What is kept of the piece before is looked through again.
            let mark = start + at as u64;
            if last.is_some_and(|last| mark <= last) {
                continue;
            }
            last = Some(mark);
            let lead =
                window[..at].iter().rev().take(2).take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            marks.push((mark - lead as u64, line_behind(source, mark + boundary.len() as u64)?));
        }
        if is_last || marks.len() > MOST_PARTS {
            return Ok(marks);
        }
        let drop = window.len().saturating_sub(keep * 2);
        window.drain(..drop);
        start += drop as u64;
    }
}

fn line_behind(source: &dyn Source, at: u64) -> io::Result<u64> {
    let mut bytes = [0; 256];
    let read = source.read_at(&mut bytes, at)?;
    let line = bytes[..read].iter().position(|byte| *byte == b'\n');
    Ok(at + line.map_or(read, |line| line + 1) as u64)
}

fn is_end(source: &dyn Source, mark: u64, behind: u64, boundary: &[u8]) -> bool {
    let mut bytes = vec![0; boundary.len() + 8];
    let read = source.read_at(&mut bytes, mark).unwrap_or_default();
    let text = bytes[..read].trim_ascii_start();
    behind >= source.size() && text.len() < boundary.len()
        || text.get(boundary.len()..).is_some_and(|rest| rest.starts_with(b"--"))
}

fn part(source: &dyn Source, number: u32, from: u64, to: u64) -> io::Result<Part> {
    let mut head = vec![0; usize::try_from(MOST_HEAD.min(to.saturating_sub(from))).unwrap_or_default()];
    let read = source.read_at(&mut head, from)?;
    let head = &head[..read];
    let starts_empty = head.starts_with(b"\r\n") || head.starts_with(b"\n");
    let end = if starts_empty {
        Some((0, usize::from(head.first() == Some(&b'\r')) + 1))
    } else {
        blank_line(head)
    };
    let (fields, skip) = end.map_or((&b""[..], 0), |(end, skip)| (&head[..end], end + skip));
    let headers = fields_of(&String::from_utf8_lossy(fields));
    let find = |name: &str| {
        headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.clone())
    };
    let disposition = find("content-disposition").unwrap_or_default();
    let name = parameter(&disposition, "filename")
        .or_else(|| parameter(&disposition, "name"))
        .or_else(|| find("content-id").map(|id| id.trim_matches(['<', '>']).to_owned()))
        .unwrap_or_else(|| format!("Part {}", number + 1));
    let is_base64 =
        find("content-transfer-encoding").is_some_and(|way| way.trim().eq_ignore_ascii_case("base64"));
    let content_type = find("content-type");
    let from = from + skip as u64;
    let size = to.saturating_sub(from);
    let shown = BodyPart { number, name, content_type, size, headers, problem: None };
    Ok(Part { shown, from, size, is_base64 })
}

/// Where the fields end, and how long the blank line behind them is.
fn blank_line(head: &[u8]) -> Option<(usize, usize)> {
    let windows = memchr::memmem::find(head, b"\r\n\r\n").map(|at| (at, 4));
    let unix = memchr::memmem::find(head, b"\n\n").map(|at| (at, 2));
    [windows, unix].into_iter().flatten().min_by_key(|(at, _)| *at)
}

fn fields_of(text: &str) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        match (line.starts_with([' ', '\t']), fields.last_mut(), line.split_once(':')) {
            (true, Some((_, value)), _) => {
                value.push(' ');
                value.push_str(line.trim());
            }
            (_, _, Some((name, value))) => fields.push((name.trim().to_owned(), value.trim().to_owned())),
            _ => {}
        }
    }
    fields
}

fn parameter(text: &str, name: &str) -> Option<String> {
    text.split(';').skip(1).find_map(|pair| {
        let (key, value) = pair.split_once('=')?;
        let value = value.trim().trim_matches('"');
        (key.trim().eq_ignore_ascii_case(name) && !value.is_empty()).then(|| value.to_owned())
    })
}
