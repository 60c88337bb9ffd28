//! What a command does in several steps, written as it is done.

use super::shape::Shape;
use super::{Form, Item, Out, csv};
use crate::failure::Done;

/// Writes entries one by one: a later step may fail, or the person may interrupt it.
///
/// As text, each entry is a line at once. As CSV, the head stands before the first one. JSON is one
/// list at the end, also if a step has failed.
pub(crate) struct Steps<'a> {
    out: &'a Out,
    shape: &'static Shape,
    /// The names of all steps, as the person gave them.
    names: Vec<String>,
    items: Vec<Item>,
}

impl<'a> Steps<'a> {
    pub(crate) fn new(out: &'a Out, shape: &'static Shape, names: Vec<String>) -> Self {
        Self { out, shape, names, items: Vec::new() }
    }

    /// Writes what the next step did.
    pub(crate) fn add(&mut self, item: Item) -> Done {
        let is_first = self.items.is_empty();
        // It is done, also if it cannot be written.
        self.items.push(item);
        let Some(item) = self.items.last() else { return Ok(()) };
        match self.out.form {
            Form::Json(_) => Ok(()),
            Form::Csv => {
                let head = if is_first { csv::head(self.shape) } else { String::new() };
                self.out.write(&(head + &csv::row(self.out, self.shape, item)))
            }
            Form::Text => self.out.done(self.shape, item),
        }
    }

    /// Ends the steps. If one of them failed behind others, the failure says which were done.
    pub(crate) fn end(self, outcome: Done) -> Done {
        let written = match self.out.form {
            Form::Json(_) if outcome.is_ok() || !self.items.is_empty() => {
                self.out.list(self.shape, &self.items)
            }
            _ => Ok(()),
        };
        let Err(failure) = outcome else {
            return written.map_err(|failure| failure.behind_write(self.names));
        };
        match self.names.split_at_checked(self.items.len()) {
            Some((done, rest)) if !done.is_empty() => Err(failure.in_part(done, rest)),
            _ => Err(failure.at_first(&self.names)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::Failure;
    use crate::out::shape;

    fn steps(out: &Out, names: &[&str], done: usize) -> Done {
        let names = names.iter().map(|name| (*name).to_owned()).collect();
        let mut steps = Steps::new(out, &shape::TASK_IDS, names);
        steps.items = vec![Item::new(); done];
        steps.end(Err(Failure::new("service", "it failed")))
    }

    #[test]
    fn a_failure_behind_others_says_what_was_done() {
        let failure = steps(&Out::default(), &["1", "2", "3"], 2).unwrap_err();
        assert_eq!(failure.message(), "only 2 of 3 were done: it failed");
        let shown = format!("{failure:?}");
        assert!(shown.contains("done: 1 2; not done: 3"), "{shown}");
    }

    #[test]
    fn a_failure_of_the_first_step_stays_as_it_is() {
        let failure = steps(&Out::default(), &["1", "2"], 0).unwrap_err();
        assert_eq!(failure.message(), "it failed");
    }
}
