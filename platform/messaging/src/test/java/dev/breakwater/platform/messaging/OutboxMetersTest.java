package dev.breakwater.platform.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.breakwater.platform.persistence.Transactions;
import dev.breakwater.platform.testing.Servers;
import dev.breakwater.platform.testing.WithServers;
import dev.breakwater.platform.testing.WithServers.Kind;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.JdbcTemplate;

@WithServers({Kind.MARIADB, Kind.KAFKA})
@SpringBootTest(classes = MessagingApp.class, properties = MessagingApp.CONFIGURATION)
@Timeout(120)
class OutboxMetersTest {

    private final Outbox outbox;
    private final Relay relay;
    private final Transactions transactions;
    private final JdbcTemplate jdbc;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Autowired
    OutboxMetersTest(Outbox outbox, Relay relay, Transactions transactions, JdbcTemplate jdbc) {
        this.outbox = outbox;
        this.relay = relay;
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    @Test
    void what_waits_is_timed_until_it_is_sent() {
        var inAMinute = Clock.offset(Clock.system(ZoneOffset.UTC), Duration.ofMinutes(1));
        var waiting = new OutboxMeters(jdbc, inAMinute, meters);
        relay.stop();
        try {
            transactions.write(() -> {
                outbox.append(message(1));
                outbox.append(message(2));
            });
            waiting.look();
            assertThat(oldest()).isBetween(60.0, 90.0);
        } finally {
            relay.start();
        }
        await().untilAsserted(() -> {
            waiting.look();
            assertThat(oldest()).isZero();
        });
    }

    @Test
    void what_is_not_known_is_not_none() {
        var waiting = new OutboxMeters(jdbc, Clock.systemUTC(), meters);
        Servers.mariadb().kill();
        try {
            waiting.look();
            assertThat(oldest()).isNaN();
        } finally {
            Servers.bringBack(Servers.mariadb());
        }
    }

    private double oldest() {
        return meters.get("outbox.oldest").gauge().value();
    }

    private static Outgoing message(int n) {
        return new Outgoing(
                Topics.PAYMENT_COMMANDS, UUID.randomUUID().toString(), "Counted", 1, new MessagingApp.Counted(n));
    }
}
