package dev.breakwater.platform.settings;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the Config server has for this service, with its profiles. */
final class ServedConfiguration implements ConfigurationSource {

    private static final Logger log = LoggerFactory.getLogger(ServedConfiguration.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final URI served;
    private final HttpClient http;

    ServedConfiguration(URI served, HttpClient http) {
        this.served = served;
        this.http = http;
    }

    @Override
    public @Nullable String read() throws InterruptedException {
        try {
            var answer =
                    http.send(HttpRequest.newBuilder(served).timeout(PATIENCE).build(), BodyHandlers.ofString());
            return answer.statusCode() == 200 ? answer.body() : null;
        } catch (IOException e) {
            log.debug("configuration not read cause={}", e.toString());
            return null;
        }
    }
}
