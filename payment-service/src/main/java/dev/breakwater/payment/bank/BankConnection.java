package dev.breakwater.payment.bank;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** The pooled HTTP connections to the bank, and whether a failure came before anything was sent. */
@Component
class BankConnection implements DisposableBean {

    static {
        // Below the bank's own idle time of 30 s: a charge must not meet a connection that the bank has just closed.
        System.setProperty("jdk.httpclient.keepalive.timeout", "15");
    }

    private final BankProperties properties;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http;

    BankConnection(BankProperties properties) {
        this.properties = properties;
        http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(properties.connectTimeout())
                .executor(threads)
                .build();
    }

    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(properties.url() + path))
                .header("Authorization", "Bearer " + properties.apiKey());
    }

    /**
     * Sends the request and reads the whole answer within the read timeout. A timeout of the request itself ends with
     * the answer's head, and a bank that dribbles its body would keep the caller for ever.
     *
     * @throws NoConnectionException when nothing was sent
     * @throws IOException when it is not known what the bank has received
     */
    HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException {
        var call = request.build();
        var answer = threads.submit(() -> http.send(call, BodyHandlers.ofByteArray()));
        try {
            return answer.get(properties.readTimeout().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new HttpTimeoutException("no whole answer within " + properties.readTimeout());
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        }
    }

    private static IOException failure(@Nullable Throwable cause) {
        return switch (cause) {
            case ConnectException unreachable -> new NoConnectionException(unreachable);
            case HttpConnectTimeoutException unreachable -> new NoConnectionException(unreachable);
            case null, default -> new IOException(String.valueOf(cause), cause);
        };
    }

    @Override
    public void destroy() {
        http.close();
        threads.close();
    }
}
