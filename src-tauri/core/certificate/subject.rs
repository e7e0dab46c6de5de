use rcgen::{DistinguishedName, DnType, DnValue, string::PrintableString};

use crate::error::{Code, Error};

/// X.520 allows a common name, an organisation and a unit of this many characters.
const LONGEST_VALUE: usize = 64;
/// X.520 allows a state and a locality of this many characters.
const LONGEST_PLACE: usize = 128;
/// The attribute of an e-mail address, from PKCS#9.
const EMAIL_ADDRESS: &[u64] = &[1, 2, 840, 113_549, 1, 9, 1];

/// Whom a certificate is asked for: a distinguished name that can be written into a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// The least specific part first, as DER wants it.
    parts: Vec<(Attribute, String)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Attribute {
    CommonName,
    Unit,
    Organization,
    Locality,
    State,
    Country,
    EmailAddress,
}

/// Why a text is no subject for a certificate request.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SubjectError {
    /// It has no common name.
    #[error("The subject has no common name (CN).")]
    NoCommonName,
    /// A part has no `=`.
    #[error("The part {0:?} of the subject is not written as NAME=VALUE.")]
    NoValue(String),
    /// A part nobody asks for in a client certificate.
    #[error("The part {0:?} of the subject is none of CN, OU, O, L, ST, C and emailAddress.")]
    UnknownPart(String),
    /// The same part twice.
    #[error("The part {0} occurs twice in the subject.")]
    Repeated(&'static str),
    /// An empty value, or one that is too long or has control characters.
    #[error("The value of {0} in the subject is empty, too long, or has characters that cannot be shown.")]
    Value(&'static str),
    /// A country that is no code.
    #[error("The country in the subject is no code of two letters.")]
    Country,
}

impl Subject {
    /// Reads a name as RFC 4514 writes it, most specific part first; a text without `=` is the common name alone.
    pub fn read(text: &str) -> Result<Self, SubjectError> {
        if !text.contains('=') {
            let name = checked(Attribute::CommonName, text.trim().to_owned())?;
            return Ok(Self { parts: vec![(Attribute::CommonName, name)] });
        }
        let mut parts: Vec<(Attribute, String)> = Vec::new();
        for piece in pieces(text) {
            let (label, value) =
                piece.split_once('=').ok_or_else(|| SubjectError::NoValue(piece.trim().to_owned()))?;
            let attribute = Attribute::read(label.trim())?;
            if parts.iter().any(|(known, _)| *known == attribute) {
                return Err(SubjectError::Repeated(attribute.label()));
            }
            parts.push((attribute, checked(attribute, unescaped(value))?));
        }
        if !parts.iter().any(|(attribute, _)| *attribute == Attribute::CommonName) {
            return Err(SubjectError::NoCommonName);
        }
        parts.reverse();
        Ok(Self { parts })
    }

    /// The name as a request carries it.
    pub(super) fn distinguished_name(&self) -> DistinguishedName {
        let mut name = DistinguishedName::new();
        for (attribute, value) in &self.parts {
            // A country is a PrintableString by its definition; two letters always are one.
            let written = match (attribute, PrintableString::try_from(value.as_str())) {
                (Attribute::Country, Ok(printable)) => DnValue::PrintableString(printable),
                _ => DnValue::Utf8String(value.clone()),
            };
            name.push(attribute.kind(), written);
        }
        name
    }
}

impl Attribute {
    fn read(label: &str) -> Result<Self, SubjectError> {
        match label.to_ascii_uppercase().as_str() {
            "CN" => Ok(Self::CommonName),
            "OU" => Ok(Self::Unit),
            "O" => Ok(Self::Organization),
            "L" => Ok(Self::Locality),
            "ST" | "S" => Ok(Self::State),
            "C" => Ok(Self::Country),
            "E" | "EMAIL" | "EMAILADDRESS" => Ok(Self::EmailAddress),
            _ => Err(SubjectError::UnknownPart(label.to_owned())),
        }
    }

    const fn label(self) -> &'static str {
        match self {
            Self::CommonName => "CN",
            Self::Unit => "OU",
            Self::Organization => "O",
            Self::Locality => "L",
            Self::State => "ST",
            Self::Country => "C",
            Self::EmailAddress => "emailAddress",
        }
    }

    const fn longest(self) -> usize {
        match self {
            Self::CommonName | Self::Unit | Self::Organization => LONGEST_VALUE,
            Self::Locality | Self::State | Self::Country | Self::EmailAddress => LONGEST_PLACE,
        }
    }

    fn kind(self) -> DnType {
        match self {
            Self::CommonName => DnType::CommonName,
            Self::Unit => DnType::OrganizationalUnitName,
            Self::Organization => DnType::OrganizationName,
            Self::Locality => DnType::LocalityName,
            Self::State => DnType::StateOrProvinceName,
            Self::Country => DnType::CountryName,
            Self::EmailAddress => DnType::CustomDnType(EMAIL_ADDRESS.to_vec()),
        }
    }
}

fn checked(attribute: Attribute, value: String) -> Result<String, SubjectError> {
    if value.is_empty() || value.chars().count() > attribute.longest() || value.chars().any(char::is_control)
    {
        return Err(SubjectError::Value(attribute.label()));
    }
    if attribute != Attribute::Country {
        return Ok(value);
    }
    let is_code = value.len() == 2 && value.bytes().all(|byte| byte.is_ascii_alphabetic());
    if is_code { Ok(value.to_ascii_uppercase()) } else { Err(SubjectError::Country) }
}

/// Cuts at commas and plus signs that no backslash protects.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut start, mut is_escaped) = (0, false);
    for (place, letter) in text.char_indices() {
        if !is_escaped && matches!(letter, ',' | '+') {
            pieces.push(&text[start..place]);
            start = place + 1;
        }
        is_escaped = !is_escaped && letter == '\\';
    }
    pieces.push(&text[start..]);
    pieces
}

fn unescaped(value: &str) -> String {
    let mut plain = String::with_capacity(value.len());
    let mut letters = value.trim().chars();
    while let Some(letter) = letters.next() {
        plain.push(if letter == '\\' { letters.next().unwrap_or('\\') } else { letter });
    }
    plain
}

impl From<SubjectError> for Error {
    fn from(error: SubjectError) -> Self {
        Self::new(Code::InvalidInput, error.to_string())
            .hint("Write it like CN=orders-dev, O=Acme Foods, C=DE; a comma inside a value as \\,")
    }
}
