package dev.breakwater.platform.loadbalancing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.breakwater.platform.loadbalancing.LoadBalancingSettings.CanaryShare;
import dev.breakwater.platform.loadbalancing.LoadBalancingSettings.Client;
import dev.breakwater.platform.loadbalancing.nodes.EjectionSettings;
import dev.breakwater.platform.loadbalancing.nodes.Health;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;

class BalancedClientTest {

    private static final String SERVICE = "order-service";
    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);
    private static final EjectionSettings EJECTION =
            new EjectionSettings(5, 0.5, 20, TEN_SECONDS, Duration.ofSeconds(5), Duration.ofMinutes(5), 0.5);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Random random = new Random(1);
    private LoadBalancingSettings settings = settings(Strategy.ROUND_ROBIN, null);
    private long now;
    private final Nodes nodes = new Nodes(() -> settings, meters, () -> now, random::nextLong);
    private final BalancedClient client = nodes.client(SERVICE);

    @Test
    void without_instances_there_is_none() {
        assertThat(client.pick(List.of(), asking(null, null, null))).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void each_strategy_finds_its_instances(Strategy strategy) {
        settings = settings(strategy, null);
        var instances = instances("v1", "v1", "v1");

        var shares = picked(instances, 300);

        assertThat(shares.keySet()).containsExactlyInAnyOrder("1", "2", "3");
    }

    @Test
    void the_strategy_changes_while_it_runs() {
        var instances = List.of(instance("1", Map.of("weight", "3")), instance("2", Map.of("weight", "1")));
        assertThat(picked(instances, 400)).containsOnly(Map.entry("1", 200), Map.entry("2", 200));

        settings = settings(Strategy.WEIGHTED, null);

        assertThat(picked(instances, 400)).containsOnly(Map.entry("1", 300), Map.entry("2", 100));
    }

    @Test
    void a_weight_that_is_no_number_counts_as_one() {
        settings = settings(Strategy.WEIGHTED, null);
        var instances = List.of(instance("1", Map.of("weight", "heavy")), instance("2", Map.of("weight", "1")));

        assertThat(picked(instances, 400)).containsOnly(Map.entry("1", 200), Map.entry("2", 200));
    }

    @Test
    void the_instance_that_failed_is_not_chosen_again_if_there_is_another() {
        var instances = instances("v1", "v1", "v1");
        var failed = instances.getFirst();

        for (var i = 0; i < 100; i++) {
            assertThat(client.pick(instances, asking(failed, null, null))).isNotEqualTo(failed);
        }
        assertThat(client.pick(List.of(failed), asking(failed, null, null))).isEqualTo(failed);
    }

    @Test
    void the_same_key_goes_to_the_same_instance_in_whatever_order_they_are_told() {
        settings = settings(Strategy.CONSISTENT_HASH, null);
        var instances = instances("v1", "v1", "v1", "v1", "v1");

        for (var i = 0; i < 100; i++) {
            var sku = "SKU-" + i;
            assertThat(client.pick(instances, asking(null, sku, null)))
                    .isEqualTo(client.pick(instances.reversed(), asking(null, sku, null)));
        }
    }

    @Test
    void what_is_known_of_an_instance_survives_another_look_at_the_registry() {
        pick(instances("v1", "v1"));
        fail(instance("1", Map.of("version", "v1")), 5);

        pick(instances("v1", "v1").reversed());
        pick(instances("v1", "v1", "v1"));

        assertThat(health("1")).isEqualTo(Health.EJECTED);
        assertThat(health("2")).isEqualTo(Health.UP);
        assertThat(health("3")).isEqualTo(Health.WARMING);
    }

    @Test
    void an_instance_that_is_gone_for_a_while_is_forgotten_with_its_meters() {
        pick(instances("v1", "v2"));
        var before = meters.getMeters().size();
        assertThat(tagged("instance")).isEqualTo(12);

        now += KnownNodes.IDLE.toNanos() / 2;
        pick(instances("v1"));
        assertThat(nodes.states(SERVICE)).hasSize(2);
        now += KnownNodes.IDLE.toNanos() / 2 + 1;
        pick(instances("v1"));

        assertThat(nodes.states(SERVICE)).hasSize(1);
        assertThat(tagged("instance")).isEqualTo(6);
        assertThat(tagged("version")).isEqualTo(3);
        assertThat(meters.getMeters()).hasSize(before - 9);
    }

    @Test
    void a_list_that_is_told_again_after_a_while_without_anybody_makes_nobody_new() {
        pick(instances("v1", "v1"));
        fail(instance("1", Map.of("version", "v1")), 2);

        now += 2 * KnownNodes.IDLE.toNanos();
        pick(instances("v1", "v1"));

        assertThat(health("1")).isEqualTo(Health.UP);
        assertThat(meter("loadbalancing.errors", "1")).isEqualTo(2);
    }

    @Test
    void one_that_is_told_twice_does_not_bring_back_one_that_is_told_no_more() {
        var instances = instances("v1", "v1");
        pick(instances);

        assertThat(picked(List.of(instances.getFirst(), instances.getFirst()), 10))
                .containsOnlyKeys("1");
    }

    @Test
    void calls_are_timed_by_version_and_outcome() {
        var instances = instances("v1", "v2");
        pick(instances);
        var call = nodes.begin(SERVICE, instances.getLast());
        now += 5_000_000;
        call.succeeded();
        fail(instances.getLast(), 2);
        nodes.begin(SERVICE, instances.getLast()).close();

        assertThat(calls("v2", "answered").count()).isEqualTo(1);
        assertThat(calls("v2", "answered").totalTime(TimeUnit.MILLISECONDS)).isEqualTo(5);
        assertThat(calls("v2", "failed").count()).isEqualTo(2);
        assertThat(calls("v1", "answered").count()).isZero();
    }

    @Test
    void a_registry_that_knows_nobody_for_a_moment_makes_nobody_new() {
        pick(instances("v1", "v1"));

        client.pick(List.of(), asking(null, null, null));
        pick(instances("v1", "v1"));

        assertThat(health("1")).isEqualTo(Health.UP);
    }

    @Test
    void picks_errors_calls_under_way_and_ejections_are_metered() {
        var instances = instances("v1", "v1");
        picked(instances, 10);
        fail(instances.getFirst(), 5);
        nodes.begin(SERVICE, instances.getLast());

        assertThat(meter("loadbalancing.picks", "1")).isEqualTo(5);
        assertThat(meter("loadbalancing.errors", "1")).isEqualTo(5);
        assertThat(meter("loadbalancing.ejected", "1")).isEqualTo(1);
        assertThat(meter("loadbalancing.in_flight", "2")).isEqualTo(1);
        assertThat(meter("loadbalancing.ejected", "2")).isZero();
    }

    @Test
    void a_version_gets_its_share_of_customers_and_each_stays_on_his_side() {
        settings = settings(Strategy.ROUND_ROBIN, new CanaryShare("v2", 10, null));
        var instances = instances("v1", "v1", "v2");

        var fresh = 0;
        for (var i = 0; i < 10_000; i++) {
            var first = versionFor(instances, "customer-" + i);
            assertThat(versionFor(instances, "customer-" + i)).isEqualTo(first);
            fresh += first.equals("v2") ? 1 : 0;
        }

        assertThat(fresh / 10_000.0).isCloseTo(0.1, within(0.01));
        assertThat(versionPicks("v2")).isEqualTo(2.0 * fresh);
        assertThat(versionPicks("v1")).isEqualTo(20_000 - 2.0 * fresh);
    }

    @Test
    void a_share_that_is_raised_while_it_runs_only_moves_customers_to_the_new_version() {
        var instances = instances("v1", "v1", "v2");
        settings = settings(Strategy.ROUND_ROBIN, new CanaryShare("v2", 10, null));
        var before = fresh(instances);

        settings = settings(Strategy.ROUND_ROBIN, new CanaryShare("v2", 20, null));
        var after = fresh(instances);
        settings = settings(Strategy.ROUND_ROBIN, new CanaryShare("v2", 0, null));
        var none = fresh(instances);
        settings = settings(Strategy.ROUND_ROBIN, new CanaryShare("v2", 100, null));
        var all = fresh(instances);

        assertThat(after).containsAll(before).hasSizeGreaterThan(before.size());
        assertThat(none).isEmpty();
        assertThat(all).hasSize(1_000);
    }

    @Test
    void without_a_customer_chance_decides() {
        settings = settings(Strategy.ROUND_ROBIN, new CanaryShare("v2", 20, null));
        var instances = instances("v1", "v1", "v2");

        assertThat(picked(instances, 10_000).get("3")).isBetween(1_850, 2_150);
    }

    @Test
    void with_only_one_version_there_all_go_to_it() {
        settings = settings(Strategy.ROUND_ROBIN, new CanaryShare("v2", 10, null));

        assertThat(picked(instances("v1", "v1"), 100)).containsOnlyKeys("1", "2");
        assertThat(picked(instances("v2", "v2"), 100)).containsOnlyKeys("1", "2");
    }

    @Test
    void customers_of_a_version_whose_instances_are_out_go_to_the_other() {
        settings = settings(Strategy.ROUND_ROBIN, new CanaryShare("v2", 100, null));
        var instances = instances("v1", "v1", "v2");
        assertThat(picked(instances, 10)).containsOnlyKeys("3");

        fail(instances.getLast(), 5);

        assertThat(picked(instances, 10)).containsOnlyKeys("1", "2");
    }

    @Test
    void a_retry_of_the_only_instance_of_a_version_goes_to_the_other_version() {
        settings = settings(Strategy.ROUND_ROBIN, new CanaryShare("v2", 100, null));
        var instances = instances("v1", "v2");

        assertThat(client.pick(instances, asking(instances.getLast(), null, null)))
                .isEqualTo(instances.getFirst());
    }

    private List<Integer> fresh(List<ServiceInstance> instances) {
        return IntStream.range(0, 1_000)
                .filter(customer ->
                        versionFor(instances, "customer-" + customer).equals("v2"))
                .boxed()
                .toList();
    }

    private String versionFor(List<ServiceInstance> instances, String customer) {
        var chosen = Objects.requireNonNull(client.pick(instances, asking(null, null, customer)));
        return Objects.requireNonNull(
                Objects.requireNonNull(chosen.getMetadata()).get("version"));
    }

    private void pick(List<ServiceInstance> instances) {
        assertThat(client.pick(instances, asking(null, null, null))).isNotNull();
    }

    private Map<String, Integer> picked(List<ServiceInstance> instances, int picks) {
        var shares = new HashMap<String, Integer>();
        for (var i = 0; i < picks; i++) {
            var chosen = Objects.requireNonNull(client.pick(instances, asking(null, null, null)));
            shares.merge(Objects.requireNonNull(chosen.getInstanceId()), 1, Integer::sum);
        }
        return shares;
    }

    private void fail(ServiceInstance instance, int times) {
        IntStream.range(0, times).forEach(i -> nodes.begin(SERVICE, instance).failed());
    }

    private Health health(String id) {
        return nodes.states(SERVICE).stream()
                .filter(state -> state.instance().startsWith(id + "@"))
                .findFirst()
                .orElseThrow()
                .health();
    }

    private double meter(String name, String id) {
        var meter = meters.get(name)
                .tags("client", SERVICE, "instance", id + "@localhost:808" + id)
                .meter();
        return meter.measure().iterator().next().getValue();
    }

    private double versionPicks(String version) {
        return meters.get("loadbalancing.version.picks")
                .tag("version", version)
                .counter()
                .count();
    }

    private Timer calls(String version, String outcome) {
        return meters.get("loadbalancing.version.calls")
                .tags("version", version, "outcome", outcome)
                .timer();
    }

    private long tagged(String tag) {
        return meters.getMeters().stream()
                .map(Meter::getId)
                .filter(id -> id.getTag(tag) != null)
                .count();
    }

    private static Picking asking(@Nullable ServiceInstance previous, @Nullable String key, @Nullable String customer) {
        return Picking.of(PickContext.request(previous, key, customer));
    }

    private static List<ServiceInstance> instances(String... versions) {
        var instances = new ArrayList<ServiceInstance>();
        Stream.of(versions)
                .forEach(version ->
                        instances.add(instance(String.valueOf(instances.size() + 1), Map.of("version", version))));
        return instances;
    }

    private static ServiceInstance instance(String id, Map<String, String> metadata) {
        return new DefaultServiceInstance(
                id, SERVICE, "localhost", 8080 + Integer.parseInt(id), false, new HashMap<>(metadata));
    }

    private static LoadBalancingSettings settings(Strategy strategy, @Nullable CanaryShare canary) {
        return new LoadBalancingSettings(
                strategy,
                null,
                TEN_SECONDS,
                TEN_SECONDS,
                Duration.ofMinutes(5),
                EJECTION,
                Map.of(SERVICE, new Client(null, null, canary)));
    }
}
