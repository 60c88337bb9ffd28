//! `archive sync` and `archive follow`.

use chatwork_archive::{
    Archive, ArchiveError, FetchOptions, FilePolicy, FileReport, SyncOptions, SyncReport,
};
use chatwork_sdk::watch::{Event, Rooms};

use super::open_or_create;
use crate::args::{ArchiveScope, Place};
use crate::context::Context;
use crate::failure::{Done, Failure, watch_reason};
use crate::out::{Item, note, shape, spinner};
use crate::{interruptible, words};

pub(super) async fn sync(context: &Context, place: &Place, scope: &ArchiveScope) -> Done {
    context.out.refuse_csv()?;
    let options = options(context, scope).await?;
    let archive = open_or_create(context, place).await?;
    interruptible(run(context, &archive, &options, scope.files)).await
}

async fn options(context: &Context, scope: &ArchiveScope) -> Done<SyncOptions> {
    let mut options = SyncOptions::new();
    let mut rooms = Vec::with_capacity(scope.rooms.len());
    for room in &scope.rooms {
        rooms.push(context.room_id(room).await?);
    }
    if !rooms.is_empty() {
        options = options.rooms(Rooms::from(rooms));
    }
    for room in &scope.except {
        options = options.except(context.room_id(room).await?);
    }
    Ok(options)
}

async fn run(context: &Context, archive: &Archive, options: &SyncOptions, files: bool) -> Done {
    let client = context.client().await?;
    let bar = spinner(context.progress, "archive sync");
    let report = archive.sync(client, options).await;
    let fetched = match (&report, files) {
        (Ok(_), true) => fetch(context, archive).await.map(Some),
        _ => Ok(None),
    };
    bar.clear();
    let mut report = report?;
    // What was synced is said, also if the files failed.
    let (fetched, failed) = match fetched {
        Ok(fetched) => (fetched.unwrap_or_default(), None),
        Err(failure) => (FileReport::default(), Some(failure)),
    };
    let failures = note_rooms(&mut report);
    note_files(&fetched);
    let changes = &report.changes;
    if context.out.is_json() {
        let numbers = [
            ("rooms_listed", report.rooms_listed),
            ("rooms_looked", report.rooms_looked),
            ("created", changes.created),
            ("edited", changes.edited),
            ("deleted", changes.deleted),
            ("vanished", changes.vanished),
            ("gaps", changes.gaps),
            ("failures", failures as u64),
            ("files_stored", fetched.stored),
            ("files_failed", fetched.failures.len() as u64),
            ("files_gone", fetched.gone),
        ];
        let item: Item =
            numbers.into_iter().map(|(name, number)| (name.to_owned(), number.into())).collect();
        let written = context.out.detail(&shape::archive::SYNCED, &item);
        written.map_err(|failure| failure.behind_write(Vec::new()))?;
    } else {
        note(&words::ARCHIVE_SYNCED.fill(&[
            ("created", &changes.created),
            ("edited", &changes.edited),
            ("deleted", &changes.deleted),
            ("rooms", &report.rooms_looked),
        ]));
        if files && failed.is_none() {
            let failed = fetched.failures.len();
            note(&words::ARCHIVE_FILES.fill(&[
                ("stored", &fetched.stored),
                ("failed", &failed),
                ("gone", &fetched.gone),
            ]));
        }
    }
    let part = |code, message: String| {
        Err(Failure::new(code, message).hinted(words::ARCHIVE_AGAIN_HINT).partial(code))
    };
    if let Some(failure) = failed {
        return Err(failure.behind_sync());
    }
    missing(&report)?;
    match (failures, fetched.failures.len()) {
        (0, 0) => Ok(()),
        // A file that no longer exists is no failure: no later run can have it.
        (0, count) => {
            part("files_missing", words::ARCHIVE_FILES_MISSING.fill(&[("count", &count)]))
        }
        _ => part("partly_read", words::ARCHIVE_PARTIAL.text().to_owned()),
    }
}

/// Says which rooms could not be read, and returns how many they are.
fn note_rooms(report: &mut SyncReport) -> usize {
    let failures = std::mem::take(&mut report.failures);
    let count = failures.len();
    for failure in failures {
        let reason = Failure::from(failure.error);
        let values: [(&str, &dyn std::fmt::Display); 2] =
            [("room", &failure.room_id), ("reason", &reason.message())];
        note(&words::ARCHIVE_ROOM_FAILED.fill(&values));
    }
    count
}

/// Fails if rooms were named that the account is not in.
fn missing(report: &SyncReport) -> Done {
    if report.rooms_missing.is_empty() {
        return Ok(());
    }
    let rooms: Vec<_> = report.rooms_missing.iter().map(ToString::to_string).collect();
    let message = words::ARCHIVE_NOT_LISTED.fill(&[("rooms", &rooms.join(", "))]);
    let failure = match report.rooms_listed {
        0 => Failure::new("not_found", message),
        _ => Failure::new("partly_read", message).partial("partly_read"),
    };
    Err(failure.hinted(words::ARCHIVE_NOT_LISTED_HINT))
}

/// Says which files could not be had.
fn note_files(report: &FileReport) {
    for failure in &report.failures {
        let reason = Failure::from(&failure.error);
        note(&words::ARCHIVE_FILE_FAILED.fill(&[
            ("file", &failure.file_id),
            ("room", &failure.room_id),
            ("reason", &reason.message()),
        ]));
    }
}

async fn fetch(context: &Context, archive: &Archive) -> Done<FileReport> {
    let options = FetchOptions::new(FilePolicy::All);
    Ok(archive.fetch_files(context.client().await?, &options).await?)
}

/// Notes a failure of a request that a later look mends. Other failures end the run.
fn unless_final<T>(outcome: Result<T, ArchiveError>) -> Done<Option<T>> {
    match outcome {
        Err(ArchiveError::Api(error)) if !error.is_unauthorized() && !error.is_consent_needed() => {
            let reason = Failure::from(&error);
            note(&words::ARCHIVE_LATER.fill(&[("reason", &reason.message())]));
            Ok(None)
        }
        outcome => Ok(Some(outcome?)),
    }
}

pub(super) async fn follow(context: &Context, place: &Place, scope: &ArchiveScope) -> Done {
    context.out.refuse_csv()?;
    let options = options(context, scope).await?;
    let archive = open_or_create(context, place).await?;
    interruptible(go_on(context, &archive, &options, scope.files)).await
}

async fn go_on(context: &Context, archive: &Archive, options: &SyncOptions, files: bool) -> Done {
    let client = context.client().await?;
    let mut report = archive.sync(client, options).await?;
    // A room that could not be read is read by the watch. One that is not there never comes.
    note_rooms(&mut report);
    missing(&report)?;
    let mut watch = archive.watch(client, options).await?;
    if files {
        note_files(&fetch(context, archive).await?);
    }
    note(words::WATCHING.text());
    let mut last = None;
    while let Some(look) = watch.next_look().await {
        // A failure that was mended since then is not why the watch ends.
        last = None;
        for event in &look.events {
            if let Event::Failed { error, .. } = event {
                note(&watch_reason(error));
                last = Some(Failure::from(error));
            }
        }
        unless_final(archive.note_joined(client, &look.events).await)?;
        if files && !look.events.is_empty() {
            note_files(&fetch(context, archive).await?);
        }
    }
    Err(last.unwrap_or_else(Failure::interrupted))
}

#[cfg(test)]
mod tests {
    use chatwork_sdk::Error;

    use super::*;

    #[test]
    fn a_request_that_failed_does_not_end_a_run_that_follows() {
        let failed = ArchiveError::Api(Error::Config("x".to_owned()));
        assert!(matches!(unless_final::<()>(Err(failed)), Ok(None)));
        assert!(matches!(unless_final(Ok(1)), Ok(Some(1))));
    }

    #[test]
    fn an_archive_that_cannot_be_written_to_ends_a_run_that_follows() {
        let failure = unless_final::<()>(Err(ArchiveError::DiskFull)).unwrap_err();
        assert!(failure.message().contains("the disk is full"), "{failure:?}");
    }
}
