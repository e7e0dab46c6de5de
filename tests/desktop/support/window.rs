use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use fantoccini::Client;
use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use tokio::sync::{Mutex, MutexGuard};

use super::program::Program;
use super::{Home, Place, css, frame, watch};

/// The machine may be busy with other builds and tests.
const PATIENCE: Duration = Duration::from_secs(30);
const EVERY: Duration = Duration::from_millis(50);

/// One window at a time: all share one clipboard, one keyboard and one mouse.
static TURN: Mutex<()> = Mutex::const_new(());

/// The open window, used as a person would; end with [`Window::close`] or [`Window::kill`].
pub struct Window {
    pub client: Client,
    program: Program,
    clicks: AtomicUsize,
    is_judged: bool,
    _turn: MutexGuard<'static, ()>,
}

impl Window {
    /// Opens the window in this home and waits until it shows where the user left.
    pub async fn open(home: &Home) -> Self {
        let turn = TURN.lock().await;
        let (program, client) = Program::start(home).await;
        let window = Self { client, program, clicks: AtomicUsize::new(0), is_judged: false, _turn: turn };
        window.find(&css("main")).await;
        watch::watch(&window.client).await;
        window.find(&css("main")).await;
        window.gone(&css("[aria-label='Starting'], [aria-busy='true']")).await;
        window
    }

    /// Closes the window; the page must have had nothing to complain about.
    pub async fn close(mut self) {
        self.judge().await;
        // The program may end before it answers.
        let _ = self.client.clone().close().await;
    }

    /// Closes the window as its frame's button does, and waits until it is gone; the page must have had nothing to
    /// complain about.
    pub async fn quit(mut self) {
        self.judge().await;
        frame::ask_to_close("Sluice");
        self.until("the window is closed", async || !frame::is_shown("Sluice")).await;
    }

    /// Ends the program without a warning; the page must have had nothing to complain about.
    pub async fn kill(mut self) {
        self.judge().await;
        self.program.kill();
    }

    /// Closes the window of a test that makes the page complain.
    pub async fn close_in_spite_of_complaints(mut self) {
        self.is_judged = true;
        // The program may end before it answers.
        let _ = self.client.clone().close().await;
    }

    /// What the page complained about so far.
    pub async fn complaints(&self) -> Vec<String> {
        watch::complaints(&self.client).await
    }

    async fn judge(&mut self) {
        self.is_judged = true;
        let complaints = self.complaints().await;
        assert!(complaints.is_empty(), "the page complains: {complaints:#?}");
    }

    /// How often the mouse was clicked so far.
    pub fn clicks(&self) -> usize {
        self.clicks.load(Ordering::Relaxed)
    }

    /// The first thing there, as soon as there is one.
    pub async fn find(&self, place: &Place) -> Element {
        let found = self.client.wait().at_most(PATIENCE).every(EVERY).for_element(place.locator()).await;
        match found {
            Ok(element) => element,
            Err(error) => panic!("{place:?}: {error} in\n{}", self.words().await),
        }
    }

    /// Clicks there as soon as that is possible.
    pub async fn click(&self, place: &Place) {
        self.clicks.fetch_add(1, Ordering::Relaxed);
        let since = Instant::now();
        loop {
            let element = self.find(place).await;
            let result = match element.is_enabled().await {
                Ok(true) => element.click().await,
                Ok(false) => Err(CmdError::WaitTimeout),
                Err(error) => Err(error),
            };
            match result {
                Ok(()) => return,
                Err(error) if since.elapsed() > PATIENCE => {
                    panic!("{place:?} cannot be clicked: {error} in\n{}", self.words().await)
                }
                Err(_) => tokio::time::sleep(EVERY).await,
            }
        }
    }

    /// Types at the place, after what is there.
    pub async fn press(&self, place: &Place, keys: &str) {
        self.find(place).await.send_keys(keys).await.expect("it takes keys");
    }

    /// Replaces what stands in a field.
    pub async fn fill(&self, place: &Place, text: &str) {
        let field = self.find(place).await;
        let field = serde_json::to_value(field).expect("an element can be named to the page");
        let select = "arguments[0].focus(); arguments[0].select()";
        self.client.execute(select, vec![field]).await.expect("the page takes it");
        self.press(place, text).await;
        self.until(&format!("{place:?} holds {text}"), async || self.value(place).await == text).await;
    }

    /// Whether there is something at the place now.
    pub async fn is_there(&self, place: &Place) -> bool {
        self.client.find(place.locator()).await.is_ok()
    }

    /// What stands in a field.
    pub async fn value(&self, place: &Place) -> String {
        self.find(place).await.prop("value").await.ok().flatten().unwrap_or_default()
    }

    /// The text at the place, shown or not; nothing when nothing is there.
    pub async fn text(&self, place: &Place) -> String {
        let Ok(element) = self.client.find(place.locator()).await else { return String::new() };
        element.prop("textContent").await.ok().flatten().unwrap_or_default()
    }

    /// Waits until these words stand at the place.
    pub async fn shows(&self, place: &Place, words: &str) {
        self.until(&format!("{place:?} shows “{words}”"), async || {
            self.text(place).await.contains(words)
        })
        .await;
    }

    /// Waits until these words stand in the frame at the place.
    pub async fn shows_in_frame(&self, place: &Place, words: &str) {
        self.find(place).await.enter_frame().await.expect("the frame can be entered");
        self.shows(&css(":root"), words).await;
        self.client.enter_parent_frame().await.expect("the frame can be left");
    }

    /// Waits until nothing is there.
    pub async fn gone(&self, place: &Place) {
        let empty = async || self.client.find_all(place.locator()).await.is_ok_and(|all| all.is_empty());
        self.until(&format!("{place:?} is gone"), empty).await;
    }

    /// Waits until this holds.
    pub async fn until(&self, what: &str, holds: impl AsyncFn() -> bool) {
        let since = Instant::now();
        while !holds().await {
            assert!(
                since.elapsed() < PATIENCE,
                "waited in vain until {what}; the window shows\n{}",
                self.words().await
            );
            tokio::time::sleep(EVERY).await;
        }
    }

    /// Everything the page has and ever got from Rust.
    pub async fn everything(&self) -> String {
        watch::everything(&self.client).await
    }

    /// What can be read in the window.
    async fn words(&self) -> String {
        let Ok(body) = self.client.find(fantoccini::Locator::Css("body")).await else { return String::new() };
        body.text().await.unwrap_or_default()
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        if std::thread::panicking() {
            super::picture::of_the_screen();
        } else {
            assert!(
                self.is_judged,
                "a test ends with close() or kill(), which look for complaints of the page"
            );
        }
    }
}
