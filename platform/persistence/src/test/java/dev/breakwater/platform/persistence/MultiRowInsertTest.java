package dev.breakwater.platform.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.platform.testing.Servers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MultiRowInsertTest {

    private static final MultiRowInsert THINGS = MultiRowInsert.into("things", "id", "number", "text", "word", "bytes");

    private final SingleConnectionDataSource database = open();
    private final JdbcTemplate jdbc = new ServerTimedJdbcTemplate(database);

    record Thing(
            UUID id,
            long number,
            @Nullable String text,
            @Nullable String word,
            byte @Nullable [] bytes) {

        static Thing saying(@Nullable String text) {
            return new Thing(UUID.randomUUID(), 1, text, null, null);
        }
    }

    @BeforeAll
    void table() {
        jdbc.execute("""
                CREATE TABLE things (
                    id     BINARY(16)     NOT NULL PRIMARY KEY,
                    number BIGINT         NOT NULL,
                    text   VARCHAR(200)   CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
                    word   VARCHAR(200)   CHARACTER SET ascii COLLATE ascii_bin NULL,
                    bytes  MEDIUMBLOB     NULL
                )
                """);
    }

    @BeforeEach
    void empty() {
        jdbc.update("DELETE FROM things");
    }

    @AfterAll
    void close() {
        database.destroy();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain words, 12:30 {\"a\": [1]} ? :named /* no comment */ -- # ;",
                "{fn now()} {d 'x'} {",
                "O'Brien",
                "'; DROP TABLE things; -- ",
                "\\",
                "\\' OR 1=1",
                "\"",
                "`",
                "%_",
                "null",
                "a\nb\r\t\u0000\u001a",
                "Grüße, 北京, 🛒",
                "\u00bf'\u0027",
                "x'00'"
            })
    void every_text_arrives_as_it_was(String text) {
        THINGS.insert(jdbc, List.of(Thing.saying(text), Thing.saying(null)), MultiRowInsertTest::row);
        assertThat(jdbc.queryForList("SELECT text FROM things ORDER BY text IS NULL", String.class))
                .containsExactly(text, null);
    }

    @Test
    void every_kind_of_value_arrives_as_it_was() {
        var id = UUID.fromString("0199a2b3-c4d5-7e6f-8f01-23456789abcd");
        var bytes = new byte[256];
        for (var i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        THINGS.insert(jdbc, List.of(new Thing(id, Long.MIN_VALUE, "text", "word's", bytes)), MultiRowInsertTest::row);
        var row = jdbc.queryForMap("SELECT * FROM things");
        assertThat(row.get("id")).isEqualTo(BinaryUuid.toBytes(id));
        assertThat(row.get("number")).isEqualTo(Long.MIN_VALUE);
        assertThat(row.get("text")).isEqualTo("text");
        assertThat(row.get("word")).isEqualTo("word's");
        assertThat(row.get("bytes")).isEqualTo(bytes);
    }

    @Test
    void what_a_column_cannot_hold_is_refused_and_not_mended() {
        var foreign = new Thing(UUID.randomUUID(), 1, null, "Grüße", null);
        assertThatThrownBy(() -> THINGS.insert(jdbc, List.of(foreign), MultiRowInsertTest::row))
                // MySQL gives no SQL state by which Spring would know it for the fault of the data.
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("Incorrect string value");
        assertThat(count()).isZero();
    }

    @Test
    void rows_keep_their_order_over_as_many_statements_as_they_need() {
        jdbc.execute("CREATE TEMPORARY TABLE numbered (n INT AUTO_INCREMENT PRIMARY KEY, payload MEDIUMBLOB)");
        var payload = "é".repeat(OneMessage.LONGEST / 10).getBytes(StandardCharsets.UTF_8);
        var sent = IntStream.range(0, 20).boxed().toList();
        MultiRowInsert.into("numbered", "payload").insert(jdbc, sent, (row, n) -> {
            payload[0] = n.byteValue();
            row.bytes(payload);
        });
        assertThat(jdbc.query("SELECT payload FROM numbered ORDER BY n", (row, n) -> (int) row.getBytes(1)[0]))
                .isEqualTo(sent);
    }

    @Test
    void nothing_is_sent_for_no_rows() {
        MultiRowInsert.into("there_is_no_such_table", "id").insert(jdbc, List.<UUID>of(), (row, id) -> row.uuid(id));
        assertThat(count()).isZero();
    }

    @Test
    void a_key_that_is_there_already_is_told_and_nothing_of_the_statement_stays() {
        var first = Thing.saying("first");
        THINGS.insert(jdbc, List.of(first), MultiRowInsertTest::row);
        assertThatThrownBy(() -> THINGS.insert(jdbc, List.of(Thing.saying("new"), first), MultiRowInsertTest::row))
                .isInstanceOf(DuplicateKeyException.class)
                .message()
                .as("values are no business of a log")
                .doesNotContain("new");
        assertThat(count()).isOne();
    }

    @Test
    void or_the_row_that_is_there_is_changed() {
        var first = Thing.saying("first");
        var again = new Thing(first.id(), 5, "again", null, null);
        THINGS.onDuplicateKeyUpdate("number = number + VALUES(number)")
                .insert(jdbc, List.of(first, again), MultiRowInsertTest::row);
        assertThat(jdbc.queryForObject("SELECT number FROM things", Long.class)).isEqualTo(6);
    }

    @Test
    void a_row_of_another_length_is_refused() {
        assertThatThrownBy(() -> THINGS.insert(jdbc, List.of(1), (row, n) -> row.number(n)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("1 values for 5 columns");
    }

    private static void row(MultiRowInsert.Row row, Thing thing) {
        row.uuid(thing.id())
                .number(thing.number())
                .text(thing.text())
                .text(thing.word())
                .bytes(thing.bytes());
    }

    private long count() {
        var count = jdbc.queryForObject("SELECT COUNT(*) FROM things", Long.class);
        return count == null ? -1 : count;
    }

    private static SingleConnectionDataSource open() {
        var database = Servers.freshDatabase();
        return new SingleConnectionDataSource(database.jdbcUrl(), database.user(), database.password(), true);
    }
}
