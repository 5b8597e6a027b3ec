-- Asks the app for a new code and enters a wrong one, in turn, as a page with script does: a begin and a finish. Each answer
-- names the state for the person's next press.
dofile(os.getenv("BENCH_COMMON"))

local people

function init(args)
  people, pause = queue_people(args[1]), tonumber(args[2])
end

function request()
  return press(function(person)
    if person.awaits then return "/api/finish", "&code=000000" end
    return "/api/resend", ""
  end)
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
