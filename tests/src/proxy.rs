//! A server that passes every request on, and compares each reply with the document.

use std::convert::Infallible;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex, OnceLock};

use chatwork_api::{Method, Operation, reqwest};
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::header::{CONNECTION, CONTENT_LENGTH, HOST, HeaderName, TRANSFER_ENCODING};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{HeaderMap, Request, Response};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

use crate::contract::{self, Answer};

/// Headers that either side of the proxy writes by itself, for the bytes that it sends.
const WRITTEN_ANEW: [HeaderName; 4] = [CONNECTION, CONTENT_LENGTH, HOST, TRANSFER_ENCODING];

/// An exchange that went through.
#[derive(Clone, Debug)]
pub struct Seen {
    /// The operationId; `None` if no operation has the path.
    pub operation: Option<&'static str>,
    /// The status of the reply.
    pub status: u16,
    /// What the document does not admit about the reply.
    pub faults: Vec<String>,
}

/// A server between a client and an API. Dropped, it is gone.
#[derive(Debug)]
pub struct Proxy {
    base_url: String,
    seen: Arc<Mutex<Vec<Seen>>>,
    task: JoinHandle<()>,
}

impl Proxy {
    /// Starts one in front of the API at `origin`, an address without a path.
    pub async fn start(origin: &str) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let seen = Arc::default();
        let way = Way { http: http(), origin: origin.to_owned(), seen: Arc::clone(&seen) };
        let task = tokio::spawn(serve(listener, way));
        Self { base_url: format!("http://{address}/v2"), seen, task }
    }

    /// Where a client finds the API.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// What went through since this was last asked, in the order of the replies.
    pub fn take(&self) -> Vec<Seen> {
        std::mem::take(&mut *self.seen.lock().expect("not poisoned"))
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// The one HTTP client of a test program: each one made sets TLS up, which takes longer than a call.
///
/// It keeps no connection, since that would end with the runtime of the test that opened it. A
/// redirect is a reply like any other.
pub fn http() -> reqwest::Client {
    static HTTP: OnceLock<reqwest::Client> = OnceLock::new();
    let make = || {
        let builder = reqwest::Client::builder().no_proxy().pool_max_idle_per_host(0);
        builder.redirect(reqwest::redirect::Policy::none()).build().expect("a client")
    };
    HTTP.get_or_init(make).clone()
}

async fn serve(listener: TcpListener, way: Way) {
    let mut connections = JoinSet::new();
    loop {
        let (stream, _) = listener.accept().await.expect("a connection");
        connections.spawn(connection(stream, way.clone()));
    }
}

async fn connection(stream: TcpStream, way: Way) {
    let service = service_fn(move |request| {
        let way = way.clone();
        async move { Ok::<_, Infallible>(way.pass(request).await) }
    });
    // A connection that breaks off is no reply; the call that needed one fails.
    let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
}

/// The way to the API.
#[derive(Clone)]
struct Way {
    http: reqwest::Client,
    origin: String,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Way {
    async fn pass(&self, request: Request<Incoming>) -> Response<Full<Bytes>> {
        let (parts, body) = request.into_parts();
        let body = body.collect().await.expect("a whole request").to_bytes();
        let url = format!("{}{}", self.origin, parts.uri);
        let mut onward = self.http.request(parts.method.clone(), url);
        onward = onward.headers(without_framing(&parts.headers));
        if !body.is_empty() {
            onward = onward.body(body);
        }
        let reply = onward.send().await.expect("a reply");
        let (status, headers) = (reply.status(), without_framing(reply.headers()));
        let body = reply.bytes().await.expect("a whole reply");

        let path = parts.uri.path().strip_prefix("/v2").unwrap_or_default();
        let method = Method::try_from(&parts.method).expect("a documented method");
        let operation = Operation::find(method, path).map(|operation| operation.id);
        let answer = Answer { status: status.as_u16(), headers: &headers, body: &body };
        let faults = operation.map_or_else(Vec::new, |id| contract::faults(id, answer));
        let seen = Seen { operation, status: status.as_u16(), faults };
        self.seen.lock().expect("not poisoned").push(seen);

        let mut response = Response::new(Full::new(body));
        *response.status_mut() = status;
        *response.headers_mut() = headers;
        response
    }
}

fn without_framing(headers: &HeaderMap) -> HeaderMap {
    let mut headers = headers.clone();
    for name in WRITTEN_ANEW {
        headers.remove(name);
    }
    headers
}
