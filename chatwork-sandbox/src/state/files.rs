//! Files: reading and uploading.

use bytes::Bytes;
use chatwork_api::types::{AccountId, FileId, RoomId};

use super::file::StoredFile;
use super::post::Draft;
use super::refusal::texts;
use super::status::MOST;
use super::{Actor, Refusal, Role, State, notation};

/// The longest name of a file, in characters; the service's own limit is not known.
pub(crate) const NAME_MAX_LENGTH: usize = 255;

/// A file to be uploaded.
#[derive(Clone, Debug)]
pub(crate) struct NewFile {
    pub(crate) name: String,
    pub(crate) bytes: Bytes,
    pub(crate) message: Option<String>,
}

impl State {
    /// The files of a room, the newest first, at most 100.
    pub(crate) fn list_files(
        &self,
        actor: Actor,
        room_id: RoomId,
        by: Option<AccountId>,
    ) -> Result<Vec<&StoredFile>, Refusal> {
        let room = self.entered(room_id, actor.account, texts::FILES_GET)?;
        let files = room.files.values().rev();
        let wanted = files.filter(|file| by.is_none_or(|account| file.account == account));
        Ok(wanted.take(MOST).collect())
    }

    /// One file.
    pub(crate) fn get_file(
        &self,
        actor: Actor,
        room_id: RoomId,
        id: FileId,
    ) -> Result<&StoredFile, Refusal> {
        let room = self.entered(room_id, actor.account, texts::FILES_GET)?;
        room.files.get(&id).ok_or(Refusal::not_found(texts::FILE_NOT_FOUND))
    }

    /// Whether the account may upload to the room.
    pub(crate) fn may_upload(&self, actor: Actor, room_id: RoomId) -> Result<(), Refusal> {
        let room = self.entered(room_id, actor.account, texts::FILES_UPLOAD)?;
        match room.role(actor.account).is_some_and(Role::may_write) {
            true => Ok(()),
            false => Err(Refusal::forbidden(texts::FILES_UPLOAD)),
        }
    }

    /// Uploads a file, with the message that the system writes for it.
    pub(crate) fn upload(
        &mut self,
        actor: Actor,
        room_id: RoomId,
        new: NewFile,
    ) -> Result<FileId, Refusal> {
        self.may_upload(actor, room_id)?;
        let id = FileId(self.ids.file());
        self.store(actor, room_id, id, new);
        Ok(id)
    }

    pub(super) fn store(&mut self, actor: Actor, room_id: RoomId, id: FileId, new: NewFile) {
        let text = new.message.as_deref();
        let body = notation::file_uploaded(id, &new.name, new.bytes.len(), text);
        let Some(message) = self.post(room_id, Draft::system(actor, body)) else {
            return;
        };
        let file = StoredFile {
            id,
            account: actor.account,
            message,
            name: new.name,
            bytes: new.bytes,
            uploaded: actor.at,
        };
        if let Some(room) = self.room_mut(room_id) {
            room.files.insert(id, file);
        }
    }
}
