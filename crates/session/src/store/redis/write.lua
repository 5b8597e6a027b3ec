-- Puts a value into a place whose lease is still the holder's.
-- KEYS: the lease, the value. ARGV: the holder, the value, how long it lives.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[2], ARGV[2], 'PX', ARGV[3])
return 1
