package dev.breakwater.platform.web.exchange;

import dev.breakwater.platform.web.problem.Overloaded;
import java.io.IOException;
import java.util.concurrent.atomic.LongAdder;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.SemaphoreValve;

/**
 * Answers 503 {@code overloaded} at once to a request that comes while as many are worked on as there is room for.
 * Virtual threads have no number at which they run out; the heap behind them has.
 */
public final class ConcurrencyLimitValve extends SemaphoreValve {

    private final LongAdder refused = new LongAdder();

    /** @param requests how many may be worked on at a time */
    public ConcurrencyLimitValve(int requests) {
        setConcurrency(requests);
        setBlock(false);
    }

    /** How many requests are worked on now. */
    public int inside() {
        var places = semaphore;
        return places == null ? 0 : getConcurrency() - places.availablePermits();
    }

    /** How many were turned away since the start. */
    public long refused() {
        return refused.sum();
    }

    @Override
    public void permitDenied(Request request, Response response) throws IOException {
        var began = System.nanoTime();
        refused.increment();
        var trace = UsualHeaders.trace(request);
        UsualHeaders.set(request, response, trace, began);
        Overloaded.ANSWER.write(response, request.getRequestURI(), trace);
    }
}
