package dev.breakwater.platform.batching;

import dev.breakwater.platform.batching.Ticket.Turn;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Predicate;

/**
 * Writes the tickets of a batch and answers each. A batch that fails is written again in halves, the largest parts
 * first; a single item that fails is left to its own caller, so that it holds up neither the leader nor another.
 */
final class Writing<T, R> {

    private final BatchWriter<T, R> writer;
    private final Predicate<RuntimeException> isShared;

    Writing(BatchWriter<T, R> writer, Predicate<RuntimeException> isShared) {
        this.writer = writer;
        this.isShared = isShared;
    }

    void write(List<Ticket<T, R>> batch) {
        var parts = new ArrayDeque<List<Ticket<T, R>>>();
        parts.add(batch);
        while (!parts.isEmpty()) {
            var part = parts.remove();
            try {
                answer(part, writer.write(items(part)));
            } catch (RuntimeException e) {
                if (isShared.test(e)) {
                    parts.addFirst(part);
                    parts.forEach(each -> fail(each, e));
                    return;
                }
                if (part.size() == 1) {
                    part.getFirst().now(Turn.ALONE);
                } else {
                    var half = part.size() / 2;
                    parts.add(part.subList(0, half));
                    parts.add(part.subList(half, part.size()));
                }
            } catch (Error e) {
                parts.addFirst(part);
                parts.forEach(each -> fail(each, e));
                throw e;
            }
        }
    }

    void writeAlone(Ticket<T, R> ticket) {
        try {
            ticket.answer(writer.writeAlone(ticket.item));
        } catch (RuntimeException | Error e) {
            ticket.fail(e);
        }
    }

    private static <T, R> void fail(List<Ticket<T, R>> part, Throwable thrown) {
        part.forEach(ticket -> ticket.fail(thrown));
    }

    private static <T, R> void answer(List<Ticket<T, R>> part, List<R> results) {
        if (results.size() != part.size()) {
            var fault = new IllegalStateException(results.size() + " results for " + part.size() + " items");
            fail(part, fault);
            return;
        }
        for (var i = 0; i < part.size(); i++) {
            part.get(i).answer(results.get(i));
        }
    }

    private static <T, R> List<T> items(List<Ticket<T, R>> part) {
        return part.stream().map(ticket -> ticket.item).toList();
    }
}
