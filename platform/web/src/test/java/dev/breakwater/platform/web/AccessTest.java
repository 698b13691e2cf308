package dev.breakwater.platform.web;

import static dev.breakwater.platform.web.Calls.alice;
import static dev.breakwater.platform.web.Calls.assertProblem;
import static dev.breakwater.platform.web.Calls.request;
import static dev.breakwater.platform.web.Calls.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.breakwater.platform.testing.TestTokens;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

@WebTest
@ExtendWith(OutputCaptureExtension.class)
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

    @Test
    void what_an_admin_changes_and_every_attempt_at_what_is_for_admins_is_written_down(CapturedOutput output)
            throws Exception {
        send(request(port, "/items")
                .header("Authorization", "Bearer " + TestTokens.admin())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}")));
        send(request(port, "/who").header("Authorization", "Bearer " + TestTokens.admin()));
        send(request(port, "/items").header("Authorization", alice()).POST(BodyPublishers.ofString("{}")));

        send(request(port, "/admin/x").header("Authorization", alice()));
        send(request(port, "/internal/x").header("Authorization", "Bearer " + TestTokens.admin()));
        send(request(port, "/internal/x"));
        send(request(port, "/open"));

        await().untilAsserted(() -> assertThat(output.getOut()
                        .lines()
                        .filter(line -> line.contains("admin call"))
                        .map(line -> line.substring(line.indexOf("admin="))))
                .containsExactly(
                        "admin=admin method=POST path=/items status=400",
                        "admin=alice method=GET path=/admin/x status=403",
                        "admin=admin method=GET path=/internal/x status=404",
                        "admin=- method=GET path=/internal/x status=401"));
    }

    @Test
    void no_other_site_may_read_an_answer() throws Exception {
        var read = send(request(port, "/open").header("Origin", "https://elsewhere.example"));
        var asked = send(request(port, "/items")
                .header("Origin", "https://elsewhere.example")
                .header("Access-Control-Request-Method", "POST")
                .method("OPTIONS", BodyPublishers.noBody()));

        for (var answer : List.of(read, asked)) {
            assertThat(answer.headers().map().keySet()).noneMatch(name -> name.startsWith("access-control-allow"));
        }
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
