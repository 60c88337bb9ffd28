//! Changes of the world that no operation of the API makes. Nobody acts: no rights are checked, and no
//! message of the system is written.

use chatwork_api::types::{AccountId, OrganizationId, RequestId, RoomId};

use super::credential::Access;
use super::link::Link;
use super::room::{Member, Role, Room, RoomKind};
use super::saved::{NextIds, Token};
use super::{Account, ContactRequest, State};
use crate::world::{AccountSeed, BearerSeed, LinkSeed, MemberSeeds, Organization, RoomSeed, World};

impl State {
    /// The id of the next account that is made without one.
    pub(crate) fn next_account_id(&self) -> AccountId {
        let last = self.accounts.keys().next_back().map_or(0, |id| id.0);
        AccountId(last.saturating_add(1).max(6_000_001))
    }

    /// The id of the next contact request that is made without one.
    pub(crate) fn next_request_id(&self) -> RequestId {
        let last = self.requests.keys().next_back().map_or(0, |id| id.0);
        RequestId(last.saturating_add(1).max(1_300_001))
    }

    /// The ids that parts of a new room may take.
    pub(crate) fn draft_ids(&self) -> NextIds {
        self.ids.next()
    }

    /// A new text for a token.
    pub(crate) fn opaque_token(&mut self) -> String {
        self.oauth.opaque_text("token")
    }

    /// Adds an account with its My Chat and its token.
    pub(crate) fn create_account(
        &mut self,
        seed: &AccountSeed,
        organizations: &[Organization],
        now: i64,
    ) -> &Account {
        let id = AccountId(seed.id);
        let own = RoomId(self.ids.room());
        self.add_room(Room::new(own, RoomKind::My, vec![Member::new(id, Role::Admin)], now));
        if let Some(token) = &seed.token {
            self.credentials.add(token.clone(), id, Access::Everything);
        }
        self.accounts.entry(id).or_insert_with(|| Account::new(seed, own, organizations))
    }

    /// Replaces the profile of an account, and its API tokens if `token` is true.
    pub(crate) fn change_account(
        &mut self,
        seed: &AccountSeed,
        token: bool,
        organizations: &[Organization],
    ) -> Option<&Account> {
        let id = AccountId(seed.id);
        let account = self.accounts.get_mut(&id)?;
        let mut changed = Account::new(seed, account.own_room, organizations);
        if seed.organization.is_none() {
            changed.organization_id = OrganizationId(0);
        }
        *account = changed;
        if token {
            self.credentials.remove_api_tokens(id);
            if let Some(token) = &seed.token {
                self.credentials.add(token.clone(), id, Access::Everything);
            }
        }
        self.accounts.get(&id)
    }

    /// Adds a token: an access token if `scoped` is true, otherwise one of the API.
    pub(crate) fn create_token(
        &mut self,
        account: AccountId,
        seed: BearerSeed,
        scoped: bool,
        now: i64,
    ) -> Option<Token> {
        let scopes = seed.scopes.iter().filter_map(|scope| scope.parse().ok()).collect();
        let expires = seed.expires_in.map(|seconds| now.saturating_add(seconds));
        let access = if scoped { Access::Scopes { scopes, expires } } else { Access::Everything };
        self.credentials.add(seed.token.clone(), account, access);
        self.credentials.saved().into_iter().find(|token| token.token == seed.token)
    }

    /// Removes a token. Returns whether it existed.
    pub(crate) fn remove_token(&mut self, token: &str) -> bool {
        let existed = self.credentials.account_of(token).is_some();
        self.credentials.remove(token);
        existed
    }

    /// Adds the only room of a valid world whose accounts are those of the state.
    pub(crate) fn create_room_of_world(&mut self, world: &World, now: i64) {
        let keys = super::build::keys(world);
        for seed in &world.rooms {
            self.ids.room_taken(seed.id);
            self.seed_room(seed, &keys, now);
        }
        self.fill(world, &keys, now);
        // Webhooks get what comes now, not what is meant to have been there.
        self.events.clear();
    }

    /// What the only room of a world has in common with a room of the state.
    pub(crate) fn new_room_fault(&self, world: &World) -> Option<String> {
        let seed = world.rooms.first()?;
        if self.room(RoomId(seed.id)).is_some() {
            return Some(format!("`id`: {} is taken by another room", seed.id));
        }
        let ids = seed.members.member.iter().filter_map(|key| {
            self.accounts.values().find(|account| account.profile.key == *key).map(|it| it.id)
        });
        let ids: Vec<_> = ids.collect();
        let met = |room: &Room| {
            room.kind == RoomKind::Direct && ids.iter().all(|id| room.role(*id).is_some())
        };
        if seed.kind == RoomKind::Direct && self.rooms().any(met) {
            return Some("`members`: these two have a direct chat already".to_owned());
        }
        let code = seed.link.as_ref().map(|link| link.code.as_str());
        if code.is_some_and(|code| self.has_link_code(code, RoomId(seed.id))) {
            return Some("`link.code`: another room has it".to_owned());
        }
        let task = seed.tasks.iter().find(|task| {
            self.rooms().any(|room| room.tasks.keys().any(|known| known.0 == task.id))
        });
        if let Some(task) = task {
            return Some(format!("`tasks`: the id {} is taken by another task", task.id));
        }
        let file = seed.files.iter().find(|file| {
            self.rooms().any(|room| room.files.keys().any(|known| known.0 == file.id))
        });
        file.map(|file| format!("`files`: the id {} is taken by another file", file.id))
    }

    /// Whether a room other than this one has the link code.
    pub(crate) fn has_link_code(&self, code: &str, other_than: RoomId) -> bool {
        let mut others = self.rooms().filter(|room| room.id != other_than);
        others.any(|room| room.link.as_ref().is_some_and(|link| link.code == code))
    }

    /// A room as a world describes it, without messages, tasks and files.
    pub(crate) fn room_seed(&self, id: RoomId) -> Option<RoomSeed> {
        let room = self.room(id)?;
        let key = |id: &AccountId| self.accounts.get(id).map(|it| it.profile.key.clone());
        let keys = |role| room.accounts(role).iter().filter_map(key).collect();
        let sticky = room.members.iter().filter(|member| member.sticky);
        Some(RoomSeed {
            id: id.0,
            kind: room.kind,
            name: room.name.clone(),
            description: room.description.clone(),
            icon: Some(room.icon.clone()),
            members: MemberSeeds {
                admin: keys(Role::Admin),
                member: keys(Role::Member),
                readonly: keys(Role::Readonly),
            },
            sticky_for: sticky.filter_map(|member| key(&member.account)).collect(),
            link: room.link.as_ref().map(|link| LinkSeed {
                code: link.code.clone(),
                public: link.public,
                need_acceptance: link.need_acceptance,
                description: link.description.clone(),
            }),
            messages: Vec::new(),
            tasks: Vec::new(),
            files: Vec::new(),
        })
    }

    /// Gives a room the name, description, icon, link and pins of a valid seed.
    pub(crate) fn change_room_as(&mut self, id: RoomId, seed: &RoomSeed, now: i64) {
        let pinned: Vec<_> = self
            .accounts
            .values()
            .filter(|account| seed.sticky_for.contains(&account.profile.key))
            .map(|account| account.id)
            .collect();
        let Some(room) = self.room_mut(id) else {
            return;
        };
        room.name.clone_from(&seed.name);
        room.description.clone_from(&seed.description);
        room.icon = seed.icon.clone().unwrap_or_default();
        room.link = seed.link.as_ref().map(|link| Link {
            code: link.code.clone(),
            public: link.public,
            need_acceptance: link.need_acceptance,
            description: link.description.clone(),
        });
        for member in &mut room.members {
            member.sticky = pinned.contains(&member.account);
        }
        room.updated = room.updated.max(now);
    }

    /// Removes a room with everything in it.
    pub(crate) fn remove_room(&mut self, id: RoomId) {
        self.rooms.remove(&id);
    }

    /// Gives an account a role in a group, or removes it with `None`. Returns false, and changes
    /// nothing, if no admin would remain.
    pub(crate) fn set_member(
        &mut self,
        id: RoomId,
        account: AccountId,
        role: Option<Role>,
        now: i64,
    ) -> bool {
        let Some(room) = self.room_mut(id) else {
            return false;
        };
        let others = room.members.iter().filter(|member| member.account != account);
        let mut admins = others.map(|member| member.role).chain(role);
        if !admins.any(|role| role == Role::Admin) {
            return false;
        }
        match (role, room.member_mut(account)) {
            (Some(role), Some(member)) => member.role = role,
            (Some(role), None) => room.members.push(Member::new(account, role)),
            (None, _) => room.members.retain(|member| member.account != account),
        }
        room.updated = room.updated.max(now);
        true
    }

    /// Adds a contact request.
    pub(crate) fn create_request(&mut self, request: ContactRequest) {
        self.requests.insert(request.id, request);
    }

    /// Removes a contact request. Returns whether it existed.
    pub(crate) fn remove_request(&mut self, id: RequestId) -> bool {
        self.requests.remove(&id).is_some()
    }
}
