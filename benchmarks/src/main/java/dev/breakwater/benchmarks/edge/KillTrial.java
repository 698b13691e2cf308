package dev.breakwater.benchmarks.edge;

import dev.breakwater.benchmarks.Finding;
import dev.breakwater.benchmarks.Trial;
import dev.breakwater.platform.servers.LocalProcess;
import dev.breakwater.platform.testing.Servers;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What readers at the gateway notice when instances behind it are killed, one after another. */
public final class KillTrial implements Trial {

    private static final int KILLS = 5;
    private static final int READS_PER_SECOND = 500;

    /** Rates by which five cold services on the same processors get warm, and then the one that is measured. */
    private static final List<Integer> WARM_UPS = List.of(50, 200, READS_PER_SECOND);

    private static final Duration WARM_UP = Duration.ofSeconds(30);
    private static final Times TIMES = new Times(Duration.ofSeconds(10), Duration.ofSeconds(5));

    @Override
    public String name() {
        return "kill";
    }

    @Override
    public String question() {
        return "%d times kill -9 of an instance, order and inventory in turn, two of each; %,d reads/s through the gateway that its cache does not answer"
                .formatted(KILLS, READS_PER_SECOND);
    }

    @Override
    public List<Finding> run(Consumer<String> progress) throws Exception {
        progress.accept("starting five services");
        try (var shop = PairedShop.start()) {
            for (var rate : WARM_UPS) {
                progress.accept("warming up with %d reads/s for %d s".formatted(rate, WARM_UP.toSeconds()));
                try (var _ = new PacedReads(shop.port(), shop.reads(), rate)) {
                    Thread.sleep(WARM_UP);
                }
            }
            return killed(shop, progress);
        }
    }

    private static List<Finding> killed(PairedShop shop, Consumer<String> progress) throws Exception {
        try (var reads = new PacedReads(shop.port(), shop.reads(), READS_PER_SECOND)) {
            var instances = shop.instances();
            var victims = Stream.iterate(0, kill -> kill + 1)
                    .limit(KILLS)
                    .map(kill -> instances.get(kill % instances.size()))
                    .toList();
            return measure(victims, reads, TIMES, progress);
        }
    }

    /**
     * @param around what is measured before the first kill and after the last return
     * @param between a kill and the start that follows it, and a return and the next kill
     */
    record Times(Duration around, Duration between) {}

    static List<Finding> measure(List<LocalProcess> victims, PacedReads reads, Times times, Consumer<String> progress)
            throws InterruptedException {
        reads.next();
        Thread.sleep(times.around());
        var before = reads.next();
        for (var victim : victims) {
            progress.accept("killing " + victim.name());
            victim.kill();
            try {
                Thread.sleep(times.between());
            } finally {
                Servers.bringBack(victim);
            }
            Thread.sleep(times.between());
        }
        var during = reads.next();
        Thread.sleep(times.around());
        var after = reads.next();
        Stream.of(before, during, after)
                .map(PacedReads.Phase::failures)
                .filter(failures -> !failures.isEmpty())
                .forEach(progress);
        var failed = before.failed() + during.failed() + after.failed();
        return List.of(
                Finding.told("kills", Integer.toString(victims.size())),
                Finding.told("reads answered", "%,d".formatted(before.done() + during.done() + after.done())),
                new Finding("failed reads", Long.toString(failed), "0", failed == 0),
                Finding.told("a read before the first kill: p99", p99(before)),
                Finding.told("a read from the first kill to the last return: p99", p99(during)),
                Finding.told("a read after that: p99", p99(after)));
    }

    private static String p99(PacedReads.Phase phase) {
        return String.format(Locale.ROOT, "%,.1f ms", phase.p99Millis());
    }
}
