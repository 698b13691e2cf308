package dev.breakwater.platform.settings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.autoconfigure.RefreshAutoConfiguration.RefreshProperties;
import org.springframework.cloud.context.refresh.ContextRefresher;
import org.springframework.cloud.context.scope.refresh.RefreshScope;
import org.springframework.context.support.GenericApplicationContext;

class ConfigurationWatchTest {

    private final AtomicInteger refreshed = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger asked = new AtomicInteger();
    private final HttpClient http = HttpClient.newHttpClient();
    private volatile String served = "{\"version\":1}";
    private volatile int status = 200;

    private HttpServer server;
    private ConfigurationWatch watch;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                asked.incrementAndGet();
                var body = served.getBytes(UTF_8);
                exchange.sendResponseHeaders(status, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
        var served = URI.create("http://localhost:" + server.getAddress().getPort() + "/config/shop/default");
        watch = new ConfigurationWatch(
                new ServedConfiguration(served, http), Duration.ofMillis(10), new CountingRefresher());
    }

    private void begin() {
        watch.start();
        lookAgain();
        await().untilAtomic(refreshed, count -> assertThat(count).isEqualTo(1));
    }

    @AfterEach
    void stop() {
        watch.stop();
        server.stop(0);
        http.close();
    }

    @Test
    void what_was_changed_while_the_service_started_is_taken_up_and_while_nothing_changes_nothing_is_read_anew() {
        begin();
        lookAgain();
        assertThat(refreshed).hasValue(1);
    }

    @Test
    void a_server_that_comes_after_the_service_is_heard() {
        status = 503;
        watch.start();
        lookAgain();
        assertThat(refreshed).hasValue(0);

        status = 200;
        await().untilAtomic(refreshed, count -> assertThat(count).isEqualTo(1));
    }

    @Test
    void what_could_not_be_read_anew_is_tried_again() {
        failures.set(2);
        watch.start();
        await().untilAtomic(refreshed, count -> assertThat(count).isEqualTo(1));
        assertThat(failures).hasNonPositiveValue();
    }

    @Test
    void a_change_is_taken_up_once() {
        begin();
        served = "{\"version\":2}";
        lookAgain();
        lookAgain();
        assertThat(refreshed).hasValue(2);
    }

    @Test
    void a_server_that_fails_changes_nothing_and_what_it_says_later_counts() {
        begin();
        status = 500;
        served = "{}";
        lookAgain();
        assertThat(refreshed).hasValue(1);

        served = "{\"version\":3}";
        status = 200;
        lookAgain();
        await().untilAtomic(refreshed, count -> assertThat(count).isEqualTo(2));
    }

    /** Until a look that began from now on is over. */
    private void lookAgain() {
        var before = asked.get();
        await().until(() -> asked.get() >= before + 3);
    }

    private final class CountingRefresher extends ContextRefresher {

        CountingRefresher() {
            super(new GenericApplicationContext(), new RefreshScope(), new RefreshProperties());
        }

        @Override
        protected void updateEnvironment() {}

        @Override
        public synchronized Set<String> refreshEnvironment() {
            if (failures.getAndDecrement() > 0) {
                throw new IllegalStateException("the environment cannot be read");
            }
            refreshed.incrementAndGet();
            return Set.of("shop");
        }
    }
}
