//! What a tag is to the parser.

use chatwork_api::types::FileId;

use super::kind::{Kind, Quote};

/// A tag, by what the parser does with it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Token<'a> {
    /// A tag that stands alone.
    Single(Kind<'a>),
    /// A tag that opens something with children.
    Open(Kind<'a>),
    /// A tag that closes it.
    Close(Container),
    /// A tag whose text, up to its closing tag, is literal.
    Literal(Literal),
    /// `[qtmeta …]`, which means something right behind `[qt]` alone.
    QuoteMeta(Quote),
}

/// What has children.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Container {
    Info,
    Title,
    Quote,
    Task,
}

/// What has literal text.
#[derive(Clone, Copy, Debug)]
pub(super) enum Literal {
    Code,
    Download(FileId),
}

impl Literal {
    /// The name of its tag.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Download(_) => "download",
        }
    }

    /// How many bytes its closing tag has.
    pub(super) fn closing_length(self) -> usize {
        self.name().len() + "[/]".len()
    }
}

impl Kind<'_> {
    /// The container that a node of this kind is.
    pub(super) fn container(&self) -> Option<Container> {
        match self {
            Self::Info => Some(Container::Info),
            Self::Title => Some(Container::Title),
            Self::Quote(_) => Some(Container::Quote),
            Self::Task(_) => Some(Container::Task),
            _ => None,
        }
    }
}
