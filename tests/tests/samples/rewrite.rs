//! A server between a sample and the sandbox, which replaces ids of the examples by those of the
//! sandbox.

use std::convert::Infallible;
use std::net::Ipv4Addr;
use std::sync::Arc;

use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::header::{CONNECTION, CONTENT_LENGTH, HOST, TRANSFER_ENCODING};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{HeaderMap, Request, Response};
use hyper_util::rt::TokioIo;
use tests::proxy::http;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// The server. Dropping it stops it.
pub(crate) struct Rewriting {
    base_url: String,
    task: JoinHandle<()>,
}

impl Rewriting {
    /// Starts one in front of `origin`, an address without a path.
    pub(crate) async fn start(origin: &str, ids: Vec<(String, String)>) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let base_url = format!("http://{}/v2", listener.local_addr().unwrap());
        let onward = Arc::new((origin.to_owned(), ids));
        let task = tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let onward = Arc::clone(&onward);
                let service = service_fn(move |request| {
                    let onward = Arc::clone(&onward);
                    async move { Ok::<_, Infallible>(pass(request, &onward.0, &onward.1).await) }
                });
                tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), service));
            }
        });
        Self { base_url, task }
    }

    pub(crate) fn base_url(&self) -> &str {
        &self.base_url
    }
}

impl Drop for Rewriting {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn pass(
    request: Request<Incoming>,
    origin: &str,
    ids: &[(String, String)],
) -> Response<Full<Bytes>> {
    let (parts, body) = request.into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    let url = format!("{origin}{}", rewritten(&parts.uri.to_string(), ids));
    let mut onward = http().request(parts.method, url).headers(without_framing(&parts.headers));
    if !body.is_empty() {
        onward = onward.body(rewritten(&String::from_utf8_lossy(&body), ids));
    }
    let reply = onward.send().await.unwrap();
    let (status, headers) = (reply.status(), without_framing(reply.headers()));
    let mut response = Response::new(Full::new(reply.bytes().await.unwrap()));
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response
}

/// Headers of the connection itself are written anew.
fn without_framing(headers: &HeaderMap) -> HeaderMap {
    let mut headers = headers.clone();
    for name in [CONNECTION, CONTENT_LENGTH, HOST, TRANSFER_ENCODING] {
        headers.remove(name);
    }
    headers
}

/// Replaces each id.
pub(crate) fn rewritten(text: &str, ids: &[(String, String)]) -> String {
    ids.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from.as_str(), to))
}
