//! `webhooks listen`.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;

use axum::Router;
use axum::extract::{FromRef, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use chatwork_sdk::types::WebhookEvent;
use chatwork_sdk::webhook::axum::{Webhook, WebhookRejection};
use chatwork_sdk::webhook::{Deduplicator, Verifier};
use tokio::net::TcpListener;
use tokio::sync::mpsc;

use super::react::{Reactor, Told};
use crate::args::{Listen, Webhooks};
use crate::context::Context;
use crate::failure::{Done, Failure, file};
use crate::out::note;
use crate::{interruptible, words};

/// The variable that holds the token of a webhook: an argument would be seen by other programs.
const TOKEN_VARIABLE: &str = "CHATWORK_WEBHOOK_TOKEN";
const PORT: u16 = 8787;
/// How many events may wait for a slow command. Further ones are answered 503.
const QUEUE: usize = 1_000;

/// What a request needs.
#[derive(Clone)]
struct Receiver {
    verifier: Verifier,
    events: mpsc::Sender<WebhookEvent>,
}

impl FromRef<Receiver> for Verifier {
    fn from_ref(receiver: &Receiver) -> Self {
        receiver.verifier.clone()
    }
}

pub(in crate::run) async fn run(context: &Context, webhooks: Webhooks) -> Done {
    let Webhooks::Listen(arguments) = webhooks;
    context.out.refuse_csv()?;
    let verifier = verifier(&arguments)?;
    let reactor = Reactor::new(context, &arguments.reaction)?;
    let address = arguments.listen.unwrap_or_else(|| SocketAddr::from((Ipv4Addr::LOCALHOST, PORT)));
    let failed = |error: std::io::Error| {
        let values: [(&str, &dyn std::fmt::Display); 2] =
            [("address", &address), ("reason", &error)];
        Failure::new("listen", words::WEBHOOK_LISTEN.fill(&values))
    };
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let bound = listener.local_addr().map_err(failed)?;
    let (events, queue) = mpsc::channel(QUEUE);
    let router = Router::new().fallback(receive).with_state(Receiver { verifier, events });
    note(&words::LISTENING.fill(&[("address", &format!("http://{bound}/"))]));
    interruptible(async {
        tokio::select! {
            served = axum::serve(listener, router).into_future() => Ok(served?),
            handled = handle(queue, reactor) => handled,
        }
    })
    .await
}

fn verifier(arguments: &Listen) -> Done<Verifier> {
    let text = match &arguments.token_file {
        Some(path) => read(path)?,
        None => std::env::var(TOKEN_VARIABLE).unwrap_or_default(),
    };
    let tokens: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    if tokens.is_empty() {
        return Err(Failure::usage(words::WEBHOOK_TOKEN.text()).hinted(words::WEBHOOK_TOKEN_HINT));
    }
    Verifier::with_tokens(tokens)
        .map_err(|error| Failure::usage(words::WEBHOOK_TOKEN_INVALID.fill(&[("reason", &error)])))
}

fn read(path: &Path) -> Done<String> {
    std::fs::read_to_string(path).map_err(|error| file(path, &error))
}

/// Answers at once: Chatwork counts a delivery that it waits for too long as a failure.
async fn receive(
    State(receiver): State<Receiver>,
    webhook: Result<Webhook, WebhookRejection>,
) -> Response {
    match webhook {
        Ok(Webhook(event)) => match receiver.events.try_send(event) {
            Ok(()) => StatusCode::OK.into_response(),
            Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        },
        Err(rejection) => {
            note(&words::WEBHOOK_REFUSED.fill(&[("reason", &rejection)]));
            rejection.into_response()
        }
    }
}

/// Acts on each version of a message once, whichever webhook delivers it.
async fn handle(mut queue: mpsc::Receiver<WebhookEvent>, mut reactor: Reactor<'_>) -> Done {
    let seen = Deduplicator::default();
    while !reactor.is_done() {
        let Some(event) = queue.recv().await else { break };
        let Some(claim) = seen.claim(&event) else { continue };
        let told = Told {
            name: event.event_type().unwrap_or("other"),
            room: event.room_id(),
            message: event.message_id(),
            event: &event,
        };
        // What failed may succeed with another delivery of the same message.
        if reactor.react(&told).await? {
            claim.confirm();
        }
    }
    Ok(())
}
