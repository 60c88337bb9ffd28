// Written by `cargo xtask codegen` from spec/chatwork.yaml. Do not edit: change the document and
// run the command again.

//! Lengths, sizes and patterns of what a caller sends, by operation.
//!
//! Lengths are counted in characters, sizes in bytes.
/// Limits of `POST /rooms`.
pub mod create_room {
    /// The fewest characters of `name`.
    pub const NAME_MIN_LENGTH: u64 = 1;
    /// The most characters of `name`.
    pub const NAME_MAX_LENGTH: u64 = 255;
    /// The fewest characters of `link_code`.
    pub const LINK_CODE_MIN_LENGTH: u64 = 1;
    /// The most characters of `link_code`.
    pub const LINK_CODE_MAX_LENGTH: u64 = 50;
    /// The regular expression that `link_code` matches.
    pub const LINK_CODE_PATTERN: &str = "^[A-Za-z0-9_-]+$";
}
/// Limits of `PUT /rooms/{room_id}`.
pub mod update_room {
    /// The fewest characters of `name`.
    pub const NAME_MIN_LENGTH: u64 = 1;
    /// The most characters of `name`.
    pub const NAME_MAX_LENGTH: u64 = 255;
}
/// Limits of `POST /rooms/{room_id}/messages`.
pub mod create_room_message {
    /// The fewest characters of `body`.
    pub const BODY_MIN_LENGTH: u64 = 1;
    /// The most characters of `body`.
    pub const BODY_MAX_LENGTH: u64 = 65535;
}
/// Limits of `PUT /rooms/{room_id}/messages/{message_id}`.
pub mod update_room_message {
    /// The fewest characters of `body`.
    pub const BODY_MIN_LENGTH: u64 = 1;
    /// The most characters of `body`.
    pub const BODY_MAX_LENGTH: u64 = 65535;
}
/// Limits of `POST /rooms/{room_id}/tasks`.
pub mod create_room_task {
    /// The most characters of `body`.
    pub const BODY_MAX_LENGTH: u64 = 65535;
}
/// Limits of `POST /rooms/{room_id}/files`.
pub mod upload_room_file {
    /// The most bytes of `file`.
    pub const FILE_MAX_BYTES: u64 = 5242880;
    /// The fewest characters of `message`.
    pub const MESSAGE_MIN_LENGTH: u64 = 1;
    /// The most characters of `message`.
    pub const MESSAGE_MAX_LENGTH: u64 = 65535;
}
/// Limits of `POST /rooms/{room_id}/link`.
pub mod create_room_link {
    /// The fewest characters of `code`.
    pub const CODE_MIN_LENGTH: u64 = 1;
    /// The most characters of `code`.
    pub const CODE_MAX_LENGTH: u64 = 50;
    /// The regular expression that `code` matches.
    pub const CODE_PATTERN: &str = "^[A-Za-z0-9_-]+$";
}
/// Limits of `PUT /rooms/{room_id}/link`.
pub mod replace_room_link {
    /// The fewest characters of `code`.
    pub const CODE_MIN_LENGTH: u64 = 1;
    /// The most characters of `code`.
    pub const CODE_MAX_LENGTH: u64 = 50;
    /// The regular expression that `code` matches.
    pub const CODE_PATTERN: &str = "^[A-Za-z0-9_-]+$";
}
