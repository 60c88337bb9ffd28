//! What would be forgotten.

use chatwork_sdk::AccountId;
use rusqlite::{OptionalExtension, params_from_iter};

use super::forget::{Forget, messages};
use crate::error::Result;
use crate::store::Reader;

/// What [`Archive::forget`](crate::Archive::forget) would remove.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ForgetPreview {
    /// How many messages.
    pub messages: u64,
    /// How many texts before an edit or a deletion.
    pub revisions: u64,
}

impl Reader {
    /// Counts what [`Archive::forget`](crate::Archive::forget) would remove, for a question to the
    /// person. Removes nothing.
    ///
    /// # Errors
    ///
    /// The archive cannot be read.
    pub fn would_forget(&self, what: &Forget) -> Result<ForgetPreview> {
        let (condition, values) = messages(what);
        let transaction = self.begin()?;
        let count = |from: &str| {
            let select =
                format!("SELECT count(*) FROM {from} (SELECT id FROM messages WHERE {condition})");
            transaction.query_row(&select, params_from_iter(&values), |row| row.get::<_, i64>(0))
        };
        let number = |count: i64| u64::try_from(count).unwrap_or_default();
        Ok(ForgetPreview {
            messages: number(count("").map_err(self.sql())?),
            revisions: number(count("revisions WHERE id IN").map_err(self.sql())?),
        })
    }

    /// Returns the name of an account that the archive knows.
    ///
    /// # Errors
    ///
    /// The archive cannot be read.
    pub fn account_name(&self, account: AccountId) -> Result<Option<String>> {
        let select = "SELECT name FROM accounts WHERE account_id = ?1";
        let name = self.connection.query_row(select, [account.0], |row| row.get(0));
        name.optional().map_err(self.sql())
    }
}
