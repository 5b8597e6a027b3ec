-- Puts something into a queue, unless it is full. What is there already stays as it is.
-- KEYS: the times, the values. ARGV: the name, the time in milliseconds, the value, how many may wait, how long all live.
-- Gives 1 if it is there, else 0.
if not redis.call('ZSCORE', KEYS[1], ARGV[1]) then
  if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[4]) then return 0 end
  redis.call('ZADD', KEYS[1], ARGV[2], ARGV[1])
  redis.call('HSET', KEYS[2], ARGV[1], ARGV[3])
end
redis.call('PEXPIRE', KEYS[1], ARGV[5])
redis.call('PEXPIRE', KEYS[2], ARGV[5])
return 1
