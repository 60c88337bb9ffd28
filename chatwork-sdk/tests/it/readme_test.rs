use chatwork_sandbox::{Fault, Sandbox};
use chatwork_sdk::{Client, RoomId};

fn client(sandbox: &Sandbox, who: &str) -> chatwork_sdk::Result<Client> {
    Client::builder().token(sandbox.token(who)).base_url(sandbox.base_url()).build()
}

#[tokio::test(start_paused = true)]
async fn a_message_is_posted_after_a_failure() -> Result<(), Box<dyn std::error::Error>> {
    let sandbox = Sandbox::start().await?; // each test has its own; it ends when it is dropped
    let (bot, ken) = (client(&sandbox, "bot")?, client(&sandbox, "ken")?);
    let room = RoomId(93_207_172);

    sandbox.faults().add(Fault::status(503).operation("getMe"))?; // the next GET /me fails
    assert_eq!(bot.me().await?.name, "Deploy Bot"); // the client retries it

    let id = bot.room(room).post("Build is green").await?;
    let seen = ken.room(room).message(&id).get().await?;
    assert_eq!(seen.body, "Build is green");
    Ok(())
}
