package dev.breakwater.benchmarks.reads;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a server answered, for a peer to answer the same: the body, and the header fields that are not the business of
 * every server itself.
 */
@SuppressWarnings("ArrayRecordComponent") // compared by isSameAs
record CapturedAnswer(Map<String, String> headers, byte[] body) {

    private static final Set<String> OF_THE_SERVER =
            Set.of("connection", "content-length", "date", "keep-alive", "transfer-encoding");
    private static final String HEADERS = "headers";
    private static final String BODY = "body";

    /** Reads a page a few times and gives the last answer: the first one may have come from elsewhere than the rest. */
    static CapturedAnswer of(URI page) throws IOException, InterruptedException {
        try (var http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            var request = HttpRequest.newBuilder(page).build();
            var answer = http.send(request, BodyHandlers.ofByteArray());
            for (var again = 0; again < 3; again++) {
                answer = http.send(request, BodyHandlers.ofByteArray());
            }
            if (answer.statusCode() != 200) {
                throw new IllegalStateException("%s answered %d".formatted(page, answer.statusCode()));
            }
            var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
            answer.headers().map().forEach((name, values) -> {
                if (!OF_THE_SERVER.contains(name)) {
                    headers.put(name, String.join(", ", values));
                }
            });
            return new CapturedAnswer(headers, answer.body());
        }
    }

    /** Into the files that {@link #read} and the peer written in Go read. */
    void write(Path folder) throws IOException {
        Files.write(
                folder.resolve(HEADERS),
                headers.entrySet().stream()
                        .map(header -> header.getKey() + ": " + header.getValue())
                        .toList());
        Files.write(folder.resolve(BODY), body);
    }

    static CapturedAnswer read(Path folder) throws IOException {
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        for (var line : Files.readAllLines(folder.resolve(HEADERS))) {
            var colon = line.indexOf(": ");
            headers.put(line.substring(0, colon), line.substring(colon + 2));
        }
        return new CapturedAnswer(headers, Files.readAllBytes(folder.resolve(BODY)));
    }

    boolean isSameAs(CapturedAnswer other) {
        return headers.equals(other.headers) && Arrays.equals(body, other.body);
    }
}
