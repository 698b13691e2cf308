package dev.breakwater.bank;

import dev.breakwater.bank.charge.ChargeCalls;
import dev.breakwater.bank.charge.Charges;
import dev.breakwater.bank.database.Database;
import dev.breakwater.bank.http.ApiKey;
import dev.breakwater.bank.http.Channels;
import dev.breakwater.bank.http.HttpFront;
import dev.breakwater.bank.http.Route;
import dev.breakwater.bank.ledger.Ledger;
import dev.breakwater.bank.operations.Operations;
import dev.breakwater.bank.refund.RefundCalls;
import dev.breakwater.bank.refund.Refunds;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running simulator: from its construction it answers, until it is closed. */
public final class BankSimulator implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(BankSimulator.class);

    /** At the start the database may be a few seconds behind. */
    private static final Duration DATABASE_PATIENCE = Duration.ofSeconds(20);

    private final Database database;
    private final Stopping stopping = new Stopping();
    private final HttpFront calls;
    private final HttpFront operations;

    public BankSimulator(Settings settings) throws IOException {
        database = new Database(
                settings.databaseUrl(),
                settings.databaseUser(),
                settings.databasePassword(),
                settings.databaseConnections(),
                DATABASE_PATIENCE);
        try {
            database.createSchema();
            Ledger ledger = new Ledger(database);
            Channels channels = new Channels(settings.channels());
            Operations operated = new Operations(database);
            List<Route> routes = new ArrayList<>();
            routes.addAll(new ChargeCalls(
                            new Charges(database, ledger),
                            channels,
                            stopping,
                            settings.slowCharge(),
                            settings.lostAnswerHeld(),
                            operated::count)
                    .routes());
            routes.addAll(new RefundCalls(new Refunds(database, ledger), channels, operated::count).routes());
            routes.addAll(ledger.routes());
            calls = new HttpFront(settings.address(), settings.port(), routes, new ApiKey(settings.apiKey()));
            operations = new HttpFront(settings.address(), settings.managementPort(), operated.routes(), ApiKey.none());
        } catch (IOException | RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /** The port that was bound, for a simulator started on port 0. */
    public int port() {
        return calls.port();
    }

    public int managementPort() {
        return operations.port();
    }

    @Override
    public void close() {
        stopping.begin();
        calls.close();
        operations.close();
        database.close();
    }

    public static void main(String[] arguments) {
        long started = System.nanoTime();
        try {
            if (Settings.isTraining(System.getenv())) {
                Training.run();
                return;
            }
            Settings settings = Settings.from(System.getenv());
            BankSimulator bank = new BankSimulator(settings);
            Runtime.getRuntime().addShutdownHook(new Thread(bank::close, "stop"));
            log.info("started address={} port={} millis={}", settings.address(), bank.port(), millisSince(started));
        } catch (IOException | RuntimeException e) {
            log.error("not started cause=\"{}\"", e.getMessage());
            System.exit(1);
        }
    }

    private static long millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000;
    }
}
