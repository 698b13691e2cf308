package dev.breakwater.platform.batching;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/** A writer whose commits wait until the test lets them through, and who remembers what was written by whom. */
final class HeldWriter implements BatchWriter<String, String> {

    private static final Consumer<String> NOTHING = item -> {};

    final List<List<String>> begun = new CopyOnWriteArrayList<>();
    final ConcurrentLinkedQueue<String> written = new ConcurrentLinkedQueue<>();
    final Map<String, Thread> writtenBy = new ConcurrentHashMap<>();
    final Semaphore commits = new Semaphore(0);
    final List<String> waitingAlone = new CopyOnWriteArrayList<>();
    private volatile Consumer<List<String>> check = items -> {};
    private volatile Consumer<String> waiting = NOTHING;

    void failing(Consumer<List<String>> thrower) {
        check = thrower;
    }

    /** What an item that is written alone waits for; nothing is checked then. */
    void alone(Consumer<String> wait) {
        waiting = wait;
    }

    @Override
    public String writeAlone(String item) {
        if (waiting == NOTHING) {
            return write(List.of(item)).getFirst();
        }
        waitingAlone.add(item);
        waiting.accept(item);
        written.add(item);
        return item + "!";
    }

    @Override
    public List<String> write(List<String> items) {
        begun.add(List.copyOf(items));
        commits.acquireUninterruptibly();
        check.accept(items);
        items.forEach(item -> writtenBy.put(item, Thread.currentThread()));
        written.addAll(items);
        return items.stream().map(item -> item + "!").toList();
    }
}
