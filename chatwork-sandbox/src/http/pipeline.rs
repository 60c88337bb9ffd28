//! The way of a request through the sandbox.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use axum::http::{HeaderName, Request, Response};
use bytes::Bytes;
use chatwork_api::headers::CHATWORK_MESSAGE_LIMITATION;
use chatwork_api::operations::RateLimitName;
use chatwork_api::types::AccountId;

use super::app::{App, Core};
use super::auth::Shown;
use super::body::{self, Received};
use super::call::{Call, Payload, Rejection};
use super::cut::cut;
use super::form::Form;
use super::handlers;
use super::log::{LoggedRequest, excerpt};
use super::reply::Reply;
use super::route::{self, Route};
use super::serve::Close;
use super::upload;
use crate::fault::{Fault, FaultLimit};
use crate::state::{Access, Actor, Credential, Refusal, RefusalKind, texts};

/// A request, read to its end.
struct Incoming {
    parts: Parts,
    received: Received,
    payload: Payload,
    route: Option<Route>,
    shown: Shown,
}

/// What comes of it.
struct Outcome {
    reply: Reply,
    account: Option<AccountId>,
    notes: Vec<String>,
}

/// Everything that the router knows no path for, the whole of `/v2` among it.
pub(super) async fn serve(State(app): State<Arc<App>>, request: Request<Body>) -> Response<Body> {
    let incoming = read(request).await;
    if is_below("/_sandbox", incoming.parts.uri.path()) {
        return unsteered(&app);
    }
    let operation = incoming.route.as_ref().map(|route| route.operation.id);
    let fault = app.core().faults.take(operation);
    if let Some(fault) = &fault {
        tokio::time::sleep(fault.wait()).await;
    }
    let mut outcome = match &fault {
        Some(fault) if !fault.acts() => Outcome::none(),
        _ => app.answer(&incoming),
    };
    if let Some(fault) = &fault {
        outcome.notes.push("a fault on demand happened to it".to_owned());
        app.spoil(&incoming, fault, &mut outcome);
    }
    let closes = fault.as_ref().is_some_and(Fault::closes);
    app.remember(&incoming, &outcome, closes);
    app.send(outcome.reply, fault.as_ref())
}

async fn read(request: Request<Body>) -> Incoming {
    let (parts, body) = request.into_parts();
    let received = body::read(body).await;
    let content_type = parts.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let payload = payload(content_type.unwrap_or_default(), &received).await;
    let path = parts.uri.path().strip_prefix("/v2");
    let route = path.and_then(|path| route::find(&parts.method, path));
    let shown = Shown::read(&parts.headers);
    Incoming { parts, received, payload, route, shown }
}

async fn payload(content_type: &str, received: &Received) -> Payload {
    let bytes = match received {
        Received::Whole(bytes) => bytes,
        Received::TooLarge => {
            let text = "The body is too large: a file has at most 5 MB (Parameter 'file')";
            return Payload::Unreadable(Refusal::invalid(text));
        }
        Received::Broken => {
            return Payload::Unreadable(Refusal::invalid("The body cannot be read"));
        }
    };
    let kind = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match kind.as_str() {
        "multipart/form-data" => match upload::parse(content_type, bytes).await {
            Ok(upload) => Payload::Multipart(upload),
            Err(refusal) => Payload::Unreadable(refusal),
        },
        "" | "application/x-www-form-urlencoded" => Payload::Form(Form::parse(bytes)),
        _ if bytes.is_empty() => Payload::Form(Form::default()),
        _ => Payload::Unreadable(Refusal::invalid(
            "The Content-Type of the body is not application/x-www-form-urlencoded",
        )),
    }
}

impl Outcome {
    fn none() -> Self {
        Self::of(Reply::empty(503), None)
    }

    fn of(reply: Reply, account: Option<AccountId>) -> Self {
        Self { reply, account, notes: Vec::new() }
    }
}

impl App {
    /// Carries a request out.
    fn answer(&self, incoming: &Incoming) -> Outcome {
        if !is_below("/v2", incoming.parts.uri.path()) {
            let text =
                "There is nothing here: the API is below /v2, what steers it below /_sandbox";
            return Outcome::of(Reply::error(404, text), None);
        }
        let now_millis = self.clock.now_millis();
        let now = now_millis.div_euclid(1_000);
        let mut core = self.core();
        let credential = match incoming.shown.check(&core.state, now) {
            Ok(credential) => credential.clone(),
            Err(reply) => return Outcome::of(*reply, None),
        };
        let account = Some(credential.account);
        let meter = match core.limits.request(credential.account, now) {
            Ok(meter) => meter,
            Err(meter) => {
                let reply = Reply::error(429, texts::ACCOUNT_LIMIT).metered(meter);
                return Outcome::of(reply, account);
            }
        };
        let mut notes = Vec::new();
        let reply = self.operate(&mut core, incoming, &credential, now_millis, &mut notes);
        self.announce(&mut core, now);
        drop(core);
        let reply = if is_unmetered(incoming, &reply) { reply } else { reply.metered(meter) };
        Outcome { reply, account, notes }
    }

    /// Lets the operation's own function answer.
    fn operate(
        &self,
        core: &mut Core,
        incoming: &Incoming,
        credential: &Credential,
        now_millis: i64,
        notes: &mut Vec<String>,
    ) -> Reply {
        let Some(route) = &incoming.route else {
            return Reply::error(400, texts::ENDPOINT);
        };
        if !may(&credential.access, route) {
            return Reply::error(403, texts::SCOPE);
        }
        let query = Form::parse(incoming.parts.uri.query().unwrap_or_default().as_bytes());
        let mut call = Call {
            app: self,
            state: &mut core.state,
            limits: &mut core.limits,
            actor: Actor {
                account: credential.account,
                credential: credential.id,
                at: now_millis.div_euclid(1_000),
            },
            now_millis,
            route,
            query: &query,
            payload: &incoming.payload,
            notes,
        };
        handlers::operate(&mut call).unwrap_or_else(|rejection| rejected(&rejection))
    }

    /// Puts a fault in the place of the reply.
    fn spoil(&self, incoming: &Incoming, fault: &Fault, outcome: &mut Outcome) {
        put_in_place(&mut outcome.reply, fault);
        if let Some(limit) = fault.limit() {
            outcome.reply = self.limited(incoming, limit);
        }
    }

    /// The 429 of a limit that is not reached in truth.
    fn limited(&self, incoming: &Incoming, limit: FaultLimit) -> Reply {
        let now = self.clock.now();
        let core = self.core();
        let credential = incoming.shown.check(&core.state, now);
        let account = credential.map_or(AccountId(0), |credential| credential.account);
        let mut meter = core.limits.meter(account, now);
        match limit {
            FaultLimit::Account => {
                meter.remaining = 0;
                Reply::error(429, texts::ACCOUNT_LIMIT).metered(meter)
            }
            FaultLimit::RoomPosting => rejected(&Rejection::RoomLimit).metered(meter),
        }
    }

    fn remember(&self, incoming: &Incoming, outcome: &Outcome, closed: bool) {
        let Incoming { parts, received, .. } = incoming;
        let mut core = self.core();
        let account = outcome.account.and_then(|id| core.state.account(id));
        let bytes = match received {
            Received::Whole(bytes) => bytes.as_ref(),
            Received::TooLarge | Received::Broken => &[],
        };
        let is_form = matches!(incoming.payload, Payload::Form(_)) && !bytes.is_empty();
        let content_type = parts.headers.get(CONTENT_TYPE);
        let request = LoggedRequest {
            number: 0,
            at: self.clock.now(),
            method: parts.method.to_string(),
            path: excerpt(parts.uri.path().as_bytes()),
            query: excerpt(parts.uri.query().unwrap_or_default().as_bytes()),
            operation: incoming.route.as_ref().map(|route| route.operation.id.to_owned()),
            account: account.map(|account| account.profile.key.clone()),
            token: incoming.shown.masked(),
            content_type: content_type.map(|value| excerpt(value.as_bytes())),
            body_bytes: bytes.len(),
            body: is_form.then(|| excerpt(bytes)),
            status: (!closed).then_some(outcome.reply.status.as_u16()),
            notes: outcome.notes.clone(),
        };
        core.log.add(request);
    }

    pub(super) fn send(&self, reply: Reply, fault: Option<&Fault>) -> Response<Body> {
        let body = reply.body.clone();
        let mut response = reply.into_response(self.clock.now());
        let Some(fault) = fault else {
            return response;
        };
        if fault.closes() {
            response.extensions_mut().insert(Close);
        }
        match fault.cut_after() {
            Some(after) => cut(response, &body, after),
            None => response,
        }
    }
}

/// Puts the reply of a fault, if it has one, in the place of another.
pub(super) fn put_in_place(reply: &mut Reply, fault: &Fault) {
    let Some((status, headers, body)) = fault.reply() else {
        return;
    };
    *reply = Reply::empty(status);
    reply.body = Bytes::copy_from_slice(body.as_bytes());
    for (name, value) in headers {
        if let Ok(name) = HeaderName::try_from(name.as_str()) {
            *reply = reply.clone().with(name, value);
        }
    }
}

/// Whether a token may be used for an operation: it needs one of its scopes.
fn may(access: &Access, route: &Route) -> bool {
    match access {
        Access::Everything => true,
        Access::Scopes { scopes, .. } => {
            route.operation.scopes.iter().any(|scope| scopes.contains(scope))
        }
    }
}

fn is_below(folder: &str, path: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// A path below `/_sandbox` that steers nothing. It is no request to the service: it uses no fault
/// up, and is not among the requests that came in.
fn unsteered(app: &App) -> Response<Body> {
    let text = "There is nothing here: what steers the sandbox is in the README of its crate";
    Reply::error(404, text).into_response(app.clock.now())
}

/// The 404 of a contact request has no rate-limit headers.
fn is_unmetered(incoming: &Incoming, reply: &Reply) -> bool {
    let path = incoming.route.as_ref().map_or("", |route| route.operation.path);
    reply.status == 404 && path == "/incoming_requests/{request_id}"
}

fn rejected(rejection: &Rejection) -> Reply {
    let refusal = match rejection {
        Rejection::Refused(refusal) => refusal,
        Rejection::RoomLimit => {
            let text = RateLimitName::RoomPosting.error().unwrap_or(texts::ACCOUNT_LIMIT);
            return Reply::error(429, text);
        }
    };
    let status = match refusal.kind {
        RefusalKind::Invalid => 400,
        RefusalKind::Forbidden => 403,
        RefusalKind::NotFound => 404,
    };
    let reply = Reply::error(status, &refusal.text);
    match refusal.hidden {
        true => reply.with(HeaderName::from_static(CHATWORK_MESSAGE_LIMITATION), "true"),
        false => reply,
    }
}
