package dev.breakwater.payment.lifecycle;

import dev.breakwater.payment.bank.BankProperties;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Which of the bank's channels a payment goes to. */
@Component
class Channels {

    private final List<String> names;

    Channels(BankProperties bank) {
        names = bank.channels();
    }

    /** Where the next call for an open payment is made: free to choose only while no call may have had an effect. */
    String next(Payment payment) {
        return payment.hasNotBegun()
                ? names.get(payment.task().failures() % names.size())
                : payment.knownAttempt().channel();
    }

    /** The same for any payment; null when nothing is due. */
    @Nullable
    String due(Payment payment) {
        return payment.task().dueAt() == null ? null : next(payment);
    }
}
