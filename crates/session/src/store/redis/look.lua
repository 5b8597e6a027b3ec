-- Gives what is kept in a place that nobody holds, after putting something there if nothing was.
-- KEYS: the lease, the value. ARGV: what to put there, how long it lives.
if redis.call('EXISTS', KEYS[1]) == 1 then return false end
local kept = redis.call('GETEX', KEYS[2], 'PX', ARGV[2])
if kept then return kept end
redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[2])
return ARGV[1]
