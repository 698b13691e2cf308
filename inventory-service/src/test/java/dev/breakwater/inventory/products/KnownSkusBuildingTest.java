package dev.breakwater.inventory.products;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.breakwater.platform.caching.KnownKeys;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class KnownSkusBuildingTest {

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
}
