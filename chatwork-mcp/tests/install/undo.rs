//! What was written is taken back.

use chatwork_mcp::install::{Client, Entry, InstallError, Undo};

use crate::{Home, entry, entry_of, kept, lived_in, others, program, text};

#[test]
fn a_file_gets_its_bytes_back() {
    for client in Client::ALL {
        let home = Home::new();
        let target = home.with(client, lived_in(client));
        target.write(&entry()).unwrap();
        assert_eq!(target.undo("chatwork").unwrap().how, Undo::Restored, "{client}");
        assert_eq!(text(&target), lived_in(client), "{client}");
        assert_eq!(others(&target), [""; 0], "{client}");
    }
}

#[test]
fn a_file_that_had_not_been_there_is_removed() {
    for client in Client::ALL {
        let home = Home::new();
        let target = home.target(client);
        target.write(&entry()).unwrap();
        assert_eq!(target.undo("chatwork").unwrap().how, Undo::FileRemoved, "{client}");
        assert!(!target.path().exists(), "{client}");
    }
}

#[test]
fn several_writes_are_taken_back_one_by_one() {
    for client in Client::ALL {
        let home = Home::new();
        let target = home.with(client, lived_in(client));
        target.write(&entry()).unwrap();
        let first = text(&target);
        target.write(&entry_of("home")).unwrap();
        target.undo("chatwork").unwrap();
        assert_eq!(text(&target), first, "{client}");
        target.undo("chatwork").unwrap();
        assert_eq!(text(&target), lived_in(client), "{client}");
        let error = target.undo("chatwork").unwrap_err();
        assert!(matches!(error, InstallError::NotThere { .. }), "{client}: {error}");
    }
}

#[test]
fn of_a_file_that_was_changed_since_the_entry_alone_is_removed() {
    for client in Client::ALL {
        let home = Home::new();
        let target = home.with(client, lived_in(client));
        target.write(&entry()).unwrap();
        let changed = text(&target).replace("docs", "manuals");
        let target = home.with(client, &changed);
        assert_eq!(target.undo("chatwork").unwrap().how, Undo::EntryRemoved, "{client}");
        let text = text(&target);
        assert!(text.contains("manuals") && !text.contains("\"serve\""), "{client}: {text}");
        for words in kept(client) {
            assert!(text.contains(&words.replace("docs", "manuals")), "{client}: {words}: {text}");
        }
        assert_eq!(others(&target), [""; 0], "{client}");
    }
}

#[test]
fn of_a_file_that_was_changed_since_the_earlier_entry_comes_back() {
    for client in Client::ALL {
        let home = Home::new();
        let target = home.with(client, lived_in(client));
        target.write(&entry()).unwrap();
        target.write(&entry_of("home")).unwrap();
        let changed = text(&target).replace("docs", "manuals");
        let target = home.with(client, &changed);
        assert_eq!(target.undo("chatwork").unwrap().how, Undo::EntryRestored, "{client}");
        let text = text(&target);
        assert!(text.contains("\"work\"") && !text.contains("\"home\""), "{client}: {text}");
        assert!(text.contains("manuals"), "{client}: {text}");
    }
}

#[test]
fn entries_of_two_names_are_taken_back_by_themselves() {
    for client in Client::ALL {
        let home = Home::new();
        let target = home.with(client, lived_in(client));
        target.write(&entry()).unwrap();
        let second = Entry::new("chatwork-2", &program(), ["mcp", "serve"]).unwrap();
        target.write(&second).unwrap();
        target.undo("chatwork").unwrap();
        let text = text(&target);
        assert!(text.contains("chatwork-2") && !text.contains("\"work\""), "{client}: {text}");
        target.undo("chatwork-2").unwrap();
        assert!(!crate::text(&target).contains("chatwork"), "{client}");
    }
}

#[test]
fn without_an_entry_there_is_nothing_to_take_back() {
    for client in Client::ALL {
        let home = Home::new();
        let target = home.with(client, lived_in(client));
        let error = target.undo("chatwork").unwrap_err();
        assert!(matches!(error, InstallError::NotThere { .. }), "{client}: {error}");
        assert_eq!(text(&target), lived_in(client), "{client}");
    }
}
