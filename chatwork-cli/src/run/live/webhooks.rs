//! `webhooks listen`.
//!
//! 1. A delivery that is verified enters the queue, and its answer waits.
//! 2. The deliveries are acted on one after the other. Each is answered when that has ended: with
//!    200 if all of it has succeeded, else with 500.
//! 3. After Ctrl-C or SIGTERM, new deliveries are answered 503, and those in the queue are finished for a
//!    bounded time. What is left then is named.

mod queue;

use std::collections::HashMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::pin::pin;
use std::time::Duration;

use axum::Router;
use axum::extract::{FromRef, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use chatwork_sdk::webhook::axum::{Webhook, WebhookRejection};
use chatwork_sdk::webhook::{Claim, Deduplicator, Verifier};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use self::queue::{Delivery, Entrance, Queue};
use super::react::{Reactor, Succeeded, Tally, Told};
use crate::args::{Listen, Webhooks};
use crate::context::Context;
use crate::failure::{Done, Failure, delivery_reason, file, listening, token_reason};
use crate::out::note;
use crate::signals::ended;
use crate::words;

/// The variable that holds the token of a webhook: an argument would be seen by other programs.
const TOKEN_VARIABLE: &str = "CHATWORK_WEBHOOK_TOKEN";
const PORT: u16 = 8787;
/// How long accepted deliveries are acted on after Ctrl-C or SIGTERM.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long the last answers may take to be sent.
const ANSWERS: Duration = Duration::from_secs(2);

/// What a request needs.
#[derive(Clone)]
struct Receiver {
    verifier: Verifier,
    entrance: Entrance,
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
    let reactor = Reactor::new(context, &arguments.reaction)?.apart();
    let address = arguments.listen.unwrap_or_else(|| SocketAddr::from((Ipv4Addr::LOCALHOST, PORT)));
    let failed = |error: std::io::Error| listening(address, &error);
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let bound = listener.local_addr().map_err(failed)?;
    let (entrance, queue) = queue::queue();
    let router = Router::new()
        .fallback(receive)
        .with_state(Receiver { verifier, entrance: entrance.clone() });
    let (end, ended) = oneshot::channel::<()>();
    let served = axum::serve(listener, router).with_graceful_shutdown(async {
        let _ = ended.await;
    });
    let server = tokio::spawn(served.into_future());
    let ready = words::LISTENING.fill(&[("address", &format!("http://{bound}/"))]);
    let done = listen(&entrance, &ready, handle(queue, reactor)).await;
    stop(end, server).await;
    done
}

/// Acts on deliveries until enough came, or until the person interrupts it.
async fn listen(entrance: &Entrance, ready: &str, work: impl Future<Output = Done>) -> Done {
    let mut work = pin!(async {
        note(ready);
        work.await
    });
    tokio::select! {
        // In this order: who reads the note can interrupt it.
        biased;
        interrupted = ended() => interrupted?,
        done = &mut work => return done,
    }
    entrance.close();
    let rest = async {
        let count = entrance.waiting().len();
        if count > 0 {
            let seconds = PATIENCE.as_secs();
            note(&words::WEBHOOK_ENDING.fill(&[("count", &count), ("seconds", &seconds)]));
        }
        timeout(PATIENCE, work).await
    };
    tokio::select! {
        // In this order: who reads the note can interrupt it again.
        biased;
        again = ended() => again?,
        done = rest => if let Ok(done) = done { done? },
    }
    let left = entrance.waiting();
    for (event, message) in &left {
        note(&words::WEBHOOK_LOST.fill(&[("event", event), ("message", message)]));
    }
    match left.len() {
        0 => Err(Failure::interrupted()),
        count => {
            let message = words::WEBHOOK_STOPPED.fill(&[("count", &count)]);
            Err(Failure::interrupted().says(message))
        }
    }
}

/// Ends the server when the last answers are sent.
async fn stop(end: oneshot::Sender<()>, server: JoinHandle<std::io::Result<()>>) {
    let _ = end.send(());
    let abort = server.abort_handle();
    if timeout(ANSWERS, server).await.is_err() {
        abort.abort();
    }
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
    Verifier::with_tokens(tokens).map_err(|error| {
        let reason = token_reason(&error);
        Failure::usage(words::WEBHOOK_TOKEN_INVALID.fill(&[("reason", &reason)]))
    })
}

fn read(path: &Path) -> Done<String> {
    std::fs::read_to_string(path).map_err(|error| file(path, &error))
}

/// Answers when the delivery was acted on. Chatwork sends no delivery again: an answer of 200 for
/// what was lost would hide it.
async fn receive(
    State(receiver): State<Receiver>,
    webhook: Result<Webhook, WebhookRejection>,
) -> Response {
    let event = match webhook {
        Ok(Webhook(event)) => event,
        Err(rejection) => {
            let reason = delivery_reason(&rejection);
            note(&words::WEBHOOK_REFUSED.fill(&[("reason", &reason)]));
            return rejection.into_response();
        }
    };
    let Some(answer) = receiver.entrance.enter(event) else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    match answer.await {
        Ok(true) => StatusCode::OK.into_response(),
        Ok(false) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        // The program ends.
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

/// The versions of messages that were acted on, whichever webhook delivered them.
#[derive(Default)]
struct Memory {
    seen: Deduplicator,
    /// For which the command, or the other service, has succeeded: another delivery of the same
    /// message repeats only what failed.
    executed: Deduplicator,
    forwarded: Deduplicator,
}

/// Acts on each version of a message once.
async fn handle(mut queue: Queue, mut reactor: Reactor<'_>) -> Done {
    let memory = Memory::default();
    // By message: another delivery of it may mend what failed.
    let mut ended = HashMap::new();
    while !reactor.is_done() {
        let Some(delivery) = queue.next().await else { break };
        let is_done = act(&delivery, &memory, &mut reactor).await?;
        let event = &delivery.event;
        ended.insert((event.room_id(), event.message_id().cloned()), is_done);
        delivery.answer(is_done);
    }
    let mut tally = Tally::default();
    ended.into_values().for_each(|is_done| tally.add(is_done));
    tally.outcome()
}

/// Returns whether all that was wanted was done, now or by an earlier delivery of the same message.
async fn act(delivery: &Delivery, memory: &Memory, reactor: &mut Reactor<'_>) -> Done<bool> {
    let event = &delivery.event;
    let Some(claim) = memory.seen.claim(event) else { return Ok(true) };
    let (exec, forward) = (memory.executed.claim(event), memory.forwarded.claim(event));
    let before = Succeeded { exec: exec.is_none(), forward: forward.is_none() };
    let told = Told {
        name: event.event_type().unwrap_or("other"),
        room: event.room_id(),
        message: event.message_id(),
        event,
    };
    let done = reactor.react(&told, before).await?;
    // What failed is released, and may succeed with another delivery of the same message.
    exec.filter(|_| done.exec).into_iter().for_each(Claim::confirm);
    forward.filter(|_| done.forward).into_iter().for_each(Claim::confirm);
    if done.all() {
        claim.confirm();
    }
    Ok(done.all())
}
