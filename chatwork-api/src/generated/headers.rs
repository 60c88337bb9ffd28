// Written by `cargo xtask codegen` from spec/chatwork.yaml. Do not edit: change the document and
// run the command again.

//! The names of headers that the API reads and writes.
/// The API token of an account (APIトークン), which allows everything that the account may do.
pub const X_CHAT_WORK_TOKEN: &str = "x-chatworktoken";
/// `true` when older messages are hidden by the plan (閲覧制限); absent when nothing is hidden.
pub const CHATWORK_MESSAGE_LIMITATION: &str = "chatwork-message-limitation";
/// Why messages are hidden; absent when nothing is hidden.
pub const CHATWORK_MESSAGE_LIMITATION_SUMMARY: &str = "chatwork-message-limitation-summary";
/// How many requests the account may make in the current period.
pub const X_RATELIMIT_LIMIT: &str = "x-ratelimit-limit";
/// How many requests are left in the current period.
pub const X_RATELIMIT_REMAINING: &str = "x-ratelimit-remaining";
/// When the current period ends, as a Unix time in seconds.
pub const X_RATELIMIT_RESET: &str = "x-ratelimit-reset";
