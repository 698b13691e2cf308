package dev.breakwater.inventory.products;

import dev.breakwater.inventory.stock.Availability;
import dev.breakwater.inventory.stock.AvailabilityChanges;
import dev.breakwater.inventory.stock.Sku;
import dev.breakwater.platform.messaging.Outbox;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Collections;
import java.util.SortedMap;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Writes a changed class of availability into the product, as a new version, and tells it to the other services. */
@Component
class Announcements implements AvailabilityChanges {

    private final JdbcTemplate jdbc;
    private final Outbox outbox;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Announcements(JdbcTemplate jdbc, Outbox outbox, ApplicationEventPublisher events, Clock clock) {
        this.jdbc = jdbc;
        this.outbox = outbox;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public void announce(SortedMap<Sku, Availability> changed) {
        var now = Timestamp.from(clock.instant());
        // Walks the primary key, in the order that everybody locks in.
        var products = jdbc.query(
                """
                        SELECT %s
                          FROM products FORCE INDEX (PRIMARY)
                         WHERE sku IN (%s)
                         ORDER BY sku
                           FOR UPDATE
                        """.formatted(Product.COLUMNS, String.join(", ", Collections.nCopies(changed.size(), "?"))),
                (row, n) -> {
                    var product = Product.of(row);
                    return product.next(changed.getOrDefault(new Sku(product.sku()), product.availability()));
                },
                changed.keySet().stream().map(Sku::value).toArray());
        jdbc.batchUpdate(
                "UPDATE products SET availability = ?, version = ?, updated_at = ? WHERE sku = ?",
                products.stream()
                        .map(product ->
                                new Object[] {product.availability().name(), product.version(), now, product.sku()})
                        .toList());
        outbox.appendAll(products.stream().map(ProductChanged::of).toList());
        products.forEach(product -> events.publishEvent(new VersionWritten(product.sku(), product.version())));
    }
}
