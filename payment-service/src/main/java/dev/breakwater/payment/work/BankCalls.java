package dev.breakwater.payment.work;

import dev.breakwater.payment.bank.Bank;
import dev.breakwater.payment.bank.BankAnswer;
import dev.breakwater.payment.bank.ChargeOrder;
import dev.breakwater.payment.bank.RefundOrder;
import dev.breakwater.payment.lifecycle.Demand;
import dev.breakwater.payment.lifecycle.Payment;
import org.springframework.stereotype.Component;

/** The one call that a begun payment is waiting for. */
@Component
class BankCalls {

    private final Bank bank;

    BankCalls(Bank bank) {
        this.bank = bank;
    }

    BankAnswer make(Payment payment) {
        String channel = payment.knownAttempt().channel();
        Demand demand = payment.knownDemand();
        return switch (payment.state()) {
            case CHARGING ->
                bank.charge(
                        channel,
                        new ChargeOrder(
                                payment.chargeKey(),
                                payment.orderId().toString(),
                                demand.amountMinor(),
                                demand.currency(),
                                demand.token()),
                        payment.traceparent());
            case UNKNOWN -> bank.findCharge(channel, payment.chargeKey());
            case REFUNDING ->
                bank.refund(
                        channel,
                        new RefundOrder(payment.refundKey(), payment.chargeKey(), demand.amountMinor()),
                        payment.traceparent());
            case REFUND_UNKNOWN -> bank.findRefund(channel, payment.refundKey());
            case READY, CAPTURED, DECLINED, VOIDED, REFUND_READY, REFUNDED ->
                throw new IllegalStateException("no call belongs to " + payment.state());
        };
    }
}
