package dev.breakwater.order.pricing;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** The durable copy of prices. */
@Repository
class PriceRows {

    private final JdbcTemplate jdbc;

    PriceRows(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Walks the primary key. */
    List<Price> find(Collection<String> skus) {
        var marks = String.join(", ", Collections.nCopies(skus.size(), "?"));
        return jdbc.query(
                "SELECT sku, price_minor, currency, version FROM prices WHERE sku IN (" + marks + ")",
                (row, n) -> new Price(
                        row.getString("sku"),
                        row.getLong("price_minor"),
                        row.getString("currency"),
                        row.getLong("version")),
                skus.toArray());
    }

    /** Keeps the higher version of each, whatever the order of arrival; rows are taken in the order of their keys. */
    void keep(Collection<Price> prices) {
        jdbc.batchUpdate(
                """
                INSERT INTO prices (sku, price_minor, currency, version)
                VALUES (?, ?, ?, ?)
                ON DUPLICATE KEY UPDATE
                    price_minor = IF(VALUES(version) > version, VALUES(price_minor), price_minor),
                    currency    = IF(VALUES(version) > version, VALUES(currency), currency),
                    version     = GREATEST(version, VALUES(version))
                """,
                prices.stream()
                        .sorted(Comparator.comparing(Price::sku))
                        .map(price -> new Object[] {price.sku(), price.priceMinor(), price.currency(), price.version()})
                        .toList());
    }
}
