//! A row of the table: a command with its arguments, and what it has to do.

/// What `--json` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Json {
    /// The fields that `JSON.md` lists for the command.
    Own,
    /// The fields that `JSON.md` lists under another name.
    Of(&'static str),
    /// An object a line.
    Lines,
    /// Any value, such as a reply of the API.
    Any,
    /// Nothing: the command has no data.
    Nothing,
    /// The same as without it: the output has a form of its own.
    Same,
}

/// What `--csv` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Csv {
    /// A head and at least one line.
    Table,
    /// Nothing: the command refuses it, and sends no request that changes something.
    Refused,
    /// The same as without it: the output has a form of its own, or there is none.
    Same,
}

/// How a command ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// By itself.
    Itself,
    /// After an event: a message is posted as soon as this text is on stderr.
    Event(&'static str),
    /// After the delivery of a webhook to the address behind this text on stderr.
    Delivery(&'static str),
    /// By Ctrl-C, as soon as this text is on stderr.
    Interrupt(&'static str),
}

impl End {
    pub(super) fn code(self) -> i32 {
        if matches!(self, Self::Interrupt(_)) { 130 } else { 0 }
    }
}

/// A command, its arguments, and what it has to do.
///
/// In an argument, `{base_url}` stands for the address of the sandbox, `{mine}` for a message of the
/// person, and `{theirs}` for one of somebody else, both with the id of their room.
#[derive(Debug)]
pub(super) struct Row {
    /// The command, as its help names it.
    pub(super) command: &'static str,
    pub(super) args: &'static [&'static str],
    /// What is typed, or what is on the standard input.
    pub(super) input: &'static str,
    /// A part of the data on stdout; `None`: there is no data.
    pub(super) data: Option<&'static str>,
    /// A part of what a terminal shows, if it is not that of `data`.
    pub(super) shown: Option<&'static str>,
    /// A part of what is on stderr.
    pub(super) note: &'static str,
    pub(super) json: Json,
    pub(super) csv: Csv,
    pub(super) end: End,
    /// A command that has to run before.
    pub(super) before: Option<&'static [&'static str]>,
    /// Whether the person has an archive.
    pub(super) has_archive: bool,
}

impl Row {
    const fn new(command: &'static str, args: &'static [&'static str]) -> Self {
        Self {
            command,
            args,
            input: "",
            data: None,
            shown: None,
            note: "",
            json: Json::Nothing,
            csv: Csv::Refused,
            end: End::Itself,
            before: None,
            has_archive: false,
        }
    }

    pub(super) const fn input(self, input: &'static str) -> Self {
        Self { input, ..self }
    }

    pub(super) const fn shown(self, shown: &'static str) -> Self {
        Self { shown: Some(shown), ..self }
    }

    pub(super) const fn note(self, note: &'static str) -> Self {
        Self { note, ..self }
    }

    pub(super) const fn json(self, json: Json) -> Self {
        Self { json, ..self }
    }

    pub(super) const fn csv(self, csv: Csv) -> Self {
        Self { csv, ..self }
    }

    pub(super) const fn end(self, end: End) -> Self {
        Self { end, ..self }
    }

    pub(super) const fn before(self, command: &'static [&'static str]) -> Self {
        Self { before: Some(command), ..self }
    }

    pub(super) const fn with_archive(self) -> Self {
        Self { has_archive: true, ..self }
    }

    /// Returns the name under which `JSON.md` lists what the row writes.
    pub(super) fn fields(&self) -> Option<&'static str> {
        match self.json {
            Json::Own => Some(self.command),
            Json::Of(name) => Some(name),
            _ => None,
        }
    }

    /// Returns whether an option gives the output a form of its own: that of the file itself.
    pub(super) fn is_variant(&self) -> bool {
        self.args.ends_with(&["-o", "-"])
    }
}

/// A command that writes entries with the fields of `JSON.md`.
pub(super) const fn entries(
    command: &'static str,
    args: &'static [&'static str],
    data: &'static str,
) -> Row {
    let row = Row::new(command, args).json(Json::Own).csv(Csv::Table);
    Row { data: Some(data), ..row }
}

/// A command that writes no data, and says on stderr what it did.
pub(super) const fn act(
    command: &'static str,
    args: &'static [&'static str],
    note: &'static str,
) -> Row {
    Row::new(command, args).note(note)
}

/// A command whose output has a form of its own.
pub(super) const fn text(
    command: &'static str,
    args: &'static [&'static str],
    data: &'static str,
) -> Row {
    let row = Row::new(command, args).json(Json::Same).csv(Csv::Same);
    Row { data: Some(data), ..row }
}
