//! A receiver of webhooks. It records requests and answers with given bytes.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;

/// A request as it came.
#[derive(Clone, Debug)]
pub(crate) struct Got {
    /// Its first line.
    pub(crate) line: String,
    /// Its headers, by their names in small letters.
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: String,
}

impl Got {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

pub(crate) struct Receiver {
    pub(crate) url: String,
    got: Arc<Mutex<Vec<Got>>>,
    /// `got` for each request, `closed` for each closed connection.
    happened: mpsc::UnboundedReceiver<&'static str>,
}

/// A reply of a status with so many bytes.
pub(crate) fn answer(status: u16, bytes: usize) -> String {
    let body = "a".repeat(bytes);
    format!("HTTP/1.1 {status} Some Words\r\ncontent-length: {bytes}\r\n\r\n{body}")
}

impl Receiver {
    /// One that always answers with these bytes and closes; without bytes it waits.
    pub(crate) async fn answering(answer: impl Into<String>) -> Self {
        Self::script([answer.into()]).await
    }

    /// One that answers with each in turn, and with the last from then on.
    pub(crate) async fn script(answers: impl IntoIterator<Item = String>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/webhook", listener.local_addr().unwrap());
        let (tell, happened) = mpsc::unbounded_channel();
        let got = Arc::<Mutex<Vec<Got>>>::default();
        let answers: Vec<_> = answers.into_iter().collect();
        tokio::spawn(serve(listener, answers, Arc::clone(&got), tell));
        Self { url, got, happened }
    }

    /// The requests so far.
    pub(crate) fn got(&self) -> Vec<Got> {
        self.got.lock().unwrap().clone()
    }

    /// Waits until a request has come or, when there was one, until its connection is closed.
    pub(crate) async fn happened(&mut self) -> &'static str {
        self.happened.recv().await.unwrap()
    }
}

async fn serve(
    listener: TcpListener,
    answers: Vec<String>,
    got: Arc<Mutex<Vec<Got>>>,
    tell: mpsc::UnboundedSender<&'static str>,
) {
    for index in 0.. {
        let (mut stream, _) = listener.accept().await.unwrap();
        let request = read(&mut stream).await;
        got.lock().unwrap().push(request);
        let _ = tell.send("got");
        let answer = answers.get(index).or(answers.last()).unwrap();
        if answer.is_empty() {
            let _ = stream.read_u8().await;
        }
        let _ = stream.write_all(answer.as_bytes()).await;
        let _ = tell.send("closed");
    }
}

async fn read(stream: &mut TcpStream) -> Got {
    let mut bytes = Vec::new();
    loop {
        bytes.push(stream.read_u8().await.unwrap());
        if bytes.ends_with(b"\r\n\r\n") {
            break;
        }
    }
    let text = String::from_utf8(bytes).unwrap();
    let mut lines = text.trim_end().lines();
    let line = lines.next().unwrap().to_owned();
    let pairs = lines.map(|line| line.split_once(": ").unwrap());
    let headers: BTreeMap<_, _> =
        pairs.map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned())).collect();
    let mut body = vec![0; headers["content-length"].parse().unwrap()];
    stream.read_exact(&mut body).await.unwrap();
    Got { line, headers, body: String::from_utf8(body).unwrap() }
}
