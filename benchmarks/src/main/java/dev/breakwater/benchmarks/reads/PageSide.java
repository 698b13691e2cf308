package dev.breakwater.benchmarks.reads;

import dev.breakwater.benchmarks.Round;
import dev.breakwater.benchmarks.Side;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** One page of one server, read again and again. */
final class PageSide implements Side {

    static final String SKU = "SKU-000001";

    private final URI page;
    private final AutoCloseable server;
    private final @Nullable Integer managementPort;
    private final Wrk wrk;
    private OptionalDouble allocated = OptionalDouble.empty();

    /**
     * @param server goes with this side
     * @param managementPort where the server's metrics are, if it has any
     */
    PageSide(URI page, AutoCloseable server, @Nullable Integer managementPort) throws IOException {
        this.page = page;
        this.server = server;
        this.managementPort = managementPort;
        this.wrk = Wrk.find();
    }

    static URI page(int port) {
        return URI.create("http://localhost:" + port + Place.PATH + SKU);
    }

    @Override
    public Round run(Duration length) throws IOException, InterruptedException {
        if (managementPort == null) {
            return wrk.run(page, length);
        }
        var before = AllocatedBytes.of(managementPort);
        var round = wrk.run(page, length);
        allocated = OptionalDouble.of((AllocatedBytes.of(managementPort) - before) / round.done());
        return round;
    }

    /** wrk has counted answers with another status, and the answers were compared at the beginning. */
    @Override
    public List<String> violations() {
        return List.of();
    }

    @Override
    public List<String> notes() {
        return allocated.stream()
                .mapToObj(bytes -> String.format(
                        Locale.ROOT,
                        "%,.0f bytes allocated a read in the last round, all that it does included",
                        bytes))
                .toList();
    }

    @Override
    public void close() throws Exception {
        server.close();
    }
}
