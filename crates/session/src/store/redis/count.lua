-- Tells how full windows are. With a name to count under, counts it in all of them, or in none if one is full.
-- KEYS: the places. ARGV: the time, how long counts are kept, the name or nothing; then for each window the number of
-- its place, its span, its limit. All times in milliseconds.
-- Gives 1 if it was counted, else 0; then for each window how often, and the time that one more has to wait for or -1.
local now, name = tonumber(ARGV[1]), ARGV[3]
local answer, is_full = { 0 }, false

if name ~= '' and KEYS[1] and redis.call('ZSCORE', KEYS[1], name) then return { 1 } end

for i = 4, #ARGV, 3 do
  local place, span, limit = KEYS[tonumber(ARGV[i])], tonumber(ARGV[i + 1]), tonumber(ARGV[i + 2])
  local within = redis.call('ZCOUNT', place, string.format('(%.0f', now - span), '+inf')
  local blocked_by = -1
  if within >= limit then
    is_full = true
    blocked_by = tonumber(redis.call('ZREVRANGE', place, limit - 1, limit - 1, 'WITHSCORES')[2])
  end
  answer[#answer + 1] = within
  answer[#answer + 1] = blocked_by
end
if name == '' or is_full then return answer end

for _, place in ipairs(KEYS) do
  redis.call('ZREMRANGEBYSCORE', place, '-inf', string.format('%.0f', now - tonumber(ARGV[2])))
  redis.call('ZADD', place, string.format('%.0f', now), name)
  redis.call('PEXPIRE', place, ARGV[2])
end
return { 1 }
