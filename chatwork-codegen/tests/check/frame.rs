use crate::common::GET;
use crate::{diagnostic, remove, set};

const SERVER: &str = "/servers/0/url";

fn server(url: &str) -> String {
    let message = "expected an https URL without a slash at its end, found";
    diagnostic("", SERVER, &format!("{message} `{url}`"))
}

broken! {
    another_version_of_openapi:
        set("", "/openapi", "3.1.0")
        => diagnostic("", "/openapi", "expected version 3.0.3, found 3.1.0");
    a_version_of_openapi_that_is_a_number:
        set("", "/openapi", 3)
        => diagnostic("", "/openapi", "expected the string \"3.0.3\"");
    no_title:
        remove("", "/info/title")
        => diagnostic("", "/info/title", "expected a title, found none");
    no_version:
        remove("", "/info/version")
        => diagnostic("", "/info/version", "expected a version, found none");
    no_description:
        remove("", "/info/description")
        => diagnostic("", "/info/description", "expected a description, found none");
    a_server_without_encryption:
        set("", SERVER, "http://harbour.example")
        => server("http://harbour.example");
    a_server_with_a_slash_at_its_end:
        set("", SERVER, "https://harbour.example/")
        => server("https://harbour.example/");
    a_tag_without_description:
        remove("", "/tags/1/description")
        => diagnostic("", "/tags/1", "expected a description of the tag, found none");
    a_server_with_variables:
        set("/servers", "/0/url", "https://{region}.example/v1")
        => diagnostic("/servers", "/0/url", "expected a URL without variables in braces");
    a_tag_that_stands_twice:
        set("/tags", "/1/name", "channels"), set(GET, "/tags/0", "channels")
        => diagnostic(
            "/tags",
            "/1",
            "the tag `channels` is declared twice: expected each tag once"
        );
}
