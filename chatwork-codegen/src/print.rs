//! The print stage: formatted text, with a line on top that says who wrote it.

use std::collections::BTreeMap;

use crate::error::Error;
use crate::generate::Generated;
use crate::output::{HEADER, Output};

/// Formats every file. The same tree produces the same bytes on any machine.
pub(crate) fn print(generated: Generated) -> Result<Output, Error> {
    let Generated { client, types, limits, headers, operations } = generated;
    let modules = syn::parse_quote! {
        //! What has been generated from the OpenAPI document.

        #[cfg(feature = "client")]
        pub(crate) mod client;
        pub mod headers;
        pub mod limits;
        pub mod operations;
        pub mod types;
    };
    let files = [
        ("client.rs", client),
        ("headers.rs", headers),
        ("limits.rs", limits),
        ("mod.rs", modules),
        ("operations.rs", operations),
        ("types.rs", types),
    ];
    let files: BTreeMap<String, String> = files
        .into_iter()
        .map(|(name, file)| (name.to_owned(), format!("{HEADER}{}", prettyplease::unparse(&file))))
        .collect();
    Ok(Output::new(files))
}
