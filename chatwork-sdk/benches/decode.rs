//! Reading long replies: into the types of `chatwork-api`, and into those of plain serde.
//!
//! ```sh
//! cargo bench -p chatwork-sdk --bench decode
//! ```

#[path = "support/bodies.rs"]
mod bodies;

use bodies::{PlainMessage, PlainRoom};
use chatwork_sdk::types::{Message, Room};
use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion, Throughput};
use serde::de::DeserializeOwned;

fn main() {
    let mut criterion = Criterion::default().configure_from_args();

    let body = bodies::messages(100);
    let mut group = group(&mut criterion, "100 messages", &body);
    bench::<Vec<Message>>(&mut group, "chatwork-api", &body);
    bench::<Vec<PlainMessage>>(&mut group, "by hand", &body);
    group.finish();

    let body = bodies::rooms(5_000);
    let mut group = self::group(&mut criterion, "5000 rooms", &body);
    bench::<Vec<Room>>(&mut group, "chatwork-api", &body);
    bench::<Vec<PlainRoom>>(&mut group, "by hand", &body);
    group.finish();

    criterion.final_summary();
}

fn group<'a>(c: &'a mut Criterion, name: &str, body: &str) -> BenchmarkGroup<'a, WallTime> {
    let mut group = c.benchmark_group(name);
    group.throughput(Throughput::Bytes(body.len() as u64));
    group
}

fn bench<T: DeserializeOwned>(group: &mut BenchmarkGroup<'_, WallTime>, name: &str, body: &str) {
    group.bench_function(name, |bencher| {
        bencher.iter_with_large_drop(|| serde_json::from_slice::<T>(body.as_bytes()));
    });
}
