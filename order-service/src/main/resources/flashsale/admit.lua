-- Takes a place in a sale, or says why not. One step: no other command comes between its question and its answer.
-- KEYS: sale, orders, customers, pending   ARGV: epoch, order, customer, quantity, fingerprint, the latest version that the caller saw
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
local moment = string.format('%.0f', now)
local sale = redis.call('HMGET', KEYS[1], 'epoch', 'starts', 'ends', 'remaining', 'limit', 'expires', 'version')
-- A version that is lower than one that was seen is of a copy that was made before.
if sale[1] ~= ARGV[1] or tonumber(sale[7]) < tonumber(ARGV[6]) then
  return {'STALE', moment}
end
local known = redis.call('HGET', KEYS[2], ARGV[2])
if known then
  local at, fingerprint = string.match(known, '^(%d+) %d+ (%S+)')
  if fingerprint ~= ARGV[5] then
    return {'KEY_REUSED', at}
  end
  if redis.call('ZSCORE', KEYS[4], ARGV[2]) then
    -- Nobody knows yet whether it was written: the one who asks again writes it again, and until then nobody gives it back.
    redis.call('ZADD', KEYS[4], moment, ARGV[2])
    return {'UNCLEAR', at}
  end
  return {'REPEATED', at}
end
if now >= tonumber(sale[3]) then
  return {'ENDED', moment}
end
if now < tonumber(sale[2]) then
  return {'NOT_OPEN', moment}
end
local quantity = tonumber(ARGV[4])
if tonumber(sale[4]) < quantity then
  return {'SOLD_OUT', moment}
end
local bought = tonumber(redis.call('HGET', KEYS[3], ARGV[3]) or '0')
if bought + quantity > tonumber(sale[5]) then
  return {'LIMIT_REACHED', moment}
end
redis.call('HINCRBY', KEYS[1], 'remaining', -quantity)
local version = redis.call('HINCRBY', KEYS[1], 'version', 1)
redis.call('HSET', KEYS[2], ARGV[2], moment .. ' ' .. ARGV[4] .. ' ' .. ARGV[5] .. ' ' .. ARGV[3])
redis.call('HINCRBY', KEYS[3], ARGV[3], quantity)
redis.call('ZADD', KEYS[4], moment, ARGV[2])
for key = 2, 4 do
  redis.call('PEXPIREAT', KEYS[key], sale[6])
end
return {'ADMITTED', moment, tostring(version)}
