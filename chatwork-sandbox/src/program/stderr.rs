//! Writes the log without ever blocking a request.
//!
//! A program that starts the sandbox may not read its stderr. The pipe is full then, and a write to
//! it blocks. So only one thread writes to stderr. Log lines go to it through a bounded queue, and
//! are dropped if the queue is full.

use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::time::Duration;

/// How many lines may wait.
const QUEUE: usize = 1_000;
/// How long [`Stderr::flush`] waits for a reader.
const PATIENCE: Duration = Duration::from_secs(1);

/// A line for the log, or a mark that is reported when all lines before it are written.
enum Item {
    Line(Vec<u8>),
    Flush(SyncSender<()>),
}

/// A writer that queues each write as one line.
#[derive(Clone)]
pub(crate) struct Stderr {
    queue: SyncSender<Item>,
    dropped: Arc<AtomicU64>,
}

impl Stderr {
    /// Starts the thread that writes to stderr.
    pub(crate) fn start() -> Self {
        Self::to(io::stderr())
    }

    fn to(target: impl Write + Send + 'static) -> Self {
        let (queue, lines) = sync_channel(QUEUE);
        let dropped = Arc::<AtomicU64>::default();
        let counter = Arc::clone(&dropped);
        std::thread::spawn(move || write_all(&lines, &counter, target));
        Self { queue, dropped }
    }

    /// Waits until the lines so far are written, for a second at most.
    pub(crate) fn flush(&self) {
        let (done, written) = sync_channel(1);
        if self.queue.try_send(Item::Flush(done)).is_ok() {
            let _ = written.recv_timeout(PATIENCE);
        }
    }
}

impl Write for Stderr {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if let Err(TrySendError::Full(_)) = self.queue.try_send(Item::Line(bytes.to_vec())) {
            self.dropped.fetch_add(1, Ordering::Relaxed);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn write_all(items: &Receiver<Item>, dropped: &AtomicU64, mut target: impl Write) {
    for item in items {
        match item {
            // A reader that has ended is no reason to end the sandbox.
            Item::Line(line) => drop(target.write_all(&line)),
            Item::Flush(done) => drop(done.send(())),
        }
        match dropped.swap(0, Ordering::Relaxed) {
            0 => {}
            count => drop(writeln!(target, "{count} log lines were dropped: stderr was not read")),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    /// A pipe that is not read until `open` is dropped.
    struct Blocked(mpsc::Receiver<()>, mpsc::Sender<Vec<u8>>);

    impl Write for Blocked {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let _ = self.0.recv();
            let _ = self.1.send(bytes.to_vec());
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_log_that_is_not_read_blocks_no_write_and_reports_the_dropped_lines() {
        let (open, closed) = mpsc::channel();
        let (written, lines) = mpsc::channel();
        let mut log = Stderr::to(Blocked(closed, written));
        for _ in 0..3 * QUEUE {
            log.write_all(b"line\n").unwrap();
        }
        drop(open);
        drop(log);
        let text = lines.iter().flatten().collect::<Vec<_>>();
        let text = String::from_utf8(text).unwrap();
        assert!(text.contains("log lines were dropped: stderr was not read"), "{text}");
        assert!(text.matches("line\n").count() <= QUEUE + 1);
    }
}
