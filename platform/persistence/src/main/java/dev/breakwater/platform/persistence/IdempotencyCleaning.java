package dev.breakwater.platform.persistence;

import org.springframework.scheduling.annotation.Scheduled;

/** Forgets used-up idempotency keys, in small pieces, as long as there are any. */
final class IdempotencyCleaning {

    private static final int PIECE = 1_000;

    private final IdempotencyRecords records;

    IdempotencyCleaning(IdempotencyRecords records) {
        this.records = records;
    }

    @Scheduled(initialDelayString = "PT1M", fixedDelayString = "PT1M")
    void clean() {
        int forgotten;
        do {
            forgotten = records.forgetExpired(PIECE);
        } while (forgotten == PIECE);
    }
}
