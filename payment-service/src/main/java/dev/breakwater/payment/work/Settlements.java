package dev.breakwater.payment.work;

import dev.breakwater.payment.lifecycle.PaymentBook;
import dev.breakwater.payment.lifecycle.PaymentBook.Returned;
import dev.breakwater.platform.persistence.Transactions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Writes what came of calls, those that returned while the last transaction committed together in the next (group
 * commit). What cannot be written is forgotten: its lease ends, and the bank is asked.
 */
@Component
class Settlements {

    private static final Logger log = LoggerFactory.getLogger(Settlements.class);
    private static final int MOST = 200;

    private final BlockingQueue<Returned> returned = new LinkedBlockingQueue<>();
    private final Transactions transactions;
    private final PaymentBook book;

    Settlements(Transactions transactions, PaymentBook book) {
        this.transactions = transactions;
        this.book = book;
    }

    void add(Returned call) {
        returned.add(call);
    }

    /** Writes what is there, waiting a moment for it; returns whether there was anything. */
    boolean writeNext() throws InterruptedException {
        Returned first = returned.poll(100, TimeUnit.MILLISECONDS);
        if (first == null) {
            return false;
        }
        List<Returned> batch = new ArrayList<>();
        batch.add(first);
        returned.drainTo(batch, MOST - 1);
        try {
            transactions.write(() -> book.settle(batch));
        } catch (RuntimeException e) {
            log.warn("outcomes not written count={} cause={}", batch.size(), e.toString());
        }
        return true;
    }
}
