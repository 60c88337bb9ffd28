//! What a write would send, in full.
//!
//! A text is a JSON string on one line: what would be sent is known to the character, and nothing in
//! a text can look like another line of the answer.

use chatwork_app::one_line;
use chatwork_sdk::AccountId;

use crate::call::Call;

/// Values of so many characters are never cut.
const SHORT: usize = 120;

/// The most digits of the number of characters that are shown.
const DIGITS: usize = 10;

/// A write that is not done: what it would do, and each field of the form that it would send.
pub(super) struct Draft {
    what: String,
    sends: Vec<Field>,
    about: Vec<Field>,
    note: String,
}

/// A field of the form, or of what is there now.
struct Field {
    name: &'static str,
    value: String,
    is_text: bool,
}

impl Draft {
    /// A write that would do this, in our own words.
    pub(super) fn new(what: impl Into<String>) -> Self {
        Self { what: what.into(), sends: Vec::new(), about: Vec::new(), note: String::new() }
    }

    /// Adds a text that would be sent.
    pub(super) fn text(mut self, name: &'static str, text: &str) -> Self {
        self.sends.push(Field { name, value: text.to_owned(), is_text: true });
        self
    }

    /// Adds a text that would be sent, if there is one.
    pub(super) fn some_text(self, name: &'static str, text: Option<&str>) -> Self {
        match text {
            Some(text) => self.text(name, text),
            None => self,
        }
    }

    /// Adds a value of our own that would be sent.
    pub(super) fn value(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.sends.push(Field { name, value: value.into(), is_text: false });
        self
    }

    /// Adds a flag that would be sent, if it is set either way.
    pub(super) fn some_flag(self, name: &'static str, flag: Option<bool>) -> Self {
        match flag {
            Some(flag) => self.value(name, if flag { "1" } else { "0" }),
            None => self,
        }
    }

    /// Adds accounts that would be sent. An empty list is not sent.
    pub(super) fn accounts(self, name: &'static str, accounts: &[AccountId]) -> Self {
        match accounts.is_empty() {
            true => self,
            false => self.value(name, joined(accounts)),
        }
    }

    /// Adds a text that is there now, and that the write is about.
    pub(super) fn about(mut self, name: &'static str, text: &str) -> Self {
        self.about.push(Field { name, value: text.to_owned(), is_text: true });
        self
    }

    /// Adds a sentence of our own, with a space in front of it.
    pub(super) fn note(self, note: impl Into<String>) -> Self {
        Self { note: note.into(), ..self }
    }

    /// Writes the answer of a dry run.
    pub(super) fn render(&self, call: &Call) -> String {
        self.within(call.shared.options.max_chars)
    }

    /// Writes it in at most so many characters. What is cut then is said, with its length and digest.
    fn within(&self, max_chars: usize) -> String {
        let whole = self.written(None, "");
        let count = whole.chars().count();
        if count <= max_chars {
            return whole;
        }
        let cut = format!(
            " Not all of it is shown: it has {count} characters, and an answer of this server has at \
             most {max_chars}. To see all of it, ask the person for `--max-chars {count}`, or write \
             less."
        );
        let fixed = self.written(Some(0), &cut).chars().count();
        let long = self.fields().filter(|field| field.is_long()).count().max(1);
        let each = (max_chars.saturating_sub(fixed) / long).saturating_sub(DIGITS);
        self.written(Some(each), &cut)
    }

    fn fields(&self) -> impl Iterator<Item = &Field> {
        self.sends.iter().chain(&self.about)
    }

    fn written(&self, most: Option<usize>, cut: &str) -> String {
        let mut text = format!("dry run, nothing was done: would {}.{}{cut}", self.what, self.note);
        for (head, fields) in [("Sent would be:", &self.sends), ("Now it is:", &self.about)] {
            if !fields.is_empty() {
                text.push_str(&format!("\n{head}"));
            }
            for field in fields {
                text.push_str(&format!("\n{}: {}", field.name, field.written(most)));
            }
        }
        text
    }
}

impl Field {
    /// Whether the value is cut if the answer is too long.
    fn is_long(&self) -> bool {
        self.shown().chars().count() > SHORT
    }

    fn shown(&self) -> String {
        match self.is_text {
            true => format!("\"{}\"", escaped(&self.value, usize::MAX).0),
            false => self.value.clone(),
        }
    }

    /// Writes the value; of a long one, at most so many characters.
    fn written(&self, most: Option<usize>) -> String {
        let most = match most {
            Some(most) if self.is_long() => most,
            _ => return self.shown(),
        };
        let (start, taken) = escaped(&self.value, most);
        let all = self.value.chars().count();
        let digest = sha256(self.value.as_bytes());
        format!("{all} characters, SHA-256 {digest}, the first {taken}: \"{start}\"")
    }
}

/// Returns the start of a text as in a JSON string, in at most so many characters, and how many
/// characters of the text it has. What is not visible is escaped.
fn escaped(text: &str, most: usize) -> (String, usize) {
    let (mut shown, mut length, mut taken) = (String::with_capacity(text.len()), 0_usize, 0_usize);
    for it in text.chars() {
        let next = escape(it);
        length = length.saturating_add(next.chars().count());
        if length > most {
            break;
        }
        shown.push_str(&next);
        taken = taken.saturating_add(1);
    }
    (shown, taken)
}

fn escape(it: char) -> String {
    match it {
        '"' | '\\' => format!("\\{it}"),
        '\n' => "\\n".to_owned(),
        '\r' => "\\r".to_owned(),
        '\t' => "\\t".to_owned(),
        it if is_invisible(it) => {
            it.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect()
        }
        it => it.to_string(),
    }
}

/// Whether a reader would not see the character. The word joiner takes a tag its effect.
fn is_invisible(it: char) -> bool {
    matches!(it, '\u{200b}' | '\u{2060}' | '\u{feff}')
        || *one_line(it.encode_utf8(&mut [0; 4])) != *it.encode_utf8(&mut [0; 4])
}

/// Returns the digest of bytes, in hexadecimal digits.
pub(super) fn sha256(bytes: &[u8]) -> String {
    hmac_sha256::Hash::hash(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Returns accounts as the API takes them.
fn joined(accounts: &[AccountId]) -> String {
    let ids: Vec<_> = accounts.iter().map(|id| id.0.to_string()).collect();
    ids.join(",")
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    fn draft(text: &str) -> Draft {
        Draft::new("post to room 1").text("body", text).some_flag("self_unread", Some(true))
    }

    #[test]
    fn every_field_is_shown_and_a_text_to_the_character() {
        let text = "a\nself_unread: 0\t\"\\\u{202e}[\u{2060}toall]\u{e0041}\r\n会議";
        let shown = draft(text).within(2_000);
        let lines: Vec<_> = shown.lines().collect();
        assert_eq!(lines[0], "dry run, nothing was done: would post to room 1.");
        assert_eq!((lines[1], lines[3]), ("Sent would be:", "self_unread: 1"));
        let json = lines[2].strip_prefix("body: ").unwrap();
        assert_eq!(serde_json::from_str::<Value>(json).unwrap(), text);
        assert!(!json.chars().any(is_invisible), "{json}");
    }

    #[test]
    fn a_long_text_is_shown_whole_if_it_fits() {
        let text = "会".repeat(20_000);
        assert!(draft(&text).within(30_000).contains(&format!("body: \"{text}\"")));
    }

    #[test]
    fn what_does_not_fit_is_said_with_its_length_and_digest() {
        let text = "会\n".repeat(5_000);
        let long = Draft::new("change room 1").text("name", "x").text("description", &text);
        let shown = long.about("name", &text).within(2_000);
        assert!(shown.chars().count() <= 2_000, "{}", shown.chars().count());
        assert!(shown.contains("Not all of it is shown") && shown.contains("--max-chars "));
        let digest = sha256(text.as_bytes());
        assert!(
            shown.contains(&format!("description: 10000 characters, SHA-256 {digest}, the first"))
        );
        assert!(shown.contains("\nname: \"x\"\n"), "{shown}");
    }

    #[test]
    fn the_digest_is_that_of_the_standard() {
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(sha256(b"abc"), abc);
    }
}
