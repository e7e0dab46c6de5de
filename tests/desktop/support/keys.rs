/// Holds Ctrl down for the keys that follow it.
pub const CONTROL: char = '\u{e009}';
/// The Enter key.
pub const ENTER: &str = "\u{e007}";
