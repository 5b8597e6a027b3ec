-- Takes a place for a holder, unless another one has it.
-- KEYS: the lease, the value. ARGV: the holder, how long the lease and the value live.
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return { 0, false } end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return { 1, redis.call('GETEX', KEYS[2], 'PX', ARGV[3]) }
