//! What the frame of a window does: nothing draws one where the tests run.

use std::process::Command;

use x11rb::protocol::xproto::{ClientMessageEvent, ConnectionExt as _, EventMask};
use x11rb::wrapper::ConnectionExt as _;

/// Whether a window of this title is on the screen.
pub fn is_shown(title: &str) -> bool {
    shown(title).is_some()
}

/// Asks the window of this title to close, as the button of its frame does (ICCCM 4.2.8.1).
pub fn ask_to_close(title: &str) {
    let window = shown(title).expect("the window is on the screen");
    let (screen, _) = x11rb::connect(None).expect("there is a screen");
    let atom = |name: &str| {
        let asked = screen.intern_atom(false, name.as_bytes()).expect("the screen takes it");
        asked.reply().expect("the screen answers").atom
    };
    let what = [atom("WM_DELETE_WINDOW"), x11rb::CURRENT_TIME, 0, 0, 0];
    let message = ClientMessageEvent::new(32, window, atom("WM_PROTOCOLS"), what);
    screen.send_event(false, window, EventMask::NO_EVENT, message).expect("the screen takes it");
    // What was asked right before one leaves may never be looked at.
    screen.sync().expect("the screen answers");
}

fn shown(title: &str) -> Option<u32> {
    let exactly = format!("^{title}$");
    let output = Command::new("xdotool")
        .args(["search", "--onlyvisible", "--name", &exactly])
        .output()
        .expect("xdotool starts");
    String::from_utf8_lossy(&output.stdout).lines().next()?.parse().ok()
}
