use std::time::Duration;

/// What was measured repeatedly.
pub struct Sample {
    sorted: Vec<f64>,
    unit: &'static str,
}

impl Sample {
    /// Durations.
    pub fn of_times(times: &[Duration]) -> Self {
        Self::new(times.iter().map(|time| time.as_secs_f64() * 1_000.0).collect(), "ms")
    }

    /// Durations in milliseconds.
    pub fn of_milliseconds(times: Vec<f64>) -> Self {
        Self::new(times, "ms")
    }

    /// Sizes in kibibytes, as the kernel counts memory.
    pub fn of_memory(kibibytes: &[u32]) -> Self {
        Self::new(kibibytes.iter().map(|size| f64::from(*size) / 1024.0).collect(), "MB")
    }

    fn new(mut values: Vec<f64>, unit: &'static str) -> Self {
        assert!(!values.is_empty(), "nothing was measured");
        values.sort_by(f64::total_cmp);
        Self { sorted: values, unit }
    }

    /// The smallest value.
    pub fn minimum(&self) -> f64 {
        self.sorted[0]
    }

    /// The largest value.
    pub fn maximum(&self) -> f64 {
        self.sorted[self.sorted.len() - 1]
    }

    /// The value in the middle.
    pub fn median(&self) -> f64 {
        self.sorted[self.sorted.len() / 2]
    }

    /// How many values there are.
    pub fn count(&self) -> usize {
        self.sorted.len()
    }

    /// Median and minimum, for people.
    pub fn text(&self) -> String {
        let digits = if self.median() < 10.0 { 2 } else { 0 };
        let (median, minimum, unit) = (self.median(), self.minimum(), self.unit);
        format!("{median:.digits$} {unit} (min {minimum:.digits$})")
    }
}
