package dev.breakwater.gateway.routing;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.httpcomponents.hc5.PoolingHttpClientConnectionManagerMetricsBinder;
import java.io.IOException;
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
 * those.
 */
final class OnwardConnections implements AutoCloseable {

    /** A head longer than this comes from no service. */
    private static final Http1Config LIMITS =
            Http1Config.custom().setMaxLineLength(16_384).setMaxHeaderCount(200).build();

    private final Pool kept;
    private final Pool lookedAt;

    OnwardConnections(RoutingProperties.Connections properties, MeterRegistry meters) {
        kept = new Pool(
                properties, TimeValue.ofMilliseconds(properties.lookedAtAfter().toMillis()));
        lookedAt = new Pool(properties, TimeValue.ZERO_MILLISECONDS);
        new PoolingHttpClientConnectionManagerMetricsBinder(kept.manager, "kept").bindTo(meters);
        new PoolingHttpClientConnectionManagerMetricsBinder(lookedAt.manager, "looked-at").bindTo(meters);
    }

    private static final class Pool {

        private final PoolingHttpClientConnectionManager manager;
        private final MinimalHttpClient client;
        private final IdleConnectionEvictor evictor;

        Pool(RoutingProperties.Connections properties, TimeValue lookedAtAfter) {
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
                    .setMaxConnPerRoute(properties.perInstance())
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

    /**
     * The head of an answer; it has to be read to its end, or its request cancelled.
     *
     * @param once whether the call must not be lost on a connection that is closed already
     */
    ClassicHttpResponse send(HttpHost instance, HttpUriRequestBase request, boolean once) throws IOException {
        var pool = once ? lookedAt : kept;
        return pool.client.executeOpen(instance, request, HttpClientContext.create());
    }

    @Override
    public void close() {
        kept.close();
        lookedAt.close();
    }
}
