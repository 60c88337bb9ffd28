//! `archive verify`, `archive backup` and `archive forget`.

use std::path::Path;

use chatwork_archive::{Forget, ForgetReport, Problem};

use super::{day, known_message, known_person, known_room, open, reader};
use crate::args::{self, Place};
use crate::ask;
use crate::context::Context;
use crate::failure::{Done, Failure, problem};
use crate::out::{Item, note, shape};
use crate::words;

pub(super) async fn verify(context: &Context, place: &Place, repair: bool) -> Done {
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
        context.out.refuse_csv()?;
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
    reader(context, place).await?.backup(to)?;
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
    // An open reader would keep the text in the file.
    drop(reader);
    ask::confirm(context.yes, words::ASK_FORGET.text())?;
    report(context, &archive.forget(&what)?)
}

fn report(context: &Context, report: &ForgetReport) -> Done {
    if context.out.is_json() {
        let mut item = Item::new();
        item.insert("messages".to_owned(), report.messages.into());
        item.insert("revisions".to_owned(), report.revisions.into());
        item.insert("files".to_owned(), report.files.into());
        item.insert("is_pending".to_owned(), report.is_pending.into());
        context.out.detail(&shape::archive::FORGOTTEN, &item)?;
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
