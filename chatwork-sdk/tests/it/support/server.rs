//! A server on this machine that does as it is told.

use std::collections::VecDeque;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use chatwork_sdk::{Client, Operation};
use tokio::io::{AsyncWriteExt, BufStream};
use tokio::net::{TcpListener, TcpStream};

use super::reply::Share;
use super::{Answer, Got, Reply, builder};

/// Where the server has the API, so that a base address with a path is tested, too.
pub(crate) const BASE_PATH: &str = "/v2";

/// A server, and what it has got.
pub(crate) struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
}

struct Shared {
    decide: Mutex<Box<Decide>>,
    got: Mutex<Vec<Got>>,
}

type Decide = dyn FnMut(&Got) -> Answer + Send;

impl Server {
    /// A server that looks at each request before it answers.
    pub(crate) async fn start(decide: impl FnMut(&Got) -> Answer + Send + 'static) -> Self {
        Self::on(TcpListener::bind("127.0.0.1:0").await.expect("a port"), decide)
    }

    /// The same, behind a port that is there already.
    pub(crate) fn on(
        listener: TcpListener,
        decide: impl FnMut(&Got) -> Answer + Send + 'static,
    ) -> Self {
        let address = listener.local_addr().expect("an address");
        let (decide, got) = (Mutex::new(Box::new(decide) as Box<Decide>), Mutex::new(Vec::new()));
        let shared = Arc::new(Shared { decide, got });
        let serving = Arc::clone(&shared);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&serving)));
            }
        });
        Self { address, shared }
    }

    /// A server that answers everything alike.
    pub(crate) async fn always(answer: impl Into<Answer>) -> Self {
        let answer = answer.into();
        Self::start(move |_| answer.clone()).await
    }

    /// A server that gives one answer after the other, and the last one again and again.
    pub(crate) async fn script(answers: impl IntoIterator<Item = Answer>) -> Self {
        let mut answers: VecDeque<Answer> = answers.into_iter().collect();
        let next = move |_: &Got| match answers.len() {
            1 => answers.front().cloned(),
            _ => answers.pop_front(),
        };
        let mut next = next;
        Self::start(move |got| next(got).expect("an answer")).await
    }

    /// A server that answers every operation with the document's example.
    pub(crate) async fn spec() -> Self {
        Self::start(|got| Reply::of(operation(got).id).into()).await
    }

    /// The base address of the API on this server.
    pub(crate) fn base_url(&self) -> String {
        format!("http://{}{BASE_PATH}", self.address)
    }

    /// An address on this server, by a name of this machine.
    pub(crate) fn url(&self, name: &str, path: &str) -> String {
        format!("http://{name}:{}{path}", self.address.port())
    }

    /// A client of this server with all else as it is by default.
    pub(crate) fn client(&self) -> Client {
        builder(&self.base_url()).build().expect("a client")
    }

    /// What it has got, in order.
    pub(crate) fn got(&self) -> Vec<Got> {
        self.shared.got.lock().expect("no panic").clone()
    }

    /// What it has got since the last time that this was asked.
    pub(crate) fn take(&self) -> Vec<Got> {
        std::mem::take(&mut *self.shared.got.lock().expect("no panic"))
    }

    /// All that it has got, each in one line.
    pub(crate) fn lines(&self) -> Vec<String> {
        self.got().iter().map(Got::line).collect()
    }

    /// The only request that it has got.
    pub(crate) fn only(&self) -> Got {
        let [got] = <[Got; 1]>::try_from(self.got()).expect("one request");
        got
    }
}

/// The operation that a request calls.
pub(crate) fn operation(got: &Got) -> &'static Operation {
    let method = got.method.parse().expect("a documented method");
    let found = Operation::find(method, got.path());
    found.unwrap_or_else(|| panic!("no operation is {}", got.line()))
}

async fn serve(stream: TcpStream, shared: Arc<Shared>) -> io::Result<()> {
    let mut stream = BufStream::new(stream);
    while let Some(got) = Got::read(&mut stream).await? {
        let answer = shared.decide.lock().expect("no panic")(&got);
        shared.got.lock().expect("no panic").push(got);
        match answer {
            Answer::Reply(reply) => {
                stream.write_all(&reply.bytes(Share::Whole)).await?;
                stream.flush().await?;
                if reply.closes() {
                    return Ok(());
                }
            }
            Answer::Cut(reply) => {
                stream.write_all(&reply.bytes(Share::Half)).await?;
                return stream.flush().await;
            }
            Answer::Stall(reply) => {
                stream.write_all(&reply.bytes(Share::Half)).await?;
                stream.flush().await?;
                std::future::pending().await
            }
            Answer::Close => return Ok(()),
            Answer::Silence => std::future::pending().await,
        }
    }
    Ok(())
}
