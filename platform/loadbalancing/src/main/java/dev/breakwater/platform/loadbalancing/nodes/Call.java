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
    private final AtomicBoolean ended = new AtomicBoolean();

    private Call(Node node, Ejections ejections, LongSupplier nanos) {
        this.node = node;
        this.ejections = ejections;
        this.nanos = nanos;
        began = nanos.getAsLong();
    }

    /** @param nanos the clock */
    public static Call begin(Node node, Ejections ejections, LongSupplier nanos) {
        node.began();
        return new Call(node, ejections, nanos);
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
            if (ejections.ended(node, failed, now - began, now)) {
                ejections.tell(node);
            }
        }
    }
}
