-- Gives back places whose orders were never written, each once: the one who removes the order's entry is the one who frees its place.
-- KEYS: sale, orders, customers, pending   ARGV: epoch, then for each: order, its moment in pending
if redis.call('HGET', KEYS[1], 'epoch') ~= ARGV[1] then
  return -1
end
local given = 0
for n = 2, #ARGV, 2 do
  local known = redis.call('HGET', KEYS[2], ARGV[n])
  local moment = redis.call('ZSCORE', KEYS[4], ARGV[n])
  if known and moment and string.format('%.0f', tonumber(moment)) == ARGV[n + 1] then
    local quantity, customer = string.match(known, '^%d+ (%d+) %S+ (%S+)')
    redis.call('HDEL', KEYS[2], ARGV[n])
    redis.call('ZREM', KEYS[4], ARGV[n])
    redis.call('HINCRBY', KEYS[1], 'remaining', quantity)
    if redis.call('HINCRBY', KEYS[3], customer, -quantity) <= 0 then
      redis.call('HDEL', KEYS[3], customer)
    end
    given = given + 1
  end
end
if given > 0 then
  redis.call('HINCRBY', KEYS[1], 'version', 1)
end
return given
