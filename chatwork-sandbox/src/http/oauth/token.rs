//! The token endpoint.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, PRAGMA, WWW_AUTHENTICATE};
use axum::http::request::Parts;
use axum::http::{Request, Response};
use chatwork_api::Secret;
use chatwork_api::types::OAuthToken;

use super::basic::{self, Basic};
use super::logged;
use crate::complete::complete;
use crate::fault::{Fault, TOKEN_ENDPOINT};
use crate::http::app::App;
use crate::http::body::{self, Received};
use crate::http::form::Form;
use crate::http::pipeline;
use crate::http::reply::Reply;
use crate::state::{CodeForm, Issued, OAuthRefusal, Presented};

/// `POST /token`.
pub(super) async fn serve(State(app): State<Arc<App>>, request: Request<Body>) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let received = body::read(body).await;
    let fault = app.core().faults.take(Some(TOKEN_ENDPOINT));
    if let Some(fault) = &fault {
        tokio::time::sleep(fault.wait()).await;
    }
    let acts = fault.as_ref().is_none_or(Fault::acts);
    let result = acts.then(|| answer(&app, &parts, &received));
    let refusal = result.as_ref().and_then(|result| result.as_ref().err()).cloned();
    let mut reply = result.map_or_else(|| Reply::empty(503), reply);
    if let Some(fault) = &fault {
        pipeline::put_in_place(&mut reply, fault);
    }
    remember(&app, &parts, &received, &reply, refusal, fault.as_ref());
    app.send(reply, fault.as_ref())
}

fn answer(app: &App, parts: &Parts, received: &Received) -> Result<Issued, OAuthRefusal> {
    let form = form(parts, received)?;
    let client = client(parts, &form)?;
    let now = app.clock.now();
    let mut core = app.core();
    match text(&form, "grant_type")? {
        Some("authorization_code") => {
            let form = CodeForm {
                code: text(&form, "code")?,
                redirect_uri: text(&form, "redirect_uri")?,
                code_verifier: text(&form, "code_verifier")?,
            };
            core.state.exchange(&client, form, now)
        }
        Some("refresh_token") => {
            let (token, scope) = (text(&form, "refresh_token")?, text(&form, "scope")?);
            core.state.refresh(&client, token, scope, now)
        }
        // Who asks is looked at first: a stranger learns nothing.
        other => core.state.check_client(&client).and(Err(match other {
            Some(_) => OAuthRefusal::grant_type(),
            None => OAuthRefusal::missing("grant_type"),
        })),
    }
}

fn form(parts: &Parts, received: &Received) -> Result<Form, OAuthRefusal> {
    let content_type = parts.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let kind = content_type.unwrap_or_default().split(';').next().unwrap_or_default();
    match received {
        Received::Whole(bytes) if is_form(kind) => Ok(Form::parse(bytes)),
        _ => Err(OAuthRefusal::request("The body is not application/x-www-form-urlencoded")),
    }
}

fn is_form(content_type: &str) -> bool {
    content_type.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded")
}

fn client<'a>(parts: &Parts, form: &'a Form) -> Result<Presented<'a>, OAuthRefusal> {
    let basic = basic::read(&parts.headers);
    Ok(Presented {
        unreadable: basic == Basic::Unreadable,
        basic: match basic {
            Basic::Pair(id, secret) => Some((id, secret)),
            Basic::None | Basic::Unreadable => None,
        },
        client_id: text(form, "client_id")?,
        secret_in_body: form.has("client_secret"),
    })
}

/// A parameter; one without a value is as good as none (RFC 6749, 3.2).
fn text<'a>(form: &'a Form, name: &str) -> Result<Option<&'a str>, OAuthRefusal> {
    let text = form.text(name).map_err(|refusal| OAuthRefusal::request(&refusal.text))?;
    Ok(text.filter(|text| !text.is_empty()))
}

fn reply(result: Result<Issued, OAuthRefusal>) -> Reply {
    let reply = match result {
        Ok(issued) => Reply::json(200, &token(issued)),
        Err(refusal) => {
            let reply = Reply::json(refusal.status(), &refusal.body());
            match refusal.status() {
                401 => reply.with(WWW_AUTHENTICATE, "Basic realm=\"chatwork-sandbox\""),
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
        refresh_token: Some(Secret::from(issued.refresh_token)),
        scope: issued.scope,
        token_type: "Bearer".to_owned(),
    })
}

fn remember(
    app: &App,
    parts: &Parts,
    received: &Received,
    reply: &Reply,
    refusal: Option<OAuthRefusal>,
    fault: Option<&Fault>,
) {
    let bytes = match received {
        Received::Whole(bytes) => bytes.as_ref(),
        Received::TooLarge | Received::Broken => &[],
    };
    let closed = fault.is_some_and(Fault::closes);
    let mut request = logged(app, parts, bytes, (!closed).then_some(reply.status.as_u16()));
    request.notes.extend(refusal.map(|refusal| refusal.note()));
    request.notes.extend(fault.map(|_| "a fault on demand happened to it".to_owned()));
    app.core().log.add(request);
}
