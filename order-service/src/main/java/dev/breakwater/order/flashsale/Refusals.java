package dev.breakwater.order.flashsale;

import dev.breakwater.platform.web.problem.ProblemException;

/** What is said no with, made once. */
final class Refusals {

    static final ProblemException SOLD_OUT = ProblemException.conflict("sold_out", "Everything is sold.");
    static final ProblemException LIMIT_REACHED =
            ProblemException.conflict("limit_reached", "That is more than one customer may buy in this sale.");
    static final ProblemException NOT_OPEN = ProblemException.conflict("not_open", "The sale has not opened yet.");
    static final ProblemException ENDED = ProblemException.gone("sale_ended", "The sale has ended.");

    static final ProblemException KEY_REUSED = ProblemException.unprocessable(
            "idempotency_key_reused", "This Idempotency-Key was used for another request.");

    private Refusals() {}
}
