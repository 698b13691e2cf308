package dev.breakwater.order.saga;

import dev.breakwater.order.saga.Orders.Milestone;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What has become of an order so far.
 *
 * @param milestones in the order in which every order passes them, whatever the clocks of instances say
 * @param reason why it ended otherwise than confirmed
 */
public record History(List<Milestone> milestones, @Nullable Reason reason) {

    private static final Comparator<Milestone> AS_THEY_COME =
            Comparator.comparingInt(milestone -> milestone.status().step());

    public History {
        milestones = milestones.stream().sorted(AS_THEY_COME).toList();
    }

    History with(History more) {
        return new History(
                Stream.concat(milestones.stream(), more.milestones.stream()).toList(), reason);
    }

    public boolean hasEnded() {
        return !milestones.isEmpty() && milestones.getLast().status().isFinal();
    }
}
