//! The dictionary of people.

use chatwork_sdk::AccountId;

use super::Form;

/// The most characters of a name.
const NAME_MAX: usize = 100;

/// The people of an answer. Each has a number, which rows use.
#[derive(Debug, Default)]
pub(crate) struct People(Vec<(AccountId, String)>);

impl People {
    /// Returns the mark of a person for a row, such as `@1`.
    pub(crate) fn mark(&mut self, account: AccountId, name: &str) -> String {
        let known = self.0.iter().position(|(id, _)| *id == account);
        let index = known.unwrap_or_else(|| {
            self.0.push((account, Form::Text.cut(name, NAME_MAX)));
            self.0.len() - 1
        });
        format!("@{}", index + 1)
    }

    /// Returns the dictionary, a line for each person.
    pub(crate) fn lines(&self) -> impl Iterator<Item = String> {
        let line = |(index, (id, name)): (usize, &(AccountId, String))| {
            format!("@{} {} {name}", index + 1, id.0)
        };
        self.0.iter().enumerate().map(line)
    }

    /// Returns how many characters the lines take, with their line breaks.
    pub(super) fn size(&self) -> usize {
        self.lines().map(|line| line.chars().count() + 1).sum()
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Forgets the people behind the first so many.
    pub(super) fn truncate(&mut self, len: usize) {
        self.0.truncate(len);
    }
}
