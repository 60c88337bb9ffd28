//! Invitation links.

use chatwork_api::limits::create_room_link::{CODE_MAX_LENGTH, CODE_MIN_LENGTH, CODE_PATTERN};
use chatwork_api::operations;
use chatwork_sdk::RoomHandle;
use chatwork_sdk::types::RoomLink;

use super::draft::Draft;
use super::written::{allow_names, begin_of_text};
use super::{Effect, Spec, Wants, params};
use crate::call::Call;
use crate::fault::{Fault, Stop};
use crate::fence::subject::{Found, Question};
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
    params: &[
        params::ROOM,
        Param { about: "For a long description.", ..params::CURSOR },
        params::FORMAT,
    ],
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
        operations::GET_ROOM.id,
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
    operations: &[
        operations::DELETE_ROOM_LINK.id,
        operations::GET_ROOM_LINK.id,
        operations::GET_ROOM.id,
    ],
    params: &[params::ROOM, params::DRY_RUN],
    run: |call| Box::pin(delete_room_link(call)),
};

async fn get_room_link(call: Call) -> Result<String, Stop> {
    let from = begin_of_text(&call)?;
    let room = call.room().await?;
    let link = room.link().get().await?;
    let description = link.description.as_deref().unwrap_or_default();
    let mut details = Details::new().with("room_id", room.id().0.to_string());
    if from > 0 {
        return Ok(details.long("description", description, from).render(call.style()));
    }
    details =
        details.with("open", link.public).text("url", link.url.as_deref().unwrap_or_default());
    if let Some(needs) = link.need_acceptance {
        details = details.with("needs_acceptance", needs);
    }
    Ok(details.long("description", description, 0).render(call.style()))
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
    allow_names(&call, &["description"])?;
    let found = to_set(&call).await?;
    let is_open = found.value.link.public;
    if is_open && !call.arguments.has_any(&["code", "needs_acceptance", "description"]) {
        let what = "The link is open already, and there is nothing to change";
        return Err(Fault::new(what, "Give `code`, `needs_acceptance` or `description`.").into());
    }
    if call.is_dry_run() {
        return Ok(draft(&call, &found.value).render(&call));
    }
    let There { room, link } = call.consent(found, to_set(&call)).await?;
    let text = |name| call.arguments.text(name).map(str::to_owned);
    let needs_acceptance = call.arguments.flag("needs_acceptance");
    let (code, description) = (text("code"), text("description"));
    let options = Options { code, needs_acceptance, description };
    let subject = format!("link/{}", room.id().0);
    let write = async move {
        let link = match link.public {
            true => with_options!(room.link().edit(), options).await?,
            false => with_options!(room.link().create(), options).await?,
        };
        Ok(format!("the invitation link of room {} is {}", room.id().0, words(&link)))
    };
    call.write(&subject, write).await
}

/// A room, and its link as it is.
struct There {
    room: RoomHandle,
    link: RoomLink,
}

impl There {
    async fn of(call: &Call) -> Result<Self, Stop> {
        let room = call.room_to_write().await?;
        let link = room.link().get().await?;
        Ok(Self { room, link })
    }

    fn url(&self) -> &str {
        self.link.url.as_deref().unwrap_or_default()
    }

    /// Returns the last part of the address of an open link.
    fn code(&self) -> Option<&str> {
        self.link.url.as_deref().filter(|_| self.link.public)?.rsplit('/').next()
    }
}

/// Shows what would be sent. What is not given of an open link is sent as it is.
fn draft(call: &Call, there: &There) -> Draft {
    let (id, link) = (there.room.id().0, &there.link);
    let kept = |text: Option<&str>| text.filter(|_| link.public).map(str::to_owned);
    let text = |name| call.arguments.text(name).map(str::to_owned);
    let code = text("code").or_else(|| kept(there.code()));
    let description = text("description").or_else(|| kept(link.description.as_deref()));
    let needs = call.arguments.flag("needs_acceptance");
    let needs = needs.or(link.need_acceptance.filter(|_| link.public));
    let draft = Draft::new(match link.public {
        true => format!("change the invitation link of room {id}; all else stays"),
        false => format!("open the invitation link of room {id}"),
    });
    let draft = draft.some_text("code", code.as_deref());
    draft.some_text("description", description.as_deref()).some_flag("need_acceptance", needs)
}

/// Finds the link that is to be opened or changed. Before an address of the room ends to work, and
/// before strangers can come in without approval, the person is asked.
async fn to_set(call: &Call) -> Result<Found<There>, Stop> {
    let there = There::of(call).await?;
    let (id, link) = (there.room.id().0, &there.link);
    let new_code = call.arguments.text("code").filter(|_| link.public);
    let new_code = new_code.filter(|code| there.code() != Some(*code));
    let opens = call.arguments.flag("needs_acceptance") == Some(false)
        && !(link.public && link.need_acceptance == Some(false));
    let (mut en, mut ja) =
        (format!("Invitation link of room {id}:"), format!("チャット {id} の招待リンク："));
    if let Some(code) = new_code {
        en.push_str(&format!(
            " replace its address, so that the old one works no more? New code: {code}."
        ));
        ja.push_str(&format!(
            "アドレスを変更し、今のアドレスを無効にしますか？新しいコード：{code}。"
        ));
    }
    if opens {
        en.push_str(" let everyone who has it join without approval?");
        ja.push_str("リンクを知る人が承認なしで参加できるようにしますか？");
    }
    if new_code.is_none() && !opens {
        return Ok(Found::harmless(there));
    }
    let question = Question::new(en, ja).quote(id, call.name_to_ask(&there.room).await?);
    let question = match link.public {
        true => question.quote("URL", there.url()),
        false => question,
    };
    Ok(Found::asking(there, question))
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
    let found = to_delete(&call).await?;
    if call.is_dry_run() {
        let There { room, .. } = &found.value;
        let draft = Draft::new(format!("delete the invitation link of room {}", room.id().0));
        return Ok(draft.about("url", found.value.url()).render(&call));
    }
    let There { room, .. } = call.consent(found, to_delete(&call)).await?;
    let subject = format!("link/{}", room.id().0);
    let delete = async move {
        room.link().delete().await?;
        Ok(format!("deleted the invitation link of room {}", room.id().0))
    };
    call.write(&subject, delete).await
}

/// Finds the link that is to be deleted.
async fn to_delete(call: &Call) -> Result<Found<There>, Stop> {
    let there = There::of(call).await?;
    let id = there.room.id().0;
    if !there.link.public {
        return Err(Fault::new(format!("Room {id} has no invitation link"), "").into());
    }
    let question = Question::new(
        format!("Delete the invitation link of room {id}? Its address does not come back."),
        format!("チャット {id} の招待リンクを削除しますか？同じアドレスには戻せません。"),
    );
    let question =
        question.quote(id, call.name_to_ask(&there.room).await?).quote("URL", there.url());
    Ok(Found::asking(there, question))
}
