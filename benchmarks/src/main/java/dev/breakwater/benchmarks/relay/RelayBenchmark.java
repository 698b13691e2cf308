package dev.breakwater.benchmarks.relay;

import dev.breakwater.benchmarks.Benchmark;
import dev.breakwater.benchmarks.Contender;
import dev.breakwater.benchmarks.Target;
import dev.breakwater.benchmarks.relay.RelayKafka.Batching;
import dev.breakwater.platform.messaging.OwnOutbox;
import java.util.List;

/** Our relay against a library's: is an outbox of our own worth keeping (docs/decisions/0002-own-outbox.md)? */
public record RelayBenchmark(String name, String question, Contender peer, Target target) implements Benchmark {

    private static final Contender OURS = contender("outbox", List.of(4), Batching.USUAL, OwnOutbox::open);

    /** Opens an outbox that sends to a topic. */
    interface Opening {
        OutboxUnderTest open(int poolSize, RelayKafka kafka) throws Exception;
    }

    public static RelayBenchmark againstModulith() {
        return against(
                "relay-modulith", contender("Modulith 2.1", List.of(16, 32, 64), Batching.USUAL, ModulithOutbox::open));
    }

    public static RelayBenchmark againstNamastack() {
        return against(
                "relay-namastack",
                contender("Namastack 1.6", List.of(16, 32, 64), Batching.USUAL, NamastackOutbox::open));
    }

    /** Why the producer is set up as it is. */
    public static RelayBenchmark againstBatching(int lingerMillis, int batchKibibytes) {
        var name = "%d ms, %d KiB".formatted(lingerMillis, batchKibibytes);
        return new RelayBenchmark(
                "relay-%dms-%dk".formatted(lingerMillis, batchKibibytes),
                "our relay with the services' linger and batch size against " + name,
                contender(name, List.of(4), new Batching(lingerMillis, batchKibibytes), OwnOutbox::open),
                new Target.Told());
    }

    private static RelayBenchmark against(String name, Contender peer) {
        return new RelayBenchmark(
                name,
                "committed messages until acknowledged by Kafka and gone from the outbox, against " + peer.name(),
                peer,
                Target.atLeast(3));
    }

    @Override
    public String things() {
        return "rows";
    }

    @Override
    public Contender subject() {
        return OURS;
    }

    private static Contender contender(String name, List<Integer> poolSizes, Batching batching, Opening opening) {
        return new Contender(name, poolSizes, poolSize -> {
            var kafka = new RelayKafka(name.split("[ ,]", 2)[0], batching);
            try {
                return new RelaySide(kafka, opening.open(poolSize, kafka));
            } catch (Exception e) {
                kafka.close();
                throw e;
            }
        });
    }
}
