package dev.breakwater.gateway.edge;

import dev.breakwater.gateway.routing.Deadline;
import dev.breakwater.gateway.routing.Instances;
import dev.breakwater.gateway.routing.OnwardCall;
import dev.breakwater.gateway.routing.OnwardRequest;
import dev.breakwater.platform.web.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** {@code POST /api/v1/admin/preheat}: each instance of inventory-service has a memory of its own, so each is asked. */
@RestController
class PreheatController {

    private static final Logger log = LoggerFactory.getLogger(PreheatController.class);

    private static final String SERVICE = "inventory-service";
    private static final Duration TIME_LIMIT = Duration.ofSeconds(25);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final DiscoveryClient discovery;
    private final OnwardCall onward;
    private final ExecutorService threads;

    PreheatController(
            DiscoveryClient discovery, OnwardCall onward, @Qualifier("onwardThreads") ExecutorService threads) {
        this.discovery = discovery;
        this.onward = onward;
        this.threads = threads;
    }

    /**
     * The sums over all instances.
     *
     * @param wanted how many products were to be loaded
     * @param loaded how many are in memory now
     */
    record Preheated(int instances, int wanted, int loaded) {

        private Preheated plus(Preheated other) {
            return new Preheated(instances + other.instances, wanted + other.wanted, loaded + other.loaded);
        }
    }

    /** What one instance says. */
    private record Answer(int wanted, int loaded) {}

    @PostMapping("/api/v1/admin/preheat")
    Preheated preheat(@RequestHeader(HttpHeaders.AUTHORIZATION) String authorization, HttpServletRequest request) {
        var deadline = Deadline.begin(request, TIME_LIMIT);
        var instances = List.copyOf(discovery.getInstances(SERVICE));
        var asked = instances.stream()
                .map(instance -> CompletableFuture.supplyAsync(() -> ask(instance, authorization, deadline), threads))
                .toList();
        var answers = asked.stream()
                .map(CompletableFuture::join)
                .flatMap(Optional::stream)
                .toList();
        if (instances.isEmpty() || answers.size() < instances.size()) {
            throw instances.isEmpty()
                    ? Instances.unavailable(SERVICE)
                    : ProblemException.unavailable(
                            "preheat_incomplete",
                            "%d of %d instances of %s did not say that they are done."
                                    .formatted(instances.size() - answers.size(), instances.size(), SERVICE),
                            Duration.ofSeconds(1));
        }
        return answers.stream().reduce(new Preheated(0, 0, 0), Preheated::plus);
    }

    private Optional<Preheated> ask(ServiceInstance instance, String authorization, Deadline deadline) {
        try {
            var request = OnwardRequest.post("/api/v1/admin/preheat").header(HttpHeaders.AUTHORIZATION, authorization);
            var answer = onward.send(instance, request, deadline);
            if (answer.status() == 200) {
                var said = JSON.readValue(answer.bytes(), Answer.class);
                return Optional.of(new Preheated(1, said.wanted(), said.loaded()));
            }
            log.warn("not preheated instance={} status={}", instance.getUri(), answer.status());
        } catch (IOException | RuntimeException e) {
            log.warn("not preheated instance={} cause={}", instance.getUri(), e.toString());
        }
        return Optional.empty();
    }
}
