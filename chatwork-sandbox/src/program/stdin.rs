//! Waits for the end of stdin.

use tokio::sync::oneshot;

/// Waits until stdin is closed. Ignores what comes before. An error of stdin counts as its end.
///
/// On a thread of its own, since a read of stdin cannot be cancelled.
pub(crate) async fn closed() {
    let (sender, receiver) = oneshot::channel::<()>();
    std::thread::spawn(move || {
        let _ = std::io::copy(&mut std::io::stdin().lock(), &mut std::io::sink());
        drop(sender);
    });
    // The sender sends no value: dropping it ends the wait.
    let _ = receiver.await;
}
