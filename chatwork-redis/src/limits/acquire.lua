
-- Events: a room or `-`, and how long the lease lasts. Answers with one list for each:
-- { 'go', id, granted } or { 'wait', limit, milliseconds or '-', exhausted, crowded }.

local function wait_for(limit, untill, exhausted, crowded)
  return {
    'wait', limit, untill and word(math.max(untill - clock, 0)) or '-', word(exhausted),
    word(crowded),
  }
end

local function check(now, id)
  if not account_has_capacity(now) then
    local at = state.ends
    if left() > state.leases then at = state.probe end
    return wait_for('account', at, left() == 0, true)
  end
  local room = id ~= '-' and room_of(id)
  if not room or room_has_capacity(room, now) then return nil end
  return wait_for('room', next_of_room(room), room.in_flight == 0, room.probe ~= nil)
end

local function acquire(id, hold)
  local now = advance()
  local refusal = check(now, id)
  if refusal then return refusal end
  if state.probe then state.probe = now + rules.probe_patience end
  if id ~= '-' then
    local room = room_or_new(id)
    room.in_flight = room.in_flight + 1
    if room.probe then room.probe = now + rules.probe_patience end
  end
  state.latest = math.max(now * 1000, state.latest + 1)
  local deadline = now + hold
  state.next_deadline = math.min(state.next_deadline, deadline)
  local lease = word(state.latest)
  stored['l' .. lease] = stored['l' .. lease] or false
  leases[lease] = { granted = now, deadline = deadline, room = id }
  state.leases = state.leases + 1
  return { 'go', lease, word(now) }
end

local answers = {}
local longest = 0
for place = FIRST_EVENT, #ARGV, 2 do
  local hold = tonumber(ARGV[place + 1])
  longest = math.max(longest, hold)
  answers[#answers + 1] = acquire(ARGV[place], hold)
end
save(longest)
return answers
