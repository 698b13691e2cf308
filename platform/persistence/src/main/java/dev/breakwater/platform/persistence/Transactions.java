package dev.breakwater.platform.persistence;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The two kinds of transaction that the suite uses.
 *
 * <p>Writes run at READ COMMITTED: the gap locks of the database's default level deadlock on multi-row inserts. A write
 * that the database chose as a deadlock's victim, or that waited too long for a lock, is repeated as a whole, so the
 * work given must have no effect but on the database.
 */
public class Transactions {

    private static final Logger log = LoggerFactory.getLogger(Transactions.class);
    private static final int ATTEMPTS = 6;
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final TransactionTemplate write;
    private final TransactionTemplate snapshot;

    public Transactions(PlatformTransactionManager manager, int timeoutSeconds) {
        write = new TransactionTemplate(manager);
        write.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
        write.setTimeout(timeoutSeconds);
        snapshot = new TransactionTemplate(manager);
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        snapshot.setReadOnly(true);
    }

    /**
     * Runs the work in one transaction and returns after its commit.
     *
     * @throws PessimisticLockingFailureException when it lost against others {@value #ATTEMPTS} times in a row
     */
    public <T extends @org.jspecify.annotations.Nullable Object> T write(Supplier<T> work) {
        for (var attempt = 1; ; attempt++) {
            try {
                return write.<T>execute(status -> work.get());
            } catch (PessimisticLockingFailureException e) {
                if (attempt == ATTEMPTS || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                log.debug("transaction repeated attempt={} cause={}", attempt, e.getMessage());
                // Full jitter, doubling: the victims of one deadlock must not meet again at once.
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(FIRST_PAUSE_NANOS << attempt));
            }
        }
    }

    public void write(Runnable work) {
        this.<@org.jspecify.annotations.Nullable Object>write(() -> {
            work.run();
            return null;
        });
    }

    /**
     * Writes what the current transaction has looked for and not found; only inside of {@link #write}.
     *
     * @param meaning what it means that a key of it is there after all, for the log
     * @throws CannotAcquireLockException when one is: another transaction was first, and {@link #write} repeats the
     *     whole, which then finds it
     */
    public static void repeatOnDuplicate(String meaning, Runnable statements) {
        try {
            statements.run();
        } catch (DuplicateKeyException e) {
            throw new CannotAcquireLockException(meaning, e);
        }
    }

    /** Reads everything the work asks for as of one moment. */
    public <T> T snapshot(Supplier<T> work) {
        return snapshot.<T>execute(status -> work.get());
    }
}
