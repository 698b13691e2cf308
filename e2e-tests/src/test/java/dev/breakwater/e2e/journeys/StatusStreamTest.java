package dev.breakwater.e2e.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.breakwater.e2e.suite.Answer;
import dev.breakwater.e2e.suite.Caller;
import dev.breakwater.e2e.suite.FlashSale;
import dev.breakwater.e2e.suite.Shop;
import dev.breakwater.e2e.suite.WithSuite;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Orders watched through the gateway, at whichever order instance a stream comes to. */
@WithSuite
class StatusStreamTest {

    private static final int WATCHERS = 10;
    private static final Duration LONG = Duration.ofSeconds(120);

    private final Shop shop;

    StatusStreamTest(Shop shop) {
        this.shop = shop;
    }

    @Test
    void every_watcher_is_told_every_step_and_later_what_came_after() throws Exception {
        var customer = shop.newCustomer();
        var id = customer.placeSurely(shop.newProduct(5), 1, "tok_slow").text("id");
        for (var seen : together(() -> watch(customer, id, ""))) {
            assertThat(statuses(seen)).containsExactly("PENDING", "RESERVED", "CONFIRMED");
        }
        customer.cancel(id).expect(202);
        shop.awaitFinal(customer, id);
        await().atMost(LONG).until(() -> statuses(watch(customer, id, "3")), List.of("CANCELLED")::equals);
    }

    @Test
    void an_order_of_a_flash_sale_can_be_watched_from_its_202_on() {
        var sale = FlashSale.open(shop, shop.newProduct(5), 5, 1, Duration.ofMinutes(10));
        var customer = shop.newCustomer();
        var id = sale.buySurely(customer, "key").expect(202).text("id");
        assertThat(statuses(watch(customer, id, ""))).containsExactly("PENDING", "RESERVED", "CONFIRMED");
    }

    private List<Answer> together(Callable<Answer> call) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.invokeAll(Stream.generate(() -> call).limit(WATCHERS).toList()).stream()
                    .map(each -> each.resultNow())
                    .toList();
        }
    }

    /** To its end; as a client does, again when it breaks off or is refused. */
    private static Answer watch(Caller customer, String id, String lastEvent) {
        return await("a stream to its end")
                .atMost(LONG)
                .ignoreException(UncheckedIOException.class)
                .until(
                        () -> customer.send(
                                "orders/" + id + "/events",
                                request -> request.header("Last-Event-ID", lastEvent)
                                        .header("Accept", "text/event-stream")
                                        .GET()),
                        answer -> answer.status() != 503);
    }

    private static List<String> statuses(Answer answer) {
        answer.expect(200);
        return answer.text()
                .lines()
                .filter(line -> line.startsWith("data:"))
                .map(line -> line.replaceAll(".*\"status\":\"([A-Z]+)\".*", "$1"))
                .toList();
    }
}
