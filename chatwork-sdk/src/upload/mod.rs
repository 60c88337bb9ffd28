//! What is uploaded: a path, bytes, a reader or a stream.

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
    /// Why the content could not be read, when that broke off a try.
    fault: Fault,
}

/// The name of a file that has none.
const UNNAMED: &str = "file";

impl Upload {
    /// A file on disk, read while it is sent. Its name is that of the path, and its media type
    /// what the name's ending says. A pipe or a device has no size that is known: give it as an
    /// [`Upload::reader`].
    pub fn path(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        Self::new(Content::Path(path), name)
    }

    /// A file in memory.
    pub fn bytes(name: impl Into<String>, bytes: impl Into<Bytes>) -> Self {
        Self::new(Content::Bytes(bytes.into()), Some(name.into()))
    }

    /// Uploads the bytes of a reader. It is read once, so the upload is not sent again when it
    /// fails.
    pub fn reader(name: impl Into<String>, reader: impl AsyncRead + Send + 'static) -> Self {
        Self::stream(name, ReaderStream::new(reader))
    }

    /// Uploads the bytes of a stream. It is read once, so the upload is not sent again when it
    /// fails.
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

    /// Another name for the file, in any script.
    #[must_use]
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Another media type, for example `text/csv`.
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

    /// A function that is called while the file is sent, with the bytes sent so far and the total
    /// if it is known. When the upload is sent again it begins anew.
    #[must_use]
    pub fn on_progress(mut self, call: impl Fn(u64, Option<u64>) + Send + Sync + 'static) -> Self {
        self.progress = Progress::new(call);
        self
    }

    /// Refuses what is known to be too large, and a name that no request can hold.
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

    /// The part of the form, from the start of the file.
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
        let stream = Watched::new(stream, Arc::clone(&self.fault), self.at(), length);
        let body = Body::wrap_stream(Reported::new(stream, self.progress.clone(), length));
        let name = self.name.as_deref().unwrap_or(UNNAMED);
        let part = FilePart::stream(name, body).with_media_type(self.guess(name));
        Ok(match length {
            Some(length) => part.with_length(length),
            None => part,
        })
    }

    /// Why the content could not be read, when that broke off the latest try.
    pub(crate) fn take_fault(&self) -> Option<FileError> {
        self.fault.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// The path, if it is one.
    fn at(&self) -> Option<PathBuf> {
        match &self.content {
            Content::Path(path) => Some(path.clone()),
            _ => None,
        }
    }

    /// The media type that was set, or what the name's ending says.
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

/// A line break in a name would begin a new header of the part.
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
