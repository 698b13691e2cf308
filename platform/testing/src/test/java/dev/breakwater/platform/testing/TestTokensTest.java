package dev.breakwater.platform.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.PlainJWT;
import java.time.Instant;
import java.util.Date;
import org.junit.jupiter.api.Test;

class TestTokensTest {

    @Test
    void a_customers_token_says_who_and_for_whom() throws Exception {
        var claims = JWTParser.parse(TestTokens.customer("alice")).getJWTClaimsSet();
        assertThat(claims.getSubject()).isEqualTo("alice");
        assertThat(claims.getStringListClaim("roles")).containsExactly("customer");
        assertThat(claims.getAudience()).containsExactly("breakwater");
    }

    @Test
    void the_bad_ones_are_bad_in_the_way_they_say() throws Exception {
        assertThat(JWTParser.parse(TestTokens.unsigned("alice"))).isInstanceOf(PlainJWT.class);
        assertThat(JWTParser.parse(TestTokens.expired("alice"))
                        .getJWTClaimsSet()
                        .getExpirationTime())
                .isBefore(Date.from(Instant.now()));
        assertThat(JWTParser.parse(TestTokens.wrongIssuer("alice"))
                        .getJWTClaimsSet()
                        .getIssuer())
                .isNotEqualTo(TestTokens.ISSUER);
        assertThat(TestTokens.withoutSignature("alice")).endsWith(".");
    }
}
