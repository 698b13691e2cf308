package dev.breakwater.platform.overload;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;

/**
 * The figures of a {@link Door}: {@code door.limit}, {@code door.in_flight}, and by priority {@code door.admitted} and
 * {@code door.refused}.
 */
public final class DoorMeters implements MeterBinder {

    private final Door door;

    public DoorMeters(Door door) {
        this.door = door;
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        Gauge.builder("door.limit", door, Door::limit)
                .description("Calls that may be inside at a time")
                .register(meters);
        Gauge.builder("door.in_flight", door, Door::inFlight)
                .description("Calls that are inside")
                .register(meters);
        for (var priority : Priority.values()) {
            var name = priority.name().toLowerCase(Locale.ROOT);
            FunctionCounter.builder("door.admitted", door, it -> it.admitted(priority))
                    .description("Calls that came in")
                    .tag("priority", name)
                    .register(meters);
            FunctionCounter.builder("door.refused", door, it -> it.refused(priority))
                    .description("Calls that were turned away")
                    .tag("priority", name)
                    .register(meters);
        }
    }
}
