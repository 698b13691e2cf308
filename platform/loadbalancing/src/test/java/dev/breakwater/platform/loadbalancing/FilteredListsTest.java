package dev.breakwater.platform.loadbalancing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.platform.loadbalancing.Nodes.NodeState;
import dev.breakwater.platform.loadbalancing.nodes.EjectionSettings;
import dev.breakwater.platform.loadbalancing.nodes.Health;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.DefaultRequest;

/** Requests of several threads that are told different lists, as a supplier does that filters by a hint or a zone. */
class FilteredListsTest {

    private static final String SERVICE = "order-service";
    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final int THREADS = 4;
    private static final int PICKS = 5_000;

    private final AtomicReference<LoadBalancingSettings> settings = new AtomicReference<>(with(Strategy.ROUND_ROBIN));
    private final Nodes nodes = new Nodes(
            settings::get,
            new SimpleMeterRegistry(),
            System::nanoTime,
            () -> ThreadLocalRandom.current().nextLong());

    @ParameterizedTest
    @EnumSource
    void each_request_gets_an_instance_that_it_was_told_and_what_is_known_of_one_stays(Strategy strategy)
            throws Exception {
        settings.set(with(strategy));
        var lists = List.of(instances(1, 2, 3), instances(3, 4), instances(4, 3, 2, 1));
        lists.forEach(this::pick);
        var failing = lists.getFirst().getFirst();
        IntStream.range(0, 5).forEach(i -> nodes.begin(SERVICE, failing).failed());

        together(thread -> {
            for (var i = 0; i < PICKS; i++) {
                var told = lists.get((i + thread) % lists.size());
                assertThat(told).contains(pick(told));
            }
        });

        assertThat(nodes.states(SERVICE)).hasSize(4);
        assertThat(health("1")).isEqualTo(Health.EJECTED);
        assertThat(picks()).isEqualTo(lists.size() + THREADS * PICKS);
    }

    @Test
    void more_lists_than_are_remembered_are_served_too() throws Exception {
        var lists = IntStream.range(1, 20).mapToObj(i -> instances(i, i + 1)).toList();

        together(thread -> {
            for (var i = 0; i < 2_000; i++) {
                var told = lists.get((i + thread) % lists.size());
                assertThat(told).contains(pick(told));
            }
        });

        assertThat(nodes.states(SERVICE)).hasSize(20);
        assertThat(picks()).isEqualTo(THREADS * 2_000);
    }

    @Test
    void instances_that_come_and_go_while_settings_change_are_never_given_to_whom_they_were_not_told()
            throws Exception {
        together(thread -> {
            for (var i = 0; i < 2_000; i++) {
                var told = instances(1, 2 + ThreadLocalRandom.current().nextInt(6), 8);
                assertThat(told).contains(pick(told));
                if (thread == 0 && i % 100 == 0) {
                    settings.set(with(Strategy.values()[i / 100 % Strategy.values().length]));
                }
            }
        });

        assertThat(nodes.states(SERVICE)).hasSize(8);
        assertThat(picks()).isEqualTo(THREADS * 2_000);
    }

    private interface Work {

        void of(int thread);
    }

    private static void together(Work work) throws Exception {
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            var all = new ArrayList<Callable<Boolean>>();
            for (var thread = 0; thread < THREADS; thread++) {
                var number = thread;
                all.add(() -> {
                    work.of(number);
                    return true;
                });
            }
            for (var done : threads.invokeAll(all)) {
                assertThat(done.get()).isTrue();
            }
        }
    }

    private ServiceInstance pick(List<ServiceInstance> told) {
        var chosen = nodes.client(SERVICE).pick(told, Picking.of(new DefaultRequest<>()));
        assertThat(chosen).isNotNull();
        return chosen;
    }

    private long picks() {
        return nodes.states(SERVICE).stream().mapToLong(NodeState::picks).sum();
    }

    private Health health(String id) {
        return nodes.states(SERVICE).stream()
                .filter(state -> state.instance().startsWith(id + "@"))
                .findFirst()
                .orElseThrow()
                .health();
    }

    /** New objects each time, as from a registry. */
    private static List<ServiceInstance> instances(int... numbers) {
        return IntStream.of(numbers)
                .<ServiceInstance>mapToObj(number -> new DefaultServiceInstance(
                        String.valueOf(number), SERVICE, "localhost", 8080 + number, false, Map.of()))
                .toList();
    }

    private static LoadBalancingSettings with(Strategy strategy) {
        return new LoadBalancingSettings(
                strategy,
                null,
                TEN_SECONDS,
                TEN_SECONDS,
                LONG,
                new EjectionSettings(5, 0.5, 20, TEN_SECONDS, LONG, LONG, 0.5),
                Map.of());
    }
}
