package dev.breakwater.platform.persistence;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A point of the current transaction to which it can return. Locks on rows that were there stay held; a row that was
 * inserted since is free again.
 */
public final class Savepoint {

    private final JdbcTemplate jdbc;
    private final String name;

    /** @param name taken as it is, so it must not come from outside */
    public Savepoint(JdbcTemplate jdbc, String name) {
        this.jdbc = jdbc;
        this.name = name;
    }

    public void set() {
        OneMessage.execute(jdbc, new Literals().sql("SAVEPOINT " + name));
    }

    /** Undoes all that was written since, by whomever. */
    public void returnTo() {
        OneMessage.execute(jdbc, new Literals().sql("ROLLBACK TO SAVEPOINT " + name));
    }
}
