package dev.breakwater.benchmarks.reads;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.Pattern;

/**
 * How much a running service has allocated, from its own metrics: what its collections found allocated since the ones
 * before, and what was allocated since the last.
 */
final class AllocatedBytes {

    private static final Pattern COLLECTED =
            Pattern.compile("(?m)^jvm_gc_memory_allocated_bytes_total(?:\\{[^}]*})? (\\S+)");
    private static final Pattern SINCE = Pattern.compile("(?m)^jvm_memory_used_bytes\\{[^}]*Eden[^}]*} (\\S+)");

    private AllocatedBytes() {}

    static double of(int managementPort) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(
                            URI.create("http://localhost:%d/actuator/prometheus".formatted(managementPort)))
                    .build();
            return parse(http.send(request, BodyHandlers.ofString()).body());
        }
    }

    static double parse(String metrics) {
        return value(COLLECTED, metrics) + value(SINCE, metrics);
    }

    private static double value(Pattern metric, String metrics) {
        var found = metric.matcher(metrics);
        if (!found.find()) {
            throw new IllegalStateException("no metric is like " + metric);
        }
        return Double.parseDouble(found.group(1));
    }
}
