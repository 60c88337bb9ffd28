//! `/_sandbox/contact_requests`: makes and removes contact requests.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::Response;
use chatwork_api::types::RequestId;
use serde::Serialize;

use super::super::Shared;
use super::read::{Id, account, check, everybody, fields, part};
use super::{Refused, answer};
use crate::http::Whole;
use crate::state::ContactRequest;
use crate::world::RequestSeed;

#[derive(Serialize)]
struct Changed {
    request_id: RequestId,
}

/// `POST /_sandbox/contact_requests` with `{"from", "to", "message"}`.
pub(super) async fn create(State(app): Shared, body: Whole) -> Response<Body> {
    answer(&app, |core, _| {
        let state = &mut core.state;
        let mut fields = fields(&body)?;
        let from = account(state, &mut fields, "from")?;
        let to = account(state, &mut fields, "to")?;
        let ids = (from.id, to.id);
        let (from, to) = (from.profile.key.clone(), to.profile.key.clone());
        fields.insert("from".to_owned(), from.into());
        fields.insert("to".to_owned(), to.into());
        let next = state.next_request_id().0;
        fields.entry("id").or_insert_with(|| next.into());
        let seed: RequestSeed = part(fields)?;
        let mut world = everybody(state);
        world.contact_requests.push(seed.clone());
        check(&world, "contact_requests[0]")?;
        let id = RequestId(seed.id);
        if state.requests().any(|known| known.id == id) {
            return Err(format!("`id`: {} is taken by another contact request", seed.id).into());
        }
        if state.requests().any(|known| (known.from, known.to) == ids) {
            return Err("This account has sent such a request already".to_owned().into());
        }
        if state.contacts(ids.0).iter().any(|contact| contact.account.id == ids.1) {
            return Err("The two accounts are contacts already".to_owned().into());
        }
        let request = ContactRequest { id, from: ids.0, to: ids.1, message: seed.message };
        state.create_request(request);
        Ok(Changed { request_id: id })
    })
}

/// `DELETE /_sandbox/contact_requests/ID`.
pub(super) async fn remove(State(app): Shared, id: Id) -> Response<Body> {
    answer(&app, |core, _| {
        let missing = || Refused::missing("Unknown contact request");
        let Path(text) = id.map_err(|_| missing())?;
        let id = text.parse().map(RequestId).map_err(|_| missing())?;
        match core.state.remove_request(id) {
            true => Ok(Changed { request_id: id }),
            false => Err(missing()),
        }
    })
}
