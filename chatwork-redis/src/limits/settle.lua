
-- Events, ten arguments each: the lease or 0, its room or `-`, when it was granted; `unsent` or `-`;
-- `answered` or `-`; the report as `limit remaining reset reset_in` or `-`; the limit that refused
-- (`account`, `room` or `-`), the wait, where the wait comes from (`window`, `retry_after`,
-- `guess`), and `;`.

local function report_of(text)
  if text == '-' then return nil end
  local part = words(text)
  return {
    limit = number(part[1]), remaining = number(part[2]), reset = number(part[3]),
    reset_in = number(part[4]),
  }
end

local function settle(id, room, granted, outcome)
  local now = advance()
  local held = lease_of(id)
  if held and held.room ~= room then held = nil end
  if held then
    remove_lease(id)
    release(room)
  end
  if outcome.unsent and not held then return end
  local sent = held and held.granted or granted
  complete_account(outcome, sent, now)
  if room ~= '-' then complete_room(room_or_new(room), outcome, sent, now) end
  if state.rooms >= state.sweep_at then sweep(now) end
end

for place = FIRST_EVENT, #ARGV, 10 do
  local refused = ARGV[place + 6]
  settle(ARGV[place], ARGV[place + 1], tonumber(ARGV[place + 2]), {
    unsent = ARGV[place + 3] ~= '-',
    answered = ARGV[place + 4] ~= '-',
    account = report_of(ARGV[place + 5]),
    refused = refused ~= '-' and refused or nil,
    wait = number(ARGV[place + 7]),
    source = ARGV[place + 8],
  })
end
save(0)
return 'OK'
