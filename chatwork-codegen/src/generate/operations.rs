//! The table of operations, and what its rows point to: rate limits and scopes.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use crate::document::{Document, Operation, entries, get, items, text};
use crate::naming;
use crate::rustdoc;

/// The addresses, the rate limits, the scopes and a constant for each operation.
pub(super) fn generate(document: &Document) -> TokenStream {
    let base_url = text(document.at("/servers/0"), "url");
    let oauth = oauth_addresses(document);
    let rate_limits = rate_limits(document);
    let scopes = scopes(document);
    let names = document.operations().map(|operation| naming::constant(operation.id()));
    let operations = document.operations().map(|operation| constant(&operation));
    let count = document.operations().count();
    quote! {
        //! What the document says of each operation besides its types.

        use crate::operation::{Method, Operation, RetrySafety};

        /// Where the API is served, without a slash at the end.
        pub const BASE_URL: &str = #base_url;

        #oauth
        #rate_limits
        #scopes
        #(#operations)*

        /// Every operation, in the order of the document.
        pub const ALL: [Operation; #count] = [#(#names),*];
    }
}

/// The authorization URL and the token URL, if the document has OAuth 2.0.
fn oauth_addresses(document: &Document) -> TokenStream {
    let schemes = entries(document.at("/components/securitySchemes"));
    let mut flows = schemes.map(|(_, scheme)| get(get(scheme, "flows"), "authorizationCode"));
    let Some(flow) = flows.find(|flow| !flow.is_null()) else {
        return TokenStream::new();
    };
    let (authorization_url, token_url) = (text(flow, "authorizationUrl"), text(flow, "tokenUrl"));
    quote! {
        /// Where people are asked for their consent (OAuth 2.0).
        pub const AUTHORIZATION_URL: &str = #authorization_url;

        /// Where access tokens are had (OAuth 2.0).
        pub const TOKEN_URL: &str = #token_url;
    }
}

fn constant(operation: &Operation<'_>) -> TokenStream {
    let line = format!(
        "{}: `{} {}`.",
        text(operation.value, "summary"),
        operation.method.to_uppercase(),
        operation.path
    );
    let docs = rustdoc::attributes(&rustdoc::escape(&line));
    let ident = naming::constant(operation.id());
    let id = operation.id();
    let method = naming::pascal(operation.method);
    let path = operation.path;
    let reference = text(get(operation.value, "externalDocs"), "url");
    let retry = retry(get(operation.value, "x-retry-safety"));
    let limits =
        items(get(operation.value, "x-rate-limits")).filter_map(Value::as_str).map(naming::pascal);
    let scopes = operation.scopes().into_iter().map(naming::pascal);
    quote! {
        #docs
        pub const #ident: Operation = Operation {
            id: #id,
            method: Method::#method,
            path: #path,
            retry: #retry,
            rate_limits: &[#(RateLimitName::#limits),*],
            scopes: &[#(Scope::#scopes),*],
            reference: #reference,
        };
    }
}

fn retry(safety: &Value) -> TokenStream {
    let when = get(safety, "safe-when");
    if when.is_null() {
        return match safety.as_str() {
            Some("safe") => quote!(RetrySafety::Safe),
            _ => quote!(RetrySafety::Unsafe),
        };
    }
    let parameter = text(when, "parameter");
    let equals = match get(when, "equals") {
        Value::String(value) => value.clone(),
        other => other.to_string(),
    };
    quote!(RetrySafety::SafeWhen { parameter: #parameter, equals: #equals })
}

fn rate_limits(document: &Document) -> TokenStream {
    let limits = document.at("/x-rate-limits");
    let variants = entries(limits).map(|(name, limit)| {
        let docs = rustdoc::attributes(&rustdoc::escape(text(limit, "description")));
        let variant = naming::pascal(name);
        quote!(#docs #variant)
    });
    let number = |key: &'static str| {
        entries(limits).map(move |(name, limit)| {
            let variant = naming::pascal(name);
            let value = get(limit, key).as_u64().unwrap_or_default();
            let value = proc_macro2::Literal::u64_unsuffixed(value);
            quote!(Self::#variant => #value)
        })
    };
    let word = |key: &'static str| {
        entries(limits).map(move |(name, limit)| {
            let variant = naming::pascal(name);
            match get(limit, key).as_str() {
                Some(value) => quote!(Self::#variant => Some(#value)),
                None => quote!(Self::#variant => None),
            }
        })
    };
    let (requests, seconds) = (number("requests"), number("seconds"));
    let error = word("error");
    let per = entries(limits).map(|(name, limit)| {
        let (variant, value) = (naming::pascal(name), text(limit, "per"));
        quote!(Self::#variant => #value)
    });
    quote! {
        /// The rate limits that the API keeps.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum RateLimitName { #(#variants),* }

        impl RateLimitName {
            /// How many requests fit into [`RateLimitName::seconds`].
            pub const fn requests(self) -> u64 {
                match self { #(#requests),* }
            }

            /// The length of the window in seconds.
            pub const fn seconds(self) -> u64 {
                match self { #(#seconds),* }
            }

            /// What is counted separately: `account`, or the path parameter of that name.
            pub const fn per(self) -> &'static str {
                match self { #(#per),* }
            }

            /// The error text of this limit's 429, `None` if it has the usual text.
            pub const fn error(self) -> Option<&'static str> {
                match self { #(#error),* }
            }
        }
    }
}

fn scopes(document: &Document) -> TokenStream {
    let declared: Vec<(&str, &str)> = document.scopes().collect();
    let names: Vec<&str> = declared.iter().map(|(scope, _)| *scope).collect();
    let idents: Vec<syn::Ident> = names.iter().map(|scope| naming::pascal(scope)).collect();
    let docs = declared.iter().map(|(scope, description)| {
        rustdoc::attributes(&rustdoc::escape(&format!("`{scope}`: {description}")))
    });
    let descriptions = declared.iter().map(|(_, description)| *description);
    let count = names.len();
    quote! {
        /// What an OAuth 2.0 access token may be used for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Scope { #(#docs #idents),* }

        impl Scope {
            /// Every scope, in the order of the document.
            pub const ALL: [Self; #count] = [#(Self::#idents),*];

            /// The name that goes over the wire.
            pub const fn as_str(self) -> &'static str {
                match self { #(Self::#idents => #names),* }
            }

            /// What it allows, in a few English words.
            pub const fn description(self) -> &'static str {
                match self { #(Self::#idents => #descriptions),* }
            }
        }

        impl ::std::fmt::Display for Scope {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl ::std::str::FromStr for Scope {
            type Err = crate::UnknownScope;

            fn from_str(name: &str) -> ::std::result::Result<Self, crate::UnknownScope> {
                match name {
                    #(#names => Ok(Self::#idents),)*
                    other => Err(crate::UnknownScope::new(other)),
                }
            }
        }
    }
}
