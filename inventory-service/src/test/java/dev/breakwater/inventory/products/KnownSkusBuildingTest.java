package dev.breakwater.inventory.products;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.breakwater.platform.caching.KnownKeys;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KnownSkusBuildingTest {

    /** Virtual threads share few carriers and are not taken off them: a long computation is not for them. */
    @Test
    void it_builds_on_a_platform_thread_of_its_own() {
        var builder = new AtomicReference<@Nullable Thread>();
        var known = new KnownKeys(
                10, 0.01, key -> builder.set(Thread.currentThread()), () -> true, new SimpleMeterRegistry());
        var building = new KnownSkusBuilding(known, new KnownSkusProperties(10, 0.01, Duration.ofHours(6)));
        building.start();
        await().until(() -> builder.get() != null);
        building.stop();
        assertThat(builder.get()).isNotNull().matches(thread -> !thread.isVirtual() && thread.isDaemon());
    }

    @Test
    void a_service_that_was_stopped_and_is_started_again_builds_again() {
        var built = new AtomicInteger();
        var known = new KnownKeys(10, 0.01, key -> built.incrementAndGet(), () -> true, new SimpleMeterRegistry());
        var building = new KnownSkusBuilding(known, new KnownSkusProperties(10, 0.01, Duration.ofHours(6)));
        building.start();
        await().until(() -> built.get() == 1);
        building.stop();
        assertThat(building.isRunning()).isFalse();
        building.start();
        await().until(() -> built.get() == 2);
        building.stop();
    }

    @Test
    void it_builds_again_and_again() {
        var built = new AtomicInteger();
        var known = new KnownKeys(10, 0.01, key -> built.incrementAndGet(), () -> true, new SimpleMeterRegistry());
        var building = new KnownSkusBuilding(known, new KnownSkusProperties(10, 0.01, Duration.ofSeconds(1)));
        building.start();
        await().until(() -> built.get() == 3);
        building.stop();
        assertThat(known.test("tea")).isFalse();
    }

    @Test
    void what_could_not_be_built_is_tried_again_long_before_it_would_be_built_anew() {
        var tried = new AtomicInteger();
        KnownKeys.AllKeys awayAtFirst = key -> {
            if (tried.incrementAndGet() == 1) {
                throw new IllegalStateException("database away");
            }
        };
        var known = new KnownKeys(10, 0.01, awayAtFirst, () -> true, new SimpleMeterRegistry());
        var building = new KnownSkusBuilding(known, new KnownSkusProperties(10, 0.01, Duration.ofHours(6)));
        building.start();
        await().until(() -> tried.get() == 1);
        assertThat(known.test("tea")).isTrue();
        await().atMost(Duration.ofSeconds(20)).until(() -> !known.test("tea"));
        building.stop();
        assertThat(tried).hasValue(2);
    }
}
