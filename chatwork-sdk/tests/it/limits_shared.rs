//! Real processes that share one budget by files, against the sandbox with short windows.

use std::collections::HashSet;
use std::env;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use chatwork_sandbox::{LimitSeed, LimitSeeds, Sandbox, World};
use chatwork_sdk::limits::policy::Rules;
use chatwork_sdk::limits::{FileLimits, LimitStore, MemoryLimits};
use chatwork_sdk::{Client, Pacing, Role, RoomId};

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
const SECOND: Duration = Duration::from_secs(1);

async fn sandbox() -> Sandbox {
    let mut world = World::standard().unwrap();
    world.limits = LimitSeeds { account: Some(ACCOUNT), room_posting: Some(ROOM) };
    Sandbox::builder().world(world).start().await.unwrap()
}

fn client(base_url: &str, token: &str, store: impl LimitStore) -> Client {
    let builder = Client::builder().token(token).base_url(base_url).timeout(5 * SECOND);
    builder.limits(store).build().unwrap()
}

/// What a process of these tests does: posts so many messages, each with a text of its own.
#[tokio::test]
#[ignore = "run by the tests below, as processes"]
async fn child() {
    let Ok(base_url) = env::var("CHILD_BASE_URL") else { return };
    let of = |name: &str| env::var(name).unwrap();
    let store = FileLimits::with_rules(of("CHILD_FOLDER"), RULES);
    let client = client(&base_url, &of("CHILD_TOKEN"), store);
    let rooms: Vec<RoomId> =
        of("CHILD_ROOMS").split(',').map(|id| RoomId(id.parse().unwrap())).collect();
    let (name, count): (String, usize) = (of("CHILD_NAME"), of("CHILD_COUNT").parse().unwrap());
    for number in 0..count {
        let room = rooms[number % rooms.len()];
        client.room(room).post(format!("{name} {number}")).await.unwrap();
    }
    client.settle_limits().await;
}

fn start(sandbox: &Sandbox, folder: &str, rooms: &str, name: usize, count: usize) -> Child {
    let mut command = Command::new(env::current_exe().unwrap());
    command.args(["limits_shared::child", "--exact", "--ignored", "--nocapture"]);
    command.env("CHILD_BASE_URL", sandbox.base_url()).env("CHILD_FOLDER", folder);
    command.env("CHILD_TOKEN", sandbox.token("hanako"));
    command.env("CHILD_ROOMS", rooms).env("CHILD_NAME", format!("process {name}"));
    command.env("CHILD_COUNT", count.to_string());
    command.stdout(Stdio::null()).stderr(Stdio::inherit()).spawn().unwrap()
}

/// The rooms that hanako may post to.
async fn rooms(sandbox: &Sandbox) -> String {
    let token = sandbox.token("hanako");
    let all = client(&sandbox.base_url(), token, MemoryLimits::new()).rooms().await.unwrap();
    let open = all.iter().filter(|room| room.role != Role::Readonly);
    open.map(|room| room.room_id.to_string()).collect::<Vec<_>>().join(",")
}

/// Posts with so many processes, of which some are killed after a random time.
async fn run(processes: usize, killed: usize) {
    const MESSAGES: usize = 240;
    let (sandbox, folder) = (sandbox().await, tempfile::tempdir().unwrap());
    let folder = folder.path().to_str().unwrap();
    let rooms = rooms(&sandbox).await;
    let mut children: Vec<Child> = (0..processes)
        .map(|name| start(&sandbox, folder, &rooms, name, MESSAGES / processes))
        .collect();
    let began = Instant::now();
    for (number, child) in children.iter_mut().enumerate().take(killed) {
        // It has had a lease by then.
        let posted = format!("process+{number}+");
        while !bodies(&sandbox).iter().any(|body| body.contains(&posted)) {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        tokio::time::sleep(Duration::from_millis(fastrand::u64(..150))).await;
        child.kill().unwrap();
    }
    for (number, mut child) in children.into_iter().enumerate() {
        let ended = tokio::task::spawn_blocking(move || child.wait()).await.unwrap().unwrap();
        assert!(ended.success() || number < killed, "process {number}: {ended}");
    }
    println!("{processes} processes, {killed} killed: {:?}", began.elapsed());
    let requests = sandbox.requests();
    let refused: Vec<_> = requests.iter().filter(|it| it.status != Some(200)).collect();
    assert!(refused.is_empty(), "{refused:?}");
    let bodies = bodies(&sandbox);
    let different: HashSet<_> = bodies.iter().collect();
    assert_eq!(different.len(), bodies.len(), "nothing is sent twice");
    assert!(bodies.len() >= MESSAGES / processes * (processes - killed));
    let asked = requests.iter().filter(|it| it.operation.as_deref() == Some("getMe")).count();
    // One more for the client that looked for rooms.
    assert!(asked >= 2 && asked <= processes + 1, "{asked}");
}

/// The bodies of all posts.
fn bodies(sandbox: &Sandbox) -> Vec<String> {
    let requests = sandbox.requests().into_iter();
    let posts = requests.filter(|it| it.operation.as_deref() == Some("createRoomMessage"));
    posts.filter_map(|it| it.body).collect()
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "real processes in real time: see .ci/run"]
async fn real_processes_share_the_limits_without_a_429() {
    for (processes, killed) in [(1, 0), (8, 0), (8, 2), (24, 6)] {
        run(processes, killed).await;
    }
}

#[tokio::test]
async fn the_account_is_asked_for_once_and_then_remembered() {
    let (sandbox, folder) = (sandbox().await, tempfile::tempdir().unwrap());
    for _ in 0..3 {
        let store = FileLimits::with_rules(folder.path(), RULES);
        let client = client(&sandbox.base_url(), sandbox.token("hanako"), store);
        client.rooms().await.unwrap();
        client.settle_limits().await;
    }
    let operations: Vec<_> =
        sandbox.requests().into_iter().filter_map(|request| request.operation).collect();
    assert_eq!(operations, ["getMe", "listRooms", "listRooms", "listRooms"]);
}

#[tokio::test]
async fn a_stranger_without_the_store_is_noticed_with_the_next_reply() {
    let (sandbox, folder) = (Sandbox::start().await.unwrap(), tempfile::tempdir().unwrap());
    let builder = || Client::builder().token(sandbox.token("hanako")).base_url(sandbox.base_url());
    let stranger = builder().build().unwrap();
    for _ in 0..280 {
        stranger.me().await.unwrap();
    }
    let pacing = Pacing::default().max_wait(SECOND);
    let client = builder().limits(FileLimits::in_folder(folder.path())).pacing(pacing);
    let client = client.build().unwrap();
    let mut calls = 0;
    while client.me().await.is_ok() {
        calls += 1;
    }
    assert_eq!(calls, 19, "one of the 20 that were left has asked whose account it is");
    assert!(sandbox.requests().iter().all(|request| request.status == Some(200)));
}
