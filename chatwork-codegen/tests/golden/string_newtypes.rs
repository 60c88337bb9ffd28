impl ::std::convert::From<&str> for BoatName {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}
impl ::std::convert::From<::std::string::String> for BoatName {
    fn from(value: ::std::string::String) -> Self {
        Self(value)
    }
}
