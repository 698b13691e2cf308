package dev.breakwater.gateway.audit;

import java.util.List;

/** What the ledgers say, read from the databases, for the whole suite. */
record Audit(
        Ledgers.Orders orders,
        Ledgers.Stock stock,
        Ledgers.Payments payments,
        Ledgers.Bank bank,
        Events events,
        boolean quiet,
        List<String> violations) {

    record Events(long outboxPending, long inFlight, long deadLetters) {}

    static Audit of(Ledgers ledgers, boolean quiet) {
        return new Audit(
                ledgers.orders().orders(),
                ledgers.inventory().stock(),
                ledgers.payments().payments(),
                ledgers.payments().bank(),
                new Events(
                        ledgers.events()
                                .mapToLong(Ledgers.Events::outboxPending)
                                .sum(),
                        ledgers.events().mapToLong(Ledgers.Events::inFlight).sum(),
                        ledgers.events().mapToLong(Ledgers.Events::deadLetters).sum()),
                quiet,
                Judgement.of(ledgers, quiet));
    }
}
