//! What is written for this server.

use std::path::Path;

use super::client::{Client, Format};
use super::error::InstallError;
use super::{json, toml};

/// The name of the program. An entry with another program is not one of this server.
const PROGRAM: &str = "chatwork";
/// The arguments that every entry of this server begins with.
const SERVE: [&str; 2] = ["mcp", "serve"];

/// The entry of this server: a name, and how it is started.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    name: String,
    command: String,
    args: Vec<String>,
}

/// What is set in an entry. Other fields of it are a person's, and stay.
#[derive(Clone, Copy, Debug)]
pub(super) enum Field<'a> {
    Text(&'a str),
    List(&'a [String]),
}

impl Entry {
    /// Returns an entry.
    ///
    /// `name` is what the client calls the server: 1 to 64 letters, digits, `-` and `_`. `program`
    /// is an absolute path: a client that is started by a click has another `PATH` than a shell.
    ///
    /// # Errors
    ///
    /// - [`InstallError::Name`] if the name has other characters.
    /// - [`InstallError::Program`] if the path is not absolute or not UTF-8.
    pub fn new(
        name: &str,
        program: &Path,
        args: impl IntoIterator<Item = impl Into<String>>,
    ) -> Result<Self, InstallError> {
        let allowed = |it: char| it.is_ascii_alphanumeric() || it == '-' || it == '_';
        if !(1..=64).contains(&name.len()) || !name.chars().all(allowed) {
            return Err(InstallError::Name(name.to_owned()));
        }
        let command = program.to_str().filter(|_| program.is_absolute());
        let command = command.ok_or_else(|| InstallError::Program(program.to_owned()))?;
        let args = args.into_iter().map(Into::into).collect();
        Ok(Self { name: name.to_owned(), command: command.to_owned(), args })
    }

    /// Returns an entry as a file has it, if it is one of this server.
    pub(super) fn found(
        name: &str,
        command: Option<String>,
        args: Option<Vec<String>>,
    ) -> Option<Self> {
        let (command, args) = (command?, args?);
        let is_ours = Path::new(&command).file_stem().is_some_and(|stem| stem == PROGRAM)
            && args.iter().map(String::as_str).take(SERVE.len()).eq(SERVE);
        is_ours.then(|| Self { name: name.to_owned(), command, args })
    }

    /// Returns the name of the server.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the text of a file of the client that has this entry alone.
    ///
    /// # Errors
    ///
    /// [`InstallError::Variable`] if the client would replace a part of the entry by a variable.
    pub fn text_for(&self, client: Client) -> Result<String, InstallError> {
        self.check(client)?;
        let text = match client.format() {
            Format::Json => json::insert("", client, self),
            Format::Toml => toml::insert("", client, self),
        };
        // An empty file can be parsed and has no other server.
        text.map_err(|fault| fault.at(Path::new("")))
    }

    /// Refuses an entry that the client would change.
    pub(super) fn check(&self, client: Client) -> Result<(), InstallError> {
        let mut parts = std::iter::once(&self.command).chain(&self.args);
        match parts.find(|part| client.expands() && part.contains('$')) {
            Some(part) => Err(InstallError::Variable { client, text: part.clone() }),
            None => Ok(()),
        }
    }

    pub(super) fn fields(&self, client: Client) -> Vec<(&'static str, Field<'_>)> {
        let kind = client.has_type().then_some(("type", Field::Text("stdio")));
        let start = [("command", Field::Text(&self.command)), ("args", Field::List(&self.args))];
        kind.into_iter().chain(start).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn an_entry_has_a_simple_name_and_an_absolute_path() {
        let entry = |name: &str, path: &str| Entry::new(name, Path::new(path), ["mcp", "serve"]);
        assert!(entry("chatwork-2", "/bin/chatwork").is_ok());
        for name in ["", "a b", "会議", "a.b", &"x".repeat(65)] {
            assert!(matches!(entry(name, "/bin/chatwork"), Err(InstallError::Name(_))), "{name}");
        }
        assert!(matches!(entry("a", "bin/chatwork"), Err(InstallError::Program(_))));
    }

    #[test]
    fn an_entry_of_another_program_is_not_ours() {
        let found = |command: &str, args: &[&str]| {
            let args = args.iter().map(|it| (*it).to_owned()).collect();
            Entry::found("chatwork", Some(command.to_owned()), Some(args)).is_some()
        };
        assert!(found("/bin/chatwork", &["mcp", "serve", "--profile", "work"]));
        assert!(!found("/bin/chatwork", &["mcp"]));
        assert!(!found("npx", &["mcp", "serve"]));
    }
}
