package dev.breakwater.gateway.limits;

import dev.breakwater.gateway.routing.RoutePaths;
import dev.breakwater.platform.overload.rate.LeakyBucket;
import dev.breakwater.platform.overload.rate.LeasedBucket;
import dev.breakwater.platform.overload.rate.Limiter;
import dev.breakwater.platform.overload.rate.SmoothedBucket;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the rules as they are configured. A rule that did not change keeps what it knows. */
final class Limits {

    private static final Logger log = LoggerFactory.getLogger(Limits.class);

    /** What needs no escapes in a header, and none in a key. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,40}");

    private final RoutePaths routes;
    private final RedisSharing sharing;
    private final MeterRegistry meters;
    private Map<String, Rule> byName = Map.of();
    private int callers;
    private volatile Rules rules = Rules.of(List.of());

    /** @throws IllegalArgumentException if a rule names what there is not */
    Limits(LimitsProperties properties, RoutePaths routes, RedisSharing sharing, MeterRegistry meters) {
        this.routes = routes;
        this.sharing = sharing;
        this.meters = meters;
        use(properties);
    }

    Rules rules() {
        return rules;
    }

    /** Rules that cannot be made sense of change nothing. */
    void change(LimitsProperties properties) {
        try {
            use(properties);
        } catch (IllegalArgumentException e) {
            log.error("limits not changed cause={}", e.getMessage());
        }
    }

    private synchronized void use(LimitsProperties properties) {
        var changed = new TreeMap<String, Rule>();
        properties.rules().forEach((name, settings) -> {
            var known = byName.get(name);
            if (settings.enabled()) {
                var isSame = known != null && known.settings().equals(settings) && callers == properties.callers();
                changed.put(name, isSame ? known : rule(name, settings, properties.callers()));
            }
        });
        byName = changed;
        callers = properties.callers();
        rules = Rules.of(new ArrayList<>(changed.values()));
        sharing.count();
    }

    private Rule rule(String name, LimitsProperties.Rule settings, int mostCallers) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("A rule cannot be called " + name + ".");
        }
        var ofRoute = settings.route() == null ? List.<String>of() : routes.of(settings.route());
        return new Rule(
                name,
                settings,
                CallPattern.of(Set.copyOf(settings.methods()), List.of(ofRoute, settings.paths())),
                mostCallers,
                who -> limiter(name, settings, who),
                meters);
    }

    private Limiter limiter(String name, LimitsProperties.Rule settings, String who) {
        var rate = settings.asRate();
        var bucket = new LeasedBucket(rate, sharing.bucket(name + ":" + who, rate), sharing, System::nanoTime);
        return switch (settings.kind()) {
            case TOKENS -> bucket;
            case SMOOTH ->
                new SmoothedBucket(
                        bucket,
                        new LeakyBucket(rate, settings.longestWait(), System.nanoTime()),
                        System::nanoTime,
                        LockSupport::parkNanos);
        };
    }
}
