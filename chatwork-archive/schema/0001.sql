-- The schema of an archive, version 1. SCHEMA.md is made from this file.

-- What the archive says of itself: one row for each name. `account_id` is the account that the
-- archive belongs to; `created` is when it was made; `watch_listed` is when the rooms were last listed;
-- `files_since` is from when on files are new; `erasing` is there while text that was to be forgotten may
-- still be in the file.
CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Every account that was seen as an author, a member or in a task, with its latest name.
CREATE TABLE accounts (
  account_id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  avatar_url TEXT NOT NULL,
  first_seen INTEGER NOT NULL,
  last_seen INTEGER NOT NULL
) STRICT;

-- Every room that was listed. A room that the account left stays, with `left_at`.
CREATE TABLE rooms (
  room_id INTEGER PRIMARY KEY,
  type TEXT NOT NULL,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  icon_url TEXT NOT NULL,
  -- The numbers of the latest list of rooms.
  last_update_time INTEGER NOT NULL,
  message_num INTEGER NOT NULL,
  file_num INTEGER NOT NULL,
  task_num INTEGER NOT NULL,
  first_seen INTEGER NOT NULL,
  listed_at INTEGER NOT NULL,
  left_at INTEGER,
  looked_at INTEGER,
  -- `last_update_time` and `message_num` at a look after which nothing was left to see; NULL if the
  -- room is to be looked at again.
  seen_update_time INTEGER,
  seen_message_num INTEGER,
  -- How many messages the room had when the newest stored one was the newest; NULL if unknown.
  counted INTEGER,
  -- How many looks in a row showed fewer messages than the list of rooms counted.
  lagging INTEGER NOT NULL DEFAULT 0,
  -- Whether the last look said that the plan hides older messages.
  limited INTEGER NOT NULL DEFAULT 0,
  -- `file_num` and `task_num` when files and tasks were last listed.
  seen_file_num INTEGER,
  seen_task_num INTEGER,
  -- What the watch of the SDK remembers of the room, as JSON. Holds no text.
  watch TEXT
) STRICT;

-- One run of a program that wrote to the archive. `error` holds no text of a message.
CREATE TABLE runs (
  run_id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('sync', 'follow')),
  started INTEGER NOT NULL,
  ended INTEGER,
  rooms_listed INTEGER NOT NULL DEFAULT 0,
  rooms_looked INTEGER NOT NULL DEFAULT 0,
  created INTEGER NOT NULL DEFAULT 0,
  edited INTEGER NOT NULL DEFAULT 0,
  deleted INTEGER NOT NULL DEFAULT 0,
  vanished INTEGER NOT NULL DEFAULT 0,
  gaps INTEGER NOT NULL DEFAULT 0,
  error TEXT
) STRICT;

-- Every message. `body` is the text as it came, with tags; `plain` is what a person reads.
-- The order in a room is `send_time`, then `place`: the order in which the API lists messages of
-- one second.
-- `status`: `present`; `deleted`: the API shows `[deleted]`, and the text before is in `revisions`;
-- `vanished`: the API no longer shows the message among those around it, and says no reason.
CREATE TABLE messages (
  id INTEGER PRIMARY KEY,
  room_id INTEGER NOT NULL REFERENCES rooms (room_id),
  message_id TEXT NOT NULL,
  account_id INTEGER NOT NULL REFERENCES accounts (account_id),
  send_time INTEGER NOT NULL,
  place INTEGER NOT NULL,
  update_time INTEGER NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('present', 'deleted', 'vanished')),
  status_since INTEGER,
  first_seen INTEGER NOT NULL,
  run_id INTEGER NOT NULL,
  source TEXT NOT NULL CHECK (source IN ('sync', 'follow')),
  body TEXT NOT NULL,
  plain TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX messages_by_message ON messages (room_id, message_id);
CREATE INDEX messages_by_time ON messages (room_id, send_time, place);
CREATE INDEX messages_by_account ON messages (account_id, send_time);
-- Has all columns that filters and the order of search results need, in a small part of the space.
CREATE INDEX messages_for_search ON messages (id, send_time, place, room_id, account_id, status);

-- The text of a message before an edit or a deletion. `update_time` is that of the old text,
-- `replaced_at` is when the archive saw the new one.
CREATE TABLE revisions (
  revision_id INTEGER PRIMARY KEY,
  id INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
  cause TEXT NOT NULL CHECK (cause IN ('edit', 'deletion')),
  update_time INTEGER NOT NULL,
  replaced_at INTEGER NOT NULL,
  body TEXT NOT NULL,
  plain TEXT NOT NULL
) STRICT;

CREATE INDEX revisions_by_message ON revisions (id);

-- What the tags of a message name. `to`: `account_id`. `toall`: nothing more. `reply`:
-- `account_id`, and `room_id` and `target` (a message id) if the tag has them. `quote`:
-- `account_id` and `time`, if the tag has them. `file`: `target` (a file id). `task`: an assignee.
CREATE TABLE relations (
  id INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('to', 'toall', 'reply', 'quote', 'file', 'task')),
  account_id INTEGER,
  room_id INTEGER,
  target TEXT,
  time INTEGER
) STRICT;

CREATE INDEX relations_by_message ON relations (id);
CREATE INDEX relations_by_account ON relations (account_id, kind) WHERE account_id IS NOT NULL;
CREATE INDEX relations_by_target ON relations (target, kind) WHERE target IS NOT NULL;

-- Stretches of a room that are proven complete: every message between the first and the last one
-- was seen. `begins` is 1 if the first one is the first message of the room.
CREATE TABLE spans (
  span_id INTEGER PRIMARY KEY,
  room_id INTEGER NOT NULL REFERENCES rooms (room_id),
  first_time INTEGER NOT NULL,
  first_message TEXT NOT NULL,
  last_time INTEGER NOT NULL,
  last_message TEXT NOT NULL,
  begins INTEGER NOT NULL CHECK (begins IN (0, 1)),
  proven_at INTEGER NOT NULL
) STRICT;

CREATE INDEX spans_by_room ON spans (room_id, last_time);

-- Messages that the archive does not have. They lie after `after_*` and before `before_*`; NULL is
-- the beginning of the room. `missing` is how many they are by the room's counts, NULL if unknown.
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
  before_time INTEGER NOT NULL,
  before_message TEXT NOT NULL,
  missing INTEGER,
  found_at INTEGER NOT NULL
) STRICT;

CREATE INDEX gaps_by_room ON gaps (room_id, before_time);

-- Files, by the list of files of a room or by a tag of a message. `state`: `listed`: known, not
-- wanted; `wanted`: to be fetched; `stored`: in the folder of files, by its hash; `too_large`;
-- `failed`: to be tried again, with the reason; `gone`: the API says that there is no such file, or
-- with the reason `forgotten`: it is of what was removed on purpose, and a message names it.
CREATE TABLE files (
  room_id INTEGER NOT NULL REFERENCES rooms (room_id),
  file_id INTEGER NOT NULL,
  message_id TEXT,
  account_id INTEGER,
  name TEXT NOT NULL,
  size INTEGER,
  upload_time INTEGER,
  first_seen INTEGER NOT NULL,
  state TEXT NOT NULL
    CHECK (state IN ('listed', 'wanted', 'stored', 'too_large', 'failed', 'gone')),
  reason TEXT,
  attempts INTEGER NOT NULL DEFAULT 0,
  tried_at INTEGER,
  sha256 TEXT,
  PRIMARY KEY (room_id, file_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX files_by_message ON files (room_id, message_id);
CREATE INDEX files_by_hash ON files (sha256) WHERE sha256 IS NOT NULL;

-- Tasks of rooms, as last listed.
CREATE TABLE tasks (
  room_id INTEGER NOT NULL REFERENCES rooms (room_id),
  task_id INTEGER NOT NULL,
  account_id INTEGER NOT NULL,
  assigned_by INTEGER NOT NULL,
  message_id TEXT NOT NULL,
  body TEXT NOT NULL,
  limit_time INTEGER NOT NULL,
  limit_type TEXT NOT NULL,
  status TEXT NOT NULL,
  first_seen INTEGER NOT NULL,
  last_seen INTEGER NOT NULL,
  PRIMARY KEY (room_id, task_id)
) STRICT, WITHOUT ROWID;

-- Members of rooms, as last listed. A member that is no longer listed stays, with `left_at`.
CREATE TABLE members (
  room_id INTEGER NOT NULL REFERENCES rooms (room_id),
  account_id INTEGER NOT NULL REFERENCES accounts (account_id),
  role TEXT NOT NULL,
  first_seen INTEGER NOT NULL,
  left_at INTEGER,
  PRIMARY KEY (room_id, account_id)
) STRICT, WITHOUT ROWID;

-- What was removed on purpose, so that no later run stores it again. NULL in `room_id` is every
-- room, NULL in `account_id` every account, NULL in `message_id` every message; `before` limits a
-- row to messages sent before that time. Holds no text.
CREATE TABLE tombstones (
  tombstone_id INTEGER PRIMARY KEY,
  cause TEXT NOT NULL CHECK (cause IN ('forget', 'retention')),
  room_id INTEGER,
  account_id INTEGER,
  message_id TEXT,
  before INTEGER,
  made_at INTEGER NOT NULL
) STRICT;

-- The search index: overlapping pairs of characters as hexadecimal words. Holds no readable text.
-- The rowid is `messages.id` for a text as it is now, and minus `revisions.revision_id` for an
-- earlier one. Only programs with SQLite 3.43 or later and FTS5 can read this table.
CREATE VIRTUAL TABLE search_index USING fts5 (
  pairs, content = '', contentless_delete = 1, tokenize = 'ascii'
);

-- Messages with names and readable times (UTC). `last_text` is the text before the deletion of a
-- deleted message.
CREATE VIEW readable_messages AS
SELECT
  m.room_id,
  r.name AS room,
  m.message_id,
  m.account_id,
  a.name AS sender,
  datetime(m.send_time, 'unixepoch') AS sent,
  CASE WHEN m.update_time > 0 THEN datetime(m.update_time, 'unixepoch') END AS edited,
  m.status,
  m.plain AS text,
  CASE
    WHEN m.status = 'deleted' THEN (
      SELECT v.plain FROM revisions v WHERE v.id = m.id ORDER BY v.revision_id DESC LIMIT 1
    )
    ELSE m.plain
  END AS last_text,
  (SELECT count(*) FROM revisions v WHERE v.id = m.id) AS revisions
FROM messages m
JOIN rooms r USING (room_id)
JOIN accounts a ON a.account_id = m.account_id
ORDER BY m.room_id, m.send_time, m.place;

-- Every text before an edit or a deletion, with what replaced it.
CREATE VIEW readable_revisions AS
SELECT
  m.room_id,
  m.message_id,
  a.name AS sender,
  v.cause,
  datetime(v.replaced_at, 'unixepoch') AS seen_replaced,
  v.plain AS text_before,
  m.plain AS text_now
FROM revisions v
JOIN messages m USING (id)
JOIN accounts a ON a.account_id = m.account_id
ORDER BY v.revision_id;

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

-- Replies, each with the message that it answers, as far as the archive has it.
CREATE VIEW replies AS
SELECT
  m.room_id,
  m.message_id,
  x.room_id AS answered_room_id,
  x.target AS answered_message_id,
  q.plain AS answered_text,
  m.plain AS text
FROM relations x
JOIN messages m USING (id)
LEFT JOIN messages q ON q.room_id = x.room_id AND q.message_id = x.target
WHERE x.kind = 'reply';
