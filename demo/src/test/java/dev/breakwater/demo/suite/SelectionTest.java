package dev.breakwater.demo.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.platform.servers.CannotStartException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SelectionTest {

    @Test
    void the_whole_suite_has_two_order_and_two_inventory_instances() {
        var selection = Selection.of(false, false, Map.of(), Set.of());
        assertThat(selection.of(Service.ORDER)).isEqualTo(2);
        assertThat(selection.of(Service.INVENTORY)).isEqualTo(2);
        assertThat(selection.of(Service.PAYMENT)).isEqualTo(1);
        assertThat(selection.isComplete()).isTrue();
    }

    @Test
    void lite_has_one_of_each_unless_more_are_asked_for() {
        var selection = Selection.of(false, true, Map.of(Service.ORDER, 3), Set.of());
        assertThat(selection.of(Service.ORDER)).isEqualTo(3);
        assertThat(selection.of(Service.INVENTORY)).isEqualTo(1);
    }

    @Test
    void a_service_left_out_has_none_and_only_infra_has_no_service_at_all() {
        assertThat(Selection.of(false, false, Map.of(), Set.of(Service.ORDER)).has(Service.ORDER))
                .isFalse();
        assertThat(Selection.of(true, false, Map.of(), Set.of()).isInfraOnly()).isTrue();
    }

    @Test
    void several_instances_of_what_can_have_one_only_are_refused() {
        assertThatThrownBy(() -> Selection.of(false, false, Map.of(Service.BANK, 2), Set.of()))
                .isInstanceOf(CannotStartException.class)
                .hasMessage("bank-simulator can have one instance only.");
    }

    @Test
    void ports_follow_instance_and_offset() {
        assertThat(Service.ORDER.port(1, 0)).isEqualTo(8081);
        assertThat(Service.ORDER.port(2, 0)).isEqualTo(8091);
        assertThat(Service.ORDER.actuatorPort(2, 100)).isEqualTo(9191);
    }
}
