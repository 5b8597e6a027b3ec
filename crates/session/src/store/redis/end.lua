-- Marks that a person's sessions were ended; a later mark stays.
-- KEYS: the mark. ARGV: before when they began, how long the mark lives.
local before = redis.call('GET', KEYS[1])
if before and tonumber(before) > tonumber(ARGV[1]) then return end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
