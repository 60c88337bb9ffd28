//! What a server answers, or fails to answer.

use serde_json::{Value, json};
use tests::spec;

/// What a server does with a request.
#[derive(Clone, Debug)]
pub(crate) enum Answer {
    /// Answers it.
    Reply(Reply),
    /// Closes the connection without a word.
    Close,
    /// Answers, and closes the connection in the middle of the body.
    Cut(Reply),
    /// Answers half of it, keeps the connection open and never comes to an end.
    Stall(Reply),
    /// Keeps the connection open and never answers.
    Silence,
}

impl From<Reply> for Answer {
    fn from(reply: Reply) -> Self {
        Self::Reply(reply)
    }
}

/// The date that replies bear: the document's example of a reset is 300 seconds later.
pub(crate) const DATE: &str = "Wed, 25 Jun 2025 06:00:00 GMT";

/// A reply.
#[derive(Clone, Debug)]
pub(crate) struct Reply {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    /// Whether it says how long it is; without, its end is that of the connection.
    sized: bool,
}

impl Reply {
    /// A reply without headers of its own.
    pub(crate) fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        let reply = Self { status, headers: Vec::new(), body: body.into(), sized: true };
        reply.header("date", DATE)
    }

    /// A reply in JSON.
    pub(crate) fn json(status: u16, body: &Value) -> Self {
        Self::new(status, body.to_string()).header("content-type", "application/json")
    }

    /// A page of a gateway.
    pub(crate) fn html(status: u16) -> Self {
        let page = "<html><body>Bad luck</body></html>";
        Self::new(status, page).header("content-type", "text/html")
    }

    /// A refusal in the API's words.
    pub(crate) fn refusal(status: u16, error: &str) -> Self {
        Self::json(status, &json!({ "errors": [error] }))
    }

    /// The document's example of what an operation answers.
    pub(crate) fn of(operation: &str) -> Self {
        let promise = spec::success(operation);
        let reply = match promise.body {
            Some(body) => Self::json(promise.status, body),
            None => Self::new(promise.status, ""),
        };
        let headers = promise.headers.into_iter();
        headers.fold(reply, |reply, (name, value)| reply.header(name, &value))
    }

    /// 204: there is nothing.
    pub(crate) fn nothing() -> Self {
        Self::new(204, "")
    }

    /// The same reply with a header in the place of one of the same name.
    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.retain(|(key, _)| key != name);
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The same reply without the last byte of its body, which is no JSON any more.
    pub(crate) fn truncated(mut self) -> Self {
        self.body.pop();
        self
    }

    /// The same reply, whose end is that of the connection.
    pub(crate) fn unsized_(self) -> Self {
        Self { sized: false, ..self.header("connection", "close") }
    }

    /// The same reply with the account's limit in its headers, the reset some seconds from now.
    pub(crate) fn limits(self, remaining: u32, reset_in: i64) -> Self {
        let date = httpdate::parse_http_date(DATE).expect("a date");
        let date = date.duration_since(std::time::UNIX_EPOCH).expect("after 1970").as_secs();
        let reset = i64::try_from(date).expect("a time") + reset_in;
        self.header("x-ratelimit-limit", "300")
            .header("x-ratelimit-remaining", &remaining.to_string())
            .header("x-ratelimit-reset", &reset.to_string())
    }

    /// The reply with all of its body, and the length that it has or claims.
    pub(crate) fn bytes(&self, share: Share) -> Vec<u8> {
        let mut bytes = format!("HTTP/1.1 {} Whatever\r\n", self.status).into_bytes();
        for (name, value) in &self.headers {
            bytes.extend_from_slice(format!("{name}: {value}\r\n").as_bytes());
        }
        if self.sized && self.status != 204 {
            bytes.extend_from_slice(format!("content-length: {}\r\n", self.body.len()).as_bytes());
        }
        bytes.extend_from_slice(b"\r\n");
        let end = match share {
            Share::Whole => self.body.len(),
            Share::Half => self.body.len() / 2,
        };
        bytes.extend_from_slice(&self.body[..end]);
        bytes
    }

    /// Whether the connection ends with the reply.
    pub(crate) fn closes(&self) -> bool {
        !self.sized
    }
}

/// How much of a body is sent.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Share {
    /// All of it.
    Whole,
    /// The first half.
    Half,
}
