package dev.breakwater.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.platform.testing.KeptSchema;
import dev.breakwater.platform.testing.Servers;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** While a release is rolled out, instances of the one before run on today's tables. */
class ReleaseBeforeTest {

    @Test
    void whoever_knows_the_tables_of_the_release_before_can_read_and_write_them_as_they_are_today() throws Exception {
        var database = Servers.freshDatabase();
        Flyway.configure()
                .dataSource(database.jdbcUrl(), database.user(), database.password())
                .locations("classpath:db/platform", "classpath:db/order-service")
                .outOfOrder(true)
                .load()
                .migrate();

        assertThat(KeptSchema.brokenSinceRelease(database)).isEmpty();
    }
}
