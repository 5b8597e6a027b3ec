-- Loads a page, as somebody else each time. The third argument: the coding that is accepted.
dofile(os.getenv("BENCH_COMMON"))

local people, turn, coding

function init(args)
  people, turn, pause, coding = read_people(args[1]), 0, tonumber(args[2]), args[3]
end

function request()
  turn = turn % #people + 1
  return wrk.format("GET", "/email", { ["Cookie"] = people[turn].cookie, ["Accept"] = "text/html", ["Accept-Encoding"] = coding })
end
