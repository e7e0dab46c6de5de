//! Indents XML where only elements stand beside each other; text nodes stay untouched.

use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::{Broken, Pretty};

/// The text indented by two spaces; a text that is `cut` may end anywhere, and no more than `most` bytes come out.
pub(super) fn pretty(text: &str, cut: bool, most: usize) -> Result<Pretty, Broken> {
    let tokens = tokens(text, cut)?;
    let mut out = String::with_capacity((text.len() * 3 / 2).min(most));
    let mut depth = 0_usize;
    let mut verbatim: Option<usize> = None;
    for token in &tokens {
        if out.len() > most {
            return Ok(Pretty { text: out, cut: true });
        }
        let raw = &text[token.range.clone()];
        if token.kind == Kind::End {
            depth = depth.saturating_sub(1);
        }
        match verbatim {
            Some(_) => out.push_str(raw),
            None if token.kind == Kind::Text => {}
            None => {
                new_line(&mut out, depth);
                out.push_str(raw);
            }
        }
        match token.kind {
            Kind::End if verbatim == Some(depth) => verbatim = None,
            Kind::Start { verbatim: whole } => {
                if whole && verbatim.is_none() {
                    verbatim = Some(depth);
                }
                depth += 1;
            }
            _ => {}
        }
    }
    Ok(Pretty { text: out, cut })
}

fn new_line(out: &mut String, depth: usize) {
    if !out.is_empty() {
        out.push('\n');
        out.extend(std::iter::repeat_n("  ", depth));
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A start tag; `verbatim` when its content must stay as it is.
    Start {
        verbatim: bool,
    },
    End,
    Text,
    /// Empty element, comment, instruction, declaration.
    Other,
}

struct Token {
    kind: Kind,
    range: Range<usize>,
}

/// An open element while tokens are read.
struct Open {
    token: usize,
    has_text: bool,
    has_children: bool,
}

fn tokens(text: &str, cut: bool) -> Result<Vec<Token>, Broken> {
    let mut reader = Reader::from_str(text);
    let mut tokens = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    loop {
        let begin = position(reader.buffer_position());
        let event = match reader.read_event() {
            Ok(event) => event,
            // A tag in half at the end of a cut text is no fault of the text.
            Err(quick_xml::Error::Syntax(_)) if cut => break,
            Err(error) => return Err(Broken::new(position(reader.error_position()), sentence(&error))),
        };
        let range = begin..position(reader.buffer_position());
        let kind = match event {
            Event::Eof => break,
            Event::Start(_) => {
                Kind::Start { verbatim: text[range.clone()].contains("xml:space=\"preserve\"") }
            }
            Event::End(_) => Kind::End,
            Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) => {
                note_text(&text[range.clone()], begin, open.last_mut())?;
                Kind::Text
            }
            _ => Kind::Other,
        };
        enter(kind, &mut open, &mut tokens, range);
    }
    match open.last() {
        Some(last) if !cut => Err(Broken::new(tokens[last.token].range.start, "An element is not closed")),
        _ if tokens.is_empty() && !cut => Err(Broken::new(0, "There is no element")),
        _ => Ok(tokens),
    }
}

fn note_text(raw: &str, at: usize, parent: Option<&mut Open>) -> Result<(), Broken> {
    if raw.trim_ascii().is_empty() {
        return Ok(());
    }
    match parent {
        Some(parent) => parent.has_text = true,
        None => return Err(Broken::new(at, "Text stands outside of the root element")),
    }
    Ok(())
}

fn enter(kind: Kind, open: &mut Vec<Open>, tokens: &mut Vec<Token>, range: Range<usize>) {
    match kind {
        Kind::Text => {}
        Kind::End => {
            if let Some(closed) = open.pop() {
                let whole = closed.has_text || !closed.has_children;
                if let Kind::Start { verbatim } = &mut tokens[closed.token].kind {
                    *verbatim |= whole;
                }
            }
        }
        Kind::Start { .. } | Kind::Other => {
            if let Some(parent) = open.last_mut() {
                parent.has_children = true;
            }
            if matches!(kind, Kind::Start { .. }) {
                open.push(Open { token: tokens.len(), has_text: false, has_children: false });
            }
        }
    }
    tokens.push(Token { kind, range });
}

fn position(offset: u64) -> usize {
    usize::try_from(offset).unwrap_or(usize::MAX)
}

fn sentence(error: &quick_xml::Error) -> String {
    let text = error.to_string();
    let text = text.split_once(": ").map_or(text.as_str(), |(_, reason)| reason).trim_end_matches('.');
    let mut signs = text.chars();
    signs.next().map_or_else(String::new, |first| first.to_uppercase().chain(signs).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_indented_and_text_is_not_touched() {
        let text = "<?xml version=\"1.0\"?><a x='1'><b>t  x</b><c/><!-- n --><d><e> </e>  <f></f></d><m>one <i>two</i>\n three &amp; <![CDATA[<x>]]></m></a>";
        let expected = "<?xml version=\"1.0\"?>\n<a x='1'>\n  <b>t  x</b>\n  <c/>\n  <!-- n -->\n  <d>\n    <e> </e>\n    <f></f>\n  </d>\n  <m>one <i>two</i>\n three &amp; <![CDATA[<x>]]></m>\n</a>";
        let once = pretty(text, false, 10_000).unwrap().text;
        assert_eq!(once, expected);
        assert_eq!(pretty(&once, false, 10_000).unwrap().text, expected);
        let kept = "<a xml:space=\"preserve\"> <b/> </a>";
        assert_eq!(pretty(kept, false, 100).unwrap().text, kept);
    }

    #[test]
    fn faults_are_found() {
        for text in ["", "<a>", "<a></b>", "<a", "text", "<a/>text", "</a>"] {
            assert!(pretty(text, false, 100).is_err(), "{text}");
        }
    }

    #[test]
    fn a_cut_text_may_end_anywhere() {
        let text = "<?xml version=\"1.0\"?><a x='1'><b>t</b><!-- c --><c/></a>";
        for end in 0..text.len() {
            assert!(pretty(&text[..end], true, 1000).is_ok(), "{}", &text[..end]);
        }
    }
}
