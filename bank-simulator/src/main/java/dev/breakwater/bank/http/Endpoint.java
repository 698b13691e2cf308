package dev.breakwater.bank.http;

import java.sql.SQLException;

/** What stands behind a route. */
@FunctionalInterface
public interface Endpoint {

    Answer answer(Request request) throws SQLException;
}
