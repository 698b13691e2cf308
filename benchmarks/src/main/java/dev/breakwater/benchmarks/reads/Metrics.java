package dev.breakwater.benchmarks.reads;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.Pattern;

/**
 * What a running service tells of itself.
 *
 * @param text as Prometheus reads it
 */
record Metrics(String text) {

    static Metrics of(int managementPort) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(
                            URI.create("http://localhost:%d/actuator/prometheus".formatted(managementPort)))
                    .build();
            return new Metrics(http.send(request, BodyHandlers.ofString()).body());
        }
    }

    /** @param metric a whole line, whose one group is the value */
    double value(Pattern metric) {
        var found = metric.matcher(text);
        if (!found.find()) {
            throw new IllegalStateException("no metric is like " + metric);
        }
        return Double.parseDouble(found.group(1));
    }
}
