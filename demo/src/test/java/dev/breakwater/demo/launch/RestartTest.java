package dev.breakwater.demo.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.breakwater.demo.suite.Member;
import dev.breakwater.platform.servers.CannotStartException;
import dev.breakwater.platform.servers.ProcessMark;
import dev.breakwater.platform.servers.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartTest {

    @TempDir
    private Path folder;

    private final List<String> said = new ArrayList<>();
    private @Nullable Supervisor supervisor;

    @AfterEach
    void end() {
        if (supervisor != null) {
            supervisor.endAll();
        }
    }

    @Test
    void instances_are_replaced_one_after_the_other_and_never_two_at_a_time() throws Exception {
        var running = start("order-service/1", "order-service/2");
        var before = processes(running);

        restart(running).rolling("order", said::add);

        assertThat(said)
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("order-service/1 leaves"),
                        line -> assertThat(line).startsWith("order-service/1 is stopped after"),
                        line -> assertThat(line).startsWith("order-service/1 is ready after"),
                        line -> assertThat(line).isEqualTo("order-service/2 leaves"),
                        line -> assertThat(line).startsWith("order-service/2 is stopped after"),
                        line -> assertThat(line).startsWith("order-service/2 is ready after"),
                        line -> assertThat(line).startsWith("order was restarted in"));
        assertThat(processes(running).keySet()).isEqualTo(before.keySet());
        assertThat(processes(running).values()).doesNotContainAnyElementsOf(before.values());
    }

    @Test
    void one_instance_alone_is_replaced_while_its_neighbour_serves() throws Exception {
        var running = start("order-service/1", "order-service/2");
        var before = processes(running);

        restart(running).rolling("order-service/2", said::add);

        assertThat(processes(running)).containsEntry("order-service/1", before.get("order-service/1"));
        assertThat(processes(running).get("order-service/2")).isNotEqualTo(before.get("order-service/2"));
    }

    @Test
    void beside_a_single_instance_another_serves_meanwhile() throws Exception {
        var running = start("payment-service");
        var before = processes(running);

        restart(running).rolling("payment", said::add);

        assertThat(said)
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("payment-service/2 starts, to serve meanwhile"),
                        line -> assertThat(line).startsWith("payment-service/2 is ready after"),
                        line -> assertThat(line).isEqualTo("payment-service leaves"),
                        line -> assertThat(line).startsWith("payment-service is stopped after"),
                        line -> assertThat(line).startsWith("payment-service is ready after"),
                        line -> assertThat(line).isEqualTo("payment-service/2 is stopped"),
                        line -> assertThat(line).startsWith("payment was restarted in"));
        assertThat(processes(running)).hasSize(1).doesNotContainEntry("payment-service", before.get("payment-service"));
    }

    @Test
    void what_all_look_for_at_one_port_is_not_replaced_in_passing() throws Exception {
        var running = start("gateway-service", "mariadb");
        var before = processes(running);

        assertThatThrownBy(() -> restart(running).rolling("gateway", said::add))
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining("cannot be replaced without a gap")
                .hasMessageContaining("./breakwater restart gateway-service");
        assertThatThrownBy(() -> restart(running).rolling("mariadb", said::add))
                .isInstanceOf(CannotStartException.class);
        assertThat(processes(running)).isEqualTo(before);

        restart(running).atOnce("gateway", said::add);

        assertThat(processes(running)).doesNotContainEntry("gateway-service", before.get("gateway-service"));
        assertThat(said).anyMatch(line -> line.startsWith("gateway-service is ready after"));
    }

    @Test
    void nothing_is_stopped_while_an_instance_is_not_ready() throws Exception {
        var running = start("order-service/1", "order-service/2");
        running.meantBy("order-service/2").forEach(Supervised::stop);
        var before = processes(running);

        assertThatThrownBy(() -> restart(running).rolling("order", said::add))
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining("order-service/2 is stopped")
                .hasMessageContaining("./breakwater status");
        assertThat(processes(running)).isEqualTo(before);
    }

    private Supervisor start(String... names) throws IOException {
        var run = new RunFolder(folder);
        run.clear();
        var members = Stream.of(names).map(this::member).toList();
        var started = new Supervisor(run, members, what -> {});
        supervisor = started;
        await().atMost(Duration.ofSeconds(20)).until(started::startWhatCan);
        return started;
    }

    private Restart restart(Supervisor running) {
        return new Restart(running, service -> member(service.artifact() + "/2"));
    }

    private static Map<String, ProcessMark> processes(Supervisor running) {
        return running.snapshots().stream()
                .filter(one -> one.process().isPresent())
                .collect(Collectors.toMap(
                        Supervised.Snapshot::name, one -> one.process().orElseThrow()));
    }

    private Member member(String name) {
        return new Member(
                name,
                List.of(1),
                0,
                List.of(),
                () -> new Program(
                        name, 1, List.of("sleep", "600"), Map.of(), folder, port -> true, Duration.ofSeconds(5)));
    }
}
