//! How Sluice behaves on the network and looks, the same for window and command line.

mod store;

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::history::HistoryLimits;

pub use store::SettingsStore;

/// The user's settings; every field has a default, so old and new versions read each other's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(default)]
pub struct Settings {
    /// Time allowed to connect, TLS included, in milliseconds (sap-domain 4.9).
    pub connect_timeout_ms: u32,
    /// Whole time allowed for one call, in milliseconds.
    pub timeout_ms: u32,
    /// Whether redirects are followed; credentials never go to another origin.
    pub follow_redirects: bool,
    /// Which proxy is used.
    pub proxy: Proxy,
    /// PEM files with more trusted roots, beside the system's.
    #[cfg_attr(feature = "bindings", ts(type = "Array<string>"))]
    pub authorities: Vec<PathBuf>,
    /// Hosts whose certificates are not verified. Dangerous, and said so wherever it matters.
    pub unverified_hosts: Vec<String>,
    /// How much of the history is kept.
    pub history: HistoryLimits,
    /// Light, dark, contrast, or as the system.
    pub theme: Theme,
}

/// Which proxy is used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Proxy {
    /// The system's, environment variables included.
    System,
    /// None.
    None,
    /// This one.
    Url {
        /// `http://host:port`, `https://…` or `socks5://…`.
        url: String,
        /// Hosts that are reached directly, separated by commas.
        #[serde(default)]
        bypass: String,
    },
}

/// How the window looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the system says.
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
    /// High contrast.
    Contrast,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            connect_timeout_ms: 10_000,
            timeout_ms: 120_000,
            follow_redirects: true,
            proxy: Proxy::System,
            authorities: Vec::new(),
            unverified_hosts: Vec::new(),
            history: HistoryLimits::default(),
            theme: Theme::System,
        }
    }
}
