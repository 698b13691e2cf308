package dev.breakwater.platform.messaging;

import org.springframework.scheduling.annotation.Scheduled;

/** Forgets old inbox entries in small pieces. */
class InboxCleaning {

    private static final int PIECE = 1_000;

    private final Inbox inbox;

    InboxCleaning(Inbox inbox) {
        this.inbox = inbox;
    }

    @Scheduled(initialDelayString = "PT1M", fixedDelayString = "PT1M")
    void clean() {
        int forgotten;
        do {
            forgotten = inbox.forgetExpired(PIECE);
        } while (forgotten == PIECE);
    }
}
