//! The names under which a delivery carries its signature.

/// The header that holds the signature.
pub const SIGNATURE_HEADER: &str = "x-chatworkwebhooksignature";
/// The query parameter that holds the same signature.
pub const SIGNATURE_PARAMETER: &str = "chatwork_webhook_signature";
