-- Gives a session, which lives on; nothing if its person's sessions were ended after it began.
-- KEYS: the session. ARGV: its life, what the names of marks begin with.
local kept = redis.call('GETEX', KEYS[1], 'PX', ARGV[1])
if not kept then return false end
local since, group, value = string.match(kept, '^(%d+) (%x+) (.*)$')
local before = redis.call('GET', ARGV[2] .. group)
if before and tonumber(since) < tonumber(before) then
  redis.call('DEL', KEYS[1])
  return false
end
return value
