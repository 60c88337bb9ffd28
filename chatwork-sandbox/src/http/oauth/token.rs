//! The token endpoint.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, PRAGMA, WWW_AUTHENTICATE};
use axum::http::request::Parts;
use axum::http::{Request, Response};
use chatwork_api::Secret;
use chatwork_api::types::OAuthToken;

use super::basic::{self, Basic};
use super::logged;
use crate::complete::complete;
use crate::fault::{Fault, Seen};
use crate::http::app::App;
use crate::http::body::{self, Received};
use crate::http::fault_reply::replace_reply;
use crate::http::form::Form;
use crate::http::incoming::{FORM, content_type, essence};
use crate::http::reply::Reply;
use crate::state::{CodeForm, Issued, OAuthRefusal, PresentedClient};

/// `POST /token`.
pub(super) async fn serve(State(app): State<Arc<App>>, request: Request<Body>) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let received = body::read(body).await;
    let (id, fault) = taken(&app, &parts, &received).unzip();
    if let Some(fault) = &fault {
        tokio::time::sleep(fault.wait()).await;
    }
    let processes = fault.as_ref().is_none_or(Fault::processes);
    let mut notes = Vec::new();
    let mut reply = match processes {
        true => reply(answer(&app, &parts, &received, &mut notes)),
        false => Reply::empty(503),
    };
    let reason = reply.reason.clone();
    if let Some(fault) = &fault {
        notes.push(fault.note());
        replace_reply(&mut reply, fault);
    }
    let mut request = logged(&app, &parts, received.bytes()).answered(&reply);
    (request.reason, request.notes) = (reason, notes);
    if fault.as_ref().is_some_and(Fault::closes) {
        request = request.closed();
    }
    request.fault = id;
    let mut core = app.core();
    let number = core.log.add(request);
    if let Some(id) = id {
        core.faults.note(id, number);
    }
    drop(core);
    app.send(reply, fault.as_ref())
}

/// Takes the fault that happens to a request.
fn taken(app: &App, parts: &Parts, received: &Received) -> Option<(u64, Fault)> {
    let form = Form::parse(received.bytes());
    let has = |name: &str, value: &str| form.holds(name, value);
    let seen = Seen::of_token_endpoint(parts.uri.path(), app.clock.now(), &has);
    app.core().faults.take(&seen)
}

fn answer(
    app: &App,
    parts: &Parts,
    received: &Received,
    notes: &mut Vec<String>,
) -> Result<Issued, OAuthRefusal> {
    let form = form(parts, received)?;
    let client = client(parts, &form)?;
    let issued = grant(app, &form, &client)?;
    if parts.uri.query().is_some() {
        notes.push("the query is ignored: the parameters are in the body".to_owned());
    }
    notes.extend(form.notes("parameter"));
    Ok(issued)
}

fn grant(app: &App, form: &Form, client: &PresentedClient<'_>) -> Result<Issued, OAuthRefusal> {
    let now = app.clock.now();
    let mut core = app.core();
    match text(form, "grant_type")? {
        Some("authorization_code") => {
            let form = CodeForm {
                code: text(form, "code")?,
                redirect_uri: text(form, "redirect_uri")?,
                code_verifier: text(form, "code_verifier")?,
            };
            core.state.exchange(client, form, now)
        }
        Some("refresh_token") => {
            let (token, scope) = (text(form, "refresh_token")?, text(form, "scope")?);
            core.state.refresh(client, token, scope, now)
        }
        // The client is authenticated first.
        other => core.state.check_client(client).and(Err(match other {
            Some(_) => OAuthRefusal::grant_type(),
            None => OAuthRefusal::missing("grant_type"),
        })),
    }
}

fn form(parts: &Parts, received: &Received) -> Result<Form, OAuthRefusal> {
    let given = essence(&content_type(&parts.headers));
    match received {
        Received::Whole(bytes) if given == FORM => Ok(Form::parse(bytes)),
        Received::Whole(_) => {
            let text = "The body is not application/x-www-form-urlencoded";
            Err(OAuthRefusal::request(text).of(&format!("the Content-Type is {given}")))
        }
        Received::TooLarge | Received::Broken => {
            Err(OAuthRefusal::request("The body cannot be read"))
        }
    }
}

fn client<'a>(parts: &Parts, form: &'a Form) -> Result<PresentedClient<'a>, OAuthRefusal> {
    let basic = basic::read(&parts.headers);
    Ok(PresentedClient {
        unreadable: basic == Basic::Unreadable,
        basic: match basic {
            Basic::Pair(id, secret) => Some((id, secret)),
            Basic::None | Basic::Unreadable => None,
        },
        client_id: text(form, "client_id")?,
        secret_in_body: form.has("client_secret"),
    })
}

/// A parameter. An empty value means that it was not sent (RFC 6749, 3.2).
fn text<'a>(form: &'a Form, name: &str) -> Result<Option<&'a str>, OAuthRefusal> {
    form.value(name).map_err(|refusal| OAuthRefusal::request(&refusal.text))
}

fn reply(result: Result<Issued, OAuthRefusal>) -> Reply {
    let reply = match result {
        Ok(issued) => Reply::json(200, &token(issued)),
        Err(refusal) => {
            let reply = Reply::json(refusal.status(), &refusal.body()).because(&refusal.reason());
            match refusal.status() {
                401 => reply.with(WWW_AUTHENTICATE, refusal.challenge()),
                _ => reply,
            }
        }
    };
    reply.with(CACHE_CONTROL, "no-store").with(PRAGMA, "no-cache")
}

fn token(issued: Issued) -> OAuthToken {
    complete!(OAuthToken {
        access_token: Secret::from(issued.access_token),
        expires_in: issued.expires_in,
        refresh_token: issued.refresh_token.map(Secret::from),
        scope: issued.scope,
        token_type: "Bearer".to_owned(),
    })
}
