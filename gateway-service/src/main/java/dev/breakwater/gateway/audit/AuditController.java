package dev.breakwater.gateway.audit;

import dev.breakwater.gateway.routing.Deadline;
import dev.breakwater.platform.web.exchange.RequestDeadline;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /api/v1/audit}. The ledgers are read one after another in no common snapshot, so one reading at rest may
 * be chance: the suite is quiet when a second one, a second later, says the same.
 */
@RestController
class AuditController {

    private final LedgerReader ledgers;
    private final AuditProperties properties;

    AuditController(LedgerReader ledgers, AuditProperties properties) {
        this.ledgers = ledgers;
        this.properties = properties;
    }

    @GetMapping("/api/v1/audit")
    ResponseEntity<Audit> audit(
            @RequestHeader(HttpHeaders.AUTHORIZATION) String authorization, HttpServletRequest request) {
        var deadline = Deadline.begin(request, properties.timeLimit());
        var first = ledgers.read(authorization, false, deadline);
        if (!first.atRest()) {
            return answer(Audit.of(first, false));
        }
        pass(properties.between(), deadline);
        var second = ledgers.read(authorization, true, deadline);
        return answer(Audit.of(second, second.atRest() && second.sameFigures(first)));
    }

    private static void pass(Duration time, Deadline deadline) {
        if (deadline.left().compareTo(time) < 0) {
            throw RequestDeadline.exceeded();
        }
        CompletableFuture.runAsync(
                        () -> {},
                        CompletableFuture.delayedExecutor(time.toNanos(), TimeUnit.NANOSECONDS, Runnable::run))
                .join();
    }

    private static ResponseEntity<Audit> answer(Audit audit) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(audit);
    }
}
