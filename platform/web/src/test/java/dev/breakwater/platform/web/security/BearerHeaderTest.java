package dev.breakwater.platform.web.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;

class BearerHeaderTest {

    private final BearerHeader resolver = new BearerHeader();

    @ParameterizedTest
    @ValueSource(strings = {"abc", "a.b-c_d~e+f/g", "abc==", "0"})
    void a_token_is_what_follows_the_scheme_in_any_case(String token) {
        assertThat(resolver.resolve(request("Bearer " + token))).isEqualTo(token);
        assertThat(resolver.resolve(request("bearer " + token))).isEqualTo(token);
    }

    @Test
    void without_the_scheme_there_is_none() {
        assertThat(resolver.resolve(new MockHttpServletRequest())).isNull();
        assertThat(resolver.resolve(request("Basic YWxpY2U6c2VjcmV0"))).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer",
                "Bearer ",
                "Bearer a b",
                "Bearer  abc",
                "Bearer a=b",
                "Bearer ==",
                "Bearer a\"b",
                "Bearerabc"
            })
    void a_malformed_one_is_refused(String header) {
        assertThatThrownBy(() -> resolver.resolve(request(header))).isInstanceOf(OAuth2AuthenticationException.class);
    }

    private static MockHttpServletRequest request(String authorization) {
        var request = new MockHttpServletRequest();
        request.addHeader("Authorization", authorization);
        return request;
    }
}
