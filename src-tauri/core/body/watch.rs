//! What printers tell about the structure they pass.

/// A piece of structure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// A bracket opens.
    Open {
        /// Whether it is a brace.
        object: bool,
    },
    /// A bracket closes.
    Close {
        /// Whether it is a brace.
        object: bool,
    },
    /// A comma.
    Comma,
    /// A colon.
    Colon,
    /// A string begins.
    String,
    /// A number, `true`, `false` or `null` begins.
    Scalar,
    /// The name of a start tag was read; `at` is where the name begins.
    Start {
        /// The name's hash.
        name: u64,
    },
    /// The name of an end tag was read, or an empty element ends (then without a name).
    End {
        /// The name's hash.
        name: Option<u64>,
    },
}

/// Looks at the structure a printer passes.
pub(super) trait Watch {
    /// This comes next; why it must not, if so.
    fn token(&mut self, token: Token, at: u64) -> Result<(), &'static str>;

    /// The text is over; where and why it must not be, if so.
    fn end(&mut self, _at: u64) -> Result<(), (u64, &'static str)> {
        Ok(())
    }
}

/// Looks at nothing: for printing what was looked at before.
pub(super) struct Unwatched;

impl Watch for Unwatched {
    #[inline]
    fn token(&mut self, _token: Token, _at: u64) -> Result<(), &'static str> {
        Ok(())
    }
}
