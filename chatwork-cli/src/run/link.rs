//! `link`.

use chatwork_sdk::RoomId;
use chatwork_sdk::types::RoomLink;

use super::given;
use crate::args::{Link, LinkOptions};
use crate::ask;
use crate::context::Context;
use crate::failure::{Done, Failure};
use crate::out::{item, note, shape};
use crate::words;

pub(super) async fn run(context: &Context, link: Link) -> Done {
    match link {
        Link::Show { room } => {
            let room = context.room(&room).await?;
            show(context, room.id(), &room.link().get().await?)
        }
        Link::Create(options) => {
            let room = context.room(&options.room).await?;
            let needed = needs_acceptance(&options);
            let request = room.link().create();
            let request = given(request, options.code, |it, code| it.code(code));
            let request = given(request, options.description, |it, text| it.description(text));
            let request = given(request, needed, |it, needed| it.needs_acceptance(needed));
            written(context, room.id(), &request.await?)
        }
        Link::Edit(options) => edit(context, options).await,
        Link::Delete { room } => {
            let room = context.room(&room).await?;
            let shown = context.shown(&room).await;
            ask::confirm(context.yes, &words::ASK_DELETE_LINK.fill(&[("room", &shown)]))?;
            let link = room.link().delete().await?;
            if context.out.is_json() {
                return written(context, room.id(), &link);
            }
            note(&words::DELETED_LINK.fill(&[("room", &room.id())]));
            Ok(())
        }
    }
}

async fn edit(context: &Context, options: LinkOptions) -> Done {
    let needed = needs_acceptance(&options);
    if options.code.is_none() && options.description.is_none() && needed.is_none() {
        return Err(
            Failure::usage(words::NOTHING_TO_CHANGE.text()).hinted(words::NOTHING_TO_CHANGE_HINT)
        );
    }
    let room = context.room(&options.room).await?;
    let request = room.link().edit();
    let request = given(request, options.code, |it, code| it.code(code));
    let request = given(request, options.description, |it, text| it.description(text));
    let request = given(request, needed, |it, needed| it.needs_acceptance(needed));
    written(context, room.id(), &request.await?)
}

fn needs_acceptance(options: &LinkOptions) -> Option<bool> {
    match (options.open, options.closed) {
        (true, _) => Some(false),
        (_, true) => Some(true),
        _ => None,
    }
}

/// Shows the link after a write, which is done also if that fails.
fn written(context: &Context, room: RoomId, link: &RoomLink) -> Done {
    let shown = show(context, room, link);
    shown.map_err(|failure| failure.behind_write(vec![room.to_string()]))
}

fn show(context: &Context, room: RoomId, link: &RoomLink) -> Done {
    if !link.public && !context.out.is_json() {
        note(&words::NO_LINK.fill(&[("room", &room)]));
    }
    context.out.detail(&shape::LINK, &item(link, &[("room_id", room.0.into())]))
}
