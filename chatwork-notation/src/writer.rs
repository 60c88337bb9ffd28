//! Writes plain text. Adds line breaks and spaces where needed, without repeating them.

/// The most `> ` before a line. Without a limit, the text would grow with lines times depth.
const MAX_QUOTE_DEPTH: usize = 8;

/// White space that does not end a line.
pub(super) const BLANKS: [char; 3] = [' ', '\t', '\u{3000}'];

#[derive(Debug)]
pub(super) struct Writer {
    out: String,
    depth: usize,
    at_line_start: bool,
    pending: Pending,
}

/// The separator before the next text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pending {
    Nothing,
    /// A line break, unless the text begins with one.
    Break,
    /// A space, if the text begins with a letter or digit.
    Gap,
    /// No space: spaces at the start of the text are removed.
    Joint,
}

impl Writer {
    pub(super) fn with_capacity(capacity: usize) -> Self {
        let out = String::with_capacity(capacity);
        Self { out, depth: 0, at_line_start: true, pending: Pending::Nothing }
    }

    /// Adds text.
    pub(super) fn text(&mut self, text: &str) {
        let text = match self.pending {
            Pending::Joint => text.trim_start_matches(BLANKS),
            _ => text,
        };
        let Some(first) = text.chars().next() else { return };
        match self.pending {
            Pending::Break if first != '\n' => self.lines("\n"),
            Pending::Gap if first.is_alphanumeric() => self.lines(" "),
            _ => {}
        }
        self.pending = Pending::Nothing;
        self.lines(text);
    }

    /// Adds text, separated by spaces from words before and after it.
    pub(super) fn word(&mut self, word: &str) {
        self.gap();
        self.text(word);
        self.pending = Pending::Gap;
    }

    /// Adds text, separated by a space from a word before it, but not from the text after it.
    pub(super) fn prefix(&mut self, prefix: &str) {
        self.gap();
        self.text(prefix);
        self.pending = Pending::Joint;
    }

    /// Adds text on lines of its own.
    pub(super) fn block(&mut self, block: &str) {
        self.edge();
        self.text(block);
        self.edge();
    }

    /// Begins or ends a block on lines of its own.
    pub(super) fn edge(&mut self) {
        self.pending = if self.at_line_start { Pending::Nothing } else { Pending::Break };
    }

    pub(super) fn enter_quote(&mut self) {
        self.edge();
        self.depth += 1;
    }

    pub(super) fn leave_quote(&mut self) {
        self.edge();
        self.depth = self.depth.saturating_sub(1);
    }

    pub(super) fn finish(self) -> String {
        self.out
    }

    fn gap(&mut self) {
        let after_word = !self.at_line_start && self.out.ends_with(char::is_alphanumeric);
        if after_word && self.pending != Pending::Break {
            self.lines(" ");
            self.pending = Pending::Nothing;
        }
    }

    fn lines(&mut self, text: &str) {
        for line in text.split_inclusive('\n') {
            if self.at_line_start {
                let depth = self.depth.min(MAX_QUOTE_DEPTH);
                self.out.extend(std::iter::repeat_n("> ", depth));
            }
            self.out.push_str(line);
            self.at_line_start = line.ends_with('\n');
        }
    }
}
