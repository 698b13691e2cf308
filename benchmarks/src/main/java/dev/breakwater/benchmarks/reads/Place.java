package dev.breakwater.benchmarks.reads;

import dev.breakwater.benchmarks.http.KeptConnections;
import dev.breakwater.platform.testing.TestTokens;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;

/** Where products are read and written; it is remembered which versions it has shown. */
final class Place implements AutoCloseable {

    static final String PATH = "/api/v1/products/";

    /** The strong entity tag of a product is its version. */
    private static final Pattern VERSION = Pattern.compile("\"([0-9]+)\"");

    private final String name;
    private final KeptConnections connections;
    private final String token = TestTokens.admin();
    private final Map<String, Long> shown = new ConcurrentHashMap<>();
    private final LongAdder stepsBack = new LongAdder();

    Place(String name, int port) {
        this.name = name;
        this.connections = new KeptConnections(port);
    }

    String name() {
        return name;
    }

    /**
     * Reads a product.
     *
     * @return the version that was shown
     * @throws IOException when the answer was anything but 200, or none
     */
    long read(String sku) throws IOException {
        // Answers overtake each other: only what was shown before this read was sent must not be taken back.
        var before = shown.getOrDefault(sku, 0L);
        var version = version(connections.call(KeptConnections.get(PATH + sku)));
        if (version < before) {
            stepsBack.increment();
        }
        shown.merge(sku, version, Math::max);
        return version;
    }

    /**
     * Creates or changes a product.
     *
     * @return the version that was written
     */
    long write(String sku, String product) throws IOException {
        return version(connections.call(KeptConnections.put(PATH + sku, token, product)));
    }

    /** How often it showed a lower version of a product than it had shown before. */
    long stepsBack() {
        return stepsBack.sum();
    }

    private long version(KeptConnections.Answer answer) throws IOException {
        var etag = answer.etag();
        if (answer.status() / 100 != 2 || etag == null) {
            throw new IOException("%s answered %d".formatted(name, answer.status()));
        }
        var version = VERSION.matcher(etag);
        if (!version.matches()) {
            throw new IOException("%s gave no version but %s".formatted(name, etag));
        }
        return Long.parseLong(version.group(1));
    }

    @Override
    public void close() throws IOException {
        connections.close();
    }
}
