//! The page that asks a person for consent.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, LOCATION};
use axum::http::request::Parts;
use axum::http::{Request, Response};
use bytes::Bytes;
use chatwork_api::types::AccountId;

use super::{logged, page};
use crate::http::app::App;
use crate::http::body::{self, Received};
use crate::http::form::Form;
use crate::http::params::id;
use crate::http::reply::Reply;
use crate::state::{Ask, AskRefusal, Asked, OAuthRefusal};

/// The parameters of a request, which the page sends along with the decision.
pub(super) const PARAMETERS: [&str; 7] = [
    "response_type",
    "client_id",
    "redirect_uri",
    "scope",
    "state",
    "code_challenge",
    "code_challenge_method",
];

/// `GET`: shows the page; with `auto=allow` or `auto=deny` it decides by itself.
pub(super) async fn ask(State(app): State<Arc<App>>, request: Request<Body>) -> Response<Body> {
    let (parts, _) = request.into_parts();
    let form = Form::parse(parts.uri.query().unwrap_or_default().as_bytes());
    let answer = answer(&app, &form, "auto");
    finish(&app, &parts, &[], answer)
}

/// `POST`: takes the decision of the page.
pub(super) async fn decide(State(app): State<Arc<App>>, request: Request<Body>) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let bytes = match body::read(body).await {
        Received::Whole(bytes) => bytes,
        Received::TooLarge | Received::Broken => Bytes::new(),
    };
    let answer = answer(&app, &Form::parse(&bytes), "decision");
    finish(&app, &parts, &bytes, answer)
}

/// What is answered, and why it is a refusal if it is one.
type Answer = (Reply, Option<OAuthRefusal>);

fn finish(app: &App, parts: &Parts, body: &[u8], (reply, why): Answer) -> Response<Body> {
    let mut request = logged(app, parts, body, Some(reply.status.as_u16()));
    request.notes.extend(why.map(|refusal| refusal.note()));
    app.core().log.add(request);
    reply.with(CACHE_CONTROL, "no-store").into_response(app.clock.now())
}

fn answer(app: &App, form: &Form, decision: &str) -> Answer {
    match try_answer(app, form, decision) {
        Ok(reply) => (reply, None),
        Err(AskRefusal::Page(refusal)) => (page::refused(&refusal), Some(refusal)),
        Err(AskRefusal::Back(refusal, address)) => (redirect(&address), Some(refusal)),
    }
}

fn try_answer(app: &App, form: &Form, decision: &str) -> Result<Reply, AskRefusal> {
    let asked = app.core().state.ask(read(form)?)?;
    match text(form, decision)? {
        Some("allow") => allow(app, form, asked),
        Some("deny") => Ok(redirect(&asked.deny())),
        None if decision == "auto" => Ok(page::consent(&app.core().state, form, &asked)),
        _ => Err(invalid(&format!("{decision} is allow or deny"))),
    }
}

fn allow(app: &App, form: &Form, asked: Asked) -> Result<Reply, AskRefusal> {
    let now = app.clock.now();
    let mut core = app.core();
    let account = match text(form, "account_id")? {
        Some(text) => id(text).map(AccountId).and_then(|id| core.state.account(id)),
        None => core.state.accounts().next(),
    };
    let account = account.ok_or_else(|| invalid("account_id is not that of an account"))?.id;
    Ok(redirect(&core.state.allow(asked, account, now)))
}

fn read(form: &Form) -> Result<Ask<'_>, AskRefusal> {
    Ok(Ask {
        response_type: text(form, "response_type")?,
        client_id: text(form, "client_id")?,
        redirect_uri: text(form, "redirect_uri")?,
        scope: text(form, "scope")?,
        state: text(form, "state")?,
        code_challenge: text(form, "code_challenge")?,
        code_challenge_method: text(form, "code_challenge_method")?,
    })
}

/// A parameter; one without a value is as good as none (RFC 6749, 3.1).
fn text<'a>(form: &'a Form, name: &str) -> Result<Option<&'a str>, AskRefusal> {
    let text = form.text(name).map_err(|refusal| invalid(&refusal.text))?;
    Ok(text.filter(|text| !text.is_empty()))
}

fn invalid(text: &str) -> AskRefusal {
    AskRefusal::Page(OAuthRefusal::request(text))
}

fn redirect(address: &str) -> Reply {
    Reply::empty(302).with(LOCATION, address)
}
