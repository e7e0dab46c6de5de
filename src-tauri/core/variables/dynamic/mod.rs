//! Values made anew at every use: the names Postman and Bruno share.

mod words;

use jiff::{Timestamp, ToSpan as _};
use uuid::Uuid;

use words::{
    ABBREVIATIONS, AGENTS, CITIES, COLORS, COMPANIES, COUNTRIES, COUNTRY_CODES, CURRENCIES, DEPARTMENTS,
    ENDINGS, FIRST_NAMES, JOBS, LAST_NAMES, LATIN, LOCALES, MATERIALS, MEDIA_TYPES, MONTHS, PREFIXES,
    PRODUCTS, STREETS, SUFFIXES, WEEKDAYS, WORDS,
};

/// The dynamic variables and what they make.
pub const DYNAMIC: &[(&str, &str)] = &[
    ("$guid", "A UUID"),
    ("$randomUUID", "A UUID"),
    ("$timestamp", "Seconds since 1970"),
    ("$isoTimestamp", "Now, as 2026-01-31T12:00:00.000Z"),
    ("$randomInt", "A whole number from 0 to 1000"),
    ("$randomFloat", "A number from 0 to 1000 with two decimals"),
    ("$randomBoolean", "true or false"),
    ("$randomAlphaNumeric", "A letter or digit"),
    ("$randomHexadecimal", "A number such as 0x1f"),
    ("$randomPassword", "15 letters and digits"),
    ("$randomColor", "The name of a colour"),
    ("$randomHexColor", "A colour such as #1f2e3d"),
    ("$randomAbbreviation", "An abbreviation such as SQL"),
    ("$randomFirstName", "A first name"),
    ("$randomLastName", "A last name"),
    ("$randomFullName", "A first and a last name"),
    ("$randomNamePrefix", "A form of address"),
    ("$randomUserName", "A user name"),
    ("$randomEmail", "A mail address at example.com"),
    ("$randomExampleEmail", "A mail address at example.com"),
    ("$randomPhoneNumber", "A phone number such as 555-010-1234"),
    ("$randomJobTitle", "A profession"),
    ("$randomCity", "A city"),
    ("$randomCountry", "A country"),
    ("$randomCountryCode", "A country code"),
    ("$randomStreetName", "A street"),
    ("$randomStreetAddress", "A house number and a street"),
    ("$randomLatitude", "Degrees from -90 to 90"),
    ("$randomLongitude", "Degrees from -180 to 180"),
    ("$randomCompanyName", "A company"),
    ("$randomCompanySuffix", "A legal form"),
    ("$randomDepartment", "A department"),
    ("$randomProduct", "A product"),
    ("$randomProductName", "A product with its material"),
    ("$randomPrice", "An amount from 0.00 to 999.99"),
    ("$randomCurrencyCode", "A currency code"),
    ("$randomBankAccount", "8 digits"),
    ("$randomCreditCardMask", "4 digits"),
    ("$randomIP", "An IPv4 address"),
    ("$randomIPV6", "An IPv6 address"),
    ("$randomMACAddress", "A MAC address"),
    ("$randomProtocol", "http or https"),
    ("$randomDomainName", "A host below example.com"),
    ("$randomUrl", "An address below example.com"),
    ("$randomUserAgent", "A browser's name"),
    ("$randomLocale", "A language code"),
    ("$randomSemver", "A version such as 1.4.2"),
    ("$randomFileName", "A file name"),
    ("$randomFileExt", "An ending of file names"),
    ("$randomMimeType", "A media type"),
    ("$randomWord", "A word"),
    ("$randomWords", "Three words"),
    ("$randomNoun", "A word"),
    ("$randomLoremWord", "A word of Latin"),
    ("$randomLoremWords", "Three words of Latin"),
    ("$randomLoremSentence", "A sentence of Latin"),
    ("$randomLoremParagraph", "Four sentences of Latin"),
    ("$randomLoremSlug", "Words of Latin with hyphens"),
    ("$randomDateFuture", "A moment in the next year"),
    ("$randomDatePast", "A moment in the last year"),
    ("$randomDateRecent", "A moment in the last day"),
    ("$randomWeekday", "A day of the week"),
    ("$randomMonth", "A month"),
];

const LETTERS: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
const DAY: u64 = 86_400;

/// A new value of the dynamic variable of this name.
pub fn dynamic(name: &str) -> Option<String> {
    let name = name.strip_prefix('$')?;
    identity(name)
        .or_else(|| number(name))
        .or_else(|| person(name))
        .or_else(|| place(name))
        .or_else(|| business(name))
        .or_else(|| network(name))
        .or_else(|| text(name))
        .or_else(|| moment(name))
}

/// What a dynamic variable of this name makes.
pub(super) fn description(name: &str) -> Option<&'static str> {
    DYNAMIC.iter().find(|(known, _)| *known == name).map(|(_, what)| *what)
}

fn identity(name: &str) -> Option<String> {
    Some(match name {
        "guid" | "randomUUID" => Uuid::new_v4().to_string(),
        "timestamp" => Timestamp::now().as_second().to_string(),
        "isoTimestamp" => iso(Timestamp::now()),
        _ => return None,
    })
}

fn number(name: &str) -> Option<String> {
    Some(match name {
        "randomInt" => below(1_001).to_string(),
        "randomFloat" => format!("{}.{:02}", below(1_000), below(100)),
        "randomBoolean" => pick(&["true", "false"]),
        "randomAlphaNumeric" => signs(1).to_ascii_lowercase(),
        "randomHexadecimal" => format!("0x{:x}", below(0x1_0000)),
        "randomPassword" => signs(15),
        "randomBankAccount" => format!("{:08}", below(100_000_000)),
        "randomCreditCardMask" => format!("{:04}", below(10_000)),
        "randomLatitude" => format!("{}{}.{:04}", sign(), below(90), below(10_000)),
        "randomLongitude" => format!("{}{}.{:04}", sign(), below(180), below(10_000)),
        "randomSemver" => format!("{}.{}.{}", below(10), below(10), below(10)),
        _ => return None,
    })
}

fn person(name: &str) -> Option<String> {
    Some(match name {
        "randomFirstName" => pick(FIRST_NAMES),
        "randomLastName" => pick(LAST_NAMES),
        "randomFullName" => format!("{} {}", pick(FIRST_NAMES), pick(LAST_NAMES)),
        "randomNamePrefix" => pick(PREFIXES),
        "randomUserName" => user(),
        "randomEmail" | "randomExampleEmail" => format!("{}@example.com", user()),
        // The range set aside for fiction, so that nobody is called.
        "randomPhoneNumber" => format!("555-01{}-{:04}", below(10), below(10_000)),
        "randomJobTitle" => pick(JOBS),
        _ => return None,
    })
}

fn place(name: &str) -> Option<String> {
    Some(match name {
        "randomCity" => pick(CITIES),
        "randomCountry" => pick(COUNTRIES),
        "randomCountryCode" => pick(COUNTRY_CODES),
        "randomStreetName" => pick(STREETS),
        "randomStreetAddress" => format!("{} {}", below(200) + 1, pick(STREETS)),
        "randomLocale" => pick(LOCALES),
        _ => return None,
    })
}

fn business(name: &str) -> Option<String> {
    Some(match name {
        "randomCompanyName" => format!("{} {}", pick(COMPANIES), pick(SUFFIXES)),
        "randomCompanySuffix" => pick(SUFFIXES),
        "randomDepartment" => pick(DEPARTMENTS),
        "randomProduct" => pick(PRODUCTS),
        "randomProductName" => format!("{} {}", pick(MATERIALS), pick(PRODUCTS)),
        "randomPrice" => format!("{}.{:02}", below(1_000), below(100)),
        "randomCurrencyCode" => pick(CURRENCIES),
        "randomAbbreviation" => pick(ABBREVIATIONS),
        "randomColor" => pick(COLORS),
        "randomHexColor" => format!("#{:06x}", below(0x100_0000)),
        _ => return None,
    })
}

fn network(name: &str) -> Option<String> {
    Some(match name {
        // Addresses set aside for documentation (RFC 5737, RFC 3849, RFC 2606): no stranger's host is named.
        "randomIP" => format!("{}.{}", pick(&["192.0.2", "198.51.100", "203.0.113"]), below(256)),
        "randomIPV6" => {
            format!("2001:db8:{:x}:{:x}::{:x}", below(0x1_0000), below(0x1_0000), below(0xffff) + 1)
        }
        "randomMACAddress" => format!(
            "02:{:02x}:{:02x}:{:02x}:{:02x}:{:02x}",
            below(256),
            below(256),
            below(256),
            below(256),
            below(256)
        ),
        "randomProtocol" => pick(&["http", "https"]),
        "randomDomainName" => format!("{}.example.com", pick(WORDS)),
        "randomUrl" => format!("https://{}.example.com", pick(WORDS)),
        "randomUserAgent" => pick(AGENTS),
        "randomMimeType" => pick(MEDIA_TYPES),
        "randomFileName" => format!("{}_{}.{}", pick(WORDS), pick(WORDS), pick(ENDINGS)),
        "randomFileExt" => pick(ENDINGS),
        _ => return None,
    })
}

fn text(name: &str) -> Option<String> {
    Some(match name {
        "randomWord" | "randomNoun" => pick(WORDS),
        "randomWords" => several(WORDS, 3, " "),
        "randomLoremWord" => pick(LATIN),
        "randomLoremWords" => several(LATIN, 3, " "),
        "randomLoremSlug" => several(LATIN, 3, "-"),
        "randomLoremSentence" => sentence(),
        "randomLoremParagraph" => [sentence(), sentence(), sentence(), sentence()].join(" "),
        _ => return None,
    })
}

fn moment(name: &str) -> Option<String> {
    Some(match name {
        "randomDateFuture" => iso(shifted(below(365 * DAY), 1)),
        "randomDatePast" => iso(shifted(below(365 * DAY), -1)),
        "randomDateRecent" => iso(shifted(below(DAY), -1)),
        "randomWeekday" => pick(WEEKDAYS),
        "randomMonth" => pick(MONTHS),
        _ => return None,
    })
}

fn shifted(seconds: u64, direction: i64) -> Timestamp {
    let seconds = i64::try_from(seconds).unwrap_or_default().saturating_add(1).saturating_mul(direction);
    let now = Timestamp::now();
    now.checked_add(seconds.seconds()).unwrap_or(now)
}

fn iso(moment: Timestamp) -> String {
    format!("{moment:.3}")
}

/// 48 random bits are far more than any list or range here needs.
fn below(limit: u64) -> u64 {
    let random = Uuid::new_v4();
    let bits = random.as_bytes().iter().take(6).fold(0_u64, |bits, byte| (bits << 8) | u64::from(*byte));
    bits.checked_rem(limit).unwrap_or_default()
}

fn pick(words: &[&str]) -> String {
    let index = usize::try_from(below(words.len() as u64)).unwrap_or_default();
    words.get(index).copied().unwrap_or_default().to_owned()
}

fn several(words: &[&str], count: usize, between: &str) -> String {
    (0..count).map(|_| pick(words)).collect::<Vec<_>>().join(between)
}

fn sentence() -> String {
    let words = several(LATIN, 6, " ");
    let mut signs = words.chars();
    signs.next().map(|first| format!("{}{}.", first.to_uppercase(), signs.as_str())).unwrap_or_default()
}

fn signs(count: usize) -> String {
    let sign = |_| {
        let index = usize::try_from(below(LETTERS.len() as u64)).unwrap_or_default();
        LETTERS.get(index).copied().map_or('0', char::from)
    };
    (0..count).map(sign).collect()
}

fn sign() -> &'static str {
    if below(2) == 0 { "-" } else { "" }
}

fn user() -> String {
    format!("{}.{}{}", pick(FIRST_NAMES), pick(LAST_NAMES), below(100)).to_lowercase()
}
