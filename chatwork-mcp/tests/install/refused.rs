//! What is not written, and why.

use std::path::Path;

use chatwork_mcp::install::{Client, Entry, InstallError};

use crate::{Home, entry, others, program, text};

/// Writes into a file with a text, and returns the error. The file must be as it was.
#[track_caller]
fn refused(client: Client, before: &str) -> InstallError {
    let home = Home::new();
    let target = home.with(client, before);
    let error = target.write(&entry()).unwrap_err();
    assert_eq!(text(&target), before);
    assert_eq!(others(&target), [""; 0]);
    error
}

#[test]
fn a_file_that_cannot_be_parsed_is_named_with_the_place() {
    for client in Client::ALL {
        let broken = match client {
            Client::Codex => "model = \"o9\"\n[mcp_servers\n",
            _ => "{\n  \"theme\": \"dark\"\n  \"mcpServers\": {}\n}\n",
        };
        let error = refused(client, broken);
        let InstallError::Syntax { line, .. } = error else { panic!("{client}: {error}") };
        assert!((2..=3).contains(&line), "{client}: {line}");
    }
}

#[test]
fn an_error_quotes_nothing_of_the_file() {
    for client in Client::ALL {
        let error = match client {
            Client::Codex => refused(client, "key = \"s3cret\n"),
            _ => refused(client, "{ \"key\": \"s3cret }\n"),
        };
        assert!(!error.to_string().contains("s3cret"), "{client}: {error}");
        assert!(!format!("{error:?}").contains("s3cret"), "{client}: {error:?}");
    }
}

#[test]
fn a_file_of_another_shape_is_not_changed() {
    for text in ["[]", "3", "{ \"mcpServers\": [] }", "{ \"mcpServers\": null }"] {
        let error = refused(Client::Gemini, text);
        assert!(matches!(error, InstallError::Shape { .. }), "{text}: {error}");
    }
    let error = refused(Client::Codex, "mcp_servers = 3\n");
    assert!(matches!(error, InstallError::Shape { .. }), "{error}");
}

#[test]
fn a_key_that_is_there_twice_is_not_guessed() {
    let error = refused(Client::Cursor, "{ \"mcpServers\": {}, \"mcpServers\": {} }");
    assert!(error.to_string().contains("has the key `mcpServers` twice"), "{error}");
}

#[test]
fn another_server_of_the_same_name_is_not_replaced() {
    for client in Client::ALL {
        let text = match client {
            Client::Codex => "[mcp_servers.chatwork]\ncommand = \"npx\"\nargs = [\"x\"]\n",
            Client::VsCode => "{ \"servers\": { \"chatwork\": { \"command\": \"npx\" } } }",
            _ => "{ \"mcpServers\": { \"chatwork\": { \"url\": \"https://example.com\" } } }",
        };
        let error = refused(client, text);
        assert!(matches!(error, InstallError::Foreign { .. }), "{client}: {error}");
        let home = Home::new();
        let error = home.with(client, text).undo("chatwork").unwrap_err();
        assert!(matches!(error, InstallError::NotThere { .. }), "{client}: {error}");
    }
}

#[test]
fn a_path_that_the_client_would_change_is_not_written() {
    let program = program().with_file_name("$HOME").join("chatwork");
    let entry = Entry::new("chatwork", &program, ["mcp", "serve"]).unwrap();
    for client in Client::ALL {
        let home = Home::new();
        let result = home.target(client).write(&entry);
        let is_literal = matches!(client, Client::Codex | Client::ClaudeDesktop);
        assert_eq!(result.is_ok(), is_literal, "{client}: {result:?}");
    }
}

#[test]
fn a_folder_in_the_place_of_the_file_is_an_error() {
    let home = Home::new();
    let target = home.target(Client::Cursor);
    std::fs::create_dir_all(target.path()).unwrap();
    let error = target.write(&entry()).unwrap_err();
    assert!(matches!(error, InstallError::File { .. }), "{error}");
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_to_no_file_is_refused_and_stays() {
    let home = Home::new();
    let target = home.target(Client::Cursor);
    std::fs::create_dir_all(target.path().parent().unwrap()).unwrap();
    let to = home.0.path().join("repository/mcp.json");
    std::os::unix::fs::symlink(&to, target.path()).unwrap();
    for error in [target.write(&entry()).unwrap_err(), target.undo("chatwork").unwrap_err()] {
        assert!(matches!(&error, InstallError::BrokenLink { to: it, .. } if *it == to), "{error}");
    }
    assert!(std::fs::symlink_metadata(target.path()).unwrap().is_symlink() && !to.exists());
    assert_eq!(others(&target), [""; 0]);
}

#[test]
fn a_client_is_known_by_its_name() {
    for client in Client::ALL {
        assert_eq!(client.as_str().parse::<Client>().unwrap(), client);
    }
    let error = "emacs".parse::<Client>().unwrap_err().to_string();
    assert!(error.starts_with("`emacs` is not a client: expected claude-code, "), "{error}");
    assert!(Path::new(&program()).is_absolute());
}
