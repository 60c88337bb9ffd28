//! A list with its rows, cut where it gets too long.

use serde_json::{Map, Value, json};

use super::{Form, People, Style};

/// A row of a list.
pub(crate) trait Row {
    /// Returns the row as one line. Foreign texts take at most so many characters.
    fn text(&self, people: &mut People, most: usize) -> String;

    /// Returns the row as a JSON object. Foreign texts take at most so many characters.
    fn json(&self, most: usize) -> Value;

    /// Returns the cursor that goes on behind this row.
    fn cursor(&self) -> String;

    /// Returns the line that stands once above all rows that have the same one, if there is one.
    fn heading(&self) -> Option<String> {
        None
    }
}

/// A list. Its rows are in the order in which it goes on.
pub(crate) struct Listing<R> {
    what: &'static str,
    facts: Vec<String>,
    rows: Vec<R>,
    limit: usize,
    missing: Option<String>,
    is_hidden: Option<bool>,
    is_reversed: bool,
    continues: Option<String>,
    ends: Option<&'static str>,
}

/// The room that is kept for the first line.
const HEAD: usize = 600;

/// What fits of a list.
struct Page {
    lines: Vec<(Option<String>, String)>,
    items: Vec<Value>,
    people: People,
    next: Option<String>,
}

impl<R: Row> Listing<R> {
    /// Returns a list of rows, of which at most so many are shown.
    pub(crate) fn new(what: &'static str, rows: Vec<R>, limit: usize) -> Self {
        let (facts, missing, is_hidden, continues) = (Vec::new(), None, None, None);
        let (is_reversed, ends) = (false, None);
        Self { what, facts, rows, limit, missing, is_hidden, is_reversed, continues, ends }
    }

    /// Adds a fact to the first line, in our own words.
    pub(crate) fn fact(mut self, fact: impl Into<String>) -> Self {
        self.facts.push(fact.into());
        self
    }

    /// Says that the list lacks what it cannot show, and why.
    pub(crate) fn missing(self, reason: Option<String>) -> Self {
        Self { missing: reason, ..self }
    }

    /// Says whether the plan hides messages.
    pub(crate) fn hidden(self, is_hidden: bool) -> Self {
        Self { is_hidden: Some(is_hidden), ..self }
    }

    /// Shows the rows in the other order than the one in which the list goes on.
    pub(crate) fn reversed(self) -> Self {
        Self { is_reversed: true, ..self }
    }

    /// Says where the list goes on behind all of its rows, if it does.
    pub(crate) fn continues(self, cursor: Option<String>) -> Self {
        Self { continues: cursor, ..self }
    }

    /// Says that a list which is cut does not go on, and what helps instead.
    pub(crate) fn ends(self, advice: &'static str) -> Self {
        Self { ends: Some(advice), ..self }
    }

    /// Writes the list.
    pub(crate) fn render(mut self, style: Style) -> String {
        let mut page = self.page(style);
        if let Some(advice) = self.ends
            && page.next.take().is_some()
        {
            self.missing = Some(format!("cut here: {advice}"));
        }
        match style.form {
            Form::Text => self.lines(page),
            Form::Json => self.object(page),
        }
    }

    /// Takes rows while they fit.
    fn page(&self, style: Style) -> Page {
        let room = style.max_chars.saturating_sub(HEAD);
        let most = room / 2;
        let mut page =
            Page { lines: Vec::new(), items: Vec::new(), people: People::default(), next: None };
        let (mut size, mut heading) = (0, None);
        let mut last: Option<&R> = None;
        for (index, row) in self.rows.iter().enumerate() {
            let known = page.people.len();
            let above = row.heading();
            let (line, item) = match style.form {
                Form::Text => (row.text(&mut page.people, most), Value::Null),
                Form::Json => (String::new(), row.json(most)),
            };
            let mut more = match style.form {
                Form::Text => line.chars().count() + 1,
                Form::Json => item.to_string().chars().count() + 1,
            };
            if above != heading {
                more += above.as_ref().map_or(0, |above| above.chars().count() + 1);
            }
            let is_full = size + more + page.people.size() > room;
            if index >= self.limit || (is_full && index > 0) {
                page.people.truncate(known);
                page.next = last.map(Row::cursor);
                return self.turned(page);
            }
            size += more;
            heading.clone_from(&above);
            page.lines.push((above, line));
            page.items.push(item);
            last = Some(row);
        }
        page.next.clone_from(&self.continues);
        self.turned(page)
    }

    fn turned(&self, mut page: Page) -> Page {
        if self.is_reversed {
            page.lines.reverse();
            page.items.reverse();
        }
        page
    }

    fn lines(&self, page: Page) -> String {
        let mut head = vec![format!("{}: {}", self.what, page.lines.len())];
        head.extend(self.facts.iter().cloned());
        head.push(match (&self.missing, &page.next) {
            (None, None) => "complete: yes".to_owned(),
            (None, Some(_)) => "complete: no, more with the cursor".to_owned(),
            (Some(reason), _) => format!("complete: no, {reason}"),
        });
        if let Some(is_hidden) = self.is_hidden {
            head.push(format!("hidden by the plan: {}", if is_hidden { "yes" } else { "no" }));
        }
        if let Some(next) = &page.next {
            head.push(format!("next cursor: {next}"));
        }
        let mut lines = vec![head.join("; ")];
        lines.extend(page.people.lines());
        let mut heading = None;
        for (above, line) in page.lines {
            if above != heading {
                lines.extend(above.clone());
                heading = above;
            }
            lines.push(line);
        }
        lines.join("\n")
    }

    fn object(&self, page: Page) -> String {
        let mut object = Map::new();
        object.insert("what".to_owned(), json!(self.what));
        object.insert("count".to_owned(), json!(page.items.len()));
        object.insert("facts".to_owned(), json!(self.facts));
        let is_complete = self.missing.is_none() && page.next.is_none();
        object.insert("complete".to_owned(), json!(is_complete));
        if let Some(reason) = &self.missing {
            object.insert("missing".to_owned(), json!(reason));
        }
        if let Some(is_hidden) = self.is_hidden {
            object.insert("hidden_by_plan".to_owned(), json!(is_hidden));
        }
        if let Some(next) = &page.next {
            object.insert("next_cursor".to_owned(), json!(next));
        }
        object.insert("items".to_owned(), Value::Array(page.items));
        Value::Object(object).to_string()
    }
}

#[cfg(test)]
mod tests {
    use chatwork_sdk::AccountId;

    use super::*;
    use crate::output::shortened;

    struct Line(i64, String);

    impl Row for Line {
        fn text(&self, people: &mut People, most: usize) -> String {
            let who = people.mark(AccountId(self.0), "name");
            format!("{who} {}", shortened(&self.1, most).0)
        }

        fn json(&self, most: usize) -> Value {
            json!({ "id": self.0.to_string(), "text": shortened(&self.1, most).0 })
        }

        fn cursor(&self) -> String {
            format!("c{}", self.0)
        }

        fn heading(&self) -> Option<String> {
            Some(format!("# {}", self.0 / 10))
        }
    }

    fn rows(count: i64, length: usize) -> Vec<Line> {
        (1..=count).map(|id| Line(id, "x".repeat(length))).collect()
    }

    const TEXT: Style = Style { form: Form::Text, max_chars: 2_000 };
    const JSON: Style = Style { form: Form::Json, max_chars: 2_000 };

    #[test]
    fn a_list_has_a_first_line_a_dictionary_and_a_line_for_each_row() {
        let list = Listing::new("things", rows(2, 1), 10).fact("room 42").hidden(true);
        assert_eq!(
            list.render(TEXT),
            "things: 2; room 42; complete: yes; hidden by the plan: yes\n\
             @1 1 name\n@2 2 name\n# 0\n@1 x\n@2 x"
        );
    }

    #[test]
    fn a_list_is_cut_at_its_limit_and_says_where_it_goes_on() {
        let list = Listing::new("things", rows(3, 1), 2).reversed();
        assert_eq!(
            list.render(TEXT),
            "things: 2; complete: no, more with the cursor; next cursor: c2\n\
             @1 1 name\n@2 2 name\n# 0\n@2 x\n@1 x"
        );
    }

    #[test]
    fn a_list_is_cut_at_a_row_if_it_gets_too_long() {
        for style in [TEXT, JSON] {
            let text = Listing::new("things", rows(100, 100), 100).render(style);
            assert!(text.chars().count() <= 2_000, "{}", text.chars().count());
            assert!(text.contains("cursor") && text.ends_with(['x', '}']), "{text}");
        }
    }

    #[test]
    fn a_row_that_is_too_long_by_itself_is_shown_in_part() {
        for style in [TEXT, JSON] {
            let text = Listing::new("things", rows(2, 9_000), 10).render(style);
            assert!(text.chars().count() <= 2_000, "{}", text.chars().count());
            assert!(text.contains("xxx"), "{text}");
        }
    }

    #[test]
    fn json_says_whether_it_is_complete() {
        let list = Listing::new("things", rows(1, 1), 10).missing(Some("lost".to_owned()));
        let value: Value = serde_json::from_str(&list.render(JSON)).unwrap();
        assert_eq!(
            (value["complete"].as_bool(), value["missing"].as_str()),
            (Some(false), Some("lost"))
        );
        assert_eq!(value["items"][0]["id"], "1");
    }
}
