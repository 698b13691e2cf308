package dev.breakwater.platform.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** Nobody holds a connection by saying nothing. */
@WebTest
@TestPropertySource(properties = {"server.tomcat.connection-timeout=300ms", "server.tomcat.keep-alive-timeout=500ms"})
@Timeout(30)
class SilentSocketsTest {

    private static final int CLOSED = -1;

    @LocalServerPort
    private int port;

    @Test
    void a_socket_on_which_nothing_comes_is_closed() throws IOException {
        try (var socket = new Socket("localhost", port)) {
            assertThat(socket.getInputStream().read()).isEqualTo(CLOSED);
        }
    }

    @Test
    void half_a_head_is_not_waited_for() throws IOException {
        try (var socket = new Socket("localhost", port)) {
            socket.getOutputStream().write("GET /open HTTP/1.1\r\nHost: ".getBytes(US_ASCII));
            var answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII))
                    .lines()
                    .toList();
            assertThat(answer).isEmpty();
        }
    }

    @Test
    void a_connection_that_was_kept_is_closed_when_nothing_comes_on_it_any_more() throws IOException {
        try (var socket = new Socket("localhost", port)) {
            socket.getOutputStream().write("GET /open HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII));
            var answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII))
                    .lines()
                    .toList();
            assertThat(answer).first().asString().startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void who_ends_his_side_after_a_question_gets_his_answer() throws IOException {
        try (var socket = new Socket("localhost", port)) {
            socket.getOutputStream().write("GET /open HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII));
            socket.shutdownOutput();
            var answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII))
                    .lines()
                    .toList();
            assertThat(answer).first().asString().startsWith("HTTP/1.1 200");
        }
    }
}
