//! `Serialize` and `Deserialize` of the generated types, without serde's derive macros.
//!
//! The derive macros are a crate of their own, which takes longer to compile than all the types. The
//! macros here do what the derive macros do for the three shapes that the types have.

use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use serde::Deserializer;
use serde::de::{DeserializeSeed, Error, Visitor};

/// The index of a field that a type does not have.
pub(crate) const UNKNOWN: usize = usize::MAX;

/// Reads the name of a field as its index, by a function that the macro writes for each type.
#[derive(Clone, Copy)]
pub(crate) struct Key(pub(crate) fn(&str) -> usize);

impl<'de> DeserializeSeed<'de> for Key {
    type Value = usize;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<usize, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Key {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a field")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<usize, E> {
        Ok((self.0)(name))
    }
}

/// Reads an enum by its `FromStr`.
pub(crate) fn value<'de, D, T>(deserializer: D, expecting: &'static str) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: FromStr,
{
    deserializer.deserialize_str(OneOf { expecting, result: PhantomData })
}

struct OneOf<T> {
    expecting: &'static str,
    result: PhantomData<T>,
}

impl<T: FromStr> Visitor<'_> for OneOf<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a value of {}", self.expecting)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        text.parse().map_err(|_| E::invalid_value(serde::de::Unexpected::Str(text), &self))
    }
}

/// A struct: each field with its index, its name on the wire, and its kind.
///
/// - `required`: has to be there.
/// - `optional`: an `Option`, `None` if it is missing or null, not written if it is `None`.
/// - `list`: a `Vec`, empty if it is missing, not written if it is empty.
/// - `number_or_text`: a number that may come as text, written as a number.
/// - `text_or_number`: likewise, written as text.
/// - `skipped`: an `Option` that is not on the wire: `None` when it is read, and not written.
macro_rules! wire_struct {
    ($name:ident { $($field:ident: $index:literal $wire:literal $kind:ident,)* }) => {
        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
            where
                D: ::serde::Deserializer<'de>,
            {
                const NAMES: &[&str] = &[$($wire),*];
                fn index(name: &str) -> usize {
                    match name {
                        $($wire => $index,)*
                        _ => $crate::wire::UNKNOWN,
                    }
                }
                struct Fields;
                impl<'de> ::serde::de::Visitor<'de> for Fields {
                    type Value = $name;

                    fn expecting(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                        f.write_str(concat!("struct ", stringify!($name)))
                    }

                    fn visit_map<A>(self, mut map: A) -> ::std::result::Result<$name, A::Error>
                    where
                        A: ::serde::de::MapAccess<'de>,
                    {
                        $(let mut $field = ::std::option::Option::None;)*
                        let key = $crate::wire::Key(index);
                        while let ::std::option::Option::Some(index) = map.next_key_seed(key)? {
                            match index {
                                $($index => {
                                    if $field.is_some() {
                                        return ::std::result::Result::Err(
                                            ::serde::de::Error::duplicate_field($wire),
                                        );
                                    }
                                    $field = ::std::option::Option::Some(
                                        $crate::wire::wire_struct!(@read $kind map),
                                    );
                                })*
                                _ => {
                                    map.next_value::<::serde::de::IgnoredAny>()?;
                                }
                            }
                        }
                        ::std::result::Result::Ok($name {
                            $($field: $crate::wire::wire_struct!(@take $kind $wire $field),)*
                        })
                    }
                }
                deserializer.deserialize_struct(stringify!($name), NAMES, Fields)
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error>
            where
                S: ::serde::Serializer,
            {
                use ::serde::ser::SerializeStruct as _;
                let fields = 0 $(+ $crate::wire::wire_struct!(@count $kind self.$field))*;
                #[allow(unused_mut, reason = "a struct may have no fields")]
                let mut out = serializer.serialize_struct(stringify!($name), fields)?;
                $($crate::wire::wire_struct!(@write $kind out $wire self.$field);)*
                out.end()
            }
        }
    };

    (@read required $map:ident) => { $map.next_value()? };
    (@read list $map:ident) => { $map.next_value()? };
    (@read optional $map:ident) => { $map.next_value()? };
    (@read number_or_text $map:ident) => {
        $map.next_value::<$crate::number_or_text::Either<_>>()?.0
    };
    (@read text_or_number $map:ident) => {
        $crate::wire::wire_struct!(@read number_or_text $map)
    };

    (@read skipped $map:ident) => {{
        $map.next_value::<::serde::de::IgnoredAny>()?;
        ::std::option::Option::None
    }};

    (@take skipped $wire:literal $field:ident) => { $field.flatten() };
    (@take list $wire:literal $field:ident) => { $field.unwrap_or_default() };
    (@take optional $wire:literal $field:ident) => { $field.flatten() };
    (@take $kind:ident $wire:literal $field:ident) => {
        match $field {
            ::std::option::Option::Some(value) => value,
            ::std::option::Option::None => {
                return ::std::result::Result::Err(::serde::de::Error::missing_field($wire));
            }
        }
    };

    (@count skipped $value:expr) => { 0 };
    (@count list $value:expr) => { usize::from(!$value.is_empty()) };
    (@count optional $value:expr) => { usize::from($value.is_some()) };
    (@count $kind:ident $value:expr) => { 1 };

    (@write skipped $out:ident $wire:literal $value:expr) => {};
    (@write list $out:ident $wire:literal $value:expr) => {
        match $value.is_empty() {
            true => $out.skip_field($wire)?,
            false => $out.serialize_field($wire, &$value)?,
        }
    };
    (@write optional $out:ident $wire:literal $value:expr) => {
        match &$value {
            ::std::option::Option::Some(value) => $out.serialize_field($wire, value)?,
            ::std::option::Option::None => $out.skip_field($wire)?,
        }
    };
    (@write text_or_number $out:ident $wire:literal $value:expr) => {
        $out.serialize_field($wire, &$crate::number_or_text::Text(&$value))?
    };
    (@write $kind:ident $out:ident $wire:literal $value:expr) => {
        $out.serialize_field($wire, &$value)?
    };
}

/// A struct of one field, which is read and written as that field.
macro_rules! wire_newtype {
    ($name:ident) => {
        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
            where
                D: ::serde::Deserializer<'de>,
            {
                ::serde::Deserialize::deserialize(deserializer).map(Self)
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error>
            where
                S: ::serde::Serializer,
            {
                ::serde::Serialize::serialize(&self.0, serializer)
            }
        }
    };
}

/// An enum of strings with `Display` and `FromStr`.
macro_rules! wire_enum {
    ($name:ident) => {
        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
            where
                D: ::serde::Deserializer<'de>,
            {
                $crate::wire::value(deserializer, stringify!($name))
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error>
            where
                S: ::serde::Serializer,
            {
                serializer.collect_str(self)
            }
        }
    };
}

pub(crate) use {wire_enum, wire_newtype, wire_struct};

#[cfg(test)]
mod tests {
    use std::fmt;
    use std::str::FromStr;

    use serde_json::{from_str, to_string};

    #[derive(Debug, PartialEq)]
    struct Thing {
        id: Id,
        note: Option<String>,
        count: i64,
    }

    wire_struct! { Thing { id: 0 "id" required, note: 1 "note" optional, count: 2 "n" required, } }

    #[derive(Debug, PartialEq)]
    struct Id(i64);

    wire_newtype! { Id }

    #[derive(Debug, PartialEq)]
    struct Numbered {
        id: i64,
        text: i64,
    }

    wire_struct! { Numbered { id: 0 "id" number_or_text, text: 1 "text" text_or_number, } }

    #[derive(Debug, PartialEq)]
    struct Light;

    wire_enum! { Light }

    impl fmt::Display for Light {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("green")
        }
    }

    impl FromStr for Light {
        type Err = ();

        fn from_str(text: &str) -> Result<Self, ()> {
            (text == "green").then_some(Self).ok_or(())
        }
    }

    #[derive(Debug, Default, PartialEq)]
    struct Listed {
        ids: Vec<i64>,
    }

    wire_struct! { Listed { ids: 0 "ids" list, } }

    #[test]
    fn an_optional_list_is_empty_if_it_is_missing_and_not_written_if_it_is_empty() {
        assert_eq!(from_str::<Listed>("{}").unwrap(), Listed::default());
        assert_eq!(to_string(&Listed::default()).unwrap(), "{}");
        let listed = Listed { ids: vec![1] };
        assert_eq!(from_str::<Listed>(r#"{"ids":[1]}"#).unwrap(), listed);
        assert_eq!(to_string(&listed).unwrap(), r#"{"ids":[1]}"#);
    }

    #[derive(Debug, Default, PartialEq)]
    struct Kept {
        id: Option<i64>,
        local: Option<i64>,
    }

    wire_struct! { Kept { id: 0 "id" optional, local: 1 "local" skipped, } }

    #[test]
    fn a_skipped_field_is_neither_read_nor_written() {
        let kept = Kept { id: Some(1), local: Some(2) };
        assert_eq!(to_string(&kept).unwrap(), r#"{"id":1}"#);
        let read: Kept = from_str(r#"{"local":3,"id":1}"#).unwrap();
        assert_eq!(read, Kept { id: Some(1), local: None });
    }

    fn thing(note: Option<&str>) -> Thing {
        Thing { id: Id(1), note: note.map(str::to_owned), count: 2 }
    }

    fn error(json: &str) -> String {
        from_str::<Thing>(json).unwrap_err().to_string()
    }

    #[test]
    fn fields_are_read_in_any_order_and_unknown_ones_are_passed_over() {
        assert_eq!(from_str::<Thing>(r#"{"id":1,"note":"a","n":2}"#).unwrap(), thing(Some("a")));
        let other = r#"{"n":2,"new":{"id":[7]},"note":"a","id":1,"x":null}"#;
        assert_eq!(from_str::<Thing>(other).unwrap(), thing(Some("a")));
    }

    #[test]
    fn an_optional_field_may_be_missing_or_null_and_is_not_written() {
        for json in [r#"{"id":1,"n":2}"#, r#"{"id":1,"note":null,"n":2}"#] {
            assert_eq!(from_str::<Thing>(json).unwrap(), thing(None));
        }
        assert_eq!(to_string(&thing(None)).unwrap(), r#"{"id":1,"n":2}"#);
        assert_eq!(to_string(&thing(Some("a"))).unwrap(), r#"{"id":1,"note":"a","n":2}"#);
    }

    #[test]
    fn a_missing_field_and_one_that_comes_twice_are_named() {
        assert!(error(r#"{"id":1}"#).starts_with("missing field `n`"));
        assert!(error(r#"{"n":1,"n":2,"id":1}"#).starts_with("duplicate field `n`"));
        assert!(error("[]").starts_with("invalid type: sequence, expected struct Thing"));
    }

    #[test]
    fn a_name_that_is_escaped_is_the_same_name() {
        assert_eq!(from_str::<Thing>(r#"{"\u0069d":1,"n":2}"#).unwrap(), thing(None));
    }

    #[test]
    fn a_number_or_text_is_read_from_either_and_written_as_declared() {
        let read: Numbered = from_str(r#"{"id":"7","text":8}"#).unwrap();
        assert_eq!(read, Numbered { id: 7, text: 8 });
        assert_eq!(to_string(&read).unwrap(), r#"{"id":7,"text":"8"}"#);
    }

    #[test]
    fn an_enum_reads_its_values_and_refuses_others() {
        assert_eq!(from_str::<Light>("\"green\"").unwrap(), Light);
        assert_eq!(to_string(&Light).unwrap(), "\"green\"");
        let error = from_str::<Light>("\"red\"").unwrap_err().to_string();
        assert!(error.starts_with("invalid value: string \"red\", expected a value of Light"));
    }
}
