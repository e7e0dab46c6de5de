use std::process::Command;

use super::{Place, Window};

/// Where in an element, as shares of its width and height from its upper left corner.
pub type Share = (f64, f64);

impl Window {
    /// Rests the mouse on what is there until it shows something.
    pub async fn hover(&self, place: &Place, shown: &Place) {
        let nudge = async || {
            // Only a mouse that moves tells where it is.
            let (x, y) = self.spot(place, (0.5, 0.5)).await;
            hand(&["mousemove", &x, &y, "mousemove_relative", "1", "0"]);
            self.is_there(shown).await
        };
        self.until(&format!("{shown:?} is shown"), nudge).await;
    }

    /// Opens the menu of what is there.
    pub async fn right_click(&self, place: &Place) {
        let (x, y) = self.spot(place, (0.5, 0.5)).await;
        hand(&["mousemove", &x, &y, "click", "3"]);
    }

    /// Drags what is at a place to another one with the mouse of the session: drags that the driver makes itself never
    /// begin, because the system's part of dragging sees nothing of them. Lets go as soon as `taken` is shown.
    pub async fn drag(&self, from: &Place, to: &Place, share: Share, taken: &Place) {
        let (x, y) = self.spot(from, (0.5, 0.5)).await;
        hand(&["mousemove", &x, &y, "mousedown", "1"]);
        let nudge = async || {
            // A drag begins with moving, and goes on only while the mouse moves.
            let (x, y) = self.spot(to, share).await;
            hand(&["mousemove_relative", "--", "3", "3", "mousemove", &x, &y]);
            self.is_there(taken).await
        };
        self.until(&format!("{taken:?} takes what is dragged"), nudge).await;
        hand(&["mouseup", "1"]);
    }

    /// A spot on the screen.
    async fn spot(&self, place: &Place, (right, down): Share) -> (String, String) {
        let element = self.find(place).await;
        let element = serde_json::to_value(element).expect("an element can be named to the page");
        let script = "const box = arguments[0].getBoundingClientRect();
            return [window.screenX + box.x + box.width * arguments[1], window.screenY + box.y + box.height * arguments[2]]
              .map((one) => String(Math.round(one)))";
        let spot = self.client.execute(script, vec![element, right.into(), down.into()]).await;
        serde_json::from_value(spot.expect("the page measures")).expect("these are two numbers")
    }
}

fn hand(arguments: &[&str]) {
    let status = Command::new("xdotool").args(arguments).status().expect("xdotool starts");
    assert!(status.success(), "xdotool moves the mouse");
}
