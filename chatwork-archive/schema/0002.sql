-- The schema of an archive, version 2. SCHEMA.md is made from this file and those before it.

DROP VIEW coverage;
ALTER TABLE gaps RENAME TO gaps_1;
DROP INDEX gaps_by_room;

-- Messages that the archive does not have. They lie after `after_*` and before `before_*`. NULL in
-- `after_*` is the beginning of the room. NULL in `before_*`: no message behind them is known.
-- `missing` is how many they are by the room's counts, NULL if unknown.
-- `reason`: `too_many`: more than 100 came between two looks; `before_first_look`: they are older
-- than the 100 of the first look; `plan`: the plan hides them; `unreadable`: the API listed them,
-- and they could not be read.
CREATE TABLE gaps (
  gap_id INTEGER PRIMARY KEY,
  room_id INTEGER NOT NULL REFERENCES rooms (room_id),
  reason TEXT NOT NULL
    CHECK (reason IN ('too_many', 'before_first_look', 'plan', 'unreadable')),
  after_time INTEGER,
  after_message TEXT,
  before_time INTEGER,
  before_message TEXT,
  missing INTEGER,
  found_at INTEGER NOT NULL
) STRICT;

INSERT INTO gaps SELECT * FROM gaps_1;
DROP TABLE gaps_1;
CREATE INDEX gaps_by_room ON gaps (room_id, before_time);

-- 1 if the members were listed since the last look that showed something new.
ALTER TABLE rooms ADD COLUMN seen_members INTEGER;

-- How far back each room goes without a gap, and what is lost.
CREATE VIEW coverage AS
SELECT
  r.room_id,
  r.name AS room,
  (SELECT count(*) FROM messages m WHERE m.room_id = r.room_id) AS messages,
  r.message_num,
  (SELECT datetime(s.first_time, 'unixepoch') FROM spans s WHERE s.room_id = r.room_id
    ORDER BY s.last_time DESC LIMIT 1) AS complete_since,
  coalesce((SELECT s.begins FROM spans s WHERE s.room_id = r.room_id
    ORDER BY s.last_time DESC LIMIT 1), 0) AS from_the_beginning,
  (SELECT count(*) FROM gaps g WHERE g.room_id = r.room_id) AS gaps,
  (SELECT sum(g.missing) FROM gaps g WHERE g.room_id = r.room_id) AS missing,
  datetime(r.looked_at, 'unixepoch') AS looked_at,
  r.left_at IS NOT NULL AS was_left
FROM rooms r;
