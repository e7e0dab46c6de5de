/// Holds Ctrl down for the keys that follow it.
pub const CONTROL: char = '\u{e009}';
/// Holds Alt down for the keys that follow it.
pub const ALT: char = '\u{e00a}';
/// The Enter key.
pub const ENTER: &str = "\u{e007}";
/// The arrow key that points up.
pub const UP: &str = "\u{e013}";
/// The Delete key.
pub const DELETE: &str = "\u{e017}";
/// The Escape key.
pub const ESCAPE: &str = "\u{e00c}";
/// The End key.
pub const END: &str = "\u{e010}";
