//! `messages` and `send`.

mod marks;
mod post;

use std::collections::HashMap;
use std::io::IsTerminal;

use chatwork_app::{Compose, Composed, Format, Lost, MessageRef, one_line};
use chatwork_sdk::notation::{MessageText, parse};
use chatwork_sdk::types::Message;
use chatwork_sdk::{AccountId, MessageId, RoomHandle, RoomId};
use serde_json::Value;

use self::post::{Posting, post};
use super::note_set_aside;
use crate::args::{Messages, Send, TextArgs};
use crate::context::Context;
use crate::failure::Done;
use crate::out::{Item, item, note, shape, time};
use crate::words::{self, Words};
use crate::{ask, input};

/// The API shows so many messages of a room.
const NEWEST: usize = 100;

pub(super) async fn run(context: &Context, messages: Messages) -> Done {
    match messages {
        Messages::List { room, new, limit, raw } => {
            let room = context.room(&room).await?;
            list(context, &room, new, limit.unwrap_or(NEWEST), raw).await
        }
        Messages::View { message, raw } => view(context, &message, raw).await,
        Messages::Send(arguments) => send(context, arguments).await,
        Messages::Reply { message, text, split } => {
            let reference = context.message(&message)?;
            let room = context.client().await?.room(reference.room);
            let replied = room.message(&reference.message).get().await?;
            let compose = Compose::new().reply(reference.room, replied);
            let composed = composed(context, &room, compose, &text).await?;
            post(context, &room, composed, Posting { split, unread: false, text: &text }).await
        }
        Messages::Edit { message, text } => edit(context, &message, &text).await,
        Messages::Delete { message } => delete(context, &message).await,
        Messages::Read { room, all } => marks::read(context, room, all).await,
        Messages::Unread { message } => marks::unread(context, &message).await,
    }
}

pub(super) async fn send(context: &Context, arguments: Send) -> Done {
    let room = context.room(&arguments.room).await?;
    let mut compose = Compose::new();
    if let Some(message) = &arguments.reply {
        let (reference, message) = fetch(context, message).await?;
        compose = compose.reply(reference.room, message);
    }
    let composed = composed(context, &room, compose, &arguments.text).await?;
    let Send { split, unread, text, .. } = &arguments;
    post(context, &room, composed, Posting { split: *split, unread: *unread, text }).await
}

async fn list(context: &Context, room: &RoomHandle, new: bool, limit: usize, raw: bool) -> Done {
    let messages = match new {
        true => room.new_messages().await?,
        false => room.latest_messages().await?,
    };
    note_set_aside(messages.set_aside.len());
    if !context.out.is_json() {
        if messages.limitation.is_some() {
            note(words::HIDDEN_OLDER.text());
        } else if messages.len() == NEWEST {
            note(words::NEWEST_ALONE.text());
        }
    }
    let names = names(&messages);
    let skipped = messages.len().saturating_sub(limit);
    let items: Vec<Item> = messages
        .iter()
        .skip(skipped)
        .map(|message| entry(context, room.id(), message, &names, raw))
        .collect();
    let written = context.out.list(&shape::MESSAGES, &items);
    // The next `--new` does not have them any more.
    written.map_err(|failure| if new { failure.behind_write(Vec::new()) } else { failure })
}

async fn view(context: &Context, message: &str, raw: bool) -> Done {
    let (reference, message) = fetch(context, message).await?;
    let names = names(std::slice::from_ref(&message));
    let item = entry(context, reference.room, &message, &names, raw);
    context.out.detail(&shape::MESSAGE, &item)
}

async fn fetch(context: &Context, message: &str) -> Done<(MessageRef, Message)> {
    let reference = context.message(message)?;
    let room = context.client().await?.room(reference.room);
    let message = room.message(&reference.message).get().await?;
    Ok((reference, message))
}

/// The names of those who wrote these messages, to show whom a mention is for.
fn names(messages: &[Message]) -> HashMap<AccountId, String> {
    let names = messages.iter().map(|it| (it.account.account_id, it.account.name.clone()));
    names.collect()
}

fn entry(
    context: &Context,
    room: RoomId,
    message: &Message,
    names: &HashMap<AccountId, String>,
    raw: bool,
) -> Item {
    let text = match raw {
        true => message.body.clone(),
        false if message.is_deleted() && !context.out.is_json() => words::DELETED.text().to_owned(),
        false => parse(&message.body).plain_text(|account| names.get(&account).cloned()),
    };
    let url = context.out.address(room, Some(&message.message_id));
    item(message, &[("room_id", room.0.into()), ("text", text.into()), ("url", url.into())])
}

/// Makes a message of the text and its options.
async fn composed(
    context: &Context,
    room: &RoomHandle,
    mut compose: Compose,
    text: &TextArgs,
) -> Done<Composed> {
    let content = input::text(text.text.as_deref(), text.file.as_deref())?;
    let format = match (text.markdown, text.notation) {
        (true, _) => Format::Markdown,
        (_, true) => Format::Notation,
        _ => Format::Plain,
    };
    let (all, people): (Vec<_>, Vec<_>) = text.to.iter().partition(|it| *it == "all");
    if !people.is_empty() {
        compose = compose.to(context.mentions(room.id(), &people).await?);
    }
    for message in &text.quote {
        compose = compose.quote(fetch(context, message).await?.1);
    }
    if let Some(title) = &text.info {
        compose = compose.info(title);
    }
    let compose = compose.format(format).code(text.code).to_all(!all.is_empty());
    let composed = compose.compose(&content);
    if !composed.lost.is_empty() {
        let lost: Vec<_> = composed.lost.iter().map(|lost| lost_words(*lost).text()).collect();
        note(&words::LOST_MARKDOWN.fill(&[("what", &lost.join(", "))]));
    }
    Ok(composed)
}

fn lost_words(lost: Lost) -> Words {
    match lost {
        Lost::Heading => words::LOST_HEADING,
        Lost::Bold => words::LOST_BOLD,
        Lost::Italics => words::LOST_ITALICS,
        Lost::Strikethrough => words::LOST_STRIKE,
        Lost::InlineCode => words::LOST_CODE,
        Lost::Table => words::LOST_TABLE,
        _ => words::LOST_HTML,
    }
}

/// Makes the text beside a file or of a task: plain, unless it is to be read as notation.
pub(super) fn plain(text: &str, notation: bool) -> Composed {
    let format = if notation { Format::Notation } else { Format::Plain };
    Compose::new().format(format).compose(text)
}

/// A message that notifies everybody cannot be taken back. A dry run is refused where the real one is.
pub(super) async fn confirm_all(
    context: &Context,
    room: &RoomHandle,
    composed: &Composed,
    is_dry_run: bool,
) -> Done {
    if !composed.notifies_all() {
        return Ok(());
    }
    let room = context.shown(room).await;
    let question = words::ASK_TOALL.fill(&[("room", &room)]);
    match is_dry_run {
        true => ask::would_confirm(context.yes, &question),
        false => ask::confirm(context.yes, &question),
    }
}

fn reference(context: &Context, room: RoomId, id: &MessageId, all: &[MessageId]) -> Item {
    let ids: Vec<Value> = all.iter().map(|id| id.as_str().into()).collect();
    let fields = [
        ("room_id", room.0.into()),
        ("message_id", id.as_str().into()),
        ("url", context.out.address(room, Some(id)).into()),
        ("message_ids", ids.into()),
    ];
    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// Shows the messages that would be sent, as they would be sent.
fn dry_run(context: &Context, room: RoomId, messages: &[MessageText]) -> Done {
    let bodies: Vec<String> = messages.iter().map(ToString::to_string).collect();
    let characters: usize = bodies.iter().map(|body| body.chars().count()).sum();
    show_dry_run(context, room, &bodies, characters)
}

pub(super) fn show_dry_run(
    context: &Context,
    room: RoomId,
    bodies: &[String],
    characters: usize,
) -> Done {
    if context.out.is_json() {
        let item = dry_run_item(room, bodies, characters);
        return context.out.detail(&shape::DRY_RUN, &item);
    }
    context.out.refuse_csv()?;
    note(&words::DRY_RUN.fill(&[
        ("room", &room),
        ("parts", &bodies.len()),
        ("characters", &characters),
    ]));
    for (body, part) in bodies.iter().zip(1_usize..) {
        // Without it, the parts could not be told apart. JSON has them exactly.
        if bodies.len() > 1 {
            context.out.write(&format!("--- {part}/{} ---\n", bodies.len()))?;
        }
        match std::io::stdout().is_terminal() {
            true => context.out.foreign(body)?,
            false => context.out.write(&format!("{body}\n"))?,
        }
    }
    Ok(())
}

pub(super) fn dry_run_item(room: RoomId, bodies: &[String], characters: usize) -> Item {
    let mut item = Item::new();
    item.insert("room_id".to_owned(), room.0.into());
    item.insert("bodies".to_owned(), bodies.to_vec().into());
    item.insert("characters".to_owned(), characters.into());
    item
}

async fn edit(context: &Context, message: &str, text: &TextArgs) -> Done {
    let found = context.message(message)?;
    let room = context.client().await?.room(found.room);
    let composed = composed(context, &room, Compose::new(), text).await?;
    let request = room.message(&found.message).edit(&composed.text);
    request.validate()?;
    confirm_all(context, &room, &composed, text.dry_run).await?;
    if text.dry_run {
        return dry_run(context, found.room, &[composed.text]);
    }
    request.await?;
    show_reference(context, &found)
}

async fn delete(context: &Context, message: &str) -> Done {
    let found = context.message(message)?;
    let room = context.client().await?.room(found.room);
    let values: [(&str, &dyn std::fmt::Display); 2] =
        [("message", &shown(context, &room, &found).await), ("room", &context.shown(&room).await)];
    ask::confirm(context.yes, &words::ASK_DELETE_MESSAGE.fill(&values))?;
    room.message(&found.message).delete().await?;
    show_reference(context, &found)
}

/// How many characters of a message a question shows.
const SHOWN: usize = 30;

/// Returns how a question names a message: by its id, and by the beginning of its text if a person is
/// asked, which costs a request.
async fn shown(context: &Context, room: &RoomHandle, found: &MessageRef) -> String {
    let id = &found.message;
    if ask::is_asked(context.yes)
        && let Ok(message) = room.message(id).get().await
    {
        let text = parse(&message.body).plain_text(|_| None);
        let cut = if text.chars().nth(SHOWN).is_some() { "…" } else { "" };
        let text: String = text.chars().take(SHOWN).collect();
        let sent = time::shown(message.send_time.0);
        let shown = format!("{id} ({sent} {}: {text}{cut})", message.account.name);
        return one_line(&shown).into_owned();
    }
    id.to_string()
}

fn show_reference(context: &Context, found: &MessageRef) -> Done {
    let ids = [found.message.clone()];
    let item = reference(context, found.room, &found.message, &ids);
    context.out.done(&shape::MESSAGE_ID, &item)
}
