//! Watching rooms of a sandbox, by clocks that are moved.
//!
//! | module | what it holds a watch to |
//! |---|---|
//! | `messages` | new, edited and deleted messages: each once, in order |
//! | `seconds` | what happens twice in one second |
//! | `gaps` | more messages than the API shows |
//! | `start` | where it begins |
//! | `resume` | a state that is saved and loaded |
//! | `rooms` | rooms that are joined, left and chosen |
//! | `failures` | what goes wrong, and what comes after |
//! | `requests` | what it asks, and how often |
//! | `unlike` | a service that does not count edits as updates, or lags behind |
//! | `doubts` | lists that are wrong or late, and texts that mean two things |
//! | `unreadable` | messages and rooms that cannot be read |
//! | `store` | a state that a store keeps |
//! | `doorbell` | a webhook that hurries the watch |
//! | `handles` | what can be sent, saved and observed |
//! | `crowd` | 300 rooms, five people, faults and restarts, all at once |

mod crowd;
mod doorbell;
mod doubts;
mod failures;
mod gaps;
mod handles;
mod messages;
mod reader;
mod requests;
mod resume;
mod rooms;
mod scene;
mod seconds;
mod start;
mod store;
mod unlike;
mod unreadable;
