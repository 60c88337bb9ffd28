//! The contract of a store, as a test.

use std::fmt;
use std::time::Duration;

use chatwork_api::Secret;
use tokio::task::JoinSet;
use tokio::time::timeout;

use super::{Generation, SaveIf, SaveOutcome, StoreLock, StoredGrant, TokenStore};
use crate::oauth::Grant;
use crate::token::TokenError;

/// How long a lock is watched that must not be free.
const BRIEF: Duration = Duration::from_millis(200);
/// How long to wait for a lock that must be free.
const LONG: Duration = Duration::from_secs(10);
/// How many saves compete for one generation.
const RIVALS: usize = 8;

/// The error of [`check_store`].
#[derive(Debug)]
pub enum StoreFault {
    /// The store breaks this part of the contract.
    Broken(&'static str),
    /// The store returned an error.
    Store(TokenError),
}

impl From<TokenError> for StoreFault {
    fn from(error: TokenError) -> Self {
        Self::Store(error)
    }
}

impl fmt::Display for StoreFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Broken(what) => write!(f, "the token store breaks its contract: {what}"),
            Self::Store(error) => write!(f, "the token store failed: {error}"),
        }
    }
}

impl std::error::Error for StoreFault {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Broken(_) => None,
            Self::Store(error) => error.source(),
        }
    }
}

/// Tests that a store keeps the [contract](TokenStore#the-contract). Call it in the tests of your
/// own store.
///
/// `open` returns the store of one person, each time as another process would open it. The store
/// has to be empty at first, and is empty afterwards. It takes less than a second. A store whose
/// [`lock`](TokenStore::lock) locks nothing fails.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use chatwork_sdk::oauth::{MemoryStore, check_store};
///
/// let store = MemoryStore::default();
/// check_store(|| store.clone()).await?;
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// [`StoreFault::Broken`] names the part of the contract; [`StoreFault::Store`] holds an error of
/// the store.
pub async fn check_store<S: TokenStore>(open: impl Fn() -> S) -> Result<(), StoreFault> {
    let (one, other) = (open(), open());
    require(one.load().await?.is_none(), "`load` of an empty store returns `None`")?;
    let removed = check_saves(&one, &other).await?;
    check_after_remove(&one, &removed).await?;
    check_rivals(&open).await?;
    check_lock(&one, &other).await?;
    one.remove().await?;
    Ok(())
}

/// Checks that a save replaces one generation only. Returns the generations, the latest last.
async fn check_saves<S: TokenStore>(one: &S, other: &S) -> Result<Vec<Generation>, StoreFault> {
    let nothing = Generation::from("a generation that no store has made".to_owned());
    let outcome = one.save(&grant("0"), SaveIf::Unchanged(&nothing)).await?;
    require(outcome == SaveOutcome::Conflict, "an empty store has no generation to replace")?;

    let first = saved(one.save(&grant("1"), SaveIf::Always).await?)?;
    let expected = Some(StoredGrant::new(grant("1"), first.clone()));
    require(one.load().await? == expected, "`load` returns the grant and generation of `save`")?;
    require(other.load().await? == expected, "another process loads what was saved")?;

    let second = saved(other.save(&grant("2"), SaveIf::Unchanged(&first)).await?)?;
    require(second != first, "each save makes another generation")?;
    let outcome = one.save(&grant("late"), SaveIf::Unchanged(&first)).await?;
    require(outcome == SaveOutcome::Conflict, "a save of an old generation is a conflict")?;
    let expected = Some(StoredGrant::new(grant("2"), second.clone()));
    require(one.load().await? == expected, "a conflict changes nothing")?;

    let third = saved(one.save(&grant("3"), SaveIf::Always).await?)?;
    let is_new = ![&first, &second].contains(&&third);
    require(is_new, "a save without a condition makes another generation")?;
    Ok(vec![first, second, third])
}

async fn check_after_remove<S: TokenStore>(
    store: &S,
    removed: &[Generation],
) -> Result<(), StoreFault> {
    store.remove().await?;
    require(store.load().await?.is_none(), "`load` returns `None` after `remove`")?;
    store.remove().await?;
    for round in ["empty", "again"] {
        for old in removed {
            let outcome = store.save(&grant("late"), SaveIf::Unchanged(old)).await?;
            let is_refused = outcome == SaveOutcome::Conflict;
            require(is_refused, "a save of a removed generation is a conflict")?;
        }
        if round == "empty" {
            let generation = saved(store.save(&grant("4"), SaveIf::Always).await?)?;
            require(!removed.contains(&generation), "no generation comes again after `remove`")?;
        }
    }
    Ok(())
}

/// Checks that one of several simultaneous saves with one generation succeeds.
async fn check_rivals<S: TokenStore>(open: &impl Fn() -> S) -> Result<(), StoreFault> {
    let start = saved(open().save(&grant("start"), SaveIf::Always).await?)?;
    let mut saves = JoinSet::new();
    for rival in 0..RIVALS {
        let (store, start) = (open(), start.clone());
        saves.spawn(async move {
            let grant = grant(&format!("rival {rival}"));
            store.save(&grant, SaveIf::Unchanged(&start)).await
        });
    }
    let mut winners = 0;
    while let Some(outcome) = saves.join_next().await {
        let outcome = outcome.map_err(|error| StoreFault::Store(Box::new(error)))??;
        winners += usize::from(outcome != SaveOutcome::Conflict);
    }
    require(winners == 1, "of several saves with one generation, exactly one succeeds")
}

async fn check_lock<S: TokenStore>(one: &S, other: &S) -> Result<(), StoreFault> {
    let lock = one.lock().await?;
    let is_locked = timeout(BRIEF, other.lock()).await.is_err();
    require(is_locked, "a lock excludes all others")?;
    let use_it = async {
        saved(other.save(&grant("5"), SaveIf::Always).await?)?;
        other.remove().await?;
        Ok(other.load().await?.is_none())
    };
    let used: Result<Result<bool, StoreFault>, _> = timeout(LONG, use_it).await;
    let used = used.unwrap_or(Ok(false))?;
    require(used, "`load`, `save` and `remove` do not wait for the lock")?;
    lock.release().await?;

    drop(taken(other).await?);
    taken(one).await?.release().await?;
    Ok(())
}

async fn taken<S: TokenStore>(store: &S) -> Result<StoreLock, StoreFault> {
    let lock = timeout(LONG, store.lock()).await;
    Ok(lock.map_err(|_| StoreFault::Broken("a lock is free after its release or drop"))??)
}

fn grant(name: &str) -> Grant {
    let mut grant = Grant::from_refresh_token(Secret::from(format!("refresh token {name}")));
    grant.access_token = Secret::from(format!("access token {name}"));
    grant.scope = "rooms.all:read users.all:read".to_owned();
    grant
}

fn saved(outcome: SaveOutcome) -> Result<Generation, StoreFault> {
    match outcome {
        SaveOutcome::Saved(generation) => Ok(generation),
        SaveOutcome::Conflict => Err(StoreFault::Broken("a save whose condition is met succeeds")),
    }
}

fn require(holds: bool, what: &'static str) -> Result<(), StoreFault> {
    if holds { Ok(()) } else { Err(StoreFault::Broken(what)) }
}
