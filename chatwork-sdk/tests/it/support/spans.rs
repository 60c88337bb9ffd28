//! What `tracing` is told.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock, Mutex};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::DefaultGuard;
use tracing::{Dispatch, Event, Metadata, Subscriber};

/// All spans and events of this thread, as text.
#[derive(Clone, Default)]
pub(crate) struct Spans(Arc<Mutex<String>>);

impl Spans {
    /// Listens until the guard is dropped.
    pub(crate) fn listen() -> (Self, DefaultGuard) {
        LazyLock::force(&OTHERS);
        let spans = Self::default();
        (spans.clone(), tracing::subscriber::set_default(Recorder::new(spans)))
    }

    /// All that was told.
    pub(crate) fn text(&self) -> String {
        self.0.lock().expect("no panic").clone()
    }

    /// The last value that a field was given.
    pub(crate) fn last(&self, field: &str) -> Option<u64> {
        let text = self.text();
        let value = text.rsplit_once(&format!(" {field}="))?.1;
        value.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
    }
}

/// Two who always listen to nobody. As long as there is one listener alone, `tracing` asks the
/// thread that comes by a span first whether anybody listens at all, and that may be another one.
static OTHERS: LazyLock<[Dispatch; 2]> =
    LazyLock::new(|| [(); 2].map(|()| Dispatch::new(Recorder::new(Spans::default()))));

struct Recorder {
    spans: Spans,
    next: AtomicU64,
}

impl Recorder {
    fn new(spans: Spans) -> Self {
        Self { spans, next: AtomicU64::new(1) }
    }

    fn write(&self, what: &str, record: impl FnOnce(&mut Line)) {
        let mut line = Line(what.to_owned());
        record(&mut line);
        let mut text = self.spans.0.lock().expect("no panic");
        text.push_str(&line.0);
        text.push('\n');
    }
}

impl Subscriber for Recorder {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        let name = attributes.metadata().name();
        self.write(&format!("span {name}"), |line| attributes.record(line));
        Id::from_u64(self.next.fetch_add(1, Ordering::Relaxed))
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        self.write("record", |line| values.record(line));
    }

    fn event(&self, event: &Event<'_>) {
        let target = event.metadata().target();
        self.write(&format!("event {target}"), |line| event.record(line));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.0.push_str(&format!(" {}={value:?}", field.name()));
    }
}
