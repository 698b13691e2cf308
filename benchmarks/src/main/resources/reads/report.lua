-- wrk's own report rounds its figures and changes their units; this one tells them as they are.
-- Without a function for requests the script costs nothing while wrk runs.
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
