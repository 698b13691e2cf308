package dev.breakwater.bank.refund;

import dev.breakwater.bank.http.Answer;
import dev.breakwater.bank.http.Channels;
import dev.breakwater.bank.http.Check;
import dev.breakwater.bank.http.Rejection;
import dev.breakwater.bank.http.Request;
import dev.breakwater.bank.http.Route;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The HTTP side of refunds. */
public final class RefundCalls {

    private final Refunds refunds;
    private final Channels channels;
    private final Consumer<String> counted;

    public RefundCalls(Refunds refunds, Channels channels, Consumer<String> counted) {
        this.refunds = refunds;
        this.channels = channels;
        this.counted = counted;
    }

    public List<Route> routes() {
        return List.of(
                Route.post("/channels/{channel}/refunds", this::refund),
                Route.get("/channels/{channel}/refunds/{key}", this::find));
    }

    private Answer find(Request request) throws SQLException {
        return refunds.find(channels.in(request), request.path("key"))
                .map(refund -> Answer.ok(RefundBody.of(refund)))
                .orElseThrow(() -> Rejection.notFound("refund_not_found", "There is no refund with this key."));
    }

    private Answer refund(Request request) throws SQLException {
        String channel = channels.in(request);
        Body body = request.body(Body.class);
        String key = Check.key("key", body.key());
        String chargeKey = Check.key("chargeKey", body.chargeKey());
        long amountMinor = Check.amount(body.amountMinor());
        Refund refund = refunds.record(channel, key, chargeKey, amountMinor);
        if (refund.amountMinor() != amountMinor || !refund.chargeKey().equals(chargeKey)) {
            throw Rejection.conflict("key_reused", "This key belongs to another refund.");
        }
        counted.accept("refund_REFUNDED");
        return Answer.ok(RefundBody.of(refund));
    }

    private record Body(
            @Nullable String key,
            @Nullable String chargeKey,
            @Nullable Long amountMinor) {}

    private record RefundBody(String key, String status, String bankReference) {

        static RefundBody of(Refund refund) {
            return new RefundBody(refund.key(), "REFUNDED", refund.bankReference());
        }
    }
}
