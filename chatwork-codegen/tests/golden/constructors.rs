/// The body of `POST /boats`: what [`Client::add_boat`](crate::Client::add_boat) sends.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct AddBoatBody {
    /// 1 sets it afloat, 0 does not.
    pub afloat: crate::Flag,
    /// The color.
    #[cfg_attr(
        feature = "schemars-1",
        schemars(skip_serializing_if = "::std::option::Option::is_none")
    )]
    pub color: ::std::option::Option<Color>,
    /// The name.
    pub name: ::std::string::String,
    /// A text called as a keyword of Rust.
    #[cfg_attr(feature = "schemars-1", schemars(rename = "type"))]
    #[cfg_attr(
        feature = "schemars-1",
        schemars(skip_serializing_if = "::std::option::Option::is_none")
    )]
    pub type_: ::std::option::Option<::std::string::String>,
}

impl AddBoatBody {
    /// Makes a value of the required fields, without any of the others.
    pub fn new(
        name: impl ::std::convert::Into<::std::string::String>,
        afloat: impl ::std::convert::Into<crate::Flag>,
    ) -> Self {
        Self {
            afloat: afloat.into(),
            color: ::std::option::Option::None,
            name: name.into(),
            type_: ::std::option::Option::None,
        }
    }
    /// Sets `color`.
    #[must_use]
    pub fn color(mut self, color: Color) -> Self {
        self.color = ::std::option::Option::Some(color);
        self
    }
    /// Sets `type_`.
    #[must_use]
    pub fn type_(
        mut self,
        type_: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.type_ = ::std::option::Option::Some(type_.into());
        self
    }
}

/// A boat.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars-1", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Boat {
    /// The id of a boat.
    #[cfg_attr(feature = "schemars-1", schemars(rename = "boatId"))]
    pub boat_id: BoatId,
    /// The color.
    pub color: Color,
    /// A harbour.
    pub harbour: Harbour,
    /// A note.
    #[cfg_attr(
        feature = "schemars-1",
        schemars(skip_serializing_if = "::std::option::Option::is_none")
    )]
    pub note: ::std::option::Option<::std::string::String>,
}

impl Boat {
    /// The names of the fields in JSON, in alphabetical order.
    pub const FIELDS: &'static [&'static str] = &["boatId", "color", "harbour", "note"];
}

/// A value for tests: numbers are 0, texts and lists are empty, and an enum has its
/// first value.
impl ::std::default::Default for Boat {
    fn default() -> Self {
        Self {
            boat_id: BoatId(::std::default::Default::default()),
            color: Color::Red,
            harbour: ::std::default::Default::default(),
            note: ::std::default::Default::default(),
        }
    }
}

/// A value for tests: numbers are 0, texts and lists are empty, and an enum has its
/// first value.
impl ::std::default::Default for Harbour {
    fn default() -> Self {
        Self {
            code: ::std::default::Default::default(),
        }
    }
}
