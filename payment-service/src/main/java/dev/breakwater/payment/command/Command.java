package dev.breakwater.payment.command;

import dev.breakwater.payment.lifecycle.Demand;
import dev.breakwater.platform.messaging.InvalidMessageException;
import dev.breakwater.platform.messaging.Message;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What order-service can ask for. */
sealed interface Command {

    UUID orderId();

    record Capture(UUID orderId, Demand demand, String methodType) implements Command {}

    record Withdraw(UUID orderId) implements Command {}

    record Refund(UUID orderId) implements Command {}

    /**
     * The command in a message; empty when it is of a type that this service does not know.
     *
     * @throws InvalidMessageException when something that it needs is missing
     */
    static Optional<Command> of(Message message) {
        return switch (message.type()) {
            case "CapturePayment" ->
                Optional.of(message.as(CapturePayment.class).checked());
            case "VoidPayment" ->
                Optional.of(new Withdraw(
                        needed("orderId", message.as(VoidPayment.class).orderId())));
            case "RefundPayment" ->
                Optional.of(new Refund(
                        needed("orderId", message.as(RefundPayment.class).orderId())));
            default -> Optional.empty();
        };
    }

    private static <T> T needed(String field, @Nullable T value) {
        if (value == null) {
            throw new InvalidMessageException(field + " is missing", null);
        }
        return value;
    }

    /** Version 1 as it is sent. */
    record CapturePayment(
            @Nullable UUID orderId,
            @Nullable String customer,
            @Nullable Long amountMinor,
            @Nullable String currency,
            @Nullable Method method) {

        record Method(@Nullable String type, @Nullable String token) {}

        private Capture checked() {
            Method how = needed("method", method);
            long amount = needed("amountMinor", amountMinor);
            if (amount < 0) {
                throw new InvalidMessageException("amountMinor is negative", null);
            }
            return new Capture(
                    needed("orderId", orderId),
                    new Demand(
                            needed("customer", customer),
                            amount,
                            needed("currency", currency),
                            needed("method.token", how.token())),
                    needed("method.type", how.type()));
        }
    }

    /** Version 1 as it is sent. */
    record VoidPayment(@Nullable UUID orderId) {}

    /** Version 1 as it is sent. */
    record RefundPayment(@Nullable UUID orderId) {}
}
