-- What the runs have in common: who there is, whose turn it is, what went wrong, and what is said at the end.
local threads = {}

function setup(thread)
  table.insert(threads, thread)
end

function read_people(path)
  local people = {}
  for line in io.lines(path) do
    local number, id, cookie, flow = line:match("([^\t]+)\t([^\t]+)\t([^\t]+)\t([^\t]*)")
    people[#people + 1] = { number = number, id = id, cookie = cookie, flow = flow }
  end
  return people
end

-- Whoever presses waits for an answer, and is the last one then.
local turn, first, last = {}, 1, 0

function queue(person)
  last = last + 1
  turn[last] = person
end

-- All people in the list, by number, in a queue.
function queue_people(path)
  local people = {}
  for _, person in ipairs(read_people(path)) do
    people[person.number] = person
    queue(person)
  end
  return people
end

-- The press of whoever is first, as a page with script makes it. `form` gives path and fields.
function press(form)
  local person = turn[first]
  turn[first] = nil
  first = first + 1
  local path, fields = form(person)
  return wrk.format("POST", path, {
    ["Cookie"] = person.cookie,
    ["Accept"] = "application/json",
    ["Sec-Fetch-Site"] = "same-origin",
    ["Content-Type"] = "application/x-www-form-urlencoded",
  }, "kind=email&flow=" .. person.flow .. fields)
end

-- How long each connection waits before its next request, in milliseconds, on average. All begin at once: were they to wait for
-- the same time, they would go on asking all at once, and what is measured would be how long such a crowd takes.
pause = 0

function delay()
  return math.random(0, 2 * pause)
end

odd = 0

function done(summary, latency)
  for _, thread in ipairs(threads) do
    odd = odd + thread:get("odd")
  end
  local errors = summary.errors
  odd = odd + errors.connect + errors.read + errors.write + errors.status + errors.timeout
  io.write(string.format('{"requests":%d,"microseconds":%d,"odd":%d,"p50":%d,"p99":%d}\n',
    summary.requests, summary.duration, odd, latency:percentile(50), latency:percentile(99)))
end
