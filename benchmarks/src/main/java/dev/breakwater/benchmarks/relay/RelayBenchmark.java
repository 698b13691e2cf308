package dev.breakwater.benchmarks.relay;

import dev.breakwater.benchmarks.Benchmark;
import dev.breakwater.benchmarks.Contender;
import dev.breakwater.benchmarks.Target;
import dev.breakwater.benchmarks.relay.RelayKafka.Gathering;
import dev.breakwater.platform.messaging.OwnOutbox;
import java.util.List;

/** Our relay against a library's: is an outbox of our own worth keeping (docs/decisions/0002-own-outbox.md)? */
public record RelayBenchmark(String name, String question, Contender peer, Target target) implements Benchmark {

    private static final Contender OURS = contender("outbox", List.of(4), Gathering.USUAL, OwnOutbox::open);

    /** Opens an outbox that sends to a topic. */
    interface Opening {
        OutboxUnderTest open(int poolSize, RelayKafka kafka) throws Exception;
    }

    public static RelayBenchmark againstModulith() {
        return against(
                "relay-modulith",
                contender("Modulith 2.1", List.of(16, 32, 64), Gathering.USUAL, ModulithOutbox::open));
    }

    public static RelayBenchmark againstNamastack() {
        return against(
                "relay-namastack",
                contender("Namastack 1.6", List.of(16, 32, 64), Gathering.USUAL, NamastackOutbox::open));
    }

    /** Why the producer is set up as it is. */
    public static RelayBenchmark againstGathering(int lingerMillis, int batchKilobytes) {
        var name = "%d ms, %d KiB".formatted(lingerMillis, batchKilobytes);
        return new RelayBenchmark(
                "relay-%dms-%dk".formatted(lingerMillis, batchKilobytes),
                "our relay with the services' linger and batch size against " + name,
                contender(name, List.of(4), new Gathering(lingerMillis, batchKilobytes), OwnOutbox::open),
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

    private static Contender contender(String name, List<Integer> poolSizes, Gathering gathering, Opening opening) {
        return new Contender(name, poolSizes, poolSize -> {
            var kafka = new RelayKafka(name.split("[ ,]", 2)[0], gathering);
            try {
                return new RelaySide(kafka, opening.open(poolSize, kafka));
            } catch (Exception e) {
                kafka.close();
                throw e;
            }
        });
    }
}
