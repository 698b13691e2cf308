package dev.breakwater.order.watching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.breakwater.order.OrderServiceTest;
import dev.breakwater.platform.caching.ChangeFeed;
import dev.breakwater.platform.messaging.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

@TestPropertySource(properties = {"breakwater.order.watching.heartbeat=1s", "breakwater.order.watching.look-again=2s"})
class WatchingTest extends OrderServiceTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    @Autowired
    private Watchers watchers;

    @Autowired
    private ChangeFeed orderNews;

    @Autowired
    private MeterRegistry meters;

    @Test
    void each_step_is_told_as_it_happens_and_the_stream_ends_after_the_final_one() {
        var id = api.place("alice").text("id");
        var stream = watch("alice", id);
        awaitStatuses(stream, "PENDING");
        stock("StockReserved", id);
        awaitStatuses(stream, "PENDING", "RESERVED");
        payment("PaymentCaptured", id);
        stock("StockCommitted", id);
        awaitStatuses(stream, "PENDING", "RESERVED", "CONFIRMED");
        await().atMost(LONG).until(stream::hasEnded);

        assertThat(stream.answer().statusCode()).isEqualTo(200);
        assertThat(stream.answer().headers().firstValue("Content-Type").orElse(""))
                .startsWith("text/event-stream");
        assertThat(stream.answer().headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(stream.answer().headers().firstValue("X-Trace-Id")).isPresent();
        assertThat(stream.lines()).contains("event:status", "id:1", "id:2", "id:3");
        await().atMost(LONG).until(() -> open() == 0);
    }

    @Test
    void a_stream_goes_on_after_the_last_event_that_was_seen() {
        var id = api.place("alice").text("id");
        stock("StockReserved", id);
        await().atMost(LONG).until(() -> api.order("alice", id).text("status").equals("RESERVED"));
        var stream = watch("alice", id, "1");
        awaitStatuses(stream, "RESERVED");
        answer(Topics.PAYMENT_EVENTS, "PaymentDeclined", id, Map.of("orderId", id, "reason", "PAYMENT_DECLINED"));
        stock("StockReleased", id);
        awaitStatuses(stream, "RESERVED", "CANCELLED");
        assertThat(stream.lines()).anyMatch(line -> line.contains("\"reason\":\"PAYMENT_DECLINED\""));
    }

    @Test
    void opened_again_after_the_end_it_tells_what_came_after() {
        var id = confirmed("alice");
        assertThat(api.cancel("alice", id).status()).isEqualTo(202);
        payment("PaymentRefunded", id);
        stock("StockReleased", id);
        await().atMost(LONG).until(() -> api.order("alice", id).text("status").equals("CANCELLED"));
        var again = watch("alice", id, "3");
        await().atMost(LONG).until(again::hasEnded);
        assertThat(again.statuses()).containsExactly("CANCELLED");

        var whole = watch("alice", id);
        await().atMost(LONG).until(whole::hasEnded);
        assertThat(whole.statuses()).containsExactly("PENDING", "RESERVED", "CONFIRMED", "CANCELLED");
        var nothing = watch("alice", id, "4");
        await().atMost(LONG).until(nothing::hasEnded);
        assertThat(nothing.statuses()).isEmpty();
    }

    @Test
    void all_who_watch_an_order_are_told() {
        var id = api.place("alice").text("id");
        var streams = IntStream.range(0, 50).mapToObj(n -> watch("alice", id)).toList();
        streams.forEach(stream -> awaitStatuses(stream, "PENDING"));
        await().atMost(LONG).until(() -> open() == 50);
        stock("StockRejected", id);
        streams.forEach(stream -> awaitStatuses(stream, "PENDING", "REJECTED"));
        await().atMost(LONG).until(() -> open() == 0);
    }

    @Test
    void what_was_not_heard_is_told_a_little_later() {
        var id = api.place("alice").text("id");
        var stream = watch("alice", id);
        awaitStatuses(stream, "PENDING");
        orderNews.stop();
        try {
            stock("StockReserved", id);
            awaitStatuses(stream, "PENDING", "RESERVED");
        } finally {
            orderNews.start();
            stream.leave();
        }
    }

    @Test
    void a_silent_stream_shows_that_it_is_alive_and_one_whose_client_left_is_forgotten() {
        var id = api.place("alice").text("id");
        var stream = watch("alice", id);
        await().atMost(LONG).until(() -> stream.lines().contains(":"));
        stream.leave();
        await().atMost(LONG).until(() -> open() == 0);
    }

    @Test
    void when_the_instance_stops_its_streams_end() {
        var id = api.place("alice").text("id");
        var stream = watch("alice", id);
        awaitStatuses(stream, "PENDING");
        watchers.stop();
        try {
            await().atMost(LONG).until(stream::hasEnded);
            assertThat(stream.statuses()).containsExactly("PENDING");
            assertThat(api.get("alice", path(id)).text("code")).isEqualTo("too_many_streams");
        } finally {
            watchers.start();
        }
        var elsewhere = watch("alice", id, "1");
        stock("StockReserved", id);
        awaitStatuses(elsewhere, "RESERVED");
        elsewhere.leave();
    }

    @Test
    void only_its_customer_watches_an_order() {
        var id = api.place("alice").text("id");
        assertThat(api.get("bob", path(id)).text("code")).isEqualTo("order_not_found");
        assertThat(api.get("alice", path(UUID.randomUUID().toString())).text("code"))
                .isEqualTo("order_not_found");
        assertThat(api.get("alice", path("none")).status()).isEqualTo(400);
        assertThat(api.send(api.request(path(id), "alice").header("Last-Event-ID", "none"))
                        .status())
                .isEqualTo(400);
        await().atMost(LONG).until(() -> open() == 0);
    }

    private String confirmed(String customer) {
        var id = api.place(customer).text("id");
        stock("StockReserved", id);
        payment("PaymentCaptured", id);
        stock("StockCommitted", id);
        await().atMost(LONG).until(() -> api.order(customer, id).text("status").equals("CONFIRMED"));
        return id;
    }

    private Stream watch(String customer, String id) {
        return new Stream(api.request(path(id), customer)
                .header("Accept", "text/event-stream")
                .build());
    }

    private Stream watch(String customer, String id, String lastEvent) {
        return new Stream(api.request(path(id), customer)
                .header("Accept", "text/event-stream")
                .header("Last-Event-ID", lastEvent)
                .build());
    }

    private static void awaitStatuses(Stream stream, String... statuses) {
        await().atMost(LONG).until(stream::statuses, List.of(statuses)::equals);
    }

    private double open() {
        return meters.get("order.watchers").gauge().value();
    }

    private static String path(String id) {
        return "/api/v1/orders/" + id + "/events";
    }
}
