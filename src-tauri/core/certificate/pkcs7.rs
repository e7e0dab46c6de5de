use pkcs8::der::asn1::{AnyRef, ObjectIdentifier};
use pkcs8::der::{Decode as _, Header, Reader, SliceReader, Tag, TagNumber, Tagged as _};
use rustls::pki_types::CertificateDer;

const SIGNED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");

/// The certificates a PKCS#7 (CMS) signed-data message carries, as authorities answer in a `.p7b` file; none when the
/// bytes are no such message.
pub(super) fn certificates(der: &[u8]) -> Option<Vec<CertificateDer<'static>>> {
    read(der).ok().flatten()
}

fn read(der: &[u8]) -> pkcs8::der::Result<Option<Vec<CertificateDer<'static>>>> {
    let mut message = SliceReader::new(content(der, Tag::Sequence)?)?;
    if ObjectIdentifier::decode(&mut message)? != SIGNED_DATA {
        return Ok(None);
    }
    let signed = AnyRef::decode(&mut message)?;
    let mut signed = SliceReader::new(content(signed.value(), Tag::Sequence)?)?;
    // Version, digest algorithms and the content that was signed, which a bag of certificates leaves empty.
    for _ in 0..3 {
        AnyRef::decode(&mut signed)?;
    }
    let bag = AnyRef::decode(&mut signed)?;
    let is_bag = matches!(bag.tag(), Tag::ContextSpecific { number: TagNumber(0), .. });
    if !is_bag { Ok(None) } else { members(bag.value()).map(Some) }
}

/// A set of certificates; what stands there beside them (attribute certificates) is passed over.
fn members(bag: &[u8]) -> pkcs8::der::Result<Vec<CertificateDer<'static>>> {
    let mut reader = SliceReader::new(bag)?;
    let mut certificates = Vec::new();
    while !reader.is_finished() {
        let whole = reader.tlv_bytes()?;
        let is_certificate = AnyRef::from_der(whole)?.tag() == Tag::Sequence;
        if is_certificate {
            certificates.push(CertificateDer::from(whole.to_vec()));
        }
    }
    Ok(certificates)
}

fn content(der: &[u8], tag: Tag) -> pkcs8::der::Result<&[u8]> {
    let mut reader = SliceReader::new(der)?;
    let header = Header::decode(&mut reader)?;
    header.tag().assert_eq(tag)?;
    reader.read_slice(header.length())
}
