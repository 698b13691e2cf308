package dev.breakwater.gateway.degradation;

import dev.breakwater.gateway.limits.Call;
import dev.breakwater.gateway.limits.CallPattern;
import dev.breakwater.platform.web.problem.ProblemException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The features that are switched off now. */
final class DegradationPlan {

    private static final Logger log = LoggerFactory.getLogger(DegradationPlan.class);

    private final MeterRegistry meters;
    private volatile List<SwitchedOff> off = List.of();

    DegradationPlan(DegradationProperties properties, MeterRegistry meters) {
        this.meters = meters;
        use(properties);
        Gauge.builder("degradation.level", () -> off.size())
                .description("How many features are switched off.")
                .register(meters);
    }

    /** A feature that is off, and what its callers are told. */
    private record SwitchedOff(String name, CallPattern calls, ProblemException problem, Counter refused) {}

    void use(DegradationProperties properties) {
        var steps = properties.steps();
        var taken = steps.subList(0, Math.min(properties.level(), steps.size()));
        off = taken.stream().map(step -> switchedOff(step, properties)).toList();
        if (!taken.isEmpty()) {
            log.warn(
                    "features switched off names={}",
                    taken.stream().map(DegradationProperties.Step::name).toList());
        }
    }

    /** What to answer when the call is of a feature that is off. */
    @Nullable
    ProblemException refusal(Call call) {
        for (var feature : off) {
            if (feature.calls.matches(call)) {
                feature.refused.increment();
                return feature.problem;
            }
        }
        return null;
    }

    boolean isComplete() {
        return off.isEmpty();
    }

    private SwitchedOff switchedOff(DegradationProperties.Step step, DegradationProperties properties) {
        return new SwitchedOff(
                step.name(),
                CallPattern.of(Set.copyOf(step.methods()), List.of(step.paths())),
                ProblemException.unavailable(
                        "switched_off",
                        "There is too much to do just now; %s are switched off.".formatted(step.name()),
                        properties.comeBackIn()),
                Counter.builder("degradation.refused")
                        .tag("feature", step.name())
                        .description("Calls of features that are switched off.")
                        .register(meters));
    }
}
