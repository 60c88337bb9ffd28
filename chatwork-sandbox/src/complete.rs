//! Replies of which every field is set.

/// Makes a reply of the API, and does not compile unless every field of it is named.
///
/// The types of replies are `#[non_exhaustive]`, so `Default` alone would hide a field that the
/// document has got since.
macro_rules! complete {
    ($name:ident { $($field:ident $(: $value:expr)?),* $(,)? }) => {{
        /// Refuses a field that is named twice.
        #[allow(dead_code, unreachable_pub)]
        struct Named { $($field: ()),* }
        const _: () = assert!(
            ::chatwork_api::types::$name::FIELDS.len() == [$(stringify!($field)),*].len(),
            concat!("not every field of ", stringify!($name), " is set"),
        );
        let mut reply = ::chatwork_api::types::$name::default();
        $(reply.$field = complete!(@value $field $(: $value)?);)*
        reply
    }};
    (@value $field:ident: $value:expr) => { $value };
    (@value $field:ident) => { $field };
}

pub(crate) use complete;
