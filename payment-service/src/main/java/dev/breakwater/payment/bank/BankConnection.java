package dev.breakwater.payment.bank;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.Executors;
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
    private final HttpClient http;

    BankConnection(BankProperties properties) {
        this.properties = properties;
        http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(properties.connectTimeout())
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
    }

    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(properties.url() + path))
                .timeout(properties.readTimeout())
                .header("Authorization", "Bearer " + properties.apiKey());
    }

    /**
     * @throws NoConnectionException when nothing was sent
     * @throws IOException when it is not known what the bank has received
     */
    HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException {
        try {
            return http.send(request.build(), BodyHandlers.ofByteArray());
        } catch (ConnectException | HttpConnectTimeoutException e) {
            throw new NoConnectionException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void destroy() {
        http.close();
    }
}
