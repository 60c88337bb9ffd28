//! Candidates for completion, from files alone: a shell does not wait for a request.

use chatwork_app::{ConfigFile, NameCache, Paths, Settings, one_line};
use clap_complete::engine::{ArgValueCandidates, CompletionCandidate};

/// Completes rooms by aliases, and by ids with their names.
pub(super) fn rooms() -> ArgValueCandidates {
    ArgValueCandidates::new(|| candidates().unwrap_or_default())
}

/// Completes people by aliases.
pub(super) fn people() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let config = Paths::of_user().and_then(|paths| ConfigFile::new(&paths).load());
        let names = config.map(|config| config.people).unwrap_or_default();
        names.into_keys().chain(["me".to_owned()]).map(CompletionCandidate::new).collect()
    })
}

/// Completes profiles.
pub(super) fn profiles() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let config = Paths::of_user().and_then(|paths| ConfigFile::new(&paths).load());
        let profiles = config.map(|config| config.profiles).unwrap_or_default();
        profiles.into_keys().map(CompletionCandidate::new).collect()
    })
}

fn candidates() -> Option<Vec<CompletionCandidate>> {
    let paths = Paths::of_user().ok()?;
    let config = ConfigFile::new(&paths).load().ok()?;
    let named = Settings::from_env().ok().and_then(|settings| settings.profile);
    let profile = named.or_else(|| config.profile.clone()).unwrap_or_default();
    let aliases = config.rooms.keys().map(CompletionCandidate::new);
    let mut candidates: Vec<_> = aliases.collect();
    candidates.push(CompletionCandidate::new("my"));
    candidates.extend(NameCache::of_rooms(&paths, &profile).load().into_iter().map(|room| {
        let name = one_line(&room.name).into_owned();
        CompletionCandidate::new(room.id.to_string()).help(Some(name.into()))
    }));
    Some(candidates)
}
