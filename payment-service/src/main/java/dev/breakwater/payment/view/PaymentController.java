package dev.breakwater.payment.view;

import dev.breakwater.payment.lifecycle.Demand;
import dev.breakwater.payment.lifecycle.Payment;
import dev.breakwater.payment.lifecycle.Payments;
import dev.breakwater.platform.web.problem.FieldProblem;
import dev.breakwater.platform.web.problem.ProblemException;
import java.security.Principal;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
class PaymentController {

    /** UUID.fromString takes shorter ones too, and would find an order under many names. */
    private static final Pattern ORDER_ID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private final Payments payments;

    PaymentController(Payments payments) {
        this.payments = payments;
    }

    @GetMapping("/api/v1/payments/{orderId}")
    PaymentView payment(@PathVariable String orderId, Principal caller) {
        if (!ORDER_ID.matcher(orderId).matches()) {
            throw ProblemException.badRequest("invalid_order_id", "An order id is a UUID.")
                    .withErrors(List.of(new FieldProblem("orderId", "must be a UUID")));
        }
        Payment payment = payments.find(UUID.fromString(orderId)).orElseThrow(PaymentController::notFound);
        Demand demand = payment.demand();
        // Another's payment and none at all are the same answer: who asks learns nothing about others' orders.
        if (demand == null || !demand.customer().equals(caller.getName())) {
            throw notFound();
        }
        return PaymentView.of(payment, demand);
    }

    private static ProblemException notFound() {
        return ProblemException.notFound("payment_not_found", "There is no payment of this order.");
    }
}
