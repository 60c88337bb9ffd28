//! Accounts, and their names for plain texts.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use chatwork_sdk::types::AccountSummary;
use chatwork_sdk::{AccountId, UnixTime};
use rusqlite::{Connection, OptionalExtension, Result, params};

/// After how many seconds `last_seen` of an account is written again.
const SEEN: i64 = 24 * 3600;

/// The accounts that were read or written lately.
#[derive(Debug, Default)]
pub(crate) struct Names {
    known: HashMap<AccountId, Known>,
}

#[derive(Debug)]
struct Known {
    name: String,
    avatar: String,
    last_seen: i64,
}

impl Names {
    /// Stores an account, or its new name.
    pub(crate) fn note(
        &mut self,
        connection: &Connection,
        account: &AccountSummary,
        at: UnixTime,
    ) -> Result<()> {
        let AccountSummary { account_id, name, avatar_image_url: avatar, .. } = account;
        let known = self.find(connection, *account_id)?;
        let unchanged = known.is_some_and(|known| {
            let recent = at.0.saturating_sub(known.last_seen) < SEEN;
            recent && known.name == *name && known.avatar == *avatar
        });
        if unchanged {
            return Ok(());
        }
        let upsert = "INSERT INTO accounts VALUES (?1, ?2, ?3, ?4, ?4)
            ON CONFLICT (account_id) DO UPDATE
            SET name = ?2, avatar_url = ?3, last_seen = max(last_seen, ?4)";
        let values = params![account_id.0, name, avatar, at.0];
        connection.prepare_cached(upsert)?.execute(values)?;
        let known = Known { name: name.clone(), avatar: avatar.clone(), last_seen: at.0 };
        self.known.insert(*account_id, known);
        Ok(())
    }

    /// Returns the name of an account, if the archive has it.
    pub(crate) fn name(&mut self, connection: &Connection, account: AccountId) -> Option<String> {
        // A name that cannot be read is as good as none: the text then has the id.
        let known = self.find(connection, account).ok().flatten()?;
        Some(known.name.clone()).filter(|name| !name.is_empty())
    }

    fn find(&mut self, connection: &Connection, account: AccountId) -> Result<Option<&Known>> {
        let entry = match self.known.entry(account) {
            Entry::Occupied(entry) => return Ok(Some(entry.into_mut())),
            Entry::Vacant(entry) => entry,
        };
        let select = "SELECT name, avatar_url, last_seen FROM accounts WHERE account_id = ?1";
        let row = |row: &rusqlite::Row<'_>| {
            Ok(Known { name: row.get(0)?, avatar: row.get(1)?, last_seen: row.get(2)? })
        };
        let found = connection.prepare_cached(select)?.query_row([account.0], row).optional()?;
        Ok(found.map(|known| &*entry.insert(known)))
    }
}
