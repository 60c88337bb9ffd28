//! The loop that accepts connections.
//!
//! `axum::serve` keeps connections open when it is dropped, and cannot close one without a reply.
//! The sandbox needs both.

use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response};
use hyper::body::{Body as _, Incoming};
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use super::stalled::{Received, Watched};

/// How long to wait after a connection could not be accepted.
const PAUSE: Duration = Duration::from_millis(10);

/// The most bytes of a request head.
const HEAD: usize = 64 * 1_024;

/// Marks a response that is not sent: the connection closes instead.
#[derive(Clone, Copy, Debug)]
pub(super) struct Close;

#[derive(Debug, thiserror::Error)]
#[error("closed by a fault")]
struct Closed;

/// Serves until the future is dropped, and all connections with it.
pub(crate) async fn serve(listener: TcpListener, router: Router) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    connections.spawn(connection(stream, router.clone()));
                }
                // Usually there are too many open files: some of them will close.
                Err(_) => tokio::time::sleep(PAUSE).await,
            },
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn connection(stream: TcpStream, router: Router) {
    // Replies are small. Without the option they are only slower, so its error is ignored.
    let _ = stream.set_nodelay(true);
    serve_stream(stream, router).await;
}

/// Serves one connection until it closes.
pub(super) async fn serve_stream<S>(stream: S, router: Router)
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let router = TowerToHyperService::new(router);
    let received = Received::default();
    let stream = TokioIo::new(Watched::new(stream, received.clone()));
    let service = service_fn(move |request: Request<Incoming>| {
        received.begin(request.body().size_hint().exact());
        let (reply, received) = (router.call(request), received.clone());
        async move {
            let Ok(response) = reply.await;
            received.end();
            closed(response)
        }
    });
    // A client may close its connection at any time, so an error is not worth a line in the log.
    let _ = http1::Builder::new().max_buf_size(HEAD).serve_connection(stream, service).await;
}

fn closed(response: Response<Body>) -> Result<Response<Body>, Closed> {
    match response.extensions().get::<Close>() {
        Some(Close) => Err(Closed),
        None => Ok(response),
    }
}
