package dev.breakwater.platform.caching;

import java.time.Duration;

/** A cache as services have it, but for a hundred values and a thousand changes. */
final class UsualProperties {

    static final CachingProperties USUAL = new CachingProperties(
            100,
            Duration.ofSeconds(60),
            Duration.ofSeconds(300),
            Duration.ofSeconds(5),
            Duration.ofSeconds(300),
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            1_000,
            new CachingProperties.Hot(0.01, 50, 64, Duration.ofSeconds(10), ""));

    private UsualProperties() {}
}
