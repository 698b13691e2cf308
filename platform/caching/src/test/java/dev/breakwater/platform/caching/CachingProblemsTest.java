package dev.breakwater.platform.caching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.setup.MockMvcBuilders.standaloneSetup;

import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

class CachingProblemsTest {

    @Test
    void what_is_not_loaded_in_time_is_unavailable_and_to_be_asked_for_again() throws Exception {
        var service = standaloneSetup(new Slow())
                .setControllerAdvice(new CachingProblems())
                .build();
        var answer = service.perform(get("/tea")).andReturn().getResponse();
        assertThat(answer.getStatus()).isEqualTo(503);
        assertThat(answer.getContentType()).startsWith("application/problem+json");
        assertThat(answer.getHeader("Retry-After")).isEqualTo("1");
        assertThat(answer.getContentAsString()).contains("service_unavailable");
    }

    @RestController
    static final class Slow {

        @GetMapping("/tea")
        public String tea() {
            throw new LoadTimedOutException("tea");
        }
    }
}
