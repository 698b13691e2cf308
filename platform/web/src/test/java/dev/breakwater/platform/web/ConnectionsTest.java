package dev.breakwater.platform.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** Here a client has longer to send than to receive. */
@WebTest
@TestPropertySource(
        properties = {
            "server.tomcat.connection-timeout=30s",
            "breakwater.web.write-timeout=300ms",
            "spring.main.cloud-platform=kubernetes"
        })
@ExtendWith(OutputCaptureExtension.class)
class ConnectionsTest {

    @LocalServerPort
    private int port;

    @Autowired
    private MeterRegistry meters;

    @Test
    void who_does_not_take_his_answer_is_waited_for_as_long_as_a_write_may_take(CapturedOutput output)
            throws Exception {
        try (var socket = new Socket("localhost", port)) {
            socket.getOutputStream().write("GET /large HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII));

            await().atMost(Duration.ofSeconds(10)).until(() -> {
                var over =
                        meters.find("http.server.requests").tag("uri", "/large").timer();
                return over != null && over.count() == 1 && over.totalTime(TimeUnit.MILLISECONDS) >= 250;
            });
        }
        assertThat(output).doesNotContain("\tat ");
    }

    @Test
    void on_kubernetes_too_nobody_is_believed_who_says_that_he_speaks_for_another() throws IOException {
        var answer = Calls.raw(
                port,
                "GET /peer HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Forwarded-For: 203.0.113.7\r\nX-Forwarded-Proto: https\r\nAuthorization: "
                        + Calls.alice() + "\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 200")
                .endsWith("127.0.0.1 false")
                .doesNotContain("Strict-Transport-Security");
    }
}
