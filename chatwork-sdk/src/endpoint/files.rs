//! The files of a room.

use super::prelude::*;
use super::rooms::RoomHandle;
use crate::download::DownloadRequest;
use crate::upload::Upload;
use chatwork_api::reqwest::header::HeaderMap;

impl RoomHandle {
    /// Lists the files of the room. Returns a [`List`] of at most 100
    /// [`RoomFile`](crate::types::RoomFile)s.
    ///
    /// Calls `GET /rooms/{room_id}/files`
    /// ([reference](https://developer.chatwork.com/reference/get-rooms-room_id-files)).
    ///
    /// # Errors
    ///
    /// 403 if you are not in the room, or the room does not exist.
    ///
    /// ```no_run
    /// # async fn example(room: chatwork_sdk::RoomHandle) -> Result<(), chatwork_sdk::Error> {
    /// # let anna = chatwork_sdk::AccountId(1);
    /// for file in room.files().uploaded_by(anna).await? {
    ///     println!("{} ({} bytes)", file.filename, file.filesize);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias = "get_files")]
    #[doc(alias = "list_files")]
    #[doc(alias = "list_room_files")]
    pub fn files(&self) -> Request<ListRoomFiles> {
        Request::new(&self.client, ListRoomFiles { room: self.id, uploaded_by: None })
    }

    /// Uploads a file of at most 5 MB (5 × 1024 × 1024 bytes). Returns its [`FileId`].
    ///
    /// Calls `POST /rooms/{room_id}/files`
    /// ([reference](https://developer.chatwork.com/reference/post-rooms-room_id-files)).
    ///
    /// # Errors
    ///
    /// - [`Error::Input`](crate::Error::Input) before sending, if the file is known to be too large
    ///   or the message does not have 1 to 65535 characters.
    /// - [`Error::File`](crate::Error::File) if the file cannot be read.
    /// - 403 if you are not in the room or may only read.
    ///
    /// ```no_run
    /// # async fn example(room: chatwork_sdk::RoomHandle) -> Result<(), chatwork_sdk::Error> {
    /// use chatwork_sdk::Upload;
    ///
    /// let id = room.upload(Upload::path("report.pdf")).message("as promised").await?;
    /// room.upload(Upload::bytes("日本語.txt", "こんにちは")).await?;
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias = "upload_file")]
    #[doc(alias = "upload_room_file")]
    #[doc(alias = "post_file")]
    #[doc(alias = "send_file")]
    pub fn upload(&self, upload: Upload) -> Request<UploadRoomFile> {
        Request::new(&self.client, UploadRoomFile { room: self.id, upload, message: None })
    }

    /// Returns a handle to one file. Sends no request.
    pub fn file(&self, id: FileId) -> FileHandle {
        FileHandle { room: self.clone(), id }
    }
}

/// A handle to one file, made by [`RoomHandle::file`].
#[derive(Clone, Debug)]
pub struct FileHandle {
    room: RoomHandle,
    id: FileId,
}

impl FileHandle {
    /// Gets name, size and uploader of the file. Returns
    /// [`RoomFileDetails`](crate::types::RoomFileDetails).
    ///
    /// Calls `GET /rooms/{room_id}/files/{file_id}`
    /// ([reference](https://developer.chatwork.com/reference/get-rooms-room_id-files-file_id)).
    ///
    /// # Errors
    ///
    /// 404 if there is no such file.
    #[doc(alias = "get_file")]
    #[doc(alias = "get_room_file")]
    pub fn get(&self) -> Request<GetRoomFile> {
        self.request(false)
    }

    /// Downloads the file as a stream. Returns a [`Download`](crate::Download).
    ///
    /// The request asks for an address, which is valid for 30 seconds, and starts to read from it at
    /// once. If the address has expired all the same, it asks once more. If the host of the file
    /// fails before the file begins, it retries as the [retry policy](crate::RetryPolicy) says. No
    /// token is sent to that host.
    ///
    /// Calls `GET /rooms/{room_id}/files/{file_id}` with `create_download_url=1`
    /// ([reference](https://developer.chatwork.com/reference/get-rooms-room_id-files-file_id)).
    ///
    /// # Errors
    ///
    /// 404 if there is no such file. [`Error::Network`](crate::Error::Network) if the download
    /// fails.
    ///
    /// ```no_run
    /// # async fn example(
    /// #     room: chatwork_sdk::RoomHandle,
    /// #     file: chatwork_sdk::FileId,
    /// # ) -> Result<(), chatwork_sdk::Error> {
    /// let mut download = room.file(file).download().await?;
    /// println!("{} has {} bytes", download.file_name(), download.size());
    /// while let Some(chunk) = download.chunk().await? {
    ///     println!("{} bytes more", chunk.len());
    /// }
    /// room.file(file).download().await?.save_to("copy.pdf").await?;
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias = "download_file")]
    #[doc(alias = "create_download_url")]
    pub fn download(&self) -> DownloadRequest {
        DownloadRequest::new(self.clone())
    }

    pub(crate) fn request(&self, create_download_url: bool) -> Request<GetRoomFile> {
        let endpoint = GetRoomFile { room: self.room.id, id: self.id, create_download_url };
        Request::new(&self.room.client, endpoint)
    }

    pub(crate) fn client(&self) -> &Client {
        &self.room.client
    }
}

/// `GET /rooms/{room_id}/files`: the request of [`RoomHandle::files`].
///
/// Returns a [`List`] of [`RoomFile`](crate::types::RoomFile)s. Options:
/// [`uploaded_by`](Request#impl-Request%3CListRoomFiles%3E), and those of every [`Request`].
pub struct ListRoomFiles {
    room: RoomId,
    uploaded_by: Option<AccountId>,
}

impl Request<ListRoomFiles> {
    /// Lists only files that this account uploaded.
    pub fn uploaded_by(mut self, account: AccountId) -> Self {
        self.endpoint.uploaded_by = Some(account);
        self
    }
}

impl Endpoint for ListRoomFiles {
    type Reply = List<RoomFile>;
    type Output = List<RoomFile>;
    const OPERATION: &'static Operation = &operations::LIST_ROOM_FILES;

    async fn send(&self, api: &Api) -> Sent<Self::Reply> {
        let mut options = ListRoomFilesOptions::new();
        options.account_id = self.uploaded_by;
        list::read(Self::OPERATION, api.list_room_files_with(self.room, &options).await)
    }

    fn output(files: Self::Reply, _: &HeaderMap) -> Self::Output {
        files
    }
}

/// `POST /rooms/{room_id}/files`: the request of [`RoomHandle::upload`].
///
/// Returns the [`FileId`]. Options: [`message`](Request#impl-Request%3CUploadRoomFile%3E), and those
/// of every [`Request`].
pub struct UploadRoomFile {
    room: RoomId,
    upload: Upload,
    message: Option<String>,
}

impl Request<UploadRoomFile> {
    /// Posts a message of 1 to 65535 characters with the file.
    pub fn message(mut self, message: impl Into<String>) -> Self {
        self.endpoint.message = Some(message.into());
        self
    }
}

impl Endpoint for UploadRoomFile {
    type Reply = FileRef;
    type Output = FileId;
    const OPERATION: &'static Operation = &operations::UPLOAD_ROOM_FILE;

    fn validate(&self) -> Result<()> {
        use limits::upload_room_file::{MESSAGE_MAX_LENGTH, MESSAGE_MIN_LENGTH};
        if let Some(message) = &self.message {
            validate::length("message", message, MESSAGE_MIN_LENGTH, MESSAGE_MAX_LENGTH)?;
        }
        self.upload.check()
    }

    fn is_repeatable(&self) -> bool {
        self.upload.is_repeatable()
    }

    async fn send(&self, api: &Api) -> Sent<Self::Reply> {
        let file = self.upload.part().await.map_err(SendError::Local)?;
        let mut body = UploadRoomFileBody::new(file);
        body.message = self.message.clone();
        let sent = api.upload_room_file(self.room, body).await;
        match (sent, self.upload.take_fault()) {
            (Err(chatwork_api::Error::Transport(_)), Some(error)) => {
                Err(SendError::Local(error.into()))
            }
            (sent, _) => Ok(sent?),
        }
    }

    fn output(file: FileRef, _: &HeaderMap) -> FileId {
        file.file_id
    }
}

/// `GET /rooms/{room_id}/files/{file_id}`: the request of [`FileHandle::get`].
///
/// Returns [`RoomFileDetails`](crate::types::RoomFileDetails). Options: those of every [`Request`].
pub struct GetRoomFile {
    room: RoomId,
    id: FileId,
    create_download_url: bool,
}

impl Endpoint for GetRoomFile {
    type Reply = RoomFileDetails;
    type Output = RoomFileDetails;
    const OPERATION: &'static Operation = &operations::GET_ROOM_FILE;

    async fn send(&self, api: &Api) -> Sent<Self::Reply> {
        let mut options = GetRoomFileOptions::new();
        options.create_download_url = self.create_download_url.then(|| true.into());
        Ok(api.get_room_file_with(self.room, self.id, &options).await?)
    }

    fn output(file: RoomFileDetails, _: &HeaderMap) -> RoomFileDetails {
        file
    }
}
