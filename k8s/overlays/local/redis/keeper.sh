# Beside each node of the cluster, for as long as it runs. Every round looks at what there is and takes the next step, if
# one is missing, so it does not matter where anybody was stopped:
#   1. whoever of the others is not known at the address that its name has now is met there;
#   2. once all are met, a node without slots becomes a replica of whoever has the range of its number;
#   3. or claims that range, if it belongs to nobody. A replica whose master is lost takes over within ten seconds, and has
#      forty for it: only one that took an empty node at the same address for its master has nothing left to take over with.
# So it is at the first start, after a restart of all with new addresses, and for a node that lost its volume.
set -u
nodes=6
masters=3
me=${POD_NAME##*-}
first=$((me % masters * 16384 / masters))
last=$(((me % masters + 1) * 16384 / masters - 1))
settled=0

ask() {
  redis-cli -h 127.0.0.1 "$@" 2>/dev/null
}

meet_the_others() {
  other=0
  while [ $other -lt $nodes ]; do
    address=$(getent ahostsv4 "redis-$other.redis" | head -n 1 | cut -d ' ' -f 1)
    if [ "$other" != "$me" ] && [ -n "$address" ] && ! echo "$view" | grep -F " $address:6379@" | grep -q ' connected'; then
      echo "meet redis-$other at $address: $(ask cluster meet "$address" 6379)"
      settled=0
    fi
    other=$((other + 1))
  done
}

# A replica whose master has no slots here: it is lost, and what it had is with the replica.
orphan() {
  for master in $(echo "$view" | grep ' slave ' | cut -d ' ' -f 4); do
    echo "$view" | grep "^$master " | grep -Eq ' [0-9]+-[0-9]+' || return 0
  done
  return 1
}

take_a_part() {
  mine=$(echo "$view" | grep myself)
  case $mine in *slave*) return ;; esac
  [ -z "$(echo "$mine" | cut -d ' ' -f 9-)" ] || return
  owner=$(echo "$view" | grep -E " $first-$last( |\$)" | cut -d ' ' -f 1)
  if [ -n "$owner" ]; then
    echo "follow $owner: $(ask cluster replicate "$owner")"
  elif [ "$me" -lt $masters ] && { ! orphan || [ $settled -gt 20 ]; }; then
    echo "claim $first-$last: $(ask cluster addslotsrange $first $last)"
  fi
}

while :; do
  view=$(ask cluster nodes)
  if echo "$view" | grep -q myself; then
    meet_the_others
    # Known for two rounds: by then it has heard from everybody who has which slots.
    if [ "$(echo "$view" | grep -c ' connected')" -ge $nodes ]; then settled=$((settled + 1)); else settled=0; fi
    [ $settled -lt 2 ] || take_a_part
  fi
  touch /tmp/round
  sleep 2
done
