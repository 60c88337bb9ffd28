//! The language of searches.
//!
//! | in a search | finds messages |
//! |---|---|
//! | `会議 資料` | with both words, anywhere in them |
//! | `"release notes"` | with this phrase; any white space matches any other |
//! | `-下書き`, `-"in review"` | without it |
//! | `山田 OR 佐藤` | with one of the two; it binds closer than a space |
//! | `from:me`, `from:1484814`, `from:山田` | of this account, or of those with this in their name |
//! | `in:93207172`, `in:営業` | in this room, or in those with this in their name |
//! | `after:2026-04-01` | sent on that day or later |
//! | `before:2026-04` | sent before that month; a year is allowed, too |
//!
//! `-from:`, `-in:` leave out an account or a room. Names with spaces are quoted: `from:"山田 花子"`.
//! A quote in a phrase is written twice: `"say ""yes"""`. `OR` is in capitals. To search for one of
//! these words, quote it: `"OR"`, `"from:me"`. Any other character stands for itself, so `C++`, `(株)`
//! and `#123` need no quotes.

mod date;
mod error;
mod parse;

pub(crate) use date::LocalTime;
pub use date::UtcOffset;
pub use error::{QueryError, QueryFault};
pub(crate) use parse::{Clause, Field, Query, Term};
