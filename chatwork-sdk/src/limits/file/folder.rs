//! The folder that all programs of a user share.

use std::env;
use std::path::PathBuf;

/// Returns the folder for limits of this user, or `None` if the environment names no home.
pub(super) fn shared() -> Option<PathBuf> {
    base().map(|base| base.join("chatwork").join("limits"))
}

#[cfg(not(any(windows, target_os = "macos")))]
fn base() -> Option<PathBuf> {
    absolute("XDG_STATE_HOME").or_else(|| absolute("HOME").map(|home| home.join(".local/state")))
}

#[cfg(target_os = "macos")]
fn base() -> Option<PathBuf> {
    absolute("HOME").map(|home| home.join("Library/Application Support"))
}

#[cfg(windows)]
fn base() -> Option<PathBuf> {
    absolute("LOCALAPPDATA")
}

/// Returns a variable that holds an absolute path. Others are ignored, as the XDG standard says.
fn absolute(variable: &str) -> Option<PathBuf> {
    env::var_os(variable).map(PathBuf::from).filter(|path| path.is_absolute())
}
