-- Prolongs a lease that is still the holder's.
-- KEYS: the lease. ARGV: the holder, how long.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])
