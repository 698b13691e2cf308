package dev.breakwater.platform.remote;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.breakwater.platform.servers.FreePorts;
import dev.breakwater.platform.testing.TestTokens;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.service.registry.HttpServiceProxyRegistry;

/** A small application that calls others, with short times. */
@SpringBootTest(
        classes = RemoteTestApp.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.import=classpath:platform/web.yaml,classpath:platform/remote.yaml",
            "management.server.port=0",
            "spring.cloud.loadbalancer.cache.enabled=false",
            "spring.http.serviceclient.two.base-url=lb://two",
            "spring.http.serviceclient.half.base-url=lb://half",
            "spring.http.serviceclient.dead.base-url=lb://dead",
            "spring.http.serviceclient.storm.base-url=lb://storm",
            "spring.http.serviceclient.hurried.base-url=lb://hurried",
            "spring.http.serviceclient.single.base-url=lb://single",
            "breakwater.remote.longest-request=600ms",
            "breakwater.remote.breaker.window=10",
            "breakwater.remote.breaker.least=5",
            "breakwater.remote.breaker.slow-after=200ms",
            "breakwater.remote.breaker.open-for=300ms",
            "breakwater.remote.breakers.narrow.at-a-time=1"
        })
abstract class RemoteTest {

    static final WireMockServer FIRST =
            new WireMockServer(options().dynamicPort().containerThreads(60));
    static final WireMockServer SECOND =
            new WireMockServer(options().dynamicPort().containerThreads(60));

    @Autowired
    RemoteCalls calls;

    @Autowired
    HttpServiceProxyRegistry clients;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        FIRST.start();
        SECOND.start();
        var nobody = "http://localhost:" + FreePorts.next();
        registry.add("TOKEN_ISSUER", () -> TestTokens.ISSUER);
        registry.add("TOKEN_PUBLIC_KEY", TestTokens::publicKeyPem);
        var instances = "spring.cloud.discovery.client.simple.instances.";
        registry.add(instances + "two[0].uri", FIRST::baseUrl);
        registry.add(instances + "two[1].uri", SECOND::baseUrl);
        for (var both : List.of("storm", "hurried")) {
            registry.add(instances + both + "[0].uri", FIRST::baseUrl);
            registry.add(instances + both + "[1].uri", SECOND::baseUrl);
        }
        registry.add(instances + "dead[0].uri", () -> nobody);
        registry.add(instances + "dead[1].uri", FIRST::baseUrl);
        registry.add(instances + "half[0].uri", () -> nobody);
        registry.add(instances + "half[1].uri", FIRST::baseUrl);
        registry.add(instances + "single[0].uri", FIRST::baseUrl);
    }

    /** The first call of a cold process may take longer than any of the short times here. */
    @BeforeEach
    void warmUp() {
        everybodyAnswers();
        await().ignoreExceptions().until(() -> of("single").item("lamp").name().equals("first"));
        FIRST.resetRequests();
    }

    void everybodyAnswers() {
        FIRST.resetAll();
        SECOND.resetAll();
        FIRST.stubFor(any(anyUrl()).willReturn(okJson("{\"name\": \"first\"}")));
        SECOND.stubFor(any(anyUrl()).willReturn(okJson("{\"name\": \"second\"}")));
    }

    Shelf of(String group) {
        return clients.getClient(group, Shelf.class);
    }

    static void answering(WireMockServer server, int status) {
        server.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(status)));
    }

    static void answeringAfter(WireMockServer server, Duration delay) {
        server.stubFor(any(anyUrl()).willReturn(okJson("{\"name\": \"slow\"}").withFixedDelay((int) delay.toMillis())));
    }

    static int asked(WireMockServer server) {
        return server.findAll(anyRequestedFor(anyUrl())).size();
    }

    static List<String> atATime(int callers, int calls, Callable<String> call) throws Exception {
        var answers = new ArrayList<String>();
        try (var threads = Executors.newFixedThreadPool(callers)) {
            for (var answer : threads.invokeAll(Collections.nCopies(calls, call))) {
                answers.add(answer.get());
            }
        }
        return answers;
    }
}
