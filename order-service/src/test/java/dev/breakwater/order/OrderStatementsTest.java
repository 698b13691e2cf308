package dev.breakwater.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.platform.testing.StatementPlans;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.context.Lifecycle;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.config.ScheduledTask;
import org.springframework.scheduling.config.ScheduledTaskHolder;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/** Tests that every statement of a flow walks an index, on tables that are worth one. */
@Import(StatementPlans.class)
// What is asked is how statements walk, not how fast a cold service on a busy machine runs them.
@TestPropertySource(properties = "breakwater.persistence.transaction-timeout-seconds=60")
@DirtiesContext
public abstract class OrderStatementsTest extends OrderServiceTest {

    private static final Map<String, String> EXCUSED = Map.of(
            "outbox_lanes", "sixteen rows for ever",
            "outbox_relays", "a row an instance",
            "figures", "sixteen rows a counter",
            "SELECT 1 FROM outbox LIMIT 1", "reads one entry, whichever comes first",
            "SELECT COUNT(*) FROM outbox", "counts what is not sent yet, for the audit and not for an order");

    @Autowired
    protected StatementPlans plans;

    @Autowired
    private ApplicationContext context;

    @BeforeEach
    void watch() {
        plans.watch();
    }

    /** What was sent is gone, and how an empty outbox is read says nothing: from now on its rows stay. */
    protected void stopRelay() {
        context.getBean("relay", Lifecycle.class).stop();
    }

    /** Time-outs and cleanings, without waiting for their hour. */
    protected void runScheduledTasks() {
        context.getBeansOfType(ScheduledTaskHolder.class).values().stream()
                .flatMap(holder -> holder.getScheduledTasks().stream())
                .map(ScheduledTask::getTask)
                .forEach(task -> task.getRunnable().run());
    }

    /** @param seen parts of statements that must have been among those asked about */
    protected void assertThatNothingScans(String... seen) throws SQLException {
        for (var part : seen) {
            assertThat(plans.statements()).anyMatch(statement -> statement.contains(part));
        }
        assertThat(plans.scans(EXCUSED)).isEmpty();
    }
}
