package dev.breakwater.payment.bank;

import dev.breakwater.platform.remote.NotCalledException;
import dev.breakwater.platform.remote.RemoteCalls;
import dev.breakwater.platform.remote.SaysNothingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Calls the bank's channels, each behind a breaker of its own.
 *
 * <p>What a channel answers is no failure of it, however unwelcome: a decline, a 4xx, a certain refusal of one payment.
 * It fails when it cannot be reached, answers 5xx without a certain refusal, or does not answer a question. The lost
 * answer to an order says nothing yet: it may be a matter of that card. It leads to a question about that order, and
 * only if that goes unanswered too, the channel is silent and not the card. So no card of one customer closes a channel
 * to another.
 */
@Component
class ChannelCalls {

    private final BankConnection connection;
    private final RemoteCalls calls;

    ChannelCalls(BankConnection connection, RemoteCalls calls) {
        this.connection = connection;
        this.calls = calls;
    }

    /**
     * Has something done.
     *
     * @param refusal whether a 5xx says for certain that nothing was done
     * @throws NotCalledException when nothing was sent, for the breaker is open
     * @throws NoConnectionException when nothing was sent
     * @throws IOException when it is not known what the bank has received
     */
    HttpResponse<byte[]> order(String channel, HttpRequest.Builder request, Predicate<HttpResponse<byte[]>> refusal)
            throws IOException {
        return call(channel, () -> {
            try {
                return checked(connection.send(request), refusal);
            } catch (NoConnectionException e) {
                throw new UncheckedIOException(e);
            } catch (IOException e) {
                throw new SaysNothingException(e);
            }
        });
    }

    /**
     * Asks what was done.
     *
     * @throws NotCalledException when nothing was sent, for the breaker is open
     * @throws IOException when there is no answer
     */
    HttpResponse<byte[]> ask(String channel, HttpRequest.Builder request) throws IOException {
        return call(channel, () -> {
            try {
                return checked(connection.send(request), _ -> false);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private HttpResponse<byte[]> call(String channel, Supplier<HttpResponse<byte[]>> call) throws IOException {
        try {
            return calls.call("bank-" + channel, call);
        } catch (TroubledException e) {
            return e.response;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (SaysNothingException e) {
            throw new IOException(e.reason());
        }
    }

    private static HttpResponse<byte[]> checked(
            HttpResponse<byte[]> response, Predicate<HttpResponse<byte[]>> refusal) {
        if (response.statusCode() >= 500 && !refusal.test(response)) {
            throw new TroubledException(response);
        }
        return response;
    }

    /** Takes an answer past the breaker, which must see that it is a failure. */
    private static final class TroubledException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient HttpResponse<byte[]> response;

        TroubledException(HttpResponse<byte[]> response) {
            super("status " + response.statusCode(), null, false, false);
            this.response = response;
        }
    }
}
