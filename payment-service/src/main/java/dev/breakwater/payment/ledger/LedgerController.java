package dev.breakwater.payment.ledger;

import dev.breakwater.payment.bank.Bank;
import dev.breakwater.payment.bank.BankLedger;
import dev.breakwater.payment.lifecycle.PaymentFigures;
import dev.breakwater.platform.messaging.EventFigures;
import dev.breakwater.platform.messaging.MessagingLedger;
import dev.breakwater.platform.persistence.Figures;
import dev.breakwater.platform.persistence.Recounts;
import dev.breakwater.platform.persistence.Transactions;
import dev.breakwater.platform.web.problem.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The audit's view of the payments, from counters; {@code depth=full} compares them with the tables as well. */
@RestController
class LedgerController {

    private final Transactions transactions;
    private final Recounts recounts;
    private final Figures figures;
    private final Tables tables;
    private final MessagingLedger messaging;
    private final Bank bank;

    LedgerController(
            Transactions transactions,
            Recounts recounts,
            Figures figures,
            Tables tables,
            MessagingLedger messaging,
            Bank bank) {
        this.transactions = transactions;
        this.recounts = recounts;
        this.figures = figures;
        this.tables = tables;
        this.messaging = messaging;
        this.bank = bank;
    }

    record Ledger(PaymentSums payments, BankLedger bank, Events events, List<String> violations) {}

    record PaymentSums(long capturedMinor, long refundedMinor, long unknown) {}

    record Events(long outboxPending, long inFlight, long deadLetters, long lag) {}

    private record Reading(Map<String, Long> figures, List<String> violations) {}

    @GetMapping("/internal/ledger")
    Ledger ledger(@RequestParam(defaultValue = "") String depth) {
        BankLedger banks = bank.ledger()
                .orElseThrow(() -> ProblemException.unavailable(
                        "bank_unavailable", "The bank cannot be asked for its ledger.", Duration.ofSeconds(2)));
        Reading reading =
                depth.equals("full") ? recounts.recount(this::readAndCompare) : transactions.snapshot(this::read);
        EventFigures events = messaging.read();
        PaymentSums sums = new PaymentSums(
                of(reading, PaymentFigures.CAPTURED_MINOR),
                of(reading, PaymentFigures.REFUNDED_MINOR),
                of(reading, PaymentFigures.UNKNOWN));
        List<String> violations = new ArrayList<>(reading.violations());
        if (banks.duplicateCharges() != 0) {
            violations.add("The bank charged %d orders more than once.".formatted(banks.duplicateCharges()));
        }
        if (sums.refundedMinor() > sums.capturedMinor()) {
            violations.add("More was refunded (%d) than was captured (%d)."
                    .formatted(sums.refundedMinor(), sums.capturedMinor()));
        }
        return new Ledger(
                sums,
                banks,
                new Events(
                        events.outboxPending(),
                        of(reading, PaymentFigures.IN_FLIGHT),
                        events.deadLetters(),
                        events.lag()),
                violations);
    }

    private Reading read() {
        return new Reading(figures.read(), List.of());
    }

    private Reading readAndCompare() {
        Map<String, Long> counted = figures.read();
        return new Reading(counted, tables.differencesFrom(counted));
    }

    private static long of(Reading reading, String name) {
        return reading.figures().getOrDefault(name, 0L);
    }
}
