//! The file of a multipart body.

use std::fmt;

use bytes::Bytes;
use reqwest::Body;
use reqwest::multipart::{Form, Part};

use crate::error::Error;

/// A file to upload: its name, its bytes or a stream of them, and its length in bytes if known.
///
/// If the length is known, the request has a `Content-Length`; otherwise it is sent in chunks. The
/// name is sent as UTF-8, so it may be Japanese.
///
/// `Debug` shows neither the name nor the content.
pub struct FilePart {
    name: String,
    media_type: String,
    body: Body,
    length: Option<u64>,
}

/// The media type of a file without one.
const UNKNOWN: &str = "application/octet-stream";

impl FilePart {
    /// Creates a file from bytes in memory.
    ///
    /// ```
    /// let part = chatwork_api::FilePart::bytes("議事録.txt", "今日の議題");
    /// assert_eq!(part.length(), Some(15));
    /// ```
    pub fn bytes(name: impl Into<String>, bytes: impl Into<Bytes>) -> Self {
        let bytes = bytes.into();
        let length = Some(bytes.len() as u64);
        Self { length, ..Self::stream(name, bytes) }
    }

    /// Creates a file that is read while it is sent.
    pub fn stream(name: impl Into<String>, body: impl Into<Body>) -> Self {
        Self { name: name.into(), media_type: UNKNOWN.to_owned(), body: body.into(), length: None }
    }

    /// Sets the number of bytes of the stream. The number must be right, and is not checked here: if
    /// the stream is longer, a request without the end of its body is sent; if it is shorter, the
    /// call fails. `chatwork-sdk` checks it.
    #[must_use]
    pub fn with_length(self, length: u64) -> Self {
        Self { length: Some(length), ..self }
    }

    /// Sets the media type, for example `text/plain`. Default: `application/octet-stream`.
    #[must_use]
    pub fn with_media_type(self, media_type: impl Into<String>) -> Self {
        Self { media_type: media_type.into(), ..self }
    }

    /// Returns the length in bytes, or `None` if it is not known.
    pub fn length(&self) -> Option<u64> {
        self.length
    }

    /// The part of the form.
    ///
    /// # Errors
    ///
    /// [`Error::Invalid`] if the media type is invalid, or the name is empty or has a control
    /// character.
    pub(crate) fn into_part(self) -> Result<Part, Error> {
        if self.name.is_empty() {
            return Err(Error::Invalid(
                "the file has no name: expected at least 1 character".into(),
            ));
        }
        // A line break would start another header of the part: reqwest only escapes it.
        if self.name.contains(char::is_control) {
            return Err(Error::Invalid(
                "the file name has a control character: expected a name without one".into(),
            ));
        }
        let part = match self.length {
            Some(length) => Part::stream_with_length(self.body, length),
            None => Part::stream(self.body),
        };
        part.file_name(self.name).mime_str(&self.media_type).map_err(|_| {
            let media_type = &self.media_type;
            Error::Invalid(format!(
                "`{media_type}` is not a valid media type: expected type/subtype"
            ))
        })
    }
}

impl fmt::Debug for FilePart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FilePart")
            .field("media_type", &self.media_type)
            .field("length", &self.length)
            .finish_non_exhaustive()
    }
}

/// Creates an empty form that sends file names as plain UTF-8. By default reqwest writes
/// `filename*` with percent-encoding, which some servers do not support.
pub(crate) fn form() -> Form {
    Form::new().percent_encode_noop()
}
