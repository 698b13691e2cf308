-- A part of an epoch that is not believed yet. One that is there already was sent twice.
-- KEYS: sale, orders, customers, pending   ARGV: expires, then for each: order, customer, quantity, fingerprint, moment
for n = 2, #ARGV, 5 do
  local entry = ARGV[n + 4] .. ' ' .. ARGV[n + 2] .. ' ' .. ARGV[n + 3] .. ' ' .. ARGV[n + 1]
  if redis.call('HSETNX', KEYS[2], ARGV[n], entry) == 1 and tonumber(ARGV[n + 2]) > 0 then
    redis.call('HINCRBY', KEYS[3], ARGV[n + 1], ARGV[n + 2])
  end
end
redis.call('PEXPIREAT', KEYS[2], ARGV[1])
redis.call('PEXPIREAT', KEYS[3], ARGV[1])
return 1
