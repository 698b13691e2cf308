package dev.breakwater.demo.deadletter;

import dev.breakwater.demo.PortOffset;
import dev.breakwater.demo.suite.Suite;
import dev.breakwater.platform.servers.CannotStartException;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;

/** Lists dead letters, and replays those of a topic. */
@Command(
        name = "dead-letters",
        mixinStandardHelpOptions = true,
        description = "Show messages that could not be handled; send those of a topic again once the cause is mended.")
public final class DeadLettersCommand implements Callable<Integer> {

    @Mixin
    private PortOffset portOffset = new PortOffset();

    @Option(
            names = "--kafka",
            scope = ScopeType.INHERIT,
            paramLabel = "HOST:PORT",
            description = "Another Kafka than the demo's.")
    private @Nullable String kafka;

    @Override
    public Integer call() {
        return list();
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "How many wait, by topic, and why.")
    int list() {
        return with(letters -> {
            var waiting = letters.waiting();
            if (waiting.isEmpty()) {
                System.out.println("There are no dead letters.");
            }
            waiting.forEach((topic, count) -> System.out.printf("%6d  %s%n", count, topic));
            letters.peek(20).forEach(letter -> System.out.println("        " + letter));
            return 0;
        });
    }

    @Command(name = "replay", mixinStandardHelpOptions = true, description = "Send a topic's dead letters again.")
    int replay(@Parameters(paramLabel = "TOPIC", description = "For example inventory.commands.") String topic) {
        return with(letters -> {
            System.out.printf("%d messages were sent to %s again.%n", letters.replay(topic), topic);
            return 0;
        });
    }

    private int with(ToIntFunction<DeadLetters> work) {
        var address = kafka == null ? Suite.kafkaAddress(portOffset.value()) : kafka;
        try (var letters = new DeadLetters(address)) {
            return work.applyAsInt(letters);
        } catch (KafkaException e) {
            throw new CannotStartException("Kafka at %s does not answer: %s.".formatted(address, e.getMessage()), e);
        }
    }
}
