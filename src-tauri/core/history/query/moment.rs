//! Moments as people write them: `2d`, `2026-11-01`, `today`, `monday`.

use jiff::civil::{Date, DateTime, Weekday};
use jiff::{Span, Timestamp, Zoned};

/// The moment a text names, in the time zone of `now`.
pub(super) fn moment(text: &str, now: &Zoned) -> Option<Timestamp> {
    let text = text.trim().to_ascii_lowercase();
    let today = now.date();
    let at = |date: Date| Some(date.to_zoned(now.time_zone().clone()).ok()?.timestamp());
    match text.as_str() {
        "now" => return Some(now.timestamp()),
        "today" => return at(today),
        "yesterday" => return at(today.yesterday().ok()?),
        _ => {}
    }
    if let Some(weekday) = weekday(&text) {
        // The last one, which may be today.
        let days = today.weekday().since(weekday);
        return at(today.checked_sub(Span::new().try_days(i64::from(days)).ok()?).ok()?);
    }
    if let Some(span) = span(&text) {
        return Some(now.checked_sub(span).ok()?.timestamp());
    }
    if let Ok(date) = text.parse::<Date>()
        && text.len() <= "2026-11-01".len()
    {
        return at(date);
    }
    if let Ok(timestamp) = text.to_ascii_uppercase().parse::<Timestamp>() {
        return Some(timestamp);
    }
    let local: DateTime = text.to_ascii_uppercase().parse().ok()?;
    Some(local.to_zoned(now.time_zone().clone()).ok()?.timestamp())
}

fn weekday(text: &str) -> Option<Weekday> {
    const DAYS: [(&str, Weekday); 7] = [
        ("monday", Weekday::Monday),
        ("tuesday", Weekday::Tuesday),
        ("wednesday", Weekday::Wednesday),
        ("thursday", Weekday::Thursday),
        ("friday", Weekday::Friday),
        ("saturday", Weekday::Saturday),
        ("sunday", Weekday::Sunday),
    ];
    let is_it = |name: &str| name == text || (text.len() == 3 && name.starts_with(text));
    DAYS.iter().find(|(name, _)| is_it(name)).map(|(_, day)| *day)
}

fn span(text: &str) -> Option<Span> {
    let end = text.find(|letter: char| !letter.is_ascii_digit())?;
    let (number, unit) = text.split_at_checked(end)?;
    let number: i64 = number.parse().ok()?;
    let span = match unit.trim() {
        "s" => Span::new().try_seconds(number),
        "m" | "min" => Span::new().try_minutes(number),
        "h" => Span::new().try_hours(number),
        "d" => Span::new().try_days(number),
        "w" => Span::new().try_weeks(number),
        "mo" => Span::new().try_months(number),
        "y" => Span::new().try_years(number),
        _ => return None,
    };
    span.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_as_people_write_them() {
        // A Wednesday.
        let at: Timestamp = "2026-11-18T15:30:00Z".parse().unwrap();
        let now = at.to_zoned(jiff::tz::TimeZone::UTC);
        for (text, expected) in [
            ("2h", "2026-11-18T13:30:00Z"),
            ("2d", "2026-11-16T15:30:00Z"),
            ("1w", "2026-11-11T15:30:00Z"),
            ("30min", "2026-11-18T15:00:00Z"),
            ("today", "2026-11-18T00:00:00Z"),
            ("Yesterday", "2026-11-17T00:00:00Z"),
            ("monday", "2026-11-16T00:00:00Z"),
            ("wed", "2026-11-18T00:00:00Z"),
            ("thursday", "2026-11-12T00:00:00Z"),
            ("2026-11-01", "2026-11-01T00:00:00Z"),
            ("2026-11-01T10:15", "2026-11-01T10:15:00Z"),
            ("2026-11-01T10:15:00+02:00", "2026-11-01T08:15:00Z"),
        ] {
            assert_eq!(moment(text, &now).map(|at| at.to_string()), Some(expected.to_owned()), "{text}");
        }
        for text in ["", "soon", "2", "99999999999999999999d", "999999999d", "2026-13-01", "mo", "ü"] {
            assert_eq!(moment(text, &now), None, "{text}");
        }
    }
}
