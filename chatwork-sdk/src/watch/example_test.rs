use std::time::Duration;

use chatwork_sandbox::Sandbox;
use chatwork_sdk::watch::{Event, Rooms, Watch};
use chatwork_sdk::{Client, RoomId};

/// The bot: answers each `ping`.
async fn bot(chatwork: Client, mut watch: Watch) {
    while let Some(event) = watch.next().await {
        if let Event::MessageCreated { room_id, message } = event
            && message.body == "ping"
        {
            let _ = chatwork.room(room_id).post("pong").await;
        }
    }
}

fn client(sandbox: &Sandbox, who: &str) -> chatwork_sdk::Result<Client> {
    Client::builder().token(sandbox.token(who)).base_url(sandbox.base_url()).build()
}

#[tokio::test(start_paused = true)]
async fn a_ping_is_answered() -> Result<(), Box<dyn std::error::Error>> {
    let sandbox = Sandbox::start().await?;
    let (hanako, ken) = (client(&sandbox, "hanako")?, client(&sandbox, "ken")?);
    let room = RoomId(93_207_172);

    let mut watch = hanako.watch(Rooms::All).own_messages(false);
    watch.started().await?; // what comes after this is an event
    tokio::spawn(bot(hanako, watch));
    ken.room(room).post("ping").await?;

    // If the bot does not answer, this fails after ten minutes of paused time, which take no time.
    let answered = tokio::time::timeout(Duration::from_secs(600), async {
        loop {
            let messages = ken.room(room).latest_messages().await?;
            if messages.iter().any(|message| message.body == "pong") {
                return Ok::<(), chatwork_sdk::Error>(());
            }
            tokio::time::sleep(Duration::from_secs(5)).await;
        }
    });
    Ok(answered.await??)
}
