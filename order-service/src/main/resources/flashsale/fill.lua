-- A part of an epoch that is not believed yet.
-- KEYS: sale, orders, customers, pending   ARGV: expires, then for each: order, customer, quantity, fingerprint, moment
for n = 2, #ARGV, 5 do
  redis.call('HSET', KEYS[2], ARGV[n], ARGV[n + 4] .. ' ' .. ARGV[n + 2] .. ' ' .. ARGV[n + 3] .. ' ' .. ARGV[n + 1])
  redis.call('HINCRBY', KEYS[3], ARGV[n + 1], ARGV[n + 2])
end
redis.call('PEXPIREAT', KEYS[2], ARGV[1])
redis.call('PEXPIREAT', KEYS[3], ARGV[1])
return 1
