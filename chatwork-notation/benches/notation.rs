//! Reading notation: what rooms hold, and what is made to take long.
//!
//! The bytes a second are about the same for each kind at each size and depth: time does not grow
//! faster than the text. At ten megabytes, a hundred times what a message can hold, the tree no
//! longer fits into the cache, and its memory comes fresh from the system: that halves them.
//!
//! ```sh
//! cargo bench -p chatwork-sdk --bench notation
//! ```

use std::hint::black_box;

use chatwork_notation::{MessageText, parse};
use criterion::{BenchmarkId, Criterion, Throughput};

const MEGABYTE: usize = 1_000_000;

/// A day in a room: mentions, replies, quotes, what the system says, and plain text.
const ROOM: &str = "\
[To:1234567]Anna さん\nデプロイが終わりました。確認をお願いします。\n\
[info][title]Build 1234[/title]all tests passed in 12 minutes[hr]coverage is 93 %[/info]\
[rp aid=7654321 to=123456789-1928374655918273645]Bob さん\nありがとうございます (bow)\n\
[qt][qtmeta aid=1234567 time=1705642989]Who looks after the release on Friday?\n[/qt]\nI do.\n\
[info][title][dtext:file_uploaded][/title][preview id=1341384457 ht=16]\
[download:1341384457]a.png (12 KB)[/download][/info]\
[code]fn main() {\n    println!(\"{}\", list[0]);\n}\n[/code]\n\
[info][title][dtext:task_added][/title][task aid=8638511 st=open lt=1705642989 ltype=date]\
buy milk[/task][/info]\n";

/// A text of so many bytes, about.
fn repeated(unit: &str, size: usize) -> String {
    unit.repeat(size / unit.len())
}

/// As many openings as closings.
fn nested(opening: &str, closing: &str, size: usize) -> String {
    let depth = size / (opening.len() + closing.len());
    opening.repeat(depth) + &closing.repeat(depth)
}

fn texts(size: usize) -> Vec<(&'static str, String)> {
    vec![
        ("room", repeated(ROOM, size)),
        ("text", repeated("a line without any tags, as most are\n", size)),
        ("mentions", repeated("[To:1234567]", size)),
        ("rules", repeated("[hr]", size)),
        ("replies", repeated("[rp aid=1 to=2-3]", size)),
        ("nested boxes", nested("[info]", "[/info]", size)),
        ("nested quotes", nested("[qt][qtmeta aid=1 time=2]", "[/qt]", size)),
        ("crossed", repeated("[info][qt][/info][/qt]", size)),
        ("open brackets", repeated("[", size)),
        ("open boxes", repeated("[info]", size)),
        ("open code", repeated("[code]", size)),
        ("open replies", repeated("[rp aid=1 ", size)),
    ]
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    parsing(&mut criterion);
    whole_room(&mut criterion);
    criterion.final_summary();
}

fn parsing(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("parse");
    for size in [MEGABYTE / 100, MEGABYTE / 10, MEGABYTE, 10 * MEGABYTE] {
        group.throughput(Throughput::Bytes(size as u64));
        for (name, text) in texts(size) {
            group.bench_function(BenchmarkId::new(name, size), |bencher| {
                bencher.iter_with_large_drop(|| parse(black_box(&text)));
            });
        }
    }
    group.finish();
}

/// What is done with a tree, and with text that is made literal.
fn whole_room(criterion: &mut Criterion) {
    let text = repeated(ROOM, MEGABYTE);
    let tree = parse(&text);
    let mut group = criterion.benchmark_group("room");
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("write", |b| b.iter_with_large_drop(|| tree.to_string()));
    group.bench_function("plain text", |b| b.iter_with_large_drop(|| tree.plain_text(|_| None)));
    group.bench_function("mentions", |b| b.iter_with_large_drop(|| tree.mentions()));
    group.bench_function("make literal", |b| {
        b.iter_with_large_drop(|| MessageText::new().text(black_box(&text)));
    });
    let long = MessageText::from(text.as_str());
    group.bench_function("split", |b| b.iter_with_large_drop(|| long.parts()));
    group.finish();
}
