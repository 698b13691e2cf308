package dev.breakwater.platform.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptSchemaTest {

    private final TestDatabase database = Servers.freshDatabase();

    @TempDir
    private Path folder;

    @BeforeEach
    void table() throws SQLException {
        execute("""
                CREATE TABLE teas (
                    sku   VARCHAR(40) NOT NULL PRIMARY KEY,
                    name  VARCHAR(200) NULL,
                    price BIGINT NOT NULL,
                    stock INT NOT NULL DEFAULT 0
                )""");
    }

    @Test
    void what_only_adds_breaks_nothing() throws SQLException {
        assertThat(brokenBy(
                        "ALTER TABLE teas ADD COLUMN note VARCHAR(20) NULL, ADD COLUMN stars INT NOT NULL DEFAULT 0",
                        "ALTER TABLE teas MODIFY name VARCHAR(400) NULL, ADD KEY by_price (price)",
                        "CREATE TABLE cups (id INT NOT NULL PRIMARY KEY, size INT NOT NULL)"))
                .isEmpty();
    }

    @Test
    void what_takes_away_is_told() throws SQLException {
        assertThat(brokenBy("ALTER TABLE teas DROP COLUMN name")).containsExactly("teas.name is gone");
        assertThat(brokenBy("ALTER TABLE teas RENAME TO infusions")).contains("teas.sku is gone", "teas.price is gone");
    }

    @Test
    void what_takes_no_longer_what_it_took_is_told() throws SQLException {
        assertThat(brokenBy("ALTER TABLE teas MODIFY price INT NOT NULL"))
                .containsExactly("teas.price was bigint 0 and is int 0");
        assertThat(brokenBy("ALTER TABLE teas MODIFY name VARCHAR(100) NULL"))
                .containsExactly("teas.name was varchar 200 nullable optional and is varchar 100 nullable optional");
        assertThat(brokenBy("ALTER TABLE teas MODIFY name VARCHAR(100) NOT NULL"))
                .containsExactly("teas.name was varchar 100 nullable optional and is varchar 100");
    }

    @Test
    void what_asks_for_more_than_it_did_is_told() throws SQLException {
        assertThat(brokenBy("ALTER TABLE teas ALTER COLUMN stock DROP DEFAULT"))
                .containsExactly("teas.stock was int 0 optional and is int 0");
        assertThat(brokenBy("ALTER TABLE teas ADD COLUMN origin VARCHAR(20) NOT NULL"))
                .containsExactly("teas.origin is new and neither nullable nor with a default");
        assertThat(brokenBy("ALTER TABLE teas ADD UNIQUE KEY (name)")).containsExactly("teas(name) is unique now");
    }

    @Test
    void what_was_written_is_read_as_it_was() throws Exception {
        try (var connection = connection()) {
            var schema = KeptSchema.of(connection);
            var file = Files.write(folder.resolve("schema.txt"), schema.lines());

            assertThat(KeptSchema.read(file)).isEqualTo(schema);
        }
    }

    private List<String> brokenBy(String... migration) throws SQLException {
        try (var connection = connection()) {
            var before = KeptSchema.of(connection);
            execute(migration);
            return before.brokenBy(KeptSchema.of(connection));
        }
    }

    private void execute(String... statements) throws SQLException {
        try (var connection = connection();
                var statement = connection.createStatement()) {
            for (var each : statements) {
                statement.execute(each);
            }
        }
    }

    private Connection connection() throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
    }
}
