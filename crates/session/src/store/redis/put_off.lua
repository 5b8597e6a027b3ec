-- Puts off what was claimed until a time, if it is due at that time still.
-- KEYS: the times. ARGV: the name, the time of the claim, the new time.
local due = redis.call('ZSCORE', KEYS[1], ARGV[1])
if not due or tonumber(due) ~= tonumber(ARGV[2]) then return 0 end
redis.call('ZADD', KEYS[1], 'XX', ARGV[3], ARGV[1])
return 1
