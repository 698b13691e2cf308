package dev.breakwater.order.intake;

import dev.breakwater.order.saga.NewOrders.Admitted;
import dev.breakwater.order.saga.NewOrders.NewOrder;
import dev.breakwater.order.saga.OrderItem;
import dev.breakwater.order.saga.PaymentMethod;
import dev.breakwater.platform.messaging.Outgoing;
import dev.breakwater.platform.messaging.Topics;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An order that a flash sale let in, with all that is needed to write it.
 *
 * @param perCustomerLimit of the sale, which the writer checks again
 * @param fingerprint of the request that its key stands for
 * @param admittedAt by the clock of the sale's door
 */
public record QueuedOrder(
        UUID orderId,
        UUID saleId,
        String customer,
        String sku,
        int quantity,
        long unitPriceMinor,
        String currency,
        long perCustomerLimit,
        PaymentMethod paymentMethod,
        UUID fingerprint,
        Instant admittedAt) {

    static final String TYPE = "OrderAdmitted";

    public QueuedOrder {
        Objects.requireNonNull(orderId, "orderId");
        Objects.requireNonNull(saleId, "saleId");
        Objects.requireNonNull(customer, "customer");
        Objects.requireNonNull(sku, "sku");
        Objects.requireNonNull(currency, "currency");
        Objects.requireNonNull(paymentMethod, "paymentMethod");
        Objects.requireNonNull(fingerprint, "fingerprint");
        Objects.requireNonNull(admittedAt, "admittedAt");
    }

    public UUID customerHash() {
        return Digest.of(customer);
    }

    public List<OrderItem> items() {
        return List.of(new OrderItem(sku, quantity, unitPriceMinor));
    }

    public long totalMinor() {
        return Math.multiplyExact(unitPriceMinor, quantity);
    }

    /** One customer's orders of a sale are in one partition, so that whoever writes them can count them. */
    public Outgoing toMessage(@Nullable String traceparent) {
        return new Outgoing(Topics.ORDER_INTAKE, saleId + ":" + customerHash(), TYPE, 1, this, traceparent);
    }

    NewOrder toNewOrder(@Nullable String traceparent) {
        return new NewOrder(
                orderId, customer, items(), currency, paymentMethod, new Admitted(saleId, admittedAt), traceparent);
    }
}
