//! `/contacts`.

use super::super::call::Call;
use super::super::reply::Reply;
use super::Answer;

pub(super) fn list(call: &mut Call<'_>) -> Answer {
    let contacts = call.state.contacts(call.actor.account).into_iter();
    let contacts: Vec<_> = contacts.map(|contact| contact.contact()).collect();
    Ok(Reply::list(&contacts))
}
