package dev.breakwater.platform.discovery;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;

/**
 * Finds instances by the addresses of names, as a headless Service of Kubernetes has them: one for each pod that is
 * ready. So each call can be given to an instance by the strategies of the load balancer, which the one address of an
 * ordinary Service would hide from them, and nobody needs to be let into the cluster's API for it.
 */
final class DnsDiscovery implements DiscoveryClient, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(DnsDiscovery.class);

    private final Map<String, NamedService> services = new TreeMap<>();
    private final Duration patience;
    /** Of the platform: the system's resolver would hold up a carrier of virtual threads for as long as it waits. */
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("names").factory());

    DnsDiscovery(DnsProperties properties, Names names) {
        properties.services().forEach((service, name) -> services.put(service, new NamedService(service, name, names)));
        patience = properties.patience();
        var every = properties.every().toMillis();
        var unused = looking.scheduleWithFixedDelay(this::lookAgain, every, every, TimeUnit.MILLISECONDS);
    }

    private void lookAgain() {
        for (var service : services.values()) {
            try {
                service.lookAgain();
            } catch (RuntimeException e) {
                log.error("name not looked up cause={}", e.toString());
            }
        }
    }

    @Override
    public String description() {
        return "Instances by name";
    }

    @Override
    public List<ServiceInstance> getInstances(String serviceId) {
        var service = services.get(serviceId);
        return service == null ? List.of() : service.instances(looking, patience);
    }

    /** Those of which an instance is known. */
    @Override
    public List<String> getServices() {
        return services.keySet().stream()
                .filter(service -> !getInstances(service).isEmpty())
                .toList();
    }

    @Override
    public void close() {
        looking.shutdownNow();
    }
}
