package dev.breakwater.benchmarks.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.platform.messaging.OwnOutbox;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RelaySideTest {

    static Stream<Arguments> outboxes() {
        return Stream.of(
                Arguments.of("ours", (RelayBenchmark.Opening) OwnOutbox::open),
                Arguments.of("modulith", (RelayBenchmark.Opening) ModulithOutbox::open),
                Arguments.of("namastack", (RelayBenchmark.Opening) NamastackOutbox::open));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("outboxes")
    void an_outbox_sends_each_message_once_and_is_empty_after_that(String name, RelayBenchmark.Opening opening)
            throws Exception {
        var kafka = new RelayKafka(name, RelayKafka.Batching.USUAL);
        try (var side = new RelaySide(kafka, opening.open(8, kafka))) {
            var round = side.run(Duration.ofMillis(250));

            assertThat(round.done()).isEqualTo(1_000);
            assertThat(side.run(Duration.ofMillis(500)).done()).isEqualTo(2_000);
            assertThat(kafka.count()).isEqualTo(3_000);
            assertThat(side.violations()).isEmpty();
        }
    }
}
