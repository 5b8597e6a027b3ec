-- Takes something out of a queue.
-- KEYS: the times, the values. ARGV: the name.
redis.call('ZREM', KEYS[1], ARGV[1])
redis.call('HDEL', KEYS[2], ARGV[1])
