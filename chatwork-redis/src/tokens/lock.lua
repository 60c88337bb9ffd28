-- KEYS[1]  the lock of a grant: a hash with its holder, until it expires.
-- ARGV     the name, and how many milliseconds it holds.
-- A hash, since a user or a server that refuses it would refuse to save the grant, too. It is better to
-- know that before a refresh token is spent.

if redis.call('HGET', KEYS[1], 'holder') == ARGV[1] then return 1 end
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
redis.call('HSET', KEYS[1], 'holder', ARGV[1])
local set = redis.pcall('PEXPIRE', KEYS[1], ARGV[2])
if type(set) == 'table' and set.err then
  -- What a script has written stays if it fails: this lock would never end.
  redis.call('DEL', KEYS[1])
  return set
end
return 1
