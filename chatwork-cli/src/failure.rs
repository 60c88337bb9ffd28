//! How a command fails: one sentence, what to do, and an exit code.

mod api;
mod app;
#[cfg(feature = "archive")]
mod archive;
mod input;
mod live;
#[cfg(feature = "mcp")]
mod mcp;
mod oauth;
#[cfg(feature = "sandbox")]
mod sandbox;
mod system;

use std::fmt::Display;
use std::io::{self, Write};
use std::process::ExitCode;

use anstyle::{AnsiColor, Style};
use chatwork_app::{one_line, visible};
use chatwork_sdk::UnixTime;
use serde::Serialize;

use crate::words::{self, Words};

#[cfg(feature = "archive")]
pub(crate) use archive::problem;
pub(crate) use live::{delivery_reason, token_reason, watch_reason};
pub(crate) use system::{file, listening, reading, reason as io_reason};

/// The result of a command.
pub(crate) type Done<T = ()> = Result<T, Failure>;

/// The exit codes. They are documented in the README, and stay.
pub(crate) mod exit {
    pub(crate) const FAILED: u8 = 1;
    pub(crate) const USAGE: u8 = 2;
    /// A command was done in part.
    pub(crate) const PARTIAL: u8 = 3;
    pub(crate) const NOT_SIGNED_IN: u8 = 4;
    pub(crate) const RATE_LIMITED: u8 = 5;
    pub(crate) const INTERRUPTED: u8 = 130;
}

/// Why a command failed. The codes are stable, and the same in both languages.
#[derive(Clone, Debug)]
pub(crate) struct Failure(Box<Details>);

#[derive(Clone, Debug)]
struct Details {
    exit: u8,
    code: &'static str,
    message: String,
    hint: Option<String>,
    /// What may have been meant.
    candidates: Vec<Candidate>,
    status: Option<u16>,
    operation: Option<&'static str>,
    retry_at: Option<UnixTime>,
    posted: Vec<String>,
    /// The steps of the command that were done, those that may be done, and those that were not
    /// done.
    done: Vec<String>,
    unknown: Vec<String>,
    not_done: Vec<String>,
    /// The request may have been done all the same.
    is_uncertain: bool,
    /// The reader of the output has ended, which is no failure.
    is_closed_pipe: bool,
}

/// A room or a person that may have been meant.
#[derive(Clone, Debug, Serialize)]
struct Candidate {
    id: i64,
    name: String,
}

impl Failure {
    pub(crate) fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self(Box::new(Details {
            exit: exit::FAILED,
            code,
            message: message.into(),
            hint: None,
            candidates: Vec::new(),
            status: None,
            operation: None,
            retry_at: None,
            posted: Vec::new(),
            done: Vec::new(),
            unknown: Vec::new(),
            not_done: Vec::new(),
            is_uncertain: false,
            is_closed_pipe: false,
        }))
    }

    /// A command line that cannot be understood.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::new("usage", message).exit(exit::USAGE)
    }

    pub(crate) fn interrupted() -> Self {
        let failure = Self::new("interrupted", words::INTERRUPTED.text());
        failure.exit(exit::INTERRUPTED).uncertain()
    }

    /// The request that failed may have been done all the same.
    fn uncertain(mut self) -> Self {
        self.0.is_uncertain = true;
        self
    }

    pub(crate) fn exit(mut self, exit: u8) -> Self {
        self.0.exit = exit;
        self
    }

    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.0.hint = Some(hint.into());
        self
    }

    pub(crate) fn hinted(self, hint: Words) -> Self {
        self.hint(hint.text())
    }

    /// Replaces the sentence.
    pub(crate) fn says(mut self, message: String) -> Self {
        self.0.message = message;
        self
    }

    /// Adds what may have been meant, below the hint.
    fn candidates(mut self, candidates: Vec<Candidate>) -> Self {
        self.0.candidates = candidates;
        self
    }

    /// Adds which request failed, and the status of its reply.
    fn of(mut self, operation: &'static str, status: Option<u16>) -> Self {
        (self.0.operation, self.0.status) = (Some(operation), status);
        self
    }

    /// What was wanted is done, and only to write so has failed. Other failures stay as they are.
    pub(crate) fn behind_write(mut self, ids: Vec<String>) -> Self {
        if self.is_of_output() {
            self.0.hint = Some(match ids.is_empty() {
                true => words::WRITTEN.text().to_owned(),
                false => words::WRITTEN_IDS.fill(&[("ids", &ids.join(" "))]),
            });
            self.0.done = ids;
        }
        self
    }

    /// The messages are in the archive, and only the files failed.
    #[cfg(feature = "archive")]
    pub(crate) fn behind_sync(mut self) -> Self {
        let reason = std::mem::take(&mut self.0.message);
        self.0.message = words::ARCHIVE_FILES_STOPPED.fill(&[("reason", &reason)]);
        self
    }

    /// As [`behind_write`](Self::behind_write), for messages.
    pub(crate) fn behind_posts(self, ids: Vec<String>) -> Self {
        let mut failure = self.behind_write(ids);
        if failure.is_of_output() {
            failure.0.posted = std::mem::take(&mut failure.0.done);
        }
        failure
    }

    /// Returns whether stdout could not be written to.
    fn is_of_output(&self) -> bool {
        self.0.code == "output"
    }

    /// A text in several messages was sent in part.
    pub(crate) fn partly(mut self, posted: Vec<String>, parts: usize) -> Self {
        if self.is_of_output() && posted.len() == parts {
            return self.behind_posts(posted);
        }
        self.0.message = words::SPLIT_STOPPED.fill(&[
            ("posted", &posted.len()),
            ("parts", &parts),
            ("reason", &self.0.message),
        ]);
        let ids: &dyn Display = &posted.join(" ");
        let next = posted.len() + 1;
        self.0.hint = Some(match self.0.is_uncertain {
            true => words::SPLIT_UNCERTAIN.fill(&[("ids", ids), ("part", &next)]),
            false => words::SPLIT_POSTED.fill(&[("ids", ids)]),
        });
        let rest: Vec<String> = (next..=parts).map(|part| part.to_string()).collect();
        self = self.at_first(&rest);
        // A part that is not sent yet is a failure, also if the reader of the output has gone.
        self.0.is_closed_pipe = false;
        self.0.posted = posted;
        self.partial("partly_sent")
    }

    /// The first step of a command failed. `names` begins with it. Adds which of them may be done all
    /// the same, and which are not.
    pub(crate) fn at_first(mut self, names: &[String]) -> Self {
        let (unknown, rest) = self.split(names);
        (self.0.unknown, self.0.not_done) = (unknown.to_vec(), rest.to_vec());
        self
    }

    /// Splits the steps from the one that failed on: it may be done all the same.
    fn split<'a>(&self, names: &'a [String]) -> (&'a [String], &'a [String]) {
        match names.split_at_checked(1) {
            Some(split) if self.0.is_uncertain => split,
            _ => (&[], names),
        }
    }

    /// A command of several steps was done in part. `rest` begins with the step that failed.
    pub(crate) fn in_part(mut self, done: &[String], rest: &[String]) -> Self {
        if self.is_of_output() && rest.is_empty() {
            return self.behind_write(done.to_vec());
        }
        self.0.message = words::PART_STOPPED.fill(&[
            ("done", &done.len()),
            ("all", &(done.len() + rest.len())),
            ("reason", &self.0.message),
        ]);
        let (unknown, rest) = self.split(rest);
        let parts =
            [(words::PART_DONE, done), (words::PART_UNKNOWN, unknown), (words::PART_REST, rest)];
        let parts = parts.iter().filter(|(_, names)| !names.is_empty());
        let parts: Vec<_> =
            parts.map(|(words, names)| words.fill(&[("names", &names.join(" "))])).collect();
        self.0.hint = Some(parts.join("; "));
        (self.0.done, self.0.unknown) = (done.to_vec(), unknown.to_vec());
        self.0.not_done = rest.to_vec();
        // What is not done yet is a failure, also if the reader of the output has gone.
        self.0.is_closed_pipe = false;
        self.partial("partly_done")
    }

    /// Sets the exit code of what was done in part. An interruption stays one: a shell asks for its
    /// code.
    pub(crate) fn partial(mut self, code: &'static str) -> Self {
        if self.0.exit != exit::INTERRUPTED {
            (self.0.exit, self.0.code) = (exit::PARTIAL, code);
        }
        self
    }

    /// Returns what failed, as one sentence.
    pub(crate) fn message(&self) -> &str {
        &self.0.message
    }

    /// Returns whether the API refused the token.
    pub(crate) fn is_unauthorized(&self) -> bool {
        self.0.code == "unauthorized"
    }

    /// Writes the failure to stderr, as text or as JSON, and returns the exit code.
    pub(crate) fn report(&self, as_json: bool) -> ExitCode {
        if self.0.is_closed_pipe {
            return ExitCode::SUCCESS;
        }
        // Nothing is left to do if stderr cannot be written to.
        let _ = if as_json { self.write_json() } else { self.write_text() };
        ExitCode::from(self.0.exit)
    }

    fn write_text(&self) -> io::Result<()> {
        let mut stderr = anstream::stderr().lock();
        let (red, dim) = (AnsiColor::Red.on_default().bold(), Style::new().dimmed());
        let message = one_line(&self.0.message);
        writeln!(stderr, "{red}{}{red:#} {message}", words::ERROR.text())?;
        if let Some(hint) = &self.0.hint {
            writeln!(stderr, "{dim}{}{dim:#} {}", words::HINT.text(), visible(hint))?;
        }
        for Candidate { id, name } in &self.0.candidates {
            writeln!(stderr, "  {id}  {}", one_line(name))?;
        }
        Ok(())
    }

    fn write_json(&self) -> io::Result<()> {
        #[derive(Serialize)]
        struct Reported<'a> {
            code: &'a str,
            message: &'a str,
            hint: Option<&'a str>,
            status: Option<u16>,
            operation: Option<&'a str>,
            retry_at: Option<i64>,
            #[serde(skip_serializing_if = "<[_]>::is_empty")]
            posted: &'a [String],
            #[serde(skip_serializing_if = "<[_]>::is_empty")]
            done: &'a [String],
            #[serde(skip_serializing_if = "<[_]>::is_empty")]
            unknown: &'a [String],
            #[serde(skip_serializing_if = "<[_]>::is_empty")]
            not_done: &'a [String],
            #[serde(skip_serializing_if = "<[_]>::is_empty")]
            candidates: &'a [Candidate],
        }
        #[derive(Serialize)]
        struct Object<'a> {
            error: Reported<'a>,
        }
        let error = Reported {
            code: self.0.code,
            message: &self.0.message,
            hint: self.0.hint.as_deref(),
            status: self.0.status,
            operation: self.0.operation,
            retry_at: self.0.retry_at.map(|time| time.0),
            posted: &self.0.posted,
            done: &self.0.done,
            unknown: &self.0.unknown,
            not_done: &self.0.not_done,
            candidates: &self.0.candidates,
        };
        let mut stderr = io::stderr().lock();
        serde_json::to_writer(&mut stderr, &Object { error })?;
        writeln!(stderr)
    }
}
