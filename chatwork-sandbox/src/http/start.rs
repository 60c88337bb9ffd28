//! What a sandbox starts with, and returns to when it is reset.

use crate::state::State;
#[cfg(feature = "workbench")]
use crate::state::saved::Restored;
use crate::world::{LimitSeeds, RefreshTokens, WebhookSeed, World, WorldError};

/// What a sandbox starts with.
#[derive(Clone, Debug)]
pub(crate) enum Start {
    /// A valid world.
    World(Box<World>),
    /// A saved state.
    #[cfg(feature = "workbench")]
    Saved(Box<Restored>),
}

impl Start {
    /// The state at this moment. The times of a saved state are those at which it was saved.
    pub(super) fn state(&self, now: i64) -> State {
        match self {
            Self::World(world) => State::new(world, now),
            #[cfg(feature = "workbench")]
            Self::Saved(saved) => saved.state.clone(),
        }
    }

    /// Finds contradictions in a world that was made in Rust. A saved state was checked as it was read.
    pub(crate) fn check(&self, hosts: &[String]) -> Result<(), WorldError> {
        match self {
            Self::World(world) => world.check_for(hosts),
            #[cfg(feature = "workbench")]
            Self::Saved(_) => Ok(()),
        }
    }

    pub(crate) fn limits(&self) -> LimitSeeds {
        match self {
            Self::World(world) => world.limits,
            #[cfg(feature = "workbench")]
            Self::Saved(saved) => saved.limits,
        }
    }

    pub(crate) fn set_refresh_tokens(&mut self, mode: RefreshTokens) {
        match self {
            Self::World(world) => world.oauth.refresh_tokens = mode,
            #[cfg(feature = "workbench")]
            Self::Saved(saved) => saved.state.set_refresh_tokens(mode),
        }
    }

    /// The keys of all accounts in the order of the start.
    pub(crate) fn keys(&self) -> Vec<&str> {
        match self {
            Self::World(world) => world.accounts.iter().map(|seed| seed.key.as_str()).collect(),
            #[cfg(feature = "workbench")]
            Self::Saved(saved) => saved.keys.iter().map(String::as_str).collect(),
        }
    }

    pub(super) fn webhooks(&self) -> &[WebhookSeed] {
        match self {
            Self::World(world) => &world.webhooks,
            #[cfg(feature = "workbench")]
            Self::Saved(saved) => &saved.webhooks,
        }
    }
}
