-- KEYS[1]  the lock of a grant.
-- ARGV     the name of a holder. The lock of another one is left as it is.

if redis.call('HGET', KEYS[1], 'holder') == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0
