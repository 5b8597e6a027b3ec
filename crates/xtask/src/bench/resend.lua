-- Asks the app for a new code, as a page with script does. Each answer names the state for the person's next press.
dofile(os.getenv("BENCH_COMMON"))

local people

function init(args)
  people, pause = queue_people(args[1]), tonumber(args[2])
end

function request()
  return press(function() return "/api/resend", "" end)
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
