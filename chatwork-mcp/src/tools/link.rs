//! Invitation links.

use chatwork_api::limits::create_room_link::{CODE_MAX_LENGTH, CODE_MIN_LENGTH, CODE_PATTERN};
use chatwork_api::operations;
use chatwork_sdk::RoomId;
use chatwork_sdk::types::RoomLink;

use super::room_write::given;
use super::written::{Draft, foreign_line};
use super::{Effect, Spec, Wants, params};
use crate::call::{Call, Question};
use crate::fault::{Fault, Stop};
use crate::options::{Toolset, Words};
use crate::output::Details;
use crate::schema::{Kind, Param};

pub(super) const GET_ROOM_LINK: Spec = Spec {
    name: "get_room_link",
    title: Words { en: "Invitation link", ja: "招待リンク" },
    about: "The invitation link of a room.",
    toolset: Toolset::Admin,
    effect: Effect::Read,
    wants: Wants::Nothing,
    aliases: &[],
    operations: &[operations::GET_ROOM_LINK.id],
    params: &[params::ROOM, params::FORMAT],
    run: |call| Box::pin(get_room_link(call)),
};

pub(super) const SET_ROOM_LINK: Spec = Spec {
    name: "set_room_link",
    title: Words {
        en: "Open or change the invitation link", ja: "招待リンクの作成・変更"
    },
    about: "Open the invitation link of a room, or change it. What is not given stays as it is; a \
            new link needs approval unless `needs_acceptance` is false. The person is asked before \
            an address ends or approval does.",
    toolset: Toolset::Admin,
    effect: Effect::Change,
    wants: Wants::Nothing,
    aliases: &[],
    operations: &[
        operations::CREATE_ROOM_LINK.id,
        operations::REPLACE_ROOM_LINK.id,
        operations::GET_ROOM_LINK.id,
    ],
    params: &[
        params::ROOM,
        Param::new(
            "code",
            Kind::Code { min: CODE_MIN_LENGTH, max: CODE_MAX_LENGTH, pattern: CODE_PATTERN },
            "The last part of its address; a new link has a random one.",
        ),
        Param::new(
            "needs_acceptance",
            Kind::Flag,
            "Whether an administrator approves new members.",
        ),
        Param::new("description", Kind::Text { min: 0, max: 65_535 }, "The text beside the link."),
        params::DRY_RUN,
    ],
    run: |call| Box::pin(set_room_link(call)),
};

pub(super) const DELETE_ROOM_LINK: Spec = Spec {
    name: "delete_room_link",
    title: Words { en: "Delete the invitation link", ja: "招待リンクの削除" },
    about: "Delete the invitation link of a room. Its address does not come back.",
    toolset: Toolset::Admin,
    effect: Effect::Delete,
    wants: Wants::Nothing,
    aliases: &[],
    operations: &[operations::DELETE_ROOM_LINK.id, operations::GET_ROOM_LINK.id],
    params: &[params::ROOM, params::DRY_RUN],
    run: |call| Box::pin(delete_room_link(call)),
};

async fn get_room_link(call: Call) -> Result<String, Stop> {
    let room = call.room().await?;
    let link = room.link().get().await?;
    let mut details = Details::new()
        .with("room_id", room.id().0.to_string())
        .with("open", link.public)
        .text("url", link.url.as_deref().unwrap_or_default());
    if let Some(needs) = link.need_acceptance {
        details = details.with("needs_acceptance", needs);
    }
    details = details.text("description", link.description.as_deref().unwrap_or_default());
    Ok(details.render(call.style()))
}

/// What is to be set of a link.
struct Options {
    code: Option<String>,
    needs_acceptance: Option<bool>,
    description: Option<String>,
}

/// Adds the options that are given to a request.
macro_rules! with_options {
    ($request:expr, $options:expr) => {{
        let (mut request, options): (_, Options) = ($request, $options);
        if let Some(code) = options.code {
            request = request.code(code);
        }
        if let Some(needs) = options.needs_acceptance {
            request = request.needs_acceptance(needs);
        }
        if let Some(description) = options.description {
            request = request.description(description);
        }
        request
    }};
}

async fn set_room_link(call: Call) -> Result<String, Stop> {
    let room = call.room_to_write().await?;
    let there = room.link().get().await?;
    let is_open = there.public;
    if is_open && !call.arguments.has_any(&["code", "needs_acceptance", "description"]) {
        let what = "The link is open already, and there is nothing to change";
        return Err(Fault::new(what, "Give `code`, `needs_acceptance` or `description`.").into());
    }
    let what = format!("invitation link of room {}", room.id().0);
    if call.is_dry_run() {
        let draft = Draft::new(match is_open {
            true => format!("change the {what}; all else stays"),
            false => format!("open the {what}"),
        });
        return Ok(given(&call, draft, &["code", "needs_acceptance", "description"]).render(&call));
    }
    ask_before_change(&call, room.id(), &there).await?;
    let text = |name| call.arguments.text(name).map(str::to_owned);
    let needs_acceptance = call.arguments.flag("needs_acceptance");
    let (code, description) = (text("code"), text("description"));
    let options = Options { code, needs_acceptance, description };
    let write = async move {
        let link = match is_open {
            true => with_options!(room.link().edit(), options).await?,
            false => with_options!(room.link().create(), options).await?,
        };
        Ok(format!("the {what} is {}", words(&link)))
    };
    call.write(write).await
}

/// Asks the person before an address of the room ends to work, and before strangers can come in
/// without approval.
async fn ask_before_change(call: &Call, room: RoomId, there: &RoomLink) -> Result<(), Stop> {
    let (id, url) = (room.0, there.url.as_deref().unwrap_or_default());
    let path = url.rsplit('/').next().unwrap_or_default();
    let new_code = call.arguments.text("code").filter(|code| there.public && *code != path);
    let opens = call.arguments.flag("needs_acceptance") == Some(false)
        && !(there.public && there.need_acceptance == Some(false));
    if new_code.is_none() && !opens {
        return Ok(());
    }
    let (mut en, mut ja) =
        (format!("Invitation link of room {id}:"), format!("チャット {id} の招待リンク："));
    if let Some(code) = new_code {
        en.push_str(&format!(
            "\nReplace its address, so that the old one works no more? New code: {code}"
        ));
        ja.push_str(&format!(
            "\nアドレスを変更し、今のアドレスを無効にしますか？ 新しいコード：{code}"
        ));
    }
    if opens {
        en.push_str("\nLet everyone who has the link join without approval?");
        ja.push_str("\nリンクを知る人が承認なしで参加できるようにしますか？");
    }
    if there.public {
        en.push_str(&format!("\n{}", foreign_line("Address now: ", url)));
        ja.push_str(&format!("\n{}", foreign_line("今のアドレス：", url)));
    }
    call.consent(&[&id.to_string(), url], &Question { en, ja }).await
}

fn words(link: &RoomLink) -> String {
    let url = link.url.as_deref().unwrap_or_default();
    let approval = match link.need_acceptance {
        Some(false) => "new members come in without approval",
        _ => "an administrator approves new members",
    };
    format!("{}; {approval}", chatwork_app::one_line(url))
}

async fn delete_room_link(call: Call) -> Result<String, Stop> {
    let room = call.room_to_write().await?;
    let id = room.id().0;
    let there = room.link().get().await?;
    if !there.public {
        return Err(Fault::new(format!("Room {id} has no invitation link"), "").into());
    }
    if call.is_dry_run() {
        let draft = Draft::new(format!("delete the invitation link of room {id}"));
        return Ok(draft.with_some("its address", there.url).render(&call));
    }
    let url = there.url.unwrap_or_default();
    let words = Question {
        en: format!(
            "Delete the invitation link of room {id}?\n{}",
            foreign_line("Its address: ", &url)
        ),
        ja: format!(
            "チャット {id} の招待リンクを削除しますか？\n{}",
            foreign_line("アドレス：", &url)
        ),
    };
    call.consent(&[&id.to_string(), &url], &words).await?;
    let delete = async move {
        room.link().delete().await?;
        Ok(format!("deleted the invitation link of room {id}"))
    };
    call.write(delete).await
}
