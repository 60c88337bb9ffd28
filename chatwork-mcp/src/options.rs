//! Which tools a server has, and the fences around them.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::str::FromStr;

use crate::error::InvalidToolset;
use crate::fence::rooms::PostRooms;

/// The smallest number of characters that a result can be limited to.
pub(crate) const MIN_CHARS: usize = 2_000;
const MAX_CHARS: usize = 30_000;

/// A set of tools.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Toolset {
    /// Tools that read. They move no mark on the server.
    Read,
    /// Tools that write messages, tasks and files, and set what is read.
    Write,
    /// Tools for rooms, members, invitation links and contact requests.
    Admin,
}

impl Toolset {
    /// All sets, in the order of the tools.
    pub const ALL: [Self; 3] = [Self::Read, Self::Write, Self::Admin];

    /// Returns the name: `read`, `write` or `admin`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::Admin => "admin",
        }
    }
}

impl FromStr for Toolset {
    type Err = InvalidToolset;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.into_iter().find(|set| set.as_str() == text.trim());
        found.ok_or_else(|| InvalidToolset(text.to_owned()))
    }
}

/// The language of what people read: titles of tools, and questions to the person. What models read
/// is English.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Japanese.
    Japanese,
}

/// A text for people, in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Words {
    pub(crate) en: &'static str,
    pub(crate) ja: &'static str,
}

impl Words {
    /// Returns the text in a language.
    pub(crate) const fn of(self, language: Language) -> &'static str {
        match language {
            Language::English => self.en,
            Language::Japanese => self.ja,
        }
    }
}

/// Which tools a server has, and the fences around them.
///
/// | option | without it |
/// |---|---|
/// | [`toolsets`](Self::toolsets) | the tools that read |
/// | [`tools`](Self::tools), [`exclude_tools`](Self::exclude_tools) | all tools of the sets |
/// | [`read_only`](Self::read_only) | no: the other options decide |
/// | [`allow_destructive`](Self::allow_destructive) | no: the person is asked each time, if the client can; else what needs consent is refused, and tools that only delete or leave are not there |
/// | [`post_rooms`](Self::post_rooms) | all rooms |
/// | [`allow_toall`](Self::allow_toall) | no: a text that notifies every member of a room is refused |
/// | [`upload_dir`](Self::upload_dir), [`download_dir`](Self::download_dir) | no files |
/// | [`max_chars`](Self::max_chars) | 30,000 |
/// | [`language`](Self::language) | English |
#[derive(Clone, Debug)]
#[must_use]
pub struct Options {
    pub(crate) toolsets: BTreeSet<Toolset>,
    pub(crate) tools: BTreeSet<String>,
    pub(crate) exclude_tools: BTreeSet<String>,
    pub(crate) read_only: bool,
    pub(crate) allow_destructive: bool,
    pub(crate) post_rooms: PostRooms,
    pub(crate) allow_toall: bool,
    pub(crate) upload_dir: Option<PathBuf>,
    pub(crate) download_dir: Option<PathBuf>,
    pub(crate) max_chars: usize,
    pub(crate) language: Language,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            toolsets: BTreeSet::from([Toolset::Read]),
            tools: BTreeSet::new(),
            exclude_tools: BTreeSet::new(),
            read_only: false,
            allow_destructive: false,
            post_rooms: PostRooms::All,
            allow_toall: false,
            upload_dir: None,
            download_dir: None,
            max_chars: MAX_CHARS,
            language: Language::English,
        }
    }
}

impl Options {
    /// Returns the options of a server that reads.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the sets of tools. The tools that read are always among them, unless
    /// [`tools`](Self::tools) names single ones.
    pub fn toolsets(mut self, sets: impl IntoIterator<Item = Toolset>) -> Self {
        self.toolsets = sets.into_iter().chain([Toolset::Read]).collect();
        self
    }

    /// Registers these tools alone, of any set, by their names or earlier names.
    pub fn tools(mut self, names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.tools = names.into_iter().map(Into::into).collect();
        self
    }

    /// Leaves out these tools.
    pub fn exclude_tools(mut self, names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.exclude_tools = names.into_iter().map(Into::into).collect();
        self
    }

    /// Registers no tool that writes, also if another option asks for one.
    pub fn read_only(self, read_only: bool) -> Self {
        Self { read_only, ..self }
    }

    /// Registers the tools that delete or leave, of the sets that are registered.
    pub fn allow_destructive(self, allow: bool) -> Self {
        Self { allow_destructive: allow, ..self }
    }

    /// Sets the rooms that messages, tasks and files can be written to.
    pub fn post_rooms(self, rooms: PostRooms) -> Self {
        Self { post_rooms: rooms, ..self }
    }

    /// Allows texts that notify every member of a room (`[toall]`).
    pub fn allow_toall(self, allow: bool) -> Self {
        Self { allow_toall: allow, ..self }
    }

    /// Sets the folder that files are uploaded from.
    pub fn upload_dir(self, folder: impl Into<PathBuf>) -> Self {
        Self { upload_dir: Some(folder.into()), ..self }
    }

    /// Sets the folder that files are downloaded into.
    pub fn download_dir(self, folder: impl Into<PathBuf>) -> Self {
        Self { download_dir: Some(folder.into()), ..self }
    }

    /// Sets the largest number of characters of a result. A longer result is cut at a row, and has
    /// a cursor.
    pub fn max_chars(self, characters: usize) -> Self {
        Self { max_chars: characters, ..self }
    }

    /// Sets the language of titles and of questions to the person.
    pub fn language(self, language: Language) -> Self {
        Self { language, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_of_tools_is_known_by_its_name() {
        for set in Toolset::ALL {
            assert_eq!(set.as_str().parse(), Ok(set));
        }
        assert_eq!(
            "all".parse::<Toolset>().unwrap_err().to_string(),
            "`all` is not a set of tools: expected read, write or admin"
        );
    }

    #[test]
    fn the_tools_that_read_stay_beside_the_others() {
        let options = Options::new().toolsets([Toolset::Admin]);
        assert_eq!(options.toolsets, BTreeSet::from([Toolset::Read, Toolset::Admin]));
    }
}
