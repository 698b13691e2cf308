package dev.breakwater.bank.database;

import java.sql.Connection;
import java.sql.SQLException;

/** What is done in one transaction. */
@FunctionalInterface
public interface Work<T> {

    T in(Connection connection) throws SQLException;
}
