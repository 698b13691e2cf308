package dev.breakwater.benchmarks.reads;

import dev.breakwater.benchmarks.Benchmark;
import dev.breakwater.benchmarks.Contender;
import dev.breakwater.benchmarks.Target;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What the way through the gateway costs a call that it does not answer itself: two services share the two cores then.
 */
public final class ProxyBenchmark implements Benchmark {

    /** The first page of all products, which inventory-service has in memory and the gateway has not. */
    static final String PATH = "/api/v1/products?limit=1";

    private static final Duration UNTIL_COMPILED = Duration.ofSeconds(60);

    private final AtomicReference<@Nullable ShopServer> opened = new AtomicReference<>();

    @Override
    public String name() {
        return "proxy";
    }

    @Override
    public String question() {
        return "GET %s through gateway-service against the same inventory-service asked directly".formatted(PATH);
    }

    @Override
    public String things() {
        return "reads";
    }

    @Override
    public Target target() {
        return Target.atLeast(0.45);
    }

    @Override
    public Duration warmUp() {
        return UNTIL_COMPILED;
    }

    @Override
    public void requireTools() {
        Wrk.require();
    }

    @Override
    public Contender subject() {
        return new Contender("through the gateway", List.of(10), _ -> {
            var shop = ShopServer.gateway();
            opened.set(shop);
            return new PageSide(at(shop.port()), shop, shop.managementPort());
        });
    }

    @Override
    public Contender peer() {
        return new Contender("directly", List.of(10), _ -> {
            var shop = opened.get();
            if (shop == null) {
                throw new IllegalStateException("the subject has not been opened yet");
            }
            return new PageSide(at(shop.portBehind()), () -> {}, null);
        });
    }

    private static URI at(int port) {
        return URI.create("http://localhost:" + port + PATH);
    }
}
