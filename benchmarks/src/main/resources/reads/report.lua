-- wrk's own report rounds its figures and changes their units; this one tells them as they are.
-- Without a function for requests the script costs nothing while wrk runs; with an argument, each call is for any of so
-- many pages, whose number follows the path.
local threads = 0

setup = function(thread)
  thread:set("number", threads)
  threads = threads + 1
end

init = function(arguments)
  local pages = tonumber(arguments[1])
  if pages then
    math.randomseed(os.time() + number)
    request = function() return wrk.format(nil, wrk.path .. math.random(pages)) end
  end
end

done = function(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    "requests %d micros %d unanswered %d refused %d\n",
    summary.requests, summary.duration, errors.connect + errors.read + errors.write + errors.timeout, errors.status))
  -- A thousand latencies, each at the middle of its thousandth of the calls.
  for i = 0, 999 do
    io.write(string.format("latency %d\n", latency:percentile((i + 0.5) / 10)))
  end
end
