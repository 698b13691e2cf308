package dev.breakwater.benchmarks.edge;

import dev.breakwater.benchmarks.Finding;
import dev.breakwater.benchmarks.Trial;
import dev.breakwater.platform.servers.Server;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What readers at the gateway notice when instances behind it are killed, one after another. */
public final class KillTrial implements Trial {

    private static final int INSTANCES = 3;
    private static final int KILLS = 2;
    private static final int READS_PER_SECOND = 500;

    /** Rates by which cold services that share the processors get warm, and then the one that is measured. */
    private static final List<Integer> WARM_UPS = List.of(50, 250, READS_PER_SECOND);

    private static final Duration WARM_UP = Duration.ofSeconds(30);
    private static final Times TIMES = new Times(Duration.ofSeconds(10), Duration.ofSeconds(20));

    @Override
    public String name() {
        return "kill";
    }

    @Override
    public String question() {
        return "kill -9 of %d of %d instances of inventory-service, one after another; %,d reads/s through the gateway that its cache does not answer"
                .formatted(KILLS, INSTANCES, READS_PER_SECOND);
    }

    @Override
    public List<Finding> run(Consumer<String> progress) throws Exception {
        progress.accept("starting the gateway and %d instances".formatted(INSTANCES));
        try (var shop = KilledShop.start(INSTANCES)) {
            for (var rate : WARM_UPS) {
                progress.accept("warming up with %d reads/s for %d s".formatted(rate, WARM_UP.toSeconds()));
                try (var _ = new PacedReads(shop.port(), shop.reads(), rate)) {
                    Thread.sleep(WARM_UP);
                }
            }
            return killed(shop, progress);
        }
    }

    private static List<Finding> killed(KilledShop shop, Consumer<String> progress) throws Exception {
        try (var reads = new PacedReads(shop.port(), shop.reads(), READS_PER_SECOND)) {
            return measure(shop.instances().subList(0, KILLS), reads, TIMES, progress);
        }
    }

    /**
     * @param before what is measured before the first kill
     * @param after what is measured from each kill on. Nobody is started again meanwhile: a JVM that starts takes for
     *     itself what the others would need, where they share the processors
     */
    record Times(Duration before, Duration after) {}

    static List<Finding> measure(
            List<? extends Server> victims, PacedReads reads, Times times, Consumer<String> progress)
            throws InterruptedException {
        reads.next();
        Thread.sleep(times.before());
        var before = reads.next();
        for (var victim : victims) {
            progress.accept("killing " + victim.name());
            victim.kill();
            Thread.sleep(times.after());
        }
        var after = reads.next();
        Stream.of(before, after)
                .map(PacedReads.Phase::failures)
                .filter(failures -> !failures.isEmpty())
                .forEach(progress);
        var failed = before.failed() + after.failed();
        return List.of(
                Finding.told("kills", Integer.toString(victims.size())),
                Finding.told("reads answered", "%,d".formatted(before.done() + after.done())),
                new Finding("failed reads", Long.toString(failed), "0", failed == 0),
                Finding.told("a read before the first kill: p99", p99(before)),
                Finding.told("a read from then on: p99", p99(after)));
    }

    private static String p99(PacedReads.Phase phase) {
        return String.format(Locale.ROOT, "%,.1f ms", phase.p99Millis());
    }
}
