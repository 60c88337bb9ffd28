//! What ends a program that goes on by itself.

use std::io;

/// The signals of a person (Ctrl-C), of the system (SIGTERM), and of a terminal that is closed (SIGHUP).
/// From now on none of them ends the program by itself.
#[cfg(unix)]
pub(crate) struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
    /// `None` if it is ignored, as behind `nohup`: to listen to it would end that.
    hang_up: Option<tokio::signal::unix::Signal>,
}

#[cfg(unix)]
impl Signals {
    pub(crate) fn listen() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        let interrupt = signal(SignalKind::interrupt())?;
        let terminate = signal(SignalKind::terminate())?;
        let hang_up = match ignores(SIGHUP) {
            false => Some(signal(SignalKind::hangup())?),
            true => None,
        };
        Ok(Self { interrupt, terminate, hang_up })
    }

    /// Waits for one of them.
    pub(crate) async fn ended(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
            _ = received(self.hang_up.as_mut()) => {}
        }
    }
}

/// Waits for a signal, for ever without one.
#[cfg(unix)]
async fn received(signal: Option<&mut tokio::signal::unix::Signal>) {
    match signal {
        Some(signal) => _ = signal.recv().await,
        None => std::future::pending().await,
    }
}

#[cfg(unix)]
const SIGHUP: u32 = 1;

/// Whether a signal is ignored. Only Linux tells it without unsafe code: elsewhere it counts as ignored,
/// and does what it did before.
#[cfg(unix)]
fn ignores(signal: u32) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    ignored(&status).is_none_or(|mask| mask >> (signal - 1) & 1 == 1)
}

/// The mask of the ignored signals; `None` if it is not there. A signal that is listened to is not among
/// them.
#[cfg(unix)]
fn ignored(status: &str) -> Option<u64> {
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"))?;
    u64::from_str_radix(mask.trim(), 16).ok()
}

/// The signal of a person (Ctrl-C). From now on it does not end the program by itself.
#[cfg(windows)]
pub(crate) struct Signals(tokio::signal::windows::CtrlC);

#[cfg(windows)]
impl Signals {
    pub(crate) fn listen() -> io::Result<Self> {
        Ok(Self(tokio::signal::windows::ctrl_c()?))
    }

    /// Waits for it.
    pub(crate) async fn ended(&mut self) {
        self.0.recv().await;
    }
}

/// Waits until a person or the system ends the program.
pub(crate) async fn ended() -> io::Result<()> {
    Signals::listen()?.ended().await;
    Ok(())
}
