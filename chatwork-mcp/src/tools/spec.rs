//! A row of the table of tools.

use std::sync::Arc;

use chatwork_sdk::BoxFuture;
use rmcp::model::{Tool, ToolAnnotations};

use crate::call::Call;
use crate::fault::Stop;
use crate::options::{Language, Options, Toolset, Words};
use crate::schema::{Needs, Param, schema};

/// What a tool does to the world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    /// It reads.
    Read,
    /// It adds something that others see, and doing it twice adds it twice.
    Add,
    /// It changes something, and doing it twice changes it once.
    Change,
    /// It changes something of the account alone, which can be changed back.
    Mark,
    /// It deletes or leaves, which cannot be undone.
    Delete,
}

/// What a server must have for a tool to be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wants {
    /// It is always there.
    Nothing,
    /// An archive.
    #[cfg_attr(not(feature = "archive"), allow(dead_code))]
    Archive,
    /// A folder for uploads.
    Uploads,
}

/// The handler of a tool.
pub(crate) type Run = fn(Call) -> BoxFuture<Result<String, Stop>>;

/// A row of the table of tools.
pub(crate) struct Spec {
    pub(crate) name: &'static str,
    /// The title that clients show.
    pub(crate) title: Words,
    /// What the model is told. Holds no text of other people.
    pub(crate) about: &'static str,
    pub(crate) toolset: Toolset,
    pub(crate) effect: Effect,
    pub(crate) wants: Wants,
    /// Earlier names.
    pub(crate) aliases: &'static [&'static str],
    /// The ids of the operations of the API that it can call.
    pub(crate) operations: &'static [&'static str],
    pub(crate) params: &'static [Param],
    pub(crate) run: Run,
}

/// What is known of a tool without a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ToolInfo {
    /// The name.
    pub name: &'static str,
    /// The title that clients show, in English.
    pub title: &'static str,
    /// The title in Japanese.
    pub title_ja: &'static str,
    /// What it does, as models are told.
    pub description: &'static str,
    /// The set that it belongs to.
    pub toolset: Toolset,
    /// Whether it deletes or leaves, and so is registered by
    /// [`Options::allow_destructive`] or with the person's consent alone.
    pub is_destructive: bool,
    /// Whether it needs an archive.
    pub needs_archive: bool,
    /// Whether it needs a folder for uploads.
    pub needs_uploads: bool,
    /// Earlier names, which are still accepted.
    pub aliases: &'static [&'static str],
    /// The ids of the operations of the API that it can call.
    pub operations: &'static [&'static str],
}

impl Spec {
    /// Returns whether this is its name, or was.
    pub(crate) fn has_name(&self, name: &str) -> bool {
        self.name == name || self.aliases.contains(&name)
    }

    /// Returns the arguments that it has with these options.
    pub(crate) fn params(&self, options: &Options) -> Vec<&'static Param> {
        let has = |needs| match needs {
            Needs::Nothing => true,
            Needs::Downloads => saves(options),
            Needs::ToAll => options.allow_toall,
        };
        self.params.iter().filter(|param| has(param.needs)).collect()
    }

    /// Returns the tool as clients get it.
    pub(crate) fn tool(&self, options: &Options, accounts: &[String]) -> Tool {
        let params = self.params(options);
        let schema = schema(params.iter().copied(), accounts, self.writes());
        Tool::new(self.name, self.about, Arc::new(schema))
            .with_title(self.title.of(options.language))
            .with_annotations(self.hints(saves(options)))
    }

    /// Returns whether it changes something at Chatwork.
    pub(crate) fn writes(&self) -> bool {
        self.effect != Effect::Read
    }

    /// Returns the tool that shows whether a write was done.
    pub(crate) fn look(&self) -> &'static str {
        match self.name {
            "post_room_message" | "upload_room_file" => "list_room_messages",
            "update_room_message" | "delete_room_message" => "get_room_message",
            "create_room_task" | "update_room_task_status" => "list_tasks",
            "change_room_members" => "list_room_members",
            "set_room_link" | "delete_room_link" => "get_room_link",
            "answer_incoming_request" => "list_incoming_requests",
            "update_room" | "set_read_state" => "get_room",
            _ => "list_rooms",
        }
    }

    /// Returns whether it writes what it reads from a file.
    pub(crate) fn reads_file(&self) -> bool {
        self.wants == Wants::Uploads
    }

    /// Returns the four hints. A post counts as destructive: a notification cannot be taken back.
    fn hints(&self, saves: bool) -> ToolAnnotations {
        let saves = saves && self.params.iter().any(|param| param.needs == Needs::Downloads);
        let (reads, destroys, is_idempotent) = match self.effect {
            Effect::Read => (!saves, false, !saves),
            Effect::Add => (false, true, false),
            Effect::Change => (false, true, true),
            Effect::Mark => (false, false, true),
            Effect::Delete => (false, true, true),
        };
        ToolAnnotations::new()
            .read_only(reads)
            .destructive(destroys)
            .idempotent(is_idempotent)
            .open_world(true)
    }

    pub(super) fn info(&self) -> ToolInfo {
        ToolInfo {
            name: self.name,
            title: self.title.of(Language::English),
            title_ja: self.title.of(Language::Japanese),
            description: self.about,
            toolset: self.toolset,
            is_destructive: self.effect == Effect::Delete,
            needs_archive: self.wants == Wants::Archive,
            needs_uploads: self.wants == Wants::Uploads,
            aliases: self.aliases,
            operations: self.operations,
        }
    }
}

/// Returns whether files can be saved: a server that only reads saves none.
pub(crate) fn saves(options: &Options) -> bool {
    options.download_dir.is_some() && !options.read_only
}
