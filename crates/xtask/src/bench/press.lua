-- Asks the app for a new code and enters a wrong one, in turn, as a page with script does: a begin and a finish. Each answer
-- names the state for the person's next press.
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
  local path, form = "/api/resend", "kind=email&flow=" .. person.flow
  if person.awaits then path, form = "/api/finish", form .. "&code=000000" end
  return wrk.format("POST", path, {
    ["Cookie"] = person.cookie,
    ["Accept"] = "application/json",
    ["Sec-Fetch-Site"] = "same-origin",
    ["Content-Type"] = "application/x-www-form-urlencoded",
  }, form)
end

function response(status, _, body)
  local person = people[body:match("changed(%d+)@")]
  -- One in a million enters the right code: they are done, and are not asked again.
  if person and person.awaits and body:find('"Done":{', 1, true) then return end
  local state = person and person.awaits and "Restart" or "AwaitCode"
  local flow = body:match('"' .. state .. '":{"id":"([^"]+)"')
  if status == 200 and person and flow and flow ~= person.flow then
    person.flow, person.awaits = flow, not person.awaits
    queue(person)
  else
    odd = odd + 1
  end
end
