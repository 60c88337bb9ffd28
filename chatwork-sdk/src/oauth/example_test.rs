use chatwork_sandbox::Sandbox;
use chatwork_sdk::oauth::{App, MemoryStore};
use chatwork_sdk::reqwest::{self, redirect::Policy};
use chatwork_sdk::{Client, Scope};

#[tokio::test]
async fn a_user_signs_in() -> Result<(), Box<dyn std::error::Error>> {
    let sandbox = Sandbox::start().await?;
    let app = App::builder("sandbox-public-app")
        .redirect_uri("com.example.sandbox:/callback")
        .endpoints(sandbox.authorization_url(), sandbox.token_url())
        .build()?;
    let mut request = app.authorize([Scope::UsersProfileMeRead])?;
    request.url.query_pairs_mut().append_pair("auto", "allow"); // the user consents at once

    // In the place of a browser: the page redirects to the app.
    let browser = reqwest::Client::builder().no_proxy().redirect(Policy::none()).build()?;
    let page = browser.get(request.url).send().await?;
    let callback = page.headers()["location"].to_str()?;

    let code = request.pending.check(callback)?;
    let source = app.source(MemoryStore::new(app.exchange(code).await?));
    let client = Client::builder().token_source(source).base_url(sandbox.base_url()).build()?;
    assert_eq!(client.me().await?.name, "山田 花子");
    Ok(())
}
