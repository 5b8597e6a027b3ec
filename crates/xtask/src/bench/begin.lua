-- Asks the service for a code, through whatever adds the credential.
dofile(os.getenv("BENCH_COMMON"))

local people, turn

function init(args)
  people, turn, pause = read_people(args[1]), 0, tonumber(args[2])
end

function request()
  turn = turn % #people + 1
  local person = people[turn]
  return wrk.format("POST", "/api/rest/v1/user/" .. person.id .. "/change-contact/begin", {
    ["Content-Type"] = "application/json",
  }, '{"email":"changed' .. person.number .. '@example.org","primary":false,"replaceAll":false}')
end
