package dev.breakwater.platform.loadbalancing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.ServiceInstance;

/**
 * The lists of instances that were told last. Nearly always it is one; where the registry's list is filtered by what a
 * request asks for, it is one for each answer. A list that is told again costs no more than to compare it; only one
 * that was not told lately, or other settings, have anything built, and whoever needs that waits for it: he must not be
 * given an instance that he was not told.
 */
final class Memberships {

    private static final int MOST = 8;
    private static final long BETWEEN_LOOKS = Duration.ofSeconds(1).toNanos();

    private final String service;
    private final Supplier<LoadBalancingSettings> settings;
    private final KnownNodes known;
    private final LongSupplier random;
    private final ReentrantLock changing = new ReentrantLock();
    /** Replaced as a whole. */
    private volatile List<Used> lately = List.of();

    Memberships(String service, Supplier<LoadBalancingSettings> settings, KnownNodes known, LongSupplier random) {
        this.service = service;
        this.settings = settings;
        this.known = known;
        this.random = random;
    }

    private static final class Used {

        final Membership membership;
        /** Some time within the last second of its use. */
        volatile long last;

        Used(Membership membership, long last) {
            this.membership = membership;
            this.last = last;
        }
    }

    /** @param told at least one */
    Membership of(List<ServiceInstance> told, long now) {
        var settingsNow = settings.get();
        var found = find(told, settingsNow);
        if (found == null) {
            return built(told, settingsNow, now);
        }
        if (now - found.last >= BETWEEN_LOOKS && changing.tryLock()) {
            try {
                // Unless it was forgotten meanwhile, with its nodes.
                if (lately.contains(found)) {
                    found.last = now;
                    known.tellAgain(found.membership.members(), now);
                    forgetIdle(now);
                }
            } finally {
                changing.unlock();
            }
        }
        return found.membership;
    }

    private @Nullable Used find(List<ServiceInstance> told, LoadBalancingSettings settingsNow) {
        var all = lately;
        for (var i = 0; i < all.size(); i++) {
            if (all.get(i).membership.isOf(told, settingsNow)) {
                return all.get(i);
            }
        }
        // Rarely told in another order, or not at all.
        for (var i = 0; i < all.size(); i++) {
            if (all.get(i).membership.isOfReordered(told, settingsNow)) {
                return all.get(i);
            }
        }
        return null;
    }

    private Membership built(List<ServiceInstance> told, LoadBalancingSettings settingsNow, long now) {
        changing.lock();
        try {
            var foundMeanwhile = find(told, settingsNow);
            if (foundMeanwhile != null) {
                return foundMeanwhile.membership;
            }
            var membership = build(told, settingsNow, now);
            var all = new ArrayList<Used>();
            all.add(new Used(membership, now));
            lately.stream()
                    .filter(used -> used.membership.settings() == settingsNow)
                    .sorted((a, b) -> Long.compare(b.last - now, a.last - now))
                    .limit(MOST - 1)
                    .forEach(all::add);
            lately = List.copyOf(all);
            forgetIdle(now);
            return membership;
        } finally {
            changing.unlock();
        }
    }

    private Membership build(List<ServiceInstance> told, LoadBalancingSettings settingsNow, long now) {
        // In one order, whatever the registry's: so a ring is the same as long as its nodes are.
        var byText = new TreeMap<String, ServiceInstance>();
        told.forEach(instance -> byText.putIfAbsent(Member.Key.of(instance).text(), instance));
        var members = known.tell(byText.values(), now, settingsNow);
        var rules = settingsNow.rulesOf(service);
        var before = lately.stream()
                .map(used -> used.membership)
                .filter(membership -> membership.isAmong(members))
                .findFirst()
                .map(Membership::sides)
                .orElse(null);
        return Membership.of(
                told, members, settingsNow, rules, Sides.of(members, rules.strategy(), rules.canary(), before, random));
    }

    private void forgetIdle(long now) {
        if (lately.stream().anyMatch(used -> isIdle(used, now))) {
            lately = lately.stream().filter(used -> !isIdle(used, now)).toList();
        }
    }

    private static boolean isIdle(Used used, long now) {
        return now - used.last > KnownNodes.IDLE.toNanos();
    }
}
