package dev.breakwater.payment.command;

import dev.breakwater.payment.lifecycle.Payment;
import dev.breakwater.platform.messaging.Outgoing;
import java.util.List;

/** The payment after a command, and what is said at once; nothing when the answer follows with the outcome. */
record Decision(Payment payment, List<Outgoing> answers) {

    static Decision saying(Payment payment, Outgoing... answers) {
        return new Decision(payment, List.of(answers));
    }
}
