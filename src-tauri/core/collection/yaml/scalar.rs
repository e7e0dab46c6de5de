//! What a plain scalar means: the core schema of YAML 1.2.

use serde_json::{Number, Value};

/// The content of a plain scalar. Whole numbers beyond 64 bits and `.inf` keep their text.
pub(super) fn plain_value(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Value::Null,
        "true" | "True" | "TRUE" => return Value::Bool(true),
        "false" | "False" | "FALSE" => return Value::Bool(false),
        _ => {}
    }
    if !numeric_start(text) {
        return Value::String(text.to_owned());
    }
    number(text).map_or_else(|| Value::String(text.to_owned()), Value::Number)
}

/// Whether a plain scalar of this text would not be read as text.
pub(super) fn is_typed(text: &str) -> bool {
    match text {
        "" | "~" | "null" | "Null" | "NULL" | "true" | "True" | "TRUE" | "false" | "False" | "FALSE"
        | ".nan" | ".NaN" | ".NAN" => true,
        _ => {
            numeric_start(text)
                && (is_integer(text) || is_float(text) || is_infinite(text) || radix(text).is_some())
        }
    }
}

fn numeric_start(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.'))
}

fn number(text: &str) -> Option<Number> {
    if let Some((digits, base)) = radix(text) {
        return u64::from_str_radix(digits, base).ok().map(Number::from);
    }
    if is_integer(text) {
        let digits = text.strip_prefix('+').unwrap_or(text);
        let signed = digits.parse::<i64>().ok().map(Number::from);
        return signed.or_else(|| digits.parse::<u64>().ok().map(Number::from));
    }
    if is_float(text) {
        return text.parse::<f64>().ok().and_then(Number::from_f64);
    }
    None
}

fn radix(text: &str) -> Option<(&str, u32)> {
    let (digits, base) = text
        .strip_prefix("0x")
        .map(|rest| (rest, 16))
        .or_else(|| text.strip_prefix("0o").map(|rest| (rest, 8)))?;
    let valid = !digits.is_empty() && digits.chars().all(|c| c.is_digit(base));
    valid.then_some((digits, base))
}

fn unsigned(text: &str) -> &str {
    text.strip_prefix(['+', '-']).unwrap_or(text)
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

fn is_integer(text: &str) -> bool {
    let digits = unsigned(text);
    !digits.is_empty() && all_digits(digits)
}

fn is_infinite(text: &str) -> bool {
    matches!(unsigned(text), ".inf" | ".Inf" | ".INF")
}

fn is_float(text: &str) -> bool {
    let body = unsigned(text);
    let (mantissa, exponent) = match body.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (body, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let digits = all_digits(whole) && fraction.is_none_or(all_digits);
    let some = !whole.is_empty() || fraction.is_some_and(|part| !part.is_empty());
    let shaped = fraction.is_some() || exponent.is_some();
    digits && some && shaped && exponent.is_none_or(is_integer)
}
