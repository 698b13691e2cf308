package dev.breakwater.platform.web;

import static dev.breakwater.platform.web.Calls.alice;
import static dev.breakwater.platform.web.Calls.assertProblem;
import static dev.breakwater.platform.web.Calls.request;
import static dev.breakwater.platform.web.Calls.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.platform.testing.TestTokens;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.web.server.LocalServerPort;

@WebTest
class AccessTest {

    @LocalServerPort
    private int port;

    @Test
    void a_token_is_needed_where_no_rule_says_otherwise() throws Exception {
        assertProblem(send(request(port, "/who")), 401, "unauthorized");
        assertThat(send(request(port, "/who").header("Authorization", alice())).body())
                .isEqualTo("alice");
    }

    @Test
    void a_role_is_checked_and_comes_before_what_is_unknown() throws Exception {
        assertProblem(send(request(port, "/admin/x")), 401, "unauthorized");
        assertProblem(send(request(port, "/admin/x").header("Authorization", alice())), 403, "forbidden");
        assertProblem(
                send(request(port, "/admin/x").header("Authorization", "Bearer " + TestTokens.admin())),
                404,
                "not_found");
    }

    @ParameterizedTest
    @MethodSource
    void a_token_of_another_make_is_refused(String token) throws Exception {
        assertProblem(send(request(port, "/who").header("Authorization", "Bearer " + token)), 401, "unauthorized");
    }

    static Stream<String> a_token_of_another_make_is_refused() {
        return Stream.of(
                "not.a.token",
                TestTokens.unsigned("alice"),
                TestTokens.withoutSignature("alice"),
                TestTokens.expired("alice"),
                TestTokens.wrongIssuer("alice"),
                TestTokens.wrongAudience("alice"),
                TestTokens.withoutSubject(),
                TestTokens.withoutExpiry("alice"),
                TestTokens.signedByAStranger("alice"),
                TestTokens.signedWithThePublicKey("alice"));
    }
}
