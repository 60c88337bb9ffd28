//! `mcp`: serving over standard input and output and over HTTP, the tools, the entry of a client.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use serde_json::{Value, json};

use crate::support::{Desk, ROOM, ROOM_NAME, finish};

/// A server as a client starts it, and the client.
struct Agent {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    id: i64,
}

impl Agent {
    fn start(desk: &Desk, args: &[&str]) -> Self {
        let mut command = desk.command(&[&["mcp", "serve"][..], args].concat());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let input = child.stdin.take().unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        let mut agent = Self { child, input, output, id: 0 };
        let hello = json!({
            "protocolVersion": "2025-11-25",
            "capabilities": {},
            "clientInfo": { "name": "test", "version": "1" },
        });
        let answer = agent.ask("initialize", &hello);
        assert!(answer["serverInfo"]["name"].is_string(), "{answer}");
        agent.send(&json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }));
        agent
    }

    fn send(&mut self, message: &Value) {
        writeln!(self.input, "{message}").unwrap();
    }

    /// Sends a request, and returns the result. Each line on stdout must be of the protocol.
    #[track_caller]
    fn ask(&mut self, method: &str, params: &Value) -> Value {
        self.id += 1;
        let id = self.id;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        loop {
            let mut line = String::new();
            self.output.read_line(&mut line).unwrap();
            let message: Value = serde_json::from_str(&line).unwrap_or_else(|_| panic!("{line:?}"));
            assert_eq!(message["jsonrpc"], "2.0", "{line}");
            if message["id"] == id {
                assert!(message["error"].is_null(), "{line}");
                return message["result"].clone();
            }
        }
    }

    fn tools(&mut self) -> Vec<String> {
        let result = self.ask("tools/list", &json!({}));
        let tools = result["tools"].as_array().unwrap();
        tools.iter().map(|tool| tool["name"].as_str().unwrap().to_owned()).collect()
    }

    /// Calls a tool, and returns its text, and whether it is an error.
    #[track_caller]
    fn call(&mut self, tool: &str, arguments: &Value) -> (String, bool) {
        let params = json!({ "name": tool, "arguments": arguments });
        let result = self.ask("tools/call", &params);
        let text = result["content"][0]["text"].as_str().unwrap().to_owned();
        (text, result["isError"] == true)
    }

    /// Closes the input, as a client does that ends, and waits.
    fn end(mut self) {
        drop(self.input);
        let mut rest = String::new();
        std::io::Read::read_to_string(&mut self.output, &mut rest).unwrap();
        assert_eq!(rest, "");
        assert!(self.child.wait().unwrap().success());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agent_reads_over_standard_input_and_output() {
    let desk = Desk::of("hanako").await;
    let mut agent = Agent::start(&desk, &[]);
    let (text, is_error) = agent.call("list_rooms", &json!({}));
    assert!(!is_error && text.contains(ROOM_NAME) && text.contains(ROOM), "{text}");
    let (text, is_error) = agent.call("get_room", &json!({ "room": "1" }));
    assert!(is_error, "{text}");
    agent.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_flag_no_tool_writes() {
    let desk = Desk::of("hanako").await;
    let mut agent = Agent::start(&desk, &[]);
    let tools = agent.tools();
    assert!(tools.contains(&"list_room_messages".to_owned()), "{tools:?}");
    assert!(!tools.iter().any(|name| name.starts_with("post_")), "{tools:?}");
    agent.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn flags_choose_the_tools_and_the_rooms() {
    let desk = Desk::of("hanako").await;
    desk.run(&["config", "set", "rooms.sales", "93310055"]).ok();
    let flags = ["--toolsets", "write", "--post-rooms", "sales", "--exclude-tools", "get_me"];
    let mut agent = Agent::start(&desk, &flags);
    assert!(!agent.tools().contains(&"get_me".to_owned()));
    let (text, is_error) = agent.call("post_room_message", &json!({ "room": ROOM, "text": "x" }));
    assert!(is_error, "{text}");
    let (text, is_error) =
        agent.call("post_room_message", &json!({ "room": "sales", "text": "木曜は出社です。" }));
    assert!(!is_error, "{text}");
    agent.end();
    let state = desk.client("ken").room(chatwork_sdk::RoomId(93_310_055));
    let messages = state.latest_messages().await.unwrap();
    assert!(messages.iter().any(|message| message.body == "木曜は出社です。"));
}

#[tokio::test(flavor = "multi_thread")]
async fn several_profiles_are_served_at_once() {
    let desk = Desk::of("hanako").await;
    desk.sign_in("ken", "sales");
    let mut agent = Agent::start(&desk, &["--profile", "default", "--profile", "sales"]);
    for (account, name) in [("default", "山田 花子"), ("sales", "佐藤 健")] {
        let (text, is_error) = agent.call("get_me", &json!({ "account": account }));
        assert!(!is_error && text.contains(name), "{account}: {text}");
    }
    agent.end();
    let err = desk.run(&["me", "--profile", "default", "--profile", "sales"]).fails(2);
    assert!(err.contains("--profile"), "{err}");
}

#[tokio::test(flavor = "multi_thread")]
async fn options_that_cannot_work_are_refused_before_a_session_starts() {
    let desk = Desk::of("hanako").await;
    std::fs::create_dir_all(desk.home().join("files/down")).unwrap();
    let serve = |args: &[&str]| desk.run(&[&["mcp", "serve"][..], args].concat()).fails(2);
    assert!(serve(&["--tools", "post_mesage"]).contains("post_room_message"));
    assert!(serve(&["--post-rooms", "名前"]).contains("名前"));
    assert!(serve(&["--max-chars", "1"]).contains("max_chars"));
    assert!(serve(&["--http", "0.0.0.0:0"]).contains("--allow-remote"));
    let overlap = ["--upload-dir", "files", "--download-dir", "files/down"];
    assert!(serve(&overlap).contains("overlap"));
    let over_http = ["--http", "127.0.0.1:0", "--upload-dir", "files"];
    assert!(serve(&over_http).contains("HTTP"));
    desk.run(&["mcp", "serve", "--csv"]).fails(2);
    desk.run(&["mcp", "serve", "--profile", "nobody"]).fails(4);
    Desk::new().await.run(&["mcp", "serve"]).fails(4);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_who_starts_it_by_hand_learns_what_it_is_for() {
    let desk = Desk::of("hanako").await;
    let ran = desk.run_with(&["mcp", "serve"], "hello\n");
    assert_eq!(ran.out, "");
    assert!(ran.code == 1 && ran.err.contains("chatwork mcp install"), "{ran:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agent_is_served_over_http() {
    let desk = Desk::of("hanako").await;
    let mut command = desk.command(&["mcp", "serve", "--http", "127.0.0.1:0"]);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut err = BufReader::new(child.stderr.take().unwrap());
    let mut line = String::new();
    err.read_line(&mut line).unwrap();
    let address = line.split_whitespace().find(|word| word.starts_with("http://")).unwrap();
    let authority = address.trim_end_matches('.').trim_start_matches("http://");
    let authority = authority.trim_end_matches("/mcp");
    let body = json!({
        "jsonrpc": "2.0", "id": 1, "method": "initialize",
        "params": {
            "protocolVersion": "2025-11-25", "capabilities": {},
            "clientInfo": { "name": "test", "version": "1" },
        },
    });
    let request = |origin: &str| {
        let body = body.to_string();
        let mut stream = std::net::TcpStream::connect(authority).unwrap();
        write!(
            stream,
            "POST /mcp HTTP/1.1\r\nHost: {authority}\r\n{origin}Content-Type: application/json\r\n\
             Accept: application/json, text/event-stream\r\nContent-Length: {}\r\n\
             Connection: close\r\n\r\n{body}",
            body.len()
        )
        .unwrap();
        let mut status = String::new();
        BufReader::new(stream).read_line(&mut status).unwrap();
        status
    };
    assert!(request("").contains(" 200 "));
    assert!(request("Origin: https://evil.example\r\n").contains(" 403 "));
    child.kill().unwrap();
    child.wait().unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn tools_are_listed_with_their_schemas_and_without_an_account() {
    let desk = Desk::new().await;
    let out = desk.run(&["mcp", "tools"]).ok();
    assert!(out.starts_with("get_me\tread\t\t"), "{out}");
    assert!(!out.contains("post_room_message"), "{out}");
    let tools = desk.run(&["mcp", "tools", "--all", "--json"]).json();
    let all = tools.as_array().unwrap();
    assert!(all.len() >= 28, "{}", all.len());
    for tool in all {
        assert_eq!(tool["input_schema"]["type"], "object", "{tool}");
        assert!(tool["title"].is_string() && tool["annotations"].is_object(), "{tool}");
    }
    let write = desk.run(&["mcp", "tools", "--toolsets", "write", "--read-only"]).ok();
    assert_eq!(write, out);
    let mut command = desk.command(&["mcp", "tools"]);
    command.env("CHATWORK_LANG", "ja");
    assert!(finish(command, b"").ok().contains("チャット一覧"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_entry_of_a_client_names_a_profile_and_no_token() {
    let desk = Desk::of("hanako").await;
    for client in ["claude-code", "claude-desktop", "codex", "cursor", "vscode", "gemini"] {
        let ran = desk.run(&["mcp", "install", client, "--toolsets", "write"]);
        assert!(ran.err.contains("--write"), "{ran:?}");
        let out = ran.ok();
        for part in ["\"--profile\", \"default\"", "\"--toolsets\", \"write\"", "\"serve\""] {
            assert!(out.contains(part), "{client}: {out}");
        }
        assert!(out.contains(&crate::support::BIN.replace('\\', "\\\\")), "{client}: {out}");
        assert!(!out.contains("token"), "{client}: {out}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_is_written_and_taken_back() {
    let desk = Desk::of("hanako").await;
    let before = "{\n  // mine\n  \"mcpServers\": {}\n}\n";
    let file = desk.home().join("mcp.json");
    std::fs::write(&file, before).unwrap();
    let install = ["mcp", "install", "cursor", "--config", "mcp.json"];
    let with = |more: &[&str]| desk.run(&[&install[..], more].concat());
    let report = with(&["--write", "--upload-dir", "up", "--json"]).json();
    assert_eq!((&report["change"], &report["path"]), (&json!("added"), &json!("mcp.json")));
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.contains("// mine") && text.contains("\"chatwork\""), "{text}");
    // A client starts the server in another folder.
    let up = std::path::absolute(desk.home().canonicalize().unwrap().join("up")).unwrap();
    assert!(text.contains(&up.display().to_string().replace('\\', "\\\\")), "{text}");
    assert!(desk.home().join("mcp.json.chatwork-backup-1").exists());
    let report = with(&["--undo", "--json=change"]).json();
    assert_eq!(report["change"], "restored");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), before);
    let err = with(&["--undo"]).fails(1);
    assert!(err.contains("chatwork"), "{err}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_is_not_written_without_a_profile_or_into_a_broken_file() {
    let desk = Desk::of("hanako").await;
    std::fs::write(desk.home().join("broken.json"), "{ \"a\": }").unwrap();
    let install = ["mcp", "install", "gemini", "--config", "broken.json", "--write"];
    let err = desk.run(&install).fails(1);
    assert!(err.contains("broken.json") && err.contains("line 1"), "{err}");
    let mut command = desk.command(&["mcp", "install", "gemini"]);
    command.env("CHATWORK_API_TOKEN", desk.sandbox.token("ken"));
    command.env("CHATWORK_API_BASE_URL", desk.sandbox.base_url());
    let err = finish(command, b"").fails(2);
    assert!(err.contains("chatwork auth login") && !err.contains("ken-sandbox"), "{err}");
    let err = desk.run(&["mcp", "install", "claude-desktop", "--project"]).fails(2);
    assert!(err.contains("Claude Desktop"), "{err}");
    Desk::new().await.run(&["mcp", "install", "cursor"]).fails(4);
}
