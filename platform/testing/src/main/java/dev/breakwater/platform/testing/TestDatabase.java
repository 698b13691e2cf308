package dev.breakwater.platform.testing;

/** A database that belongs to one test context. */
public record TestDatabase(String address, String name, String user, String password) {

    /** With the options that every service uses. */
    public String jdbcUrl() {
        return "jdbc:mysql://%s/%s?connectionTimeZone=UTC&forceConnectionTimeZoneToSession=true&rewriteBatchedStatements=true&allowMultiQueries=true"
                .formatted(address, name);
    }
}
