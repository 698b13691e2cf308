package dev.breakwater.platform.testing;

import dev.breakwater.platform.servers.FreePorts;
import dev.breakwater.platform.servers.Kafka;
import dev.breakwater.platform.servers.LocalProcess;
import dev.breakwater.platform.servers.MariaDb;
import dev.breakwater.platform.servers.Redis;
import java.util.List;

/** Servers that refuse whoever does not come over TLS, with a certificate of an authority of the tests. */
public final class SecureServers {

    private static final TestDatabase DATABASE_ACCOUNT =
            new TestDatabase("", "secure", "secure", "secret-of-the-tests");

    private static final OwnServer MARIADB = new OwnServer(
            "secure-mariadb",
            (cache, data) -> new MariaDb(cache)
                    .program(
                            data,
                            FreePorts.next(),
                            "root-of-the-tests",
                            List.of(new MariaDb.Account(
                                    DATABASE_ACCOUNT.name(), DATABASE_ACCOUNT.user(), DATABASE_ACCOUNT.password())),
                            MariaDb.requiringTls(authority().server())));
    private static final OwnServer REDIS = new OwnServer(
            "secure-redis",
            (cache, data) ->
                    new Redis(cache).program(data, FreePorts.next(), authority().server()));
    private static final OwnServer KAFKA = new OwnServer(
            "secure-kafka",
            (cache, data) -> new Kafka(cache)
                    .program(
                            data,
                            FreePorts.next(),
                            FreePorts.next(),
                            authority().server()));

    private SecureServers() {}

    /** Whose certificates the servers have. */
    public static TestAuthority authority() {
        return Authorities.OURS;
    }

    /** Another one, which signed nobody's certificate here. */
    public static TestAuthority strangeAuthority() {
        return Authorities.STRANGE;
    }

    /** {@code NAME=value}: what a service is told so that it believes the authority. */
    public static String[] trust(TestAuthority authority) {
        return new String[] {
            "TLS_TRUST_STORE=" + authority.trustStore(),
            "TLS_TRUST_STORE_PASSWORD=" + TestAuthority.TRUST_STORE_PASSWORD
        };
    }

    /** The one database of a server that requires TLS. */
    public static TestDatabase database() {
        return new TestDatabase(
                MARIADB.get().address(), DATABASE_ACCOUNT.name(), DATABASE_ACCOUNT.user(), DATABASE_ACCOUNT.password());
    }

    public static LocalProcess redis() {
        return REDIS.get();
    }

    public static LocalProcess kafka() {
        return KAFKA.get();
    }

    private static final class Authorities {
        private static final TestAuthority OURS =
                new TestAuthority(TestFolder.ofThisJvm().data("authority"));
        private static final TestAuthority STRANGE =
                new TestAuthority(TestFolder.ofThisJvm().data("strange-authority"));
    }
}
