package dev.breakwater.order.saga;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a trigger does to an order in some state.
 *
 * @param reason the new reason; null to keep what there is
 * @param late whether the trigger came after the end and is only made good
 */
record Step(
        SagaState next, List<Command> commands, @Nullable Reason reason, boolean clearsReason, boolean late) {

    static Step to(SagaState next) {
        return new Step(next, List.of(), null, false, false);
    }

    Step because(Reason newReason) {
        return new Step(next, commands, newReason, false, late);
    }

    Step withoutReason() {
        return new Step(next, commands, null, true, late);
    }

    Step sending(Command command) {
        return new Step(next, List.of(command), reason, clearsReason, late);
    }

    Step afterTheEnd() {
        return new Step(next, commands, reason, clearsReason, true);
    }

    @Nullable
    Reason reasonAfter(@Nullable Reason before) {
        if (clearsReason) {
            return null;
        }
        return reason == null ? before : reason;
    }
}
