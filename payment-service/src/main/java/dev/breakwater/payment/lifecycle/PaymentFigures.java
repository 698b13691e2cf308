package dev.breakwater.payment.lifecycle;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a payment adds to the ledger's figures in each of its states. */
public final class PaymentFigures {

    public static final String CAPTURED_MINOR = "captured_minor";
    public static final String REFUNDED_MINOR = "refunded_minor";
    public static final String UNKNOWN = "unknown";
    public static final String IN_FLIGHT = "in_flight";

    private PaymentFigures() {}

    static Map<String, Long> deltas(List<Change> changes) {
        Map<String, Long> deltas = new HashMap<>();
        for (Change change : changes) {
            add(deltas, change.before(), -1);
            add(deltas, change.after(), 1);
        }
        return deltas;
    }

    private static void add(Map<String, Long> deltas, @Nullable Payment payment, long sign) {
        if (payment == null) {
            return;
        }
        PaymentState state = payment.state();
        deltas.merge(CAPTURED_MINOR, state.isCharged() ? sign * payment.amountMinor() : 0, Long::sum);
        deltas.merge(REFUNDED_MINOR, state == PaymentState.REFUNDED ? sign * payment.amountMinor() : 0, Long::sum);
        deltas.merge(UNKNOWN, state.isUnknown() ? sign : 0, Long::sum);
        deltas.merge(IN_FLIGHT, state.isOpen() ? sign : 0, Long::sum);
    }
}
