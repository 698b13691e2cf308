package dev.breakwater.platform.loadbalancing.nodes;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
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
        return node.ended(failed, rtt, now, current) && eject(node, now, current);
    }

    private boolean eject(Node node, long now, EjectionSettings current) {
        lock.lock();
        try {
            var all = nodes;
            var resting = all.stream().filter(other -> other.isEjected(now)).count();
            // A node that is gone may still have calls that end, and takes nobody's place.
            if (node.isEjected(now) || !all.contains(node) || resting + 1 > Math.floor(current.most() * all.size())) {
                return false;
            }
            node.rest(now, current);
        } finally {
            lock.unlock();
        }
        return true;
    }

    void tell(Node node) {
        log.warn("ejected service={} instance={} errors={}", service, node.id(), node.errors());
    }
}
