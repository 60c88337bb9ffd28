//! One call over loopback: through `chatwork-sdk`, through `chatwork-api`, and by hand.
//!
//! ```sh
//! cargo bench -p chatwork-sdk --bench calls
//! ```

#[path = "support/server.rs"]
mod server;
#[path = "support/ways.rs"]
mod ways;

use std::future::Future;
use std::time::{Duration, Instant};

use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion};
use tokio::runtime::{Builder, Runtime};
use ways::{Result, Twin};

/// Loopback is noisy: many samples, and the three ways close to each other.
const SAMPLES: usize = 200;
const TIME: Duration = Duration::from_secs(10);

fn main() -> Result<()> {
    let server = server::start()?;
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let (client, api, twin) = (ways::client(server)?, ways::api(server)?, Twin::new(server)?);
    let mut criterion = Criterion::default().configure_from_args();

    let mut group = group(&mut criterion, "get");
    bench(&mut group, &runtime, "client", || ways::client_get(&client));
    bench(&mut group, &runtime, "api", || ways::api_get(&api));
    bench(&mut group, &runtime, "by hand", || twin.get());
    group.finish();

    let mut group = self::group(&mut criterion, "post form");
    bench(&mut group, &runtime, "client", || ways::client_post(&client));
    bench(&mut group, &runtime, "api", || ways::api_post(&api));
    bench(&mut group, &runtime, "by hand", || twin.post());
    group.finish();

    criterion.final_summary();
    Ok(())
}

fn group<'a>(criterion: &'a mut Criterion, name: &str) -> BenchmarkGroup<'a, WallTime> {
    let mut group = criterion.benchmark_group(name);
    group.sample_size(SAMPLES).measurement_time(TIME);
    group
}

/// Measures calls that are made one after the other on one connection.
fn bench<T, F: Future<Output = Result<T>>>(
    group: &mut BenchmarkGroup<'_, WallTime>,
    runtime: &Runtime,
    name: &str,
    call: impl Fn() -> F,
) {
    group.bench_function(name, |bencher| {
        bencher.iter_custom(|iterations| {
            runtime.block_on(async {
                let start = Instant::now();
                for _ in 0..iterations {
                    if let Err(error) = call().await {
                        eprintln!("{name}: {error}");
                        std::process::exit(1);
                    }
                }
                start.elapsed()
            })
        });
    });
}
