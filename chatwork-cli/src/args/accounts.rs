//! `auth`.

use clap::{Args, Subcommand, ValueEnum};

#[derive(Debug, Subcommand)]
pub(crate) enum Auth {
    /// Signs in: asks for an API token without echo, or reads it from the standard input.
    Login(Box<Login>),
    /// Shows the profiles, and asks Chatwork about the current one.
    Status,
    /// Makes another profile the current one.
    Switch {
        /// The profile.
        #[arg(value_name = "PROFILE")]
        name: String,
    },
    /// Removes a profile and its token from this machine.
    Logout {
        /// The profile; without it, the current one.
        #[arg(value_name = "PROFILE")]
        name: Option<String>,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Login {
    /// The address of the API; without it, that of CHATWORK_API_BASE_URL, of the profile, or of the
    /// service.
    #[arg(long, value_name = "URL")]
    pub(crate) base_url: Option<String>,
    /// Allows http:// to another machine: the token can then be read in the network.
    #[arg(long)]
    pub(crate) allow_insecure_http: bool,
    /// Where the token is stored. Auto: in the keyring if it works, else in a file.
    #[arg(long, value_name = "PLACE", value_enum)]
    pub(crate) storage: Option<Storage>,
    /// Signs in by a consent (OAuth 2.0) instead of an API token.
    #[arg(long)]
    pub(crate) oauth: bool,
    /// The client id of a registered public app.
    #[arg(long, value_name = "ID", requires = "oauth")]
    pub(crate) client_id: Option<String>,
    /// The redirect address of the app, as it is registered.
    #[arg(long, value_name = "URI", requires = "oauth")]
    pub(crate) redirect_uri: Option<String>,
    /// A scope; without it, all that this program can use.
    #[arg(long = "scope", value_name = "SCOPE", requires = "oauth")]
    pub(crate) scopes: Vec<String>,
    /// Another address of the consent page.
    #[arg(long, value_name = "URL", requires = "token_url")]
    pub(crate) authorization_url: Option<String>,
    /// Another address of the token endpoint.
    #[arg(long, value_name = "URL", requires = "authorization_url")]
    pub(crate) token_url: Option<String>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Storage {
    Auto,
    Keyring,
    File,
}
