-- KEYS[1]  a hash with one grant: version, generation, grant.
-- ARGV     the version, `always` or `unchanged`, the generation that may be replaced, the new one,
--          the grant.
-- A save that runs twice, since the connection was lost, is one save.

local KEY = KEYS[1]
local head = redis.call('HMGET', KEY, 'version', 'generation')
if head[1] and head[1] ~= ARGV[1] then
  return redis.error_reply('CWVERSION ' .. string.gsub(string.sub(head[1], 1, 20), '%W', '?'))
end
if head[2] == ARGV[4] then return 1 end
if ARGV[2] ~= 'always' and head[2] ~= ARGV[3] then return 0 end
redis.call('HSET', KEY, 'version', ARGV[1], 'generation', ARGV[4], 'grant', ARGV[5])
return 1
