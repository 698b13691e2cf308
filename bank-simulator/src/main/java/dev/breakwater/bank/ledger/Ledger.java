package dev.breakwater.bank.ledger;

import dev.breakwater.bank.database.Database;
import dev.breakwater.bank.http.Answer;
import dev.breakwater.bank.http.Route;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** The sums over all channels. */
public final class Ledger {

    private static final int SHARDS = 8;

    private final Database database;

    public Ledger(Database database) {
        this.database = database;
    }

    public List<Route> routes() {
        return List.of(Route.get("/ledger", request -> Answer.ok(read())));
    }

    /** Counts within the caller's transaction; last in it, since the row is shared. */
    public void add(Connection connection, Balance change) throws SQLException {
        String sql = """
                UPDATE figures
                   SET charged_minor = charged_minor + ?,
                       refunded_minor = refunded_minor + ?,
                       duplicate_charges = duplicate_charges + ?
                 WHERE shard = ?
                """;
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setLong(1, change.chargedMinor());
            update.setLong(2, change.refundedMinor());
            update.setLong(3, change.duplicateCharges());
            update.setInt(4, ThreadLocalRandom.current().nextInt(SHARDS));
            update.executeUpdate();
        }
    }

    private Balance read() throws SQLException {
        String sql = """
                SELECT SUM(charged_minor), SUM(refunded_minor), SUM(duplicate_charges)
                  FROM figures
                """;
        return database.inTransaction(connection -> {
            try (PreparedStatement select = connection.prepareStatement(sql);
                    ResultSet row = select.executeQuery()) {
                row.next();
                return new Balance(row.getLong(1), row.getLong(2), row.getLong(3));
            }
        });
    }
}
