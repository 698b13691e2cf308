package dev.breakwater.platform.persistence;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an idempotency key was used for. A record is written in the transaction of the effect it stands for, so that
 * there is never one without the other; two requests with one key meet at the primary key.
 */
public class IdempotencyRecords {

    /** How long a key is remembered at least. */
    public static final Duration KEPT = Duration.ofHours(24);

    private static final JsonMapper CANONICAL = JsonMapper.builder()
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private final JdbcClient jdbc;
    private final Clock clock;

    public IdempotencyRecords(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** @param result what a repeat is answered with, or from: at most 4,000 bytes of text */
    public record Recorded(byte[] fingerprint, String result) {

        public boolean isOf(byte[] otherFingerprint) {
            return MessageDigest.isEqual(fingerprint, otherFingerprint);
        }

        @Override
        public boolean equals(@org.jspecify.annotations.Nullable Object other) {
            return other instanceof Recorded that
                    && Arrays.equals(fingerprint, that.fingerprint)
                    && result.equals(that.result);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(fingerprint);
        }
    }

    /** SHA-256 over the request as it was parsed: white space and the order of fields do not make it another one. */
    public static byte[] fingerprint(Object parsedRequest) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(CANONICAL.writeValueAsBytes(parsedRequest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /**
     * @param owner whose key it is (the customer)
     * @param scope method and path it was used with
     */
    public Optional<Recorded> find(String owner, String scope, String key) {
        // Walks the primary key.
        return jdbc.sql("""
                        SELECT fingerprint, result
                          FROM idempotency_keys
                         WHERE owner = ? AND scope = ? AND idempotency_key = ?
                        """)
                .params(owner, scope, key)
                .query((row, n) -> new Recorded(
                        row.getBytes("fingerprint"), new String(row.getBytes("result"), StandardCharsets.UTF_8)))
                .optional();
    }

    /** @throws DuplicateKeyException when another transaction used the key first */
    public void insert(String owner, String scope, String key, byte[] fingerprint, String result) {
        jdbc.sql("""
                        INSERT INTO idempotency_keys (owner, scope, idempotency_key, fingerprint, result, created_at)
                        VALUES (?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        owner,
                        scope,
                        key,
                        fingerprint,
                        result.getBytes(StandardCharsets.UTF_8),
                        Timestamp.from(clock.instant()))
                .update();
    }

    /**
     * Forgets records past their time, a bounded piece at a call so that no lock is held for long; returns how many.
     */
    public int forgetExpired(int atMost) {
        return jdbc.sql("""
                        DELETE FROM idempotency_keys
                         WHERE created_at < ?
                         ORDER BY created_at
                         LIMIT ?
                        """)
                .params(Timestamp.from(clock.instant().minus(KEPT)), atMost)
                .update();
    }
}
