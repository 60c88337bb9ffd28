//! Each recipe of the cookbook, against the sandbox.

#![cfg(unix)]

use std::path::Path;
use std::process::{Command, Stdio};

use chatwork_sandbox::WebhookSeed;
use chatwork_sdk::RoomId;

use crate::support::{Desk, ROOM, Ran, finish};

const TOKEN: &str = "iY/hmitgwCBlc5DnjAZ8pyRG1HF0zFflfmKmtCDg1wk=";
const ID: RoomId = RoomId(93_207_172);

fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/cookbook"))
}

fn recipe(desk: &Desk, name: &str, args: &[&str]) -> Command {
    let mut command = Command::new("sh");
    desk.isolate(&mut command);
    command.arg(folder().join(name)).args(args);
    command
}

fn run(desk: &Desk, name: &str, args: &[&str]) -> Ran {
    finish(recipe(desk, name, args), b"")
}

async fn newest(desk: &Desk, who: &str, room: RoomId) -> String {
    let messages = desk.client(who).room(room).latest_messages().await.unwrap();
    messages.last().unwrap().body.clone()
}

#[test]
fn the_pages_hold_the_recipes() {
    let pages = [include_str!("../../COOKBOOK.md"), include_str!("../../COOKBOOK.ja.md")];
    for entry in std::fs::read_dir(folder()).unwrap() {
        let script = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        assert!(pages.iter().all(|page| page.contains(&script)), "{script}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn ci_notification() {
    let desk = Desk::new().await;
    std::fs::write(desk.home().join("log.txt"), "step 1\n[toall] failed\n").unwrap();
    for (status, expected) in [
        ("success", "Build passed "),
        ("failure", "[info][title]Build failed [/title][code]step 1\n[toall] failed[/code][/info]"),
    ] {
        let mut command = recipe(&desk, "ci-notification.sh", &[ROOM, status, "log.txt"]);
        command.env("CHATWORK_API_TOKEN", desk.sandbox.token("bot"));
        command.env("CHATWORK_API_BASE_URL", desk.sandbox.base_url());
        finish(command, b"").ok();
        assert_eq!(newest(&desk, "ken", ID).await, expected);
    }
}

/// Posts as if it were so many days ago.
#[cfg(feature = "archive")]
async fn post_days_ago(desk: &Desk, days: i64, who: &str, room: RoomId, text: &str) {
    let clock = desk.sandbox.clock();
    let now = clock.now();
    clock.set(now - days * 24 * 60 * 60);
    desk.client(who).room(room).post(text).await.unwrap();
    clock.set(now);
}

#[cfg(feature = "archive")]
#[tokio::test(flavor = "multi_thread")]
async fn daily_digest() {
    let desk = Desk::of("hanako").await;
    let own = RoomId(30_872_716);
    post_days_ago(&desk, 3, "ken", ID, "金曜の文面").await;
    post_days_ago(&desk, 1, "ken", ID, "2*3 = 6 (a_b) #1 - 済").await;
    post_days_ago(&desk, 1, "hanako", own, "前日のまとめ").await;
    run(&desk, "daily-digest.sh", &[]).ok();
    let digest = newest(&desk, "hanako", own).await;
    assert!(digest.starts_with("[info][title]Since yesterday[/title]"), "{digest}");
    // As it was written, and without the digest of the day before.
    assert!(digest.contains("2*3 = 6 (a_b) #1 - 済"), "{digest}");
    assert!(!digest.contains("前日のまとめ") && !digest.contains("金曜の文面"), "{digest}");

    // On Monday it begins with Friday.
    run(&desk, "daily-digest.sh", &["-3d"]).ok();
    let digest = newest(&desk, "hanako", own).await;
    assert!(digest.contains("金曜の文面") && digest.contains("2*3 = 6"), "{digest}");
}

#[tokio::test(flavor = "multi_thread")]
async fn tasks_to_csv() {
    let desk = Desk::of("hanako").await;
    run(&desk, "tasks-to-csv.sh", &[ROOM, "out"]).ok();
    let read = |name: &str| std::fs::read_to_string(desk.home().join("out").join(name)).unwrap();
    assert!(read("open.csv").contains("\"見積書を確認して返信する\""));
    assert!(read("done.csv").contains("\"Book the meeting room\""));
}

#[tokio::test(flavor = "multi_thread")]
async fn mention_command() {
    let desk = Desk::of("hanako").await;
    let mut command = recipe(&desk, "mention-command.sh", &[ROOM, "--every", "1", "--limit", "2"]);
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).stdin(Stdio::null());
    let mut child = command.spawn().unwrap();
    let mut err = std::io::BufReader::new(child.stderr.take().unwrap());
    let mut line = String::new();
    std::io::BufRead::read_line(&mut err, &mut line).unwrap();
    assert!(line.contains("Watching"), "{line}");
    let ken = desk.client("ken").room(ID);
    ken.post("no mention /disk").await.unwrap();
    let id = ken.post("[To:1484814]山田さん\n/disk").await.unwrap();
    assert!(child.wait().unwrap().success());
    let answer = newest(&desk, "ken", ID).await;
    assert!(
        answer.starts_with(&format!("[rp aid=2739132 to={ROOM}-{id}]佐藤 健\n[code]")),
        "{answer}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn nightly_report() {
    let desk = Desk::of("hanako").await;
    std::fs::write(desk.home().join("report.csv"), "a,b\n").unwrap();
    run(&desk, "nightly-report.sh", &[ROOM, "report.csv"]).ok();
    let files = desk.client("ken").room(ID).files().await.unwrap();
    assert!(files.iter().any(|file| file.filename == "report.csv"));
}

#[cfg(feature = "archive")]
#[tokio::test(flavor = "multi_thread")]
async fn backup() {
    let desk = Desk::of("hanako").await;
    run(&desk, "backup.sh", &["copies"]).ok();
    assert_eq!(std::fs::read_dir(desk.home().join("copies")).unwrap().count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn mark_all_read() {
    let desk = Desk::of("hanako").await;
    run(&desk, "mark-all-read.sh", &[]).ok();
    assert_eq!(desk.client("hanako").my_status().await.unwrap().unread_num, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn minutes_to_tasks() {
    let desk = Desk::of("hanako").await;
    let minutes = "# 議事録\n- [x] 済み\n- [ ] 佐藤 健 | 資料を共有する | 明日 17:00\n- [ ] me | 会議室 | +3d\n";
    std::fs::write(desk.home().join("minutes.md"), minutes).unwrap();
    let out = run(&desk, "minutes-to-tasks.sh", &[ROOM, "minutes.md"]).ok();
    assert_eq!(out.lines().count(), 2);
    let tasks = desk.client("hanako").room(ID).tasks().await.unwrap();
    let is_there = |body: &str, who: i64| {
        tasks.iter().any(|task| task.body == body && task.account.account_id.0 == who)
    };
    assert!(is_there("資料を共有する", 2_739_132) && is_there("会議室", 1_484_814));
}

#[tokio::test(flavor = "multi_thread")]
async fn webhook_bridge() {
    let desk = Desk::of("hanako").await;
    let (sender, mut bodies) = tokio::sync::mpsc::unbounded_channel();
    let service = axum::Router::new().fallback(move |body: String| async move {
        sender.send(body).unwrap();
    });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/in", listener.local_addr().unwrap());
    tokio::spawn(async { axum::serve(listener, service).await });

    let args = [&url, "--listen", "127.0.0.1:0", "--limit", "1"];
    let mut command = recipe(&desk, "webhook-bridge.sh", &args);
    command.env("CHATWORK_WEBHOOK_TOKEN", TOKEN).stderr(Stdio::piped()).stdin(Stdio::null());
    let mut child = command.spawn().unwrap();
    let mut err = std::io::BufReader::new(child.stderr.take().unwrap());
    let mut line = String::new();
    std::io::BufRead::read_line(&mut err, &mut line).unwrap();
    let address = line.split_whitespace().find(|word| word.starts_with("http://")).unwrap();
    let address = address.trim_end_matches(['.', '/']).to_owned() + "/hook";
    let seed = WebhookSeed::room("hanako", ID, &address).token(TOKEN);
    desk.sandbox.webhooks().add(&seed).unwrap();
    desk.client("ken").room(ID).post("橋").await.unwrap();
    let body = bodies.recv().await.unwrap();
    assert!(body.contains("\"body\":\"橋\""), "{body}");
    assert!(child.wait().unwrap().success());
}

#[tokio::test(flavor = "multi_thread")]
async fn unread_report() {
    let desk = Desk::of("hanako").await;
    let out = run(&desk, "unread-report.sh", &[]).ok();
    assert!(out.contains("93207172\t3\t新製品プロジェクト"), "{out}");
}
