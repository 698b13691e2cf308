package dev.breakwater.bank.charge;

import dev.breakwater.bank.http.Answer;
import dev.breakwater.bank.http.Channels;
import dev.breakwater.bank.http.Rejection;
import dev.breakwater.bank.http.Request;
import dev.breakwater.bank.http.Route;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The HTTP side of charges. A repeated key is answered by what was recorded, whatever the card. */
public final class ChargeCalls {

    private static final int FLAKY_REFUSALS = 2;

    private final Charges charges;
    private final Channels channels;
    private final Patience patience;
    private final Duration slow;
    private final Duration held;
    private final Consumer<String> counted;

    public ChargeCalls(
            Charges charges,
            Channels channels,
            Patience patience,
            Duration slow,
            Duration held,
            Consumer<String> counted) {
        this.charges = charges;
        this.channels = channels;
        this.patience = patience;
        this.slow = slow;
        this.held = held;
        this.counted = counted;
    }

    public List<Route> routes() {
        return List.of(
                Route.post("/channels/{channel}/charges", this::charge),
                Route.get("/channels/{channel}/charges/{key}", this::find));
    }

    private Answer find(Request request) throws SQLException {
        return charges.find(channels.in(request), request.path("key"))
                .map(charge -> Answer.ok(ChargeBody.of(charge)))
                .orElseThrow(() -> Rejection.notFound("charge_not_found", "There is no charge with this key."));
    }

    private Answer charge(Request call) throws SQLException {
        String channel = channels.in(call);
        ChargeRequest request = ChargeRequest.of(call);
        Optional<Charge> recorded = charges.find(channel, request.key());
        if (recorded.isPresent()) {
            return answer(request, recorded.get());
        }
        return switch (Card.of(request.token())) {
            case CHARGES -> recorded(channel, request, Charge.Status.CHARGED);
            case DECLINES -> recorded(channel, request, Charge.Status.DECLINED);
            case CHARGES_SLOWLY -> patience.wait(slow) ? recorded(channel, request, Charge.Status.CHARGED) : refused();
            case CHARGES_AND_LOSES_THE_ANSWER -> {
                recorded(channel, request, Charge.Status.CHARGED);
                patience.wait(held);
                yield new Answer.Lost();
            }
            case REFUSES_SERVICE_TWICE ->
                charges.countFlakyCall(request.reference()) > FLAKY_REFUSALS
                        ? recorded(channel, request, Charge.Status.CHARGED)
                        : refused();
        };
    }

    private Answer recorded(String channel, ChargeRequest request, Charge.Status status) throws SQLException {
        return answer(request, charges.record(channel, request, status));
    }

    private Answer answer(ChargeRequest request, Charge charge) {
        if (!charge.isWhatWasAsked(request)) {
            throw Rejection.conflict("key_reused", "This key belongs to another charge.");
        }
        counted.accept("charge_" + charge.status());
        return Answer.ok(ChargeBody.of(charge));
    }

    private Answer refused() {
        counted.accept("charge_NOT_PROCESSED");
        return Answer.notProcessed();
    }

    private record ChargeBody(String key, String status, String bankReference) {

        static ChargeBody of(Charge charge) {
            return new ChargeBody(charge.key(), charge.status().name(), charge.bankReference());
        }
    }
}
