//! What ends a program that goes on by itself.

use std::io;

/// The signals of a person (Ctrl-C) and of the system (SIGTERM). From now on neither ends the program
/// by itself.
#[cfg(unix)]
pub(crate) struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    pub(crate) fn listen() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        let interrupt = signal(SignalKind::interrupt())?;
        Ok(Self { interrupt, terminate: signal(SignalKind::terminate())? })
    }

    /// Waits for one of them.
    pub(crate) async fn ended(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
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
