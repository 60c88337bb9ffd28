//! A request as it went over the wire, whole.

use std::fmt;

use httpmock::HttpMockRequest;

/// The token that tests call with.
pub const TOKEN: &str = "0123456789abcdef0123456789abcdef";

/// Replaces the boundary of a multipart body, which is random.
pub const BOUNDARY: &str = "BOUNDARY";

/// Where the mock server has the API, so that a base address with a path is tested, too.
pub const BASE_PATH: &str = "/v2";

/// A request: what was sent, or what should be.
///
/// Two are equal when method, target, all headers and every byte of the body are. Of the headers
/// only `host` is replaced, by `server`, and of a multipart body the boundary.
#[derive(Clone, PartialEq, Eq)]
pub struct Sent {
    line: String,
    headers: Vec<String>,
    body: Vec<u8>,
}

impl Sent {
    /// A GET of a path with its query, with the API token and without a body.
    pub fn get(target: &str) -> Self {
        Self::with_method("GET", target)
    }

    /// A POST without a body.
    pub fn post(target: &str) -> Self {
        Self::with_method("POST", target)
    }

    /// A PUT without a body.
    pub fn put(target: &str) -> Self {
        Self::with_method("PUT", target)
    }

    /// A DELETE without a body.
    pub fn delete(target: &str) -> Self {
        Self::with_method("DELETE", target)
    }

    fn with_method(method: &str, target: &str) -> Self {
        let sent = Self {
            line: format!("{method} {BASE_PATH}{target}"),
            headers: Vec::new(),
            body: Vec::new(),
        };
        sent.header("accept", "application/json")
            .header("host", "server")
            .header("x-chatworktoken", TOKEN)
    }

    /// The same request with a header, in the place of one of the same name.
    #[must_use]
    pub fn header(self, name: &str, value: &str) -> Self {
        let mut sent = self.without(name);
        sent.headers.push(format!("{name}: {value}"));
        sent.headers.sort();
        sent
    }

    /// The same request without a header.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        let prefix = format!("{name}: ");
        self.headers.retain(|header| !header.starts_with(&prefix));
        self
    }

    /// The same request with a form body, and the two headers that belong to it.
    #[must_use]
    pub fn form(self, body: &str) -> Self {
        self.header("content-type", "application/x-www-form-urlencoded").sized(body)
    }

    /// The same request with a multipart body whose length is known.
    #[must_use]
    pub fn multipart(self, body: impl AsRef<[u8]>) -> Self {
        let media = format!("multipart/form-data; boundary={BOUNDARY}");
        self.header("content-type", &media).sized(body)
    }

    /// The same request with a body that is sent in chunks, since its length is not known.
    #[must_use]
    pub fn chunked(self) -> Self {
        self.without("content-length").header("transfer-encoding", "chunked")
    }

    fn sized(self, body: impl AsRef<[u8]>) -> Self {
        let body = body.as_ref().to_vec();
        let sent = self.header("content-length", &body.len().to_string());
        Self { body, ..sent }
    }

    /// The method and the target.
    pub fn line(&self) -> &str {
        &self.line
    }

    /// The request that a server at this address got.
    pub(crate) fn recorded(request: &HttpMockRequest, address: &str) -> Self {
        let origin = format!("http://{address}");
        let target = request.uri_str().strip_prefix(&origin).unwrap_or(request.uri_str());
        let mut headers: Vec<String> = request
            .headers_vec()
            .iter()
            .map(|(name, value)| match name.as_str() {
                "host" if value == address => "host: server".to_owned(),
                _ => format!("{name}: {value}"),
            })
            .collect();
        headers.sort();
        let line = format!("{} {target}", request.method_str());
        Self { line, headers, body: request.body_vec() }.with_one_boundary()
    }

    /// Replaces the boundary in the header and in the body, and mends the length accordingly.
    fn with_one_boundary(self) -> Self {
        let media = "content-type: multipart/form-data; boundary=";
        let found = self.headers.iter().find_map(|header| header.strip_prefix(media));
        let Some(boundary) = found.map(str::to_owned) else {
            return self;
        };
        let length = format!("content-length: {}", self.body.len());
        let has_length = self.headers.contains(&length);
        let body = replace(&self.body, boundary.as_bytes(), BOUNDARY.as_bytes());
        let sent = Self { body: Vec::new(), ..self };
        if has_length { sent.multipart(body) } else { Self { body, ..sent.boundary() } }
    }

    fn boundary(self) -> Self {
        self.header("content-type", &format!("multipart/form-data; boundary={BOUNDARY}"))
    }
}

fn replace(text: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut result = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.first() {
        match rest.strip_prefix(from) {
            Some(after) => {
                result.extend_from_slice(to);
                rest = after;
            }
            None => {
                result.push(*first);
                rest = &rest[1..];
            }
        }
    }
    result
}

impl fmt::Debug for Sent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let body = String::from_utf8_lossy(&self.body);
        write!(f, "\n{}\n{}\n\n{}\n", self.line, self.headers.join("\n"), body.escape_debug())
    }
}
