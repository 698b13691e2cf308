package dev.breakwater.gateway.routing;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.httpcomponents.hc5.PoolingHttpClientConnectionManagerMetricsBinder;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.IdleConnectionEvictor;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.classic.MinimalHttpClient;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * The kept connections to all instances, each used by the thread of the request that needs it: a virtual one, so it may
 * wait. Nothing is repeated here, redirected, decompressed or remembered.
 *
 * <p>A connection that a service has closed looks well until somebody reads from it, and a call that is sent on one is
 * lost. So none is used that was idle for longer than a service keeps its own; one that was idle for a while is looked
 * at first; and a call that cannot be made twice looks always. That look lasts a millisecond, so a second pool is for
 * those. A third one is for streams, which keep what they have for as long as their clients listen.
 */
final class OnwardConnections implements AutoCloseable {

    /** A head longer than this comes from no service. */
    private static final Http1Config LIMITS =
            Http1Config.custom().setMaxLineLength(16_384).setMaxHeaderCount(200).build();

    private final Map<Kind, Pool> pools = new EnumMap<>(Kind.class);

    OnwardConnections(RoutingProperties.Connections properties, MeterRegistry meters) {
        var whenIdle = TimeValue.ofMilliseconds(properties.lookedAtAfter().toMillis());
        pools.put(Kind.KEPT, new Pool(properties, properties.perInstance(), whenIdle));
        pools.put(Kind.LOOKED_AT, new Pool(properties, properties.perInstance(), TimeValue.ZERO_MILLISECONDS));
        pools.put(Kind.STREAMS, new Pool(properties, properties.streamsPerInstance(), whenIdle));
        pools.forEach((kind, pool) ->
                new PoolingHttpClientConnectionManagerMetricsBinder(pool.manager, kind.metric).bindTo(meters));
    }

    /** What a call asks of its connection. */
    enum Kind {
        KEPT("kept"),
        /** The call must not be lost on a connection that is closed already. */
        LOOKED_AT("looked-at"),
        STREAMS("streams");

        private final String metric;

        Kind(String metric) {
            this.metric = metric;
        }
    }

    private static final class Pool {

        private final PoolingHttpClientConnectionManager manager;
        private final MinimalHttpClient client;
        private final IdleConnectionEvictor evictor;

        Pool(RoutingProperties.Connections properties, int perInstance, TimeValue lookedAtAfter) {
            var idle = Timeout.of(properties.longestIdle());
            manager = PoolingHttpClientConnectionManagerBuilder.create()
                    .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                            .http1Config(LIMITS)
                            .build())
                    .setDefaultConnectionConfig(ConnectionConfig.custom()
                            .setConnectTimeout(Timeout.of(properties.connectTimeout()))
                            .setIdleTimeout(idle)
                            .setValidateAfterInactivity(lookedAtAfter)
                            .build())
                    // Bounds each instance, and shares no lock among them.
                    .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                    .setMaxConnPerRoute(perInstance)
                    .build();
            client = HttpClients.createMinimal(manager);
            evictor = new IdleConnectionEvictor(manager, idle);
            evictor.start();
        }

        void close() {
            evictor.shutdown();
            client.close(CloseMode.IMMEDIATE);
        }
    }

    /** The head of an answer; it has to be read to its end, or its request cancelled. */
    ClassicHttpResponse send(HttpHost instance, HttpUriRequestBase request, Kind kind) throws IOException {
        return Objects.requireNonNull(pools.get(kind))
                .client
                .executeOpen(instance, request, HttpClientContext.create());
    }

    @Override
    public void close() {
        pools.values().forEach(Pool::close);
    }
}
