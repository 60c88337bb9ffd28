//! Stopping what a reader does.

use std::fmt;

use rusqlite::InterruptHandle;

use super::Reader;

/// Stops what a [`Reader`] does, from another thread: see [`Reader::stopper`].
pub struct Stopper(InterruptHandle);

impl Reader {
    /// Returns what stops a method of this reader that takes long, such as an export or a backup, from
    /// another thread: when a person interrupts the program, for example.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use chatwork_archive::{Reader, Result};
    ///
    /// /// Makes a backup that ends after a minute at the latest.
    /// fn backup(reader: Reader) -> Result<()> {
    ///     let stopper = reader.stopper();
    ///     let backup = std::thread::spawn(move || reader.backup("copy.chatwork"));
    ///     std::thread::sleep(Duration::from_secs(60));
    ///     while !backup.is_finished() {
    ///         stopper.stop();
    ///         std::thread::sleep(Duration::from_millis(10));
    ///     }
    ///     backup.join().unwrap_or(Ok(()))
    /// }
    /// ```
    pub fn stopper(&self) -> Stopper {
        Stopper(self.connection.get_interrupt_handle())
    }
}

impl Stopper {
    /// Stops the statement that runs. Its method fails with
    /// [`ArchiveError::Stopped`](crate::ArchiveError::Stopped), and removes what it has written so far.
    ///
    /// Between two statements there is nothing to stop: call it until the method has returned.
    pub fn stop(&self) {
        self.0.interrupt();
    }
}

impl fmt::Debug for Stopper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stopper").finish_non_exhaustive()
    }
}
