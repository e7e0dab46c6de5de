use super::sample::Sample;

/// One line of the table.
pub struct Row {
    pub what: &'static str,
    pub sluice: String,
    pub beside: String,
    pub ratio: String,
    pub bar: String,
    pub method: String,
}

/// Two samples of the same thing, measured in turn.
pub struct Pair<'a> {
    pub sluice: &'a Sample,
    pub beside: &'a Sample,
    pub peer: &'a str,
}

impl Row {
    /// The ratio of the medians, and of the minima; at most `bar` for the medians.
    pub fn compared(what: &'static str, pair: &Pair<'_>, bar: Option<f64>, method: String) -> Self {
        let Pair { sluice, beside, peer } = pair;
        let ratio = sluice.median() / beside.median();
        let of_minima = sluice.minimum() / beside.minimum();
        Self {
            what,
            sluice: sluice.text(),
            beside: format!("{peer} {}", beside.text()),
            ratio: format!("{ratio:.2}× (min {of_minima:.2}×)"),
            bar: bar.map_or_else(|| "–".to_owned(), |bar| judged(&format!("≤ {bar}×"), ratio <= bar)),
            method,
        }
    }

    /// What could not be measured here, and why.
    pub fn missing(what: &'static str, reason: String) -> Self {
        let none = || "–".to_owned();
        Self {
            what,
            sluice: none(),
            beside: none(),
            ratio: none(),
            bar: "not measured".to_owned(),
            method: reason,
        }
    }
}

/// The bar and whether it was kept.
pub fn judged(bar: &str, kept: bool) -> String {
    format!("{bar} {}", if kept { "kept" } else { "missed" })
}
