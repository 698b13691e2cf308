package dev.breakwater.platform.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class ComingAndGoingTest {

    private final HeardRegistry registry = new HeardRegistry();

    ComingAndGoingTest() throws IOException {}

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void an_instance_that_is_not_ready_yet_is_not_up_in_the_registry() throws Exception {
        var warmingUp = new CountDownLatch(1);
        var warm = new CountDownLatch(1);
        var starting = CompletableFuture.supplyAsync(() -> start(
                new Service(
                        () -> {
                            warmingUp.countDown();
                            assertThat(warm.await(30, TimeUnit.SECONDS)).isTrue();
                        },
                        () -> {}),
                "0s"));
        assertThat(warmingUp.await(30, TimeUnit.SECONDS)).isTrue();
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(registry.statuses()).isNotEmpty());
        assertThat(registry.statuses()).containsOnly("STARTING");

        warm.countDown();

        try (var service = starting.get(30, TimeUnit.SECONDS)) {
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(registry.statuses()).endsWith("UP"));
            assertThat(service.isRunning()).isTrue();
        }
    }

    @Test
    void an_instance_that_leaves_serves_on_until_others_have_heard_of_it() {
        var heardAtTheStop = new CompletableFuture<List<String>>();
        var service = start(new Service(() -> {}, () -> heardAtTheStop.complete(registry.statuses())), "1s");
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(registry.statuses()).endsWith("UP"));

        var began = System.nanoTime();
        service.close();

        assertThat(heardAtTheStop)
                .isCompletedWithValueMatching(heard -> heard.getLast().equals("DOWN"));
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofSeconds(1));
    }

    private ConfigurableApplicationContext start(Service service, String leaving) {
        return new SpringApplicationBuilder(App.class)
                .web(WebApplicationType.SERVLET)
                .initializers(context -> context.getBeanFactory().registerSingleton("service", service))
                .run(
                        "--spring.application.name=coming-and-going",
                        "--spring.config.import=classpath:platform/discovery.yaml",
                        "--spring.cloud.config.enabled=false",
                        "--server.port=0",
                        "--DISCOVERY_URL=" + registry.url(),
                        "--breakwater.discovery.leaving=" + leaving);
    }

    private interface Step {
        void run() throws InterruptedException;
    }

    /** What a service does while it starts and stops. */
    private record Service(Step start, Step stop) {}

    @Configuration
    @EnableAutoConfiguration
    static class App {

        @Bean
        ApplicationRunner warmUp(Service service) {
            return _ -> service.start().run();
        }

        @Bean
        SmartLifecycle serving(Service service) {
            return new Serving(service);
        }
    }

    /** In the phase right below: whatever is the first of a service to stop. */
    private static final class Serving implements SmartLifecycle {

        private final Service service;
        private volatile boolean running;

        Serving(Service service) {
            this.service = service;
        }

        @Override
        public void start() {
            running = true;
        }

        @Override
        public void stop() {
            running = false;
            try {
                service.stop().run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public boolean isRunning() {
            return running;
        }

        @Override
        public int getPhase() {
            return Integer.MAX_VALUE - 1;
        }
    }
}
