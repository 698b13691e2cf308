package dev.breakwater.platform.web.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.platform.overload.Priority;
import dev.breakwater.platform.web.door.DoorProperties.Call;
import dev.breakwater.platform.web.door.DoorRules.Rule;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoorRulesTest {

    private final DoorRules rules = new DoorRules(
            List.of(
                    new Call(Priority.PLACING, "POST", "/orders", true),
                    new Call(Priority.STATUS, "GET", "/orders/{id}", true),
                    new Call(Priority.EXPORTS, null, "/exports/**", false)),
            List.of("/internal/**", "/orders/*/events"));

    @ParameterizedTest
    @CsvSource({
        "POST, /orders, PLACING",
        "GET, /orders/1, STATUS",
        "GET, /orders/a%20b, STATUS",
        "GET, /orders, BROWSING",
        "DELETE, /orders/1, BROWSING",
        "GET, /orders/1/items, BROWSING",
        "GET, /anything, BROWSING",
        "GET, /, BROWSING"
    })
    void a_call_has_the_priority_of_its_method_and_path(String method, String path, Priority priority) {
        assertThat(rules.of(method, path)).isEqualTo(new Rule(priority, true));
    }

    @Test
    void what_says_nothing_about_the_others_is_limited_and_not_measured() {
        assertThat(rules.of("GET", "/exports/orders/2026")).isEqualTo(new Rule(Priority.EXPORTS, false));
    }

    @ParameterizedTest
    @CsvSource({"GET, /internal/ledger", "POST, /internal", "GET, /orders/1/events"})
    void streams_and_what_operators_need_pass_by(String method, String path) {
        assertThat(rules.of(method, path)).isNull();
    }
}
