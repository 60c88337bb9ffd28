//! Finds the operation of a request in the table of the API document.

use axum::http::Method;
use chatwork_api::Operation;
use chatwork_api::operations;
use percent_encoding::percent_decode_str;

static OPERATIONS: &[Operation] = &operations::ALL;

/// An operation, with the values of its path parameters.
#[derive(Clone, Debug)]
pub(super) struct Route {
    pub(super) operation: &'static Operation,
    pub(super) parameters: Vec<(&'static str, String)>,
}

/// Returns the operation of a method and a path below `/v2`. Fixed words win over parameters, so
/// that `messages/read` is not taken for a message id.
pub(super) fn find(method: &Method, path: &str) -> Option<Route> {
    find_in(OPERATIONS, method, path)
}

fn find_in(operations: &'static [Operation], method: &Method, path: &str) -> Option<Route> {
    let method: chatwork_api::Method = method.as_str().parse().ok()?;
    let segments: Vec<_> = path.strip_prefix('/')?.split('/').collect();
    let fitting = operations.iter().filter(|operation| operation.method == method);
    let routes = fitting.filter_map(|operation| fit(operation, &segments));
    routes.min_by_key(|route| route.parameters.len())
}

fn fit(operation: &'static Operation, segments: &[&str]) -> Option<Route> {
    let template: Vec<_> = operation.path.strip_prefix('/')?.split('/').collect();
    if template.len() != segments.len() {
        return None;
    }
    let mut parameters = Vec::new();
    for (expected, given) in template.iter().zip(segments) {
        let given = percent_decode_str(given).decode_utf8().ok()?;
        match expected.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
            Some(_) if given.is_empty() => return None,
            Some(name) => parameters.push((name, given.into_owned())),
            None if *expected == given => {}
            None => return None,
        }
    }
    Some(Route { operation, parameters })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(method: Method, path: &str) -> Option<&'static str> {
        find(&method, path).map(|route| route.operation.id)
    }

    #[test]
    fn every_operation_is_found_by_its_own_path() {
        for operation in OPERATIONS {
            let path = operation.path.replace(['{', '}'], "");
            let method = operation.method.as_str().parse().unwrap();
            assert_eq!(find(&method, &path).map(|route| route.operation.id), Some(operation.id));
        }
    }

    #[test]
    fn a_row_that_the_document_adds_to_the_table_has_a_route() {
        static NEW: [Operation; 2] = {
            let mut row = operations::GET_ROOM;
            row.id = "getRoomWeather";
            row.path = "/rooms/{room_id}/weather";
            [operations::GET_ROOM, row]
        };
        let route = find_in(&NEW, &Method::GET, "/rooms/7/weather").unwrap();
        assert_eq!(route.operation.id, "getRoomWeather");
        assert_eq!(route.parameters, [("room_id", "7".to_owned())]);
    }

    #[test]
    fn words_win_over_parameters() {
        assert_eq!(id(Method::PUT, "/rooms/1/messages/read"), Some("markRoomMessagesRead"));
        assert_eq!(id(Method::PUT, "/rooms/1/messages/2"), Some("updateRoomMessage"));
    }

    #[test]
    fn another_path_or_method_is_not_found() {
        for path in ["", "/", "/rooms/", "//rooms", "/rooms/1/", "/me/x", "/rooms//messages"] {
            assert_eq!(id(Method::GET, path), None, "{path}");
        }
        assert_eq!(id(Method::PATCH, "/me"), None);
    }
}
