//! `/me`.

use super::super::call::Call;
use super::super::reply::Reply;
use super::Answer;
use crate::state::{Refusal, texts};

pub(super) fn get(call: &mut Call<'_>) -> Answer {
    let account = call.state.account(call.actor.account);
    let account = account.ok_or(Refusal::invalid(texts::ENDPOINT))?;
    Ok(Reply::ok(&account.me()))
}
