-- Takes hold of what is due first: it is due again later.
-- KEYS: the times, the values. ARGV: the time now, the time at which it is due again.
-- Gives how many wait, and the name and the value of what was taken, if anything is due.
local waiting = redis.call('ZCARD', KEYS[1])
local name = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, 1)[1]
if not name then return { waiting, false, false } end
redis.call('ZADD', KEYS[1], 'XX', ARGV[2], name)
return { waiting, name, redis.call('HGET', KEYS[2], name) }
