//! One call of a tool, and what its handler needs.

use std::sync::Arc;
use std::time::Duration;

use chatwork_app::{MessageRef, Nearest, PersonRef, RoomRef, When, find_people, find_room};
use chatwork_sdk::types::Me;
use chatwork_sdk::{AccountId, Client, RoomHandle, RoomId, UnixTime};
use rmcp::RoleServer;
use rmcp::model::{ProgressNotificationParam, ProgressToken};
use rmcp::service::Peer;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout};

use crate::arguments::Arguments;
use crate::fault::{Fault, Stop};
use crate::fence::consent::{About, Agreed, Asker};
use crate::fence::subject::Found;
use crate::options::Language;
use crate::output::{Form, Style};
use crate::repeat::{Key, Twice, key};
use crate::shared::{AccountState, Shared};
use crate::tools::Spec;

/// One call of a tool.
pub(crate) struct Call {
    pub(crate) spec: &'static Spec,
    pub(crate) shared: Arc<Shared>,
    pub(crate) account: Arc<AccountState>,
    pub(crate) arguments: Arguments,
    pub(crate) asker: Asker,
    pub(crate) progress: Option<Progress>,
    pub(crate) deadline: Instant,
    /// The key of this call: of its tool, its account and its arguments, but `again` and `dry_run`.
    pub(crate) key: Key,
}

/// The argument that does a write twice on purpose.
pub(crate) const AGAIN: &str = "again";
/// The argument that writes nothing.
pub(crate) const DRY_RUN: &str = "dry_run";
/// The time for what a call does after its write.
const LAST_WORDS: Duration = Duration::from_secs(2);

/// Where the progress of a call is reported.
#[derive(Clone)]
pub(crate) struct Progress {
    pub(crate) peer: Peer<RoleServer>,
    pub(crate) token: ProgressToken,
}

impl Call {
    /// Returns the client of the account.
    pub(crate) fn client(&self) -> &Client {
        &self.account.client
    }

    /// Returns the account itself. It is asked for once.
    pub(crate) async fn me(&self) -> Result<&Me, Fault> {
        let me = self.account.me.get_or_try_init(|| async { self.client().me().await }).await;
        me.map_err(Fault::from)
    }

    /// Returns the form and the length of the answer.
    pub(crate) fn style(&self) -> Style {
        let form = match self.arguments.text("format") {
            Some("json") => Form::Json,
            _ => Form::Text,
        };
        Style { form, max_chars: self.shared.options.max_chars }
    }

    /// Returns the room that an argument names, if it is given.
    pub(crate) async fn find_room(&self, name: &str) -> Result<Option<RoomId>, Fault> {
        let Some(text) = self.arguments.text(name) else { return Ok(None) };
        let room = RoomRef::parse(text, &self.account.rooms)?;
        if room == RoomRef::MyChat {
            return Ok(Some(self.me().await?.room_id));
        }
        Ok(Some(find_room(self.client(), &room).await?))
    }

    /// Returns the room of the argument `room`, which the tool requires.
    pub(crate) async fn room(&self) -> Result<RoomHandle, Fault> {
        let room = self.find_room("room").await?.ok_or_else(|| absent("room"))?;
        Ok(self.client().room(room))
    }

    /// Returns the room of the argument `room`, if it may be written to.
    pub(crate) async fn room_to_write(&self) -> Result<RoomHandle, Fault> {
        let room = self.room().await?;
        self.allow_writing(room.id())?;
        Ok(room)
    }

    /// Refuses a room that may not be written to.
    pub(crate) fn allow_writing(&self, room: RoomId) -> Result<(), Fault> {
        match self.shared.options.post_rooms.contains(room) {
            true => Ok(()),
            false => Err(Fault::new(
                format!("This server may not write to room {}", room.0),
                "Only the person can change that, where the server is set up. Do not try another \
                 way.",
            )),
        }
    }

    /// Returns the message of the argument `message`. Its room is in it, or is the argument `room`.
    pub(crate) async fn message(&self) -> Result<MessageRef, Fault> {
        let text = self.arguments.text("message").ok_or_else(|| absent("message"))?;
        self.message_of(text, self.find_room("room").await?)
    }

    /// Reads a message. An id alone is of the room that is given.
    pub(crate) fn message_of(&self, text: &str, room: Option<RoomId>) -> Result<MessageRef, Fault> {
        let is_id = text.bytes().all(|byte| byte.is_ascii_digit());
        let text = match (is_id, room) {
            (true, Some(room)) => format!("{}-{text}", room.0),
            (true, None) => {
                let what = "The id of a message alone does not say its room";
                return Err(Fault::new(
                    what,
                    "Give `room` as well, or the message as ROOM-MESSAGE.",
                ));
            }
            (false, _) => text.to_owned(),
        };
        let found = MessageRef::parse(&text, &self.account.rooms)?;
        match room {
            Some(room) if room != found.room => Err(Fault::new(
                format!("The message is of room {}, and `room` is {}", found.room.0, room.0),
                "Leave out `room`.",
            )),
            _ => Ok(found),
        }
    }

    /// Returns the person that an argument names, if it is given.
    pub(crate) async fn person(
        &self,
        name: &str,
        room: Option<RoomId>,
    ) -> Result<Option<AccountId>, Fault> {
        match self.arguments.text(name) {
            Some(text) => Ok(self.people_of(&[text.to_owned()], room).await?.first().copied()),
            None => Ok(None),
        }
    }

    /// Returns the people that a list names, in its order. Names are those of members of the room,
    /// or of contacts if there is no room.
    pub(crate) async fn people(
        &self,
        name: &str,
        room: Option<RoomId>,
    ) -> Result<Vec<AccountId>, Fault> {
        self.people_of(self.arguments.texts(name), room).await
    }

    async fn people_of(
        &self,
        texts: &[String],
        room: Option<RoomId>,
    ) -> Result<Vec<AccountId>, Fault> {
        Ok(find_people(self.client(), room, &self.refs(texts).await?).await?)
    }

    /// Reads people. The account itself is known without a request for each.
    pub(crate) async fn refs(&self, texts: &[String]) -> Result<Vec<PersonRef>, Fault> {
        let mut people = Vec::with_capacity(texts.len());
        for text in texts {
            people.push(match PersonRef::parse(text, &self.account.people)? {
                PersonRef::Me => PersonRef::Id(self.me().await?.account_id),
                other => other,
            });
        }
        Ok(people)
    }

    /// Returns the day or time of an argument, if it is given.
    pub(crate) fn when(&self, name: &str, nearest: Nearest) -> Result<Option<When>, Fault> {
        let Some(text) = self.arguments.text(name) else { return Ok(None) };
        let when = When::parse(text, UnixTime::now(), nearest);
        let fault = |error: chatwork_app::InvalidDay| Fault::new(format!("`{name}`: {error}"), "");
        when.map(Some).map_err(fault)
    }

    /// Returns a key of this write that is the same however its arguments name a room or a person:
    /// of what these arguments are resolved to, and of all other ones as they were given.
    pub(crate) fn resolved_key(&self, resolved: &[(&str, &str)]) -> Key {
        let mut names: Vec<_> = resolved.iter().map(|(name, _)| *name).collect();
        names.extend([AGAIN, DRY_RUN]);
        let rest = self.arguments.written_without(&names);
        let mut parts = vec![self.spec.name.as_bytes(), self.account.name.as_bytes(), &rest];
        parts.extend(resolved.iter().flat_map(|(name, value)| [name.as_bytes(), value.as_bytes()]));
        key(&parts)
    }

    /// Does a write that must not be done twice. It is known by the key of this call, and by the one
    /// that is given.
    pub(crate) async fn write_once<F>(&self, key: Key, work: F) -> Result<String, Stop>
    where
        F: Future<Output = Result<String, Fault>> + Send + 'static,
    {
        // What a path names may have changed since: such a call is known by its content alone.
        let keys = [key, self.key];
        let keys = if self.spec.reads_file() { &keys[..1] } else { &keys[..] };
        let (writes, again) = (&self.shared.writes, self.arguments.is_set(AGAIN));
        let by = self.time_to_write()?;
        Ok(self.told(writes.run(keys, Twice::Adds, again, by, work).await)?)
    }

    /// Does a write that may be done twice: the second time, it changes nothing. The subject names what
    /// another write of this account may undo: a link, the text of a message.
    pub(crate) async fn write<F>(&self, subject: &str, work: F) -> Result<String, Stop>
    where
        F: Future<Output = Result<String, Fault>> + Send + 'static,
    {
        let (writes, by) = (&self.shared.writes, self.time_to_write()?);
        let twice = Twice::Same(key(&[self.account.name.as_bytes(), subject.as_bytes()]));
        Ok(self.told(writes.run(&[self.key], twice, false, by, work).await)?)
    }

    /// Returns the result of the same write, if it is not to be done again. Call it before the reads
    /// that the write needs: what they return may have changed by the write itself.
    pub(crate) async fn recall(&self) -> Option<Result<String, Fault>> {
        let is_new = !self.spec.writes()
            || self.spec.reads_file()
            || self.is_dry_run()
            || self.arguments.is_set(AGAIN);
        if is_new {
            return None;
        }
        let known = self.shared.writes.recall(self.key, self.answer_by()).await?;
        Some(self.told(known))
    }

    /// Returns when a write must be answered for, so that its answer is the one of the call.
    fn answer_by(&self) -> Instant {
        self.deadline.checked_sub(LAST_WORDS).unwrap_or(self.deadline)
    }

    /// Returns the same, if that is not over yet: no write begins whose result could not be told.
    fn time_to_write(&self) -> Result<Instant, Fault> {
        let by = self.answer_by();
        if Instant::now() < by { Ok(by) } else { Err(late(self.spec)) }
    }

    /// Says how to look whether a write was done, if that is not known.
    fn told(&self, result: Result<String, Fault>) -> Result<String, Fault> {
        let look = |fault: Fault| match fault.is_unsure {
            true => fault.look_with(self.spec.look()),
            false => fault,
        };
        result.map_err(look)
    }

    /// Returns whether nothing is to be written.
    pub(crate) fn is_dry_run(&self) -> bool {
        self.arguments.is_set(DRY_RUN)
    }

    /// Asks the person, if what was found needs consent and the server may not do it without. The
    /// answer counts for this call and for what was found alone: `again` finds it out once more after
    /// the person answered.
    pub(crate) async fn consent<T>(
        &self,
        found: Found<T>,
        again: impl Future<Output = Result<Found<T>, Stop>>,
    ) -> Result<T, Stop> {
        let (language, subject) = (self.shared.options.language, found.key());
        let question = match &found.question {
            Some(question) if !self.shared.options.allow_destructive => question,
            _ => return Ok(found.value),
        };
        let text = question.text(language, &self.account.name);
        let changed = match language {
            Language::English => "What was agreed to has changed since. Please look again:",
            Language::Japanese => "前の確認のあとで内容が変わりました。もう一度確認してください。",
        };
        let about = About { call: self.key, subject, text: &text, changed };
        match self.asker.ask(&self.shared.questions, &about, self.deadline).await? {
            Agreed::Before => Ok(found.value),
            Agreed::Now => {
                let now = again.await?;
                match now.key() == subject {
                    true => Ok(now.value),
                    false => Err(changed_since().into()),
                }
            }
        }
    }

    /// Returns the name of a room for a question; none if nobody is asked.
    pub(crate) async fn name_to_ask(&self, room: &RoomHandle) -> Result<String, Fault> {
        match self.shared.options.allow_destructive {
            true => Ok(String::new()),
            false => Ok(room.get().await?.name),
        }
    }

    /// Returns a function that reports bytes, and what sends the reports. `None` if the client did
    /// not ask for reports.
    pub(crate) fn report(
        &self,
    ) -> Option<(impl Fn(u64, Option<u64>) + Send + Sync + use<>, Reports)> {
        let Progress { peer, token } = self.progress.clone()?;
        let (sender, mut reports) = mpsc::unbounded_channel::<(u64, Option<u64>)>();
        let sending = tokio::spawn(async move {
            while let Some((done, total)) = reports.recv().await {
                let mut report = ProgressNotificationParam::new(token.clone(), done as f64);
                report.total = total.map(|total| total as f64);
                // A client that is gone reads no reports.
                let _ = peer.notify_progress(report).await;
            }
        });
        let report = move |done, total| {
            let _ = sender.send((done, total));
        };
        Some((report, Reports(sending)))
    }
}

/// What sends the reports of a call. `Drop` ends it: after its answer, a call has no reports.
pub(crate) struct Reports(JoinHandle<()>);

impl Reports {
    /// Sends the reports that are left, within a second. Call it when what is reported is over.
    pub(crate) async fn finish(mut self) {
        let _ = timeout(Duration::from_secs(1), &mut self.0).await;
    }
}

impl Drop for Reports {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Says that a call did not end in time. A write that began has an answer of its own before that:
/// here, nothing was written.
pub(crate) fn late(spec: &Spec) -> Fault {
    match spec.writes() {
        true => {
            let what = "This took too long, and nothing was written";
            Fault::new(what, "Call again in a minute.")
        }
        false => Fault::new("This took too long", "Ask for less, or call again in a minute."),
    }
}

fn changed_since() -> Fault {
    let what = "What was agreed to has changed while the person was asked, and nothing was done";
    Fault::new(what, "Look at it, and ask again by the same call if it is still wanted.")
}

fn absent(name: &str) -> Fault {
    Fault::new(format!("`{name}` is missing"), "Call again with it.")
}
