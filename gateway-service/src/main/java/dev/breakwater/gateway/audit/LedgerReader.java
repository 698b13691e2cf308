package dev.breakwater.gateway.audit;

import dev.breakwater.gateway.routing.Deadline;
import dev.breakwater.gateway.routing.Instances;
import dev.breakwater.gateway.routing.OnwardCall;
import dev.breakwater.gateway.routing.OnwardRequest;
import dev.breakwater.platform.web.problem.ProblemException;
import io.micrometer.context.ContextSnapshotFactory;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Asks the services for their ledgers, all at the same time. */
@Component
class LedgerReader {

    private static final Logger log = LoggerFactory.getLogger(LedgerReader.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** A service may tell more than is asked for here; what is asked for must be there. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    private final Instances instances;
    private final OnwardCall onward;
    private final ExecutorService threads;
    private final ContextSnapshotFactory contexts =
            ContextSnapshotFactory.builder().build();

    LedgerReader(Instances instances, OnwardCall onward, @Qualifier("onwardThreads") ExecutorService threads) {
        this.instances = instances;
        this.onward = onward;
        this.threads = threads;
    }

    /**
     * @param authorization the token of the admin who asked: the services judge it for themselves
     * @param deep whether each service also compares its figures with its tables
     * @throws ProblemException 503 {@code audit_incomplete} naming the services that did not tell
     */
    Ledgers read(String authorization, boolean deep, Deadline deadline) {
        var question = new Question(deep ? "depth=full" : null, authorization, deadline);
        var orders = ask("order-service", question, Ledgers.OrderLedger.class);
        var inventory = ask("inventory-service", question, Ledgers.InventoryLedger.class);
        var payments = ask("payment-service", question, Ledgers.PaymentLedger.class);

        var missing = Stream.of(orders, inventory, payments)
                .filter(asked -> asked.answer().join().isEmpty())
                .map(Asked::service)
                .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            throw ProblemException.unavailable(
                    "audit_incomplete", "There is no reading of the ledger of: %s.".formatted(missing), RETRY_AFTER);
        }
        return new Ledgers(orders.given(), inventory.given(), payments.given());
    }

    private <T> Asked<T> ask(String service, Question question, Class<T> type) {
        // The new thread goes on in the trace of this one.
        var inTrace = contexts.captureAll().wrapExecutor(threads);
        return new Asked<>(service, CompletableFuture.supplyAsync(() -> answer(service, question, type), inTrace));
    }

    private <T> Optional<T> answer(String service, Question question, Class<T> type) {
        try {
            var request = OnwardRequest.get("/internal/ledger", question.query())
                    .header("Authorization", question.authorization())
                    .header("Accept", "application/json");
            var answer = onward.send(instances.next(service), request, question.deadline());
            if (answer.status() == 200) {
                return Optional.of(JSON.readValue(answer.bytes(), type));
            }
            log.warn("ledger not read service={} status={}", service, answer.status());
        } catch (IOException | JacksonException | ProblemException e) {
            log.warn("ledger not read service={} cause={}", service, e.getMessage());
        }
        return Optional.empty();
    }

    private record Question(@Nullable String query, String authorization, Deadline deadline) {}

    private record Asked<T>(String service, CompletableFuture<Optional<T>> answer) {

        T given() {
            return answer.join().orElseThrow();
        }
    }
}
