-- KEYS[1]  the lock of a grant: the name of its holder, until it expires.
-- ARGV     the name, and how many milliseconds it holds.

if redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then return 1 end
if redis.call('GET', KEYS[1]) == ARGV[1] then return 1 end
return 0
