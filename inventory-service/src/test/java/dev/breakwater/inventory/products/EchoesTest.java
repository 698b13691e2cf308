package dev.breakwater.inventory.products;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class EchoesTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final Echoes echoes = new Echoes();

    @Test
    void an_event_that_comes_before_anybody_waits_counts() {
        try (var echo = echoes.expect("SKU-1")) {
            echoes.heard("SKU-1", 7);
            assertThat(echo.await(7, LONG)).isTrue();
        }
    }

    @Test
    void neither_another_version_nor_another_product_counts() {
        try (var echo = echoes.expect("SKU-1")) {
            echoes.heard("SKU-1", 6);
            echoes.heard("SKU-2", 7);
            assertThat(echo.await(7, Duration.ZERO)).isFalse();
        }
    }

    @Test
    void two_changes_of_a_product_wait_for_their_own_events() {
        try (var one = echoes.expect("SKU-1");
                var other = echoes.expect("SKU-1")) {
            echoes.heard("SKU-1", 7);
            assertThat(one.await(7, LONG)).isTrue();
            assertThat(other.await(8, Duration.ZERO)).isFalse();
            echoes.heard("SKU-1", 8);
            assertThat(other.await(8, LONG)).isTrue();
        }
    }

    @Test
    void an_interrupted_wait_ends_and_stays_interrupted() {
        try (var echo = echoes.expect("SKU-1")) {
            Thread.currentThread().interrupt();
            assertThat(echo.await(7, LONG)).isFalse();
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
