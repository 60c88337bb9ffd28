//! Saves a file into the folder for downloads.

use std::io;
use std::sync::Arc;

use chatwork_sdk::FileHandle;
use tokio::task::spawn_blocking;

use crate::call::Call;
use crate::fault::Fault;
use crate::fence::folders::{NAMES, Saved};

/// Saves a file under a safe form of its name. If it does not arrive whole, nothing is left.
pub(super) async fn save(call: &Call, handle: &FileHandle) -> Result<String, Fault> {
    let mut request = handle.download();
    let mut reports = None;
    if let Some((report, sending)) = call.report() {
        request = request.on_progress(report);
        reports = Some(sending);
    }
    let mut download = request.await?;
    let size = download.size();
    let names: Vec<_> = (1..=NAMES).map(|number| download.safe_file_name(number)).collect();
    let shared = Arc::clone(&call.shared);
    let create = move || shared.folders.create(&names);
    let mut file = blocking(create).await??;
    while let Some(chunk) = download.chunk().await? {
        let write = move || {
            let mut file = file;
            file.write(&chunk).map(|()| file)
        };
        file = blocking(write).await?.map_err(|error| unwritten(&error))?;
    }
    let path = blocking(move || Saved::keep(file)).await?.map_err(|error| unwritten(&error))?;
    // With the download, the function that reports is gone.
    drop(download);
    if let Some(reports) = reports {
        reports.finish().await;
    }
    let path = path.display().to_string();
    Ok(format!("saved {size} bytes as {}", chatwork_app::one_line(&path)))
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Fault> {
    let lost = |_| Fault::new("The file could not be saved", "Call again.");
    spawn_blocking(work).await.map_err(lost)
}

fn unwritten(error: &io::Error) -> Fault {
    Fault::new(format!("The file cannot be written: {error}"), "Tell the person.")
}
