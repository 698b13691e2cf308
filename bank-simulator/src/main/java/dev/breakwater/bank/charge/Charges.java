package dev.breakwater.bank.charge;

import dev.breakwater.bank.database.Database;
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

/** The recorded charges; the primary key of channel and key decides who was first. */
public final class Charges {

    private final Database database;
    private final Ledger ledger;

    public Charges(Database database, Ledger ledger) {
        this.database = database;
        this.ledger = ledger;
    }

    Optional<Charge> find(String channel, String key) throws SQLException {
        String sql = """
                SELECT reference, amount_minor, currency, status, bank_reference
                  FROM charges
                 WHERE channel = ? AND charge_key = ?
                """;
        return database.inTransaction(connection -> {
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setString(1, channel);
                select.setString(2, key);
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? Optional.of(charge(key, row)) : Optional.<Charge>empty();
                }
            }
        });
    }

    /** Records the outcome for this key, or finds the one that another call recorded first. */
    Charge record(String channel, ChargeRequest request, Charge.Status status) throws SQLException {
        Charge charge = new Charge(
                request.key(),
                request.reference(),
                request.amountMinor(),
                request.currency(),
                status,
                "%s-%s".formatted(channel.toUpperCase(Locale.ROOT), UUID.randomUUID()));
        try {
            return database.inTransaction(connection -> {
                insert(connection, channel, charge);
                if (status == Charge.Status.CHARGED) {
                    boolean duplicate = count(connection, charge.reference()) == 2;
                    ledger.add(connection, Balance.charged(charge.amountMinor(), duplicate));
                }
                return charge;
            });
        } catch (SQLIntegrityConstraintViolationException e) {
            return find(channel, request.key()).orElseThrow(() -> e);
        }
    }

    /** Counts a call with a card that is refused service at first, and says the how many-th it was. */
    int countFlakyCall(String reference) throws SQLException {
        return database.inTransaction(connection -> increment(connection, """
                INSERT INTO flaky_calls (reference, calls)
                VALUES (?, 1)
                ON DUPLICATE KEY UPDATE calls = calls + 1
                """, """
                SELECT calls FROM flaky_calls WHERE reference = ?
                """, reference));
    }

    private static int count(Connection connection, String reference) throws SQLException {
        return increment(connection, """
                INSERT INTO charged_references (reference, charges)
                VALUES (?, 1)
                ON DUPLICATE KEY UPDATE charges = charges + 1
                """, """
                SELECT charges FROM charged_references WHERE reference = ?
                """, reference);
    }

    private static int increment(Connection connection, String upsert, String read, String reference)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(upsert)) {
            statement.setString(1, reference);
            // The server reports one row for an insert and two for an update.
            if (statement.executeUpdate() == 1) {
                return 1;
            }
        }
        try (PreparedStatement select = connection.prepareStatement(read)) {
            select.setString(1, reference);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    private static void insert(Connection connection, String channel, Charge charge) throws SQLException {
        String sql = """
                INSERT INTO charges
                       (channel, charge_key, reference, amount_minor, currency, status, bank_reference)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """;
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setString(1, channel);
            insert.setString(2, charge.key());
            insert.setString(3, charge.reference());
            insert.setLong(4, charge.amountMinor());
            insert.setString(5, charge.currency());
            insert.setString(6, charge.status().name());
            insert.setString(7, charge.bankReference());
            insert.executeUpdate();
        }
    }

    private static Charge charge(String key, ResultSet row) throws SQLException {
        return new Charge(
                key,
                row.getString("reference"),
                row.getLong("amount_minor"),
                row.getString("currency"),
                Charge.Status.valueOf(row.getString("status")),
                row.getString("bank_reference"));
    }
}
