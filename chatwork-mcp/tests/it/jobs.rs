//! `JOBS.md`: jobs of people, each done by a few calls, with what they cost; and the actions that
//! integration platforms offer, each with its tool and arguments.
//!
//! `UPDATE_EXPECT=1` writes the file again.

use std::fmt::Write;

use chatwork_archive::{Archive, SyncOptions};
use chatwork_mcp::{Account, Accounts, tools};
use chatwork_sdk::{AccountId, RoomId};
use expect_test::expect_file;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{Agent, Desk, HANAKO, KEN, Person, ROOM, SALES, all, sorted};

const HEAD: &str = "\
# Jobs for an agent

Each job was run by a test against the sandbox, and what it left there was checked. `characters` are
those of all arguments and answers: what a model reads and writes. The list of the eleven tools that
read costs less than 10,000 bytes once.

";

const ACTIONS_HEAD: &str = "
## Actions of integration platforms

Zapier, Make, n8n, Yoom and others offer such actions. A test checks the arguments of each.

| action | tool | arguments |
|---|---|---|
";

/// A desk with an archive, a folder for uploads and one for downloads.
struct Office {
    desk: Desk,
    home: TempDir,
    agent: Agent,
}

impl Office {
    async fn new() -> Self {
        let (desk, home) = (Desk::new().await, tempfile::tempdir().unwrap());
        let path = home.path().join("a.chatwork");
        let archive = Archive::create(&path, AccountId(HANAKO)).unwrap();
        archive.sync(&desk.client("hanako"), &SyncOptions::new()).await.unwrap();
        drop(archive);
        let (up, down) = (home.path().join("up"), home.path().join("down"));
        std::fs::create_dir(&up).unwrap();
        std::fs::create_dir(&down).unwrap();
        std::fs::write(up.join("report.csv"), "day,count\n1,2\n").unwrap();
        let account = Account::new("work", desk.client("hanako")).archive(path);
        let options = all().allow_toall(true).allow_destructive(true);
        let options = options.upload_dir(up).download_dir(down);
        let agent = Agent::connect(options, Accounts::one(account), Person::absent()).await;
        Self { desk, home, agent }
    }

    /// The id of a message of the project's room.
    fn message(&self, part: &str) -> String {
        let room = self.desk.room(ROOM);
        room.messages.iter().find(|it| it.body.contains(part)).unwrap().id.to_string()
    }
}

/// A job as it is done: its calls and what they cost.
struct Job<'a> {
    office: &'a Office,
    text: String,
    calls: usize,
    characters: usize,
}

impl<'a> Job<'a> {
    fn new(office: &'a Office, title: &str) -> Self {
        Self { office, text: format!("## {title}\n\n"), calls: 0, characters: 0 }
    }

    async fn call(&mut self, tool: &str, arguments: Value) -> String {
        let written = sorted(&arguments).to_string();
        let answer = self.office.agent.ok(tool, arguments).await;
        self.calls += 1;
        self.characters += written.chars().count() + answer.chars().count();
        writeln!(self.text, "{}. `{tool}` `{written}`", self.calls).unwrap();
        answer
    }

    fn end(self) -> String {
        let Self { text, calls, characters, .. } = self;
        let plural = if calls == 1 { "" } else { "s" };
        format!("{text}\n{calls} call{plural}, {characters} characters.\n\n")
    }
}

async fn unanswered(office: &Office) -> String {
    let mut job = Job::new(office, "Which mentions of me have I not answered?");
    let answer = job.call("list_unread", json!({ "unanswered": true })).await;
    assert!(answer.contains("議事録もお願いできますか"), "{answer}");
    job.end()
}

async fn digest(office: &Office) -> String {
    let mut job = Job::new(office, "What happened in a room on a day?");
    let day = "2025-11-30";
    let arguments = json!({ "room": "新製品プロジェクト", "since": day, "until": day });
    let answer = job.call("list_room_messages", arguments).await;
    assert!(answer.starts_with("messages: "), "{answer}");
    job.end()
}

async fn news(office: &Office) -> String {
    let mut job = Job::new(office, "What is new, without marking it as read?");
    let before = office.desk.unread();
    job.call("get_me", json!({})).await;
    let answer = job.call("list_unread", json!({})).await;
    assert!(answer.contains("会議室は予約しました"), "{answer}");
    assert_eq!(office.desk.unread(), before);
    job.end()
}

async fn minutes(office: &Office) -> String {
    let mut job = Job::new(office, "Make tasks of the minutes");
    let files = job.call("list_room_files", json!({ "room": ROOM.to_string() })).await;
    assert!(files.contains("1341384457"), "{files}");
    let file = json!({ "room": ROOM.to_string(), "file_id": "1341384457", "read_text": true });
    let text = job.call("get_room_file", file).await;
    assert!(text.contains("見積書は花子さんが確認する"), "{text}");
    let task = json!({
        "room": ROOM.to_string(), "text": "見積書を確認する", "assignees": ["me"],
        "due": "2025-12-05 15:00",
    });
    let before = office.desk.room(ROOM).tasks.len();
    job.call("create_room_task", task).await;
    assert_eq!(office.desk.room(ROOM).tasks.len(), before + 1);
    job.end()
}

async fn answer(office: &Office) -> String {
    let mut job = Job::new(office, "Answer a question in its thread, after a look at the draft");
    let message = format!("{ROOM}-{}", office.message("議事録もお願い"));
    job.call("get_room_message", json!({ "message": message, "context": 3, "replies": true }))
        .await;
    let mut reply = json!({
        "room": ROOM.to_string(), "text": "はい、今日中に送ります。", "reply_to": message,
        "dry_run": true,
    });
    let draft = job.call("post_room_message", reply.clone()).await;
    assert!(draft.contains("[rp aid=2739132"), "{draft}");
    reply.as_object_mut().unwrap().remove("dry_run");
    job.call("post_room_message", reply).await;
    assert!(office.desk.newest(ROOM).body.ends_with("はい、今日中に送ります。"));
    job.end()
}

async fn search(office: &Office) -> String {
    let mut job = Job::new(office, "What was said about something, and what came of it?");
    let hits = job
        .call("search_messages", json!({ "query": "見積書 確認", "room": ROOM.to_string() }))
        .await;
    assert!(hits.starts_with("hits: "), "{hits}");
    let message = format!("{ROOM}-{}", office.message("見積書の確認をお願い"));
    let thread = job.call("get_room_message", json!({ "message": message, "replies": true })).await;
    assert!(thread.contains("(reply)"), "{thread}");
    job.end()
}

async fn tasks(office: &Office) -> String {
    let mut job = Job::new(office, "Which tasks do I have? Mark one as done");
    let list = job.call("list_tasks", json!({})).await;
    assert!(list.contains("3071290"), "{list}");
    let done = json!({ "room": ROOM.to_string(), "task_id": "3071290", "status": "done" });
    job.call("update_room_task_status", done).await;
    let task = chatwork_sdk::TaskId(3_071_290);
    assert_eq!(office.desk.room(ROOM).tasks[&task].status.as_str(), "done");
    job.end()
}

async fn colleague(office: &Office) -> String {
    let mut job = Job::new(office, "Bring a colleague into a new room, and say hello");
    let contacts = job.call("list_contacts", json!({ "query": "佐藤" })).await;
    assert!(contacts.contains(&KEN.to_string()), "{contacts}");
    let room = json!({ "name": "展示会の準備", "members": ["佐藤 健"], "icon": "event" });
    let created = job.call("create_room", room).await;
    let room = created.split_whitespace().nth(2).unwrap().trim_end_matches(':').to_owned();
    let hello = json!({ "room": room, "text": "こちらで進めましょう。", "to": ["佐藤 健"] });
    job.call("post_room_message", hello).await;
    let posted = office.desk.newest(room.parse().unwrap()).body;
    assert!(posted.starts_with(&format!("[To:{KEN}]")), "{posted}");
    job.end()
}

async fn report(office: &Office) -> String {
    let mut job = Job::new(office, "Send a file with a word about it");
    let path = office.home.path().join("up/report.csv");
    assert!(path.exists());
    let file = json!({ "room": "営業部", "path": "report.csv", "message": "今週の集計です。" });
    job.call("upload_room_file", file).await;
    let room = office.desk.room(SALES);
    assert!(room.files.values().any(|file| file.name == "report.csv"));
    job.end()
}

async fn contacts(office: &Office) -> String {
    let mut job = Job::new(office, "Accept a contact request and greet");
    job.call("list_incoming_requests", json!({})).await;
    let accept = json!({ "request_id": "1204857", "answer": "accept" });
    let accepted = job.call("answer_incoming_request", accept).await;
    let room = accepted.rsplit(' ').next().unwrap().to_owned();
    job.call("post_room_message", json!({ "room": room, "text": "よろしくお願いします。" })).await;
    assert_eq!(office.desk.newest(room.parse().unwrap()).body, "よろしくお願いします。");
    job.end()
}

/// The actions, each with its tool and arguments. `ID` is a message of the person's own.
fn actions() -> Vec<(&'static str, &'static str, Value)> {
    let room = "93207172";
    vec![
        ("Send a message", "post_room_message", json!({ "room": room, "text": "…" })),
        ("Send a message to my chat", "post_room_message", json!({ "room": "my", "text": "…" })),
        (
            "Send a message with mentions",
            "post_room_message",
            json!({ "room": room, "text": "…", "to": ["佐藤 健"] }),
        ),
        (
            "Send a message to all members",
            "post_room_message",
            json!({ "room": room, "text": "…", "to_all": true }),
        ),
        (
            "Reply to a message",
            "post_room_message",
            json!({ "room": room, "text": "…", "reply_to": "ID" }),
        ),
        (
            "Quote a message",
            "post_room_message",
            json!({ "room": room, "text": "…", "quote": "ID" }),
        ),
        (
            "Send Chatwork's own tags",
            "post_room_message",
            json!({ "room": room, "text": "[info]…[/info]", "format": "notation" }),
        ),
        (
            "Edit a message",
            "update_room_message",
            json!({ "room": room, "message": "ID", "text": "…" }),
        ),
        ("Delete a message", "delete_room_message", json!({ "room": room, "message": "ID" })),
        ("List messages", "list_room_messages", json!({ "room": room })),
        ("Get a message", "get_room_message", json!({ "room": room, "message": "ID" })),
        ("Search messages", "search_messages", json!({ "query": "…" })),
        ("Mark messages as read", "set_read_state", json!({ "room": room, "state": "read" })),
        (
            "Mark messages as unread",
            "set_read_state",
            json!({ "room": room, "state": "unread", "message": "ID" }),
        ),
        ("List unread messages", "list_unread", json!({})),
        ("List rooms", "list_rooms", json!({})),
        ("Find a room by its name", "list_rooms", json!({ "query": "新製品" })),
        ("Get a room", "get_room", json!({ "room": room })),
        ("Create a room", "create_room", json!({ "name": "…", "members": ["佐藤 健"] })),
        ("Change a room", "update_room", json!({ "room": room, "description": "…" })),
        ("Leave a room", "leave_room", json!({ "room": room })),
        ("Delete a room", "delete_room", json!({ "room": room })),
        ("List members", "list_room_members", json!({ "room": room })),
        (
            "Add a member",
            "change_room_members",
            json!({ "room": room, "change": "add", "people": ["5105230"] }),
        ),
        (
            "Remove a member",
            "change_room_members",
            json!({ "room": room, "change": "remove", "people": ["Deploy Bot"] }),
        ),
        (
            "Change a member's role",
            "change_room_members",
            json!({ "room": room, "change": "role", "people": ["Deploy Bot"], "role": "readonly" }),
        ),
        (
            "Add a task",
            "create_room_task",
            json!({ "room": room, "text": "…", "assignees": ["me"], "due": "2026-12-01" }),
        ),
        ("List my tasks", "list_tasks", json!({})),
        ("List tasks of a room", "list_tasks", json!({ "room": room, "assignee": "佐藤 健" })),
        ("Get a task", "list_tasks", json!({ "room": room, "task_id": "3071284" })),
        (
            "Complete a task",
            "update_room_task_status",
            json!({ "room": room, "task_id": "3071284", "status": "done" }),
        ),
        (
            "Reopen a task",
            "update_room_task_status",
            json!({ "room": room, "task_id": "3071284", "status": "open" }),
        ),
        ("Upload a file", "upload_room_file", json!({ "room": room, "path": "report.csv" })),
        ("List files", "list_room_files", json!({ "room": room })),
        ("Get a file", "get_room_file", json!({ "room": room, "file_id": "1341384457" })),
        (
            "Download a file",
            "get_room_file",
            json!({ "room": room, "file_id": "1341384457", "save": true }),
        ),
        ("List contacts", "list_contacts", json!({})),
        ("List contact requests", "list_incoming_requests", json!({})),
        (
            "Accept a contact request",
            "answer_incoming_request",
            json!({ "request_id": "1204857", "answer": "accept" }),
        ),
        (
            "Decline a contact request",
            "answer_incoming_request",
            json!({ "request_id": "1204992", "answer": "decline" }),
        ),
        ("Get the invitation link", "get_room_link", json!({ "room": room })),
        (
            "Open or change the invitation link",
            "set_room_link",
            json!({ "room": room, "needs_acceptance": true }),
        ),
        ("Delete the invitation link", "delete_room_link", json!({ "room": room })),
        ("Get my account and my counts", "get_me", json!({})),
    ]
}

#[tokio::test]
async fn each_action_of_a_platform_is_a_call_of_a_tool() {
    let office = Office::new().await;
    let own = office.desk.client("hanako").room(RoomId(ROOM)).post("own").await.unwrap();
    let options = all().allow_toall(true).allow_destructive(true).upload_dir("u").download_dir("d");
    let tools = tools(&options, true);
    for (action, name, arguments) in actions() {
        let text = arguments.to_string().replace("\"ID\"", &format!("\"{own}\""));
        let mut arguments: Value = serde_json::from_str(&text).unwrap();
        let tool = tools.iter().find(|tool| tool.name == name).unwrap();
        if !tool.schema_as_json_value()["properties"]["dry_run"].is_null() {
            arguments["dry_run"] = json!(true);
        }
        let answer = office.agent.ok(name, arguments).await;
        assert!(!answer.is_empty(), "{action}");
    }
}

#[tokio::test]
async fn the_file_of_jobs_is_what_happens() {
    let office = Office::new().await;
    let mut text = HEAD.to_owned();
    for job in [
        unanswered(&office).await,
        digest(&office).await,
        news(&office).await,
        minutes(&office).await,
        answer(&office).await,
        search(&office).await,
        tasks(&office).await,
        colleague(&office).await,
        report(&office).await,
        contacts(&office).await,
    ] {
        text.push_str(&job);
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text.push_str(ACTIONS_HEAD);
    for (action, tool, arguments) in actions() {
        let arguments = sorted(&arguments);
        writeln!(text, "| {action} | `{tool}` | `{arguments}` |").unwrap();
    }
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/JOBS.md");
    expect_file![path].assert_eq(&text);
}
