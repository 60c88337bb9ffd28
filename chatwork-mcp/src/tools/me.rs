//! The account itself.

use chatwork_api::operations::{GET_ME as ME, GET_MY_STATUS};

use super::{Effect, Spec, Wants, params};
use crate::call::Call;
use crate::fault::Stop;
use crate::options::{Toolset, Words};
use crate::output::Details;

pub(super) const GET_ME: Spec = Spec {
    name: "get_me",
    title: Words { en: "My account", ja: "自分のアカウント" },
    about: "Who I am in Chatwork, and how much is unread, mentions me, or is to do.",
    toolset: Toolset::Read,
    effect: Effect::Read,
    wants: Wants::Nothing,
    aliases: &["get_my_status"],
    operations: &[ME.id, GET_MY_STATUS.id],
    params: &[params::FORMAT],
    run: |call| Box::pin(get_me(call)),
};

async fn get_me(call: Call) -> Result<String, Stop> {
    let status = call.client().my_status().await?;
    let me = call.me().await?;
    let details = Details::new()
        .with("account_id", me.account_id.0.to_string())
        .text("name", &me.name)
        .text("chatwork_id", &me.chatwork_id)
        .text("title", &me.title)
        .text("department", &me.department)
        .text("organization", &me.organization_name)
        .with("my_chat_room_id", me.room_id.0.to_string())
        .with("unread", status.unread_num)
        .with("unread_rooms", status.unread_room_num)
        .with("mentions", status.mention_num)
        .with("mention_rooms", status.mention_room_num)
        .with("my_tasks", status.mytask_num)
        .with("my_task_rooms", status.mytask_room_num);
    Ok(details.render(call.style()))
}
