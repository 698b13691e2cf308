-- From now on this epoch is believed, unless a later one is.
-- KEYS: sale, orders, customers, pending   ARGV: epoch, starts, ends, remaining, limit, expires
local epoch = redis.call('HGET', KEYS[1], 'epoch')
if epoch and tonumber(epoch) >= tonumber(ARGV[1]) then
  return 0
end
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'epoch', ARGV[1], 'starts', ARGV[2], 'ends', ARGV[3], 'remaining', ARGV[4], 'limit', ARGV[5],
  'expires', ARGV[6], 'version', 1)
redis.call('PEXPIREAT', KEYS[1], ARGV[6])
return 1
