package dev.breakwater.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.breakwater.platform.web.security.AccessRules;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.Principal;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.import=classpath:platform/web.yaml",
            "management.server.port=0",
            "server.tomcat.connection-timeout=500ms",
            "TOKEN_ISSUER=https://issuer.test"
        })
class WebDefaultsTest {

    private static final KeyPair KEYS = keys();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @LocalServerPort
    private int port;

    @LocalManagementPort
    private int managementPort;

    @DynamicPropertySource
    static void key(DynamicPropertyRegistry registry) {
        var encoder = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
        registry.add(
                "TOKEN_PUBLIC_KEY",
                () -> "-----BEGIN PUBLIC KEY-----\n"
                        + encoder.encodeToString(KEYS.getPublic().getEncoded()) + "\n-----END PUBLIC KEY-----");
    }

    @Test
    void an_answer_bears_a_trace_id_and_its_time() throws Exception {
        var answer =
                send(request("/open").header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().allValues("X-Trace-Id")).containsExactly("0af7651916cd43dd8448eb211c80319c");
        assertThat(answer.headers().firstValue("X-Response-Time").orElseThrow()).matches("[0-9]+");
    }

    @Test
    void an_unforeseen_exception_is_an_internal_error_that_tells_nothing() throws Exception {
        var answer = send(request("/broken").header("Authorization", bearer("alice", List.of("customer"))));
        assertProblem(answer, 500, "internal_error");
        assertThat(answer.body()).doesNotContain("secret detail").doesNotContain("at dev.");
    }

    @Test
    void a_token_is_needed_where_no_rule_says_otherwise() throws Exception {
        assertProblem(send(request("/who")), 401, "unauthorized");
        assertThat(send(request("/who").header("Authorization", bearer("alice", List.of("customer"))))
                        .body())
                .isEqualTo("alice");
    }

    @Test
    void a_role_is_checked_and_comes_before_what_is_unknown() throws Exception {
        assertProblem(send(request("/admin/x")), 401, "unauthorized");
        assertProblem(
                send(request("/admin/x").header("Authorization", bearer("alice", List.of("customer")))),
                403,
                "forbidden");
        assertProblem(
                send(request("/admin/x").header("Authorization", bearer("root", List.of("admin")))), 404, "not_found");
    }

    @Test
    void a_token_of_another_make_is_refused() throws Exception {
        var now = Instant.now();
        var good = claims("alice", List.of("customer"), now.plusSeconds(60)).build();
        assertRefused("not.a.token");
        assertRefused(new PlainJWT(good).serialize());
        assertRefused(signed(claims("alice", List.of(), now.minusSeconds(60)).build(), KEYS));
        assertRefused(
                signed(new JWTClaimsSet.Builder(good).issuer("https://other").build(), KEYS));
        assertRefused(signed(new JWTClaimsSet.Builder(good).audience("other").build(), KEYS));
        assertRefused(signed(new JWTClaimsSet.Builder(good).subject(null).build(), KEYS));
        assertRefused(signed(new JWTClaimsSet.Builder(good).expirationTime(null).build(), KEYS));
        assertRefused(signed(good, keys()));
        // The classic confusion: the public key used as an HMAC secret.
        var hmac = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), good);
        hmac.sign(new MACSigner(KEYS.getPublic().getEncoded()));
        assertRefused(hmac.serialize());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "nonsense",
                "{\"count\": 1, \"names\": [\"a\"]} trailing",
                "{\"count\": 1, \"count\": 2, \"names\": [\"a\"]}",
                "{\"count\": \"1\", \"names\": [\"a\"]}",
                "{\"count\": 1.5, \"names\": [\"a\"]}",
                "{\"count\": 1e3, \"names\": [\"a\"]}",
                "{\"count\": 99999999999999999999, \"names\": [\"a\"]}",
                "{\"count\": null, \"names\": [\"a\"]}",
                "{\"count\": true, \"names\": [\"a\"]}",
                "{\"count\": 0, \"names\": [\"a\"]}",
                "{\"count\": 1, \"names\": []}",
                "{\"count\": 1, \"names\": [\"a\"], \"other\": 1}"
            })
    void json_that_is_not_what_the_call_takes_is_a_400(String body) throws Exception {
        var answer = post(body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @Test
    void a_field_error_names_the_field() throws Exception {
        assertThat(post("{\"count\": 0, \"names\": [\"a\"]}").body()).contains("\"field\":\"count\"");
        assertThat(post("{\"count\": 2147483648, \"names\": [\"a\"]}").body()).contains("\"field\":\"count\"");
        assertThat(post("{\"count\": 1, \"names\": [{}]}").body()).contains("\"field\":\"names[0]\"");
        assertThat(post("{\"count\": 1, \"names\": [\"a\"], \"other\": 1}").body())
                .contains("\"field\":\"other\"");
    }

    @Test
    void deep_nesting_is_refused_without_being_read() throws Exception {
        assertThat(post("{\"names\": " + "[".repeat(30_000) + "]".repeat(30_000) + "}")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void a_body_over_the_limit_is_413_announced_or_not() throws Exception {
        var big = new byte[10 * 1024 * 1024];
        var announced = request("/items")
                .header("Content-Type", "application/json")
                .header("Authorization", bearer("alice", List.of("customer")))
                .POST(BodyPublishers.ofByteArray(big));
        assertProblem(send(announced), 413, "body_too_large");
        var text = "{\"names\": [\"" + "x".repeat(100_000) + "\"]}";
        var chunked = request("/items")
                .header("Content-Type", "application/json")
                .header("Authorization", bearer("alice", List.of("customer")))
                .POST(BodyPublishers.fromPublisher(BodyPublishers.ofString(text)));
        assertProblem(send(chunked), 413, "body_too_large");
        var nameless =
                request("/items").header("Content-Type", "application/json").POST(BodyPublishers.ofByteArray(big));
        assertProblem(send(nameless), 401, "unauthorized");
    }

    @Test
    void method_and_media_types_are_answered_in_kind() throws Exception {
        var token = bearer("alice", List.of("customer"));
        var wrongMethod = send(request("/items").header("Authorization", token).DELETE());
        assertProblem(wrongMethod, 405, "method_not_allowed");
        assertThat(wrongMethod.headers().firstValue("Allow")).contains("POST");
        assertProblem(
                send(request("/items")
                        .header("Authorization", token)
                        .header("Content-Type", "text/plain")
                        .POST(BodyPublishers.ofString("x"))),
                415,
                "unsupported_media_type");
        assertProblem(send(request("/open").header("Accept", "image/png")), 406, "not_acceptable");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /open|pipe HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /a%00b HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /a%2Fb HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /a/../../etc HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /a;b=c HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /open HTTP/1.1\r\n\r\n",
                "NONSENSE\r\n\r\n"
            })
    void a_request_that_the_container_refuses_is_a_problem_too(String raw) throws Exception {
        try (var socket = new Socket("localhost", port)) {
            socket.setSoTimeout(5000);
            socket.getOutputStream()
                    .write(raw.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer)
                    .startsWith("HTTP/1.1 40")
                    .contains("application/problem+json")
                    .contains("\"traceId\"");
            assertThat(answer.toLowerCase(Locale.ROOT)).doesNotContain("<html");
        }
    }

    @Test
    void a_body_that_does_not_arrive_is_a_timeout_of_the_client() throws Exception {
        try (var socket = new Socket("localhost", port)) {
            socket.setSoTimeout(5000);
            socket.getOutputStream()
                    .write(("POST /items HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nAuthorization: "
                                    + bearer("alice", List.of("customer")) + "\r\nContent-Length: 100\r\n\r\n{\"name\"")
                            .getBytes(StandardCharsets.US_ASCII));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 408").contains("\"request_timeout\"");
        }
    }

    @Test
    void the_actuator_has_a_port_of_its_own_and_shows_three_things() throws Exception {
        assertThat(actuator("health/liveness")).contains("UP");
        assertThat(actuator("health/readiness")).contains("UP");
        assertThat(actuator("prometheus")).contains("jvm_");
        assertThat(actuator("env")).contains("unauthorized");
        assertThat(send(request("/actuator/health")).statusCode()).isEqualTo(401);
    }

    private String actuator(String endpoint) throws IOException, InterruptedException {
        return HTTP.send(
                        HttpRequest.newBuilder(
                                        URI.create("http://localhost:" + managementPort + "/actuator/" + endpoint))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    private void assertRefused(String token) throws Exception {
        assertProblem(send(request("/who").header("Authorization", "Bearer " + token)), 401, "unauthorized");
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body()).contains("\"code\":\"" + code + "\"").contains("\"traceId\":\"");
    }

    private HttpResponse<String> post(String body) throws Exception {
        return send(request("/items")
                .header("Content-Type", "application/json")
                .header("Authorization", bearer("alice", List.of("customer")))
                .POST(BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    private static String bearer(String subject, List<String> roles) throws JOSEException {
        return "Bearer "
                + signed(claims(subject, roles, Instant.now().plusSeconds(60)).build(), KEYS);
    }

    private static JWTClaimsSet.Builder claims(String subject, List<String> roles, Instant until) {
        return new JWTClaimsSet.Builder()
                .subject(subject)
                .issuer("https://issuer.test")
                .audience("breakwater")
                .claim("roles", roles)
                .expirationTime(Date.from(until));
    }

    private static String signed(JWTClaimsSet claims, KeyPair keys) throws JOSEException {
        var jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.RS256), claims);
        jwt.sign(new RSASSASigner(keys.getPrivate()));
        return jwt.serialize();
    }

    private static KeyPair keys() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    record Item(
            @NotNull @Min(1) @Max(99) @Nullable Integer count,
            @NotEmpty @Nullable List<String> names) {}

    @Configuration
    @EnableAutoConfiguration
    @RestController
    static class App {

        @Bean
        AccessRules rules() {
            return rules -> {
                rules.requestMatchers("/open").permitAll();
                rules.requestMatchers("/admin/**").hasRole("admin");
            };
        }

        @GetMapping(path = "/open", produces = "text/plain")
        String open() {
            return "open";
        }

        @GetMapping("/who")
        String who(Principal caller) {
            return caller.getName();
        }

        @GetMapping("/broken")
        String broken() {
            throw new IllegalStateException("secret detail");
        }

        @PostMapping("/items")
        Item items(@Valid @RequestBody Item item) {
            return item;
        }
    }
}
