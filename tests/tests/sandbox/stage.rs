//! A sandbox, with the proxy that watches it.

use chatwork_sandbox::{Clock, Sandbox, World};
use chatwork_sdk::{Client, ClientBuilder, Pacing, RetryPolicy};
use tests::proxy::{Proxy, http};

/// The time of the stopped clock.
const START: i64 = 1_750_831_200;

/// A sandbox, with the proxy that watches it.
pub(crate) struct Stage {
    pub(crate) sandbox: Sandbox,
    pub(crate) proxy: Proxy,
}

impl Stage {
    /// The standard world.
    pub(crate) async fn new() -> Self {
        Self::of(World::standard().unwrap()).await
    }

    /// Another world.
    pub(crate) async fn of(world: World) -> Self {
        let builder = Sandbox::builder().clock(Clock::manual(START)).world(world);
        let sandbox = builder.start().await.unwrap();
        let proxy = Proxy::start(sandbox.origin()).await;
        Self { sandbox, proxy }
    }

    /// A client of an account.
    pub(crate) fn client(&self, key: &str) -> Client {
        self.builder().token(self.sandbox.token(key)).build().unwrap()
    }

    /// A client without a token, which neither waits nor repeats.
    pub(crate) fn builder(&self) -> ClientBuilder {
        let builder = Client::builder().base_url(self.proxy.base_url());
        let builder = builder.http_client(http());
        builder.pacing(Pacing::off()).retry(RetryPolicy::off())
    }
}
