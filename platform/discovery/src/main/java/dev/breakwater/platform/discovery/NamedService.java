package dev.breakwater.platform.discovery;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;

/**
 * A service whose instances are the addresses of a name. What was found last holds until something else is found: a
 * name that has no address may be one whose server does not answer, and an instance that is really gone is noticed by
 * those who call it.
 */
final class NamedService {

    private static final Logger log = LoggerFactory.getLogger(NamedService.class);

    private final String service;
    private final DnsProperties.Name name;
    private final Names names;
    private final AtomicBoolean isWanted = new AtomicBoolean();
    private final CountDownLatch lookedUp = new CountDownLatch(1);
    private volatile List<ServiceInstance> instances = List.of();
    private boolean isFailing;

    NamedService(String service, DnsProperties.Name name, Names names) {
        this.service = service;
        this.name = name;
        this.names = names;
    }

    /** Without a look at the name, but for the first time. */
    List<ServiceInstance> instances(Executor looking, Duration patience) {
        if (lookedUp.getCount() == 0) {
            return instances;
        }
        if (isWanted.compareAndSet(false, true)) {
            looking.execute(this::look);
        }
        try {
            // False if it takes longer: there are none yet.
            var unused = lookedUp.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return instances;
    }

    /** Nobody is bothered for a service that nobody asked for. */
    void lookAgain() {
        if (isWanted.get()) {
            look();
        }
    }

    /** By one thread at a time. */
    private void look() {
        try {
            var found = Arrays.stream(names.addresses(name.host()))
                    .map(NamedService::literal)
                    .distinct()
                    .sorted()
                    .map(this::instance)
                    .toList();
            isFailing = false;
            if (!found.equals(instances)) {
                log.info("instances changed service={} before={} now={}", service, instances.size(), found.size());
                instances = found;
            }
        } catch (UnknownHostException e) {
            if (!isFailing) {
                log.warn("name not found service={} host={} kept={}", service, name.host(), instances.size());
            }
            isFailing = true;
        } finally {
            lookedUp.countDown();
        }
    }

    private ServiceInstance instance(String host) {
        return new DefaultServiceInstance(host + ":" + name.port(), service, host, name.port(), false);
    }

    /** As it stands in an address of the web. */
    private static String literal(InetAddress address) {
        return address instanceof Inet6Address ? "[" + address.getHostAddress() + "]" : address.getHostAddress();
    }
}
