//! A sandbox, a server for one of its accounts, and a client that speaks MCP.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use chatwork_mcp::{Account, Accounts, MAX_WAIT, Options, Server, Toolset};
use chatwork_sandbox::{Clock, Message, Room, Sandbox};
use chatwork_sdk::{Client, Pacing, RoomHandle, RoomId};
use rmcp::model::{
    CallToolRequestParams, CallToolResult, ClientCapabilities, ClientConfig, ElicitRequestParams,
    ElicitResult, ElicitationAction, ElicitationCapability, Implementation,
    ProgressNotificationParam, ProtocolVersion, Tool,
};
use rmcp::service::{NotificationContext, RequestContext, RunningService, ServiceError};
use rmcp::{
    ClientHandler, ClientLifecycleMode, ClientServiceExt, ErrorData, RoleClient, ServiceExt,
};
use serde_json::{Value, json};
use tokio::task::JoinHandle;

/// The room in which everything is.
pub(crate) const ROOM: i64 = 93_207_172;
/// Its name.
pub(crate) const ROOM_NAME: &str = "新製品プロジェクト";
/// A room in which hanako is a member.
pub(crate) const SALES: i64 = 93_310_055;
/// The account of hanako.
pub(crate) const HANAKO: i64 = 1_484_814;
/// The account of ken.
pub(crate) const KEN: i64 = 2_739_132;

/// A sandbox whose clock stands.
pub(crate) struct Desk {
    pub(crate) sandbox: Sandbox,
}

impl Desk {
    pub(crate) async fn new() -> Self {
        let builder = Sandbox::builder().clock(Clock::manual(1_764_547_200)).limits(false);
        Self { sandbox: builder.start().await.unwrap() }
    }

    /// A sandbox whose clock is that of this machine.
    pub(crate) async fn of_today() -> Self {
        Self { sandbox: Sandbox::builder().limits(false).start().await.unwrap() }
    }

    /// A client of an account. It waits for no limit, since the sandbox has none.
    pub(crate) fn client(&self, who: &str) -> Client {
        let builder = Client::builder().token(self.sandbox.token(who)).pacing(Pacing::off());
        builder.base_url(self.sandbox.base_url()).build().unwrap()
    }

    /// An agent of hanako.
    pub(crate) async fn agent(&self, options: Options) -> Agent {
        let accounts = Accounts::one(Account::new("work", self.client("hanako")));
        Agent::connect(options, accounts, Person::absent()).await
    }

    /// An agent of hanako that may use all tools.
    pub(crate) async fn writer(&self) -> Agent {
        self.agent(all()).await
    }

    /// The room, as it is now.
    pub(crate) fn room(&self, id: i64) -> Room {
        self.sandbox.state().room(RoomId(id)).unwrap().clone()
    }

    /// The newest message of a room.
    pub(crate) fn newest(&self, id: i64) -> Message {
        self.room(id).messages.last().unwrap().clone()
    }

    /// How many messages a room has.
    pub(crate) fn count(&self, id: i64) -> usize {
        self.room(id).messages.len()
    }

    /// How many messages are unread for hanako, over all rooms.
    pub(crate) fn unread(&self) -> usize {
        let state = self.sandbox.state();
        let of = |room: &Room| {
            room.member(chatwork_sdk::AccountId(HANAKO)).map_or(0, |it| it.unread.len())
        };
        state.rooms().map(of).sum()
    }

    /// The operations that were called, in order.
    pub(crate) fn operations(&self) -> Vec<String> {
        self.sandbox.requests().into_iter().filter_map(|request| request.operation).collect()
    }
}

/// All tools, but none that deletes.
pub(crate) fn all() -> Options {
    Options::new().toolsets(Toolset::ALL)
}

/// A client for a real Chatwork would be built so.
pub(crate) fn patient(desk: &Desk, who: &str) -> Client {
    let pacing = Pacing::default().max_wait(MAX_WAIT);
    let builder = Client::builder().token(desk.sandbox.token(who)).pacing(pacing);
    builder.base_url(desk.sandbox.base_url()).build().unwrap()
}

/// The person at the client: what they are asked, and what they answer.
#[derive(Clone, Default)]
pub(crate) struct Person {
    answer: Option<ElicitResult>,
    renames: Vec<(RoomHandle, String)>,
    pub(crate) asked: Arc<Mutex<Vec<String>>>,
    pub(crate) progress: Arc<Mutex<Vec<f64>>>,
}

impl Person {
    /// The client cannot ask.
    pub(crate) fn absent() -> Self {
        Self::default()
    }

    pub(crate) fn answering(answer: ElicitResult) -> Self {
        Self { answer: Some(answer), ..Self::default() }
    }

    /// Gives a room another name before the answer.
    pub(crate) fn renaming(mut self, room: RoomHandle, name: &str) -> Self {
        self.renames.push((room, name.to_owned()));
        self
    }

    pub(crate) fn agreeing() -> Self {
        let yes = json!({ "agree": true });
        Self::answering(ElicitResult::new(ElicitationAction::Accept).with_content(yes))
    }
}

impl ClientHandler for Person {
    fn get_info(&self) -> ClientConfig {
        let mut capabilities = ClientCapabilities::default();
        capabilities.elicitation = self.answer.as_ref().map(|_| ElicitationCapability::new());
        ClientConfig::new(capabilities, Implementation::new("test", "1"))
    }

    async fn create_elicitation(
        &self,
        request: ElicitRequestParams,
        _: RequestContext<RoleClient>,
    ) -> Result<ElicitResult, ErrorData> {
        if let ElicitRequestParams::FormElicitationParams { message, .. } = request {
            self.asked.lock().unwrap().push(message);
        }
        for (room, name) in &self.renames {
            room.update().name(name).await.unwrap();
        }
        Ok(self.answer.clone().unwrap())
    }

    async fn on_progress(
        &self,
        params: ProgressNotificationParam,
        _: NotificationContext<RoleClient>,
    ) {
        self.progress.lock().unwrap().push(params.progress);
    }
}

/// An agent that is connected to a server.
pub(crate) struct Agent {
    pub(crate) client: RunningService<RoleClient, Person>,
    pub(crate) server: Server,
    pub(crate) person: Person,
    serving: JoinHandle<()>,
}

impl Agent {
    pub(crate) async fn connect(options: Options, accounts: Accounts, person: Person) -> Self {
        Self::connect_at(options, accounts, person, ClientLifecycleMode::Initialize).await
    }

    /// Connects as clients of the newest protocol do.
    pub(crate) async fn connect_2026(options: Options, accounts: Accounts, person: Person) -> Self {
        let preferred_versions = vec![ProtocolVersion::V_2026_07_28];
        let mode = ClientLifecycleMode::Discover { preferred_versions };
        Self::connect_at(options, accounts, person, mode).await
    }

    async fn connect_at(
        options: Options,
        accounts: Accounts,
        person: Person,
        mode: ClientLifecycleMode,
    ) -> Self {
        Self::of_server(Server::new(options, accounts).unwrap(), person, mode).await
    }

    /// Connects one more client to a server.
    pub(crate) async fn of_server(
        server: Server,
        person: Person,
        mode: ClientLifecycleMode,
    ) -> Self {
        let (here, there) = tokio::io::duplex(1 << 20);
        let serving = server.clone();
        let serving = tokio::spawn(async move { serving.serve(there).await.unwrap() });
        let client = match mode {
            ClientLifecycleMode::Initialize => person.clone().serve(here).await.unwrap(),
            mode => person.clone().serve_with_lifecycle(here, mode).await.unwrap(),
        };
        Self { client, server, person, serving }
    }

    pub(crate) async fn tools(&self) -> Vec<Tool> {
        self.client.list_all_tools().await.unwrap()
    }

    pub(crate) async fn names(&self) -> Vec<String> {
        self.tools().await.into_iter().map(|tool| tool.name.into_owned()).collect()
    }

    pub(crate) async fn try_call(
        &self,
        tool: &str,
        arguments: Value,
    ) -> Result<CallToolResult, ServiceError> {
        self.client.call_tool(request(tool, arguments)).await
    }

    /// Calls a tool, and returns its text.
    pub(crate) async fn ok(&self, tool: &str, arguments: Value) -> String {
        let result = self.try_call(tool, arguments).await.unwrap();
        let text = text(&result);
        assert_ne!(result.is_error, Some(true), "{tool}: {text}");
        text
    }

    /// Calls a tool that refuses, and returns its text.
    pub(crate) async fn fails(&self, tool: &str, arguments: Value) -> String {
        let result = self.try_call(tool, arguments).await.unwrap();
        let text = text(&result);
        assert_eq!(result.is_error, Some(true), "{tool}: {text}");
        text
    }

    /// Calls a tool, and returns its JSON.
    pub(crate) async fn json(&self, tool: &str, mut arguments: Value) -> Value {
        arguments["format"] = Value::from("json");
        let text = self.ok(tool, arguments).await;
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
    }

    /// Closes the connection, and waits for the end of the server.
    pub(crate) async fn close(self) {
        self.client.cancel().await.unwrap();
        self.serving.await.unwrap();
    }
}

pub(crate) fn request(tool: &str, arguments: Value) -> CallToolRequestParams {
    let Value::Object(arguments) = arguments else { panic!("not an object: {arguments}") };
    CallToolRequestParams::new(tool.to_owned()).with_arguments(arguments)
}

pub(crate) fn text(result: &CallToolResult) -> String {
    let texts = result.content.iter().filter_map(|content| content.as_text());
    texts.map(|content| content.text.as_str()).collect()
}

/// Returns a value with the keys of its objects in order, whatever feature serde_json has.
pub(crate) fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(object) => {
            let ordered: BTreeMap<_, _> = object.iter().collect();
            ordered.into_iter().map(|(key, value)| (key.clone(), sorted(value))).collect()
        }
        Value::Array(items) => items.iter().map(sorted).collect(),
        other => other.clone(),
    }
}
