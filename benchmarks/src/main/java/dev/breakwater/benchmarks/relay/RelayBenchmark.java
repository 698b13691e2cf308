package dev.breakwater.benchmarks.relay;

import dev.breakwater.benchmarks.Benchmark;
import dev.breakwater.benchmarks.Contender;
import dev.breakwater.benchmarks.Target;
import dev.breakwater.platform.messaging.OwnOutbox;
import java.util.List;

/** Our relay against a library's: is an outbox of our own worth keeping (docs/decisions/0002-own-outbox.md)? */
public record RelayBenchmark(String name, Contender peer) implements Benchmark {

    private static final Contender OURS = contender("outbox", List.of(4), OwnOutbox::open);

    /** Opens an outbox that sends to a topic. */
    interface Opening {
        OutboxUnderTest open(int poolSize, RelayKafka kafka) throws Exception;
    }

    public static RelayBenchmark againstModulith() {
        return new RelayBenchmark(
                "relay-modulith", contender("Modulith 2.1", List.of(16, 32, 64), ModulithOutbox::open));
    }

    public static RelayBenchmark againstNamastack() {
        return new RelayBenchmark(
                "relay-namastack", contender("Namastack 1.6", List.of(16, 32, 64), NamastackOutbox::open));
    }

    @Override
    public String question() {
        return "committed messages until acknowledged by Kafka and gone from the outbox, against " + peer.name();
    }

    @Override
    public String things() {
        return "rows";
    }

    @Override
    public Target target() {
        return Target.atLeast(3);
    }

    @Override
    public Contender subject() {
        return OURS;
    }

    private static Contender contender(String name, List<Integer> poolSizes, Opening opening) {
        return new Contender(name, poolSizes, poolSize -> {
            var kafka = new RelayKafka(name.split(" ", 2)[0]);
            try {
                return new RelaySide(kafka, opening.open(poolSize, kafka));
            } catch (Exception e) {
                kafka.close();
                throw e;
            }
        });
    }
}
