-- Puts another value into a session that is there; since when, and whose it is, stays.
-- KEYS: the session. ARGV: the value, its life.
local kept = redis.call('GET', KEYS[1])
if not kept then return 0 end
local head = string.match(kept, '^%d+ %x+ ')
redis.call('SET', KEYS[1], head .. ARGV[1], 'PX', ARGV[2])
return 1
