//! What the window's tests stand on: a tenant, a user's home, a clipboard, and the window itself.

mod clipboard;
mod frame;
mod home;
mod keys;
mod mouse;
mod notifications;
mod pages;
mod picture;
mod place;
mod program;
mod tenant;
mod watch;
mod window;

pub use clipboard::Clipboard;
pub use home::{Home, ORDERS, files, text};
pub use keys::{ALT, CONTROL, DELETE, END, ENTER, ESCAPE, UP};
pub use notifications::Notifications;
pub use pages::{item, option, radio, row};
pub use place::{Place, css, id, label, tab};
pub use tenant::Tenant;
pub use window::Window;
