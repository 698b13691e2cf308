package dev.breakwater.gateway.audit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the figures of all services must be to each other. Each broken invariant is a sentence with its figures.
 *
 * <p>Some hold at every moment. The others hold only at rest: while an order is under way, its money and its goods are
 * in one ledger already and not yet in the next.
 */
final class Judgement {

    private final List<String> violations = new ArrayList<>();

    private Judgement() {}

    static List<String> of(Ledgers ledgers, boolean quiet) {
        var judgement = new Judgement();
        judgement.takeOver(ledgers);
        judgement.always(ledgers);
        if (quiet) {
            judgement.atRest(ledgers);
        }
        return List.copyOf(judgement.violations);
    }

    private void takeOver(Ledgers ledgers) {
        violations.addAll(ledgers.orders().violations());
        violations.addAll(ledgers.inventory().violations());
        violations.addAll(ledgers.payments().violations());
    }

    private void always(Ledgers ledgers) {
        figures(ledgers).forEach((name, value) -> {
            if (value < 0) {
                violations.add("%s is negative: %d.".formatted(name, value));
            }
        });
        var duplicates = ledgers.payments().bank().duplicateCharges();
        if (duplicates > 0) {
            violations.add("The bank charged %d payments more than once.".formatted(duplicates));
        }
        var payments = ledgers.payments().payments();
        if (payments.refundedMinor() > payments.capturedMinor()) {
            violations.add("More was refunded (%d) than was captured (%d)."
                    .formatted(payments.refundedMinor(), payments.capturedMinor()));
        }
    }

    private void atRest(Ledgers ledgers) {
        var orders = ledgers.orders().orders();
        same(
                "The orders accepted",
                orders.accepted(),
                "those confirmed, rejected or cancelled",
                orders.confirmed() + orders.rejected() + orders.cancelled());

        var stock = ledgers.inventory().stock();
        same("The stock received", stock.received(), "what is on hand or sold", stock.onHand() + stock.sold());
        same("The stock reserved", stock.reserved(), "nothing, for no order is open", 0);

        var payments = ledgers.payments().payments();
        var bank = ledgers.payments().bank();
        var kept = payments.capturedMinor() - payments.refundedMinor();
        same(
                "The money captured and not refunded",
                kept,
                "what the bank says",
                bank.chargedMinor() - bank.refundedMinor());
        same(
                "The money captured and not refunded",
                kept,
                "the sum of the confirmed orders",
                ledgers.orders().confirmedMinor());

        var deadLetters =
                ledgers.events().mapToLong(Ledgers.Events::deadLetters).sum();
        same("The messages given up as dead letters", deadLetters, "none", 0);
    }

    private void same(String what, long value, String other, long otherValue) {
        if (value != otherValue) {
            violations.add("%s (%d) should be %s (%d).".formatted(what, value, other, otherValue));
        }
    }

    private static Map<String, Long> figures(Ledgers ledgers) {
        var orders = ledgers.orders().orders();
        var stock = ledgers.inventory().stock();
        var payments = ledgers.payments().payments();
        var bank = ledgers.payments().bank();
        var figures = new LinkedHashMap<String, Long>();
        figures.put("orders.accepted", orders.accepted());
        figures.put("orders.pending", orders.pending());
        figures.put("orders.reserved", orders.reserved());
        figures.put("orders.confirmed", orders.confirmed());
        figures.put("orders.rejected", orders.rejected());
        figures.put("orders.cancelled", orders.cancelled());
        figures.put("confirmedMinor", ledgers.orders().confirmedMinor());
        figures.put("stock.received", stock.received());
        figures.put("stock.onHand", stock.onHand());
        figures.put("stock.reserved", stock.reserved());
        figures.put("stock.setAside", stock.setAside());
        figures.put("stock.sold", stock.sold());
        figures.put("payments.capturedMinor", payments.capturedMinor());
        figures.put("payments.refundedMinor", payments.refundedMinor());
        figures.put("payments.unknown", payments.unknown());
        figures.put("bank.chargedMinor", bank.chargedMinor());
        figures.put("bank.refundedMinor", bank.refundedMinor());
        return figures;
    }
}
