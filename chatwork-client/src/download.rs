//! Downloading a file: an address that lives for 30 seconds, and a stream from it.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use chatwork_api::reqwest::{Response, StatusCode};
use chatwork_api::types::RoomFileDetails;
use chatwork_api::{ClientInfo, operations};
use futures_core::Stream;
use tokio::fs::File;
use tokio::io::AsyncWriteExt;
use tokio::time::{Sleep, sleep, timeout};

use crate::endpoint::FileHandle;
use crate::error::{Error, InputError, NetworkError, NetworkFault, Result};
use crate::progress::Progress;
use crate::request::BoxFuture;

/// A download that has not begun yet. Awaited, it asks for the address and begins to read.
#[derive(Debug)]
#[must_use = "a request does nothing until it is awaited"]
pub struct DownloadRequest {
    file: FileHandle,
    progress: Progress,
}

impl DownloadRequest {
    pub(crate) fn new(file: FileHandle) -> Self {
        Self { file, progress: Progress::default() }
    }

    /// A function that is called while the file is read, with the bytes read so far and the total.
    pub fn on_progress(mut self, call: impl Fn(u64, Option<u64>) + Send + Sync + 'static) -> Self {
        self.progress = Progress::new(call);
        self
    }

    async fn run(self) -> Result<Download> {
        let mut asked_again = false;
        loop {
            let file = self.file.request(true).await?;
            let response = self.open(&file).await?;
            if response.status() == StatusCode::OK {
                return Ok(Download::new(file, response, self.limit(), self.progress));
            }
            // What the file's host says of an address that has expired is not documented.
            let status = response.status();
            if asked_again || !status.is_client_error() {
                return Err(failed(NetworkError::file_host(&operations::GET_ROOM_FILE, status)));
            }
            asked_again = true;
        }
    }

    /// Reads from the address. The request is made by the HTTP client itself, which knows no token.
    async fn open(&self, file: &RoomFileDetails) -> Result<Response> {
        let Some(url) = &file.download_url else {
            return Err(InputError::other("file", "has no address to download from").into());
        };
        let http = self.file.client().shared().api.client();
        let response = timeout(self.limit(), http.get(url).send()).await;
        response.map_err(|_| silent())?.map_err(broken)
    }

    /// The most time to wait for the reply, and for each piece of it.
    fn limit(&self) -> Duration {
        self.file.client().shared().timeout.unwrap_or(Duration::MAX)
    }
}

impl IntoFuture for DownloadRequest {
    type Output = Result<Download>;
    type IntoFuture = BoxFuture<Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

/// A file on its way. It is also a [`Stream`] of its bytes.
pub struct Download {
    file: RoomFileDetails,
    response: Pin<Box<dyn Stream<Item = chatwork_api::reqwest::Result<Bytes>> + Send>>,
    progress: Progress,
    done: u64,
    /// The response says how long it is, so that its end is known.
    sized: bool,
    limit: Duration,
    /// Set while the next piece is waited for.
    patience: Option<Pin<Box<Sleep>>>,
}

impl Download {
    fn new(file: RoomFileDetails, response: Response, limit: Duration, progress: Progress) -> Self {
        let sized = response.content_length().is_some();
        let response = Box::pin(response.bytes_stream());
        Self { file, response, progress, done: 0, sized, limit, patience: None }
    }

    /// The name of the file, as it was uploaded. It may hold anything, slashes too: see
    /// [`Download::save_into`] for a safe use of it.
    pub fn file_name(&self) -> &str {
        &self.file.filename
    }

    /// The number of bytes, as the API says.
    pub fn size(&self) -> u64 {
        u64::try_from(self.file.filesize).unwrap_or_default()
    }

    /// What else the API knows of the file.
    pub fn file(&self) -> &RoomFileDetails {
        &self.file
    }

    /// The next piece; nothing at the end.
    ///
    /// # Errors
    ///
    /// [`Error::Network`] when the connection fails, or ends before the file does.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await.transpose()
    }

    /// The whole file.
    ///
    /// # Errors
    ///
    /// As [`Download::chunk`].
    pub async fn bytes(mut self) -> Result<Bytes> {
        let mut whole = bytes::BytesMut::new();
        while let Some(chunk) = self.chunk().await? {
            whole.extend_from_slice(&chunk);
        }
        Ok(whole.freeze())
    }

    /// Writes the file to a path. It is written under a temporary name beside it and then renamed,
    /// so that there is never half of it under its own name; a file that is there is replaced.
    ///
    /// # Errors
    ///
    /// As [`Download::chunk`], and [`Error::File`] when it cannot be written.
    pub async fn save_to(mut self, path: impl AsRef<Path>) -> Result<()> {
        let path = path.as_ref();
        let temporary = Temporary::beside(path);
        self.write(&temporary.0).await?;
        tokio::fs::rename(&temporary.0, path).await?;
        temporary.keep();
        Ok(())
    }

    /// Writes the file into a folder, under its own name with what no file name should hold
    /// replaced. Gives the path.
    ///
    /// # Errors
    ///
    /// As [`Download::save_to`].
    pub async fn save_into(self, folder: impl AsRef<Path>) -> Result<PathBuf> {
        let path = folder.as_ref().join(safe_name(self.file_name()));
        self.save_to(&path).await?;
        Ok(path)
    }

    async fn write(&mut self, path: &Path) -> Result<()> {
        let mut file = File::create_new(path).await?;
        while let Some(chunk) = self.chunk().await? {
            file.write_all(&chunk).await?;
        }
        // `sync_all` forgets an error of the last write; `flush` tells it.
        file.flush().await?;
        file.sync_all().await?;
        Ok(())
    }
}

impl Stream for Download {
    type Item = Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Poll::Ready(next) = self.response.as_mut().poll_next(context) else {
            return self.wait(context).map(|()| Some(Err(silent())));
        };
        self.patience = None;
        Poll::Ready(match next {
            Some(Ok(chunk)) => {
                self.done += chunk.len() as u64;
                self.progress.report(self.done, Some(self.size()));
                Some(Ok(chunk))
            }
            Some(Err(error)) => Some(Err(broken(error))),
            // Nothing but the size that the API knows tells this end from a connection cut off.
            None if !self.sized && self.done < self.size() => Some(Err(self.cut_off())),
            None => None,
        })
    }
}

impl Download {
    /// Ready when the next piece has been waited for too long.
    fn wait(&mut self, context: &mut Context<'_>) -> Poll<()> {
        let limit = self.limit;
        self.patience.get_or_insert_with(|| Box::pin(sleep(limit))).as_mut().poll(context)
    }

    /// The file ended too early. It does so once.
    fn cut_off(&mut self) -> Error {
        self.sized = true;
        failed(NetworkError::seen(&operations::GET_ROOM_FILE, NetworkFault::Body))
    }
}

impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download")
            .field("file_id", &self.file.file_id)
            .field("size", &self.size())
            .finish_non_exhaustive()
    }
}

fn broken(error: chatwork_api::reqwest::Error) -> Error {
    failed(NetworkError::transport(&operations::GET_ROOM_FILE, error))
}

fn silent() -> Error {
    failed(NetworkError::seen(&operations::GET_ROOM_FILE, NetworkFault::Timeout))
}

fn failed(error: NetworkError) -> Error {
    Error::Network(Box::new(error))
}

/// A file that goes when it is dropped: also when nobody waits for the download any more.
struct Temporary(PathBuf);

impl Temporary {
    /// A name beside the path that nobody else uses. It is short: the path's own name may be as
    /// long as names can be.
    fn beside(path: &Path) -> Self {
        let random: String = std::iter::repeat_with(fastrand::alphanumeric).take(12).collect();
        Self(path.with_file_name(format!(".{random}.part")))
    }

    /// It has another name by now.
    fn keep(mut self) {
        self.0 = PathBuf::new();
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        // What is left of it serves nobody; the error that matters is the one before.
        let _ = std::fs::remove_file(&self.0);
    }
}

/// The most bytes of a file's name on common file systems.
const NAME_MAX: usize = 255;

/// A name without what leads out of a folder or what file systems refuse.
fn safe_name(name: &str) -> String {
    let replace = |c: char| if c.is_control() || "/\\:*?\"<>|".contains(c) { '_' } else { c };
    let name: String = name.chars().map(replace).collect();
    let name = name.trim().trim_end_matches('.');
    if name.is_empty() { "file".to_owned() } else { shortened(name) }
}

/// A name of at most [`NAME_MAX`] bytes, with its ending.
fn shortened(name: &str) -> String {
    let (stem, ending) = match name.rfind('.') {
        // What is longer is no ending.
        Some(dot) if name.len() - dot <= 16 => name.split_at(dot),
        _ => (name, ""),
    };
    let mut stem = stem.to_owned();
    while stem.len() + ending.len() > NAME_MAX {
        stem.pop();
    }
    stem + ending
}

#[cfg(test)]
mod tests {
    use super::safe_name;

    #[test]
    fn a_name_cannot_lead_out_of_its_folder() {
        assert_eq!(safe_name("../../etc/passwd"), ".._.._etc_passwd");
        assert_eq!(safe_name(".."), "file");
    }

    #[test]
    fn a_japanese_name_stays() {
        assert_eq!(safe_name("議事録 10月.pdf"), "議事録 10月.pdf");
    }
}
