-- The schema of an archive, version 3. SCHEMA.md is made from this file and those before it.

-- The order of search results, with all columns that filters need: the newest matches of a common
-- word are found without those behind them.
CREATE INDEX messages_in_order
  ON messages (send_time, place, id, room_id, account_id, status);

-- What is removed on purpose is found by what it belongs to.
CREATE INDEX tasks_by_message ON tasks (room_id, message_id);
CREATE INDEX members_by_account ON members (account_id);
