//! Which tools there are with which options.

use chatwork_mcp::{
    Account, Accounts, Language, Options, Server, ServerError, Toolset, all_tools, tools,
};

use crate::support::{Agent, Desk, Person, all};

fn names(options: &Options, has_archive: bool) -> Vec<String> {
    tools(options, has_archive).into_iter().map(|tool| tool.name.into_owned()).collect()
}

#[test]
fn without_options_there_are_eleven_tools_and_all_of_them_read() {
    let options = Options::new();
    assert_eq!(names(&options, false).len(), 11);
    for tool in tools(&options, false) {
        assert_eq!(tool.annotations.unwrap().read_only_hint, Some(true), "{}", tool.name);
    }
}

#[cfg(feature = "archive")]
#[test]
fn an_archive_adds_the_search() {
    let with = names(&Options::new(), true);
    assert_eq!(with.len(), 12);
    assert!(with.contains(&"search_messages".to_owned()));
}

#[test]
fn titles_are_in_the_language_of_the_person_and_none_is_missing() {
    let options = all().allow_destructive(true).upload_dir("up");
    let titles = |language| {
        let tools = tools(&options.clone().language(language), true);
        tools.into_iter().map(|tool| tool.title.unwrap()).collect::<Vec<_>>()
    };
    let (english, japanese) = (titles(Language::English), titles(Language::Japanese));
    assert!(english.iter().all(|title| title.is_ascii()), "{english:?}");
    assert!(japanese.iter().all(|title| !title.is_ascii()), "{japanese:?}");
}

#[test]
fn sets_add_their_tools() {
    let options = Options::new().toolsets([Toolset::Write]);
    let names = names(&options, false);
    assert!(names.contains(&"post_room_message".to_owned()));
    assert!(!names.contains(&"create_room".to_owned()));
}

#[test]
fn tools_are_chosen_and_left_out_by_name() {
    let options = Options::new().tools(["get_me", "post_room_message"]);
    assert_eq!(names(&options, false), ["get_me", "post_room_message"]);
    let options = options.exclude_tools(["post_room_message"]);
    assert_eq!(names(&options, false), ["get_me"]);
}

#[test]
fn an_earlier_name_chooses_a_tool_as_well() {
    let options = Options::new().tools(["get_my_status"]);
    assert_eq!(names(&options, false), ["get_me"]);
}

#[test]
fn read_only_beats_everything() {
    let options = all()
        .tools(["get_me", "post_room_message", "delete_room"])
        .allow_destructive(true)
        .upload_dir("up")
        .read_only(true);
    assert_eq!(names(&options, false), ["get_me"]);
}

#[test]
fn tools_that_delete_or_leave_need_a_permission() {
    let destructive: Vec<_> =
        all_tools().into_iter().filter(|it| it.is_destructive).map(|it| it.name).collect();
    let expected = ["delete_room_message", "leave_room", "delete_room", "delete_room_link"];
    assert_eq!(destructive, expected);
    let without = names(&all(), false);
    let with = names(&all().allow_destructive(true), false);
    for name in destructive {
        assert!(!without.iter().any(|it| it == name) && with.iter().any(|it| it == name));
    }
}

#[test]
fn the_upload_needs_its_folder() {
    let upload = "upload_room_file".to_owned();
    assert!(!names(&all(), false).contains(&upload));
    assert!(names(&all().upload_dir("up"), false).contains(&upload));
}

#[tokio::test]
async fn a_client_gets_the_tools_in_their_order() {
    let desk = Desk::new().await;
    let agent = desk.agent(all()).await;
    assert_eq!(agent.names().await, names(&all(), false));
    agent.close().await;
}

#[tokio::test]
async fn a_client_that_can_ask_the_person_gets_the_tools_that_delete() {
    let desk = Desk::new().await;
    let accounts = || Accounts::one(Account::new("work", desk.client("hanako")));
    let agent = Agent::connect(all(), accounts(), Person::agreeing()).await;
    assert!(agent.names().await.contains(&"delete_room".to_owned()));
    let agent = Agent::connect(all().read_only(true), accounts(), Person::agreeing()).await;
    assert!(!agent.names().await.contains(&"delete_room".to_owned()));
}

#[tokio::test]
async fn a_tool_that_is_not_registered_cannot_be_called() {
    let desk = Desk::new().await;
    let agent = desk.agent(Options::new()).await;
    let arguments = serde_json::json!({ "room": "my", "text": "x" });
    let error = agent.try_call("post_room_message", arguments).await.unwrap_err();
    assert!(error.to_string().contains("no such tool"), "{error}");
    assert!(desk.operations().is_empty());
}

#[tokio::test]
async fn options_that_name_no_tool_are_refused() {
    let desk = Desk::new().await;
    let accounts = Accounts::one(Account::new("work", desk.client("hanako")));
    let server = Server::new(Options::new().tools(["get_you"]), accounts);
    assert!(matches!(server, Err(ServerError::NoTool { name, .. }) if name == "get_you"));
}
