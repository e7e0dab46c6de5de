use rustls::pki_types::CertificateDer;

/// `1.2.840.113549.1.7.2`, signed data.
const SIGNED_DATA: [u8; 9] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02];
const OBJECT_IDENTIFIER: u8 = 0x06;
const SEQUENCE: u8 = 0x30;
const CONTEXT_0: u8 = 0xA0;
const CONSTRUCTED: u8 = 0x20;
const LONG_TAG: u8 = 0x1F;
const END_OF_CONTENT: [u8; 2] = [0, 0];
/// Elements of a certificate bag lie half as deep; what goes deeper is made to exhaust the stack.
const DEEPEST: u8 = 16;

/// One element of a BER encoding.
struct Element<'d> {
    tag: u8,
    content: &'d [u8],
    whole: &'d [u8],
}

/// The certificates a PKCS#7 (CMS) signed-data message carries, as authorities answer in a `.p7b` file; none when the
/// bytes are no such message.
///
/// Java authorities write it in BER with lengths left open, which readers of DER refuse; only a certificate is DER.
pub(super) fn certificates(ber: &[u8]) -> Option<Vec<CertificateDer<'static>>> {
    let (message, _) = expect(ber, SEQUENCE)?;
    let (content_type, rest) = expect(message.content, OBJECT_IDENTIFIER)?;
    if content_type.content != SIGNED_DATA {
        return None;
    }
    let (explicit, _) = expect(rest, CONTEXT_0)?;
    let (signed, _) = expect(explicit.content, SEQUENCE)?;
    let mut rest = signed.content;
    // Version, digest algorithms and the content that was signed, which a bag of certificates leaves empty.
    for _ in 0..3 {
        rest = element(rest, DEEPEST)?.1;
    }
    match element(rest, DEEPEST) {
        Some((bag, _)) if bag.tag == CONTEXT_0 => members(bag.content),
        _ => Some(Vec::new()),
    }
}

/// A set of certificates; what stands there beside them (attribute certificates) is passed over.
fn members(mut bag: &[u8]) -> Option<Vec<CertificateDer<'static>>> {
    let mut certificates = Vec::new();
    while !bag.is_empty() {
        let (member, rest) = element(bag, DEEPEST)?;
        if member.tag == SEQUENCE {
            certificates.push(CertificateDer::from(member.whole.to_vec()));
        }
        bag = rest;
    }
    Some(certificates)
}

fn expect(ber: &[u8], tag: u8) -> Option<(Element<'_>, &[u8])> {
    element(ber, DEEPEST).filter(|(element, _)| element.tag == tag)
}

/// The first element and what follows it.
fn element(ber: &[u8], depth: u8) -> Option<(Element<'_>, &[u8])> {
    let (&tag, after_tag) = ber.split_first()?;
    let (&first, after_first) = after_tag.split_first()?;
    if tag & LONG_TAG == LONG_TAG {
        return None;
    }
    if first == 0x80 {
        return open_ended(tag, ber, after_first, depth);
    }
    let (length, body) = length(first, after_first)?;
    let (content, rest) = body.split_at_checked(length)?;
    let whole = ber.get(..ber.len() - rest.len())?;
    Some((Element { tag, content, whole }, rest))
}

fn length(first: u8, after: &[u8]) -> Option<(usize, &[u8])> {
    if first < 0x80 {
        return Some((first.into(), after));
    }
    let (bytes, body) = after.split_at_checked(usize::from(first & 0x7F))?;
    // Four bytes count to more than any file that is read.
    if bytes.len() > 4 {
        return None;
    }
    let length = bytes.iter().fold(0_u32, |length, byte| length << 8 | u32::from(*byte));
    Some((usize::try_from(length).ok()?, body))
}

/// An element whose end is marked instead of its length told.
fn open_ended<'d>(tag: u8, ber: &'d [u8], body: &'d [u8], depth: u8) -> Option<(Element<'d>, &'d [u8])> {
    let depth = depth.checked_sub(1)?;
    if tag & CONSTRUCTED == 0 {
        return None;
    }
    let mut rest = body;
    loop {
        if let Some(after) = rest.strip_prefix(&END_OF_CONTENT) {
            let content = body.get(..body.len() - rest.len())?;
            let whole = ber.get(..ber.len() - after.len())?;
            return Some((Element { tag, content, whole }, after));
        }
        rest = element(rest, depth)?.1;
    }
}
