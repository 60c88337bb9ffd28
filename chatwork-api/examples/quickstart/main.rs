//! A first program: list the rooms, post a message, read the rate limit, make a mistake.
//!
//! ```sh
//! cargo run --example quickstart
//! ```
//!
//! It talks to a stand-in for the service in its own process (`stand_in.rs`), so that it needs no
//! account. With a token of yours, the line for the real service is
//! `let client = Client::new(Auth::api_token(token)?)?;`.

use chatwork_api::types::{CreateRoomMessageBody, RoomId};
use chatwork_api::{Auth, Error, RateLimit};

mod stand_in;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("No account needed: a stand-in on this machine gives the examples of the spec.");
    let chatwork = stand_in::start().await?;
    let client = chatwork.client(Auth::api_token("0123456789abcdef")?)?;

    println!("\nMy rooms:");
    let rooms = client.list_rooms().await?;
    for room in rooms.iter() {
        println!(
            "  {}  {:2} unread  {} ({})",
            room.room_id, room.unread_num, room.name, room.type_
        );
    }

    let Some(room) = rooms.iter().find(|room| room.is_group()) else {
        return Err("there is no group chat to post to".into());
    };
    let message =
        CreateRoomMessageBody { body: "Build is green".to_owned(), self_unread: Some(true.into()) };
    let posted = client.create_room_message(room.room_id, &message).await?;
    println!("\nPosted message {} to {}.", posted.message_id, room.name);

    if let Some(rate) = RateLimit::from_headers(posted.headers()) {
        println!(
            "{} of {} requests are left until Unix time {}.",
            rate.remaining, rate.limit, rate.reset
        );
    }

    println!("\nA mistake: posting to a room that I am not in.");
    match client.create_room_message(RoomId(1), &message).await {
        Ok(_) => return Err("the mistake went unnoticed".into()),
        Err(Error::Refused(refusal)) => {
            println!("  status  {}", refusal.status());
            println!("  errors  {}", refusal.errors().join("; "));
        }
        Err(other) => return Err(other.into()),
    }
    Ok(())
}
