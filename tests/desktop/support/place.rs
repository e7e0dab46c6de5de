use fantoccini::Locator;

/// Where something is in the window.
#[derive(Clone, Debug)]
pub enum Place {
    Css(String),
    XPath(String),
}

impl Place {
    pub fn locator(&self) -> Locator<'_> {
        match self {
            Self::Css(selector) => Locator::Css(selector),
            Self::XPath(path) => Locator::XPath(path),
        }
    }
}

/// What this selector finds.
pub fn css(selector: &str) -> Place {
    Place::Css(selector.to_owned())
}

/// What carries this test id.
pub fn id(name: &str) -> Place {
    Place::Css(format!("[data-testid=\"{name}\"]"))
}

/// What assistive technology calls so.
pub fn label(name: &str) -> Place {
    let labelled = format!("//*[@aria-label='{name}']");
    let field = format!("//*[@id = //label[normalize-space()='{name}']/@for]");
    Place::XPath(format!("{labelled} | {field}"))
}

/// The section of a request or an answer with this name; a count may follow it.
pub fn tab(name: &str) -> Place {
    Place::XPath(format!("//button[@role='tab'][text()='{name}']"))
}
