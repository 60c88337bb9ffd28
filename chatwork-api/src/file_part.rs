//! The file of a multipart body.

use std::fmt;

use bytes::Bytes;
use reqwest::Body;
use reqwest::multipart::{Form, Part};

use crate::error::Error;

/// A file to upload: a name, bytes or a stream of them, and their number when it is known.
///
/// With a known length the request says how long it is; without, it is sent in chunks. The name
/// goes over the wire as UTF-8, so that it may be Japanese.
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
    /// A file in memory.
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

    /// A file that is read while it is sent.
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

    /// The media type, for example `text/plain`; `application/octet-stream` if none is set.
    #[must_use]
    pub fn with_media_type(self, media_type: impl Into<String>) -> Self {
        Self { media_type: media_type.into(), ..self }
    }

    /// The number of bytes, when it is known.
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
        // A line break would begin another header of the part: reqwest puts a backslash before it.
        if self.name.contains(char::is_control) {
            return Err(Error::Invalid(
                "the file name has a control character: expected none".into(),
            ));
        }
        let part = match self.length {
            Some(length) => Part::stream_with_length(self.body, length),
            None => Part::stream(self.body),
        };
        part.file_name(self.name).mime_str(&self.media_type).map_err(|_| {
            let message = format!("`{}` is no media type: expected type/subtype", self.media_type);
            Error::Invalid(message)
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

/// An empty form that sends names as they are, in UTF-8: `filename*` with percent signs, which
/// reqwest writes otherwise, is not understood everywhere.
pub(crate) fn form() -> Form {
    Form::new().percent_encode_noop()
}
