//! Limits that the programs of many machines share.

mod wire;

use std::fmt;
use std::sync::LazyLock;

use chatwork_sdk::limits::contract::Clock;
use chatwork_sdk::limits::policy::Rules;
use chatwork_sdk::limits::{Granted, LimitStore, Settled, StoreFuture, TokenHash, Want};
use chatwork_sdk::types::AccountId;
use redis::FromRedisValue;

use crate::error::Error;
use crate::hash;
use crate::server::{Call, KnownScript, Server};

/// The version of the state. It is part of the key and of the state.
const VERSION: u64 = 1;

/// How many seconds the account of a token is remembered: a week.
const TOKEN_SECONDS: u64 = 7 * 24 * 60 * 60;

static ACQUIRE: LazyLock<KnownScript> = LazyLock::new(|| {
    KnownScript::new(concat!(include_str!("policy.lua"), include_str!("acquire.lua")))
});
static SETTLE: LazyLock<KnownScript> = LazyLock::new(|| {
    KnownScript::new(concat!(include_str!("policy.lua"), include_str!("settle.lua")))
});

/// Keeps limits in Redis or Valkey, for the programs of many machines. Clones share one connection.
///
/// The state of an account is one hash. Two scripts change it, each in one round trip, by the
/// server's clock: one before a call, and one after it, for which the call does not wait.
///
/// - The key is `chatwork:limits:1:{…}`, with a hash of the account's name. It holds numbers, times
///   and ids of rooms, and no token, name or text.
/// - A state that no program uses is removed after a day.
/// - The key holds the version of its form. Programs with other versions of the form have a state of
///   their own, and count apart. A state whose own version is another one is not changed:
///   [`Error::Version`].
/// - After an error or a [time limit](Server::timeout) the client of `chatwork-sdk` paces by itself
///   for a while.
///
/// ```no_run
/// use chatwork_redis::{RedisLimits, Server};
/// use chatwork_sdk::Client;
///
/// # fn example() -> Result<(), Box<dyn std::error::Error>> {
/// let redis = Server::open("redis://bot:secret@10.0.0.5:6379")?;
/// let chatwork = Client::builder()
///     .token("0123456789abcdef")
///     .limits(RedisLimits::new(&redis))
///     .build()?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct RedisLimits {
    server: Server,
    rules: Rules,
    clock: Option<Clock>,
}

impl RedisLimits {
    /// Returns a store on a server.
    pub fn new(server: &Server) -> Self {
        Self::with_rules(server, Rules::default())
    }

    /// Returns a store for an API with other windows.
    #[doc(hidden)]
    pub fn with_rules(server: &Server, rules: Rules) -> Self {
        Self { server: server.clone(), rules, clock: None }
    }

    /// Returns a store with a clock that a test sets.
    #[doc(hidden)]
    pub fn with_clock(server: &Server, rules: Rules, clock: Clock) -> Self {
        Self { server: server.clone(), rules, clock: Some(clock) }
    }

    /// Returns the key of an account. Its hash tag is a hash of the account's name.
    #[doc(hidden)]
    pub fn key(&self, account: &str) -> String {
        self.server.key(format_args!("limits:{VERSION}:{{{}}}", hash(account)))
    }

    /// Returns the key of the account of a token.
    #[doc(hidden)]
    pub fn token_key(&self, token: &TokenHash) -> String {
        self.server.key(format_args!("token:{VERSION}:{}", token.as_str()))
    }

    /// Returns the arguments that each script begins with.
    fn head(&self) -> Vec<String> {
        wire::head(VERSION, self.clock.as_ref().map(Clock::now), &self.rules)
    }

    async fn acquire(&self, account: &str, wants: &[Want]) -> Result<Vec<Granted>, Error> {
        let mut arguments = self.head();
        wants.iter().for_each(|want| wire::push_want(&mut arguments, want));
        let answers: Vec<Vec<String>> = self.run(&ACQUIRE, account, arguments).await?;
        if answers.len() != wants.len() {
            let (answers, calls) = (answers.len(), wants.len());
            return Err(Error::Reply(format!("{answers} answers to {calls} calls")));
        }
        wants.iter().zip(&answers).map(|(want, answer)| wire::granted(want, answer)).collect()
    }

    async fn settle(&self, account: &str, settled: &[Settled]) -> Result<(), Error> {
        let mut arguments = self.head();
        settled.iter().for_each(|settled| wire::push_settled(&mut arguments, settled));
        self.run(&SETTLE, account, arguments).await
    }

    async fn run<T: FromRedisValue>(
        &self,
        script: &KnownScript,
        account: &str,
        arguments: Vec<String>,
    ) -> Result<T, Error> {
        let key = self.key(account);
        let arguments: Vec<Vec<u8>> = arguments.into_iter().map(String::into_bytes).collect();
        let call = Call::Script { script, version: VERSION, key: &key, arguments: &arguments };
        self.server.call(&call).await
    }

    async fn recall(&self, token: &TokenHash) -> Result<Option<AccountId>, Error> {
        let mut get = redis::cmd("GET");
        get.arg(self.token_key(token));
        let account: Option<String> = self.server.call(&Call::Command(&get)).await?;
        Ok(account.and_then(|id| id.parse().ok()).map(AccountId))
    }

    async fn remember(&self, token: &TokenHash, account: AccountId) -> Result<(), Error> {
        let mut set = redis::cmd("SET");
        set.arg(self.token_key(token)).arg(account.0).arg("EX").arg(TOKEN_SECONDS);
        self.server.call(&Call::Command(&set)).await
    }
}

impl LimitStore for RedisLimits {
    fn acquire<'a>(&'a self, account: &'a str, wants: &'a [Want]) -> StoreFuture<'a, Vec<Granted>> {
        Box::pin(async move { Ok(self.acquire(account, wants).await?) })
    }

    fn settle<'a>(&'a self, account: &'a str, settled: &'a [Settled]) -> StoreFuture<'a, ()> {
        Box::pin(async move { Ok(self.settle(account, settled).await?) })
    }

    fn rules(&self) -> Rules {
        self.rules
    }

    fn recall<'a>(&'a self, token: &'a TokenHash) -> StoreFuture<'a, Option<AccountId>> {
        Box::pin(async move { Ok(self.recall(token).await?) })
    }

    fn remember<'a>(&'a self, token: &'a TokenHash, account: AccountId) -> StoreFuture<'a, ()> {
        Box::pin(async move { Ok(self.remember(token, account).await?) })
    }
}

impl fmt::Debug for RedisLimits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisLimits").field("server", &self.server).finish_non_exhaustive()
    }
}
