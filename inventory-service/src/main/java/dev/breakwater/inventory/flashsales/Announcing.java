package dev.breakwater.inventory.flashsales;

import dev.breakwater.inventory.stock.Movement;
import dev.breakwater.inventory.stock.Sku;
import dev.breakwater.inventory.stock.StockLedger;
import dev.breakwater.platform.messaging.Outbox;
import dev.breakwater.platform.persistence.Figures;
import dev.breakwater.platform.persistence.OneMessage;
import dev.breakwater.platform.persistence.Transactions;
import dev.breakwater.platform.persistence.UuidV7;
import dev.breakwater.platform.web.problem.FieldProblem;
import dev.breakwater.platform.web.problem.ProblemException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.springframework.stereotype.Component;

/** Announces sales: the sale, the movement that sets its stock aside and the word of it are one transaction. */
@Component
class Announcing {

    private final FlashSales sales;
    private final StockLedger ledger;
    private final Outbox outbox;
    private final Figures figures;
    private final Transactions transactions;
    private final UuidV7 ids;

    Announcing(
            FlashSales sales,
            StockLedger ledger,
            Outbox outbox,
            Figures figures,
            Transactions transactions,
            UuidV7 ids) {
        this.sales = sales;
        this.ledger = ledger;
        this.outbox = outbox;
        this.figures = figures;
        this.transactions = transactions;
        this.ids = ids;
    }

    /**
     * Returns when the sale is durable and its stock set aside.
     *
     * @throws ProblemException 400 for a sale that has ended already; 404 {@code product_not_found}; 422
     *     {@code stock_below_zero} when fewer pieces are available than it offers
     */
    FlashSale announce(FlashSaleDraft draft) {
        var sale = new FlashSale(
                ids.next(),
                new Sku(draft.sku()),
                draft.priceMinor(),
                draft.currency(),
                draft.quantity(),
                draft.perCustomerLimit(),
                // As exact as the table keeps them.
                draft.startsAt().truncatedTo(ChronoUnit.MICROS),
                draft.endsAt().truncatedTo(ChronoUnit.MICROS));
        return transactions.write(() -> {
            if (!sales.now().isBefore(sale.endsAt())) {
                throw ProblemException.badRequest("invalid_request", "The request is not valid.")
                        .withErrors(List.of(new FieldProblem("endsAt", "must be in the future")));
            }
            setAside(sale);
            return sale;
        });
    }

    private void setAside(FlashSale sale) {
        var stock = ledger.lock(List.of(sale.sku()));
        var balance = stock.balance(sale.sku());
        if (balance == null) {
            throw ProblemException.notFound("product_not_found", "There is no product with this SKU.");
        }
        if (balance.available() < sale.quantity()) {
            throw ProblemException.unprocessable(
                    "stock_below_zero", "Not that many pieces are available to be set aside.");
        }
        stock.move(sale.sku(), new Movement.SetAside(sale.id(), sale.quantity()));
        ledger.announce(stock);
        sales.insert(sale);
        OneMessage.together(() -> {
            ledger.write(stock);
            outbox.append(FlashSaleAnnounced.of(sale));
            figures.add(stock.figures());
        });
    }
}
