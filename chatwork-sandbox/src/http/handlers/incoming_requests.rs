//! `/incoming_requests…`.

use super::super::call::Call;
use super::super::reply::Reply;
use super::Answer;

pub(super) fn list(call: &mut Call<'_>) -> Answer {
    let requests = call.state.incoming(call.actor).into_iter();
    let requests: Vec<_> = requests.map(|(request, from)| request.incoming(from)).collect();
    Ok(Reply::list(&requests))
}

pub(super) fn accept(call: &mut Call<'_>) -> Answer {
    let id = call.request()?;
    let contact = call.state.accept(call.actor, id)?;
    Ok(Reply::ok(&contact.contact()))
}

pub(super) fn decline(call: &mut Call<'_>) -> Answer {
    let id = call.request()?;
    call.state.decline(call.actor, id)?;
    Ok(Reply::empty(204))
}
