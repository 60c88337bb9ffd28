//! `config`.

use chatwork_app::{AliasFault, Config, ConfigFile, check_alias, one_line};

use crate::args;
use crate::context::Context;
use crate::failure::{Done, Failure};
use crate::lang;
use crate::out::{Item, shape, time};
use crate::words;

/// The settings without an alias.
const KEYS: [&str; 4] = ["language", "time_zone", "storage", "site"];

pub(in crate::run) async fn run(context: &Context, config: args::Config) -> Done {
    let file = ConfigFile::new(&context.paths);
    match config {
        args::Config::List => context.out.list(&shape::SETTINGS, &all(&context.config)),
        args::Config::Get { key } => {
            let key = Key::read(&key)?;
            match key.get(&context.config) {
                Some(value) => context.out.write(&format!("{}\n", one_line(&value))),
                None => Ok(()),
            }
        }
        args::Config::Set { key, value } => {
            let key = Key::read(&key)?;
            let value = key.checked(context, &value).await?;
            Ok(file.edit(|config| {
                key.set(config, Some(value));
                Ok(())
            })?)
        }
        args::Config::Unset { key } => {
            let key = Key::read(&key)?;
            Ok(file.edit(|config| {
                key.set(config, None);
                Ok(())
            })?)
        }
        args::Config::Path => context.out.write(&format!("{}\n", file.path().display())),
    }
}

fn all(config: &Config) -> Vec<Item> {
    let settings = KEYS.iter().filter_map(|key| {
        let value = Key::Setting(key).get(config)?;
        Some(((*key).to_owned(), value))
    });
    let aliases = |kind: &'static str, aliases: &chatwork_app::Aliases| {
        let entry = |(name, id): (&String, &i64)| (format!("{kind}.{name}"), id.to_string());
        aliases.iter().map(entry).collect::<Vec<_>>()
    };
    let entries =
        settings.chain(aliases("rooms", &config.rooms)).chain(aliases("people", &config.people));
    entries
        .map(|(key, value)| {
            let mut item = Item::new();
            item.insert("key".to_owned(), key.into());
            item.insert("value".to_owned(), value.into());
            item
        })
        .collect()
}

/// The name of a setting.
enum Key<'a> {
    Setting(&'a str),
    Room(&'a str),
    Person(&'a str),
}

impl<'a> Key<'a> {
    fn read(text: &'a str) -> Done<Self> {
        let alias = |name: &'a str| match check_alias(name) {
            None => Ok(name),
            Some(fault) => {
                let words = match fault {
                    AliasFault::Form => words::ALIAS_FORM,
                    _ => words::ALIAS_TAKEN,
                };
                Err(Failure::usage(words.fill(&[("name", &one_line(name))])))
            }
        };
        match (text.strip_prefix("rooms."), text.strip_prefix("people.")) {
            (Some(name), _) => Ok(Self::Room(alias(name)?)),
            (_, Some(name)) => Ok(Self::Person(alias(name)?)),
            _ if KEYS.contains(&text) => Ok(Self::Setting(text)),
            _ => {
                let keys = format!("{}, rooms.ALIAS, people.ALIAS", KEYS.join(", "));
                Err(Failure::usage(words::CONFIG_KEY.fill(&[("key", &one_line(text))]))
                    .hint(words::CONFIG_KEYS.fill(&[("keys", &keys)])))
            }
        }
    }

    fn get(&self, config: &Config) -> Option<String> {
        match self {
            Self::Room(name) => config.rooms.get(*name).map(ToString::to_string),
            Self::Person(name) => config.people.get(*name).map(ToString::to_string),
            Self::Setting("language") => config.language.clone(),
            Self::Setting("time_zone") => config.time_zone.clone(),
            Self::Setting("storage") => config.storage.clone(),
            Self::Setting(_) => config.site.clone(),
        }
    }

    /// Returns the value as it is kept. An alias is kept as an id: a name may change.
    async fn checked(&self, context: &Context, value: &str) -> Done<String> {
        let is_valid = match self {
            Self::Room(_) => return Ok(context.room_id(value).await?.to_string()),
            Self::Person(_) => return Ok(context.person(None, value).await?.to_string()),
            Self::Setting("language") => lang::read(value).is_some() && value.len() == 2,
            Self::Setting("time_zone") => time::read(value).is_some(),
            Self::Setting("storage") => ["auto", "keyring", "file"].contains(&value),
            Self::Setting(_) => ["chatwork", "kddi"].contains(&value),
        };
        match (is_valid, self) {
            (false, Self::Setting(key)) => {
                let failure = Failure::usage(
                    words::CONFIG_VALUE.fill(&[("value", &one_line(value)), ("key", key)]),
                );
                Err(match *key {
                    "language" => failure.hint(words::USAGE_VALUES.fill(&[("values", &"en, ja")])),
                    "time_zone" => failure.hinted(words::ZONE_HINT),
                    "storage" => failure
                        .hint(words::USAGE_VALUES.fill(&[("values", &"auto, keyring, file")])),
                    _ => failure.hint(words::USAGE_VALUES.fill(&[("values", &"chatwork, kddi")])),
                })
            }
            _ => Ok(value.to_owned()),
        }
    }

    fn set(&self, config: &mut Config, value: Option<String>) {
        match self {
            Self::Room(name) => set_alias(&mut config.rooms, name, value),
            Self::Person(name) => set_alias(&mut config.people, name, value),
            Self::Setting("language") => config.language = value,
            Self::Setting("time_zone") => config.time_zone = value,
            Self::Setting("storage") => config.storage = value,
            Self::Setting(_) => config.site = value,
        }
    }
}

fn set_alias(aliases: &mut chatwork_app::Aliases, name: &str, value: Option<String>) {
    match value.and_then(|value| value.parse().ok()) {
        Some(id) => _ = aliases.insert(name.to_owned(), id),
        None => _ = aliases.remove(name),
    }
}
