//! `contacts` and `requests`.

use clap::Subcommand;

#[derive(Debug, Subcommand)]
pub(crate) enum Contacts {
    /// Lists your contacts.
    List,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Requests {
    /// Lists the newest 100 requests.
    List,
    /// Accepts a request.
    Accept {
        /// The id of the request.
        #[arg(value_name = "REQUEST")]
        id: i64,
    },
    /// Declines a request.
    Decline {
        /// The id of the request.
        #[arg(value_name = "REQUEST")]
        id: i64,
    },
}
