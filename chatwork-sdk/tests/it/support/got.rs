//! A request as a server got it.

use std::io;

use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncReadExt};

use super::server::BASE_PATH;

/// A request, read whole.
#[derive(Clone, Debug)]
pub(crate) struct Got {
    pub(crate) method: String,
    /// The path below the base path, with the query.
    pub(crate) target: String,
    headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Got {
    /// Method, target and form body in one line, as tests compare them.
    pub(crate) fn line(&self) -> String {
        let line = format!("{} {}", self.method, self.target);
        match self.header("content-type") {
            Some("application/x-www-form-urlencoded") => format!("{line} {}", self.text()),
            _ => line,
        }
    }

    /// The path without the query.
    pub(crate) fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }

    /// A header; its name in small letters.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// All of the request as one text, to search it.
    pub(crate) fn whole(&self) -> String {
        format!("{} {} {:?} {}", self.method, self.target, self.headers, self.text())
    }

    /// The body as text.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The content of the file in a multipart body.
    pub(crate) fn file(&self) -> Vec<u8> {
        let header = self.header("content-type").expect("a content type");
        let boundary = header.split("boundary=").nth(1).expect("a boundary");
        let start = find(&self.body, b"filename=").expect("a file");
        let start = start + find(&self.body[start..], b"\r\n\r\n").expect("a content") + 4;
        let end = format!("\r\n--{boundary}");
        let length = find(&self.body[start..], end.as_bytes()).expect("an end");
        self.body[start..start + length].to_vec()
    }

    /// Reads the next request of a connection; nothing when the client has closed it.
    pub(crate) async fn read(stream: &mut (impl AsyncBufRead + Unpin)) -> io::Result<Option<Self>> {
        let Some(first) = line(stream).await? else { return Ok(None) };
        let mut parts = first.split(' ').map(str::to_owned);
        let (method, target) = (parts.next().unwrap_or_default(), parts.next());
        let mut headers = Vec::new();
        while let Some(line) = line(stream).await?.filter(|line| !line.is_empty()) {
            let (name, value) = line.split_once(':').unwrap_or((&line, ""));
            headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
        let target = target.unwrap_or_default();
        let target = target.strip_prefix(BASE_PATH).unwrap_or(&target).to_owned();
        let mut got = Self { method, target, headers, body: Vec::new() };
        got.body = got.read_body(stream).await?;
        Ok(Some(got))
    }

    async fn read_body(&self, stream: &mut (impl AsyncBufRead + Unpin)) -> io::Result<Vec<u8>> {
        let mut body = Vec::new();
        if let Some(length) = self.header("content-length") {
            body.resize(length.parse().expect("a length"), 0);
            stream.read_exact(&mut body).await?;
        } else if self.header("transfer-encoding") == Some("chunked") {
            while chunk(stream, &mut body).await? {}
        }
        Ok(body)
    }
}

/// Reads one chunk; says whether it was not the last.
async fn chunk(stream: &mut (impl AsyncBufRead + Unpin), body: &mut Vec<u8>) -> io::Result<bool> {
    let size = line(stream).await?.ok_or(io::ErrorKind::UnexpectedEof)?;
    let size = usize::from_str_radix(&size, 16).map_err(io::Error::other)?;
    let mut piece = vec![0; size + 2];
    stream.read_exact(&mut piece).await?;
    body.extend_from_slice(&piece[..size]);
    Ok(size > 0)
}

async fn line(stream: &mut (impl AsyncBufRead + Unpin)) -> io::Result<Option<String>> {
    let mut line = String::new();
    let read = stream.read_line(&mut line).await?;
    Ok((read > 0).then(|| line.trim_end().to_owned()))
}

fn find(text: &[u8], what: &[u8]) -> Option<usize> {
    text.windows(what.len()).position(|window| window == what)
}
