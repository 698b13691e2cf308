package dev.breakwater.platform.web.exchange;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.tomcat.TomcatConnectorCustomizer;
import org.springframework.context.ApplicationListener;

/**
 * While this instance leaves, each answer is the last on its connection, and says so. A client that had one kept would
 * send its next call on it in the very moment in which the server stops, and never know whether it took effect.
 */
public final class LastAnswers
        implements TomcatConnectorCustomizer, ApplicationListener<AvailabilityChangeEvent<ReadinessState>> {

    private static final int ONE = 1;

    private final List<AbstractHttp11Protocol<?>> protocols = new CopyOnWriteArrayList<>();
    /** As configured, while this instance leaves: Tomcat tells it of a connector that is bound alone. */
    private final Map<AbstractHttp11Protocol<?>, Integer> before = new ConcurrentHashMap<>();

    @Override
    public void customize(Connector connector) {
        protocols.add((AbstractHttp11Protocol<?>) connector.getProtocolHandler());
    }

    @Override
    public void onApplicationEvent(AvailabilityChangeEvent<ReadinessState> event) {
        switch (event.getState()) {
            case REFUSING_TRAFFIC ->
                protocols.forEach(protocol -> {
                    before.putIfAbsent(protocol, protocol.getMaxKeepAliveRequests());
                    protocol.setMaxKeepAliveRequests(ONE);
                });
            case ACCEPTING_TRAFFIC -> {
                before.forEach(AbstractHttp11Protocol::setMaxKeepAliveRequests);
                before.clear();
            }
        }
    }
}
