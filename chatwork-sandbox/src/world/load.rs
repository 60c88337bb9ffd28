//! Reads a world.

use std::path::Path;

use super::{World, WorldError, check};

/// The default world.
const STANDARD: &str = include_str!("../../worlds/default.yaml");

impl World {
    /// The world that comes with the sandbox: `worlds/default.yaml` of this crate.
    ///
    /// # Errors
    ///
    /// Does not fail in practice: a test of this crate reads the file.
    pub fn standard() -> Result<Self, WorldError> {
        Self::parse(STANDARD)
    }

    /// Reads a world from YAML or JSON (which is YAML).
    ///
    /// # Errors
    ///
    /// [`WorldError::Parse`] with line and column, or [`WorldError::Faults`] with every fault.
    pub fn parse(text: &str) -> Result<Self, WorldError> {
        Self::parse_for(text, &[])
    }

    /// Reads a world. Webhooks may go to these hosts besides this machine.
    pub(crate) fn parse_for(text: &str, hosts: &[String]) -> Result<Self, WorldError> {
        let world: Self = read(text)?;
        world.check_for(hosts)?;
        Ok(world)
    }

    /// Reads a world from a file.
    ///
    /// # Errors
    ///
    /// [`WorldError::Read`], or those of [`World::parse`] in a [`WorldError::File`].
    pub fn load(path: &Path) -> Result<Self, WorldError> {
        Self::read_file(path, Self::parse)
    }

    /// Reads a file, and names it in every error.
    pub(crate) fn read_file<T>(
        path: &Path,
        parse: impl FnOnce(&str) -> Result<T, WorldError>,
    ) -> Result<T, WorldError> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| WorldError::Read { path: path.to_owned(), source })?;
        let of_file = |error| WorldError::File { path: path.to_owned(), source: Box::new(error) };
        parse(&text).map_err(of_file)
    }

    /// Finds contradictions. A world made in Rust is checked when a sandbox starts with it.
    ///
    /// # Errors
    ///
    /// [`WorldError::Faults`] with every fault.
    pub fn check(&self) -> Result<(), WorldError> {
        self.check_for(&[])
    }

    /// Finds contradictions. Webhooks may go to these hosts besides this machine.
    pub(crate) fn check_for(&self, hosts: &[String]) -> Result<(), WorldError> {
        let faults = check::faults(self, hosts);
        if faults.is_empty() { Ok(()) } else { Err(WorldError::Faults(faults)) }
    }
}

/// Reads JSON with a JSON parser, which is faster. A text that is not JSON is YAML.
fn read(text: &str) -> Result<World, WorldError> {
    let json = text.trim_start().starts_with('{');
    if let Some(world) = json.then(|| serde_json::from_str(text).ok()).flatten() {
        return Ok(world);
    }
    // The defaults of the reader suit a configuration file. A world may hold 100,000 messages. The
    // text is in memory already, so the bytes of its values and comments need no limit of their own.
    let options = serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_events: 50_000_000,
            max_nodes: 20_000_000,
            max_total_scalar_bytes: usize::MAX,
            max_total_comment_bytes: usize::MAX,
        },
    };
    serde_saphyr::from_str_with_options(text, options).map_err(|error| unread(&error))
}

/// The library puts a word before the place that our own errors have already.
fn unread(error: &serde_saphyr::Error) -> WorldError {
    let text = error.to_string();
    WorldError::Parse(text.strip_prefix("error: ").unwrap_or(&text).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> Vec<String> {
        match World::parse(text) {
            Err(WorldError::Faults(faults)) => faults.iter().map(ToString::to_string).collect(),
            other => panic!("expected faults, got {other:?}"),
        }
    }

    #[test]
    fn the_standard_world_has_no_fault() {
        World::standard().unwrap();
    }

    #[test]
    fn the_world_of_the_readme_has_no_fault() {
        let readme = include_str!("../../README.md");
        let yaml = readme.split("```yaml").nth(1).unwrap().split("```").next().unwrap();
        assert_eq!(World::parse(yaml).unwrap().rooms.len(), 3);
    }

    #[test]
    fn json_is_read_as_well() {
        let world = World::parse(r#"{"accounts": [{"key": "a", "id": 1, "name": "A"}]}"#).unwrap();
        assert_eq!(world.accounts[0].name, "A");
    }

    /// Rooms of a large world, each with 100 messages.
    fn large(rooms: usize) -> String {
        let mut text = "accounts: [{ key: a, id: 1, name: A }]\nrooms:\n".to_owned();
        for room in 1..=rooms {
            let head = "name: R, members: { admin: [a] }, messages: [";
            text.push_str(&format!("  - {{ id: {room}, {head}"));
            for number in 1..=100 {
                text.push_str(&format!("{{ from: a, body: m{number}, ago: 1d }}, "));
            }
            text.push_str("] }\n");
        }
        text
    }

    #[test]
    fn a_world_of_100_000_messages_is_read() {
        let world = World::parse(&large(1_000)).unwrap();
        let messages: usize = world.rooms.iter().map(|room| room.messages.len()).sum();
        assert_eq!((world.rooms.len(), messages), (1_000, 100_000));
    }

    /// 260 of the longest messages take more bytes than the 64 MiB that the reader allows by default.
    #[test]
    fn a_world_with_more_than_64_mib_of_text_is_read() {
        let body = "🍣".repeat(65_535);
        let mut text = "accounts: [{ key: a, id: 1, name: A }]\nrooms:\n".to_owned();
        text.push_str("  - id: 1\n    name: R\n    members: { admin: [a] }\n    messages:\n");
        for _ in 0..260 {
            text.push_str(&format!("      - {{ from: a, ago: 1d, body: {body} }}\n"));
        }
        assert!(260 * body.len() > 64 * 1_024 * 1_024);
        assert_eq!(World::parse(&text).unwrap().rooms[0].messages.len(), 260);
    }

    #[test]
    fn an_unknown_field_is_named_with_its_line() {
        let error = World::parse("accounts:\n  - kee: anna\n").unwrap_err().to_string();
        assert!(error.contains("kee") && error.contains("line 2"), "{error}");
    }

    #[test]
    fn invalid_yaml_is_reported_with_its_line() {
        let error = World::parse("accounts:\n  - { key: anna\n").unwrap_err().to_string();
        assert!(error.starts_with("invalid world: line 2 column 5: "), "{error}");
    }

    #[test]
    fn ids_and_times_without_space_for_new_ones_are_faults() {
        let faults = faults(
            "
            accounts: [{ key: a, id: 9007199254740992, name: A }]
            rooms:
              - id: 9223372036854775807
                name: G
                members: { admin: [a] }
                messages: [{ from: a, body: hi, at: 253402300800 }]
                tasks: [{ id: 1, from: a, to: a, body: do, limit: 0, limit_type: date }]
            ",
        );
        let places = ["accounts[0].id", "rooms[0].id", "messages[0].at", "tasks[0].limit_type"];
        for (place, fault) in places.iter().zip(&faults) {
            assert!(fault.contains(&format!("{place}: ")), "{place} {fault}");
        }
        assert_eq!(faults.len(), places.len(), "{faults:?}");
    }

    #[test]
    fn every_fault_is_named_with_its_place() {
        let text = "
            accounts:
              - { key: anna, id: 0, name: '' }
            rooms:
              - { id: 5, name: G, members: { admin: [bob] }, messages: [{ from: anna, body: hi }] }
        ";
        let faults = faults(text);
        for place in [
            "accounts[0].id: ",
            "accounts[0].name: ",
            "rooms[0].members.admin[0]: ",
            "rooms[0].messages[0].from: ",
        ] {
            assert!(faults.iter().any(|fault| fault.starts_with(place)), "{place} {faults:?}");
        }
    }
}
