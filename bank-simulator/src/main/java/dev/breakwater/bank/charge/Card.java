package dev.breakwater.bank.charge;

/** How the bank treats a card, by the demo's tokens. */
enum Card {
    CHARGES,
    DECLINES,
    CHARGES_SLOWLY,
    CHARGES_AND_LOSES_THE_ANSWER,
    REFUSES_SERVICE_TWICE;

    static Card of(String token) {
        return switch (token) {
            // A risky card is none to the bank: the risk rules of payment-service keep it away.
            case "tok_ok", "tok_risky" -> CHARGES;
            case "tok_slow" -> CHARGES_SLOWLY;
            case "tok_timeout" -> CHARGES_AND_LOSES_THE_ANSWER;
            case "tok_flaky" -> REFUSES_SERVICE_TWICE;
            default -> DECLINES;
        };
    }
}
