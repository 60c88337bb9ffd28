//! Requests of other people to become a contact.

use chatwork_api::operations;
use chatwork_sdk::RequestId;
use chatwork_sdk::types::IncomingRequest;
use serde_json::{Value, json};

use super::draft::Draft;
use super::written::{after, begin_of_text, unreadable};
use super::{Effect, Spec, Wants, params};
use crate::call::Call;
use crate::fault::{Fault, Stop};
use crate::options::{Toolset, Words};
use crate::output::{Details, Form, Listing, People, Row};
use crate::schema::{Kind, Param};

/// How many requests the API lists.
const MOST: usize = 100;

pub(super) const LIST_INCOMING_REQUESTS: Spec = Spec {
    name: "list_incoming_requests",
    title: Words { en: "List contact requests", ja: "コンタクト承認依頼の一覧" },
    about: "Requests of other people to become my contact, at most 100.",
    toolset: Toolset::Admin,
    effect: Effect::Read,
    wants: Wants::Nothing,
    aliases: &[],
    operations: &[operations::LIST_INCOMING_REQUESTS.id],
    params: &[
        Param::new("request_id", Kind::Id, "Only this one, with its whole message."),
        params::limit(100, "100 without it."),
        params::CURSOR,
        params::FORMAT,
    ],
    run: |call| Box::pin(list_incoming_requests(call)),
};

pub(super) const ANSWER_INCOMING_REQUEST: Spec = Spec {
    name: "answer_incoming_request",
    title: Words { en: "Answer a contact request", ja: "コンタクト承認依頼への返答" },
    about: "Accept or decline a request to become my contact.",
    toolset: Toolset::Admin,
    effect: Effect::Change,
    wants: Wants::Nothing,
    aliases: &[],
    operations: &[operations::ACCEPT_INCOMING_REQUEST.id, operations::DECLINE_INCOMING_REQUEST.id],
    params: &[
        Param::new("request_id", Kind::Id, "As the list of requests has it.").required(),
        Param::new("answer", Kind::Choice(&["accept", "decline"]), "").required(),
        params::DRY_RUN,
    ],
    run: |call| Box::pin(answer_incoming_request(call)),
};

async fn list_incoming_requests(call: Call) -> Result<String, Stop> {
    let wanted = call.arguments.text("request_id").map(request_id).transpose()?;
    let requests = call.client().incoming_requests().await?;
    if let Some(id) = wanted {
        let is_whole = requests.set_aside().is_empty() && requests.len() < MOST;
        return one(&call, id, requests.into_vec(), is_whole);
    }
    let lost = unreadable(requests.set_aside().len());
    let is_full = requests.len() + requests.set_aside().len() >= MOST;
    let rows: Vec<_> = requests.into_vec().into_iter().map(RequestRow).collect();
    let rows = after(rows, call.arguments.text("cursor"))?;
    let limit = call.arguments.count("limit").unwrap_or(MOST);
    let full = is_full.then(|| "the API lists 100 requests at most".to_owned());
    let listing = Listing::new("contact requests", rows, limit)
        .missing(full)
        .missing(lost)
        .reads_on(Some("`request_id` shows one in full"));
    Ok(listing.render(call.style()))
}

/// Shows one request. A message that does not fit goes on with a cursor. The list may lack requests
/// that the API does not show, or that cannot be read.
fn one(
    call: &Call,
    id: i64,
    requests: Vec<IncomingRequest>,
    is_whole: bool,
) -> Result<String, Stop> {
    let from = begin_of_text(call)?;
    let found = requests.into_iter().find(|request| request.request_id.0 == id);
    let request = found.ok_or_else(|| {
        let what = match is_whole {
            true => format!("There is no contact request {id}"),
            false => format!("Contact request {id} is not among those that can be read"),
        };
        Fault::new(what, "See list_incoming_requests without `request_id`.")
    })?;
    let details = Details::new().with("request_id", id.to_string());
    let details = match from {
        0 => details
            .with("account_id", request.account_id.0.to_string())
            .text("account", &request.name)
            .text("chatwork_id", &request.chatwork_id)
            .text("organization", &request.organization_name),
        _ => details,
    };
    Ok(details.long("message", &request.message, from).render(call.style()))
}

/// Reads the id of a request.
fn request_id(text: &str) -> Result<i64, Fault> {
    let id = text.trim().parse().ok().filter(|id: &i64| *id > 0);
    id.ok_or_else(|| {
        let what = "`request_id` is not the id of a request: expected a number";
        Fault::new(what, "See list_incoming_requests.")
    })
}

struct RequestRow(IncomingRequest);

impl Row for RequestRow {
    fn text(&self, people: &mut People, most: usize) -> String {
        let request = &self.0;
        let who = people.mark(request.account_id, &request.name);
        let organization = Form::Text.cut(&request.organization_name, most / 8);
        let message = Form::Text.cut(&request.message, most);
        format!("{} {who} | {organization} | {message}", request.request_id.0)
    }

    fn json(&self, most: usize) -> Value {
        let request = &self.0;
        json!({
            "request_id": request.request_id.0.to_string(),
            "account_id": request.account_id.0.to_string(),
            "account": Form::Json.cut(&request.name, 100),
            "chatwork_id": Form::Json.cut(&request.chatwork_id, 100),
            "organization": Form::Json.cut(&request.organization_name, most / 8),
            "message": Form::Json.cut(&request.message, most),
        })
    }

    fn cursor(&self) -> String {
        self.0.request_id.0.to_string()
    }

    fn is_cut(&self, form: Form, most: usize) -> bool {
        form.shortened(&self.0.message, most).1 > 0
    }
}

async fn answer_incoming_request(call: Call) -> Result<String, Stop> {
    let id = request_id(call.arguments.text("request_id").unwrap_or_default())?;
    let accepts = call.arguments.text("answer") == Some("accept");
    if call.is_dry_run() {
        let verb = if accepts { "accept" } else { "decline" };
        return Ok(Draft::new(format!("{verb} contact request {id}")).render(&call));
    }
    let request = call.client().incoming_request(RequestId(id));
    let answer = async move {
        if !accepts {
            request.decline().await?;
            return Ok(format!("declined contact request {id}"));
        }
        let contact = request.accept().await?;
        let (account, room) = (contact.account_id.0, contact.room_id.0);
        Ok(format!(
            "accepted contact request {id}: account {account} is a contact, with room {room}"
        ))
    };
    call.write(&format!("request/{id}"), answer).await
}
