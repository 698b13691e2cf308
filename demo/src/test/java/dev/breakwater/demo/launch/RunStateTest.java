package dev.breakwater.demo.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.platform.servers.ProcessMark;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunStateTest {

    @TempDir
    private Path folder;

    @Test
    void what_is_written_is_read_again() {
        var state = new RunState(
                ProcessMark.of(ProcessHandle.current()),
                true,
                Map.of("order-service/2", new ProcessMark(42, Instant.parse("2026-11-20T08:00:00.120Z"))));
        state.write(folder.resolve("state"));
        assertThat(RunState.read(folder.resolve("state"))).contains(state);
        assertThat(state.isRunning()).isTrue();
    }

    @Test
    void without_a_file_there_is_no_state() {
        assertThat(RunState.read(folder.resolve("state"))).isEmpty();
    }

    @Test
    void leftovers_are_ended_and_nobody_else() throws Exception {
        var ours = new ProcessBuilder("sleep", "600").start();
        var others = new ProcessBuilder("sleep", "600").start();
        try {
            var mark = ProcessMark.of(ours.toHandle());
            var reused = new ProcessMark(others.pid(), Instant.EPOCH);
            assertThat(Leftovers.end(List.of(mark, reused))).isEqualTo(1);
            assertThat(ours.isAlive()).isFalse();
            assertThat(others.isAlive()).isTrue();
        } finally {
            others.destroyForcibly();
        }
    }
}
