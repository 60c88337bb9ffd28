//! Addresses of rooms and messages.

use super::*;

fn invalid(text: &str) -> InvalidAddress {
    text.parse::<Address>().unwrap_err()
}

#[test]
fn the_address_of_a_room_is_read_and_written() {
    let address: Address = "https://www.chatwork.com/#!rid123".parse().unwrap();
    assert_eq!(address, Address::of_room(RoomId(123)));
    assert_eq!((address.site(), address.room()), (Site::Chatwork, RoomId(123)));
    assert_eq!(address.message(), None);
    assert_eq!(address.to_string(), "https://www.chatwork.com/#!rid123");
}

#[test]
fn the_address_of_a_message_is_read_and_written() {
    let text = "https://www.chatwork.com/#!rid123-1928374655918273645";
    let address: Address = text.parse().unwrap();
    let message = id("1928374655918273645");
    assert_eq!(Some(&address), Address::of_message(RoomId(123), &message).as_ref());
    assert_eq!((address.room(), address.message()), (RoomId(123), Some(&message)));
    assert_eq!(address.to_string(), text);
}

#[test]
fn addresses_of_kddi_chatwork_are_read_and_written() {
    let text = "https://kcw.kddi.ne.jp/#!rid1-2";
    let address: Address = text.parse().unwrap();
    assert_eq!(address.site(), Site::Kddi);
    assert_eq!(address.to_string(), text);
    let room = Address::of_room(RoomId(1)).at(Site::Kddi);
    assert_eq!(room.to_string(), "https://kcw.kddi.ne.jp/#!rid1");
}

#[test]
fn scheme_and_host_are_read_in_any_case() {
    let address: Address = "HTTPS://WWW.Chatwork.com/#!rid1".parse().unwrap();
    assert_eq!(address.to_string(), "https://www.chatwork.com/#!rid1");
}

#[test]
fn other_hosts_are_refused() {
    for host in [
        "chatwork.example",
        "www.chatwork.com.example",
        "evil.example@www.chatwork.com",
        "www.chatwork.com@evil.example",
        "www.chatwork.com:8443",
        "api.chatwork.com",
        "",
    ] {
        assert_eq!(invalid(&format!("https://{host}/#!rid1")), InvalidAddress::Host, "{host}");
    }
}

#[test]
fn other_schemes_are_refused() {
    for text in ["http://www.chatwork.com/#!rid1", "www.chatwork.com/#!rid1", "#!rid1", ""] {
        assert_eq!(invalid(text), InvalidAddress::Scheme, "{text}");
    }
}

#[test]
fn other_places_and_ids_are_refused() {
    for (rest, expected) in [
        ("", InvalidAddress::Place),
        ("/", InvalidAddress::Place),
        ("/g/code#!rid1", InvalidAddress::Place),
        ("#!rid1", InvalidAddress::Place),
        ("?a=b/#!rid1", InvalidAddress::Place),
        ("/#!rid", InvalidAddress::Room),
        ("/#!rid1 ", InvalidAddress::Room),
        ("/#!rid+1", InvalidAddress::Room),
        ("/#!rid9223372036854775808", InvalidAddress::Room),
        ("/#!rid-1", InvalidAddress::Room),
        ("/#!rid1-", InvalidAddress::Message),
        ("/#!rid1-2-3", InvalidAddress::Message),
        ("/#!rid1-x", InvalidAddress::Message),
    ] {
        let text = format!("https://www.chatwork.com{rest}");
        assert_eq!(invalid(&text), expected, "{text}");
    }
}

#[test]
fn a_message_id_that_is_not_a_number_has_no_address() {
    assert_eq!(Address::of_message(RoomId(1), &id("")), None);
    assert_eq!(Address::of_message(RoomId(1), &id("2/x")), None);
}

#[test]
fn an_error_says_what_is_invalid_and_what_is_expected() {
    let text = "invalid address of a room or message: unknown host: expected `www.chatwork.com` or \
                `kcw.kddi.ne.jp`";
    assert_eq!(invalid("https://example.com/#!rid1").to_string(), text);
}

#[test]
fn an_address_as_text_of_a_message_is_not_escaped() {
    let address = Address::of_room(RoomId(1)).to_string();
    assert_eq!(MessageText::new().text(&address).as_str(), address);
}
