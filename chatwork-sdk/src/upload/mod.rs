//! A file to upload: a path, bytes, a reader or a stream.

mod content;

use std::fmt;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use chatwork_api::FilePart;
use chatwork_api::limits::upload_room_file::FILE_MAX_BYTES;
use chatwork_api::reqwest::Body;
use futures_core::Stream;
use tokio::io::AsyncRead;
use tokio_util::io::ReaderStream;

use content::{ByteStream, Chunks, Content, Converted, Fault, Watched};

use crate::error::{FileError, InputError, Limit, Result};
use crate::progress::{Progress, Reported};

/// A file to upload.
///
/// ```
/// use chatwork_sdk::Upload;
///
/// let from_disk = Upload::path("report.pdf");
/// let from_memory = Upload::bytes("日本語.txt", "こんにちは")
///     .media_type("text/plain; charset=utf-8")
///     .on_progress(|sent, total| println!("{sent} of {total:?}"));
/// ```
pub struct Upload {
    content: Content,
    name: Option<String>,
    media_type: Option<String>,
    progress: Progress,
    /// Why the content could not be read, if that ended the latest attempt.
    fault: Fault,
}

/// The name that is sent for a path without a file name.
const UNNAMED: &str = "file";

impl Upload {
    /// Uploads a file on disk. It is read while it is sent. Its name is the last part of the path, and
    /// the extension of the name decides its media type. The size of a pipe or a device is not known:
    /// use [`Upload::reader`] for one.
    pub fn path(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        Self::new(Content::Path(path), name)
    }

    /// Uploads bytes in memory, as a file of this name.
    pub fn bytes(name: impl Into<String>, bytes: impl Into<Bytes>) -> Self {
        Self::new(Content::Bytes(bytes.into()), Some(name.into()))
    }

    /// Uploads the bytes of a reader. The reader is read once, so the upload is never retried.
    pub fn reader(name: impl Into<String>, reader: impl AsyncRead + Send + 'static) -> Self {
        Self::stream(name, ReaderStream::new(reader))
    }

    /// Uploads the bytes of a stream. The stream is read once, so the upload is never retried.
    pub fn stream<S, B, E>(name: impl Into<String>, stream: S) -> Self
    where
        S: Stream<Item = std::result::Result<B, E>> + Send + 'static,
        B: Into<Bytes>,
        E: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        let stream: ByteStream = Box::pin(Converted::new(stream));
        let content = Content::Once { stream: Mutex::new(Some(stream)), length: None };
        Self::new(content, Some(name.into()))
    }

    fn new(content: Content, name: Option<String>) -> Self {
        let (media_type, progress, fault) = Default::default();
        Self { content, name, media_type, progress, fault }
    }

    /// Sets the name of the file, in any script.
    #[must_use]
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets the media type, for example `text/csv`.
    #[must_use]
    pub fn media_type(mut self, media_type: impl Into<String>) -> Self {
        self.media_type = Some(media_type.into());
        self
    }

    /// Sets the number of bytes that a reader or a stream yields. If the number differs, the upload
    /// fails with [`Error::File`](crate::Error::File). Without it the upload is sent in chunks.
    #[must_use]
    pub fn length(mut self, bytes: u64) -> Self {
        if let Content::Once { length, .. } = &mut self.content {
            *length = Some(bytes);
        }
        self
    }

    /// Sets a function that is called while the file is sent, with the number of bytes so far and the
    /// total, if it is known. A retry begins at 0 again.
    #[must_use]
    pub fn on_progress(mut self, call: impl Fn(u64, Option<u64>) + Send + Sync + 'static) -> Self {
        self.progress = Progress::new(call);
        self
    }

    /// Refuses a file that is known to be too large, and a name that a request cannot hold.
    pub(crate) fn check(&self) -> Result<()> {
        check_name(self.name.as_deref().unwrap_or(UNNAMED))?;
        match &self.content {
            Content::Path(_) => Ok(()),
            Content::Bytes(bytes) => check_size(bytes.len() as u64),
            Content::Once { length, .. } => length.map_or(Ok(()), check_size),
        }
    }

    pub(crate) fn is_repeatable(&self) -> bool {
        !matches!(self.content, Content::Once { .. })
    }

    /// Returns the part of the form, which reads the file from its start.
    pub(crate) async fn part(&self) -> Result<FilePart> {
        let (stream, length): (ByteStream, Option<u64>) = match &self.content {
            Content::Path(path) => content::open(path).await?,
            Content::Bytes(bytes) => (Box::pin(Chunks::new(bytes)), Some(bytes.len() as u64)),
            Content::Once { stream, length } => {
                let taken = stream.lock().unwrap_or_else(PoisonError::into_inner).take();
                let taken = taken.ok_or_else(|| InputError::other("file", "was read before"))?;
                (taken, *length)
            }
        };
        let stream = Watched::new(stream, Arc::clone(&self.fault), self.path_of(), length);
        let body = Body::wrap_stream(Reported::new(stream, self.progress.clone(), length));
        let name = self.name.as_deref().unwrap_or(UNNAMED);
        let part = FilePart::stream(name, body).with_media_type(self.guess(name));
        Ok(match length {
            Some(length) => part.with_length(length),
            None => part,
        })
    }

    /// Returns why the content could not be read, if that ended the latest attempt.
    pub(crate) fn take_fault(&self) -> Option<FileError> {
        self.fault.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// Returns the path, if the content is one.
    fn path_of(&self) -> Option<PathBuf> {
        match &self.content {
            Content::Path(path) => Some(path.clone()),
            _ => None,
        }
    }

    /// Returns the media type that was set, or the one of the name's extension.
    fn guess(&self, name: &str) -> String {
        let guess = || mime_guess::from_path(name).first_or_octet_stream().to_string();
        self.media_type.clone().unwrap_or_else(guess)
    }
}

impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let content = match &self.content {
            Content::Path(_) => "path",
            Content::Bytes(_) => "bytes",
            Content::Once { .. } => "stream",
        };
        f.debug_struct("Upload").field("content", &content).finish_non_exhaustive()
    }
}

fn check_size(given: u64) -> Result<()> {
    if given <= FILE_MAX_BYTES {
        return Ok(());
    }
    Err(InputError::new("file", Limit::Bytes { max: FILE_MAX_BYTES, given }).into())
}

/// Refuses control characters: a line break in a name would begin a new header of the part.
fn check_name(name: &str) -> Result<()> {
    if name.is_empty() {
        return Err(InputError::other("file", "has no name: expected one").into());
    }
    if let Some(position) = name.chars().position(char::is_control) {
        let what = format!("has a control character at position {position} of its name");
        return Err(InputError::other("file", what).into());
    }
    Ok(())
}
