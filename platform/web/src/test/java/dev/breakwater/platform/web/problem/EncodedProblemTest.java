package dev.breakwater.platform.web.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class EncodedProblemTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final ProblemException PROBLEM = ProblemException.unavailable(
            "thing_away", "The \"thing\" is away (path) and (trace).", Duration.ofMillis(1_200));

    @ParameterizedTest
    @ValueSource(strings = {"/things/A-1_b.c~%20", "/", "/a\"b\\", "/ä/日本", "/(trace)/(path)", "/\u0001"})
    void it_is_the_same_answer_as_one_that_is_encoded_anew(String path) throws IOException {
        var once = new MockHttpServletResponse();
        new EncodedProblem(PROBLEM).write(once, path, TRACE);

        var request = new MockHttpServletRequest("GET", path);
        TraceIds.set(request, TRACE);
        var anew = new MockHttpServletResponse();
        ProblemWriter.write(request, anew, PROBLEM);

        assertThat(once.getContentAsByteArray()).isEqualTo(anew.getContentAsByteArray());
        assertThat(once.getStatus()).isEqualTo(503);
        assertThat(once.getHeaderNames()).containsExactlyInAnyOrderElementsOf(anew.getHeaderNames());
        assertThat(once.getHeader("Retry-After")).isEqualTo("2");
        assertThat(once.getContentLength()).isEqualTo(once.getContentAsByteArray().length);
    }

    @Test
    void a_problem_with_field_errors_is_not_encoded_once_for_all() {
        var withErrors = PROBLEM.withErrors(List.of(new FieldProblem("(path)", "(trace)")));

        assertThatThrownBy(() -> new EncodedProblem(withErrors)).isInstanceOf(IllegalArgumentException.class);
    }
}
