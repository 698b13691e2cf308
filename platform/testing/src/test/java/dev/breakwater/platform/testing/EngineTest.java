package dev.breakwater.platform.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineTest {

    @TempDir
    private Path folder;

    @Test
    void a_socket_that_an_engine_left_behind_is_no_engine() throws IOException {
        var socket = folder.resolve("docker.sock");
        assertThat(Engine.listens(socket)).isFalse();

        try (var engine = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            engine.bind(UnixDomainSocketAddress.of(socket));
            assertThat(Engine.listens(socket)).isTrue();
        }

        assertThat(socket).exists();
        assertThat(Engine.listens(socket)).isFalse();
    }
}
