package dev.breakwater.demo.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ReadingTest {

    @Test
    void quiet_and_without_violations_is_good() {
        var reading = reading("""
                {"orders": {"accepted": 3, "pending": 0, "reserved": 0}, "quiet": true, "violations": []}
                """);
        assertThat(reading.isGood()).isTrue();
        assertThat(reading.table().getFirst())
                .contains("orders")
                .contains("accepted")
                .contains("3");
        assertThat(reading.verdict(120)).containsExactly("Quiet, and no invariant is violated.");
    }

    @Test
    void a_violation_is_bad_even_when_quiet() {
        var reading = reading("""
                {"quiet": true, "violations": ["stock: received 10 is not onHand 9 + sold 0"]}
                """);
        assertThat(reading.isGood()).isFalse();
        assertThat(reading.verdict(120)).containsExactly("VIOLATED: stock: received 10 is not onHand 9 + sold 0");
    }

    @Test
    void not_quiet_is_bad_and_says_what_is_under_way() {
        var reading = reading("""
                {"orders": {"pending": 2, "reserved": 1}, "events": {"inFlight": 4}, "quiet": false, "violations": []}
                """);
        assertThat(reading.isGood()).isFalse();
        assertThat(reading.verdict(9).getFirst())
                .startsWith("Not quiet after 9 s: 3 orders open")
                .contains("4 answers");
    }

    @Test
    void an_audit_that_cannot_be_read_is_not_good() {
        assertThat(Reading.unavailable("inventory-service is down").isGood()).isFalse();
    }

    private static Reading reading(String json) {
        return new Reading(JsonMapper.shared().readTree(json));
    }
}
