package dev.breakwater.gateway.audit;

import java.util.List;
import java.util.stream.Stream;

/** One reading of all ledgers, in the words of their services' {@code /internal/ledger}. */
record Ledgers(OrderLedger orders, InventoryLedger inventory, PaymentLedger payments) {

    record OrderLedger(Orders orders, long confirmedMinor, Events events, List<String> violations) {}

    record InventoryLedger(Stock stock, Events events, List<String> violations) {}

    record PaymentLedger(Payments payments, Bank bank, Events events, List<String> violations) {}

    record Orders(long accepted, long pending, long reserved, long confirmed, long rejected, long cancelled) {}

    record Stock(long received, long onHand, long reserved, long setAside, long sold) {}

    record Payments(long capturedMinor, long refundedMinor, long unknown) {}

    record Bank(long chargedMinor, long refundedMinor, long duplicateCharges) {}

    /** What is under way or was put aside in a service's messaging; {@code lag} is -1 when it is not known. */
    record Events(long outboxPending, long inFlight, long deadLetters, long lag) {

        private boolean atRest() {
            return outboxPending == 0 && inFlight == 0 && lag == 0;
        }
    }

    /** Nothing is under way anywhere, as far as this reading can tell. */
    boolean atRest() {
        return orders.orders().pending() == 0
                && orders.orders().reserved() == 0
                && payments.payments().unknown() == 0
                && events().allMatch(Events::atRest);
    }

    Stream<Events> events() {
        return Stream.of(orders.events(), inventory.events(), payments.events());
    }

    /** The same figures; what the services found wrong is not a figure. */
    boolean sameFigures(Ledgers other) {
        return withoutViolations().equals(other.withoutViolations());
    }

    private Ledgers withoutViolations() {
        return new Ledgers(
                new OrderLedger(orders.orders(), orders.confirmedMinor(), orders.events(), List.of()),
                new InventoryLedger(inventory.stock(), inventory.events(), List.of()),
                new PaymentLedger(payments.payments(), payments.bank(), payments.events(), List.of()));
    }
}
