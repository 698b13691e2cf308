package dev.breakwater.demo.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MemberTest {

    private final Member second = member("order-service/2");

    @Test
    void a_service_is_meant_by_its_name_with_or_without_the_suffix_and_the_instance() {
        assertThat(second.isMeantBy("order-service/2")).isTrue();
        assertThat(second.isMeantBy("order/2")).isTrue();
        assertThat(second.isMeantBy("order-service")).isTrue();
        assertThat(second.isMeantBy("order")).isTrue();
        assertThat(member("bank-simulator").isMeantBy("bank")).isTrue();
        assertThat(member("mariadb").isMeantBy("mariadb")).isTrue();
    }

    @Test
    void another_instance_or_service_is_not_meant() {
        assertThat(second.isMeantBy("order-service/1")).isFalse();
        assertThat(second.isMeantBy("payment")).isFalse();
    }

    private static Member member(String name) {
        return new Member(name, List.of(1), 0, List.of(), () -> {
            throw new UnsupportedOperationException();
        });
    }
}
