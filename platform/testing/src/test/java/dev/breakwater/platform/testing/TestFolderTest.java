package dev.breakwater.platform.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.platform.servers.ProcessMark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestFolderTest {

    @TempDir
    private Path temp;

    @Test
    void what_a_killed_jvm_left_is_ended_and_deleted_and_a_living_ones_is_let_be() throws Exception {
        var left = new ProcessBuilder("sleep", "600").start();
        var orphaned = Files.createDirectories(temp.resolve("breakwater-test-orphaned"));
        Files.writeString(orphaned.resolve("owner"), new ProcessMark(Integer.MAX_VALUE, Instant.EPOCH) + "\n");
        Files.writeString(orphaned.resolve("servers"), ProcessMark.of(left.toHandle()) + "\n");
        var living = Files.createDirectories(temp.resolve("breakwater-test-living"));
        Files.writeString(living.resolve("owner"), ProcessMark.of(ProcessHandle.current()) + "\n");

        TestFolder.endLeftovers(temp);

        assertThat(left.waitFor()).isNotZero();
        assertThat(orphaned).doesNotExist();
        assertThat(living).exists();
    }
}
