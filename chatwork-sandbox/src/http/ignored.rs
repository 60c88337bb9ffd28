//! The notes on what the sandbox ignored in a request.

use axum::http::Method;

use super::auth::PresentedToken;
use super::call::Payload;
use super::incoming::Incoming;

/// What was ignored in a request that succeeded: everything that the handler has not read.
pub(super) fn all(incoming: &Incoming, body_read: bool) -> Vec<String> {
    notes(incoming, &[], !body_read)
}

/// What is certainly ignored in a request that was refused. The handler may have stopped before it
/// read everything, so a parameter that the operation has is not among it.
pub(super) fn certain(incoming: &Incoming) -> Vec<String> {
    match incoming.operation() {
        Some(operation) => {
            let known = parameters(operation);
            // Every operation of GET has parameters in the query, if any.
            let no_body = known.is_empty() || incoming.parts.method == Method::GET;
            notes(incoming, known, no_body)
        }
        None => of_token(incoming),
    }
}

/// The notes, without unread parameters of these names.
fn notes(incoming: &Incoming, known: &[&str], no_body: bool) -> Vec<String> {
    let mut notes = of_token(incoming);
    let query = &incoming.query;
    match incoming.parts.method {
        Method::GET => notes.extend(query.notes_without("query parameter", known)),
        // `action_type` may come in the query.
        Method::DELETE => notes.extend(query.notes_without(NOT_READ, known)),
        _ => notes.extend(query.notes(NOT_READ)),
    }
    match &incoming.payload {
        _ if no_body && incoming.received.length() > 0 => {
            notes.push("the body is ignored: the operation has none".to_owned());
        }
        Payload::Form(form) => notes.extend(form.notes_without("form field", known)),
        Payload::Multipart(upload) => notes.extend(upload.notes_without(known)),
        Payload::OtherType(_) | Payload::Unreadable(_) => {}
    }
    notes
}

const NOT_READ: &str = "query parameter (only GET reads the query)";

fn of_token(incoming: &Incoming) -> Vec<String> {
    PresentedToken::ignored(&incoming.parts.headers).map(str::to_owned).into_iter().collect()
}

/// The names of the parameters of an operation: in the query of GET, otherwise in the body. A test
/// compares them with the document.
fn parameters(operation: &str) -> &'static [&'static str] {
    match operation {
        "listMyTasks" => &["assigned_by_account_id", "status"],
        "createRoom" => &[
            "name",
            "description",
            "link",
            "link_code",
            "link_need_acceptance",
            "members_admin_ids",
            "members_member_ids",
            "members_readonly_ids",
            "icon_preset",
        ],
        "updateRoom" => &["name", "description", "icon_preset"],
        "deleteOrLeaveRoom" => &["action_type"],
        "replaceRoomMembers" => {
            &["members_admin_ids", "members_member_ids", "members_readonly_ids"]
        }
        "listRoomMessages" => &["force"],
        "createRoomMessage" => &["body", "self_unread"],
        "markRoomMessagesRead" | "markRoomMessagesUnread" => &["message_id"],
        "updateRoomMessage" | "updateRoomTaskStatus" => &["body"],
        "listRoomTasks" => &["account_id", "assigned_by_account_id", "status"],
        "createRoomTask" => &["body", "to_ids", "limit", "limit_type"],
        "listRoomFiles" => &["account_id"],
        "uploadRoomFile" => &["file", "message"],
        "getRoomFile" => &["create_download_url"],
        "createRoomLink" | "replaceRoomLink" => &["code", "need_acceptance", "description"],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use chatwork_codegen::Document;
    use chatwork_codegen::document::{properties, text};

    use super::*;

    #[test]
    fn the_names_of_the_parameters_are_those_of_the_document() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/chatwork.yaml");
        for operation in Document::load(&path).unwrap().operations() {
            let query = operation.parameters().filter(|it| text(it, "in") == "query");
            let query: Vec<_> = query.map(|it| text(it, "name")).collect();
            let body = operation.body().map(|(_, schema)| properties(schema)).into_iter().flatten();
            let body: Vec<_> = body.map(|(name, _)| name).collect();
            let is_get = operation.method.eq_ignore_ascii_case("get");
            let (read, other) = if is_get { (query, body) } else { (body, query) };
            assert_eq!(parameters(operation.id()), read, "{}", operation.id());
            assert_eq!(other, Vec::<&str>::new(), "{}", operation.id());
        }
    }
}
