-- Gives what is kept in a place that nobody holds, after putting something there if nothing was; an empty text if nothing
-- is. KEYS: the lease, the value. ARGV: what to put there, or an empty text; how long it lives.
if redis.call('EXISTS', KEYS[1]) == 1 then return false end
local kept = redis.call('GETEX', KEYS[2], 'PX', ARGV[2])
if kept then return kept end
if ARGV[1] ~= '' then redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[2]) end
return ARGV[1]
