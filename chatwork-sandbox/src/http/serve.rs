//! The loop that takes connections.
//!
//! `axum::serve` would let connections live on when it is dropped, and could not close one without
//! a reply; here both are needed.

use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

/// How long to wait after a connection that could not be taken.
const BREATH: Duration = Duration::from_millis(10);

/// Marks a response that is not to be sent: the connection closes instead.
#[derive(Clone, Copy, Debug)]
pub(super) struct Close;

#[derive(Debug, thiserror::Error)]
#[error("closed on demand")]
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
                // Too many open files, most likely: some of them will close.
                Err(_) => tokio::time::sleep(BREATH).await,
            },
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn connection(stream: TcpStream, router: Router) {
    // Replies are small and waited for; the error of an option that cannot be set costs nothing.
    let _ = stream.set_nodelay(true);
    let router = TowerToHyperService::new(router);
    let service = service_fn(move |request: Request<Incoming>| {
        let reply = router.call(request);
        async move {
            let Ok(response) = reply.await;
            closed(response)
        }
    });
    // What a client does to its connection is its own business.
    let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
}

fn closed(response: Response<Body>) -> Result<Response<Body>, Closed> {
    match response.extensions().get::<Close>() {
        Some(Close) => Err(Closed),
        None => Ok(response),
    }
}
