package dev.breakwater.inventory.reservations;

import dev.breakwater.inventory.reservations.StockCommand.Line;
import dev.breakwater.inventory.stock.Sku;
import dev.breakwater.platform.messaging.InvalidMessageException;
import dev.breakwater.platform.messaging.Message;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The commands as they come over the wire, in our own words. */
final class CommandMessages {

    private CommandMessages() {}

    record ReserveStock(
            @Nullable UUID orderId,
            @Nullable List<@Nullable OrderLine> lines,
            @Nullable UUID saleId) {}

    record OrderLine(@Nullable String sku, int quantity) {}

    record CommitStock(@Nullable UUID orderId) {}

    record ReleaseStock(@Nullable UUID orderId) {}

    record CloseFlashSale(@Nullable UUID saleId) {}

    /**
     * Empty for a type that is not ours to handle.
     *
     * @throws InvalidMessageException for a command that can never be carried out
     */
    static Optional<StockCommand> decode(Message message) {
        return switch (message.type()) {
            case "ReserveStock" -> {
                var reserve = message.as(ReserveStock.class);
                yield Optional.of(reserve(reserve));
            }
            case "CommitStock" ->
                Optional.of(new StockCommand.Commit(
                        orderId(message.as(CommitStock.class).orderId())));
            case "ReleaseStock" ->
                Optional.of(new StockCommand.Release(
                        orderId(message.as(ReleaseStock.class).orderId())));
            case "CloseFlashSale" ->
                Optional.of(new StockCommand.CloseSale(
                        saleId(message.as(CloseFlashSale.class).saleId())));
            default -> Optional.empty();
        };
    }

    private static StockCommand.Reserve reserve(ReserveStock message) {
        var lines = lines(message.lines());
        if (message.saleId() != null && lines.size() > 1) {
            throw new InvalidMessageException("an order of a flash sale has one line", null);
        }
        return new StockCommand.Reserve(orderId(message.orderId()), lines, message.saleId());
    }

    private static UUID saleId(@Nullable UUID saleId) {
        if (saleId == null) {
            throw new InvalidMessageException("saleId is missing", null);
        }
        return saleId;
    }

    private static UUID orderId(@Nullable UUID orderId) {
        if (orderId == null) {
            throw new InvalidMessageException("orderId is missing", null);
        }
        return orderId;
    }

    private static List<Line> lines(@Nullable List<@Nullable OrderLine> lines) {
        if (lines == null || lines.isEmpty()) {
            throw new InvalidMessageException("lines are missing", null);
        }
        var skus = new HashSet<Sku>();
        return lines.stream()
                .map(line -> {
                    var decoded = line(line);
                    if (!skus.add(decoded.sku())) {
                        throw new InvalidMessageException("a SKU is named twice", null);
                    }
                    return decoded;
                })
                .toList();
    }

    private static Line line(@Nullable OrderLine line) {
        if (line == null || line.sku() == null || line.quantity() < 1) {
            throw new InvalidMessageException("a line lacks its SKU or a quantity of at least 1", null);
        }
        try {
            return new Line(new Sku(line.sku()), line.quantity());
        } catch (IllegalArgumentException e) {
            throw new InvalidMessageException("a line's SKU is malformed", e);
        }
    }
}
