package dev.breakwater.platform.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerCacheTest {

    private static final String REDIS =
            "redis-server-6.2.6-v5-" + Platform.current().redisSuffix();

    @TempDir
    private Path root;

    @Test
    void a_half_unpacked_entry_is_recognised_and_redone() throws Exception {
        var cache = new ServerCache(root);
        try (var source = ClassPathFolder.around(REDIS)) {
            var file = cache.unpacked("redis", source, REDIS::equals).resolve(REDIS);
            var whole = Files.size(file);
            Files.writeString(file, "half of it");
            Files.createDirectories(root.resolve("redis.part"));

            cache.unpacked("redis", source, REDIS::equals);

            assertThat(file).hasSize(whole);
            assertThat(root.resolve("redis.part")).doesNotExist();
        }
    }

    @Test
    void an_entry_whose_making_failed_is_not_there() {
        var cache = new ServerCache(root);
        assertThatThrownBy(() -> cache.entry("broken", folder -> {
                    Files.createDirectories(folder);
                    throw new IOException("disk full");
                }))
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining("broken cannot be prepared")
                .hasMessageContaining("disk full");
        assertThat(root.resolve("broken")).doesNotExist();
    }

    @Test
    void a_machine_without_binaries_is_told_in_one_sentence() {
        assertThat(Platform.of("Linux", "amd64")).isEqualTo(Platform.LINUX_X86_64);
        assertThat(Platform.of("Mac OS X", "aarch64")).isEqualTo(Platform.MACOS_ARM64);
        assertThatThrownBy(() -> Platform.of("Windows 11", "amd64"))
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining("Windows 11 on amd64");
    }
}
