package dev.breakwater.bank.database;

/** The database could not be asked, or it rolled everything back: it is certain that nothing was changed. */
public final class NothingDoneException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NothingDoneException(Throwable cause) {
        super(cause.getMessage(), cause);
    }
}
