//! Parses `multipart/form-data`.

use axum::http::HeaderMap;
use bytes::Bytes;
use futures_util::stream;
use multer::Multipart;
use percent_encoding::percent_decode;

use super::form::Form;
use crate::state::Refusal;

/// The parts of an upload.
#[derive(Clone, Debug, Default)]
pub(super) struct Upload {
    pub(super) file: Option<FilePart>,
    pub(super) fields: Form,
    /// Whether the name of the file had folders, which were dropped.
    folders_dropped: bool,
}

impl Upload {
    /// A file with the other fields of its form.
    #[cfg(feature = "page")]
    pub(super) fn new(name: String, bytes: Bytes, fields: Form) -> Self {
        Self { file: Some(FilePart { name, bytes }), fields, folders_dropped: false }
    }

    /// What was ignored, without parts of these names that no handler has read.
    pub(super) fn notes_without(&self, known: &[&str]) -> Vec<String> {
        let mut notes = self.fields.notes_without("part", known);
        if self.folders_dropped {
            notes.push("the folders in the file name are ignored".to_owned());
        }
        notes
    }
}

/// The part called `file`.
#[derive(Clone, Debug)]
pub(super) struct FilePart {
    pub(super) name: String,
    pub(super) bytes: Bytes,
}

/// Parses a whole body.
pub(super) async fn parse(content_type: &str, body: &Bytes) -> Result<Upload, Refusal> {
    let boundary = multer::parse_boundary(content_type)
        .map_err(|_| Refusal::invalid("The multipart body has no boundary"))?;
    if !ends_well(body, &boundary) {
        return Err(Refusal::invalid(
            "The multipart body does not end with its last boundary, or has more than one line end \
                    after it",
        ));
    }
    let chunks = stream::iter([Ok::<_, std::convert::Infallible>(body.clone())]);
    let parts = Multipart::new(chunks, boundary);
    collect(parts).await.map_err(|fault| fault.unwrap_or(unreadable()))
}

fn unreadable() -> Refusal {
    Refusal::invalid("The multipart body cannot be read")
}

/// Collects the parts. `Err(None)` is invalid syntax.
async fn collect(mut parts: Multipart<'_>) -> Result<Upload, Option<Refusal>> {
    let mut upload = Upload::default();
    while let Some(part) = parts.next_field().await.map_err(|_| None)? {
        let disposition = Disposition::read(part.headers());
        let bytes = part.bytes().await.map_err(|_| None)?;
        let name = disposition.get("name").unwrap_or_default();
        if name != "file" {
            upload.fields.push(&name, bytes.to_vec());
        } else if upload.file.is_some() {
            let text = "Parameter 'file' is given more than once";
            return Err(Some(Refusal::invalid(text)));
        } else {
            let (name, folders_dropped) = disposition.file_name();
            upload.folders_dropped = folders_dropped;
            upload.file = Some(FilePart { name, bytes });
        }
    }
    Ok(upload)
}

/// Whether one line end or none follows the last boundary. RFC 2046 allows both, and fetch of
/// Node.js 18 sends none. The service rejects more.
fn ends_well(body: &Bytes, boundary: &str) -> bool {
    let end = format!("--{boundary}--");
    let body = body.strip_suffix(b"\r\n").unwrap_or(body);
    body.ends_with(end.as_bytes())
}

/// The parameters of `Content-Disposition`.
struct Disposition(Vec<(String, Vec<u8>)>);

impl Disposition {
    fn read(headers: &HeaderMap) -> Self {
        let value = headers.get("content-disposition");
        let mut rest = value.map(|value| value.as_bytes()).unwrap_or_default();
        let mut parameters = Vec::new();
        // The first is the type, which is always `form-data`.
        while let Some(at) = rest.iter().position(|byte| *byte == b';') {
            let (name, value, tail) = parameter(rest.get(at + 1..).unwrap_or_default());
            parameters.push((name, value));
            rest = tail;
        }
        Self(parameters)
    }

    fn get(&self, name: &str) -> Option<String> {
        let (_, value) = self.0.iter().find(|(known, _)| known == name)?;
        Some(String::from_utf8_lossy(value).into_owned())
    }

    /// The name of the file, and whether it had folders. `filename*` in UTF-8 is preferred to
    /// `filename`. Without both, the name is `file`.
    fn file_name(&self) -> (String, bool) {
        let extended = self.get("filename*").and_then(|value| {
            let (charset, value) = value.split_once('\'')?;
            let (_language, value) = value.split_once('\'')?;
            let decoded = percent_decode(value.as_bytes()).decode_utf8().ok()?.into_owned();
            charset.eq_ignore_ascii_case("utf-8").then_some(decoded)
        });
        let name = extended.or_else(|| self.get("filename")).unwrap_or_default();
        let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
        match last {
            "" | "." | ".." => ("file".to_owned(), false),
            last => (last.to_owned(), last.len() < name.len()),
        }
    }
}

/// Splits `name=value` or `name="value"` from the rest.
fn parameter(text: &[u8]) -> (String, Vec<u8>, &[u8]) {
    let end = text.iter().position(|byte| matches!(byte, b'=' | b';')).unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    let name = String::from_utf8_lossy(name).trim().to_ascii_lowercase();
    match rest {
        [b'=', b'"', quoted @ ..] => {
            let (value, tail) = unquote(quoted);
            (name, value, tail)
        }
        [b'=', plain @ ..] => {
            let end = plain.iter().position(|byte| *byte == b';').unwrap_or(plain.len());
            let (value, tail) = plain.split_at(end);
            (name, value.trim_ascii().to_vec(), tail)
        }
        rest => (name, Vec::new(), rest),
    }
}

/// Splits the text up to the closing quote from the rest. Browsers escape a quote as `%22`, other
/// clients as `\"`.
fn unquote(text: &[u8]) -> (Vec<u8>, &[u8]) {
    let mut value = Vec::new();
    let mut rest = text;
    loop {
        rest = match rest {
            [b'\\', escaped @ (b'"' | b'\\'), tail @ ..] => {
                value.push(*escaped);
                tail
            }
            [b'"', tail @ ..] => break (value, tail),
            [byte, tail @ ..] => {
                value.push(*byte);
                tail
            }
            [] => break (value, rest),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(disposition: &[u8]) -> String {
        let mut headers = HeaderMap::new();
        let value = axum::http::HeaderValue::from_bytes(disposition).unwrap();
        headers.insert("content-disposition", value);
        Disposition::read(&headers).file_name().0
    }

    #[test]
    fn file_names_of_several_syntaxes_are_read() {
        assert_eq!(
            name("form-data; name=\"file\"; filename=\"見積書.pdf\"".as_bytes()),
            "見積書.pdf"
        );
        assert_eq!(name(b"form-data; name=file; filename=a.txt"), "a.txt");
        assert_eq!(name(b"form-data; filename*=utf-8''%E6%97%A5.txt; filename=\"x\""), "日.txt");
        assert_eq!(name(b"form-data; filename=\"a\\\"b;c.txt\"; name=\"file\""), "a\"b;c.txt");
    }

    /// `filename*` of RFC 5987 allows ISO-8859-1 as well, in which these bytes are another name.
    #[test]
    fn an_extended_name_of_another_charset_is_ignored() {
        let latin = b"form-data; filename*=iso-8859-1''%C3%A9.txt; filename=\"e.txt\"";
        assert_eq!(name(latin), "e.txt");
        assert_eq!(name(b"form-data; filename*=utf-8''%C3%A9.txt; filename=\"e.txt\""), "é.txt");
    }

    #[test]
    fn a_name_has_no_folder_and_is_never_empty() {
        assert_eq!(name(b"form-data; name=\"file\"; filename=\"../../etc/passwd\""), "passwd");
        assert_eq!(name(b"form-data; name=\"file\"; filename=\"C:\\\\x\\\\y.txt\""), "y.txt");
        for disposition in ["form-data; name=\"file\"", "form-data; filename=\"..\"", "", ";=;"] {
            assert_eq!(name(disposition.as_bytes()), "file", "{disposition}");
        }
    }
}
