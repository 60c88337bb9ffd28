//! Failures of what programs share: accounts, names, days, files.

use chatwork_app::{AppError, DayFault, InvalidDay, NameFault, NameKind, one_line};

use super::{Candidate, Failure, exit};
use crate::words;

impl From<AppError> for Failure {
    fn from(error: AppError) -> Self {
        match error {
            AppError::Api(error) => error.into(),
            AppError::Name(fault) => name(&fault),
            AppError::Day(day) => day.into(),
            AppError::NotSignedIn { base_url, profile } => {
                let message = words::NOT_SIGNED_IN.fill(&[("address", &base_url)]);
                let failure = Self::new("not_signed_in", message).exit(exit::NOT_SIGNED_IN);
                // Without a profile the environment may have named another address.
                match profile.is_none() && std::env::var_os("CHATWORK_API_BASE_URL").is_some() {
                    true => {
                        failure.hint(words::NOT_SIGNED_IN_BOUND.fill(&[("address", &base_url)]))
                    }
                    false => failure.hinted(words::NOT_SIGNED_IN_HINT),
                }
            }
            AppError::NoneChosen { known } => {
                let failure = Self::new("no_profile", words::NONE_CHOSEN.text());
                let hint = words::NONE_CHOSEN_HINT.fill(&[("known", &one_line(&known.join(", ")))]);
                failure.exit(exit::NOT_SIGNED_IN).hint(hint)
            }
            AppError::NoProfile { name, known } => {
                let failure = Self::new("no_profile", words::NO_PROFILE.fill(&[("name", &name)]));
                let failure = failure.exit(exit::NOT_SIGNED_IN);
                match known.is_empty() {
                    true => failure.hint(words::NO_PROFILES_HINT.fill(&[("name", &name)])),
                    false => {
                        failure.hint(words::NO_PROFILE_HINT.fill(&[("known", &known.join(", "))]))
                    }
                }
            }
            AppError::OtherAddress { profile, bound, named } => {
                let message = words::OTHER_ADDRESS.fill(&[
                    ("profile", &profile),
                    ("bound", &bound),
                    ("named", &named),
                ]);
                let failure = Self::new("other_address", message).exit(exit::NOT_SIGNED_IN);
                failure.hinted(words::OTHER_ADDRESS_HINT)
            }
            // After a consent (OAuth 2.0), whose code is spent: there is nothing to ask any more.
            AppError::OtherProfile { profile, known } => {
                Self::usage(crate::run::accounts::replaced(&profile, &known))
                    .hinted(words::NEEDS_YES_HINT)
            }
            AppError::NotAToken => {
                Self::new("not_a_token", words::NOT_A_TOKEN.text()).hinted(words::NOT_A_TOKEN_HINT)
            }
            AppError::Keyring { reason } => {
                let message = words::KEYRING_BROKEN.fill(&[("reason", &reason)]);
                Self::new("keyring", message).hinted(words::KEYRING_HINT)
            }
            AppError::File { path, source } => super::file(&path, &source),
            AppError::Invalid { path, reason } => {
                let message =
                    words::CONFIG_INVALID.fill(&[("path", &path.display()), ("reason", &reason)]);
                Self::new("configuration", message).hinted(words::CONFIG_HINT)
            }
            AppError::Newer { path, .. } => {
                let message = words::CONFIG_NEWER.fill(&[("path", &path.display())]);
                Self::new("configuration", message).hinted(words::UPDATE_HINT)
            }
            AppError::NoHome => {
                Self::new("configuration", words::NO_HOME.text()).hinted(words::NO_HOME_HINT)
            }
            AppError::Variable { name, expected } => {
                let message = words::VARIABLE.fill(&[("name", &name)]);
                let expected = match expected.contains("UTF-8") {
                    true => words::EXPECTED_UTF8,
                    false => words::EXPECTED_FLAG,
                };
                Self::new("configuration", message).hinted(expected)
            }
            AppError::OpenFolder { path } => {
                let message = words::OPEN_FOLDER.fill(&[("path", &path.display())]);
                Self::new("open_folder", message).hinted(words::OPEN_FOLDER_HINT)
            }
            AppError::OAuth(error) => Self::from(&error),
            error => Self::new("failed", words::OTHER_FAILURE.fill(&[("reason", &error)])),
        }
    }
}

impl From<InvalidDay> for Failure {
    fn from(day: InvalidDay) -> Self {
        let words = match day.fault {
            DayFault::NoSuchDay => words::DAY_NONE,
            DayFault::NoSuchTime => words::DAY_TIME,
            DayFault::Form => words::DAY_FORM,
            _ => words::DAY_FORM,
        };
        Self::usage(words.fill(&[("given", &one_line(&day.given))]))
            .hint(words::DAY_HINT.fill(&[("forms", &InvalidDay::FORMS)]))
    }
}

fn name(fault: &NameFault) -> Failure {
    let (unknown, ambiguous, hint) = match fault.kind {
        NameKind::Room => (words::ROOM_UNKNOWN, words::ROOM_AMBIGUOUS, words::ROOM_HINT),
        NameKind::Person => (words::PERSON_UNKNOWN, words::PERSON_AMBIGUOUS, words::PERSON_HINT),
        NameKind::Message => (words::MESSAGE_UNKNOWN, words::MESSAGE_UNKNOWN, words::MESSAGE_HINT),
        _ => (words::MESSAGE_UNKNOWN, words::MESSAGE_UNKNOWN, words::MESSAGE_HINT),
    };
    let words = if fault.is_ambiguous { ambiguous } else { unknown };
    let message = words.fill(&[("name", &one_line(&fault.given))]);
    let code = if fault.is_ambiguous { "ambiguous_name" } else { "unknown_name" };
    let failure = Failure::new(code, message);
    match fault.candidates.is_empty() {
        true => failure.hinted(hint),
        false => {
            let candidates =
                fault.candidates.iter().map(|it| Candidate { id: it.id, name: it.name.clone() });
            failure.hinted(words::CANDIDATES).candidates(candidates.collect())
        }
    }
}
