//! Comparisons of durations and sizes: `>1s`, `<=200ms`, `>1mb`.

/// A comparison operator of SQL and what to compare with; a bare number means at least that much.
pub(super) fn comparison(text: &str) -> (&'static str, &str) {
    for (written, operator) in [(">=", ">="), ("<=", "<="), (">", ">"), ("<", "<"), ("=", "=")] {
        if let Some(rest) = text.strip_prefix(written) {
            return (operator, rest.trim());
        }
    }
    (">=", text)
}

/// Milliseconds of `1s`, `1.5min`, `200ms` or `200`.
pub(super) fn milliseconds(text: &str) -> Option<f64> {
    let (number, unit) = number(text)?;
    let factor = match unit.as_str() {
        "" | "ms" => 1.0,
        "s" | "sec" => 1e3,
        "m" | "min" => 60e3,
        "h" => 3_600e3,
        _ => return None,
    };
    Some(number * factor)
}

/// Bytes of `1mb`, `1.5MiB`, `200k` or `200`.
pub(super) fn bytes(text: &str) -> Option<f64> {
    let (number, unit) = number(text)?;
    let factor = match unit.as_str() {
        "" | "b" => 1.0,
        "k" | "kb" => 1e3,
        "m" | "mb" => 1e6,
        "g" | "gb" => 1e9,
        "kib" => 1_024.0,
        "mib" => 1_048_576.0,
        "gib" => 1_073_741_824.0,
        _ => return None,
    };
    Some(number * factor)
}

fn number(text: &str) -> Option<(f64, String)> {
    let end = text.find(|letter: char| !letter.is_ascii_digit() && letter != '.').unwrap_or(text.len());
    let (number, unit) = text.split_at_checked(end)?;
    let number = number.parse::<f64>().ok().filter(|number| number.is_finite())?;
    Some((number, unit.trim().to_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_and_sizes_are_read_with_their_units() {
        for (text, expected) in
            [("1s", Some(1e3)), ("1.5 min", Some(90e3)), ("250", Some(250.0)), ("2h", Some(7.2e6))]
        {
            assert_eq!(milliseconds(text), expected, "{text}");
        }
        for (text, expected) in
            [("1mb", Some(1e6)), ("2KiB", Some(2_048.0)), ("7", Some(7.0)), ("1g", Some(1e9))]
        {
            assert_eq!(bytes(text), expected, "{text}");
        }
        for text in ["", "s", "1 fortnight", "1.2.3s", "ü", "-1s"] {
            assert!(milliseconds(text).is_none() && bytes(text).is_none(), "{text}");
        }
        assert_eq!(comparison(">=1s"), (">=", "1s"));
        assert_eq!(comparison("< 1s"), ("<", "1s"));
        assert_eq!(comparison("1s"), (">=", "1s"));
    }
}
