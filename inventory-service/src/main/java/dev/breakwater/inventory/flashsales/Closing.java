package dev.breakwater.inventory.flashsales;

import dev.breakwater.inventory.stock.Movement;
import dev.breakwater.inventory.stock.StockLedger;
import dev.breakwater.platform.persistence.Figures;
import dev.breakwater.platform.persistence.OneMessage;
import dev.breakwater.platform.persistence.Transactions;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Closes sales whose end has come: what is still set aside goes back to the product. A sale is a row with an end, so
 * whichever instance is there closes it, once.
 */
@Component
class Closing {

    private static final Logger log = LoggerFactory.getLogger(Closing.class);

    private final FlashSales sales;
    private final StockLedger ledger;
    private final Figures figures;
    private final Transactions transactions;

    Closing(FlashSales sales, StockLedger ledger, Figures figures, Transactions transactions) {
        this.sales = sales;
        this.ledger = ledger;
        this.figures = figures;
        this.transactions = transactions;
    }

    @Scheduled(fixedDelayString = "${breakwater.inventory.flash-sales.close-every:1s}")
    void closeEnded() {
        try {
            while (transactions.write(this::closeOne)) {
                log.debug("looking for the next sale to close");
            }
        } catch (DataAccessException | TransactionException e) {
            log.warn("flash sales wait for the database to be closed cause={}", e.toString());
        }
    }

    /** @return whether there was one */
    private boolean closeOne() {
        var ended = sales.lockEnded().orElse(null);
        if (ended == null) {
            return false;
        }
        var sale = ended.sale();
        var stock = ledger.lock(List.of(sale.sku()));
        if (ended.remaining() > 0) {
            stock.move(sale.sku(), new Movement.GivenBack(sale.id(), ended.remaining()));
        }
        ledger.announce(stock);
        sales.close(sale.id());
        OneMessage.together(() -> {
            ledger.write(stock);
            figures.add(stock.figures());
        });
        log.info("flash sale closed sale={} sku={} returned={}", sale.id(), sale.sku(), ended.remaining());
        return true;
    }
}
