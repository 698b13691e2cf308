package dev.breakwater.platform.persistence;

import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.TransactionException;

/** What a failed transaction says about its work, and about the database. */
public final class DatabaseFaults {

    private DatabaseFaults() {}

    /** Whether the same work may succeed later, unchanged. */
    public static boolean isPassing(RuntimeException e) {
        return e instanceof TransientDataAccessException
                || e instanceof RecoverableDataAccessException
                || e instanceof DataAccessResourceFailureException
                || e instanceof TransactionException;
    }

    /**
     * Whether the database is away or overloaded, so that any other work would fail as well; not so for work that lost
     * against another transaction.
     */
    public static boolean isUnavailable(RuntimeException e) {
        return isPassing(e) && !(e instanceof PessimisticLockingFailureException);
    }
}
