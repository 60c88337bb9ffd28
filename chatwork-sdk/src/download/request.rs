//! Asking for a file: an address that lives for 30 seconds, and the beginning of what is there.

use std::future::IntoFuture;
use std::time::Duration;

use chatwork_api::reqwest::{Response, StatusCode};
use chatwork_api::types::RoomFileDetails;
use chatwork_api::{ClientInfo, Operation, operations};
use tokio::time::{sleep, timeout};
use tracing::debug;

use super::{Download, failed};
use crate::endpoint::FileHandle;
use crate::error::{NetworkError, NetworkFault, Result};
use crate::progress::Progress;
use crate::request::BoxFuture;
use crate::retry::{Failure, RetryState};

/// A download that has not begun yet. Awaited, it asks for the address and begins to read.
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

    /// A function that is called while the file is read, with the bytes read so far and the total.
    pub fn on_progress(mut self, call: impl Fn(u64, Option<u64>) + Send + Sync + 'static) -> Self {
        self.progress = Progress::new(call);
        self
    }

    /// The most time that one try of the call may take, and then the longest wait for the file to
    /// begin, and for each piece of it.
    pub fn timeout(self, timeout: Duration) -> Self {
        Self { timeout: Some(timeout), ..self }
    }

    async fn run(self) -> Result<Download> {
        let mut tries = RetryState::new(self.file.client().shared().retry);
        let mut asked_again = false;
        loop {
            let file = self.file.request(true).within(self.timeout).await?;
            let error = match self.open(&file).await {
                Ok(response) => {
                    return Ok(Download::new(file, response, self.limit(), self.progress));
                }
                Err(error) => error,
            };
            // What the file's host says of an address that has expired is not documented.
            if error.status().is_some_and(|status| status.is_client_error()) && !asked_again {
                asked_again = true;
                continue;
            }
            let Some(wait) = tries.next(classify(&error), true) else { return Err(failed(error)) };
            debug!(wait_ms = wait.as_millis(), "asking for the file again");
            sleep(wait).await;
        }
    }

    /// Reads from the address. The request is made by the HTTP client itself, which knows no token.
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

    /// The most time to wait for the reply, and for each piece of it.
    fn limit(&self) -> Duration {
        self.timeout.or(self.file.client().shared().timeout).unwrap_or(Duration::MAX)
    }
}

/// How the file's host failed, as far as retries care.
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
        Box::pin(self.run())
    }
}
