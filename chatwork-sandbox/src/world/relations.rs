//! Invalid relations inside a world: of contact requests, replies and edits.

use std::collections::HashSet;

use super::{MessageSeed, RequestSeed, World, seconds};
use crate::state::RoomKind;

type Fault = (String, String);

/// Every invalid relation.
pub(super) fn faults(world: &World) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut seen = HashSet::new();
    for (index, request) in world.contact_requests.iter().enumerate() {
        let first = seen.insert((&request.from, &request.to));
        let why = request_fault(world, request)
            .or((!first).then_some("an earlier contact request has the same `from` and `to`"));
        faults.extend(why.map(|text| (format!("contact_requests[{index}]"), text.to_owned())));
    }
    for (room_index, room) in world.rooms.iter().enumerate() {
        for (index, message) in room.messages.iter().enumerate() {
            let place = format!("rooms[{room_index}].messages[{index}]");
            if is_edited_too_early(message) {
                let text = "it cannot be edited before it is sent".to_owned();
                faults.push((format!("{place}.edited_ago"), text));
            }
            let lost = lost_replies(&room.messages, index, message).into_iter();
            faults.extend(lost.map(|text| (format!("{place}.body"), text)));
        }
    }
    faults
}

fn request_fault(world: &World, request: &RequestSeed) -> Option<&'static str> {
    if request.from == request.to {
        return Some("`from` and `to` are the same account");
    }
    let asked = [&request.from, &request.to];
    let mut chats = world.rooms.iter().filter(|room| room.kind == RoomKind::Direct);
    let known = chats.any(|room| asked.iter().all(|key| room.members.member.contains(key)));
    known.then_some("they are contacts already: they have a direct chat")
}

fn is_edited_too_early(message: &MessageSeed) -> bool {
    let edited = message.edited_ago.as_deref().and_then(seconds);
    let sent = message.at.map_or(message.ago.as_deref().map_or(Some(0), seconds), |_| None);
    edited.zip(sent).is_some_and(|(edited, sent)| edited > sent)
}

/// Returns a fault for each `{rp:N}` of a message that is not an earlier message of the room.
fn lost_replies(all: &[MessageSeed], own: usize, message: &MessageSeed) -> Vec<String> {
    let marks = message.body.split("{rp:").skip(1).filter_map(|rest| Some(rest.split_once('}')?.0));
    let lost = marks.filter(|number| {
        let index = number.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        let target = index.filter(|index| *index != own).and_then(|index| all.get(index));
        !target.is_some_and(|target| is_before(target, message, index < Some(own)))
    });
    lost.map(|number| format!("`{{rp:{number}}}` is not an earlier message of this room")).collect()
}

/// Whether a message was sent before another. If both were sent at the same time, the message that
/// is listed first is the earlier one. An age and a Unix time cannot be compared before the start:
/// then this returns `true`.
fn is_before(first: &MessageSeed, second: &MessageSeed, listed: bool) -> bool {
    let ages = |seed: &MessageSeed| match (&seed.ago, seed.at) {
        (_, Some(at)) => (Some(at), None),
        (ago, None) => (None, ago.as_deref().map_or(Some(0), seconds)),
    };
    match (ages(first), ages(second)) {
        ((Some(one), _), (Some(other), _)) => one < other || one == other && listed,
        ((_, Some(one)), (_, Some(other))) => one > other || one == other && listed,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use crate::world::World;

    const PEOPLE: &str = "accounts: [{ key: a, id: 1, name: A }, { key: b, id: 2, name: B }]";

    /// The error of a world with two accounts and more.
    fn said(more: &str) -> String {
        World::parse(&format!("{PEOPLE}\n{more}")).unwrap_err().to_string()
    }

    fn room(messages: &str) -> String {
        format!("rooms: [{{ id: 5, name: G, members: {{ admin: [a] }}, messages: [{messages}] }}]")
    }

    #[test]
    fn a_reply_needs_an_earlier_message() {
        for body in ["{rp:0}", "{rp:2}", "{rp:1}", "{rp:x}", "{rp:1}, {rp:3}"] {
            let said = said(&room(&format!("{{ from: a, body: 'x {body}' }}")));
            assert!(said.contains("rooms[0].messages[0].body: `{rp:"), "{body} {said}");
        }
        let later = "{ from: a, body: '{rp:2}', ago: 2d }, { from: a, body: x, ago: 1d }";
        assert!(said(&room(later)).contains("`{rp:2}` is not an earlier message"));
    }

    #[test]
    fn a_reply_to_an_earlier_message_is_taken_wherever_that_is_listed() {
        for messages in [
            "{ from: a, body: x, ago: 2d }, { from: a, body: '{rp:1}', ago: 1d }",
            "{ from: a, body: '{rp:2}', ago: 1d }, { from: a, body: x, ago: 2d }",
            "{ from: a, body: x, at: 5 }, { from: a, body: '{rp:1}', at: 5 }",
            "{ from: a, body: x, at: 5 }, { from: a, body: '{rp:1}', ago: 1d }",
        ] {
            World::parse(&format!("{PEOPLE}\n{}", room(messages))).unwrap();
        }
    }

    #[test]
    fn an_edit_before_the_message_is_a_fault() {
        let said = said(&room("{ from: a, body: x, ago: 1h, edited_ago: 3h }"));
        assert!(said.contains("rooms[0].messages[0].edited_ago: "), "{said}");
    }

    #[test]
    fn an_impossible_contact_request_is_a_fault() {
        let requests = |more: &str| said(&format!("contact_requests: [{more}]"));
        let to_self = requests("{ id: 1, from: a, to: a, message: hi }");
        assert!(
            to_self.contains("contact_requests[0]: `from` and `to` are the same account"),
            "{to_self}"
        );
        let one = "{ id: 1, from: a, to: b, message: hi }";
        let twice = requests(&format!("{one}, {}", one.replace("id: 1", "id: 2")));
        assert!(twice.contains("contact_requests[1]: an earlier contact request"), "{twice}");
        let chat = "rooms: [{ id: 5, type: direct, members: { member: [b, a] } }]";
        let known = said(&format!("contact_requests: [{one}]\n{chat}"));
        assert!(known.contains("they are contacts already"), "{known}");
    }
}
