package dev.breakwater.demo.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.demo.suite.Member;
import dev.breakwater.platform.servers.CannotStartException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class PreflightTest {

    @Test
    void a_port_in_use_is_named_with_who_needs_it_and_the_way_out() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> Preflight.check(List.of(member(taken.getLocalPort())), 0, List.of()))
                    .isInstanceOf(CannotStartException.class)
                    .hasMessageContaining(
                            "Port %d, which gateway-service needs, is in use".formatted(taken.getLocalPort()))
                    .hasMessageContaining("--port-offset");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void who_holds_a_port_is_found() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(PortOwner.of(taken.getLocalPort()))
                    .contains("java (pid %d)".formatted(ProcessHandle.current().pid()));
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void too_little_memory_is_said_in_one_sentence() {
        assertThatThrownBy(() -> Preflight.check(List.of(), 100_000_000, List.of()))
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining("GiB of free memory");
    }

    @Test
    void an_offset_that_leaves_no_port_is_refused() {
        assertThatThrownBy(() -> Preflight.check(List.of(member(70_000)), 0, List.of()))
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining("smaller --port-offset");
    }

    private static Member member(int port) {
        return new Member("gateway-service", List.of(port), 3, List.of(), () -> {
            throw new UnsupportedOperationException();
        });
    }
}
