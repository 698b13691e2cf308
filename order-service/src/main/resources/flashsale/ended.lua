-- These orders ended without a purchase. Each gives its place back once and stays known, without any pieces: a repeat is still this order.
-- KEYS: sale, orders, customers, pending   ARGV: epoch, then for each: order, customer, quantity, fingerprint, moment
local sale = redis.call('HMGET', KEYS[1], 'epoch', 'expires')
if sale[1] ~= ARGV[1] then
  return -1
end
local given = 0
for n = 2, #ARGV, 5 do
  local known = redis.call('HGET', KEYS[2], ARGV[n])
  local quantity = known and tonumber(string.match(known, '^%d+ (%d+)')) or 0
  if quantity > 0 then
    redis.call('HINCRBY', KEYS[1], 'remaining', quantity)
    if redis.call('HINCRBY', KEYS[3], ARGV[n + 1], -quantity) <= 0 then
      redis.call('HDEL', KEYS[3], ARGV[n + 1])
    end
    given = given + 1
  end
  redis.call('HSET', KEYS[2], ARGV[n], ARGV[n + 4] .. ' 0 ' .. ARGV[n + 3] .. ' ' .. ARGV[n + 1])
  redis.call('ZREM', KEYS[4], ARGV[n])
end
redis.call('HINCRBY', KEYS[1], 'version', 1)
redis.call('PEXPIREAT', KEYS[2], sale[2])
return given
