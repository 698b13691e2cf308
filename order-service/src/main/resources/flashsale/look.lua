-- How a sale stands.
-- KEYS: sale, orders, customers, pending   ARGV: epoch
-- Looked at all the time, they are the last that a full Redis would do without (volatile-lfu).
redis.call('HLEN', KEYS[2])
redis.call('HLEN', KEYS[3])
local time = redis.call('TIME')
local now = string.format('%.0f', tonumber(time[1]) * 1000000 + tonumber(time[2]))
local sale = redis.call('HMGET', KEYS[1], 'epoch', 'remaining', 'version')
if sale[1] ~= ARGV[1] then
  return {'STALE', now, '0', '0', '0'}
end
return {'KNOWN', now, sale[2], sale[3], tostring(redis.call('ZCARD', KEYS[4]))}
