package dev.breakwater.payment.bank;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.breakwater.platform.remote.RemoteAutoConfiguration;
import dev.breakwater.platform.remote.RemoteCalls;
import dev.breakwater.platform.servers.FreePorts;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.bulkhead.ThreadPoolBulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cloud.circuitbreaker.resilience4j.Resilience4JAutoConfiguration;
import org.springframework.cloud.client.loadbalancer.LoadBalancerAutoConfiguration;
import org.springframework.cloud.loadbalancer.config.BlockingLoadBalancerClientAutoConfiguration;

/** A bank that can be told to behave in any way, and breakers with short times. */
class ChannelCallsTest {

    private static final WireMockServer BANK = new WireMockServer(options().dynamicPort());
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(2);
    private static final String CHARGED = "{\"status\": \"CHARGED\"}";

    private final ApplicationContextRunner breakers = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    RemoteAutoConfiguration.class,
                    Resilience4JAutoConfiguration.class,
                    LoadBalancerAutoConfiguration.class,
                    BlockingLoadBalancerClientAutoConfiguration.class,
                    org.springframework.cloud.loadbalancer.config.LoadBalancerAutoConfiguration.class))
            .withBean(SimpleMeterRegistry.class)
            .withBean(CircuitBreakerRegistry.class, CircuitBreakerRegistry::ofDefaults)
            .withBean(TimeLimiterRegistry.class, TimeLimiterRegistry::ofDefaults)
            .withBean(BulkheadRegistry.class, BulkheadRegistry::ofDefaults)
            .withBean(ThreadPoolBulkheadRegistry.class, ThreadPoolBulkheadRegistry::ofDefaults)
            .withPropertyValues(
                    "spring.cloud.circuitbreaker.resilience4j.disable-thread-pool=true",
                    "spring.cloud.circuitbreaker.resilience4j.enable-semaphore-default-bulkhead=true",
                    "breakwater.remote.breakers.bank.slow-after=400ms",
                    "breakwater.remote.breakers.bank.open-for=300ms");

    @BeforeAll
    static void open() {
        BANK.start();
    }

    @AfterAll
    static void close() {
        BANK.stop();
    }

    @BeforeEach
    void theBankIsWell() {
        BANK.resetAll();
        BANK.stubFor(any(anyUrl()).willReturn(okJson(CHARGED)));
    }

    @Test
    void the_lost_answer_to_a_charge_is_a_matter_of_that_charge() {
        BANK.stubFor(post(anyUrl()).willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));

        with(bank -> {
            for (int i = 0; i < 60; i++) {
                assertThat(charge(bank, "harbour")).isEqualTo(new BankAnswer.Unknown());
                assertThat(bank.findCharge("harbour", "k")).isEqualTo(new BankAnswer.Succeeded());
            }
        });
    }

    @Test
    void a_channel_that_leaves_questions_unanswered_is_left_alone_and_the_other_is_not() {
        BANK.stubFor(any(urlPathMatching("/channels/harbour/.*"))
                .willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));

        with(bank -> {
            for (int i = 0; i < 10; i++) {
                assertThat(bank.findCharge("harbour", "k")).isEqualTo(new BankAnswer.Unknown());
            }
            BANK.resetRequests();

            assertThat(bank.findCharge("harbour", "k")).isEqualTo(new BankAnswer.NotCalled());
            assertThat(charge(bank, "harbour")).isEqualTo(new BankAnswer.NotCalled());
            assertThat(BANK.findAll(anyRequestedFor(anyUrl()))).isEmpty();
            assertThat(charge(bank, "quayside")).isEqualTo(new BankAnswer.Succeeded());
        });
    }

    @Test
    void a_certain_refusal_a_decline_and_a_4xx_are_answers() {
        List<ResponseDefinitionBuilder> answers = List.of(
                jsonResponse("{\"status\": \"NOT_PROCESSED\"}", 503),
                okJson("{\"status\": \"DECLINED\"}"),
                aResponse().withStatus(422),
                aResponse().withStatus(429));

        with(bank -> {
            for (ResponseDefinitionBuilder answer : answers) {
                BANK.stubFor(post(anyUrl()).willReturn(answer));
                for (int i = 0; i < 30; i++) {
                    assertThat(charge(bank, "harbour")).isIn(new BankAnswer.Refused(), new BankAnswer.Declined());
                }
            }
        });
    }

    @Test
    void errors_of_the_bank_open_it_and_stay_unknown() {
        BANK.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(500)));

        with(bank -> {
            for (int i = 0; i < 10; i++) {
                assertThat(charge(bank, "harbour")).isEqualTo(new BankAnswer.Unknown());
            }
            assertThat(charge(bank, "harbour")).isEqualTo(new BankAnswer.NotCalled());
        });
    }

    @Test
    void a_card_that_takes_long_opens_nothing_and_a_channel_that_takes_longer_does() {
        with(bank -> {
            BANK.stubFor(post(anyUrl()).willReturn(okJson(CHARGED).withFixedDelay(200)));
            for (int i = 0; i < 20; i++) {
                assertThat(charge(bank, "harbour")).isEqualTo(new BankAnswer.Succeeded());
            }
            BANK.stubFor(post(anyUrl()).willReturn(okJson(CHARGED).withFixedDelay(450)));
            for (int i = 0; i < 16; i++) {
                assertThat(charge(bank, "harbour")).isEqualTo(new BankAnswer.Succeeded());
            }
            assertThat(charge(bank, "harbour")).isEqualTo(new BankAnswer.NotCalled());
        });
    }

    @Test
    void an_answer_that_does_not_end_is_waited_for_no_longer_than_one_that_does_not_begin() {
        BANK.stubFor(any(anyUrl()).willReturn(okJson(CHARGED).withChunkedDribbleDelay(20, 20_000)));

        with(bank -> {
            assertTimeoutPreemptively(
                    READ_TIMEOUT.plusSeconds(3),
                    () -> assertThat(charge(bank, "harbour")).isEqualTo(new BankAnswer.Unknown()));
            assertTimeoutPreemptively(
                    READ_TIMEOUT.plusSeconds(3),
                    () -> assertThat(bank.findCharge("harbour", "k")).isEqualTo(new BankAnswer.Unknown()));
        });
    }

    @Test
    void a_channel_that_is_well_again_is_called_again() {
        BANK.stubFor(get(anyUrl()).willReturn(aResponse().withStatus(502)));

        with(bank -> {
            for (int i = 0; i < 10; i++) {
                assertThat(bank.findCharge("harbour", "k")).isEqualTo(new BankAnswer.Unknown());
            }
            assertThat(charge(bank, "harbour")).isEqualTo(new BankAnswer.NotCalled());
            theBankIsWell();

            await().until(() -> charge(bank, "harbour").equals(new BankAnswer.Succeeded()));
            for (int i = 0; i < 20; i++) {
                assertThat(bank.findCharge("harbour", "k")).isEqualTo(new BankAnswer.Succeeded());
            }
        });
    }

    @Test
    void a_bank_that_cannot_be_reached_is_left_alone() {
        withBankAt("http://localhost:" + FreePorts.next(), bank -> {
            for (int i = 0; i < 10; i++) {
                assertThat(charge(bank, "harbour")).isEqualTo(new BankAnswer.Refused());
            }
            assertThat(charge(bank, "harbour")).isEqualTo(new BankAnswer.NotCalled());
        });
    }

    private void with(Consumer<Bank> test) {
        withBankAt(BANK.baseUrl(), test);
    }

    private void withBankAt(String url, Consumer<Bank> test) {
        breakers.run(context -> {
            BankConnection connection = new BankConnection(new BankProperties(
                    URI.create(url), "key", List.of("harbour", "quayside"), Duration.ofMillis(500), READ_TIMEOUT));
            try {
                test.accept(new Bank(
                        connection,
                        new ChannelCalls(connection, context.getBean(RemoteCalls.class)),
                        new SimpleMeterRegistry()));
            } finally {
                connection.destroy();
            }
        });
    }

    private static BankAnswer charge(Bank bank, String channel) {
        return bank.charge(channel, new ChargeOrder("k", "r", 100, "CNY", "tok_ok"), null);
    }
}
