//! Real processes that share limits and a grant by a real server, against the sandbox.

use std::collections::HashSet;
use std::env;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use chatwork_redis::{RedisLimits, RedisTokens, Server};
use chatwork_sandbox::{LimitSeed, LimitSeeds, Sandbox, World};
use chatwork_sdk::limits::policy::Rules;
use chatwork_sdk::oauth::{
    App, Authorization, Grant, SaveIf, SaveOutcome, StoreLock, StoredGrant, TokenStore,
};
use chatwork_sdk::reqwest::{self, redirect};
use chatwork_sdk::{Client, Role, RoomId, Scope, TokenFuture, UnixTime};
use tokio::task::spawn_blocking;
use tokio::time::sleep;

use crate::support::Redis;

/// The windows of the sandbox in these tests.
const ACCOUNT: LimitSeed = LimitSeed { requests: 60, seconds: 3 };
const ROOM: LimitSeed = LimitSeed { requests: 10, seconds: 2 };
const RULES: Rules = Rules {
    account_requests: ACCOUNT.requests,
    account_window: 3_000,
    account_margin: 1000,
    room_posts: ROOM.requests,
    room_window: 2_000,
    room_margin: 50,
    probe_patience: 1_000,
};
const MESSAGES: usize = 240;
const CALLBACK: &str = "http://127.0.0.1:4711/callback";

/// What a process of these tests does.
#[tokio::test]
#[ignore = "run by the tests below, as processes"]
async fn child() {
    let Ok(redis) = env::var("CHILD_REDIS") else { return };
    let server = Server::open(&redis).unwrap();
    match of("CHILD_WORK").as_str() {
        "posts" => post(&server).await,
        work => ask(&server, work == "dies").await,
    }
}

fn of(name: &str) -> String {
    env::var(name).unwrap()
}

fn start(redis: &Redis, variables: &[(&str, String)]) -> Child {
    let mut command = Command::new(env::current_exe().unwrap());
    command.args(["processes::child", "--exact", "--ignored", "--nocapture"]);
    command.env("CHILD_REDIS", redis.url()).envs(variables.iter().cloned());
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::inherit()).spawn().unwrap()
}

/// Posts messages, each with a text of its own.
async fn post(server: &Server) {
    let store = RedisLimits::with_rules(server, RULES);
    let client = client(&of("CHILD_API"), &of("CHILD_TOKEN"), Some(store));
    let rooms: Vec<RoomId> =
        of("CHILD_ROOMS").split(',').map(|id| RoomId(id.parse().unwrap())).collect();
    for number in 0..of("CHILD_COUNT").parse().unwrap() {
        let room = rooms[number % rooms.len()];
        client.room(room).post(format!("{} {number}", of("CHILD_NAME"))).await.unwrap();
    }
    client.settle_limits().await;
}

fn client(base_url: &str, token: &str, store: Option<RedisLimits>) -> Client {
    let builder = Client::builder().token(token).base_url(base_url);
    let builder = builder.timeout(Duration::from_secs(5));
    match store {
        Some(store) => builder.limits(store).build().unwrap(),
        None => builder.build().unwrap(),
    }
}

/// Posts with so many processes. Some of them are killed after their first message.
async fn posted_by(processes: usize, killed: usize) {
    let mut world = World::standard().unwrap();
    world.limits = LimitSeeds { account: Some(ACCOUNT), room_posting: Some(ROOM) };
    let sandbox = Sandbox::builder().world(world).start().await.unwrap();
    let (redis, token) = (Redis::start(), sandbox.token("hanako").to_owned());
    let rooms = client(&sandbox.base_url(), &token, None).rooms().await.unwrap();
    let open = rooms.iter().filter(|room| room.role != Role::Readonly);
    let rooms = open.map(|room| room.room_id.to_string()).collect::<Vec<_>>().join(",");
    // Its one request was made without the store.
    sleep(Duration::from_secs(u64::from(ACCOUNT.seconds) + 1)).await;

    let children = (0..processes).map(|number| {
        let variables = [
            ("CHILD_WORK", "posts".to_owned()),
            ("CHILD_API", sandbox.base_url()),
            ("CHILD_TOKEN", token.clone()),
            ("CHILD_ROOMS", rooms.clone()),
            ("CHILD_NAME", format!("process {number}:")),
            ("CHILD_COUNT", (MESSAGES / processes).to_string()),
        ];
        start(&redis, &variables)
    });
    let mut children: Vec<Child> = children.collect();
    for (number, child) in children.iter_mut().enumerate().take(killed) {
        while !bodies(&sandbox).iter().any(|body| body.contains(&format!("process+{number}%3A"))) {
            sleep(Duration::from_millis(5)).await;
        }
        sleep(Duration::from_millis(fastrand::u64(..150))).await;
        child.kill().unwrap();
    }
    for (number, mut child) in children.into_iter().enumerate() {
        let ended = spawn_blocking(move || child.wait()).await.unwrap().unwrap();
        assert!(ended.success() || number < killed, "process {number}: {ended}");
    }

    let refused: Vec<_> =
        sandbox.requests().into_iter().filter(|request| request.status != Some(200)).collect();
    assert!(refused.is_empty(), "{refused:?}");
    let bodies = bodies(&sandbox);
    let different: HashSet<_> = bodies.iter().collect();
    assert_eq!(different.len(), bodies.len(), "nothing is sent twice");
    assert!(bodies.len() >= MESSAGES / processes * (processes - killed));
}

/// The bodies of all posts.
fn bodies(sandbox: &Sandbox) -> Vec<String> {
    let requests = sandbox.requests().into_iter();
    let posts = requests.filter(|it| it.operation.as_deref() == Some("createRoomMessage"));
    posts.filter_map(|it| it.body).collect()
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "real processes in real time: see .ci/run"]
async fn eight_processes_of_which_two_die_share_the_limits_without_a_429() {
    posted_by(8, 2).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "real processes in real time: see .ci/full"]
async fn one_process_or_a_fleet_shares_the_limits_without_a_429() {
    posted_by(1, 0).await;
    posted_by(24, 6).await;
}

/// A sandbox with a grant in the store whose access token has ended.
struct Consent {
    sandbox: Sandbox,
    redis: Redis,
    store: RedisTokens,
}

fn app(token_url: &str, login_url: &str) -> App {
    let app = App::builder("sandbox-confidential-app").secret("sandbox-confidential-secret");
    let app = app.redirect_uri(CALLBACK).allow_http_redirect_uri(true);
    app.endpoints(login_url, token_url).build().unwrap()
}

impl Consent {
    async fn ended() -> Self {
        let (sandbox, redis) = (Sandbox::builder().start().await.unwrap(), Redis::start());
        let app = app(&sandbox.token_url(), &sandbox.authorization_url());
        let Authorization { mut url, pending, .. } = app.authorize([Scope::RoomsAllRead]).unwrap();
        url.query_pairs_mut().append_pair("auto", "allow");
        let http = reqwest::Client::builder().redirect(redirect::Policy::none()).no_proxy();
        let reply = http.build().unwrap().get(url).send().await.unwrap();
        let callback = reply.headers()["location"].to_str().unwrap();
        let mut grant = app.exchange(pending.check(callback).unwrap()).await.unwrap();
        grant.expires_at = UnixTime(1);
        let store = RedisTokens::new(&redis.server(), "hanako");
        assert!(matches!(store.save(&grant, SaveIf::Always).await, Ok(SaveOutcome::Saved(_))));
        Self { sandbox, redis, store }
    }

    fn start(&self, work: &str) -> Child {
        let variables =
            [("CHILD_WORK", work.to_owned()), ("CHILD_TOKEN_URL", self.sandbox.token_url())];
        start(&self.redis, &variables)
    }

    fn refreshes(&self) -> usize {
        let requests = self.sandbox.requests().into_iter().filter_map(|request| request.body);
        requests.filter(|body| body.contains("grant_type=refresh_token")).count()
    }
}

/// Asks a source for an access token.
async fn ask(server: &Server, dies: bool) {
    let app = app(&of("CHILD_TOKEN_URL"), "http://127.0.0.1:9");
    let store = RedisTokens::new(server, "hanako");
    println!("asks");
    let token = match dies {
        true => app.source(Dying(store)).access_token().await,
        false => app.source(store).access_token().await,
    };
    println!("token {}", token.unwrap().expose());
}

/// A store whose save ends the process.
struct Dying(RedisTokens);

impl TokenStore for Dying {
    fn load(&self) -> TokenFuture<'_, Option<StoredGrant>> {
        TokenStore::load(&self.0)
    }

    fn save<'a>(&'a self, _: &'a Grant, _: SaveIf<'a>) -> TokenFuture<'a, SaveOutcome> {
        std::process::abort()
    }

    fn remove(&self) -> TokenFuture<'_, ()> {
        TokenStore::remove(&self.0)
    }

    fn lock(&self) -> TokenFuture<'_, StoreLock> {
        TokenStore::lock(&self.0)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_four_processes_on_one_token_that_ended_make_one_refresh() {
    let consent = Consent::ended().await;
    let lock = TokenStore::lock(&consent.store).await.unwrap();
    let children: Vec<Child> = (0..24).map(|_| consent.start("asks")).collect();
    let tokens = spawn_blocking(move || {
        let mut lines: Vec<_> = children
            .into_iter()
            .map(|mut child| (BufReader::new(child.stdout.take().unwrap()).lines(), child))
            .collect();
        for (lines, _) in &mut lines {
            assert!(lines.by_ref().any(|line| line.unwrap().contains("asks")));
        }
        lines
    });
    let lines = tokens.await.unwrap();
    // All of them are about to refresh, or wait for the lock.
    lock.release().await.unwrap();
    let tokens = spawn_blocking(move || {
        let token = |line: std::io::Result<String>| {
            line.unwrap().split_once("token ").map(|(_, token)| token.to_owned())
        };
        let ended = lines.into_iter().map(|(lines, mut child)| {
            let found = lines.filter_map(token).last();
            assert!(child.wait().unwrap().success());
            found.unwrap()
        });
        ended.collect::<HashSet<String>>()
    });
    assert_eq!(tokens.await.unwrap().len(), 1, "all have the same token");
    assert_eq!(consent.refreshes(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_dies_between_refresh_and_save_leaves_the_old_grant() {
    let consent = Consent::ended().await;
    let before = TokenStore::load(&consent.store).await.unwrap().unwrap().grant;
    let mut child = consent.start("dies");
    let ended = spawn_blocking(move || child.wait()).await.unwrap().unwrap();
    assert!(!ended.success());
    assert_eq!(consent.refreshes(), 1);
    let after = TokenStore::load(&consent.store).await.unwrap().unwrap().grant;
    assert_eq!(after, before, "its access token is usable until it ends");
    let lock: i64 = consent.redis.send(&format!("PTTL {}:lock", consent.store.key())).await;
    assert!(lock > 0 && lock <= 120_000, "the lock ends by itself: {lock}");
}
