package dev.breakwater.inventory.reservations;

import dev.breakwater.inventory.stock.Sku;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What is sold most of late. */
@Component
public class BestSellers {

    private final JdbcClient jdbc;

    BestSellers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The best first.
     *
     * @param most how many at most
     * @param lines how many of the newest lines of orders are counted
     */
    public List<Sku> ofLate(int most, int lines) {
        // Ids of orders begin with their time (UUID version 7), so the end of the primary key is what is newest.
        return jdbc.sql("""
                        SELECT sku
                          FROM (SELECT sku, quantity FROM reservation_lines ORDER BY order_id DESC LIMIT ?) newest
                         GROUP BY sku
                         ORDER BY SUM(quantity) DESC, sku
                         LIMIT ?
                        """)
                .params(lines, most)
                .query((row, n) -> new Sku(row.getString(1)))
                .list();
    }
}
