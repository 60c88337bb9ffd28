//! The input of the handler of an operation.

use std::cell::Cell;

use chatwork_api::types::{FileId, RequestId, RoomId, TaskId};

use super::app::App;
use super::form::Form;
use super::incoming::{FORM, MULTIPART};
use super::limits::Limits;
use super::params::{id, is_message_id};
use super::route::Route;
use super::upload::Upload;
use crate::state::{Actor, MessageNumber, Refusal, State, texts};

/// The body of a request.
#[derive(Clone, Debug)]
pub(super) enum Payload {
    Form(Form),
    Multipart(Upload),
    /// A body of another content type, which is named. Only operations with a body refuse it.
    OtherType(String),
    /// A body that cannot be read. Only operations with a body refuse it.
    Unreadable(Refusal),
}

/// One request of an account to an operation.
pub(super) struct Call<'a> {
    pub(super) app: &'a App,
    pub(super) state: &'a mut State,
    pub(super) limits: &'a mut Limits,
    pub(super) actor: Actor,
    pub(super) now_millis: i64,
    pub(super) route: &'a Route,
    /// The query. Only GET reads it: the service ignores it on POST and PUT since 2025.
    pub(super) query: &'a Form,
    pub(super) payload: &'a Payload,
    /// Whether the handler has read the body.
    pub(super) body_read: Cell<bool>,
    pub(super) notes: &'a mut Vec<String>,
}

/// Why an operation refuses.
#[derive(Clone, Debug)]
pub(super) enum Rejection {
    Refused(Refusal),
    /// The room's limit: 429.
    RoomLimit,
    /// The document has the operation, and the sandbox has no handler for it: 501.
    NoHandler(&'static str),
}

impl From<Refusal> for Rejection {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl<'a> Call<'a> {
    pub(super) fn room(&self) -> Result<RoomId, Refusal> {
        self.id("room_id").map(RoomId)
    }

    pub(super) fn task(&self) -> Result<TaskId, Refusal> {
        self.id("task_id").map(TaskId)
    }

    pub(super) fn file(&self) -> Result<FileId, Refusal> {
        self.id("file_id").map(FileId)
    }

    pub(super) fn request(&self) -> Result<RequestId, Refusal> {
        self.id("request_id").map(RequestId)
    }

    /// The message number; `None` for an id that a sandbox never creates.
    pub(super) fn message(&self) -> Result<Option<MessageNumber>, Refusal> {
        let text = self.segment("message_id");
        match is_message_id(text) {
            true => Ok(MessageNumber::parse(text)),
            false => Err(Refusal::invalid(texts::ENDPOINT)),
        }
    }

    fn id(&self, name: &str) -> Result<i64, Refusal> {
        id(self.segment(name)).ok_or(Refusal::invalid(texts::ENDPOINT))
    }

    fn segment(&self, name: &str) -> &'a str {
        let named = self.route.parameters.iter().find(|(known, _)| *known == name);
        named.map_or("", |(_, value)| value)
    }

    /// The form of the body; an empty form without a body.
    pub(super) fn form(&self) -> Result<&'a Form, Refusal> {
        self.body_read.set(true);
        match self.payload {
            Payload::Form(form) => Ok(form),
            Payload::Multipart(_) => Err(wrong_type(MULTIPART, FORM)),
            Payload::OtherType(given) => Err(wrong_type(given, FORM)),
            Payload::Unreadable(refusal) => Err(refusal.clone()),
        }
    }

    /// The parts of an upload.
    pub(super) fn upload(&self) -> Result<&'a Upload, Refusal> {
        self.body_read.set(true);
        match self.payload {
            Payload::Multipart(upload) => Ok(upload),
            Payload::Form(_) => {
                Err(Refusal::invalid("Parameter 'file' is required, as multipart/form-data"))
            }
            Payload::OtherType(given) => Err(wrong_type(given, MULTIPART)),
            Payload::Unreadable(refusal) => Err(refusal.clone()),
        }
    }

    /// Refuses a post to a room whose limit is exhausted. [`Call::count_post`] counts a post that
    /// succeeded.
    pub(super) fn check_posting(&mut self, room: RoomId) -> Result<(), Rejection> {
        match self.limits.may_post(room, self.now_millis) {
            true => Ok(()),
            false => Err(Rejection::RoomLimit),
        }
    }

    pub(super) fn count_post(&mut self, room: RoomId) {
        self.limits.posted(room, self.now_millis);
    }
}

fn wrong_type(given: &str, expected: &str) -> Refusal {
    Refusal::invalid(format!("The Content-Type of the body is {given}: expected {expected}"))
}
