-- Asks the app for a new code, as a page with script does. Each answer names the state for the person's next press.
dofile(os.getenv("BENCH_COMMON"))

local people, turn, first, last = {}, {}, 1, 0

local function queue(person)
  last = last + 1
  turn[last] = person
end

function init(args)
  pause = tonumber(args[2])
  for _, person in ipairs(read_people(args[1])) do
    people[person.number] = person
    queue(person)
  end
end

function request()
  local person = turn[first]
  turn[first] = nil
  first = first + 1
  return wrk.format("POST", "/api/resend", {
    ["Cookie"] = person.cookie,
    ["Accept"] = "application/json",
    ["Sec-Fetch-Site"] = "same-origin",
    ["Content-Type"] = "application/x-www-form-urlencoded",
  }, "kind=email&flow=" .. person.flow)
end

function response(status, _, body)
  local person = people[body:match("changed(%d+)@")]
  local flow = body:match('"AwaitCode":{"id":"([^"]+)"')
  if status == 200 and person and flow and flow ~= person.flow and body:find('"notice":null', 1, true) then
    person.flow = flow
    queue(person)
  else
    odd = odd + 1
  end
end
