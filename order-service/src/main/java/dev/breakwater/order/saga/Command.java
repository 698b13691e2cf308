package dev.breakwater.order.saga;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.breakwater.platform.messaging.Outgoing;
import dev.breakwater.platform.messaging.Topics;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the saga asks of the other services. */
enum Command {
    RESERVE_STOCK {
        @Override
        Outgoing toMessage(Order order) {
            return reserveStock(order, null);
        }
    },
    COMMIT_STOCK {
        @Override
        Outgoing toMessage(Order order) {
            return message(Topics.INVENTORY_COMMANDS, "CommitStock", order, new OrderNamed(order.id()));
        }
    },
    RELEASE_STOCK {
        @Override
        Outgoing toMessage(Order order) {
            return message(Topics.INVENTORY_COMMANDS, "ReleaseStock", order, new OrderNamed(order.id()));
        }
    },
    CAPTURE_PAYMENT {
        @Override
        Outgoing toMessage(Order order) {
            var capture = new CapturePayment(
                    order.id(), order.customer(), order.totalMinor(), order.currency(), order.paymentMethod());
            return message(Topics.PAYMENT_COMMANDS, "CapturePayment", order, capture);
        }
    },
    VOID_PAYMENT {
        @Override
        Outgoing toMessage(Order order) {
            return message(Topics.PAYMENT_COMMANDS, "VoidPayment", order, new OrderNamed(order.id()));
        }
    },
    REFUND_PAYMENT {
        @Override
        Outgoing toMessage(Order order) {
            return message(Topics.PAYMENT_COMMANDS, "RefundPayment", order, new OrderNamed(order.id()));
        }
    };

    /** @param saleId the flash sale from whose stock it is to be taken; null for the product's own */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ReserveStock(
            UUID orderId, List<Line> lines, @Nullable UUID saleId) {
        record Line(String sku, int quantity) {}
    }

    record CapturePayment(UUID orderId, String customer, long amountMinor, String currency, PaymentMethod method) {}

    /** A command that needs no more than the order's name. */
    record OrderNamed(UUID orderId) {}

    abstract Outgoing toMessage(Order order);

    /** {@link #RESERVE_STOCK}, of an order that may be one of a flash sale. */
    static Outgoing reserveStock(Order order, @Nullable UUID saleId) {
        var lines = order.items().stream()
                .map(item -> new ReserveStock.Line(item.sku(), item.quantity()))
                .toList();
        return message(Topics.INVENTORY_COMMANDS, "ReserveStock", order, new ReserveStock(order.id(), lines, saleId));
    }

    private static Outgoing message(String topic, String type, Order order, Object payload) {
        return new Outgoing(topic, order.id().toString(), type, 1, payload);
    }
}
