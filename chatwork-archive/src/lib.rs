//! Keeps every message of Chatwork rooms in one SQLite file, and finds it again.
//!
//! The API shows the newest 100 messages of a room and nothing older. On the free plan, the service
//! hides what is older than 40 days. An archive goes on: it keeps what was edited or deleted, and says
//! which stretches of each room it has and what is lost.
//!
//! ```no_run
//! use chatwork_archive::{Archive, Search, SyncOptions};
//!
//! # async fn example(chatwork: chatwork_sdk::Client) -> chatwork_archive::Result<()> {
//! let me = chatwork.me().await?.account_id;
//! let archive = Archive::open_or_create("me.chatwork", me)?;
//! archive.sync(&chatwork, &SyncOptions::new()).await?;
//!
//! let reader = archive.reader()?;
//! for hit in reader.search(&Search::new("会議 from:me"))?.hits {
//!     println!("{} {}: {}", hit.room, hit.sender, hit.snippet.marked("[", "]"));
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # What is where
//!
//! | to | use |
//! |---|---|
//! | bring an archive up to date, once | [`Archive::sync`] |
//! | keep it up to date while a program runs | [`Archive::follow`], [`Archive::watch`], [`Archive::watch_store`] |
//! | fetch files | [`Archive::fetch_files`] |
//! | search | [`Reader::search`] |
//! | read a message, its context, its earlier texts | [`Reader::message`], [`Reader::context`], [`Reader::revisions`] |
//! | follow replies; find mentions without an answer | [`Reader::reply_chain`], [`Reader::unanswered_mentions`] |
//! | see how far back rooms go and what is lost | [`Reader::status`] |
//! | export | [`Reader::export_jsonl`], [`Reader::export_csv`], [`Reader::export_markdown`], [`Reader::export_html`] |
//! | import | [`Archive::import_jsonl`] |
//! | check, mend and copy | [`Reader::verify`], [`Archive::reindex`], [`Archive::refetch`], [`Reader::backup`] |
//! | remove for good | [`Archive::forget`], [`Archive::keep_days`], [`Reader::would_forget`] |
//! | stop what takes long | [`Reader::stopping`] |
//!
//! An [`Archive`] writes, and only one of a file exists at a time. A [`Reader`] reads; any number may
//! be open in any processes, and none of them waits for the writer. Both block the thread, except for
//! the `async` functions, which use tokio's threads for blocking work.
//!
//! # What is kept
//!
//! - **Texts** as they came, and as people read them, with names in place of ids.
//! - **Edits and deletions.** The text before each of them is a revision. Several edits between two
//!   looks are one.
//! - **Vanished messages.** A message that is gone from among those around it stays, and is marked. It
//!   is not called deleted, since the API says no reason. A message that cannot be read never counts as
//!   vanished.
//! - **Spans**: stretches that are proven complete. A look that meets a span extends it. Fewer than 100
//!   messages without the plan's notice prove the beginning of a room.
//! - **Gaps**: what is lost, why, and how many messages, as far as the room's counts tell. If the plan
//!   hides all that came since the last look, or the newest message cannot be read, nothing is known
//!   behind the gap yet.
//! - **Rooms that were left** stay readable.
//!
//! Messages are ordered by time, and within a second as the API lists them. `SCHEMA.md` describes the
//! tables and views, for other tools that open the file. SQLite before 3.43 reads all of them but the
//! search index.
//!
//! # Searching
//!
//! A search finds what a scan of all texts would find, from one character on, in any script. Width,
//! case and kana are folded (NFKC, lower case, katakana as hiragana), and nothing else: `トークン` finds
//! `ﾄｰｸﾝ`, `é` does not find `e`.
//!
//! | in a search | finds messages |
//! |---|---|
//! | `会議 資料` | with both words, anywhere in the text |
//! | `"release notes"` | with this phrase; any white space matches any other |
//! | `-下書き`, `-"in review"` | without it |
//! | `会議 OR 打合せ 資料` | with one of the first two, and the third: `OR` binds closer than a space |
//! | `from:me`, `from:1484814`, `from:山田` | of this account, or of those with this in their name |
//! | `in:93207172`, `in:営業` | in this room, or in those with this in their name |
//! | `after:2026-04-01` | sent on that day or later; `2026-04` and `2026` are allowed, too |
//! | `before:2026-04` | sent before that month begins |
//!
//! `-from:` and `-in:` leave out. Names with spaces are quoted: `from:"山田 花子"`. A quote begins a
//! phrase only at the beginning of a word; in a phrase it is written twice: `"say ""yes"""`. Behind a
//! phrase stands a space. `OR` is in capitals. To search for one of these words, quote
//! it: `"OR"`, `"from:me"`. Any other character stands for itself, so `C++`, `(株)` and `#123` need no
//! quotes. A search that cannot be understood is a [`QueryError`] with its place.
//!
//! # How often to run it
//!
//! At least once for every 100 messages of the busiest room, and every 40 days on the free plan.
//! [`RoomStatus::danger`] says when messages may be lost. The README has recipes for systemd, launchd
//! and the Windows scheduler. [`Archive::follow`] needs none.
//!
//! # What goes wrong in practice
//!
//! - **The first look shows 100 messages of a room.** Older ones are not in the API. The gap says how
//!   many they are.
//! - **An edit or a deletion is missing.** It is seen only while the message is among the newest 100 of
//!   its room. It is not documented whether the service counts it as an update of the room. If not, it
//!   is seen with the next message.
//! - **`[deleted]` is a text that people can type.** Assumed, as the SDK's watch does: a deletion sets
//!   `update_time`. So a message with this text and an `update_time` of 0 was typed.
//! - **A gap of unknown length.** The number of missing messages comes from `message_num`, which is
//!   assumed to count each message, deleted ones as well.
//! - **A search by rank is answered newest first.** More than 20,000 texts match, and a word that is
//!   everywhere ranks no text above another. Add a word.
//! - **Two programs with one archive.** The second one gets [`ArchiveError::Locked`] with the process
//!   of the first. Readers are not concerned.
//! - **The archive in a folder that is synchronised**, such as OneDrive, or on a network drive:
//!   [`Archive::placement`] returns a warning.
//! - **Texts of colleagues are personal data.** The file can be read by its owner only.
//!   [`SyncOptions::except`] leaves out rooms, [`Archive::keep_days`] keeps no more than is needed, and
//!   [`Archive::forget`] removes for good. Copies elsewhere are not removed: backups, exports, and what
//!   others quoted in messages of their own.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod care;
mod conversation;
mod coverage;
#[cfg(test)]
mod disk_full;
mod error;
mod export;
mod files;
mod follow;
mod keep;
mod mentions;
mod query;
mod rooms;
mod search;
mod status;
mod store;
mod sync;
mod text;

pub use care::{Forget, ForgetPreview, ForgetReport, Problem, VerifyReport};
pub use conversation::{ArchivedMessage, ReplyChain, Revision};
pub use coverage::{Coverage, SeenRoom};
pub use error::{ArchiveError, Result};
pub use export::ExportOptions;
pub use files::{FetchOptions, FileFailure, FilePolicy, FileReport};
pub use follow::ArchiveStore;
pub use keep::Changes;
pub use query::{QueryError, QueryFault, UtcOffset};
pub use rooms::ArchivedRoom;
pub use search::{Cursor, Hit, HitText, MessageStatus, Page, Search, SearchOrder};
pub use status::{ArchiveStatus, Danger, LossReason, LostMessages, RoomStatus};
pub use store::{APPLICATION_ID, Archive, Placement, Reader};
pub use sync::{RoomFailure, SyncOptions, SyncReport};
pub use text::Snippet;

pub use chatwork_sdk::{AccountId, FileId, MessageId, RoomId, UnixTime};

/// Compiles the example of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
