package dev.breakwater.bank.http;

/** What a call is answered with, or that its answer is lost on the way. */
public sealed interface Answer {

    record Json(int status, Object body) implements Answer {}

    record Text(int status, String body) implements Answer {}

    /** The connection is closed without a byte. */
    record Lost() implements Answer {}

    static Answer ok(Object body) {
        return new Json(200, body);
    }

    /** The bank's word that this call had no effect and never will. */
    static Answer notProcessed() {
        return new Json(503, new NotProcessed("NOT_PROCESSED"));
    }

    record NotProcessed(String status) {}
}
