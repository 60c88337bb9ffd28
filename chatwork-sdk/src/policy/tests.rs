//! The policy against a server that keeps both limits, in random histories.

use std::collections::{BTreeMap, VecDeque};

use proptest::prelude::*;

use super::*;

impl LimitState {
    pub(crate) fn rooms_len(&self) -> usize {
        self.rooms.len()
    }
}

/// Short windows, so that a short history passes many of them.
const RULES: Rules = Rules {
    account_requests: 6,
    account_window: 20_000,
    account_margin: 1000,
    room_posts: 3,
    room_window: 2_000,
    room_margin: 50,
    probe_patience: 1500,
};
/// Leases last this long, and every request arrives earlier.
const HOLD: Duration = Duration::from_secs(3);

/// What the service does: fixed windows for the account, a sliding one for each room.
#[derive(Default)]
struct Service {
    began: Option<Millis>,
    used: u32,
    rooms: BTreeMap<RoomId, VecDeque<Millis>>,
    refusals: usize,
}

impl Service {
    fn answer(&mut self, now: Millis, room: Option<RoomId>) -> Outcome {
        let began = self.began.filter(|began| now < began + RULES.account_window);
        if began.is_none() {
            self.used = 0;
        }
        let began = *self.began.insert(began.unwrap_or(now));
        let mut limit = (self.used >= RULES.account_requests).then_some(RateLimitName::Account);
        if limit.is_none() {
            self.used += 1;
            let posts = room.map(|room| self.rooms.entry(room).or_default());
            if let Some(posts) = posts {
                posts.retain(|at| now < at + RULES.room_window);
                match posts.len() < RULES.room_posts as usize {
                    true => posts.push_back(now),
                    false => limit = Some(RateLimitName::RoomPosting),
                }
            }
        }
        let reset = (began + RULES.account_window).div_ceil(1000);
        let reset_in = Duration::from_secs(reset.saturating_sub(now / 1000));
        let account = RateLimitHeaders {
            limit: RULES.account_requests,
            remaining: RULES.account_requests - self.used,
            reset: reset as i64,
            reset_in,
        };
        self.refusals += usize::from(limit.is_some());
        let refused =
            limit.map(|limit| Refused { limit, wait: reset_in, source: WaitSource::Window });
        Outcome { account: Some(account), refused, unsent: false, answered: true }
    }
}

/// What one of many processes does next, with one of its requests.
#[derive(Clone, Copy, Debug)]
enum Step {
    Acquire(Option<i64>),
    /// The request arrives at the service.
    Arrive(prop::sample::Index),
    /// The reply arrives at the process.
    Reply(prop::sample::Index),
    /// The request was not sent.
    GiveBack(prop::sample::Index),
    /// The process ends, before or after its request arrived.
    Die(prop::sample::Index),
    Pass(Millis),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let room = prop_oneof![Just(None), (0..3_i64).prop_map(Some)];
    let index = any::<prop::sample::Index>;
    let step = prop_oneof![
        6 => room.prop_map(Step::Acquire),
        5 => index().prop_map(Step::Arrive),
        5 => index().prop_map(Step::Reply),
        1 => index().prop_map(Step::GiveBack),
        1 => index().prop_map(Step::Die),
        3 => (1..700_u64).prop_map(Step::Pass),
        1 => (1..9000_u64).prop_map(Step::Pass),
    ];
    prop::collection::vec(step, 1..300)
}

#[derive(Clone, Copy)]
struct Request {
    lease: Lease,
    reply: Option<Outcome>,
}

/// Runs a history. Requests arrive and replies come back before their leases end.
fn run(steps: &[Step], limits: &mut LimitState, service: &mut Service) -> Millis {
    let (mut now, mut requests) = (1_700_000_000_123, Vec::<Request>::new());
    for step in steps {
        match step {
            Step::Acquire(room) => {
                let event = Event::Acquire { room: room.map(RoomId), hold: HOLD };
                if let Answer::Go(lease) = limits.apply(now, &event) {
                    requests.push(Request { lease, reply: None });
                }
            }
            Step::Arrive(index) if !requests.is_empty() => {
                let request = index.get(&requests).lease;
                let place = index.index(requests.len());
                let reply = requests[place].reply;
                requests[place].reply =
                    Some(reply.unwrap_or_else(|| service.answer(now, request.room)));
            }
            Step::Reply(index) if !requests.is_empty() => {
                let place = index.index(requests.len());
                if let Request { lease, reply: Some(outcome) } = requests[place] {
                    limits.apply(now, &Event::Settle { lease, outcome });
                    requests.swap_remove(place);
                }
            }
            Step::GiveBack(index) if !requests.is_empty() => {
                let place = index.index(requests.len());
                if let Request { lease, reply: None } = requests[place] {
                    let outcome = Outcome { unsent: true, ..Outcome::default() };
                    limits.apply(now, &Event::Settle { lease, outcome });
                    requests.swap_remove(place);
                }
            }
            Step::Die(index) if !requests.is_empty() => {
                requests.swap_remove(index.index(requests.len()));
            }
            Step::Pass(by) => {
                let ends = requests.iter().map(|it| it.lease.granted + millis(HOLD)).min();
                now = (now + by).min(ends.map_or(Millis::MAX, |ends| ends - 1).max(now));
            }
            _ => {}
        }
    }
    now
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(500) })]

    #[test]
    fn no_history_has_a_refusal(steps in steps()) {
        let (mut limits, mut service) = (LimitState::with_rules(RULES), Service::default());
        run(&steps, &mut limits, &mut service);
        prop_assert_eq!(service.refusals, 0);
    }

    #[test]
    fn after_any_history_a_request_may_be_sent_within_a_window(steps in steps()) {
        let (mut limits, mut service) = (LimitState::with_rules(RULES), Service::default());
        let now = run(&steps, &mut limits, &mut service);
        let later = now + millis(HOLD) + RULES.account_window + RULES.account_margin + 1000;
        for room in [None, Some(RoomId(0))] {
            let event = Event::Acquire { room, hold: HOLD };
            let (first, second) = (limits.clone(), limits.clone().apply(later, &event));
            prop_assert!(matches!(second, Answer::Go(_)), "{:?} {:?}", second, first);
        }
    }
}

const NOW: Millis = 1_700_000_000_000;
const ROOM: Option<RoomId> = Some(RoomId(1));

fn sent(limits: &mut LimitState, now: Millis, room: Option<RoomId>) -> Lease {
    limits.acquire(now, room, HOLD).unwrap()
}

#[test]
fn a_lease_past_its_deadline_counts_as_spent_and_as_a_post_for_a_window() {
    let mut limits = LimitState::with_rules(RULES);
    (0..3).for_each(|_| _ = sent(&mut limits, NOW, ROOM));
    let deadline = NOW + millis(HOLD);
    let wait = limits.peek(deadline, ROOM).unwrap_err();
    assert_eq!((wait.limit, wait.until), (RateLimitName::RoomPosting, Some(deadline + 2_050)));
    assert_eq!(limits.account.left(), 3);
    assert!(limits.peek(deadline + 2_050, ROOM).is_ok());
}

#[test]
fn a_lease_that_is_given_back_counts_nowhere() {
    let mut limits = LimitState::with_rules(RULES);
    let before = limits.clone();
    let lease = sent(&mut limits, NOW, ROOM);
    limits.settle(NOW, &lease, &Outcome { unsent: true, ..Outcome::default() });
    assert_eq!((&limits.account, &limits.leases), (&before.account, &before.leases));
    assert!(limits.rooms.values_mut().all(|room| room.is_idle(&RULES, NOW)));
}

#[test]
fn a_reply_after_the_deadline_still_reports() {
    let mut limits = LimitState::with_rules(RULES);
    let lease = sent(&mut limits, NOW, ROOM);
    let mut service = Service::default();
    (0..4).for_each(|_| _ = service.answer(NOW, None));
    let outcome = service.answer(NOW, ROOM);
    limits.settle(NOW + 5_000, &lease, &outcome);
    assert_eq!(limits.account.remaining, 1);
}

#[test]
fn giving_a_lease_back_twice_changes_nothing() {
    let mut limits = LimitState::with_rules(RULES);
    let lease = sent(&mut limits, NOW, ROOM);
    let other = sent(&mut limits, NOW, ROOM);
    assert_ne!(lease.id, other.id);
    let unsent = Outcome { unsent: true, ..Outcome::default() };
    limits.settle(NOW, &lease, &unsent);
    limits.settle(NOW, &lease, &unsent);
    assert_eq!((limits.leases.len(), limits.rooms.get(RoomId(1)).unwrap().in_flight), (1, 1));
}

#[test]
fn a_clock_that_is_set_back_closes_nothing_for_longer() {
    let mut limits = LimitState::with_rules(RULES);
    for _ in 0..6 {
        let lease = sent(&mut limits, NOW, None);
        limits.settle(NOW, &lease, &Outcome::default());
    }
    let hour = 3_600_000;
    let wait = limits.peek(NOW - hour, None).unwrap_err();
    assert_eq!(wait.until, Some(NOW - hour + 21_000));
    assert!(limits.peek(NOW - hour + 21_000, None).is_ok());
}

#[test]
fn a_clock_that_ticks_back_stands_still() {
    let mut limits = LimitState::with_rules(RULES);
    let lease = sent(&mut limits, NOW, ROOM);
    limits.settle(NOW, &lease, &Outcome::default());
    assert!(limits.peek(NOW - 900, ROOM).is_ok());
    assert_eq!(limits.now, NOW);
}

#[test]
fn a_state_that_was_lost_numbers_its_leases_anew_and_differently() {
    let mut limits = LimitState::with_rules(RULES);
    let lost = sent(&mut limits, NOW, None);
    let mut limits = LimitState::with_rules(RULES);
    let lease = sent(&mut limits, NOW + 1, None);
    assert_ne!(lost.id, lease.id);
    limits.settle(NOW + 1, &lost, &Outcome::default());
    assert_eq!(limits.leases.len(), 1);
}
