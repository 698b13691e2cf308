package dev.breakwater.demo.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.breakwater.demo.suite.Member;
import dev.breakwater.platform.servers.ProcessMark;
import dev.breakwater.platform.servers.Program;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisedTest {

    @TempDir
    private Path folder;

    private final Supervised supervised = new Supervised(
            new Member("sleeper", List.of(1), 0, List.of(), this::program), Path.of("/dev/null"), (who, what) -> {});

    @AfterEach
    void end() {
        supervised.end();
    }

    @Test
    void a_process_that_was_killed_is_started_again_within_two_seconds() {
        var first = startAndAwaitReady();
        first.find().orElseThrow().destroyForcibly();
        await().atMost(Duration.ofSeconds(2))
                .until(() -> supervised
                        .snapshot()
                        .process()
                        .filter(mark -> !mark.equals(first))
                        .isPresent());
        assertThat(supervised.snapshot().restarts()).isEqualTo(1);
    }

    @Test
    void a_stopped_process_stays_stopped_until_it_is_started() {
        var first = startAndAwaitReady();
        supervised.stop();
        assertThat(first.find()).isEmpty();
        assertThat(supervised.snapshot().condition()).isEqualTo(Condition.STOPPED);

        supervised.start();
        await().atMost(Duration.ofSeconds(5)).until(() -> supervised.snapshot().condition() == Condition.READY);
        assertThat(supervised.snapshot().restarts()).isZero();
    }

    private ProcessMark startAndAwaitReady() {
        Thread.ofVirtual().start(supervised::run);
        await().atMost(Duration.ofSeconds(5)).until(() -> supervised.snapshot().condition() == Condition.READY);
        return supervised.snapshot().process().orElseThrow();
    }

    private Program program() {
        return new Program(
                "sleeper", 1, List.of("sleep", "600"), Map.of(), folder, port -> true, Duration.ofSeconds(5));
    }
}
