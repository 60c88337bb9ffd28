//! Marks messages as read and unread.

use chatwork_api::operations;
use chatwork_sdk::MessageId;

use super::draft::Draft;
use super::{Effect, Spec, Wants, params};
use crate::call::Call;
use crate::fault::{Fault, Stop};
use crate::options::{Toolset, Words};
use crate::schema::{Kind, Param};

pub(super) const SET_READ_STATE: Spec = Spec {
    name: "set_read_state",
    title: Words { en: "Mark as read or unread", ja: "既読・未読の変更" },
    about: "Mark messages of a room as read or unread for me. Only if the person asks for it.",
    toolset: Toolset::Write,
    effect: Effect::Mark,
    wants: Wants::Nothing,
    aliases: &[],
    operations: &[operations::MARK_ROOM_MESSAGES_READ.id, operations::MARK_ROOM_MESSAGES_UNREAD.id],
    params: &[
        params::ROOM,
        Param::new("state", Kind::Choice(&["read", "unread"]), "").required(),
        Param::new(
            "message",
            Kind::Id,
            "`read`: up to this one, all without it. `unread`: from this one on; required.",
        ),
        params::DRY_RUN,
    ],
    run: |call| Box::pin(set_read_state(call)),
};

async fn set_read_state(call: Call) -> Result<String, Stop> {
    let room = call.room().await?;
    let is_read = call.arguments.text("state") == Some("read");
    let message: Option<MessageId> = match call.arguments.text("message") {
        Some(text) => Some(call.message_of(text, Some(room.id()))?.message),
        None if is_read => None,
        None => {
            let what = "To mark as unread, the first message that is unread is needed";
            return Err(Fault::new(what, "Give `message`.").into());
        }
    };
    let which = match (&message, is_read) {
        (Some(id), true) => format!("messages of room {} up to {id} as read", room.id().0),
        (Some(id), false) => format!("messages of room {} from {id} on as unread", room.id().0),
        (None, _) => format!("all messages of room {} as read", room.id().0),
    };
    if call.is_dry_run() {
        let draft = Draft::new(format!("mark {which}"));
        let id = message.as_ref().map(ToString::to_string);
        return Ok(draft.some_text("message_id", id.as_deref()).render(&call));
    }
    let subject = format!("marks/{}", room.id().0);
    let mark = async move {
        let marked = match message {
            Some(id) if is_read => room.mark_read().up_to(id).await,
            Some(id) => room.mark_unread_from(id).await,
            None => room.mark_read().await,
        };
        match marked {
            Ok(counts) => {
                let (unread, mentions) = (counts.unread_num, counts.mention_num);
                Ok(format!("marked {which}: {unread} unread, {mentions} mentions are left"))
            }
            Err(error) if error.is_already_read() || error.is_already_unread() => {
                Ok(format!("marked {which}: they were already"))
            }
            Err(error) => Err(error.into()),
        }
    };
    call.write(&subject, mark).await
}
