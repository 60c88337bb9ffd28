//! Whether a room has to be looked at again.

use chatwork_sdk::types::Message;

use super::rooms::{Looked, RoomRow};
use super::window::{Evidence, Shown};

/// For how many seconds after a second messages of that second may still appear.
const SETTLE: i64 = 5;
/// After how many looks in a row that do not show what the list says the look is taken as true.
const LAGS: i64 = 3;

/// Decides whether the room has to be looked at again although its entry in the list of rooms does
/// not change.
pub(super) fn looked(
    shown: &Shown<'_>,
    list: &[&Message],
    room: &RoomRow,
    evidence: Evidence,
    counted: Option<i64>,
) -> Looked {
    let Evidence::Listed { updated, count, at, .. } = evidence else {
        return Looked { seen: None, counted, lagging: 0 };
    };
    if updated.0.saturating_add(SETTLE) > at.0 {
        return Looked { seen: None, counted, lagging: 0 };
    }
    let later = list.iter().filter(|it| it.send_time > updated).count();
    let listed = count.saturating_add(i64::try_from(later).unwrap_or(i64::MAX));
    // A room that is shown as a whole has as many messages as are shown.
    let shows = counted.or_else(|| shown.is_whole().then(|| shown.len()));
    let times = list.iter().map(|it| it.send_time.max(it.update_time));
    let newest = times.max();
    let behind = match shows {
        Some(shows) => shows < listed,
        // Without a count, only the time of the list says whether something newer is to be seen. It
        // also moves for other reasons than messages.
        None => newest < Some(updated),
    };
    let lagging = if behind { room.lagging.saturating_add(1) } else { 0 };
    if lagging > 0 && lagging < LAGS {
        return Looked { seen: None, counted, lagging };
    }
    let newest = newest.map_or(updated, |it| it.max(updated));
    let settled = newest.0.saturating_add(SETTLE) <= at.0;
    let counted = match behind {
        // The list and the room do not agree, so the count says nothing of what comes between this
        // look and the next one. If the plan hides everything, the old count still says how many came
        // since the newest stored message.
        true => counted.filter(|_| list.is_empty() && shown.limited),
        // A list that is older than what is stored counts less.
        false if shown.unreadable.is_empty() => counted.max(Some(listed)),
        false => counted,
    };
    Looked { seen: settled.then_some((newest.0, listed)), counted, lagging: 0 }
}
