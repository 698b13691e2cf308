package dev.breakwater.platform.web.security;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanCreationException;

/**
 * The keys of the issuer, kept for five minutes. A token of a key that is not among them has them asked for again, for
 * the issuer may have a new one; but anybody can name a key that there is not, so that happens twice in five seconds at
 * most, and such a token is a bad one meanwhile. An issuer that cannot be asked is believed in what it said last, for
 * an hour.
 */
final class IssuerKeys implements JWKSource<SecurityContext> {

    /** An issuer that hangs is no better than one that is away. */
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);

    private static final Duration READ_TIMEOUT = Duration.ofSeconds(2);
    private static final int MOST_BYTES = 256 * 1_024;
    private static final Duration TWICE_WITHIN = Duration.ofSeconds(5);
    private static final Duration BELIEVED = Duration.ofHours(1);

    private final JWKSource<SecurityContext> source;
    /** Whether the issuer has ever said which keys it has: before that no token is a bad one. */
    private volatile boolean known;

    private IssuerKeys(JWKSource<SecurityContext> source) {
        this.source = source;
    }

    /** @throws BeanCreationException if the address is none */
    static IssuerKeys at(String address) {
        try {
            var retriever = new DefaultResourceRetriever(
                    (int) CONNECT_TIMEOUT.toMillis(), (int) READ_TIMEOUT.toMillis(), MOST_BYTES);
            return new IssuerKeys(JWKSourceBuilder.create(URI.create(address).toURL(), retriever)
                    .rateLimited(TWICE_WITHIN.toMillis())
                    .outageTolerant(BELIEVED.toMillis())
                    .build());
        } catch (MalformedURLException | IllegalArgumentException e) {
            throw new BeanCreationException("breakwater.security.jwk-set-uri is no address: " + address, e);
        }
    }

    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) throws KeySourceException {
        try {
            var keys = source.get(selector, context);
            known = true;
            return keys;
        } catch (RateLimitReachedException e) {
            if (known) {
                return List.of();
            }
            throw e;
        }
    }
}
