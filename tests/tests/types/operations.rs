//! The table of operations against the document.

use chatwork_api::operation::RetrySafety;
use chatwork_api::operations;
use chatwork_codegen::document::{get, text};
use serde_json::json;
use tests::spec::{self, document};

#[test]
fn the_rows_are_the_operations_of_the_document_in_its_order() {
    let rows: Vec<_> = operations::ALL
        .iter()
        .map(|row| (row.id, row.method.as_str().to_lowercase(), row.path))
        .collect();
    let documented: Vec<_> = document()
        .operations()
        .map(|operation| (operation.id(), operation.method.to_owned(), operation.path))
        .collect();
    assert_eq!(rows, documented);
}

#[test]
fn the_references_are_those_of_the_document() {
    for row in operations::ALL {
        let documented = get(spec::operation(row.id).value, "externalDocs");
        assert_eq!(row.reference, text(documented, "url"), "{}", row.id);
    }
}

#[test]
fn the_scopes_are_those_of_the_document() {
    for row in operations::ALL {
        let scopes: Vec<_> = row.scopes.iter().map(|scope| scope.as_str()).collect();
        assert_eq!(scopes, spec::operation(row.id).scopes(), "{}", row.id);
    }
}

#[test]
fn the_rate_limits_are_those_of_the_document() {
    for row in operations::ALL {
        let generated: Vec<_> = row.rate_limits.iter().map(|limit| numbers(*limit)).collect();
        let names = get(spec::operation(row.id).value, "x-rate-limits").as_array().unwrap();
        let documented: Vec<_> = names
            .iter()
            .map(|name| &document().at("/x-rate-limits")[name.as_str().unwrap()])
            .map(|limit| {
                let [requests, seconds] = ["requests", "seconds"].map(|key| limit[key].as_u64());
                (requests, seconds, limit["per"].as_str(), limit["error"].as_str())
            })
            .collect();
        assert_eq!(generated, documented, "{}", row.id);
    }
}

type Numbers = (Option<u64>, Option<u64>, Option<&'static str>, Option<&'static str>);

fn numbers(limit: operations::RateLimitName) -> Numbers {
    (Some(limit.requests()), Some(limit.seconds()), Some(limit.per()), limit.error())
}

#[test]
fn the_retry_safety_is_that_of_the_document() {
    for row in operations::ALL {
        let documented = get(spec::operation(row.id).value, "x-retry-safety");
        let generated = match row.retry {
            RetrySafety::Safe => json!("safe"),
            RetrySafety::Unsafe => json!("unsafe"),
            RetrySafety::SafeWhen { parameter, equals } => {
                let equals: i64 = equals.parse().unwrap();
                json!({ "safe-when": { "parameter": parameter, "equals": equals } })
            }
            other => panic!("{}: {other:?} is not compared", row.id),
        };
        assert_eq!(&generated, documented, "{}", row.id);
    }
}

#[test]
fn the_scopes_are_named_as_in_the_document() {
    let scopes: Vec<_> = operations::Scope::ALL.iter().map(|scope| scope.as_str()).collect();
    let documented: Vec<_> = document().scopes().map(|(name, _)| name).collect();
    assert_eq!(scopes, documented);
}

#[test]
fn the_base_address_is_that_of_the_document() {
    assert_eq!(operations::BASE_URL, document().at("/servers/0/url"));
}
