package dev.breakwater.platform.persistence;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
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

    private static final MultiRowInsert ROWS = MultiRowInsert.into(
            "idempotency_keys",
            "name_hash",
            "owner",
            "scope",
            "idempotency_key",
            "fingerprint",
            "result",
            "created_at");

    private final JdbcTemplate jdbc;
    private final Clock clock;

    public IdempotencyRecords(JdbcTemplate jdbc, Clock clock) {
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

    /**
     * What a key is good for: one owner's (the customer's), with one method and path.
     *
     * @param scope method and path it was used with
     */
    public record Name(String owner, String scope, String key) implements Comparable<Name> {

        /** The primary key: the first half of a SHA-256, of which no two names have ever been found to share one. */
        UUID hash() {
            return BinaryUuid.fromBytes(
                    Arrays.copyOf(sha256((owner + '\n' + scope + '\n' + key).getBytes(StandardCharsets.UTF_8)), 16));
        }

        @Override
        public int compareTo(Name other) {
            return Comparator.comparing(Name::owner)
                    .thenComparing(Name::scope)
                    .thenComparing(Name::key)
                    .compare(this, other);
        }
    }

    /** SHA-256 over the request as it was parsed: white space and the order of fields do not make it another one. */
    public static byte[] fingerprint(Object parsedRequest) {
        return sha256(CANONICAL.writeValueAsBytes(parsedRequest));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    public Optional<Recorded> find(Name name) {
        return Optional.ofNullable(select(List.of(name), "").get(name));
    }

    /**
     * Locks those records that there are, without ever waiting: what another transaction is just writing is a reason to
     * come back later, not to keep a whole batch of neighbours waiting for its commit.
     *
     * @throws KeyInUseException when another transaction holds one of them
     */
    public Map<Name, Recorded> lockAll(Collection<Name> names) {
        try {
            return select(names, "FOR UPDATE NOWAIT");
        } catch (PessimisticLockingFailureException e) {
            throw new KeyInUseException(e);
        }
    }

    /** The same for a single one, whose transaction is waited for. */
    public Optional<Recorded> lock(Name name) {
        return Optional.ofNullable(select(List.of(name), "FOR UPDATE").get(name));
    }

    private Map<Name, Recorded> select(Collection<Name> names, String locking) {
        // Walks the primary key, once for each.
        var query = new Literals()
                .sql("""
                        SELECT owner, scope, idempotency_key, fingerprint, result
                          FROM idempotency_keys FORCE INDEX (PRIMARY)
                         WHERE name_hash IN (""")
                .uuids(names.stream().map(Name::hash).toList())
                .sql(") ")
                .sql(locking);
        var found = new HashMap<Name, Recorded>();
        jdbc.query(query.toString(), (RowCallbackHandler) row -> found.put(
                new Name(row.getString("owner"), row.getString("scope"), row.getString("idempotency_key")),
                recorded(row)));
        return found;
    }

    /**
     * Records keys within the current transaction.
     *
     * @throws DuplicateKeyException when another transaction used one of them first
     */
    public void insertAll(SortedMap<Name, Recorded> records) {
        var now = DatabaseTime.of(clock.instant());
        ROWS.insert(
                jdbc,
                records.entrySet(),
                (row, entry) -> row.uuid(entry.getKey().hash())
                        .text(entry.getKey().owner())
                        .text(entry.getKey().scope())
                        .text(entry.getKey().key())
                        .bytes(entry.getValue().fingerprint())
                        .text(entry.getValue().result())
                        .text(now));
    }

    /**
     * Forgets records past their time, a bounded piece at a call so that no lock is held for long; returns how many.
     */
    public int forgetExpired(int atMost) {
        return jdbc.update(
                "DELETE FROM idempotency_keys WHERE created_at < ? ORDER BY created_at LIMIT ?",
                DatabaseTime.of(clock.instant().minus(KEPT)),
                atMost);
    }

    private static Recorded recorded(ResultSet row) throws SQLException {
        return new Recorded(row.getBytes("fingerprint"), new String(row.getBytes("result"), StandardCharsets.UTF_8));
    }
}
