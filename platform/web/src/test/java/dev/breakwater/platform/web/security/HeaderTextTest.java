package dev.breakwater.platform.web.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.web.firewall.RequestRejectedException;

class HeaderTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "plain ~ text", "\u00e4", "\u6f6e", "\ud83c\udf0a"})
    void text_in_whatever_script_passes(String value) {
        assertThat(read(value)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000", "\u0001b", "a\tb", "a\r\nb", "\u007f", "\u0085", "\u0378", "\ufffe"})
    void control_characters_and_what_is_no_character_are_refused(String value) {
        assertThatThrownBy(() -> read(value)).isInstanceOf(RequestRejectedException.class);
    }

    private static String read(String value) {
        var request = new MockHttpServletRequest("GET", "/open");
        request.addHeader("X-Text", value);
        return new SecurityAutoConfiguration()
                .httpFirewall()
                .getFirewalledRequest(request)
                .getHeader("X-Text");
    }
}
