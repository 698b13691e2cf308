package dev.breakwater.platform.persistence;

import dev.breakwater.platform.web.problem.ProblemException;
import dev.breakwater.platform.web.problem.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * A database that is down, full of waiters or in the middle of a failover is a 503 with Retry-After, not an error of
 * ours.
 */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
final class DatabaseProblems {

    private static final Logger log = LoggerFactory.getLogger(DatabaseProblems.class);

    @ExceptionHandler({
        CannotGetJdbcConnectionException.class,
        DataAccessResourceFailureException.class,
        RecoverableDataAccessException.class,
        TransientDataAccessException.class,
        TransactionException.class
    })
    void unavailable(Exception thrown, HttpServletRequest request, HttpServletResponse response) throws IOException {
        log.warn("database unavailable path={} cause={}", request.getRequestURI(), thrown.toString());
        ProblemWriter.write(
                request,
                response,
                ProblemException.unavailable(
                        "database_unavailable",
                        "The database cannot be reached. Whether this call took effect is unknown: repeat it with the same key.",
                        Duration.ofSeconds(1)));
    }
}
