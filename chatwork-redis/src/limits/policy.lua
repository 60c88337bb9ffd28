-- The policy of `chatwork_sdk::limits::policy`, line by line. A change there is a change here; the
-- contract test compares both with random histories.
--
-- KEYS[1]  a hash with the state of one account. The fields:
--          version   the version of this form
--          account   limit remaining unreported unreported_at began ends probe reset expired
--                    guesses latest now next_deadline sweep_at leases rooms
--          l<id>     a lease: granted deadline room
--          r<id>     a room: in_flight probe refused_until, then when posts were answered
-- ARGV     the version, the time or '' for the server's clock, the rules, then the events.
--
-- Ids of rooms and leases stay texts: a number of Lua is exact up to 2^53 only. `-` is no value.

local KEY = KEYS[1]
local VERSION = ARGV[1]
local CLOCK_TICK = 1000
local MANY_ROOMS = 1024
local APART = 2
local REFUSED_WINDOWS = 6
-- Milliseconds after which a state that is not used is removed.
local IDLE = 86400000
-- Arguments of one command: a call of Lua takes a few thousand.
local CHUNK = 1000
local NEVER = math.huge

local function number(text)
  if text == '-' or text == nil then return nil end
  return tonumber(text)
end

local function word(value)
  if value == nil or value == NEVER then return '-' end
  if value == true then return '1' end
  if value == false then return '0' end
  return string.format('%.0f', value)
end

local function words(text)
  local list = {}
  for part in string.gmatch(text, '%S+') do list[#list + 1] = part end
  return list
end

local time = redis.call('TIME')
local clock = number(ARGV[2]) or (time[1] * 1000 + math.floor(time[2] / 1000))
local rules = {
  account_requests = tonumber(ARGV[3]),
  account_window = tonumber(ARGV[4]),
  account_margin = tonumber(ARGV[5]),
  room_posts = tonumber(ARGV[6]),
  room_window = tonumber(ARGV[7]),
  room_margin = tonumber(ARGV[8]),
  probe_patience = tonumber(ARGV[9]),
}
local room_memory = rules.room_window + rules.room_margin
local FIRST_EVENT = 10

-- The state: loaded as far as it is needed, written as far as it changed.

local head = redis.call('HMGET', KEY, 'version', 'account')
if head[1] and head[1] ~= VERSION then
  return redis.error_reply('CWVERSION ' .. string.gsub(string.sub(head[1], 1, 20), '%W', '?'))
end

local function read_account(text)
  local known = words(text)
  local account = {
    limit = number(known[1]), remaining = number(known[2]),
    unreported = number(known[3]), unreported_at = number(known[4]),
    began = number(known[5]), ends = number(known[6]), probe = number(known[7]),
    reset = number(known[8]), expired = known[9] == '1', guesses = number(known[10]),
    latest = number(known[11]), now = number(known[12]),
    next_deadline = number(known[13]) or NEVER, sweep_at = number(known[14]),
    leases = number(known[15]), rooms = number(known[16]),
  }
  return account.rooms and account
end

local state = head[1] and head[2] and read_account(head[2])
local is_new = not state
if is_new then
  state = {
    limit = rules.account_requests, remaining = rules.account_requests,
    unreported = 0, unreported_at = 0, expired = false, guesses = 0,
    latest = 0, now = 0, next_deadline = NEVER, sweep_at = MANY_ROOMS,
    leases = 0, rooms = 0,
  }
  -- A state that was cut. DEL of no key would count as the first write, and let the next one through
  -- on a full server.
  if redis.call('EXISTS', KEY) == 1 then redis.call('DEL', KEY) end
end

-- Texts as they are stored, by field; `false` for a field that does not exist.
local stored = {}
-- What the fields are now; `false` for one that is removed.
local leases, rooms = {}, {}
local all_loaded = is_new

local function read_lease(text)
  local part = words(text)
  return { granted = number(part[1]), deadline = number(part[2]), room = part[3] }
end

local function read_room(text)
  local part = words(text)
  local room = {
    in_flight = number(part[1]), probe = number(part[2]), refused_until = number(part[3]),
    answered = {},
  }
  for place = 4, #part do room.answered[place - 3] = number(part[place]) end
  return room
end

local function keep(field, text)
  if stored[field] ~= nil then return end
  stored[field] = text
  local id = string.sub(field, 2)
  if string.sub(field, 1, 1) == 'l' then
    leases[id] = text and read_lease(text)
  else
    rooms[id] = text and read_room(text)
  end
end

local function load(field)
  if stored[field] ~= nil then return end
  keep(field, not all_loaded and redis.call('HGET', KEY, field))
end

local function load_all()
  if all_loaded then return end
  local fields = redis.call('HGETALL', KEY)
  for place = 1, #fields, 2 do
    local field = fields[place]
    if field ~= 'version' and field ~= 'account' then keep(field, fields[place + 1]) end
  end
  all_loaded = true
end

local function lease_of(id)
  load('l' .. id)
  return leases[id]
end

local function room_of(id)
  load('r' .. id)
  return rooms[id]
end

local function room_or_new(id)
  local room = room_of(id)
  if not room then
    room = { in_flight = 0, answered = {} }
    rooms[id] = room
    state.rooms = state.rooms + 1
  end
  return room
end

local function text_of_room(room)
  local part = { word(room.in_flight), word(room.probe), word(room.refused_until) }
  for _, at in ipairs(room.answered) do part[#part + 1] = word(at) end
  return table.concat(part, ' ')
end

local function text_of_lease(lease)
  return word(lease.granted) .. ' ' .. word(lease.deadline) .. ' ' .. lease.room
end

local function call_in_chunks(command, arguments)
  for first = 1, #arguments, CHUNK do
    local last = math.min(first + CHUNK - 1, #arguments)
    redis.call(command, KEY, unpack(arguments, first, last))
  end
end

-- Writes the state. The first write is the one that a full server refuses, so it refuses all.
local function save(hold)
  local set = {
    'version', VERSION,
    'account', table.concat({
      word(state.limit), word(state.remaining), word(state.unreported),
      word(state.unreported_at), word(state.began), word(state.ends), word(state.probe),
      word(state.reset), word(state.expired), word(state.guesses), word(state.latest),
      word(state.now), word(state.next_deadline), word(state.sweep_at), word(state.leases),
      word(state.rooms),
    }, ' '),
  }
  local removed = {}
  local function differ(prefix, things, text_of)
    for id, thing in pairs(things) do
      local field = prefix .. id
      local text = thing and text_of(thing)
      if text and text ~= stored[field] then
        set[#set + 1] = field
        set[#set + 1] = text
      elseif not text and stored[field] then
        removed[#removed + 1] = field
      end
    end
  end
  differ('l', leases, text_of_lease)
  differ('r', rooms, text_of_room)
  call_in_chunks('HSET', set)
  call_in_chunks('HDEL', removed)
  if is_new then
    redis.call('PEXPIRE', KEY, word(IDLE + hold))
  else
    redis.call('PEXPIRE', KEY, word(IDLE + hold), 'GT')
  end
end

-- policy/account.rs

local function left()
  return math.max(state.remaining - state.unreported, 0)
end

local function reset_if_elapsed(now)
  local ends = state.ends
  if ends and ends <= now then
    if left() == 0 then state.probe = now end
    state.unreported = 0
    state.began, state.ends = ends, nil
    state.expired = true
    state.remaining = state.limit
  end
end

local function account_has_capacity(now)
  reset_if_elapsed(now)
  return left() > state.leases and (not state.probe or state.probe <= now)
end

local function count(now)
  state.unreported = state.unreported + 1
  state.unreported_at = math.max(state.unreported_at, now)
  state.ends = state.ends or (now + rules.account_window + rules.account_margin)
end

local function is_older(sent)
  return state.began ~= nil and sent < state.began
end

local function is_same(one, other)
  return math.abs(one - other) <= APART
end

local function is_new_window(report)
  if not state.reset then return true end
  local is_next = report.reset > state.reset
  local is_earlier = state.expired and report.reset_in > 0
  return not is_same(state.reset, report.reset) and (is_next or is_earlier)
end

local function update(report, refused, sent, now)
  state.limit = math.max(report.limit, 1)
  local ends = now + report.reset_in + rules.account_margin
  local includes_all = sent > state.unreported_at
  if is_new_window(report) then
    state.reset = report.reset
    state.expired = false
    state.remaining = report.remaining
    state.began, state.ends = sent, ends
    if includes_all then state.unreported = 0 end
    return true
  end
  local same = state.reset ~= nil and is_same(state.reset, report.reset)
  if same and state.expired and report.reset_in > 0 and not is_older(sent) then
    state.expired = false
    state.remaining = report.remaining
    state.began, state.ends = sent, ends
    if includes_all then state.unreported = 0 end
    return true
  end
  local current = same and not state.expired
  if current then
    state.remaining = math.min(state.remaining, report.remaining)
    if state.ends then state.ends = math.min(state.ends, ends) end
    if includes_all then state.unreported = 0 end
  end
  local adopts = report.remaining == 0 and not state.ends
  return current or (refused and same and state.expired and not is_older(sent) and adopts)
end

local function exhaust(outcome, now)
  state.remaining = 0
  local wait = outcome.wait
  if outcome.source == 'guess' then
    wait = wait * 2 ^ math.min(state.guesses, 6)
    state.guesses = state.guesses + 1
  end
  local untill = now + wait
  if not outcome.account and outcome.source == 'retry_after' then
    state.ends = state.ends and math.min(state.ends, untill) or untill
  else
    state.ends = state.ends or untill
  end
end

local function complete_account(outcome, sent, now)
  reset_if_elapsed(now)
  if outcome.unsent and state.probe then state.probe = math.min(state.probe, now) end
  if outcome.answered and not is_older(sent) then state.probe = nil end
  if outcome.answered and not outcome.refused then state.guesses = 0 end
  local refused = outcome.refused == 'account'
  local current
  if outcome.account then
    current = update(outcome.account, refused, sent, now)
  else
    current = not is_older(sent)
  end
  local counted = not outcome.refused and not outcome.unsent
  if counted and (not outcome.account or (not current and not is_older(sent))) then
    count(now)
  end
  local empty = not outcome.account or outcome.account.remaining == 0
  if refused and current and empty then exhaust(outcome, now) end
end

local function lose(deadline)
  reset_if_elapsed(deadline)
  count(deadline)
end

-- policy/room.rs

local function is_full(room)
  return room.in_flight + #room.answered >= rules.room_posts
end

local function forget(room, now)
  while room.answered[1] and room.answered[1] + room_memory <= now do
    table.remove(room.answered, 1)
  end
  if room.probe and room.probe + REFUSED_WINDOWS * rules.room_window <= now then
    room.probe, room.refused_until = nil, nil
  end
end

local function room_has_capacity(room, now)
  forget(room, now)
  return not is_full(room) and (not room.probe or room.probe <= now)
end

local function next_of_room(room)
  if not is_full(room) then return room.probe end
  if not room.answered[1] then return nil end
  local freed = room.answered[1] + room_memory
  return room.probe and math.max(room.probe, freed) or freed
end

local function stamp(room, at)
  local place = 1
  while room.answered[place] and room.answered[place] <= at do place = place + 1 end
  table.insert(room.answered, place, at)
  if #room.answered > rules.room_posts then table.remove(room.answered, 1) end
end

local function release(id)
  local room = id ~= '-' and room_of(id)
  if room then room.in_flight = math.max(room.in_flight - 1, 0) end
end

local function complete_room(room, outcome, sent, now)
  if outcome.unsent and room.probe then
    room.probe = math.min(room.probe, math.max(room.refused_until or now, now))
  end
  if outcome.refused == 'room' then
    local untill = now + outcome.wait + rules.room_margin
    room.refused_until = math.max(room.refused_until or untill, untill)
    room.probe = room.refused_until
    return
  end
  if not outcome.refused and outcome.answered
    and (not room.refused_until or room.refused_until <= sent) then
    room.probe = nil
  end
  if not outcome.refused and not outcome.unsent then stamp(room, now) end
end

local function is_idle(room, now)
  forget(room, now)
  return room.in_flight == 0 and #room.answered == 0 and not room.probe
end

-- policy/mod.rs

local function remove_lease(id)
  leases[id] = false
  state.leases = state.leases - 1
end

local function expire()
  load_all()
  local ended = {}
  state.next_deadline = NEVER
  for id, lease in pairs(leases) do
    if lease and lease.deadline > state.now then
      state.next_deadline = math.min(state.next_deadline, lease.deadline)
    elseif lease then
      ended[#ended + 1] = id
    end
  end
  -- Ids are numbers without leading zeros.
  table.sort(ended, function(one, other)
    if #one ~= #other then return #one < #other end
    return one < other
  end)
  for _, id in ipairs(ended) do
    local lease = leases[id]
    lose(lease.deadline)
    local room = lease.room ~= '-' and room_of(lease.room)
    if room then
      release(lease.room)
      stamp(room, lease.deadline)
    end
    remove_lease(id)
  end
end

local function move_back(by)
  load_all()
  local function back(of, name)
    if of[name] and of[name] ~= NEVER then of[name] = math.max(of[name] - by, 0) end
  end
  back(state, 'began')
  back(state, 'ends')
  back(state, 'probe')
  back(state, 'unreported_at')
  for _, room in pairs(rooms) do
    if room then
      for place = 1, #room.answered do back(room.answered, place) end
      back(room, 'probe')
      back(room, 'refused_until')
    end
  end
  for _, lease in pairs(leases) do
    if lease then
      back(lease, 'granted')
      back(lease, 'deadline')
    end
  end
  back(state, 'next_deadline')
end

local function advance()
  local by = state.now - clock
  if by > CLOCK_TICK then
    move_back(by)
    state.now = clock
  end
  state.now = math.max(state.now, clock)
  if state.next_deadline <= state.now then expire() end
  return state.now
end

local function sweep(now)
  load_all()
  for id, room in pairs(rooms) do
    if room and is_idle(room, now) then
      rooms[id] = false
      state.rooms = state.rooms - 1
    end
  end
  state.sweep_at = math.max(MANY_ROOMS, 2 * state.rooms)
end
