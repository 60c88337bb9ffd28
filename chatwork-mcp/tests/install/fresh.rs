//! A client without a file.

use chatwork_mcp::install::{Change, Client, Folders, Target};

use crate::{Home, entry, others, text};

/// The text of a new file, with the path of the program as the format writes it.
fn expected(client: Client) -> String {
    let path = crate::program().display().to_string().replace('\\', "\\\\");
    let args = r#"["mcp", "serve", "--profile", "work"]"#;
    let (key, kind) = match client {
        Client::Codex => {
            return format!("[mcp_servers.chatwork]\ncommand = \"{path}\"\nargs = {args}\n");
        }
        Client::VsCode => ("servers", "      \"type\": \"stdio\",\n"),
        Client::ClaudeCode | Client::Cursor => ("mcpServers", "      \"type\": \"stdio\",\n"),
        _ => ("mcpServers", ""),
    };
    format!(
        "{{\n  \"{key}\": {{\n    \"chatwork\": {{\n{kind}      \"command\": \"{path}\",\n      \
         \"args\": {args}\n    }}\n  }}\n}}\n"
    )
}

#[cfg(unix)]
#[test]
fn a_new_file_has_the_entry_alone_and_only_its_owner_reads_it() {
    use std::os::unix::fs::PermissionsExt;
    for client in Client::ALL {
        let home = Home::new();
        let target = home.target(client);
        let written = target.write(&entry()).unwrap();
        assert_eq!((written.change, written.backup), (Change::Added, None), "{client}");
        assert_eq!(text(&target), expected(client), "{client}");
        assert_eq!(others(&target), [""; 0], "{client}");
        let mode = std::fs::metadata(target.path()).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{client}");
    }
}

#[cfg(unix)]
#[test]
fn what_is_shown_is_what_a_new_file_has() {
    for client in Client::ALL {
        assert_eq!(entry().text_for(client).unwrap(), expected(client));
    }
}

#[test]
fn an_empty_file_is_like_none() {
    for client in Client::ALL {
        let home = Home::new();
        let target = home.with(client, "");
        target.write(&entry()).unwrap();
        assert_eq!(text(&target), entry().text_for(client).unwrap(), "{client}");
    }
}

#[test]
fn every_client_but_claude_desktop_has_a_file_for_a_project() {
    let ends = [
        (Client::ClaudeCode, ".mcp.json"),
        (Client::Codex, ".codex/config.toml"),
        (Client::Cursor, ".cursor/mcp.json"),
        (Client::VsCode, ".vscode/mcp.json"),
        (Client::Gemini, ".gemini/settings.json"),
    ];
    for (client, end) in ends {
        let target = Target::of_project(client, "project").unwrap();
        assert_eq!(target.path(), std::path::Path::new("project").join(end));
    }
    let error = Target::of_project(Client::ClaudeDesktop, "project").unwrap_err();
    assert_eq!(error.to_string(), "Claude Desktop has no configuration for a project");
}

#[test]
fn every_client_has_a_file_of_its_own() {
    let folders = Folders::below("home");
    let paths = Client::ALL.map(|client| Target::of_user(client, &folders).path().to_owned());
    let different: std::collections::BTreeSet<_> = paths.iter().collect();
    assert_eq!(different.len(), Client::ALL.len());
}
