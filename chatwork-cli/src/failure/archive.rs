//! Failures of the archive.

use chatwork_archive::{ArchiveError, Problem, QueryError, QueryFault};

use super::{Failure, exit, file};
use crate::words;

impl From<ArchiveError> for Failure {
    fn from(error: ArchiveError) -> Self {
        match error {
            ArchiveError::Api(error) => error.into(),
            ArchiveError::Watch(error) => Self::from(&error),
            ArchiveError::File { path, source } => file(&path, &source),
            ArchiveError::Query(error) => query(&error),
            ArchiveError::NotFound { path } => {
                let message = words::ARCHIVE_NONE.fill(&[("path", &path.display())]);
                Self::new("no_archive", message).hinted(words::ARCHIVE_NONE_HINT)
            }
            ArchiveError::Exists { path } => {
                let message = words::FILE_EXISTS.fill(&[("path", &path.display())]);
                Self::new("file", message)
            }
            ArchiveError::Locked { .. } | ArchiveError::Busy => {
                Self::new("archive_locked", words::ARCHIVE_LOCKED.text())
                    .hinted(words::ARCHIVE_LOCKED_HINT)
            }
            ArchiveError::OtherAccount { .. } => {
                Self::new("archive_account", words::ARCHIVE_ACCOUNT.text())
                    .hinted(words::ARCHIVE_ACCOUNT_HINT)
            }
            error => of_the_file(&error),
        }
    }
}

/// Failures of the file itself.
fn of_the_file(error: &ArchiveError) -> Failure {
    let failed = |message: String| Failure::new("archive", message);
    match error {
        ArchiveError::NotAnArchive { path } => {
            failed(words::ARCHIVE_FOREIGN.fill(&[("path", &path.display())]))
                .hinted(words::ARCHIVE_PATH_HINT)
        }
        ArchiveError::Newer { found, supported } => {
            failed(words::ARCHIVE_NEWER.fill(&[("found", found), ("supported", supported)]))
                .hinted(words::UPDATE_HINT)
        }
        ArchiveError::Older { .. } => {
            failed(words::ARCHIVE_OLDER.text().to_owned()).hinted(words::ARCHIVE_OLDER_HINT)
        }
        ArchiveError::Damaged { path } => {
            failed(words::ARCHIVE_DAMAGED.fill(&[("path", &path.display())]))
                .hinted(words::ARCHIVE_DAMAGED_HINT)
        }
        ArchiveError::DiskFull => {
            failed(words::ARCHIVE_FULL.text().to_owned()).hinted(words::ARCHIVE_FULL_HINT)
        }
        ArchiveError::ReadOnly { path } => {
            failed(words::ARCHIVE_READ_ONLY.fill(&[("path", &path.display())]))
                .hinted(words::ARCHIVE_READ_ONLY_HINT)
        }
        ArchiveError::Cursor => {
            Failure::usage(words::ARCHIVE_CURSOR.text()).hinted(words::ARCHIVE_CURSOR_HINT)
        }
        ArchiveError::NoMessage { room, message } => {
            failed(words::ARCHIVE_NO_MESSAGE.fill(&[("room", room), ("message", message)]))
                .hinted(words::ARCHIVE_NO_MESSAGE_HINT)
        }
        ArchiveError::Import { line, reason } => {
            failed(words::ARCHIVE_IMPORT.fill(&[("line", line), ("reason", reason)]))
        }
        ArchiveError::NotEmpty => {
            failed(words::ARCHIVE_USED.text().to_owned()).hinted(words::ARCHIVE_USED_HINT)
        }
        ArchiveError::Rule { code } => {
            failed(words::ARCHIVE_RULE.fill(&[("code", code)])).hinted(words::ARCHIVE_VALUE_HINT)
        }
        ArchiveError::Sqlite { code, text } => {
            failed(words::ARCHIVE_SQLITE.fill(&[("code", code), ("reason", text)]))
        }
        ArchiveError::Value { column } => failed(words::ARCHIVE_VALUE.fill(&[("column", column)]))
            .hinted(words::ARCHIVE_VALUE_HINT),
        ArchiveError::Stopped => failed(words::ARCHIVE_STOPPED.text().to_owned()),
        error => failed(words::ARCHIVE_FAILED.fill(&[("reason", error)])),
    }
}

fn query(error: &QueryError) -> Failure {
    let filled = |words: words::Words, filter: &str| words.fill(&[("filter", &filter)]);
    let reason = match &error.fault {
        QueryFault::Empty => filled(words::QUERY_EMPTY, ""),
        QueryFault::Unclosed => filled(words::QUERY_UNCLOSED, ""),
        QueryFault::Glued => filled(words::QUERY_GLUED, ""),
        QueryFault::Blank => filled(words::QUERY_BLANK, ""),
        QueryFault::Or => filled(words::QUERY_OR, ""),
        QueryFault::NotInOr => filled(words::QUERY_NOT_IN_OR, ""),
        QueryFault::NoValue(filter) => filled(words::QUERY_NO_VALUE, filter),
        QueryFault::Date => filled(words::QUERY_DATE, ""),
        QueryFault::Negated(filter) => filled(words::QUERY_NEGATED, filter),
        QueryFault::NoAccount => filled(words::QUERY_NO_ACCOUNT, ""),
        QueryFault::NoRoom => filled(words::QUERY_NO_ROOM, ""),
        _ => filled(words::QUERY_OTHER, ""),
    };
    let position = error.characters.start.saturating_add(1);
    let message = words::QUERY_AT.fill(&[("position", &position), ("reason", &reason)]);
    Failure::new("usage", message).exit(exit::USAGE)
}

/// Returns what is wrong in an archive.
pub(crate) fn problem(problem: &Problem) -> String {
    match problem {
        Problem::Database { text } => words::PROBLEM_DATABASE.fill(&[("reason", text)]),
        Problem::Index { row } => words::PROBLEM_INDEX.fill(&[("row", row)]),
        Problem::Stray { row } => words::PROBLEM_STRAY.fill(&[("row", row)]),
        Problem::Spans { room_id } => words::PROBLEM_SPANS.fill(&[("room", room_id)]),
        Problem::Gaps { room_id } => words::PROBLEM_GAPS.fill(&[("room", room_id)]),
        Problem::File { room_id, file_id } => {
            words::PROBLEM_FILE.fill(&[("room", room_id), ("file", file_id)])
        }
        Problem::Content { name } => words::PROBLEM_CONTENT.fill(&[("name", name)]),
        _ => words::PROBLEM_OTHER.text().to_owned(),
    }
}
