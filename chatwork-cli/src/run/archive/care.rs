//! `archive verify`, `archive backup` and `archive forget`.

use std::fmt::Display;
use std::path::Path;

use chatwork_app::one_line;
use chatwork_archive::{Forget, ForgetReport, Problem, Reader, RoomId};

use super::{day, known_message, known_person, known_room, open, reader, stoppable};
use crate::args::{self, Place};
use crate::ask;
use crate::context::Context;
use crate::failure::{Done, Failure, problem};
use crate::out::{Item, note, shape, time};
use crate::words;

pub(super) async fn verify(context: &Context, place: &Place, repair: bool) -> Done {
    // Before anything is repaired.
    context.out.refuse_csv()?;
    if repair {
        let archive = open(context, place).await?;
        let texts = archive.reindex()?;
        note(&words::ARCHIVE_REINDEXED.fill(&[("texts", &texts)]));
        let found = archive.reader()?.verify()?;
        // This also removes content that no row names.
        let files = archive.refetch(&found)?;
        if files > 0 {
            note(&words::ARCHIVE_WANTED.fill(&[("files", &files)]));
        }
    }
    let report = reader(context, place).await?.verify()?;
    // JSON is the same in both languages.
    let shown = |it: &Problem| if context.out.is_json() { it.to_string() } else { problem(it) };
    let problems: Vec<String> = report.problems.iter().map(shown).collect();
    if context.out.is_json() {
        let mut item = Item::new();
        item.insert("texts".to_owned(), report.texts.into());
        item.insert("files".to_owned(), report.files.into());
        item.insert("problems".to_owned(), problems.clone().into());
        context.out.detail(&shape::archive::VERIFIED, &item)?;
    } else {
        problems.iter().try_for_each(|problem| context.out.foreign(problem))?;
    }
    match problems.len() {
        0 if context.out.is_json() => Ok(()),
        0 => {
            let values: [(&str, &dyn std::fmt::Display); 2] =
                [("texts", &report.texts), ("files", &report.files)];
            note(&words::ARCHIVE_FINE.fill(&values));
            Ok(())
        }
        count => {
            let failure =
                Failure::new("problems", words::ARCHIVE_PROBLEMS.fill(&[("count", &count)]));
            Err(match hint(&report.problems) {
                Some(hint) => failure.hinted(hint),
                None => failure,
            })
        }
    }
}

/// Returns what can be done: about a damaged database first, since nothing else helps then.
fn hint(problems: &[Problem]) -> Option<words::Words> {
    let any = |kind: fn(&Problem) -> bool| problems.iter().any(kind);
    if any(|it| matches!(it, Problem::Database { .. })) {
        return Some(words::ARCHIVE_DAMAGED_HINT);
    }
    if any(|it| matches!(it, Problem::Index { .. } | Problem::Stray { .. })) {
        return Some(words::ARCHIVE_REPAIR_HINT);
    }
    let files = |it: &Problem| matches!(it, Problem::File { .. } | Problem::Content { .. });
    any(files).then_some(words::ARCHIVE_FILES_HINT)
}

pub(super) async fn backup(context: &Context, place: &Place, to: &Path) -> Done {
    context.out.refuse_csv()?;
    let target = to.to_owned();
    stoppable(reader(context, place).await?, move |reader| Ok(reader.backup(target)?)).await?;
    note(&words::ARCHIVE_BACKUP.fill(&[("path", &to.display())]));
    Ok(())
}

pub(super) async fn forget(context: &Context, forget: args::Archive) -> Done {
    let args::Archive::Forget { place, room, person, message, before } = forget else {
        return Ok(());
    };
    context.out.refuse_csv()?;
    let archive = open(context, &place).await?;
    let reader = archive.reader()?;
    let room = room.map(|room| known_room(context, &reader, &room)).transpose()?;
    let what = match (room, person, message, before) {
        (room, None, None, Some(before)) => Forget::Before(day(&before)?.start(), room),
        (Some(room), ..) => Forget::Room(room),
        (_, Some(person), ..) => {
            Forget::Account(known_person(context, archive.account(), &person)?)
        }
        (_, _, Some(message), _) => {
            let (room, message) = known_message(context, &reader, &message)?;
            Forget::Message(room, message)
        }
        _ => return Err(Failure::usage(words::ARCHIVE_FORGET_NEEDS.text())),
    };
    if !context.yes {
        ask::confirm(false, &question(&reader, &what)?)?;
    }
    // An open reader would keep the text in the file.
    drop(reader);
    report(context, &archive.forget(&what)?)
}

/// Names what is forgotten, and how much of it the archive has.
fn question(reader: &Reader, what: &Forget) -> Done<String> {
    let count = reader.would_forget(what)?;
    let mut values: Vec<(&str, String)> =
        vec![("messages", count.messages.to_string()), ("revisions", count.revisions.to_string())];
    let words = match what {
        Forget::Account(account) => {
            let name = reader.account_name(*account)?;
            values.push(("person", with_name(account, name.as_deref())));
            words::ASK_FORGET_PERSON
        }
        Forget::Message(room, message) => {
            values.push(("room", room_of(reader, *room)?));
            values.push(("message", message.to_string()));
            match reader.message(*room, message)? {
                Some(found) => {
                    values.push(("person", with_name(&found.account_id, Some(&found.sender))));
                    values.push(("time", time::shown(found.send_time.0)));
                    words::ASK_FORGET_MESSAGE
                }
                None => words::ASK_FORGET_UNSEEN,
            }
        }
        Forget::Before(before, room) => {
            values.push(("time", time::shown(before.0)));
            match room {
                Some(room) => {
                    values.push(("room", room_of(reader, *room)?));
                    words::ASK_FORGET_ROOM_BEFORE
                }
                None => words::ASK_FORGET_BEFORE,
            }
        }
        Forget::Room(room) => {
            values.push(("room", room_of(reader, *room)?));
            words::ASK_FORGET_ROOM
        }
        _ => return Err(Failure::usage(words::ARCHIVE_FORGET_NEEDS.text())),
    };
    let values: Vec<(&str, &dyn Display)> =
        values.iter().map(|(name, value)| (*name, value as &dyn Display)).collect();
    Ok(words.fill(&values))
}

/// Returns a room by its id, and its name if the archive knows it.
fn room_of(reader: &Reader, room: RoomId) -> Done<String> {
    let known = reader.rooms()?.into_iter().find(|known| known.room_id == room);
    Ok(with_name(&room, known.as_ref().map(|known| known.name.as_str())))
}

fn with_name(id: &dyn Display, name: Option<&str>) -> String {
    match name.filter(|name| !name.is_empty()) {
        Some(name) => format!("{id} ({})", one_line(name)),
        None => id.to_string(),
    }
}

fn report(context: &Context, report: &ForgetReport) -> Done {
    if context.out.is_json() {
        let mut item = Item::new();
        item.insert("messages".to_owned(), report.messages.into());
        item.insert("revisions".to_owned(), report.revisions.into());
        item.insert("files".to_owned(), report.files.into());
        item.insert("is_pending".to_owned(), report.is_pending.into());
        let written = context.out.detail(&shape::archive::FORGOTTEN, &item);
        written.map_err(|failure| failure.behind_write(Vec::new()))?;
    } else {
        note(&words::ARCHIVE_FORGOTTEN.fill(&[
            ("messages", &report.messages),
            ("revisions", &report.revisions),
            ("files", &report.files),
        ]));
    }
    match report.is_pending {
        true => Err(Failure::new("pending", words::ARCHIVE_PENDING.text())),
        false => Ok(()),
    }
}
