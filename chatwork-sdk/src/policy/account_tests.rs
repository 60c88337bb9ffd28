use std::time::Duration;

use super::*;

const NOW: Millis = 1_000_000;
const RULES: Rules = Rules {
    account_requests: 300,
    account_window: 300_000,
    account_margin: 1000,
    room_posts: 10,
    room_window: 10_000,
    room_margin: 50,
    probe_patience: 5000,
};

/// A window with its leases.
struct Account {
    window: AccountWindow,
    leases: u32,
}

impl Account {
    fn new() -> Self {
        Self { window: AccountWindow::new(&RULES), leases: 0 }
    }

    fn has_capacity(&mut self, now: Millis) -> bool {
        self.window.has_capacity(self.leases, now)
    }

    fn next(&self) -> Option<Millis> {
        self.window.next(self.leases)
    }

    fn take(&mut self, now: Millis) {
        self.leases += 1;
        self.window.take(&RULES, now);
    }

    fn release(&mut self) {
        self.leases -= 1;
    }

    fn complete(&mut self, outcome: &Outcome, sent: Millis, now: Millis) -> bool {
        self.release();
        self.window.complete(&RULES, outcome, sent, now)
    }
}

fn report(remaining: u32, reset: i64) -> Outcome {
    let reset_in = Duration::from_secs(300);
    let account = Some(RateLimitHeaders { limit: 300, remaining, reset, reset_in });
    Outcome { account, answered: true, ..Outcome::default() }
}

fn free(account: &mut Account, now: Millis) -> u32 {
    let mut free = 0;
    while account.has_capacity(now) {
        account.take(now);
        free += 1;
    }
    (0..free).for_each(|_| account.release());
    free
}

#[test]
fn before_the_first_reply_the_documented_limit_holds() {
    assert_eq!(free(&mut Account::new(), NOW), 300);
}

#[test]
fn what_others_spent_shows_in_the_next_reply() {
    let (mut account, now) = (Account::new(), NOW);
    account.take(now);
    account.complete(&report(120, 1000), now, now);
    assert_eq!(free(&mut account, now), 120);
}

#[test]
fn calls_under_way_are_taken_as_not_counted_yet() {
    let (mut account, now) = (Account::new(), NOW);
    (0..5).for_each(|_| account.take(now));
    account.complete(&report(100, 1000), now, now);
    assert_eq!(free(&mut account, now), 96);
}

#[test]
fn a_reply_that_was_overtaken_does_not_raise_the_count() {
    let (mut account, now) = (Account::new(), NOW);
    (0..2).for_each(|_| account.take(now));
    account.complete(&report(98, 1000), now, now);
    account.complete(&report(99, 1000), now, now);
    assert_eq!(free(&mut account, now), 98);
}

#[test]
fn a_new_window_begins_when_the_old_one_ends() {
    let (mut account, now) = (Account::new(), NOW);
    account.take(now);
    account.complete(&report(0, 1000), now, now);
    assert_eq!(free(&mut account, now), 0);
    let later = now + 302_000;
    assert_eq!(free(&mut account, later), 1, "one call probes");
    account.take(later);
    account.complete(&report(299, 1300), later, later);
    assert_eq!(free(&mut account, later), 299);
}

#[test]
fn a_late_reply_of_the_old_window_says_nothing_of_the_new_one() {
    let (mut account, now) = (Account::new(), NOW);
    (0..2).for_each(|_| account.take(now));
    account.complete(&report(1, 1000), now, now);
    let later = now + 302_000;
    account.complete(&report(0, 1000), now, later);
    assert_eq!(free(&mut account, later), 300);
}

#[test]
fn a_window_ends_as_early_as_any_of_its_replies_says() {
    let (mut account, now) = (Account::new(), NOW);
    (0..2).for_each(|_| account.take(now));
    account.complete(&report(1, 1000), now, now);
    // The same reset, and a date that has moved on by a second within half of one.
    let later = now + 500;
    let reset_in = Duration::from_secs(299);
    let sooner = RateLimitHeaders { limit: 300, remaining: 0, reset: 1000, reset_in };
    account.complete(&Outcome { account: Some(sooner), ..Outcome::default() }, now, later);
    assert_eq!(account.next(), Some(later + millis(reset_in) + RULES.account_margin));
}

#[test]
fn a_reset_far_away_does_not_end_the_learning() {
    let (mut account, now) = (Account::new(), NOW);
    (0..2).for_each(|_| account.take(now));
    account.complete(&report(200, 999_999), now, now);
    let later = now + 302_000;
    account.complete(&report(120, 1000), now, later);
    assert_eq!(free(&mut account, later), 120);
}

#[test]
fn a_reset_that_is_rounded_now_up_and_now_down_is_that_of_one_window() {
    let (mut account, now) = (Account::new(), NOW);
    (0..3).for_each(|_| account.take(now));
    account.complete(&report(200, 1001), now, now);
    account.complete(&report(120, 1000), now, now);
    account.complete(&report(121, 1001), now, now);
    assert_eq!(free(&mut account, now), 120);
}

#[test]
fn a_window_that_the_server_says_goes_on_goes_on() {
    // This clock was set forward by five minutes: the window seems to be over.
    let (mut account, now) = (Account::new(), NOW);
    account.take(now);
    account.complete(&report(100, 1000), now, now);
    let later = now + 400_000;
    assert!(account.has_capacity(later));
    account.take(later);
    account.complete(&report(99, 1000), later, later);
    assert_eq!(free(&mut account, later), 99);
    assert_eq!(account.window.ends, Some(later + 300_000 + RULES.account_margin));
}

#[test]
fn a_refusal_of_a_window_that_goes_on_closes_the_account() {
    let (mut account, now) = (Account::new(), NOW);
    account.take(now);
    account.complete(&report(100, 1000), now, now);
    let later = now + 400_000;
    (0..2).for_each(|_| account.take(later));
    account.complete(&report(99, 1000), later, later);
    let limit = RateLimitName::Account;
    let wait = Duration::from_secs(20);
    let refused = Some(Refused { limit, wait, source: WaitSource::Window });
    account.complete(&Outcome { refused, ..report(0, 1000) }, later, later);
    assert!(!account.has_capacity(later));
}

#[test]
fn a_reply_without_headers_is_counted_here() {
    let (mut account, now) = (Account::new(), NOW);
    account.take(now);
    account.complete(&Outcome::default(), now, now);
    assert_eq!(free(&mut account, now), 299);
}

#[test]
fn a_request_without_a_report_stays_counted_until_a_report_includes_it() {
    let (mut account, now) = (Account::new(), NOW);
    (0..2).for_each(|_| account.take(now));
    account.complete(&report(10, 1000), now, now);
    // Cancelled: the server may count it after the reply to the next request.
    account.take(now);
    account.complete(&Outcome::default(), now, now + 10);
    account.complete(&report(9, 1000), now, now + 20);
    assert_eq!(free(&mut account, now), 8);
    account.take(now + 30);
    account.complete(&report(7, 1000), now + 30, now + 40);
    assert_eq!(free(&mut account, now), 7);
}

#[test]
fn a_connection_that_was_never_made_costs_nothing() {
    let (mut account, now) = (Account::new(), NOW);
    account.take(now);
    account.complete(&Outcome { unsent: true, ..Outcome::default() }, now, now);
    assert_eq!(free(&mut account, now), 300);
}

#[test]
fn the_servers_refusal_is_right_whatever_was_counted() {
    let (mut account, now) = (Account::new(), NOW);
    account.take(now);
    account.complete(&refusal(0, 1000), now, now);
    assert_eq!(free(&mut account, now), 0);
}

fn refusal(remaining: u32, reset: i64) -> Outcome {
    let wait = Duration::from_secs(300);
    let refused = Refused { limit: RateLimitName::Account, wait, source: WaitSource::Window };
    Outcome { refused: Some(refused), ..report(remaining, reset) }
}

#[test]
fn a_refusal_with_requests_left_does_not_empty_the_account() {
    let (mut account, now) = (Account::new(), NOW);
    account.take(now);
    assert!(!account.complete(&refusal(250, 1000), now, now));
    assert_eq!(free(&mut account, now), 250);
}

#[test]
fn a_refusal_of_an_older_window_does_not_empty_the_new_one() {
    let (mut account, now) = (Account::new(), NOW);
    (0..3).for_each(|_| account.take(now));
    account.complete(&report(2, 1000), now, now);
    account.complete(&report(299, 1300), now, now);
    assert!(!account.complete(&refusal(0, 1000), now, now));
    assert_eq!(free(&mut account, now), 299);
}

#[test]
fn replies_whose_report_cannot_be_used_are_counted() {
    let (mut account, now) = (Account::new(), NOW);
    account.take(now);
    account.complete(&report(300, 1300), now, now);
    for _ in 0..300 {
        account.take(now);
        account.complete(&report(7, 1290), now, now);
    }
    assert_eq!(free(&mut account, now), 0);
}

#[test]
fn replies_whose_reset_time_has_passed_are_counted() {
    let (mut account, now) = (Account::new(), NOW);
    let mut past = report(0, 1000);
    past.account.as_mut().unwrap().reset_in = Duration::ZERO;
    account.take(now);
    account.complete(&past, now, now);
    let later = now + RULES.account_margin;
    assert!(account.has_capacity(later), "the window is over at once");
    for _ in 0..300 {
        account.take(later);
        account.complete(&past, later, later);
    }
    assert_eq!(free(&mut account, later), 0);
}

#[test]
fn a_refusal_without_headers_of_an_older_window_does_not_empty_the_new_one() {
    let (mut account, now) = (Account::new(), NOW);
    (0..2).for_each(|_| account.take(now));
    account.complete(&report(299, 1300), now, now);
    let without = Outcome { account: None, ..refusal(0, 1000) };
    assert!(!account.complete(&without, now - 1, now));
    assert_eq!(free(&mut account, now), 299);
}

#[test]
fn replies_without_headers_begin_a_window_that_ends() {
    let (mut account, now) = (Account::new(), NOW);
    (0..300).for_each(|_| account.take(now));
    (0..300).for_each(|_| _ = account.complete(&Outcome::default(), now, now));
    assert_eq!(free(&mut account, now), 0);
    assert!(account.has_capacity(now + RULES.account_window + RULES.account_margin));
}

#[test]
fn a_limit_of_0_leaves_one_call() {
    let (mut account, now) = (Account::new(), NOW);
    account.take(now);
    let mut zero = report(0, 1000);
    zero.account.as_mut().unwrap().limit = 0;
    account.complete(&zero, now, now);
    assert!(account.has_capacity(now + RULES.account_window + RULES.account_margin));
}

#[test]
fn a_refusal_without_headers_does_not_move_an_end_that_is_known() {
    let (mut account, now) = (Account::new(), NOW);
    (0..2).for_each(|_| account.take(now));
    account.complete(&report(5, 1000), now, now);
    let later = now + 100_000;
    let without = Outcome { account: None, ..refusal(0, 1000) };
    account.complete(&without, now, later);
    assert_eq!(account.next(), Some(now + 301_000));
}

#[test]
fn a_refusal_with_retry_after_ends_earlier_than_the_window() {
    let (mut account, now) = (Account::new(), NOW);
    (0..2).for_each(|_| account.take(now));
    account.complete(&report(5, 1000), now, now);
    let wait = Duration::from_secs(7);
    let source = WaitSource::RetryAfter;
    let refused = Refused { limit: RateLimitName::Account, wait, source };
    let asked = Outcome { refused: Some(refused), answered: true, ..Outcome::default() };
    account.complete(&asked, now, now);
    assert_eq!(account.next(), Some(now + 7_000));
}

#[test]
fn a_guessed_wait_doubles_until_a_request_succeeds() {
    let (mut account, mut now) = (Account::new(), NOW);
    let guess = |account: &mut Account, now: Millis| {
        let refused = Refused {
            limit: RateLimitName::Account,
            wait: Duration::from_secs(1),
            source: WaitSource::Guess,
        };
        account.take(now);
        let outcome = Outcome { refused: Some(refused), answered: true, ..Outcome::default() };
        account.complete(&outcome, now, now);
        account.next().unwrap() - now
    };
    for expected in [1000, 2000, 4000, 8000] {
        assert_eq!(guess(&mut account, now), expected);
        now += expected;
        assert!(account.has_capacity(now));
    }
    account.take(now);
    account.complete(&Outcome { answered: true, ..Outcome::default() }, now, now);
    account.window.ends = None;
    assert_eq!(guess(&mut account, now), 1000);
}

#[test]
fn a_probe_that_is_given_back_lets_another_request_probe() {
    let (mut account, now) = (Account::new(), NOW);
    account.take(now);
    account.complete(&report(0, 1000), now, now);
    let later = now + 302_000;
    assert!(account.has_capacity(later));
    account.take(later);
    assert!(!account.has_capacity(later), "one probes");
    account.complete(&Outcome { unsent: true, ..Outcome::default() }, later, later);
    assert!(account.has_capacity(later));
}
