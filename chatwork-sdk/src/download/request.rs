//! The request of a download: gets an address, which is valid for 30 seconds, and opens it.

use std::future::IntoFuture;
use std::time::Duration;

use chatwork_api::reqwest::{Response, StatusCode};
use chatwork_api::types::RoomFileDetails;
use chatwork_api::{ClientInfo, Operation, operations};
use tokio::time::{sleep, timeout};
use tracing::debug;

use super::{Download, failed};
use crate::client::http::ProxyUse;
use crate::endpoint::FileHandle;
use crate::error::{NetworkError, NetworkFault, Result};
use crate::meta::Meta;
use crate::progress::Progress;
use crate::request::BoxFuture;
use crate::retry::{Failure, RetryState};

/// The requests of [`FileHandle::download`].
///
/// Returns a [`Download`]: gets the address of the file, and starts to read from it.
#[derive(Debug)]
#[must_use = "a request does nothing until it is awaited"]
pub struct DownloadRequest {
    file: FileHandle,
    progress: Progress,
    timeout: Option<Duration>,
}

impl DownloadRequest {
    pub(crate) fn new(file: FileHandle) -> Self {
        Self { file, progress: Progress::default(), timeout: None }
    }

    /// Sets a function that is called while the file is read, with the number of bytes so far and
    /// the total.
    pub fn on_progress(mut self, call: impl Fn(u64, Option<u64>) + Send + Sync + 'static) -> Self {
        self.progress = Progress::new(call);
        self
    }

    /// Sets the time limit of each attempt to get the address. The same limit holds for the first
    /// byte of the file, and for each chunk after it.
    pub fn timeout(self, timeout: Duration) -> Self {
        Self { timeout: Some(timeout), ..self }
    }

    /// Sends the requests, as `.await` does. The future can be spawned and joined.
    pub fn send(self) -> BoxFuture<Result<Download>> {
        Box::pin(async move { Ok(self.with_meta().await?.0) })
    }

    /// Sends the requests. Returns the [`Meta`] of the reply that held the address, too.
    ///
    /// # Errors
    ///
    /// As [`FileHandle::download`].
    pub async fn with_meta(self) -> Result<(Download, Meta)> {
        let mut retries = RetryState::new(&self.file.client().shared().retry);
        let mut is_second_address = false;
        loop {
            let request = self.file.request(true).within(self.timeout);
            let (file, meta) = request.with_meta().await?;
            let error = match self.open(&file).await {
                Ok(response) => {
                    let download = self.begin(file, response);
                    return Ok((download, meta));
                }
                Err(error) => error,
            };
            // No page says how the file's host answers to an address that has expired.
            let may_be_expired = error.status().is_some_and(|status| status.is_client_error());
            if may_be_expired && !is_second_address {
                is_second_address = true;
                continue;
            }
            let Some(wait) = retries.next(classify(&error), true) else {
                return Err(failed(error, &file, self.proxy_use()));
            };
            debug!(wait_ms = wait.as_millis(), "asking for the file again");
            sleep(wait).await;
        }
    }

    /// Opens the address. The HTTP client itself sends this request, so it carries no token.
    async fn open(&self, file: &RoomFileDetails) -> std::result::Result<Response, NetworkError> {
        const OPERATION: &Operation = &operations::GET_ROOM_FILE;
        let Some(url) = &file.download_url else {
            return Err(NetworkError::seen(OPERATION, NetworkFault::NoAddress));
        };
        let http = self.file.client().shared().api.client();
        let response = timeout(self.limit(), http.get(url).send()).await;
        let response =
            response.map_err(|_| NetworkError::seen(OPERATION, NetworkFault::Timeout))?;
        let response = response.map_err(|error| NetworkError::transport(OPERATION, error))?;
        match response.status() {
            StatusCode::OK => Ok(response),
            status => Err(NetworkError::file_host(OPERATION, status)),
        }
    }

    fn begin(self, file: RoomFileDetails, response: Response) -> Download {
        let (limit, proxy_use) = (self.limit(), self.proxy_use());
        Download::new(file, response, limit, proxy_use, self.progress)
    }

    fn proxy_use(&self) -> ProxyUse {
        self.file.client().shared().proxy_use
    }

    /// The longest wait for the reply, and for each chunk of it.
    fn limit(&self) -> Duration {
        self.timeout.or(self.file.client().shared().timeout).unwrap_or(Duration::MAX)
    }
}

/// Returns whether a failure of the file's host may be retried.
fn classify(error: &NetworkError) -> Failure {
    match (error.fault(), error.status()) {
        (NetworkFault::FileHost, Some(status)) if !status.is_server_error() => Failure::Permanent,
        (NetworkFault::NoAddress, _) => Failure::Permanent,
        _ => Failure::Transient { retry_after: None },
    }
}

impl IntoFuture for DownloadRequest {
    type Output = Result<Download>;
    type IntoFuture = BoxFuture<Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        self.send()
    }
}
