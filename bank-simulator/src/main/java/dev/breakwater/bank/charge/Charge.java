package dev.breakwater.bank.charge;

/** A charge as the bank recorded it: final from the first moment. */
record Charge(String key, String reference, long amountMinor, String currency, Status status, String bankReference) {

    enum Status {
        CHARGED,
        DECLINED
    }

    boolean isWhatWasAsked(ChargeRequest request) {
        return amountMinor == request.amountMinor()
                && currency.equals(request.currency())
                && reference.equals(request.reference());
    }
}
