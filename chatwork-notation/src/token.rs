//! Tags as the parser handles them.

use chatwork_api::types::FileId;

use super::kind::{Kind, Quote};

/// A tag, by how the parser handles it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Token<'a> {
    /// A tag without a closing tag.
    Single(Kind<'a>),
    /// The opening tag of a container.
    Open(Kind<'a>),
    /// The closing tag of a container.
    Close(Container),
    /// A tag whose text is literal up to its closing tag.
    Literal(Literal),
    /// `[qtmeta …]`, which is valid only directly after `[qt]`.
    QuoteMeta(Quote),
}

/// A kind of node that can have children.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Container {
    Info,
    Title,
    Quote,
    Task,
}

/// A tag with literal text.
#[derive(Clone, Copy, Debug)]
pub(super) enum Literal {
    Code,
    Download(FileId),
}

impl Literal {
    /// Returns the name of the tag.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Download(_) => "download",
        }
    }

    /// Returns the length of the closing tag in bytes.
    pub(super) fn closing_length(self) -> usize {
        self.name().len() + "[/]".len()
    }
}

impl Kind<'_> {
    /// Returns the container of this kind, or `None` if the kind has no children.
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
