package dev.breakwater.platform.loadbalancing.nodes;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes instances out for a while that fail while their neighbours do not, and gives them back: outlier detection as in
 * Envoy ("Outlier detection", Envoy documentation), by failures in a row or by the share of failures in a window. The
 * n-th rest is n times as long, less one for each length of the first that it was good meanwhile; after a rest a single
 * failure brings on the next. Never more than a share of all rest at a time.
 *
 * <p>Nobody has to bring an instance back: it rests until a point in time. Only ejecting takes a lock, for two that do
 * it at once must not both get the last place.
 */
public final class Ejections {

    private static final Logger log = LoggerFactory.getLogger(Ejections.class);

    private final String service;
    private final Supplier<EjectionSettings> settings;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile List<Node> nodes = List.of();
    private volatile @Nullable NoPlace noPlace;

    /** Of these nodes, by these settings, no other may rest before then. */
    private record NoPlace(List<Node> nodes, EjectionSettings settings, long until) {}

    /** @param settings asked at each call, for they may change */
    public Ejections(String service, Supplier<EjectionSettings> settings) {
        this.service = service;
        this.settings = settings;
    }

    /** @param nodes all that the service has now */
    public void among(List<Node> nodes) {
        this.nodes = List.copyOf(nodes);
    }

    /**
     * A call ended.
     *
     * @return whether this ejected the node
     */
    boolean ended(Node node, boolean failed, long rtt, long now) {
        var current = settings.get();
        return node.ended(failed, rtt, now, current)
                && !node.isEjected(now)
                && mayHavePlace(now, current)
                && eject(node, now, current);
    }

    /** In a full outage each call fails, and must not wait for the others to learn that nobody can be left out. */
    private boolean mayHavePlace(long now, EjectionSettings current) {
        var known = noPlace;
        return known == null || known.nodes != nodes || known.settings != current || now - known.until >= 0;
    }

    private boolean eject(Node node, long now, EjectionSettings current) {
        lock.lock();
        try {
            var all = nodes;
            // A node that is gone may still have calls that end, and takes nobody's place.
            if (node.isEjected(now) || !all.contains(node)) {
                return false;
            }
            var resting = all.stream().filter(other -> other.isEjected(now)).toList();
            if (resting.size() + 1 > Math.floor(current.most() * all.size())) {
                noPlace = new NoPlace(all, current, soonestBack(resting, now, current));
                return false;
            }
            node.rest(now, current);
        } finally {
            lock.unlock();
        }
        return true;
    }

    /** If nobody rests and yet there is no place, only other nodes or settings make one. */
    private static long soonestBack(List<Node> resting, long now, EjectionSettings current) {
        return now
                + resting.stream()
                        .mapToLong(node -> node.restsFor(now))
                        .min()
                        .orElse(current.longest().toNanos());
    }

    void tell(Node node) {
        log.warn("ejected service={} instance={} errors={}", service, node.id(), node.errors());
    }
}
