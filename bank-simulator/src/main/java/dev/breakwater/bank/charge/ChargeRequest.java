package dev.breakwater.bank.charge;

import dev.breakwater.bank.http.Check;
import dev.breakwater.bank.http.Request;
import org.jspecify.annotations.Nullable;

/** A checked order to charge; the reference is the caller's own name for what is paid, the same over all channels. */
record ChargeRequest(String key, String reference, long amountMinor, String currency, String token) {

    static ChargeRequest of(Request request) {
        Body body = request.body(Body.class);
        return new ChargeRequest(
                Check.key("key", body.key()),
                Check.key("reference", body.reference()),
                Check.amount(body.amountMinor()),
                Check.currency(body.currency()),
                Check.text("token", body.token()));
    }

    private record Body(
            @Nullable String key,
            @Nullable String reference,
            @Nullable Long amountMinor,
            @Nullable String currency,
            @Nullable String token) {}
}
