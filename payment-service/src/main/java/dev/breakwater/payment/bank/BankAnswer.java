package dev.breakwater.payment.bank;

/** What is known after the bank was called. */
public sealed interface BankAnswer {

    /** The money moved, once. */
    record Succeeded() implements BankAnswer {}

    /** The bank says no, for good. */
    record Declined() implements BankAnswer {}

    /** It is certain that the call had no effect and will have none. */
    record Refused() implements BankAnswer {}

    /** The call was not made, for the channel's breaker is open. What was known before is known, and no more. */
    record NotCalled() implements BankAnswer {}

    /** The bank does not know the key now; a call that is still on its way may change that. */
    record NotFound() implements BankAnswer {}

    /** Anything may have happened. */
    record Unknown() implements BankAnswer {}

    /** For metrics and the attempts' log. */
    default String label() {
        return switch (this) {
            case Succeeded() -> "SUCCEEDED";
            case Declined() -> "DECLINED";
            case Refused() -> "REFUSED";
            case NotCalled() -> "NOT_CALLED";
            case NotFound() -> "NOT_FOUND";
            case Unknown() -> "UNKNOWN";
        };
    }
}
