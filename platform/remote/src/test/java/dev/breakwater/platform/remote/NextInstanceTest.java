package dev.breakwater.platform.remote;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.tomakehurst.wiremock.http.Fault;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.ResourceAccessException;

class NextInstanceTest extends RemoteTest {

    @Test
    void a_read_that_an_instance_cannot_be_asked_is_answered_by_the_next() {
        for (var i = 0; i < 10; i++) {
            assertThat(of("half").item("lamp").name()).isEqualTo("first");
        }
    }

    @Test
    void a_read_whose_answer_broke_off_or_did_not_come_is_answered_by_the_next() {
        FIRST.stubFor(any(anyUrl()).willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
        for (var i = 0; i < 4; i++) {
            assertThat(of("two").item("lamp").name()).isEqualTo("second");
        }
        answeringAfter(FIRST, Duration.ofSeconds(2));
        for (var i = 0; i < 4; i++) {
            assertThat(of("two").item("lamp").name()).isEqualTo("second");
        }
    }

    @Test
    void a_write_is_never_repeated() {
        FIRST.stubFor(any(anyUrl()).willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));
        SECOND.stubFor(any(anyUrl()).willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));

        for (var i = 0; i < 4; i++) {
            assertThatExceptionOfType(ResourceAccessException.class)
                    .isThrownBy(() -> of("two").add());
        }

        assertThat(asked(FIRST) + asked(SECOND)).isEqualTo(4);
    }

    @Test
    void a_bad_answer_is_an_answer() {
        answering(FIRST, 503);
        answering(SECOND, 503);

        assertThatExceptionOfType(HttpServerErrorException.class)
                .isThrownBy(() -> of("two").item("lamp"));

        assertThat(asked(FIRST) + asked(SECOND)).isEqualTo(1);
    }

    @Test
    void the_only_instance_is_not_asked_twice() {
        answeringAfter(FIRST, Duration.ofSeconds(2));

        assertThatExceptionOfType(ResourceAccessException.class)
                .isThrownBy(() -> of("single").item("lamp"));

        assertThat(asked(FIRST)).isEqualTo(1);
    }

    @Test
    void nobody_else_is_asked_when_the_time_is_over() {
        answeringAfter(FIRST, Duration.ofSeconds(2));
        answeringAfter(SECOND, Duration.ofSeconds(2));

        assertThatExceptionOfType(ResourceAccessException.class)
                .isThrownBy(() -> CallDeadline.in(Duration.ofMillis(200))
                        .during(() -> of("two").item("lamp")));

        assertThat(asked(FIRST) + asked(SECOND)).isEqualTo(1);
    }
}
