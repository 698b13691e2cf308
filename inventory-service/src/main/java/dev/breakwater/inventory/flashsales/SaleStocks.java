package dev.breakwater.inventory.flashsales;

import dev.breakwater.inventory.flashsales.SaleStock.Left;
import dev.breakwater.inventory.stock.Sku;
import dev.breakwater.platform.persistence.BinaryUuid;
import dev.breakwater.platform.persistence.Literals;
import dev.breakwater.platform.persistence.OneMessage;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** What the database says is left of sales. Locked after reservations and before the stock of products. */
@Repository
public class SaleStocks {

    static final Comparator<UUID> ORDER = BinaryUuid.ORDER;

    private final JdbcTemplate jdbc;

    public SaleStocks(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** As last committed, without waiting for anybody. */
    public SaleStock read(Collection<UUID> saleIds) {
        return select(saleIds, "");
    }

    /** Locks the sales until the current transaction ends. */
    public SaleStock lock(Collection<UUID> saleIds) {
        return select(saleIds, " FOR UPDATE");
    }

    /** Writes what was changed of locked sales. */
    public void write(SaleStock stock) {
        // Walks the primary key, over rows that are locked already.
        stock.changed()
                .forEach((saleId, left) -> OneMessage.execute(
                        jdbc,
                        new Literals()
                                .sql("UPDATE flash_sales SET remaining = ")
                                .number(left.pieces())
                                .sql(", returned = ")
                                .number(left.returned())
                                .sql(left.closed() ? ", closed = TRUE WHERE id = " : " WHERE id = ")
                                .uuid(saleId)));
    }

    private SaleStock select(Collection<UUID> saleIds, String locking) {
        if (saleIds.isEmpty()) {
            return SaleStock.none();
        }
        // Walks the primary key, in the order that everybody locks in.
        var query = new Literals()
                .sql("""
                        SELECT id, sku, remaining, returned, closed
                          FROM flash_sales FORCE INDEX (PRIMARY)
                         WHERE id IN (""")
                .uuids(saleIds.stream().distinct().sorted(ORDER).toList())
                .sql(") ORDER BY id")
                .sql(locking);
        var sales = new HashMap<UUID, Left>();
        jdbc.query(query.toString(), row -> {
            sales.put(
                    BinaryUuid.fromBytes(row.getBytes("id")),
                    new Left(
                            new Sku(row.getString("sku")),
                            row.getLong("remaining"),
                            row.getLong("returned"),
                            row.getBoolean("closed")));
        });
        return new SaleStock(sales);
    }
}
