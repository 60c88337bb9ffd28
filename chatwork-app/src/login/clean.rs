//! Removing what is stored of a profile.

use std::path::Path;

use crate::config::{ConfigFile, Profile};
use crate::credentials::{Credentials, KeyringStore, Storage};
use crate::error::{AppError, Result};
use crate::paths::Paths;

/// Removes what earlier sign-ins to a profile have stored in other places than the new one: nothing
/// would find it any more, and it would stay on this machine for ever.
pub(super) fn clean(
    paths: &Paths,
    name: &str,
    replaced: Option<&Profile>,
    kept: &Profile,
) -> Result<()> {
    let credentials = Credentials::new(paths);
    if kept.oauth.is_some() {
        credentials.remove(name, &kept.base_url, Storage::File)?;
    }
    if let Some(old) = replaced.filter(|old| old.base_url != kept.base_url) {
        credentials.remove_from_keyring(name, &old.base_url);
    }
    let new = keyring_store(paths, name, kept);
    let old = replaced.and_then(|old| keyring_store(paths, name, old));
    if let Some(old) = old.filter(|old| new.as_ref().is_none_or(|new| !new.is_same(old))) {
        // A keyring that does not work is no reason to fail: the new tokens are stored.
        let _ = old.forget();
    }
    let in_file = kept.oauth.as_ref().filter(|_| kept.storage == Storage::File);
    let grant = in_file.map(|app| paths.grant(name, kept, app));
    remove_grants(paths, name, grant.as_deref())
}

/// Returns the place of a profile's consent in the keyring, if it is there.
fn keyring_store(paths: &Paths, name: &str, profile: &Profile) -> Option<KeyringStore> {
    let app = profile.oauth.as_ref().filter(|_| profile.storage == Storage::Keyring)?;
    Some(KeyringStore::new(paths, name, profile, app))
}

/// Removes the files of a profile's OAuth 2.0 tokens, but for one file and those beside it.
fn remove_grants(paths: &Paths, name: &str, kept: Option<&Path>) -> Result<()> {
    let is_kept = |path: &Path| {
        let path = path.as_os_str().as_encoded_bytes();
        kept.is_some_and(|kept| path.starts_with(kept.as_os_str().as_encoded_bytes()))
    };
    for path in paths.grants(name).iter().filter(|path| !is_kept(path)) {
        match std::fs::remove_file(path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(AppError::file(path)(error));
            }
            _ => {}
        }
    }
    Ok(())
}

/// Removes a profile with its token. The token stays valid: its owner revokes it in Chatwork.
///
/// # Errors
///
/// [`AppError::NoProfile`] if there is no such profile; an error of the storage. Then the profile
/// stays.
pub fn sign_out(paths: &Paths, name: &str) -> Result<Profile> {
    let file = ConfigFile::new(paths);
    file.edit(|config| {
        let Some(profile) = config.profiles.get(name).cloned() else {
            let known = config.profiles.keys().cloned().collect();
            return Err(AppError::NoProfile { name: name.to_owned(), known });
        };
        Credentials::new(paths).remove(name, &profile.base_url, profile.storage)?;
        if let Some(consent) = keyring_store(paths, name, &profile) {
            consent.forget()?;
        }
        remove_grants(paths, name, None)?;
        config.profiles.remove(name);
        if config.profile.as_deref() == Some(name) {
            // With one other profile there is nothing to choose.
            let mut names = config.profiles.keys();
            config.profile = names.next().cloned().filter(|_| names.next().is_none());
        }
        Ok(profile)
    })
}

#[cfg(test)]
mod tests {
    use chatwork_sdk::Secret;

    use super::*;
    use crate::config::OAuthApp;
    use crate::credentials::StorageChoice;
    use crate::login::tests::{HERE, paths};

    #[test]
    fn nothing_stays_in_the_places_of_a_profile_that_is_replaced_or_removed() {
        let (_folder, paths) = paths();
        let credentials = Credentials::new(&paths);
        let app = OAuthApp::new("app", "x:/");
        let mut consent = Profile::new(HERE);
        consent.oauth = Some(app.clone());
        let kept = paths.grant("work", &consent, &app);
        let old = paths.grant("work", &consent, &OAuthApp::new("old", "x:/"));
        let others = paths.grant("work.2", &consent, &app);
        for path in [&kept, &old, &others] {
            crate::files::write(path, "{}").unwrap();
        }
        let token = Secret::from("abc".to_owned());
        credentials.store("work", HERE, &token, StorageChoice::File).unwrap();
        // A consent in place of a token and of another consent.
        clean(&paths, "work", Some(&Profile::new(HERE)), &consent).unwrap();
        assert!(kept.exists() && !old.exists() && others.exists());
        assert!(credentials.load("work", HERE, Storage::File).unwrap().is_none());

        // A token in place of a consent, also of one at another address.
        credentials.store("work", HERE, &token, StorageChoice::File).unwrap();
        let mut elsewhere = consent.clone();
        elsewhere.base_url = "https://elsewhere.example/v2".to_owned();
        clean(&paths, "work", Some(&elsewhere), &Profile::new(HERE)).unwrap();
        assert!(!kept.exists() && others.exists());
        assert!(credentials.load("work", HERE, Storage::File).unwrap().is_some());

        crate::files::write(&old, "{}").unwrap();
        sign_out(&paths, "work").unwrap();
        assert!(!old.exists() && others.exists());
        assert!(credentials.load("work", HERE, Storage::File).unwrap().is_none());
    }
}
