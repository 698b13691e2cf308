package dev.breakwater.gateway.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.breakwater.platform.overload.rate.Decision;
import dev.breakwater.platform.overload.rate.Limiter;
import dev.breakwater.platform.overload.rate.Rate;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A rule at work: which calls it is about, and what is left of it for whom. */
final class Rule {

    /** At least: by the time that a bucket is forgotten it would be full. */
    private static final Duration KEPT_FOR = Duration.ofMinutes(2);

    private final String name;
    private final LimitsProperties.Rule settings;
    private final CallPattern calls;
    private final Rate rate;
    private final Function<String, Limiter> limiters;
    private final @Nullable Limiter ofAll;
    private final Cache<String, Limiter> ofEach;
    private final String policy;
    private final Map<Decision, Counter> decisions = new EnumMap<>(Decision.class);

    /**
     * @param callers of how many it is remembered what they have left
     * @param limiters makes one for whom it is for, an empty text for everybody
     */
    Rule(
            String name,
            LimitsProperties.Rule settings,
            CallPattern calls,
            int callers,
            Function<String, Limiter> limiters,
            MeterRegistry meters) {
        this.name = name;
        this.settings = settings;
        this.calls = calls;
        this.rate = settings.asRate();
        this.limiters = limiters;
        this.ofAll = settings.each() == LimitsProperties.Each.NONE ? limiters.apply("") : null;
        this.ofEach = Caffeine.newBuilder()
                .maximumSize(callers)
                .expireAfterAccess(KEPT_FOR.compareTo(rate.toFill()) < 0 ? rate.toFill() : KEPT_FOR)
                .executor(Runnable::run)
                .build();
        this.policy = "\"%s\";q=%d;w=%d".formatted(name, rate.burst(), seconds(rate.toFill()));
        for (var decision : Decision.values()) {
            decisions.put(decision, counter(name, decision, meters));
        }
    }

    String name() {
        return name;
    }

    LimitsProperties.Rule settings() {
        return settings;
    }

    boolean isAbout(Call call) {
        return calls.matches(call);
    }

    /** @param who a customer or an address, each with a prefix of its kind; of no matter where there is one bucket */
    Limiter limiter(String who) {
        return ofAll == null ? ofEach.get(who, limiters) : ofAll;
    }

    /** Whether it is known that whoever calls has nothing left. */
    boolean isExhausted(String who) {
        var known = ofAll == null ? ofEach.getIfPresent(who) : ofAll;
        return known != null && known.isExhausted();
    }

    void count(Decision decision) {
        Objects.requireNonNull(decisions.get(decision)).increment();
    }

    /** For {@code RateLimit-Policy}: the burst is the quota, and the time in which it is there again the window. */
    String policy() {
        return policy;
    }

    /** For {@code RateLimit}: what is left, and in how many seconds all of it is there again. */
    String standing(Limiter limiter) {
        var left = Math.min(limiter.left(), rate.burst());
        var toFill = Duration.ofNanos(rate.intervalNanos() * (rate.burst() - left));
        return "\"" + name + "\";r=" + left + ";t=" + seconds(toFill);
    }

    /** The same for a call that is refused: nothing, until it may come back. */
    String refusal(Limiter limiter) {
        return "\"" + name + "\";r=0;t=" + seconds(limiter.comeBackIn());
    }

    private static Counter counter(String name, Decision decision, MeterRegistry meters) {
        return Counter.builder("limiter.decisions")
                .description("Calls that a limit let through or refused.")
                .tags("rule", name, "outcome", decision.isAdmitted() ? "admitted" : "refused")
                .tag("by", decision.isShared() ? "redis" : "local")
                .register(meters);
    }

    /** Rounded up, and one at least. */
    private static long seconds(Duration time) {
        return Math.max(1, time.plusNanos(999_999_999).toSeconds());
    }
}
