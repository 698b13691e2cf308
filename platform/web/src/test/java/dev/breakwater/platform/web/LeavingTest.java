package dev.breakwater.platform.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestPropertySource;

/** Here a client has longer to send than a busy machine takes. */
@WebTest
@TestPropertySource(properties = "server.tomcat.connection-timeout=30s")
class LeavingTest {

    private static final String ASKED = "GET /peer HTTP/1.1\r\nHost: x\r\nAuthorization: %s\r\n\r\n";
    private static final int PATIENCE_MS = 60_000;

    @LocalServerPort
    private int port;

    @Autowired
    private ApplicationContext context;

    @AfterEach
    void stay() {
        AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC);
    }

    @Test
    void an_instance_that_leaves_answers_and_closes_the_connection_behind_the_answer() throws IOException {
        try (var kept = new Socket("localhost", port)) {
            kept.setSoTimeout(PATIENCE_MS);
            assertThat(ask(kept)).startsWith("HTTP/1.1 200").doesNotContainIgnoringCase("connection: close");

            AvailabilityChangeEvent.publish(context, ReadinessState.REFUSING_TRAFFIC);

            assertThat(ask(kept)).startsWith("HTTP/1.1 200").containsIgnoringCase("connection: close");
            assertThat(kept.getInputStream().read())
                    .as("the end of the connection")
                    .isEqualTo(-1);
        }
    }

    @Test
    void an_instance_that_stays_after_all_keeps_its_connections_again() throws IOException {
        AvailabilityChangeEvent.publish(context, ReadinessState.REFUSING_TRAFFIC);
        AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC);

        try (var kept = new Socket("localhost", port)) {
            kept.setSoTimeout(PATIENCE_MS);
            assertThat(ask(kept)).doesNotContainIgnoringCase("connection: close");
            assertThat(ask(kept)).startsWith("HTTP/1.1 200");
        }
    }

    /** The head of the answer; its body is one short piece, which is in the buffer by then. */
    private static String ask(Socket socket) throws IOException {
        socket.getOutputStream().write(ASKED.formatted(Calls.alice()).getBytes(US_ASCII));
        var answer = new StringBuilder();
        while (answer.indexOf("127.0.0.1 false") < 0) {
            var next = socket.getInputStream().read();
            assertThat(next).as("a whole answer and not only %s", answer).isNotNegative();
            answer.append((char) next);
        }
        return answer.toString();
    }
}
