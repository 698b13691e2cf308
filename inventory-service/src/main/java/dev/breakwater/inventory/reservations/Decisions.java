package dev.breakwater.inventory.reservations;

import dev.breakwater.inventory.flashsales.SaleStock;
import dev.breakwater.inventory.reservations.Answer.NothingReserved;
import dev.breakwater.inventory.reservations.Answer.SaleClosed;
import dev.breakwater.inventory.reservations.Answer.StockCommitted;
import dev.breakwater.inventory.reservations.Answer.StockRejected;
import dev.breakwater.inventory.reservations.Answer.StockReleased;
import dev.breakwater.inventory.reservations.Answer.StockReserved;
import dev.breakwater.inventory.reservations.Reservation.Committed;
import dev.breakwater.inventory.reservations.Reservation.Rejected;
import dev.breakwater.inventory.reservations.Reservation.Released;
import dev.breakwater.inventory.reservations.Reservation.Reserved;
import dev.breakwater.inventory.reservations.StockCommand.CloseSale;
import dev.breakwater.inventory.reservations.StockCommand.Commit;
import dev.breakwater.inventory.reservations.StockCommand.Line;
import dev.breakwater.inventory.reservations.StockCommand.Release;
import dev.breakwater.inventory.reservations.StockCommand.Reserve;
import dev.breakwater.inventory.stock.Movement;
import dev.breakwater.inventory.stock.Stock;
import dev.breakwater.platform.persistence.BinaryUuid;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Decides commands one after another, over the reservations of their orders and over balances. Every command is
 * answered, a repeated one by what is recorded now.
 */
final class Decisions {

    private final Map<UUID, Reservation> known;
    private final SortedMap<UUID, Reservation> changed = new TreeMap<>(BinaryUuid.ORDER);
    private final Stock stock;
    private final SaleStock sales;

    /** @param known those of the commands' orders that there are already */
    Decisions(Map<UUID, Reservation> known, Stock stock, SaleStock sales) {
        this.known = new HashMap<>(known);
        this.stock = stock;
        this.sales = sales;
    }

    Answer decide(StockCommand command) {
        var current = known.get(command.orderId());
        return switch (command) {
            case Reserve reserve -> current == null ? reserve(reserve) : recorded(current);
            case Commit commit -> commit(commit.orderId(), current);
            case Release release -> release(release.orderId(), current);
            case CloseSale close -> close(close.saleId());
        };
    }

    /** What the decisions made of each order they changed, in the order that everybody locks in. */
    SortedMap<UUID, Reservation> changed() {
        return changed;
    }

    private Answer reserve(Reserve reserve) {
        if (reserve.saleId() != null) {
            return reserveOfSale(reserve, reserve.saleId());
        }
        var missing = firstMissing(reserve.lines());
        if (missing.isPresent()) {
            return now(new Rejected(reserve.orderId(), missing.get().sku()));
        }
        for (var line : reserve.lines()) {
            stock.move(line.sku(), new Movement.Reserved(reserve.orderId(), line.quantity()));
        }
        return now(new Reserved(reserve.orderId(), reserve.lines(), null));
    }

    /** Nobody has more than the sale has left: whoever the door let in beyond that is told so here. */
    private Answer reserveOfSale(Reserve reserve, UUID saleId) {
        var line = reserve.lines().getFirst();
        if (!sales.has(saleId, line.sku(), line.quantity())) {
            return now(new Rejected(reserve.orderId(), line.sku()));
        }
        sales.take(saleId, line.quantity());
        stock.move(line.sku(), new Movement.ReservedOfSale(reserve.orderId(), saleId, line.quantity()));
        return now(new Reserved(reserve.orderId(), reserve.lines(), saleId));
    }

    private Answer close(UUID saleId) {
        sales.close(saleId).ifPresent(left -> stock.move(left.sku(), new Movement.GivenBack(saleId, left.pieces())));
        return new SaleClosed(saleId);
    }

    /** Back to the sale while it goes on, and to the product after it. */
    private Movement released(UUID orderId, @Nullable UUID saleId, int pieces) {
        return saleId != null && sales.giveBack(saleId, pieces)
                ? new Movement.ReleasedToSale(orderId, saleId, pieces)
                : new Movement.Released(orderId, pieces);
    }

    private Movement returned(UUID orderId, @Nullable UUID saleId, int pieces) {
        return saleId != null && sales.giveBack(saleId, pieces)
                ? new Movement.ReturnedToSale(orderId, saleId, pieces)
                : new Movement.Returned(orderId, pieces);
    }

    private Answer commit(UUID orderId, @Nullable Reservation current) {
        return switch (current) {
            case null -> new NothingReserved(orderId);
            case Reserved reserved -> {
                for (var line : reserved.lines()) {
                    stock.move(line.sku(), new Movement.Sold(orderId, line.quantity()));
                }
                yield now(new Committed(orderId, reserved.lines(), reserved.saleId()));
            }
            case Committed committed -> recorded(committed);
            case Rejected rejected -> recorded(rejected);
            case Released released -> recorded(released);
        };
    }

    private Answer release(UUID orderId, @Nullable Reservation current) {
        return switch (current) {
            case null -> now(new Released(orderId));
            case Reserved reserved -> {
                for (var line : reserved.lines()) {
                    stock.move(line.sku(), released(orderId, reserved.saleId(), line.quantity()));
                }
                yield now(new Released(orderId));
            }
            case Committed committed -> {
                for (var line : committed.lines()) {
                    stock.move(line.sku(), returned(orderId, committed.saleId(), line.quantity()));
                }
                yield now(new Released(orderId));
            }
            // It never held anything, so it stays what it is.
            case Rejected rejected -> new StockReleased(orderId);
            case Released released -> recorded(released);
        };
    }

    private Optional<Line> firstMissing(List<Line> lines) {
        return lines.stream()
                .filter(line -> {
                    var balance = stock.balance(line.sku());
                    return balance == null || balance.available() < line.quantity();
                })
                .findFirst();
    }

    private Answer now(Reservation reservation) {
        known.put(reservation.orderId(), reservation);
        changed.put(reservation.orderId(), reservation);
        return recorded(reservation);
    }

    private static Answer recorded(Reservation reservation) {
        return switch (reservation) {
            case Reserved r -> new StockReserved(r.orderId());
            case Committed c -> new StockCommitted(c.orderId());
            case Rejected r -> new StockRejected(r.orderId(), r.missing());
            case Released r -> new StockReleased(r.orderId());
        };
    }
}
