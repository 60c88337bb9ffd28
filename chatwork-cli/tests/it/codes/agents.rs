//! Codes of `mcp`.

use crate::support::{Desk, Ran};

pub(super) async fn run(code: &str) -> Option<Ran> {
    let desk = Desk::of("hanako").await;
    let ran = match code {
        "mcp" => desk.run_with(&["mcp", "serve", "--json"], "hello\n"),
        "client_config" => {
            std::fs::write(desk.home().join("broken.json"), "{ \"mcpServers\": ").unwrap();
            let config = ["--config", "broken.json", "--write", "--json"];
            desk.run(&[&["mcp", "install", "claude-code"], &config[..]].concat())
        }
        _ => return None,
    };
    Some(ran)
}
