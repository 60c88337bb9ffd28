//! Fetching files.

use chatwork_sdk::types::RoomFileDetails;
use chatwork_sdk::{Client, Download, Error, UnixTime};

use super::content::PartFile;
use super::queue::{Details, Outcome, Wanted, settle, want};
use super::{FetchOptions, FileFailure};
use crate::error::{ArchiveError, Result};
use crate::store::Archive;

/// What [`Archive::fetch_files`] did.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct FileReport {
    /// How many files were stored.
    pub stored: u64,
    /// How many are larger than allowed.
    pub too_large: u64,
    /// How many are gone: the API says that there is no such file.
    pub gone: u64,
    /// What could not be had, and is tried again by a later call.
    pub failures: Vec<FileFailure>,
}

impl Archive {
    /// Fetches files, the newest first: those of the lists of files that
    /// [`SyncOptions::files`](crate::SyncOptions::files) keeps, and those that `[download:ID]` tags
    /// of messages name.
    ///
    /// A file is streamed into the folder of files, hashed, and moved to its place when it is
    /// complete. The same content is stored once. A file that could not be had is tried again by a
    /// later call: after a minute, and after twice as long each time, up to three days.
    ///
    /// # Errors
    ///
    /// - [`ArchiveError::DiskFull`] or another error of the archive's own folder.
    /// - [`ArchiveError::Api`] if the token is refused.
    ///
    /// ```no_run
    /// use chatwork_archive::{Archive, FetchOptions, FilePolicy};
    ///
    /// # async fn example(
    /// #     archive: Archive,
    /// #     chatwork: chatwork_sdk::Client,
    /// # ) -> chatwork_archive::Result<()> {
    /// let options = FetchOptions::new(FilePolicy::New).largest(5_000_000);
    /// let report = archive.fetch_files(&chatwork, &options).await?;
    /// println!("{} files", report.stored);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn fetch_files(&self, client: &Client, options: &FetchOptions) -> Result<FileReport> {
        let (copy, now) = (*options, UnixTime::now().0);
        let wanted = self
            .blocking(move |archive| {
                let sql = ArchiveError::sqlite(archive.path());
                archive.write(|transaction, _| want(transaction, &copy, now).map_err(&sql))
            })
            .await?;
        let mut report = FileReport::default();
        for file in wanted {
            self.fetch(client, options, file, &mut report).await?;
        }
        Ok(report)
    }

    async fn fetch(
        &self,
        client: &Client,
        options: &FetchOptions,
        wanted: Wanted,
        report: &mut FileReport,
    ) -> Result<()> {
        let handle = client.room(wanted.room).file(wanted.file);
        let (details, outcome) = match handle.download().await {
            Ok(download) => {
                let details = details(download.file());
                let outcome = match download.size() > options.largest {
                    true => Outcome::TooLarge,
                    false => self.store(download, wanted).await?,
                };
                (Some(details), outcome)
            }
            Err(error) if error.is_unauthorized() => return Err(error.into()),
            Err(error) if error.is_not_found() => (None, Outcome::Gone),
            Err(error) => (None, failed(&error)),
        };
        match &outcome {
            Outcome::Stored { .. } => report.stored += 1,
            Outcome::TooLarge => report.too_large += 1,
            Outcome::Gone => report.gone += 1,
            Outcome::Failed { reason } => {
                let (room_id, file_id, reason) = (wanted.room, wanted.file, reason.clone());
                report.failures.push(FileFailure { room_id, file_id, reason });
            }
        }
        let now = UnixTime::now().0;
        self.blocking(move |archive| {
            let sql = ArchiveError::sqlite(archive.path());
            archive.write(|transaction, _| {
                settle(transaction, wanted, details.as_ref(), &outcome, now).map_err(&sql)
            })
        })
        .await
    }

    /// Streams a file into the folder of files.
    async fn store(&self, mut download: Download, wanted: Wanted) -> Result<Outcome> {
        let folder = self.files_folder();
        let failed_at = |error| ArchiveError::file(&folder)(error);
        let name = format!("{}-{}", wanted.room, wanted.file);
        let mut file = PartFile::create(&folder, &name).map_err(failed_at)?;
        loop {
            match download.chunk().await {
                Ok(Some(chunk)) => {
                    file = self
                        .blocking(move |archive| {
                            let folder = archive.files_folder();
                            file.write(&chunk).map_err(ArchiveError::file(&folder))?;
                            Ok(file)
                        })
                        .await?;
                }
                Ok(None) => break,
                Err(error) => return Ok(failed(&error)),
            }
        }
        let kept = self.blocking(move |archive| {
            let folder = archive.files_folder();
            file.keep(&folder).map_err(ArchiveError::file(&folder))
        });
        let (hash, _) = kept.await?;
        Ok(Outcome::Stored { hash })
    }
}

/// The errors of the SDK hold no name and no content.
fn failed(error: &Error) -> Outcome {
    Outcome::Failed { reason: error.to_string() }
}

fn details(file: &RoomFileDetails) -> Details {
    Details {
        name: file.filename.clone(),
        size: file.filesize,
        upload_time: file.upload_time.0,
        message: file.message_id.0.clone(),
        account: file.account.account_id.0,
    }
}
