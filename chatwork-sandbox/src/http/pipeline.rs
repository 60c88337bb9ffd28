//! Processes a request to the API.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::Request;
use axum::http::Response;
use chatwork_api::types::AccountId;

use super::app::{App, Core};
use super::call::{Call, Payload};
use super::handlers;
use super::ignored;
use super::incoming::Incoming;
use super::log::{LoggedRequest, excerpt};
use super::reply::{Reply, rejected};
use super::route::Route;
use crate::fault::{Fault, Seen};
use crate::state::{Access, Actor, Credential, texts};

/// The reply to a request, its account, and the notes for the log.
struct Outcome {
    reply: Reply,
    account: Option<AccountId>,
    notes: Vec<String>,
}

/// Answers every path without a route, and so all of `/v2`.
pub(super) async fn serve(State(app): State<Arc<App>>, request: Request<Body>) -> Response<Body> {
    let incoming = Incoming::read(request).await;
    if incoming.is_below("/_sandbox") {
        return unknown_control_path(&app);
    }
    let taken = app.take_fault(&incoming);
    let (id, fault) = taken.unzip();
    if let Some(fault) = &fault {
        tokio::time::sleep(fault.wait()).await;
    }
    let mut outcome = match &fault {
        Some(fault) if !fault.processes() => Outcome::of(Reply::empty(503), None),
        _ => app.answer(&incoming),
    };
    if let Some(fault) = &fault {
        outcome.notes.push(fault.note());
        app.apply_fault(&incoming, fault, &mut outcome.reply);
    }
    let closes = fault.as_ref().is_some_and(Fault::closes);
    app.log_request(&incoming, &outcome, closes, id);
    app.send(outcome.reply, fault.as_ref())
}

impl Outcome {
    fn of(reply: Reply, account: Option<AccountId>) -> Self {
        Self { reply, account, notes: Vec::new() }
    }

    /// A refusal before the operation.
    fn refused(reply: Reply, account: Option<AccountId>, incoming: &Incoming) -> Self {
        Self { reply, account, notes: ignored::certain(incoming) }
    }
}

impl App {
    /// Takes the fault that happens to a request.
    fn take_fault(&self, incoming: &Incoming) -> Option<(u64, Fault)> {
        let now = self.clock.now();
        let mut core = self.core();
        let credential = incoming.token.check(&core.state, now).ok();
        let account = credential.and_then(|known| core.state.account(known.account));
        let account = account.map(|account| account.profile.key.clone());
        let has = |name: &str, value: &str| incoming.has(name, value);
        let seen = Seen {
            operation: incoming.operation(),
            account: account.as_deref(),
            path: incoming.parts.uri.path(),
            now,
            has: &has,
        };
        core.faults.take(&seen)
    }

    /// Processes a request: token, account limit, operation.
    fn answer(&self, incoming: &Incoming) -> Outcome {
        if !incoming.is_below("/v2") {
            let text = "Unknown path: expected the API below /v2, or the controls of the sandbox below \
                        /_sandbox";
            return Outcome::of(Reply::error(404, text), None);
        }
        let now_millis = self.clock.now_millis();
        let now = now_millis.div_euclid(1_000);
        let mut core = self.core();
        let credential = match incoming.token.check(&core.state, now) {
            Ok(credential) => credential.clone(),
            Err(reply) => return Outcome::refused(*reply, None, incoming),
        };
        let account = Some(credential.account);
        let meter = match core.limits.request(credential.account, now) {
            Ok(meter) => meter,
            Err(meter) => {
                let reason = format!("the account's rate limit is exhausted until {}", meter.reset);
                let reply = Reply::error(429, texts::ACCOUNT_LIMIT).because(&reason);
                return Outcome::refused(reply.metered(meter), account, incoming);
            }
        };
        let mut notes = Vec::new();
        let reply = self.operate(&mut core, incoming, &credential, now_millis, &mut notes);
        self.announce(&mut core, now);
        drop(core);
        let reply = if is_unmetered(incoming, &reply) { reply } else { reply.metered(meter) };
        Outcome { reply, account, notes }
    }

    /// Calls the handler of the operation.
    fn operate(
        &self,
        core: &mut Core,
        incoming: &Incoming,
        credential: &Credential,
        now_millis: i64,
        notes: &mut Vec<String>,
    ) -> Reply {
        let Some(route) = &incoming.route else {
            notes.extend(ignored::certain(incoming));
            return Reply::error(400, texts::ENDPOINT).because(&unknown_endpoint(incoming));
        };
        if !may(&credential.access, route) {
            notes.extend(ignored::certain(incoming));
            return Reply::error(403, texts::SCOPE).because(&missing_scope(route));
        }
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
            query: &incoming.query,
            payload: &incoming.payload,
            body_read: false.into(),
            notes,
        };
        let result = handlers::operate(&mut call);
        let body_read = call.body_read.get();
        match result {
            Ok(reply) => {
                notes.extend(ignored::all(incoming, body_read));
                reply
            }
            Err(rejection) => {
                notes.extend(ignored::certain(incoming));
                rejected(&rejection)
            }
        }
    }

    fn log_request(
        &self,
        incoming: &Incoming,
        outcome: &Outcome,
        closed: bool,
        fault: Option<u64>,
    ) {
        let mut core = self.core();
        let account = outcome.account.and_then(|id| core.state.account(id));
        let bytes = incoming.bytes();
        let is_form = matches!(incoming.payload, Payload::Form(_)) && !bytes.is_empty();
        let mut request = LoggedRequest {
            operation: incoming.operation().map(ToOwned::to_owned),
            account: account.map(|account| account.profile.key.clone()),
            token: incoming.token.masked(),
            body_bytes: incoming.received.length(),
            body: is_form.then(|| excerpt(bytes)),
            fault,
            notes: outcome.notes.clone(),
            ..LoggedRequest::new(&incoming.parts, self.clock.now()).answered(&outcome.reply)
        };
        if closed {
            request = request.closed();
        }
        let number = core.log.add(request);
        if let Some(id) = fault {
            core.faults.note(id, number);
        }
    }
}

/// Why no operation was found.
fn unknown_endpoint(incoming: &Incoming) -> String {
    let (method, path) = (&incoming.parts.method, incoming.parts.uri.path());
    let hint = match path.len() > 1 && path.ends_with('/') {
        true => ": the path ends with a slash",
        false => "",
    };
    excerpt(format!("no operation has {method} {path}{hint}").as_bytes())
}

fn missing_scope(route: &Route) -> String {
    let scopes: Vec<_> = route.operation.scopes.iter().map(|scope| scope.as_str()).collect();
    format!("the access token has none of the scopes {}", scopes.join(", "))
}

/// Whether a token has one of the scopes of an operation.
fn may(access: &Access, route: &Route) -> bool {
    match access {
        Access::Everything => true,
        Access::Scopes { scopes, .. } => {
            route.operation.scopes.iter().any(|scope| scopes.contains(scope))
        }
    }
}

/// Unknown control path. Uses no fault and is not logged as an API request.
fn unknown_control_path(app: &App) -> Response<Body> {
    let text = "Unknown control path: the README of chatwork-sandbox lists the paths";
    tracing::warn!("/_sandbox 404\n  refused: {text}");
    Reply::error(404, text).into_response(app.clock.now())
}

/// The 404 of a contact request has no rate-limit headers.
fn is_unmetered(incoming: &Incoming, reply: &Reply) -> bool {
    let path = incoming.route.as_ref().map_or("", |route| route.operation.path);
    reply.status == 404 && path == "/incoming_requests/{request_id}"
}

#[cfg(test)]
mod tests {
    use chatwork_api::Operation;
    use chatwork_api::operations;

    use super::*;
    use crate::Clock;
    use crate::http::{Settings, Start};
    use crate::world::World;

    fn app() -> App {
        App::new(Settings {
            origin: "http://127.0.0.1:1".to_owned(),
            clock: Clock::manual(0),
            start: Start::World(Box::new(World::standard().unwrap())),
            limited: true,
            hosts: Vec::new(),
            any_address: false,
            webhook_hosts: Vec::new(),
            #[cfg(feature = "workbench")]
            key: None,
            #[cfg(feature = "workbench")]
            cors: false,
        })
    }

    /// A request to an operation that only the document has.
    async fn to_a_new_operation(token: &str) -> Incoming {
        static NEW: Operation = {
            let mut operation = operations::GET_ME;
            operation.id = "getWeather";
            operation
        };
        let request = Request::builder().uri("/v2/weather").header("x-chatworktoken", token);
        let mut incoming = Incoming::read(request.body(Body::empty()).unwrap()).await;
        incoming.route = Some(Route { operation: &NEW, parameters: Vec::new() });
        incoming
    }

    #[tokio::test]
    async fn an_operation_without_a_handler_is_501_with_a_sentence_and_a_reason() {
        let app = app();
        let token = World::standard().unwrap().accounts.remove(0).token.unwrap();
        let Outcome { reply, .. } = app.answer(&to_a_new_operation(&token).await);
        let text = "The sandbox has no handler for getWeather yet: write it in \
                    chatwork-sandbox/src/http/handlers";
        assert_eq!(reply.status, 501);
        assert_eq!(reply.body, serde_json::json!({ "errors": [text] }).to_string());
        assert_eq!(reply.reason.as_deref(), Some(text));
    }

    #[tokio::test]
    async fn an_operation_without_a_handler_checks_the_token_like_any_other() {
        let Outcome { reply, .. } = app().answer(&to_a_new_operation("wrong").await);
        assert_eq!(reply.status, 401);
    }
}
