//! A file that a person has, with comments and other servers.

use chatwork_mcp::install::{Change, Client};

use crate::{Home, entry, entry_of, kept, lived_in, others, text};

#[test]
fn comments_order_and_other_servers_stay() {
    for client in Client::ALL {
        let home = Home::new();
        let target = home.with(client, lived_in(client));
        assert_eq!(target.write(&entry()).unwrap().change, Change::Added, "{client}");
        let text = text(&target);
        for words in kept(client) {
            assert!(text.contains(words), "{client}: {words}: {text}");
        }
        // Without the lines of the entry, every line is as it was; a comma may be new.
        let mut lines = text.lines();
        for line in lived_in(client).lines() {
            let line = line.trim_end_matches(',');
            assert!(lines.any(|it| it.trim_end_matches(',') == line), "{client}: {line}: {text}");
        }
    }
}

#[test]
fn the_file_is_copied_first() {
    for client in Client::ALL {
        let home = Home::new();
        let target = home.with(client, lived_in(client));
        let backup = target.write(&entry()).unwrap().backup.unwrap();
        assert_eq!(std::fs::read_to_string(&backup).unwrap(), lived_in(client), "{client}");
        let name = backup.file_name().unwrap().to_str().unwrap();
        assert_eq!(others(&target), [name], "{client}");
        assert!(name.ends_with(".chatwork-backup-1"), "{name}");
    }
}

#[test]
fn the_same_entry_again_writes_nothing() {
    for client in Client::ALL {
        let home = Home::new();
        let target = home.with(client, lived_in(client));
        target.write(&entry()).unwrap();
        let before = (text(&target), others(&target));
        let written = target.write(&entry()).unwrap();
        assert_eq!((written.change, written.backup), (Change::Unchanged, None), "{client}");
        assert_eq!((text(&target), others(&target)), before, "{client}");
    }
}

#[test]
fn another_entry_replaces_what_it_sets_and_keeps_what_a_person_added() {
    for client in Client::ALL {
        let home = Home::new();
        let target = home.with(client, lived_in(client));
        target.write(&entry()).unwrap();
        let added = match client {
            Client::Codex => text(&target).replace(
                "[mcp_servers.chatwork]\n",
                "[mcp_servers.chatwork]\ntool_timeout_sec = 50 # slow\n",
            ),
            _ => text(&target).replace("\"chatwork\": {", "\"chatwork\": { \"timeout\": 50,"),
        };
        let target = home.with(client, &added);
        assert_eq!(target.write(&entry_of("home")).unwrap().change, Change::Replaced, "{client}");
        let text = text(&target);
        assert!(text.contains("\"home\"") && !text.contains("\"work\""), "{client}: {text}");
        assert!(text.contains("50"), "{client}: {text}");
        assert_eq!(text.matches("\"serve\"").count(), 1, "{client}: {text}");
        assert_eq!(others(&target).len(), 2, "{client}");
    }
}

#[test]
fn windows_line_breaks_and_a_byte_order_mark_stay() {
    for client in Client::ALL {
        let home = Home::new();
        let before = format!("\u{feff}{}", lived_in(client).replace('\n', "\r\n"));
        let target = home.with(client, &before);
        target.write(&entry()).unwrap();
        let text = text(&target);
        assert!(text.starts_with('\u{feff}'), "{client}");
        assert_eq!(text.matches('\n').count(), text.matches("\r\n").count(), "{client}: {text:?}");
        target.undo("chatwork").unwrap();
        assert_eq!(crate::text(&target), before, "{client}");
    }
}

#[test]
fn a_file_that_is_one_line_stays_valid() {
    for client in [Client::ClaudeCode, Client::Cursor] {
        for before in
            ["{}", "{ }", r#"{"mcpServers":{}}"#, r#"{"mcpServers":{"a":{"command":"a"}}}"#]
        {
            let home = Home::new();
            let target = home.with(client, before);
            target.write(&entry()).unwrap();
            let value: serde_json::Value = serde_json::from_str(&text(&target)).unwrap();
            assert_eq!(value["mcpServers"]["chatwork"]["args"][1], "serve", "{before}");
            let has_other = value["mcpServers"]["a"]["command"] == "a";
            assert_eq!(has_other, before.contains("\"a\""), "{before}");
        }
    }
}

#[test]
fn codex_may_have_its_servers_in_one_line() {
    let home = Home::new();
    let target = home.with(Client::Codex, "mcp_servers = { docs = { command = \"docs\" } }\n");
    target.write(&entry()).unwrap();
    let text = text(&target);
    assert!(text.contains("docs = { command = \"docs\" }"), "{text}");
    assert!(text.contains("chatwork = { command = "), "{text}");
}

#[cfg(unix)]
#[test]
fn permissions_and_a_symbolic_link_stay() {
    use std::os::unix::fs::PermissionsExt;
    let home = Home::new();
    let target = home.with(Client::Cursor, "{}\n");
    let kept = home.0.path().join("kept.json");
    std::fs::rename(target.path(), &kept).unwrap();
    std::fs::set_permissions(&kept, std::fs::Permissions::from_mode(0o640)).unwrap();
    std::os::unix::fs::symlink(&kept, target.path()).unwrap();
    let backup = target.write(&entry()).unwrap().backup.unwrap();
    assert!(std::fs::symlink_metadata(target.path()).unwrap().file_type().is_symlink());
    for path in [&kept, &backup] {
        let mode = std::fs::metadata(path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o640, "{}", path.display());
    }
}
