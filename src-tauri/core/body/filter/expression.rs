use super::path::{Key, is_plain};

/// A step that can be followed while a text is read from front to back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// This member or element.
    One(Key),
    /// Every member or element.
    Every,
}

impl Step {
    pub(super) fn fits(&self, key: &Key) -> bool {
        match self {
            Self::One(one) => one == key,
            Self::Every => true,
        }
    }
}

/// A JSONPath whose first steps need no memory, and the rest behind them.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Expression {
    pub(super) steps: Vec<Step>,
    /// What is left, without `$`; empty when the steps say all.
    pub(super) rest: String,
}

impl Expression {
    /// Splits an expression that was found valid.
    pub(super) fn split(text: &str) -> Self {
        let mut rest = text.trim().strip_prefix('$').unwrap_or_default();
        let mut steps = Vec::new();
        while let Some((step, behind)) = next(rest.trim_start()) {
            steps.push(step);
            rest = behind;
        }
        // A look at the whole text from within a filter needs the whole text.
        if rest.contains('$') {
            let whole = text.trim().strip_prefix('$').unwrap_or_default();
            return Self { steps: Vec::new(), rest: whole.to_owned() };
        }
        Self { steps, rest: rest.trim_start().to_owned() }
    }

    /// Whether the rest looks at one child after the other, and at nothing else.
    pub(super) fn filters_children(&self) -> bool {
        let Some(inner) = self.rest.strip_prefix('[') else { return false };
        // Another selector beside the filter, or a look at the whole text, needs more than one child at a time.
        inner.trim_start().starts_with('?') && !inner.contains('$') && !has_second_selector(inner)
    }
}

fn next(text: &str) -> Option<(Step, &str)> {
    if let Some(behind) = text.strip_prefix(".*").or_else(|| text.strip_prefix("[*]")) {
        return Some((Step::Every, behind));
    }
    if let Some(behind) = text.strip_prefix('.') {
        let end = behind
            .find(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '_' || !letter.is_ascii()));
        let (name, behind) = behind.split_at(end.unwrap_or(behind.len()));
        return is_plain(name).then(|| (Step::One(Key::Name(name.to_owned())), behind));
    }
    let inner = text.strip_prefix('[')?.trim_start();
    if let Some(quote) = inner.chars().next().filter(|quote| matches!(quote, '\'' | '"')) {
        let (name, behind) = inner[1..].split_once(quote)?;
        let behind = behind.trim_start().strip_prefix(']')?;
        return (!name.contains('\\')).then(|| (Step::One(Key::Name(name.to_owned())), behind));
    }
    let (digits, behind) = inner.split_once(']')?;
    Some((Step::One(Key::Index(digits.trim_end().parse().ok()?)), behind))
}

/// Whether a comma outside of brackets and quotes stands before the closing bracket.
fn has_second_selector(inner: &str) -> bool {
    let (mut depth, mut quote) = (0_u32, None);
    let mut letters = inner.chars();
    while let Some(letter) = letters.next() {
        match (quote, letter) {
            (Some(_), '\\') => drop(letters.next()),
            (Some(open), _) if open == letter => quote = None,
            (None, '\'' | '"') => quote = Some(letter),
            (None, '(' | '[') => depth += 1,
            (None, ']') if depth == 0 => return false,
            (None, ')' | ']') => depth = depth.saturating_sub(1),
            (None, ',') if depth == 0 => return true,
            _ => {}
        }
    }
    false
}
