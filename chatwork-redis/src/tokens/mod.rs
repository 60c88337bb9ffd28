//! Grants that the programs of many machines share.

mod seal;

use std::fmt;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use chatwork_sdk::TokenFuture;
use chatwork_sdk::oauth::{
    Generation, Grant, SaveIf, SaveOutcome, StoreLock, StoredGrant, TokenStore,
};
use tokio::time::{Instant, sleep};

use self::seal::Seal;
use crate::error::Error;
use crate::hash;
use crate::server::{Call, KnownScript, Server};

/// The version of a stored grant. It is part of the key and of the value.
const VERSION: u64 = 1;

/// How long a lock holds if its process died. A refresh with its retries takes less.
const LOCK: Duration = Duration::from_secs(120);

/// How long to wait for a lock: longer than one of a process that died.
const PATIENCE: Duration = Duration::from_secs(150);

/// How often a lock that another program holds is asked for.
const FIRST_POLL: Duration = Duration::from_millis(20);
const LAST_POLL: Duration = Duration::from_millis(250);

static SAVE: LazyLock<KnownScript> = LazyLock::new(|| KnownScript::new(include_str!("save.lua")));
static TAKE: LazyLock<KnownScript> = LazyLock::new(|| KnownScript::new(include_str!("lock.lua")));
static RELEASE: LazyLock<KnownScript> =
    LazyLock::new(|| KnownScript::new(include_str!("release.lua")));

/// Keeps one grant in Redis or Valkey, for the programs of many machines. They make one refresh
/// together. `Debug` shows no token and no name.
///
/// - A save compares the generation and replaces the grant in one script. A generation is a random
///   number.
/// - The lock ends 120 seconds after it was taken, if its holder died. A holder that stood still for
///   more than 60 seconds sends no refresh. Only its holder releases it. A late holder of
///   a lock that ended cannot overwrite a newer grant: its generation is not the stored one.
/// - The key is `chatwork:tokens:1:{…}`, with a hash of the name. Grants do not expire there.
/// - Without a key to encrypt with, who can read the server can read the tokens: see
///   `RedisTokens::encrypted`, with the feature `encryption`.
/// - The server has to keep what it has confirmed: `appendonly yes` with `appendfsync always`, and
///   `maxmemory-policy noeviction`. If it loses a grant, the person has to consent again.
///
/// ```no_run
/// use chatwork_redis::{RedisTokens, Server};
/// use chatwork_sdk::oauth::App;
///
/// # fn example(app: App) -> Result<(), Box<dyn std::error::Error>> {
/// let redis = Server::open("redis://bot:secret@10.0.0.5:6379")?;
/// let source = app.source(RedisTokens::new(&redis, "hanako"));
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct RedisTokens {
    server: Server,
    key: Arc<str>,
    seal: Seal,
    hold: Duration,
}

impl RedisTokens {
    /// Returns the store of one grant. Give each person and app a name of its own.
    pub fn new(server: &Server, name: &str) -> Self {
        let key = server.key(format_args!("tokens:{VERSION}:{{{}}}", hash(name)));
        Self { server: server.clone(), key: key.into(), seal: Seal::Open, hold: LOCK }
    }

    /// Encrypts what is stored (XChaCha20-Poly1305). A grant that was stored without a key, or with
    /// another one, is an error of `load`: the person has to consent again.
    ///
    /// The key has to be random, and be kept where the server's administrators cannot read it.
    #[cfg(feature = "encryption")]
    #[must_use]
    pub fn encrypted(mut self, key: &[u8; 32]) -> Self {
        self.seal = Seal::with_key(key);
        self
    }

    /// Sets how long a lock holds without its holder.
    #[doc(hidden)]
    #[must_use]
    pub fn with_lock_time(mut self, hold: Duration) -> Self {
        self.hold = hold;
        self
    }

    /// Returns the key of the grant. That of its lock ends with `:lock`.
    #[doc(hidden)]
    pub fn key(&self) -> &str {
        &self.key
    }

    fn lock_key(&self) -> String {
        format!("{}:lock", self.key)
    }

    async fn load(&self) -> Result<Option<StoredGrant>, Error> {
        let mut get = redis::cmd("HMGET");
        get.arg(&*self.key).arg(&["version", "generation", "grant"]);
        type Fields = (Option<String>, Option<String>, Option<Vec<u8>>);
        let fields: Fields = self.server.call(&Call::Command(&get)).await?;
        let (version, generation, sealed) = match fields {
            (None, None, None) => return Ok(None),
            (Some(version), Some(generation), Some(sealed)) => (version, generation, sealed),
            _ => return Err(Error::Grant("parts of it are missing")),
        };
        if version != VERSION.to_string() {
            return Err(Error::Version { found: version, expected: VERSION });
        }
        let json = self.seal.open(&self.bound_to(&generation), &sealed)?;
        // The error of the parser may show a part of the token.
        let grant = serde_json::from_slice(&json);
        let grant: Grant = grant.map_err(|_| Error::Grant("it is no JSON of a grant"))?;
        Ok(Some(StoredGrant::new(grant, Generation::from(generation))))
    }

    async fn save(&self, grant: &Grant, condition: SaveIf<'_>) -> Result<SaveOutcome, Error> {
        let json = serde_json::to_vec(grant);
        let json = json.map_err(|_| Error::Grant("it cannot be written as JSON"))?;
        let generation = random()?;
        let sealed = self.seal.close(&self.bound_to(&generation), json)?;
        let (condition, expected) = match condition {
            SaveIf::Always => ("always", ""),
            SaveIf::Unchanged(expected) => ("unchanged", expected.as_str()),
        };
        let texts = [&VERSION.to_string(), condition, expected, &generation];
        let mut arguments = texts.map(|text: &str| text.as_bytes().to_vec()).to_vec();
        arguments.push(sealed);
        let is_saved: bool = self.run(&SAVE, &self.key, &arguments).await?;
        if is_saved {
            return Ok(SaveOutcome::Saved(Generation::from(generation)));
        }
        Ok(SaveOutcome::Conflict)
    }

    async fn remove(&self) -> Result<(), Error> {
        let mut remove = redis::cmd("DEL");
        remove.arg(&*self.key);
        self.server.call(&Call::Command(&remove)).await
    }

    async fn lock(&self) -> Result<StoreLock, Error> {
        let holder = random()?;
        // Made first: if this future is dropped while the server takes the lock, it is released.
        let (store, name) = (self.clone(), holder.clone());
        let lock = StoreLock::new(async move { Ok(store.release(name).await?) });
        let end = Instant::now() + PATIENCE;
        let arguments = [holder.into_bytes(), self.hold.as_millis().to_string().into_bytes()];
        let mut poll = FIRST_POLL;
        let mut asked = Instant::now();
        while !self.run::<bool>(&TAKE, &self.lock_key(), &arguments).await? {
            if Instant::now() >= end {
                return Err(Error::Locked(PATIENCE));
            }
            sleep(poll).await;
            poll = (poll * 2).min(LAST_POLL);
            asked = Instant::now();
        }
        // The rest is for the refresh that begins within this time, with its retries.
        Ok(lock.valid_for((self.hold / 2).saturating_sub(asked.elapsed())))
    }

    async fn release(&self, holder: String) -> Result<(), Error> {
        self.run(&RELEASE, &self.lock_key(), &[holder.into_bytes()]).await
    }

    async fn run<T: redis::FromRedisValue>(
        &self,
        script: &KnownScript,
        key: &str,
        arguments: &[Vec<u8>],
    ) -> Result<T, Error> {
        self.server.call(&Call::Script { script, version: VERSION, key, arguments }).await
    }

    /// What an encrypted grant belongs to: it cannot be moved to another name or generation.
    fn bound_to(&self, generation: &str) -> String {
        format!("{} {generation}", self.key)
    }
}

impl TokenStore for RedisTokens {
    fn load(&self) -> TokenFuture<'_, Option<StoredGrant>> {
        Box::pin(async { Ok(self.load().await?) })
    }

    fn save<'a>(&'a self, grant: &'a Grant, condition: SaveIf<'a>) -> TokenFuture<'a, SaveOutcome> {
        Box::pin(async move { Ok(self.save(grant, condition).await?) })
    }

    fn remove(&self) -> TokenFuture<'_, ()> {
        Box::pin(async { Ok(self.remove().await?) })
    }

    fn lock(&self) -> TokenFuture<'_, StoreLock> {
        Box::pin(async { Ok(self.lock().await?) })
    }
}

/// Returns a random number of 128 bits, in hexadecimal.
fn random() -> Result<String, Error> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|_| Error::Grant("the system has no random numbers"))?;
    Ok(crate::hex(&bytes))
}

impl fmt::Debug for RedisTokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisTokens").field("server", &self.server).finish_non_exhaustive()
    }
}
