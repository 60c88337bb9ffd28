//! Which account a token is of, by the hash of the token: one line each.

use chatwork_api::types::AccountId;

use super::locked::LockedFile;
use crate::limits::account::TokenHash;
use crate::limits::store::StoreError;

/// The lines that are kept, the latest ones: access tokens come and go.
const MOST: usize = 200;

pub(super) fn find(
    file: &mut LockedFile,
    token: &TokenHash,
) -> Result<Option<AccountId>, StoreError> {
    let bytes = file.lock()?.read()?;
    let text = String::from_utf8_lossy(&bytes);
    let account = text.lines().rev().find_map(|line| account_of(line, token));
    Ok(account)
}

/// A line that was damaged is of no token.
fn account_of(line: &str, token: &TokenHash) -> Option<AccountId> {
    let (hash, account) = line.split_once(' ')?;
    if hash != token.as_str() {
        return None;
    }
    let (account, end) = account.split_once(' ')?;
    (end == "end").then(|| account.parse().ok().map(AccountId)).flatten()
}

pub(super) fn add(
    file: &mut LockedFile,
    token: &TokenHash,
    account: AccountId,
) -> Result<(), StoreError> {
    let open = file.lock()?;
    let bytes = open.read()?;
    let text = String::from_utf8_lossy(&bytes);
    let others: Vec<&str> = text.lines().filter(|line| !line.starts_with(token.as_str())).collect();
    let first = others.len().saturating_sub(MOST - 1);
    let mut kept: String = others.iter().skip(first).map(|line| format!("{line}\n")).collect();
    // The last word shows that a line which somebody else has changed is whole.
    kept.push_str(&format!("{token} {account} end\n"));
    open.write(kept.as_bytes())?;
    Ok(())
}
