//! What programs meet at the service, as faults with a name. The README says what is known of each.

use std::time::Duration;

use super::{Fault, FaultLimit};

const JSON: (&str, &str) = ("content-type", "application/json; charset=utf-8");

/// The names of all presets, in the order in which a page offers them.
pub(crate) const NAMES: [&str; 9] = [
    "account_limit",
    "room_limit",
    "html_502",
    "expired_bearer",
    "hidden_by_plan",
    "lost_reply",
    "late",
    "lagging_list",
    "odd_shape",
];

/// Returns the fault of a preset.
pub(crate) fn named(name: &str) -> Option<Fault> {
    let error = |status, text: &str| {
        Fault::status(status).header(JSON.0, JSON.1).body(format!("{{\"errors\":[\"{text}\"]}}"))
    };
    Some(match name {
        "account_limit" => Fault::rate_limit(FaultLimit::Account),
        "room_limit" => Fault::rate_limit(FaultLimit::RoomPosting).operation("createRoomMessage"),
        "html_502" => Fault::status(502)
            .header("content-type", "text/html")
            .body("<html><body><h1>502 Bad Gateway</h1></body></html>"),
        "expired_bearer" => error(401, "Invalid API token").header(
            "www-authenticate",
            "Bearer error=\"invalid_token\", error_description=\"The access token expired\"",
        ),
        "hidden_by_plan" => error(404, "Message not found")
            .header("chatwork-message-limitation", "true")
            .operation("getRoomMessage"),
        "lost_reply" => Fault::close().after_processing().operation("createRoomMessage"),
        "late" => Fault::delay(Duration::from_secs(20)),
        "lagging_list" => Fault::lag(1).operation("listRoomMessages"),
        "odd_shape" => Fault::status(200).header(JSON.0, JSON.1).body("{\"unexpected\":true}"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_preset_is_a_fault_that_can_happen() {
        for name in NAMES {
            assert_eq!(named(name).unwrap().validate(), Ok(()), "{name}");
        }
        assert!(named("other").is_none());
    }
}
