package dev.breakwater.order.watching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.breakwater.order.saga.History;
import dev.breakwater.order.saga.OrderStatus;
import dev.breakwater.order.saga.Orders.Milestone;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

class WatcherTest {

    private final Semaphore room = new Semaphore(0);
    private final SlowClient client = new SlowClient();
    private final Executor writers = task -> Thread.ofVirtual().start(task);

    @Test
    void a_slow_client_is_told_each_step_once_and_holds_up_nobody() {
        var watcher = new Watcher(UUID.randomUUID(), 0, client, writers, gone -> client.told.add("gone"));
        watcher.offer(history(OrderStatus.PENDING));
        for (var n = 0; n < 1_000; n++) {
            watcher.offer(history(OrderStatus.PENDING, OrderStatus.RESERVED));
            watcher.beat();
        }
        watcher.offer(history(OrderStatus.PENDING, OrderStatus.RESERVED, OrderStatus.CONFIRMED));
        assertThat(client.told).isEmpty();
        room.release(10);
        await().until(() -> client.told.contains("end"));
        assertThat(client.told.stream().filter(line -> line.startsWith("id:"))).containsExactly("id:1", "id:2", "id:3");
    }

    @Test
    void steps_are_told_in_the_order_that_every_order_passes_them_whatever_the_clocks_say() {
        room.release(10);
        var late = new Milestone(OrderStatus.RESERVED, Instant.EPOCH.plusSeconds(9));
        var early = new Milestone(OrderStatus.CONFIRMED, Instant.EPOCH.plusSeconds(8));
        var watcher = new Watcher(UUID.randomUUID(), 1, client, writers, gone -> client.told.add("gone"));
        watcher.offer(new History(List.of(early, late), null));
        await().until(() -> client.told.contains("end"));
        assertThat(client.told).containsSubsequence("id:2", "id:3", "gone", "end");
    }

    private static History history(OrderStatus... statuses) {
        return new History(
                Arrays.stream(statuses)
                        .map(status -> new Milestone(status, Instant.EPOCH))
                        .toList(),
                null);
    }

    private final class SlowClient extends SseEmitter {

        private final List<String> told = new CopyOnWriteArrayList<>();

        @Override
        public void send(SseEventBuilder event) throws IOException {
            room.acquireUninterruptibly();
            event.build().stream()
                    .map(part -> String.valueOf(part.getData()))
                    .collect(Collectors.joining())
                    .lines()
                    .forEach(told::add);
        }

        @Override
        public void complete() {
            told.add("end");
        }
    }
}
