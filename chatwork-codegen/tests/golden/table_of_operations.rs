/// List \[all\] boats: `GET /boats`.
pub const LIST_BOATS: Operation = Operation {
    id: "listBoats",
    method: Method::Get,
    path: "/boats",
    retry: RetrySafety::SafeWhen {
        parameter: "peek",
        equals: "1",
    },
    rate_limits: &[RateLimitName::Account],
    scopes: &[Scope::Boats],
    reference: "https://harbour.example/reference",
};

/// Every operation, in the order of the document.
pub const ALL: [Operation; 1usize] = [LIST_BOATS];

/// Where the API is served, without a slash at the end.
pub const BASE_URL: &str = "https://harbour.example";

/// The rate limits that the API keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RateLimitName {
    /// Every request.
    Account,
}

impl RateLimitName {
    /// How many requests fit into [`RateLimitName::seconds`].
    pub const fn requests(self) -> u64 {
        match self {
            Self::Account => 300,
        }
    }
    /// The length of the window in seconds.
    pub const fn seconds(self) -> u64 {
        match self {
            Self::Account => 300,
        }
    }
    /// What is counted separately: `account`, or the path parameter of that name.
    pub const fn per(self) -> &'static str {
        match self {
            Self::Account => "account",
        }
    }
    /// The error text of this limit's 429, `None` if it has the usual text.
    pub const fn error(self) -> Option<&'static str> {
        match self {
            Self::Account => None,
        }
    }
}

/// What an OAuth 2.0 access token may be used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Scope {
    /// `boats`: Everything about boats
    Boats,
}

impl Scope {
    /// Every scope, in the order of the document.
    pub const ALL: [Self; 1usize] = [Self::Boats];
    /// The name that goes over the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Boats => "boats",
        }
    }
    /// What it allows, in a few English words.
    pub const fn description(self) -> &'static str {
        match self {
            Self::Boats => "Everything about boats",
        }
    }
}

/// How many are left.
pub const X_BOATS_LEFT: &str = "x-boats-left";

/// The token.
pub const X_TOKEN: &str = "x-token";
