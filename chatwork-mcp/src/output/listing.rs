//! A list with its rows, cut where it gets too long.

use serde_json::{Map, Value, json};

use super::row::{Row, add};
use super::{Form, People, Style};

/// A list. Its rows are in the order in which it goes on.
pub(crate) struct Listing<R> {
    what: &'static str,
    facts: Vec<String>,
    rows: Vec<R>,
    limit: usize,
    missing: Vec<String>,
    is_hidden: Option<bool>,
    is_reversed: bool,
    continues: Option<String>,
    ends: Option<&'static str>,
    reads_on: Option<&'static str>,
}

/// The room that is kept for the numbers of the first line, and for a cursor.
const HEAD: usize = 300;
/// The most characters of the reasons why a list is not complete.
const REASONS: usize = 600;
/// The least that is shown of a foreign text.
const LEAST: usize = 20;

/// What fits of a list.
struct Page {
    lines: Vec<(Option<String>, String)>,
    items: Vec<Value>,
    groups: Vec<Value>,
    people: People,
    next: Option<String>,
}

impl<R: Row> Listing<R> {
    /// Returns a list of rows, of which at most so many are shown.
    pub(crate) fn new(what: &'static str, rows: Vec<R>, limit: usize) -> Self {
        Self {
            what,
            facts: Vec::new(),
            rows,
            limit,
            missing: Vec::new(),
            is_hidden: None,
            is_reversed: false,
            continues: None,
            ends: None,
            reads_on: None,
        }
    }

    /// Adds a fact to the first line, in our own words.
    pub(crate) fn fact(mut self, fact: impl Into<String>) -> Self {
        self.facts.push(fact.into());
        self
    }

    /// Says that the list lacks what it cannot show, and why. Reasons add up.
    pub(crate) fn missing(mut self, reasons: impl IntoIterator<Item = String>) -> Self {
        self.missing.extend(reasons);
        self
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

    /// Says by what a text is read that a row shows in part.
    pub(crate) fn reads_on(self, advice: Option<&'static str>) -> Self {
        Self { reads_on: advice, ..self }
    }

    /// Writes the list.
    pub(crate) fn render(mut self, style: Style) -> String {
        let room = style.max_chars.saturating_sub(self.head(style.form));
        let (mut page, most) = self.page(style.form, room);
        if let Some(advice) = self.ends
            && page.next.take().is_some()
        {
            self.missing.push(format!("cut here: {advice}"));
        }
        let mut shown = self.rows.iter().take(page.items.len());
        if !shown.any(|row| row.is_cut(style.form, most)) {
            self.reads_on = None;
        }
        match style.form {
            Form::Text => self.lines(page),
            Form::Json => self.object(page),
        }
    }

    /// Returns how many written characters the first line may take.
    fn head(&self, form: Form) -> usize {
        let facts: usize = self.facts.iter().map(|it| form.length(it) + 4).sum();
        let cursor = self.continues.as_ref().map_or(0, String::len);
        let advice = [self.reads_on, self.ends].into_iter().flatten();
        let advice: usize = advice.map(|it| form.length(it)).sum();
        HEAD + facts + form.length(&self.reasons()) + cursor + advice
    }

    /// Returns why the list is not complete; empty if it is.
    fn reasons(&self) -> String {
        Form::Text.cut(&self.missing.join(", "), REASONS)
    }

    /// Takes rows while they fit. Returns how much was shown of a foreign text at most, too.
    fn page(&self, form: Form, room: usize) -> (Page, usize) {
        let mut most = room / 2;
        let mut page = Page {
            lines: Vec::new(),
            items: Vec::new(),
            groups: Vec::new(),
            people: People::default(),
            next: None,
        };
        let (mut size, mut heading) = (0, None);
        let mut last: Option<&R> = None;
        for (index, row) in self.rows.iter().enumerate() {
            let known = page.people.len();
            let mut added = add(row, &mut page.people, heading.as_ref(), form, most);
            // The first row is shown in any case: of its texts as much as fits.
            while index == 0 && added.size + page.people.size() > room && most > LEAST {
                most /= 2;
                page.people.truncate(known);
                added = add(row, &mut page.people, heading.as_ref(), form, most);
            }
            let is_full = size + added.size + page.people.size() > room;
            if index >= self.limit || (is_full && index > 0) {
                page.people.truncate(known);
                page.next = last.map(Row::cursor);
                return (self.turned(page), most);
            }
            size += added.size;
            heading.clone_from(&added.above);
            page.groups.extend(added.group);
            page.lines.push((added.above, added.line));
            page.items.push(added.item);
            last = Some(row);
        }
        page.next.clone_from(&self.continues);
        (self.turned(page), most)
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
        let mut reasons = self.reasons();
        if page.next.is_some() {
            let more = "more with the cursor";
            reasons =
                if reasons.is_empty() { more.to_owned() } else { format!("{more}, {reasons}") };
        }
        head.push(match reasons.is_empty() {
            true => "complete: yes".to_owned(),
            false => format!("complete: no, {reasons}"),
        });
        if let Some(is_hidden) = self.is_hidden {
            head.push(format!("hidden by the plan: {}", if is_hidden { "yes" } else { "no" }));
        }
        if let Some(advice) = self.reads_on {
            head.push(format!("texts that are cut: {advice}"));
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
        let is_complete = self.missing.is_empty() && page.next.is_none();
        object.insert("complete".to_owned(), json!(is_complete));
        if !self.missing.is_empty() {
            object.insert("missing".to_owned(), json!(self.reasons()));
        }
        if let Some(is_hidden) = self.is_hidden {
            object.insert("hidden_by_plan".to_owned(), json!(is_hidden));
        }
        if let Some(advice) = self.reads_on {
            object.insert("texts_that_are_cut".to_owned(), json!(advice));
        }
        if let Some(next) = &page.next {
            object.insert("next_cursor".to_owned(), json!(next));
        }
        if !page.groups.is_empty() {
            object.insert("rooms".to_owned(), Value::Array(page.groups));
        }
        object.insert("items".to_owned(), Value::Array(page.items));
        Value::Object(object).to_string()
    }
}

#[cfg(test)]
mod tests {
    use chatwork_sdk::AccountId;

    use super::*;

    struct Line(i64, String);

    impl Row for Line {
        fn text(&self, people: &mut People, most: usize) -> String {
            let who = people.mark(AccountId(self.0), "name");
            format!("{who} {}", Form::Text.shortened(&self.1, most).0)
        }

        fn json(&self, most: usize) -> Value {
            json!({ "id": self.0.to_string(), "text": Form::Json.shortened(&self.1, most).0 })
        }

        fn cursor(&self) -> String {
            format!("c{}", self.0)
        }

        fn heading(&self) -> Option<String> {
            Some(format!("# {}", self.0 / 10))
        }

        fn group(&self) -> Option<Value> {
            Some(json!({ "id": self.0 / 10 }))
        }

        fn is_cut(&self, form: Form, most: usize) -> bool {
            form.shortened(&self.1, most).1 > 0
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
    fn json_is_measured_as_it_is_written() {
        for length in [100, 9_000] {
            let quotes = |id| Line(id, "\"\\".repeat(length));
            let list = Listing::new("things", (1..50).map(quotes).collect(), 100);
            let text = list.fact("a fact").render(JSON);
            assert!(text.chars().count() <= 2_000, "{}", text.chars().count());
            let value: Value = serde_json::from_str(&text).unwrap();
            assert!(
                value["next_cursor"].is_string() && value["count"].as_u64() > Some(0),
                "{text}"
            );
        }
    }

    #[test]
    fn json_is_measured_with_the_quotes_of_its_reasons() {
        let rows = (1..50).map(|id| Line(id, "x".repeat(60))).collect();
        let list = Listing::new("things", rows, 100).missing([r#""\"#.repeat(299)]);
        let text = list.fact(r#"""#.repeat(100)).render(JSON);
        assert!(text.chars().count() <= 2_000, "{}", text.chars().count());
    }

    #[test]
    fn json_has_each_room_once_and_the_rows_that_are_shown_alone() {
        let list = Listing::new("things", rows(25, 1), 12);
        let value: Value = serde_json::from_str(&list.render(JSON)).unwrap();
        assert_eq!(value["rooms"], json!([{ "id": 0 }, { "id": 1 }]));
    }

    #[test]
    fn a_list_with_a_text_that_is_cut_says_how_to_read_on() {
        let advice = |length| {
            let list = Listing::new("things", rows(1, length), 10).reads_on(Some("read_it"));
            list.render(TEXT).contains("; texts that are cut: read_it")
        };
        assert!(advice(9_000) && !advice(10));
    }

    #[test]
    fn reasons_add_up_and_a_cursor_is_one_of_them() {
        let list = Listing::new("things", rows(2, 1), 1).missing(["a".to_owned(), "b".to_owned()]);
        let text = list.render(TEXT);
        assert!(text.contains("; complete: no, more with the cursor, a, b; next cursor"), "{text}");
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
