//! A client that speaks the protocol as lines of JSON, without a library.

use chatwork_mcp::Server;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, DuplexStream, ReadHalf, WriteHalf};

/// The revision of the protocol.
const REVISION: &str = "2025-11-25";
/// How many bytes may wait in each direction.
const BUFFER: usize = 1 << 20;

/// A client of a server in the same process.
pub(crate) struct Agent {
    input: BufReader<ReadHalf<DuplexStream>>,
    output: WriteHalf<DuplexStream>,
    id: u64,
}

impl Agent {
    pub(crate) async fn connect(server: Server) -> Self {
        let (ours, theirs) = tokio::io::duplex(BUFFER);
        tokio::spawn(server.serve(theirs));
        let (input, output) = tokio::io::split(ours);
        let mut agent = Self { input: BufReader::new(input), output, id: 0 };
        let hello = json!({
            "protocolVersion": REVISION,
            "capabilities": {},
            "clientInfo": { "name": "jobs", "version": "1" },
        });
        agent.ask("initialize", &hello).await;
        agent.send(&json!({ "jsonrpc": "2.0", "method": "notifications/initialized" })).await;
        agent
    }

    /// Calls a tool, and returns the text of its result.
    pub(crate) async fn call(&mut self, tool: &str, arguments: &Value) -> String {
        let params = json!({ "name": tool, "arguments": arguments });
        let result = self.ask("tools/call", &params).await;
        let text = result["content"][0]["text"].as_str().unwrap().to_owned();
        assert_ne!(result["isError"], true, "{tool} {arguments}: {text}");
        text
    }

    async fn send(&mut self, message: &Value) {
        self.output.write_all(format!("{message}\n").as_bytes()).await.unwrap();
    }

    async fn ask(&mut self, method: &str, params: &Value) -> Value {
        self.id += 1;
        let id = self.id;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params })).await;
        loop {
            let mut line = String::new();
            assert_ne!(self.input.read_line(&mut line).await.unwrap(), 0, "the server ended");
            let message: Value = serde_json::from_str(&line).unwrap();
            if message["id"] == id {
                assert!(message["error"].is_null(), "{method}: {line}");
                return message["result"].clone();
            }
        }
    }
}
