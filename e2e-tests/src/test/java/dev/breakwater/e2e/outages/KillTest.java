package dev.breakwater.e2e.outages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.breakwater.e2e.outages.Instance.Batches;
import dev.breakwater.e2e.suite.Caller;
import dev.breakwater.e2e.suite.Shop;
import dev.breakwater.e2e.suite.Shop.Stock;
import dev.breakwater.e2e.suite.Suite;
import dev.breakwater.e2e.suite.WithSuite;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/**
 * Kill -9 in mid-batch, twenty times over. Order and inventory take turns, and so do their two instances: while one
 * comes back its neighbour serves, and nobody is killed before the neighbour has done its share again.
 */
@WithSuite
@Order(Integer.MAX_VALUE)
class KillTest {

    private static final int KILLS = 20;
    private static final int STOCK = 1_000_000;
    private static final int SCARCE = 100;
    private static final int NEW_ORDERS_BETWEEN_KILLS = 50;
    /** Or the kills would be said to be in mid-batch and hit single orders. */
    private static final double LEAST_MEAN_BATCH = 2;

    /** An instance takes about ten seconds; a busy machine may take its time. */
    private static final Duration COMING_BACK = Duration.ofMinutes(3);

    private static final Duration CATCHING_UP = Duration.ofMinutes(8);

    private final Shop shop;
    private final Suite suite;
    private final List<Instance> orders;
    private final List<Instance> inventories;

    KillTest(Shop shop, Suite suite) {
        this.shop = shop;
        this.suite = suite;
        orders = List.of(Instance.ofOrder(shop, suite, 1), Instance.ofOrder(shop, suite, 2));
        inventories = List.of(Instance.ofInventory(shop, suite, 1), Instance.ofInventory(shop, suite, 2));
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void instances_killed_in_mid_batch_twenty_times_lose_nothing_and_do_nothing_twice() throws Exception {
        var before = shop.awaitQuiet();
        var products = new SteadyLoad.Products(
                shop.newProduct(STOCK),
                List.of(shop.newProduct(STOCK), shop.newProduct(STOCK), shop.newProduct(STOCK)),
                shop.newProduct(SCARCE));
        Collection<SteadyLoad.Placed> placed;
        Batches placements;
        int acceptedUnheard;
        try (var load = SteadyLoad.begin(shop, products)) {
            placements = killInTurn(load);
            await("everybody being back").atMost(COMING_BACK).until(suite::allReady);
            placed = load.stop();
            acceptedUnheard = load.acceptedUnheard();
        }
        for (var one : orders) {
            placements = placements.plus(one.placements());
        }
        var after = awaitQuiet();

        var ended = listed(placed);
        assertThat(placed.stream().map(SteadyLoad.Placed::id)).doesNotHaveDuplicates();
        assertThat(ended.keySet())
                .as("what was accepted, and nothing else, is on the customers' lists")
                .isEqualTo(placed.stream().map(SteadyLoad.Placed::id).collect(Collectors.toSet()));
        assertThat(Set.copyOf(ended.values())).isSubsetOf("CONFIRMED", "REJECTED", "CANCELLED");
        assertThat(after.path("orders").path("accepted").asLong()
                        - before.path("orders").path("accepted").asLong())
                .isEqualTo(placed.size());

        var sold = sold(placed, ended);
        assertThat(shop.stock(products.hot())).isEqualTo(left(STOCK, sold, products.hot()));
        for (var other : products.others()) {
            assertThat(shop.stock(other)).isEqualTo(left(STOCK, sold, other));
        }
        assertThat(shop.stock(products.scarce())).isEqualTo(left(SCARCE, sold, products.scarce()));

        var check = suite.run("check", "--wait", "120");
        assertThat(check.status()).as(check.output()).isZero();
        System.out.println(check.output());

        System.out.printf(
                "%d orders in %.0f transactions, %.2f in each; %d accepted whose answer died with an instance%n",
                placed.size(), placements.transactions(), placements.meanSize(), acceptedUnheard);
        assertThat(placements.meanSize())
                .as("placements in a transaction, over the whole run")
                .isGreaterThan(LEAST_MEAN_BATCH);
        assertThat(acceptedUnheard)
                .as("orders that were committed and whose answer died with an instance")
                .isPositive();
    }

    /** @return the placements that the killed ones made */
    private Batches killInTurn(SteadyLoad load) {
        var placements = Batches.NONE;
        var killed = new HashSet<Long>();
        for (var kill = 1; kill <= KILLS; kill++) {
            var pair = kill % 2 == 1 ? orders : inventories;
            var victim = pair.get((kill - 1) / 2 % 2);
            await("both of %s taking part before kill %d".formatted(pair, kill))
                    .atMost(COMING_BACK)
                    .pollInterval(Duration.ofMillis(250))
                    .until(() -> {
                        load.assertUnharmed();
                        return pair.stream().allMatch(one -> one.isReady() && one.takesPart());
                    });
            var process = victim.process();
            placements = placements.plus(pair == orders ? victim.placements() : Batches.NONE);
            var accepted = load.accepted();
            await("%s being in the middle of it".formatted(victim.name()))
                    .atMost(COMING_BACK)
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> {
                        load.assertUnharmed();
                        return load.accepted() >= accepted + NEW_ORDERS_BETWEEN_KILLS
                                && victim.isWriting()
                                && load.inTheAir() > 0;
                    });
            var inTheAir = load.inTheAir();
            assertThat(process.destroyForcibly())
                    .as("kill -9 of " + victim.name())
                    .isTrue();
            assertThat(killed.add(process.pid())).as("a new process").isTrue();
            System.out.printf(
                    "kill %2d of %d: %-19s pid %d; %5d orders accepted, %2d in the air, %d heard of by the repeat so far%n",
                    kill, KILLS, victim.name(), process.pid(), load.accepted(), inTheAir, load.acceptedUnheard());
            await("its end").atMost(Duration.ofSeconds(30)).until(() -> !process.isAlive());
        }
        return placements;
    }

    private JsonNode awaitQuiet() {
        var open = new HashSet<Long>();
        var quiet = await("all orders ending and the suite being quiet")
                .atMost(CATCHING_UP)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> shop.admin().get("audit"), answer -> {
                    if (answer.status() != 200) {
                        return false;
                    }
                    var now = answer.json().path("orders");
                    var left =
                            now.path("pending").asLong() + now.path("reserved").asLong();
                    if (open.add(left)) {
                        System.out.printf("%d orders open%n", left);
                    }
                    return answer.json().path("quiet").asBoolean(false);
                })
                .json();
        assertThat(quiet.path("violations")).as(quiet.toString()).isEmpty();
        return quiet;
    }

    /** Order id → status, over the whole lists of all customers. */
    private static Map<String, String> listed(Collection<SteadyLoad.Placed> placed) {
        var listed = new HashMap<String, String>();
        placed.stream()
                .map(SteadyLoad.Placed::customer)
                .distinct()
                .flatMap(customer -> list(customer).stream())
                .forEach(order -> listed.put(
                        order.path("id").asString(), order.path("status").asString()));
        return listed;
    }

    private static List<JsonNode> list(Caller customer) {
        var orders = new ArrayList<JsonNode>();
        var cursor = "";
        do {
            var page = customer.get("orders?limit=100" + cursor).expect(200);
            page.json().path("items").forEach(orders::add);
            cursor = page.text("nextCursor").isEmpty() ? "" : "&cursor=" + page.text("nextCursor");
        } while (!cursor.isEmpty());
        return orders;
    }

    /** SKU → pieces in confirmed orders. */
    private static Map<String, Integer> sold(Collection<SteadyLoad.Placed> placed, Map<String, String> ended) {
        var sold = new HashMap<String, Integer>();
        placed.stream()
                .filter(order -> "CONFIRMED".equals(ended.get(order.id())))
                .forEach(order -> order.pieces().forEach((sku, pieces) -> sold.merge(sku, pieces, Integer::sum)));
        return sold;
    }

    private static Stock left(int before, Map<String, Integer> sold, String sku) {
        var left = before - sold.getOrDefault(sku, 0);
        return new Stock(left, 0, left);
    }
}
