//! The scopes that operations need.

use std::collections::BTreeSet;

use chatwork_api::operations::{self, Scope};

use crate::Operation;

/// Returns scopes that allow all of these operations: for each operation the scope that allows the
/// fewest others. It sends no request.
///
/// An operation needs any one of its [`Operation::scopes`]. To refresh tokens for longer than 14
/// days, add [`Scope::OfflineAccess`].
///
/// ```
/// use chatwork_sdk::Scope;
/// use chatwork_sdk::oauth::{operations, scopes_for};
///
/// let scopes = scopes_for([operations::GET_ME, operations::CREATE_ROOM_MESSAGE]);
/// assert_eq!(scopes, [Scope::UsersProfileMeRead, Scope::RoomsMessagesWrite]);
/// ```
pub fn scopes_for(operations: impl IntoIterator<Item = Operation>) -> Vec<Scope> {
    let narrowest = |operation: Operation| {
        operation.scopes.iter().copied().min_by_key(|scope| operations_of(*scope))
    };
    let chosen: BTreeSet<Scope> = operations.into_iter().filter_map(narrowest).collect();
    chosen.into_iter().collect()
}

/// Returns how many operations a scope allows.
fn operations_of(scope: Scope) -> usize {
    operations::ALL.iter().filter(|operation| operation.scopes.contains(&scope)).count()
}

/// Returns `true` if one of these scopes allows the operation.
pub(super) fn allow(scopes: &[Scope], operation: &Operation) -> bool {
    operation.scopes.is_empty() || operation.scopes.iter().any(|scope| scopes.contains(scope))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_chosen_allows_each_operation() {
        for operation in operations::ALL {
            let scopes = scopes_for([operation]);
            assert!(scopes.len() == 1 && allow(&scopes, &operation), "{}", operation.id);
        }
    }

    #[test]
    fn what_is_chosen_allows_the_least() {
        let of = |operation| scopes_for([operation]);
        assert_eq!(of(operations::CREATE_ROOM), [Scope::RoomsWrite]);
        assert_eq!(of(operations::LIST_CONTACTS), [Scope::ContactsAllRead]);
        assert_eq!(of(operations::LIST_MY_TASKS), [Scope::UsersTasksMeRead]);
    }

    #[test]
    fn a_scope_is_named_once() {
        let twice = [operations::GET_ROOM, operations::LIST_ROOMS];
        assert_eq!(scopes_for(twice), [Scope::RoomsInfoRead]);
    }

    #[test]
    fn nothing_needs_nothing() {
        assert!(scopes_for([]).is_empty());
        assert!(allow(&[], &Operation::UNDOCUMENTED_READ));
    }
}
