package dev.breakwater.order.saga;

import dev.breakwater.order.saga.SagaSteps.Happening;
import dev.breakwater.platform.persistence.Transactions;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Gives up steps that took too long. A time-out is a row with a due time, so it outlives the instance that set it. */
@Component
class TimeOuts {

    private static final Logger log = LoggerFactory.getLogger(TimeOuts.class);
    private static final int PIECE = 200;

    private final Orders orders;
    private final SagaSteps steps;
    private final Transactions transactions;
    private final Clock clock;

    TimeOuts(Orders orders, SagaSteps steps, Transactions transactions, Clock clock) {
        this.orders = orders;
        this.steps = steps;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "${breakwater.order.timeout-check:PT1S}")
    void giveUpWhatIsDue() {
        try {
            List<UUID> due;
            do {
                due = transactions.write(this::giveUpSome);
            } while (due.size() == PIECE);
        } catch (DataAccessException | TransactionException e) {
            log.warn("time-outs wait for the database cause={}", e.toString());
        }
    }

    private List<UUID> giveUpSome() {
        var due = orders.lockDue(clock.instant(), PIECE);
        if (!due.isEmpty()) {
            steps.apply(due.stream()
                    .map(id -> new Happening(id, Trigger.STEP_TIMED_OUT, null))
                    .toList());
        }
        return due;
    }
}
