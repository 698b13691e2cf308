package dev.breakwater.platform.loadbalancing.nodes;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * A call to an instance that is under way. It ends once: whoever says first how it went is believed, and everything
 * after that is ignored. Made for try-with-resources:
 *
 * <pre>
 *   try (var call = nodes.begin("order-service", instance)) {
 *       send();
 *       call.succeeded();
 *   }
 * </pre>
 *
 * Closed without a word, as a call that its own caller gave up or that the instance had no room for, it is no failure;
 * it says only that the instance is no faster than it was thought to be.
 */
public final class Call implements AutoCloseable {

    private final Node node;
    private final Ejections ejections;
    private final LongSupplier nanos;
    private final long began;
    private final Observer observer;
    private final AtomicBoolean ended = new AtomicBoolean();

    private Call(Node node, Ejections ejections, LongSupplier nanos, Observer observer) {
        this.node = node;
        this.ejections = ejections;
        this.nanos = nanos;
        this.observer = observer;
        began = nanos.getAsLong();
    }

    /** Is told of calls that succeeded or failed. */
    @FunctionalInterface
    public interface Observer {

        void ended(boolean failed, long tookNanos);
    }

    /** @param nanos the clock */
    public static Call begin(Node node, Ejections ejections, LongSupplier nanos) {
        return begin(node, ejections, nanos, (_, _) -> {});
    }

    /** @param nanos the clock */
    public static Call begin(Node node, Ejections ejections, LongSupplier nanos, Observer observer) {
        node.began();
        return new Call(node, ejections, nanos, observer);
    }

    /** It was answered, and not with a fault of the instance. A refusal that is the client's fault is an answer. */
    public void succeeded() {
        end(false);
    }

    /** It was not answered in time or not at all, or with a fault of the instance. */
    public void failed() {
        end(true);
    }

    @Override
    public void close() {
        if (ended.compareAndSet(false, true)) {
            var now = nanos.getAsLong();
            node.closed(now - began, now);
        }
    }

    /** Nothing is known of its end, not even when it was: no longer under way, and nothing else. */
    public void forgotten() {
        if (ended.compareAndSet(false, true)) {
            node.forgotten();
        }
    }

    /** Whether it is under way at this node. */
    public boolean isAt(Node other) {
        return node == other && !ended.get();
    }

    /** @param age in ns */
    public boolean isOlderThan(long age) {
        return nanos.getAsLong() - began > age;
    }

    private void end(boolean failed) {
        if (ended.compareAndSet(false, true)) {
            var now = nanos.getAsLong();
            observer.ended(failed, now - began);
            if (ejections.ended(node, failed, now - began, now)) {
                ejections.tell(node);
            }
        }
    }
}
