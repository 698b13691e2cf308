-- Places of which nobody has said for so long whether their orders were written: each with its moment.
-- KEYS: sale, orders, customers, pending   ARGV: epoch, age in microseconds, at most
if redis.call('HGET', KEYS[1], 'epoch') ~= ARGV[1] then
  return {}
end
local time = redis.call('TIME')
local latest = string.format('%.0f', tonumber(time[1]) * 1000000 + tonumber(time[2]) - tonumber(ARGV[2]))
local overdue = {}
for _, order in ipairs(redis.call('ZRANGEBYSCORE', KEYS[4], '-inf', latest, 'LIMIT', 0, ARGV[3])) do
  table.insert(overdue, order)
  table.insert(overdue, string.format('%.0f', tonumber(redis.call('ZSCORE', KEYS[4], order))))
end
return overdue
