//! For which requests a fault happens.

/// A request as conditions see it.
pub(crate) struct Seen<'a> {
    /// The operationId.
    pub(crate) operation: Option<&'a str>,
    /// The key of the account, if the token is valid.
    pub(crate) account: Option<&'a str>,
    /// The path, with `/v2`.
    pub(crate) path: &'a str,
    /// The time by the sandbox's clock.
    pub(crate) now: i64,
    /// Whether a parameter of the path, the query or a form has this value.
    pub(crate) has: &'a dyn Fn(&str, &str) -> bool,
}

impl Seen<'_> {
    /// A request to the token endpoint.
    pub(crate) fn of_token_endpoint<'a>(
        path: &'a str,
        now: i64,
        has: &'a dyn Fn(&str, &str) -> bool,
    ) -> Seen<'a> {
        Seen { operation: Some(super::TOKEN_ENDPOINT), account: None, path, now, has }
    }
}

impl super::Fault {
    /// Whether the fault is meant for a request. Chance and order come later.
    pub(super) fn is_for(&self, seen: &Seen<'_>) -> bool {
        let of_operation = match self.operation.as_deref() {
            None => seen.operation != Some(super::TOKEN_ENDPOINT),
            named => named == seen.operation,
        };
        of_operation
            && self.account.as_deref().is_none_or(|key| seen.account == Some(key))
            && self.room.is_none_or(|room| (seen.has)("room_id", &room.to_string()))
            && self.path.as_deref().is_none_or(|path| is_path(path, seen.path))
            && self.parameters.iter().all(|(name, value)| (seen.has)(name, value))
            && self.from.is_none_or(|from| seen.now >= from)
            && self.until.is_none_or(|until| seen.now < until)
    }
}

/// Whether a path is this one, or begins like one that ends with `*`.
fn is_path(wanted: &str, given: &str) -> bool {
    match wanted.strip_suffix('*') {
        Some(begin) => given.starts_with(begin),
        None => wanted == given,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Fault;

    #[test]
    fn every_condition_has_to_hold() {
        let has =
            |name: &str, value: &str| [("room_id", "7"), ("to_ids", "1")].contains(&(name, value));
        let seen = |account| Seen {
            operation: Some("createRoomTask"),
            account,
            path: "/v2/rooms/7/tasks",
            now: 100,
            has: &has,
        };
        let fault = Fault::close().account("ken").room(7).parameter("to_ids", "1");
        assert!(fault.is_for(&seen(Some("ken"))));
        assert!(!fault.is_for(&seen(Some("bot"))) && !fault.is_for(&seen(None)));
        let ken = seen(Some("ken"));
        for other in [
            fault.clone().room(8),
            fault.clone().parameter("to_ids", "2"),
            fault.clone().path("/v2/rooms/7"),
            fault.clone().path("/v2/rooms/8*"),
            fault.clone().from(101),
            fault.clone().until(100),
            fault.clone().operation("getMe"),
        ] {
            assert!(!other.is_for(&ken), "{other:?}");
        }
        for same in [
            fault.clone().path("/v2/rooms/7/tasks"),
            fault.clone().path("/v2/rooms/7*"),
            fault.clone().from(100).until(101),
        ] {
            assert!(same.is_for(&ken), "{same:?}");
        }
    }
}
