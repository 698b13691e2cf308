-- Everybody who has a place, as of a version.
-- KEYS: sale, orders, customers, pending   ARGV: epoch
local sale = redis.call('HMGET', KEYS[1], 'epoch', 'version')
if sale[1] ~= ARGV[1] then
  return {'-1'}
end
local orders = redis.call('HKEYS', KEYS[2])
table.insert(orders, 1, sale[2])
return orders
