//! A file that can be downloaded.

use bytes::Bytes;
use chatwork_sdk::{Download, Error};
use serde_json::json;

use super::{Answer, FILE, Reply, Server, room};

/// An API that knows of a file, and the host that has it.
pub(crate) struct Hosted {
    pub(crate) api: Server,
    pub(crate) host: Server,
}

impl Hosted {
    /// A file of this name and size, and what its host answers to one request after the other.
    pub(crate) async fn new(
        name: &str,
        size: usize,
        answers: impl IntoIterator<Item = Answer>,
    ) -> Self {
        let host = Server::script(answers).await;
        let mut body = tests::spec::success("getRoomFile").body.cloned().expect("an example");
        body["filename"] = json!(name);
        body["filesize"] = json!(size);
        body["download_url"] = json!(host.url("127.0.0.1", "/file?signature=abc"));
        Self { api: Server::always(Reply::json(200, &body)).await, host }
    }

    /// A file whose host gives it whole.
    pub(crate) async fn whole(name: &str, content: &Bytes) -> Self {
        Self::new(name, content.len(), [Reply::new(200, content.clone()).into()]).await
    }

    /// A file whose host gives half of it.
    pub(crate) async fn half(name: &str, content: &Bytes) -> Self {
        Self::new(name, content.len(), [Answer::Cut(Reply::new(200, content.clone()))]).await
    }

    /// Begins to download it.
    pub(crate) async fn download(&self) -> Result<Download, Error> {
        room(&self.api.client()).file(FILE).download().await
    }
}
