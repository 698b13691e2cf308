-- These orders are in the topic: they are no longer pending, and one that the door has forgotten has its place again.
-- KEYS: sale, orders, customers, pending   ARGV: epoch, then for each: order, customer, quantity, fingerprint, moment
local sale = redis.call('HMGET', KEYS[1], 'epoch', 'expires')
if sale[1] ~= ARGV[1] then
  return -1
end
local forgotten = 0
for n = 2, #ARGV, 5 do
  redis.call('ZREM', KEYS[4], ARGV[n])
  local entry = ARGV[n + 4] .. ' ' .. ARGV[n + 2] .. ' ' .. ARGV[n + 3] .. ' ' .. ARGV[n + 1]
  if redis.call('HSETNX', KEYS[2], ARGV[n], entry) == 1 then
    if tonumber(ARGV[n + 2]) > 0 then
      redis.call('HINCRBY', KEYS[1], 'remaining', -ARGV[n + 2])
      redis.call('HINCRBY', KEYS[3], ARGV[n + 1], ARGV[n + 2])
    end
    forgotten = forgotten + 1
  end
end
if forgotten > 0 then
  redis.call('HINCRBY', KEYS[1], 'version', 1)
  redis.call('PEXPIREAT', KEYS[2], sale[2])
  redis.call('PEXPIREAT', KEYS[3], sale[2])
end
return forgotten
