package dev.breakwater.bank.refund;

import dev.breakwater.bank.database.Database;
import dev.breakwater.bank.http.Rejection;
import dev.breakwater.bank.ledger.Balance;
import dev.breakwater.bank.ledger.Ledger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** The recorded refunds; the primary key of channel and key decides who was first. */
public final class Refunds {

    private final Database database;
    private final Ledger ledger;

    public Refunds(Database database, Ledger ledger) {
        this.database = database;
        this.ledger = ledger;
    }

    Optional<Refund> find(String channel, String key) throws SQLException {
        String sql = """
                SELECT charge_key, amount_minor, bank_reference
                  FROM refunds
                 WHERE channel = ? AND refund_key = ?
                """;
        return database.inTransaction(connection -> {
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setString(1, channel);
                select.setString(2, key);
                try (ResultSet row = select.executeQuery()) {
                    return row.next()
                            ? Optional.of(new Refund(key, row.getString(1), row.getLong(2), row.getString(3)))
                            : Optional.<Refund>empty();
                }
            }
        });
    }

    /** Refunds once for this key, or finds the refund that another call recorded first. */
    Refund record(String channel, String key, String chargeKey, long amountMinor) throws SQLException {
        Refund refund = new Refund(
                key, chargeKey, amountMinor, "%s-R-%s".formatted(channel.toUpperCase(Locale.ROOT), UUID.randomUUID()));
        try {
            return database.inTransaction(connection -> {
                insert(connection, channel, refund);
                takeFromCharge(connection, channel, refund);
                ledger.add(connection, Balance.refunded(amountMinor));
                return refund;
            });
        } catch (SQLIntegrityConstraintViolationException e) {
            return find(channel, key).orElseThrow(() -> e);
        }
    }

    private static void insert(Connection connection, String channel, Refund refund) throws SQLException {
        String sql = """
                INSERT INTO refunds (channel, refund_key, charge_key, amount_minor, bank_reference)
                VALUES (?, ?, ?, ?, ?)
                """;
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setString(1, channel);
            insert.setString(2, refund.key());
            insert.setString(3, refund.chargeKey());
            insert.setLong(4, refund.amountMinor());
            insert.setString(5, refund.bankReference());
            insert.executeUpdate();
        }
    }

    private static void takeFromCharge(Connection connection, String channel, Refund refund) throws SQLException {
        String sql = """
                UPDATE charges
                   SET refunded_minor = refunded_minor + ?
                 WHERE channel = ? AND charge_key = ? AND status = 'CHARGED'
                   AND refunded_minor + ? <= amount_minor
                """;
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setLong(1, refund.amountMinor());
            update.setString(2, channel);
            update.setString(3, refund.chargeKey());
            update.setLong(4, refund.amountMinor());
            if (update.executeUpdate() == 0) {
                throw Rejection.conflict(
                        "not_refundable", "There is no charge with this key, or less is left of it than is asked for.");
            }
        }
    }
}
