//! What a command needs: folders, configuration, output, and the session.

use std::sync::{OnceLock, PoisonError, RwLock};
use std::time::Duration;

use chatwork_app::{
    Config, ConfigFile, Mention, MessageRef, NameCache, Origin, Paths, PersonRef, RoomRef, Session,
    Settings, find_mentions, find_people, find_room, one_line,
};
use chatwork_sdk::notation::Site;
use chatwork_sdk::{AccountId, Client, ClientBuilder, RoomHandle, RoomId};
use tokio::sync::OnceCell;

use crate::args::{Command, Global};
use crate::failure::{Done, Failure};
use crate::out::{Form, Out, Waits, note, time};
use crate::{ask, lang, words};

/// The name of this program for the header `User-Agent`.
pub(crate) const USER_AGENT: &str = concat!("chatwork-cli/", env!("CARGO_PKG_VERSION"));

/// The address of the session, for errors of requests.
static ADDRESS: OnceLock<RwLock<String>> = OnceLock::new();

/// Returns the address of the session that was opened last.
pub(crate) fn address() -> String {
    let address = ADDRESS.get().map(|it| it.read().unwrap_or_else(PoisonError::into_inner).clone());
    address.unwrap_or_else(|| "Chatwork".to_owned())
}

/// Notes the address to which requests go.
pub(crate) fn set_address(address: &str) {
    let known = ADDRESS.get_or_init(RwLock::default);
    address.clone_into(&mut known.write().unwrap_or_else(PoisonError::into_inner));
}

/// What a command needs.
pub(crate) struct Context {
    pub(crate) paths: Paths,
    pub(crate) config: Config,
    pub(crate) settings: Settings,
    pub(crate) out: Out,
    pub(crate) yes: bool,
    pub(crate) progress: bool,
    /// The profiles that the command line names.
    pub(crate) profiles: Vec<String>,
    session: OnceCell<Session>,
}

impl Context {
    pub(crate) fn new(global: &Global) -> Done<Self> {
        let paths = Paths::of_user()?;
        let config = ConfigFile::new(&paths).load()?;
        lang::choose(config.language.as_deref());
        let settings = Settings::from_env()?
            .with_profile(global.profile.first().cloned())
            .with_max_wait(global.max_wait.map(Duration::from_secs));
        match (global.utc, global.time_zone.as_deref()) {
            (true, _) => time::choose(Some("UTC"))?,
            (_, Some(zone)) => time::choose(Some(zone))?,
            // A wrong setting must not keep a person from the command that mends it.
            _ => {
                if let Err(failure) = time::choose(config.time_zone.as_deref()) {
                    note(failure.message());
                    time::choose(None)?;
                }
            }
        }
        let site = match config.site.as_deref() {
            Some("kddi") => Site::Kddi,
            _ => Site::Chatwork,
        };
        let out = Out::new(form(global)?, site, global.web);
        let (yes, progress) = (global.yes, !global.no_progress);
        let profiles = global.profile.clone();
        let session = OnceCell::new();
        Ok(Self { paths, config, settings, out, yes, progress, profiles, session })
    }

    /// Refuses an account of the command line beside a token of the environment, which would beat it:
    /// a command would act for another account than the named one.
    pub(crate) fn refuse_two_accounts(&self) -> Done {
        match !self.profiles.is_empty() && self.settings.token.is_some() {
            true => {
                Err(Failure::usage(words::TWO_ACCOUNTS.text()).hinted(words::TWO_ACCOUNTS_HINT))
            }
            false => Ok(()),
        }
    }

    /// Refuses several profiles, unless the command serves them all.
    pub(crate) fn refuse_several_profiles(&self, command: &Command) -> Done {
        #[cfg(feature = "mcp")]
        if matches!(command, Command::Mcp(_)) {
            return Ok(());
        }
        let _ = command;
        match self.profiles.len() > 1 {
            true => {
                Err(Failure::usage(words::USAGE_TWICE.fill(&[("argument", &"--profile <NAME>")])))
            }
            false => Ok(()),
        }
    }

    /// Returns the session, which is opened once. Sends no request.
    pub(crate) async fn session(&self) -> Done<&Session> {
        let open = || async {
            // Under --json, stderr is for the error alone.
            let waits = (self.progress && !self.out.is_json()).then(Waits::default);
            let configure = |client: ClientBuilder| match waits {
                Some(waits) => client.on_wait(move |wait| waits.report(wait)),
                None => client,
            };
            let session =
                Session::open_with(&self.paths, &self.settings, USER_AGENT, configure).await?;
            set_address(session.base_url());
            Ok::<_, Failure>(session)
        };
        self.session.get_or_try_init(open).await
    }

    pub(crate) async fn client(&self) -> Done<&Client> {
        Ok(self.session().await?.client())
    }

    /// Ends the session, if one was opened.
    pub(crate) async fn settle(&self) {
        if let Some(session) = self.session.get() {
            session.settle().await;
        }
    }

    /// Adds what this program knows of the account to a failure: which profile to mend.
    pub(crate) fn explain(&self, failure: Failure) -> Failure {
        match self.session.get().map(Session::origin) {
            Some(origin) if failure.is_unauthorized() => match origin {
                Origin::Profile { name, .. } => {
                    failure.hint(words::TOKEN_REFUSED_PROFILE.fill(&[("profile", name)]))
                }
                _ => failure.hinted(words::TOKEN_REFUSED_ENV),
            },
            _ => failure,
        }
    }

    /// Reads a room, and looks up its id if it is a name. An id needs no account.
    pub(crate) async fn room_id(&self, text: &str) -> Done<RoomId> {
        match RoomRef::parse(text, &self.config.rooms)? {
            RoomRef::Id(id) => Ok(id),
            room => Ok(find_room(self.client().await?, &room).await?),
        }
    }

    pub(crate) async fn room(&self, text: &str) -> Done<RoomHandle> {
        let id = self.room_id(text).await?;
        Ok(self.client().await?.room(id))
    }

    /// Returns how a question names a room: by its id, and by its name if a person is asked, which
    /// costs a request.
    pub(crate) async fn shown(&self, room: &RoomHandle) -> String {
        let id = room.id();
        if ask::is_asked(self.yes)
            && let Ok(details) = room.get().await
        {
            return format!("{id} ({})", one_line(&details.name));
        }
        id.to_string()
    }

    pub(crate) fn message(&self, text: &str) -> Done<MessageRef> {
        Ok(MessageRef::parse(text, &self.config.rooms)?)
    }

    /// Reads people, and looks up their ids: among the members of a room, or among the contacts.
    pub(crate) async fn people(
        &self,
        room: Option<RoomId>,
        texts: &[String],
    ) -> Done<Vec<AccountId>> {
        let parse = |text: &String| PersonRef::parse(text, &self.config.people);
        let people: Vec<_> = texts.iter().map(parse).collect::<Result<_, _>>()?;
        let id = |person: &PersonRef| match person {
            PersonRef::Id(id) => Some(*id),
            _ => None,
        };
        // Ids need no account.
        match people.iter().map(id).collect::<Option<Vec<_>>>() {
            Some(ids) => Ok(ids),
            None => Ok(find_people(self.client().await?, room, &people).await?),
        }
    }

    pub(crate) async fn person(&self, room: Option<RoomId>, text: &str) -> Done<AccountId> {
        let found = self.people(room, &[text.to_owned()]).await?;
        found.first().copied().ok_or_else(|| Failure::usage(words::USAGE_OTHER.text()))
    }

    /// Reads people to mention.
    pub(crate) async fn mentions(&self, room: RoomId, texts: &[&String]) -> Done<Vec<Mention>> {
        let parse = |text: &&String| PersonRef::parse(text, &self.config.people);
        let people: Vec<_> = texts.iter().map(parse).collect::<Result<_, _>>()?;
        Ok(find_mentions(self.client().await?, Some(room), &people).await?)
    }

    /// Returns the cache of the names of rooms.
    pub(crate) async fn room_cache(&self) -> Done<NameCache> {
        let profile = match self.session().await?.origin() {
            Origin::Profile { name, .. } => name.as_str(),
            _ => "",
        };
        Ok(NameCache::of_rooms(&self.paths, profile))
    }
}

fn form(global: &Global) -> Done<Form> {
    match (&global.json, global.csv) {
        (Some(_), true) => Err(Failure::usage(words::TWO_FORMS.text())),
        (Some(fields), _) if fields.iter().all(String::is_empty) => Ok(Form::Json(None)),
        (Some(fields), _) => Ok(Form::Json(Some(fields.clone()))),
        (None, true) => Ok(Form::Csv),
        (None, false) => Ok(Form::Text),
    }
}
