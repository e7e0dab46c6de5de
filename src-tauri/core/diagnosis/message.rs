//! The id of a message in an answer, and when it was created (sap-domain 4.6, 11.4).

use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use regex::Regex;
use serde::{Deserialize, Serialize};

/// A message named by an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct MessageMoment {
    /// Its id.
    pub id: String,
    /// When it was created, in milliseconds since 1970; absent when the id does not tell.
    #[cfg_attr(feature = "bindings", ts(type = "number | null"))]
    pub created_ms: Option<i64>,
}

/// 2012, before which there was no such tenant, and 2100.
const PLAUSIBLE: std::ops::Range<i64> = 1_325_376_000..4_102_444_800;
/// Characters and bytes of an id.
const LENGTHS: (usize, usize) = (28, 21);

impl MessageMoment {
    /// The message of this id.
    pub fn of(id: &str) -> Self {
        Self { id: id.to_owned(), created_ms: seconds(id).map(|seconds| seconds * 1000) }
    }

    /// The message the platform's failure text names.
    pub(super) fn in_text(text: &str) -> Option<Self> {
        static NAMED: LazyLock<Option<Regex>> = LazyLock::new(|| {
            Regex::new(r"MPL ID for the failed message is\s*:\s*([A-Za-z0-9_-]{20,40})").ok()
        });
        let found = NAMED.as_ref()?.captures(text)?;
        Some(Self::of(found.get(1)?.as_str()))
    }
}

fn seconds(id: &str) -> Option<i64> {
    if id.len() != LENGTHS.0 {
        return None;
    }
    let bytes = URL_SAFE_NO_PAD.decode(id).ok().filter(|bytes| bytes.len() == LENGTHS.1)?;
    let seconds = bytes.iter().take(5).fold(0_i64, |seconds, byte| seconds << 8 | i64::from(*byte));
    PLAUSIBLE.contains(&seconds).then_some(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_tells_when_it_was_created() {
        for (id, moment) in [
            ("AGqDTkpRrHo9qPIPheTPcCsK8F4F", "2026-08-17T18:09:14Z"),
            ("AF9rOAoYxU3MiD7V8QsI1X9h67Gt", "2020-09-23T11:56:58Z"),
            ("AGpyvUXKUZJ-xCKXdYXps-l8FDTq", "2026-08-05T04:34:13Z"),
            ("AF57ga2G45vKDTfn7zqO0zwJ9n93", "2020-03-25T16:07:09Z"),
        ] {
            let created = MessageMoment::of(id).created_ms.expect("it tells");
            let expected: jiff::Timestamp = moment.parse().expect("a moment");
            assert_eq!(created, expected.as_millisecond(), "{id}");
        }
    }

    #[test]
    fn what_is_no_such_id_tells_no_time() {
        for id in [
            "",
            "AGqDTkpRrHo9qPIPheTPcCsK8F4",
            "zzzzzzzzzzzzzzzzzzzzzzzzzzzz",
            "AGqDTkpRrHo9qPIPheTPcCsK8F4!",
        ] {
            assert_eq!(MessageMoment::of(id).created_ms, None, "{id}");
        }
        let text = "An internal server error occured: The MPL ID for the failed message is : AGqDTkpRrHo9qPIPheTPcCsK8F4F\r\n";
        assert_eq!(MessageMoment::in_text(text).expect("it is named").id, "AGqDTkpRrHo9qPIPheTPcCsK8F4F");
        assert_eq!(MessageMoment::in_text("MPL ID for the failed message is : soon"), None);
    }
}
