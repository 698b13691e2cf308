package dev.breakwater.order.overview;

import dev.breakwater.order.overview.PaymentClient.Payment;
import dev.breakwater.platform.remote.NotCalledException;
import dev.breakwater.platform.remote.RemoteCalls;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClientException;

/** The payment of an order, once it has been asked for. */
final class PaymentPart implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(PaymentPart.class);

    private final RemoteCalls calls;
    private final PaymentClient payments;
    private final UUID order;
    private final String authorization;

    private volatile @Nullable Payment found;
    private volatile boolean told;

    PaymentPart(RemoteCalls calls, PaymentClient payments, UUID order, String authorization) {
        this.calls = calls;
        this.payments = payments;
        this.order = order;
        this.authorization = authorization;
    }

    @Override
    public void run() {
        try {
            found = calls.call("payment", () -> payments.payment(order, authorization));
            told = true;
        } catch (HttpClientErrorException.NotFound e) {
            // Nothing is to be paid before the stock is reserved.
            told = true;
        } catch (RestClientException | NotCalledException e) {
            log.debug("payment not told order={} cause={}", order, e.getMessage());
        }
    }

    /** Null when there is none, or nobody could tell. */
    @Nullable
    Payment found() {
        return found;
    }

    List<String> missing() {
        return told ? List.of() : List.of("payment");
    }
}
