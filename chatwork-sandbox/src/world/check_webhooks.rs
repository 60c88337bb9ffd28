//! Finds contradictions in the webhooks of a world.

use std::collections::{HashMap, HashSet};

use super::{RoomSeed, WebhookSeed, World, WorldFault};
use crate::webhook;

/// Every fault of the webhooks of a world.
pub(super) fn faults(world: &World, hosts: &[String]) -> Vec<WorldFault> {
    let (mut counts, mut ids) = (HashMap::new(), HashSet::new());
    let mut faults = Vec::new();
    for (index, seed) in world.webhooks.iter().enumerate() {
        let mut fault = |field: &str, text: String| {
            faults.push(WorldFault { place: format!("webhooks[{index}].{field}"), text });
        };
        for (field, text) in webhook::faults(seed, hosts) {
            fault(field, text);
        }
        if let Some(id) = seed.id.filter(|id| !ids.insert(*id)) {
            fault("id", format!("{id} is taken by another webhook"));
        }
        let count = counts.entry(seed.account.as_str()).or_insert(0);
        if webhook::is_full(*count) {
            fault("account", webhook::too_many(&seed.account));
        }
        *count += 1;
        if let Some((field, text)) = relation(world, seed) {
            fault(field, text);
        }
    }
    faults
}

/// A contradiction between a webhook and the accounts and rooms of the world.
fn relation(world: &World, seed: &WebhookSeed) -> Option<(&'static str, String)> {
    let key = &seed.account;
    if !world.accounts.iter().any(|account| account.key == *key) {
        return Some(("account", format!("no account has the key `{key}`")));
    }
    let text = || ("room", format!("`{key}` is not in that room, or the room does not exist"));
    (!is_in_its_room(world, seed)).then(text)
}

fn is_in_its_room(world: &World, seed: &WebhookSeed) -> bool {
    let Some(id) = seed.room else {
        return true;
    };
    let has = |room: &RoomSeed| {
        let members = &room.members;
        let mut keys = members.admin.iter().chain(&members.member).chain(&members.readonly);
        keys.any(|key| *key == seed.account)
    };
    world.rooms.iter().any(|room| room.id == id && has(room))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::WorldError;

    const PEOPLE: &str = "
accounts:
  - { key: anna, id: 11, name: Anna }
  - { key: bob, id: 12, name: Bob }
rooms:
  - { id: 21, name: Launch, type: group, members: { admin: [anna] } }
webhooks:
";
    const URL: &str = "url: 'http://127.0.0.1:9/'";

    /// The faults of a world with these webhooks.
    fn faults(webhooks: &[String]) -> Vec<String> {
        match World::parse(&format!("{PEOPLE}{}", webhooks.join("\n"))) {
            Ok(_) => Vec::new(),
            Err(WorldError::Faults(faults)) => faults.iter().map(ToString::to_string).collect(),
            Err(other) => panic!("{other}"),
        }
    }

    fn of(rest: &str) -> String {
        format!("  - {{ {URL}, {rest} }}")
    }

    #[test]
    fn webhooks_of_either_kind_are_read() {
        let both = [
            of("account: anna, events: [message_created, message_updated], room: 21"),
            of("account: bob, events: [mention_to_me], token: dG9rZW4=, id: 5, enabled: false"),
        ];
        assert_eq!(faults(&both), Vec::<String>::new());
    }

    #[test]
    fn each_fault_is_reported_with_its_place() {
        for (webhook, place) in [
            (of("account: eve, events: [mention_to_me]"), "account"),
            (of("account: bob, events: [message_created], room: 21"), "room"),
            (of("account: anna, events: [message_created], room: 22"), "room"),
            (of("account: anna, events: [message_created]"), "events"),
            (of("account: anna, events: [mention_to_me], room: 21"), "events"),
            (of("account: anna, events: [mention_to_me, message_created]"), "events"),
            (of("account: anna, events: []"), "events"),
            (of("account: anna, events: [mention_to_me], token: no token"), "token"),
            (of("account: anna, events: [mention_to_me], id: 0"), "id"),
            (of("account: anna, events: [mention_to_me]").replace("127.0.0.1", "a.example"), "url"),
        ] {
            let faults = faults(std::slice::from_ref(&webhook));
            let place = format!("webhooks[0].{place}: ");
            assert!(faults.len() == 1 && faults[0].starts_with(&place), "{webhook} {faults:?}");
        }
    }

    #[test]
    fn an_account_has_at_most_five() {
        let mut webhooks = vec![of("account: anna, events: [mention_to_me]"); 5];
        assert_eq!(faults(&webhooks), Vec::<String>::new());
        webhooks.push(of("account: bob, events: [mention_to_me]"));
        assert_eq!(faults(&webhooks), Vec::<String>::new());
        webhooks.push(of("account: anna, events: [mention_to_me]"));
        assert!(faults(&webhooks)[0].starts_with("webhooks[6].account: "));
    }

    #[test]
    fn an_id_is_taken_once() {
        let webhooks = vec![of("account: anna, events: [mention_to_me], id: 5"); 2];
        assert!(faults(&webhooks)[0].starts_with("webhooks[1].id: "));
    }
}
