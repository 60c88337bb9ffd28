//! Fetching files.

use chatwork_sdk::types::RoomFileDetails;
use chatwork_sdk::{Client, Download, Error, UnixTime};

use super::content::{PartFile, part_name};
use super::queue::{Details, Outcome, Wanted, admits, settle, want};
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
        let (details, fetched) = match handle.download().await {
            Ok(download) => {
                let details = details(download.file());
                let fetched = match download.size() > options.largest {
                    true => Some(Fetched::Not(Outcome::TooLarge)),
                    false => self.store(download, wanted, details.clone()).await?,
                };
                (Some(details), fetched)
            }
            Err(error) if error.is_unauthorized() => return Err(error.into()),
            Err(error) if error.is_not_found() => (None, Some(Fetched::Not(Outcome::Gone))),
            Err(error) => (None, Some(failed(error))),
        };
        let Some(fetched) = fetched else { return Ok(()) };
        let settle =
            self.blocking(move |archive| archive.settle(wanted, details.as_ref(), fetched));
        if let Some(outcome) = settle.await? {
            report.add(wanted, outcome);
        }
        Ok(())
    }

    /// Streams a file into the folder of files. `None` if it is not to be had any more.
    async fn store(
        &self,
        mut download: Download,
        wanted: Wanted,
        details: Details,
    ) -> Result<Option<Fetched>> {
        let begun = self.blocking(move |archive| archive.begin_file(wanted, &details)).await?;
        let Some(mut file) = begun else { return Ok(None) };
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
                Err(error) => return Ok(Some(failed(error))),
            }
        }
        let file = self.blocking(move |archive| {
            // Before the lock of the writer is taken: a large file takes a while.
            file.sync().map_err(ArchiveError::file(&archive.files_folder()))?;
            Ok(file)
        });
        Ok(Some(Fetched::File(file.await?)))
    }

    /// Begins to write a file. [`Archive::forget`] removes what is written of a file whose row is
    /// gone, under the same lock.
    fn begin_file(&self, wanted: Wanted, details: &Details) -> Result<Option<PartFile>> {
        let (folder, sql) = (self.files_folder(), ArchiveError::sqlite(self.path()));
        self.write(|transaction, _| {
            if !admits(transaction, wanted, Some(details)).map_err(&sql)? {
                return Ok(None);
            }
            let name = part_name(wanted.room.0, wanted.file.0);
            PartFile::create(&folder, &name).map(Some).map_err(ArchiveError::file(&folder))
        })
    }

    /// Gives a file its place, and writes its row, in one transaction. Returns `None` if the file was
    /// forgotten meanwhile; then nothing of it is left.
    fn settle(
        &self,
        wanted: Wanted,
        details: Option<&Details>,
        fetched: Fetched,
    ) -> Result<Option<Outcome>> {
        let (folder, sql) = (self.files_folder(), ArchiveError::sqlite(self.path()));
        self.write(|transaction, _| {
            if !admits(transaction, wanted, details).map_err(&sql)? {
                return Ok(None);
            }
            let outcome = match fetched {
                Fetched::File(file) => {
                    let kept = file.keep(&folder).map_err(ArchiveError::file(&folder))?;
                    Outcome::Stored { hash: kept.0 }
                }
                Fetched::Not(outcome) => outcome,
            };
            let now = UnixTime::now().0;
            settle(transaction, wanted, details, &outcome, now).map_err(&sql)?;
            Ok(Some(outcome))
        })
    }
}

impl FileReport {
    fn add(&mut self, wanted: Wanted, outcome: Outcome) {
        match outcome {
            Outcome::Stored { .. } => self.stored += 1,
            Outcome::TooLarge => self.too_large += 1,
            Outcome::Gone => self.gone += 1,
            Outcome::Failed { error } => {
                let (room_id, file_id, reason) = (wanted.room, wanted.file, error.to_string());
                self.failures.push(FileFailure { room_id, file_id, reason, error: *error });
            }
        }
    }
}

/// A file that was fetched and has no place yet, or what became of it.
enum Fetched {
    File(PartFile),
    Not(Outcome),
}

/// The errors of the SDK hold no name and no content.
fn failed(error: Error) -> Fetched {
    Fetched::Not(Outcome::Failed { error: Box::new(error) })
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
