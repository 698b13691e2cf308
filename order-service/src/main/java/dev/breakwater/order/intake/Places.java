package dev.breakwater.order.intake;

import dev.breakwater.order.saga.EndedOrders;
import dev.breakwater.order.saga.Order;
import dev.breakwater.platform.persistence.BinaryUuid;
import dev.breakwater.platform.persistence.Literals;
import dev.breakwater.platform.persistence.MultiRowInsert;
import dev.breakwater.platform.persistence.OneMessage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** The places that written orders have in their sales: which are taken, and which are to be given back at the door. */
@Repository
public class Places implements EndedOrders {

    /** Only an order of a flash sale has an id of this version. */
    static final int VERSION = 8;

    private static final MultiRowInsert ROWS = MultiRowInsert.into(
            "flash_sale_orders", "order_id", "sale_id", "customer_hash", "fingerprint", "quantity", "place");

    private final JdbcTemplate jdbc;

    Places(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    private static final String SELECT = """
            SELECT order_id, customer_hash, fingerprint, IF(place = 'TAKEN', quantity, 0) AS quantity
              FROM flash_sale_orders FORCE INDEX (%s)
             WHERE""";

    /**
     * One order's place.
     *
     * @param quantity zero once the order has ended without a purchase
     */
    public record Place(UUID orderId, UUID customerHash, UUID fingerprint, int quantity) {}

    /** A customer in a sale. */
    record Buyer(UUID saleId, UUID customerHash) {

        static Buyer of(QueuedOrder order) {
            return new Buyer(order.saleId(), order.customerHash());
        }
    }

    void insert(Collection<QueuedOrder> orders) {
        ROWS.insert(
                jdbc,
                orders,
                (row, order) -> row.uuid(order.orderId())
                        .uuid(order.saleId())
                        .uuid(order.customerHash())
                        .uuid(order.fingerprint())
                        .number(order.quantity())
                        .text("TAKEN"));
    }

    /** The places of those of these orders that are written, whatever became of them. Walks the primary key. */
    public List<Place> find(Collection<UUID> orderIds) {
        if (orderIds.isEmpty()) {
            return List.of();
        }
        var query = new Literals()
                .sql(SELECT.formatted("PRIMARY"))
                .sql(" order_id IN (")
                .uuids(orderIds)
                .sql(")");
        return jdbc.query(query.toString(), Places::place);
    }

    /** How many pieces these customers have. Walks {@code by_customer}, once for each. */
    Map<Buyer, Long> bought(Set<Buyer> buyers) {
        var query = buyers.stream()
                .map(buyer -> new Literals()
                        .sql("(sale_id = ")
                        .uuid(buyer.saleId())
                        .sql(" AND customer_hash = ")
                        .uuid(buyer.customerHash())
                        .sql(")")
                        .toString())
                .collect(Collectors.joining(" OR ", """
                        SELECT sale_id, customer_hash, SUM(quantity) AS pieces
                          FROM flash_sale_orders FORCE INDEX (by_customer)
                         WHERE place = 'TAKEN' AND (""", ") GROUP BY sale_id, customer_hash"));
        var bought = new HashMap<Buyer, Long>();
        jdbc.query(query, row -> {
            bought.put(new Buyer(uuid(row, "sale_id"), uuid(row, "customer_hash")), row.getLong("pieces"));
        });
        return bought;
    }

    /** All places of a sale. Walks {@code by_place}. */
    public List<Place> of(UUID saleId) {
        return jdbc.query(
                SELECT.formatted("by_place") + " sale_id = ?", Places::place, (Object) BinaryUuid.toBytes(saleId));
    }

    /** Places that the door may let somebody else have. Walks {@code by_place}. */
    public List<Place> freed(UUID saleId, int atMost) {
        return jdbc.query(
                SELECT.formatted("by_place") + " sale_id = ? AND place = 'FREED' LIMIT ?",
                Places::place,
                BinaryUuid.toBytes(saleId),
                atMost);
    }

    /** The door knows. Walks the primary key. */
    public void back(Collection<UUID> orderIds) {
        move("FREED", "BACK", orderIds);
    }

    @Override
    public void ended(Collection<Order> rejectedOrCancelled) {
        move(
                "TAKEN",
                "FREED",
                rejectedOrCancelled.stream()
                        .map(Order::id)
                        .filter(id -> id.version() == VERSION)
                        .toList());
    }

    /** Whether an order of the sale is written whose stock is not decided. Walks {@code by_place}, then the orders. */
    public boolean isAnyUndecided(UUID saleId) {
        return !jdbc.query("""
                        SELECT 1
                          FROM flash_sale_orders f FORCE INDEX (by_place)
                          JOIN orders o ON o.id = f.order_id
                         WHERE f.sale_id = ? AND f.place = 'TAKEN' AND o.status = 'PENDING'
                         LIMIT 1
                        """, (row, n) -> 1, (Object) BinaryUuid.toBytes(saleId))
                .isEmpty();
    }

    private void move(String from, String to, Collection<UUID> orderIds) {
        if (!orderIds.isEmpty()) {
            OneMessage.execute(
                    jdbc,
                    new Literals()
                            .sql("UPDATE flash_sale_orders FORCE INDEX (PRIMARY) SET place = ")
                            .text(to)
                            .sql(" WHERE place = ")
                            .text(from)
                            .sql(" AND order_id IN (")
                            .uuids(orderIds.stream().sorted(BinaryUuid.ORDER).toList())
                            .sql(")"));
        }
    }

    private static Place place(ResultSet row, int n) throws SQLException {
        return new Place(
                uuid(row, "order_id"), uuid(row, "customer_hash"), uuid(row, "fingerprint"), row.getInt("quantity"));
    }

    private static UUID uuid(ResultSet row, String column) throws SQLException {
        return BinaryUuid.fromBytes(row.getBytes(column));
    }
}
