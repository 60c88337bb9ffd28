//! Writes plain text: line breaks and gaps where they are needed, and once.

/// How deep quotes are shown. Without an end to it, the text would grow with lines times depth.
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

/// What is to come before the next text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pending {
    Nothing,
    /// The end of the line, unless the text brings it.
    Break,
    /// A space, if a word follows.
    Gap,
    /// No space, even if the text begins with one.
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

    /// Adds text that is kept apart from words before and after it.
    pub(super) fn word(&mut self, word: &str) {
        self.gap();
        self.text(word);
        self.pending = Pending::Gap;
    }

    /// Adds text that is kept apart from words before it, but not from what follows.
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

    /// Begins or ends something that stands on lines of its own.
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
