//! Progress on a terminal.

use std::io::IsTerminal;
#[cfg(feature = "archive")]
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

/// The progress of an upload or a download. It is on stderr, and on a terminal only.
#[derive(Clone)]
pub(crate) struct Bar(ProgressBar);

impl Bar {
    pub(crate) fn new(is_wanted: bool, name: &str) -> Self {
        if !is_wanted || !std::io::stderr().is_terminal() {
            return Self(ProgressBar::hidden());
        }
        let bar = ProgressBar::new(0).with_message(chatwork_app::one_line(name).into_owned());
        let template = "{msg} {bar:30} {bytes}/{total_bytes}";
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        Self(bar)
    }

    /// Returns a function that takes the bytes so far and the bytes of all.
    pub(crate) fn report(&self) -> impl Fn(u64, Option<u64>) + Send + Sync + use<> {
        let bar = self.0.clone();
        move |done, all| {
            if let Some(all) = all {
                bar.set_length(all);
            }
            bar.set_position(done);
        }
    }

    pub(crate) fn clear(&self) {
        self.0.finish_and_clear();
    }
}

/// Shows that something runs that does not say how far it is.
#[cfg(feature = "archive")]
pub(crate) fn spinner(is_wanted: bool, name: &str) -> Bar {
    if !is_wanted || !std::io::stderr().is_terminal() {
        return Bar(ProgressBar::hidden());
    }
    let bar = ProgressBar::new_spinner().with_message(name.to_owned());
    bar.enable_steady_tick(Duration::from_millis(120));
    Bar(bar)
}
