package dev.breakwater.order.flashsale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.order.flashsale.Admission.Ticket;
import dev.breakwater.order.flashsale.RedisDoor.Epoch;
import dev.breakwater.order.flashsale.RedisDoor.Taken;
import dev.breakwater.order.intake.Digest;
import dev.breakwater.platform.testing.Servers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

/** The scripts on a real Redis: on one node, and on a cluster, where a sale lies in one slot. */
@ParameterizedClass
@ValueSource(booleans = {false, true})
class RedisDoorTest {

    private static final UUID BODY = Digest.of("body");

    private final LettuceConnectionFactory connections;
    private final StringRedisTemplate redis;
    private final RedisDoor door;

    RedisDoorTest(boolean cluster) {
        connections = cluster
                ? new LettuceConnectionFactory(new RedisClusterConfiguration(
                        List.of(Servers.redisCluster().addresses().split(","))))
                : new LettuceConnectionFactory(new RedisStandaloneConfiguration(
                        "localhost", Servers.redis().port()));
        connections.afterPropertiesSet();
        connections.start();
        redis = new StringRedisTemplate(connections);
        door = new RedisDoor(redis);
    }

    @AfterEach
    void disconnect() {
        connections.destroy();
    }

    @Test
    void a_place_is_taken_once_and_a_repeat_has_the_same() {
        var epoch = open(10, 2);
        var first = admit(epoch, ticket(epoch, "alice", "a", 1));
        assertThat(first).isInstanceOf(Admission.Admitted.class);
        var at = ((Admission.Admitted) first).at();
        assertThat(admit(epoch, ticket(epoch, "alice", "a", 1))).isEqualTo(new Admission.Unclear(at));
        assertThat(door.settle(epoch, List.of(taken(epoch, "alice", "a", 1)))).isZero();
        assertThat(admit(epoch, ticket(epoch, "alice", "a", 1))).isEqualTo(new Admission.Repeated(at));
        assertThat(remaining(epoch)).isEqualTo(9);
        assertThat(door.look(epoch).pending()).isZero();
    }

    @Test
    void a_key_stands_for_one_body() {
        var epoch = open(10, 2);
        admit(epoch, ticket(epoch, "alice", "a", 1));
        var other = new Ticket(epoch.sale().orderId("alice", "a"), Digest.of("alice"), 2, Digest.of("another body"));
        assertThat(admit(epoch, other)).isInstanceOf(Admission.KeyReused.class);
        assertThat(remaining(epoch)).isEqualTo(9);
    }

    @Test
    void a_customer_has_no_more_than_the_limit_and_a_sale_no_more_than_its_quantity() {
        var epoch = open(3, 2);
        assertThat(admit(epoch, ticket(epoch, "alice", "a", 1))).isInstanceOf(Admission.Admitted.class);
        assertThat(admit(epoch, ticket(epoch, "alice", "b", 2))).isInstanceOf(Admission.LimitReached.class);
        assertThat(admit(epoch, ticket(epoch, "alice", "c", 1))).isInstanceOf(Admission.Admitted.class);
        assertThat(admit(epoch, ticket(epoch, "bob", "a", 2))).isInstanceOf(Admission.SoldOut.class);
        assertThat(admit(epoch, ticket(epoch, "bob", "b", 1))).isInstanceOf(Admission.Admitted.class);
        assertThat(admit(epoch, ticket(epoch, "carol", "a", 1))).isInstanceOf(Admission.SoldOut.class);
    }

    @Test
    void nobody_is_let_in_before_the_start_or_after_the_end() {
        var now = Instant.now();
        var early = installed(sale(5, 1, now.plusSeconds(600), now.plusSeconds(1_200)), 1);
        assertThat(admit(early, ticket(early, "alice", "a", 1))).isInstanceOf(Admission.NotOpen.class);
        var late = installed(sale(5, 1, now.minusSeconds(600), now.minusSeconds(300)), 1);
        assertThat(admit(late, ticket(late, "alice", "a", 1))).isInstanceOf(Admission.Ended.class);
    }

    @Test
    void who_has_a_place_keeps_it_after_sold_out_and_after_the_end() {
        var now = Instant.now();
        var epoch = new Epoch(sale(1, 1, now.minusSeconds(600), now.minusSeconds(300)), 1);
        door.fill(epoch, List.of(taken(epoch, "alice", "a", 1)));
        door.install(epoch, 0);
        assertThat(admit(epoch, ticket(epoch, "alice", "a", 1))).isInstanceOf(Admission.Repeated.class);
    }

    @Test
    void a_place_comes_back_once_and_only_if_nobody_asked_for_it_again() {
        var epoch = open(1, 1);
        admit(epoch, ticket(epoch, "alice", "a", 1));
        var overdue = door.overdue(epoch, Duration.ZERO, 10);
        assertThat(overdue).containsOnlyKeys(epoch.sale().orderId("alice", "a"));
        admit(epoch, ticket(epoch, "alice", "a", 1));
        assertThat(door.giveBack(epoch, overdue)).isZero();

        var again = door.overdue(epoch, Duration.ZERO, 10);
        assertThat(door.giveBack(epoch, again)).isEqualTo(1);
        assertThat(door.giveBack(epoch, again)).isZero();
        assertThat(remaining(epoch)).isEqualTo(1);
        assertThat(admit(epoch, ticket(epoch, "alice", "b", 1))).isInstanceOf(Admission.Admitted.class);
    }

    @Test
    void what_is_settled_is_not_overdue_and_cannot_be_given_back_as_lost() {
        var epoch = open(1, 1);
        admit(epoch, ticket(epoch, "alice", "a", 1));
        var overdue = door.overdue(epoch, Duration.ZERO, 10);
        door.settle(epoch, List.of(taken(epoch, "alice", "a", 1)));
        assertThat(door.overdue(epoch, Duration.ZERO, 10)).isEmpty();
        assertThat(door.giveBack(epoch, overdue)).isZero();
        assertThat(remaining(epoch)).isZero();
    }

    @Test
    void the_place_of_an_order_that_ended_comes_back_to_the_sale_and_to_its_customer() {
        var epoch = open(1, 1);
        admit(epoch, ticket(epoch, "alice", "a", 1));
        door.settle(epoch, List.of(taken(epoch, "alice", "a", 1)));
        assertThat(door.giveBackEnded(epoch, List.of(taken(epoch, "alice", "a", 0))))
                .isEqualTo(1);
        assertThat(door.giveBackEnded(epoch, List.of(taken(epoch, "alice", "a", 0))))
                .isZero();
        assertThat(admit(epoch, ticket(epoch, "alice", "b", 1))).isInstanceOf(Admission.Admitted.class);
    }

    @Test
    void a_repeat_of_an_order_that_ended_is_that_order_and_takes_no_place() {
        var epoch = open(2, 1);
        admit(epoch, ticket(epoch, "alice", "a", 1));
        door.settle(epoch, List.of(taken(epoch, "alice", "a", 1)));
        door.giveBackEnded(epoch, List.of(taken(epoch, "alice", "a", 0)));
        assertThat(admit(epoch, ticket(epoch, "alice", "a", 1))).isInstanceOf(Admission.Repeated.class);
        assertThat(remaining(epoch)).isEqualTo(2);
    }

    @Test
    void an_order_that_ended_before_the_door_heard_of_it_takes_no_place_any_more() {
        var epoch = open(2, 1);
        assertThat(door.giveBackEnded(epoch, List.of(taken(epoch, "alice", "a", 0))))
                .isZero();
        assertThat(door.settle(epoch, List.of(taken(epoch, "alice", "a", 1)))).isZero();
        assertThat(remaining(epoch)).isEqualTo(2);
        assertThat(admit(epoch, ticket(epoch, "alice", "b", 1))).isInstanceOf(Admission.Admitted.class);
    }

    @Test
    void a_copy_that_is_older_than_what_was_seen_lets_nobody_in() {
        var epoch = open(5, 5);
        var seen = ((Admission.Admitted) admit(epoch, ticket(epoch, "alice", "a", 1))).version();
        assertThat(door.admit(epoch, ticket(epoch, "alice", "b", 1), seen)).isInstanceOf(Admission.Admitted.class);
        assertThat(door.admit(epoch, ticket(epoch, "alice", "c", 1), seen + 2)).isInstanceOf(Admission.Shut.class);
        assertThat(remaining(epoch)).isEqualTo(3);
    }

    @Test
    void what_is_filled_in_twice_counts_once() {
        var epoch = new Epoch(
                sale(5, 2, Instant.now().minusSeconds(60), Instant.now().plusSeconds(600)), 1);
        door.fill(epoch, List.of(taken(epoch, "alice", "a", 1)));
        door.fill(epoch, List.of(taken(epoch, "alice", "a", 1)));
        door.install(epoch, 4);
        assertThat(admit(epoch, ticket(epoch, "alice", "b", 1))).isInstanceOf(Admission.Admitted.class);
        assertThat(admit(epoch, ticket(epoch, "alice", "c", 1))).isInstanceOf(Admission.LimitReached.class);
    }

    @Test
    void nothing_is_kept_of_an_epoch_that_is_over() {
        var epoch = open(5, 1);
        admit(epoch, ticket(epoch, "alice", "a", 1));
        assertThat(door.install(new Epoch(epoch.sale(), 2), 5)).isTrue();
        door.forget(epoch);
        assertThat(redis.keys("{flash-sale:" + epoch.sale().id() + "}*")).hasSize(1);
    }

    @Test
    void an_order_that_the_door_has_forgotten_takes_its_place_again() {
        var epoch = open(2, 1);
        assertThat(door.settle(epoch, List.of(taken(epoch, "alice", "a", 1), taken(epoch, "alice", "a", 1))))
                .isEqualTo(1);
        assertThat(remaining(epoch)).isEqualTo(1);
        assertThat(admit(epoch, ticket(epoch, "alice", "b", 1))).isInstanceOf(Admission.LimitReached.class);
    }

    @Test
    void an_empty_redis_and_another_epoch_let_nobody_in_and_change_nothing() {
        var epoch = open(5, 1);
        var next = new Epoch(epoch.sale(), 2);
        assertThat(admit(next, ticket(epoch, "alice", "a", 1))).isInstanceOf(Admission.Shut.class);
        assertThat(door.giveBack(next, Map.of(UUID.randomUUID(), 1L))).isEqualTo(-1);
        assertThat(door.giveBackEnded(next, List.of(taken(epoch, "alice", "a", 0))))
                .isEqualTo(-1);
        assertThat(door.settle(next, List.of(taken(epoch, "alice", "a", 1)))).isEqualTo(-1);
        assertThat(door.look(next).known()).isFalse();
        door.shut(next);
        assertThat(remaining(epoch)).isEqualTo(5);
        door.shut(epoch);
        assertThat(admit(epoch, ticket(epoch, "alice", "a", 1))).isInstanceOf(Admission.Shut.class);
    }

    @Test
    void a_later_epoch_replaces_an_earlier_one_and_never_the_other_way() {
        var epoch = open(5, 1);
        var next = new Epoch(epoch.sale(), 2);
        door.fill(next, List.of(taken(epoch, "alice", "a", 1)));
        assertThat(door.install(next, 4)).isTrue();
        assertThat(door.install(epoch, 5)).isFalse();
        assertThat(door.install(next, 5)).isFalse();
        assertThat(admit(epoch, ticket(epoch, "bob", "a", 1))).isInstanceOf(Admission.Shut.class);
        assertThat(admit(next, ticket(epoch, "alice", "a", 1))).isInstanceOf(Admission.Repeated.class);
        assertThat(remaining(next)).isEqualTo(4);
        assertThat(door.holders(next).orderIds()).containsExactly(epoch.sale().orderId("alice", "a"));
    }

    @Test
    void whatever_is_kept_of_a_sale_is_gone_some_time_after_its_end() {
        var epoch = open(5, 1);
        admit(epoch, ticket(epoch, "alice", "a", 1));
        var keys = redis.keys("{flash-sale:" + epoch.sale().id() + "}*");
        assertThat(keys)
                .hasSize(4)
                .allSatisfy(key -> assertThat(redis.getExpire(key)).isPositive());
    }

    @Test
    void a_crowd_gets_exactly_what_there_is() {
        var epoch = open(50, 2);
        try (var threads = Executors.newFixedThreadPool(32, Thread.ofVirtual().factory())) {
            var said = IntStream.range(0, 400)
                    .mapToObj(n -> CompletableFuture.supplyAsync(
                            () -> admit(epoch, ticket(epoch, "c" + n % 100, "k" + n, 1)), threads))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
            assertThat(said.stream().filter(Admission.Admitted.class::isInstance))
                    .hasSize(50);
        }
        assertThat(remaining(epoch)).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void whatever_happens_in_whatever_order_places_and_limits_add_up(long seed) {
        var random = new Random(seed);
        var epoch = open(12, 3);
        var model = new HashMap<UUID, Taken>();
        var pending = new ArrayList<UUID>();
        for (var step = 0; step < 300; step++) {
            var customer = "c" + random.nextInt(6);
            var key = "k" + random.nextInt(20);
            // One key means one request, so it always asks for the same.
            var quantity = 1 + Math.floorMod((customer + key).hashCode(), 2);
            var order = taken(epoch, customer, key, quantity);
            switch (random.nextInt(6)) {
                case 0 -> {
                    door.settle(epoch, List.of(order));
                    model.putIfAbsent(order.orderId(), order);
                    pending.remove(order.orderId());
                }
                case 1 -> {
                    var ended = taken(epoch, customer, key, 0);
                    var before = model.put(order.orderId(), ended);
                    var given = before == null || before.quantity() == 0 ? 0 : 1;
                    assertThat(door.giveBackEnded(epoch, List.of(ended))).isEqualTo(given);
                    pending.remove(order.orderId());
                }
                case 2 -> {
                    var lost = door.overdue(epoch, Duration.ZERO, 1);
                    assertThat(door.giveBack(epoch, lost)).isEqualTo(Math.min(1, pending.size()));
                    lost.keySet().forEach(model::remove);
                    pending.removeAll(lost.keySet());
                }
                default -> {
                    var admission = admit(epoch, ticket(epoch, customer, key, quantity));
                    if (admission instanceof Admission.Admitted) {
                        assertThat(model.put(order.orderId(), order)).isNull();
                        pending.add(order.orderId());
                        assertThat(pieces(model, customer)).isLessThanOrEqualTo(3);
                        assertThat(pieces(model)).isLessThanOrEqualTo(12);
                    } else if (admission instanceof Admission.Unclear || admission instanceof Admission.Repeated) {
                        assertThat(model).containsKey(order.orderId());
                    }
                }
            }
            var seen = door.look(epoch);
            assertThat(seen.remaining()).isEqualTo(12 - pieces(model));
            assertThat(seen.pending()).isEqualTo(pending.size());
        }
        assertThat(door.holders(epoch).orderIds()).isEqualTo(model.keySet());
    }

    private Admission admit(Epoch epoch, Ticket ticket) {
        return door.admit(epoch, ticket, 0);
    }

    private static long pieces(Map<UUID, Taken> model, String customer) {
        return model.values().stream()
                .filter(taken -> taken.customerHash().equals(Digest.of(customer)))
                .mapToLong(Taken::quantity)
                .sum();
    }

    private static long pieces(Map<UUID, Taken> model) {
        return model.values().stream().mapToLong(Taken::quantity).sum();
    }

    private long remaining(Epoch epoch) {
        return door.look(epoch).remaining();
    }

    private Epoch open(long quantity, long limit) {
        var now = Instant.now();
        return installed(sale(quantity, limit, now.minusSeconds(60), now.plusSeconds(3_600)), 1);
    }

    private Epoch installed(Sale sale, long number) {
        var epoch = new Epoch(sale, number);
        assertThat(door.install(epoch, sale.quantity())).isTrue();
        return epoch;
    }

    private static Sale sale(long quantity, long limit, Instant startsAt, Instant endsAt) {
        return new Sale(UUID.randomUUID(), "LAMP-1", 9_900, "CNY", quantity, limit, startsAt, endsAt);
    }

    private static Ticket ticket(Epoch epoch, String customer, String key, int quantity) {
        return new Ticket(epoch.sale().orderId(customer, key), Digest.of(customer), quantity, BODY);
    }

    private static Taken taken(Epoch epoch, String customer, String key, int quantity) {
        return new Taken(epoch.sale().orderId(customer, key), Digest.of(customer), quantity, BODY, Instant.EPOCH);
    }
}
