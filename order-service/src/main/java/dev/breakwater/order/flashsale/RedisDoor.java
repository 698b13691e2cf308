package dev.breakwater.order.flashsale;

import dev.breakwater.order.flashsale.Admission.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.springframework.core.io.ClassPathResource;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.stereotype.Component;

/**
 * The sale as Redis keeps it. Everything about one sale lies in one slot, and each step is one script, so that no other
 * comes between. Every step names the epoch that it believes in; a Redis that knows another one does nothing.
 *
 * <p>All methods throw {@link DataAccessException} when Redis does not answer: whether it did what it was asked to is
 * then unknown.
 */
@Component
class RedisDoor {

    /** Longer than a key is remembered. */
    private static final Duration KEPT_AFTER_THE_END = Duration.ofHours(25);

    private static final RedisScript<List<String>> ADMIT = list("admit");
    private static final RedisScript<Long> GIVE_BACK = number("give_back");
    private static final RedisScript<Long> ENDED = number("ended");
    private static final RedisScript<Long> SETTLE = number("settle");
    private static final RedisScript<Long> FILL = number("fill");
    private static final RedisScript<Long> INSTALL = number("install");
    private static final RedisScript<Long> SHUT = number("shut");
    private static final RedisScript<List<String>> LOOK = list("look");
    private static final RedisScript<List<String>> ADMITTED = list("admitted");
    private static final RedisScript<List<String>> OVERDUE = list("overdue");

    private final StringRedisTemplate redis;

    RedisDoor(StringRedisTemplate redis) {
        this.redis = redis;
    }

    /** A sale with the epoch in which it is asked about. */
    record Epoch(Sale sale, long number) {

        private List<String> keys() {
            var sale = "{flash-sale:" + this.sale.id() + "}";
            var epoch = sale + ":" + number;
            return List.of(sale, epoch + ":orders", epoch + ":customers", epoch + ":pending");
        }

        private long expires() {
            return sale.endsAt().plus(KEPT_AFTER_THE_END).toEpochMilli();
        }
    }

    /**
     * A place that an order has, or is to have again.
     *
     * @param quantity zero for an order that has ended: it is still known, and holds nothing
     */
    record Taken(UUID orderId, UUID customerHash, int quantity, UUID fingerprint, Instant at) {

        private List<String> arguments() {
            return List.of(
                    orderId.toString(),
                    customerHash.toString(),
                    Integer.toString(quantity),
                    fingerprint.toString(),
                    Long.toString(Sale.micros(at)));
        }
    }

    /**
     * How a sale stands.
     *
     * @param known whether Redis is in the epoch that was asked about; the rest but the time means nothing otherwise
     * @param version grows with every change of who has a place
     * @param pending places of which nobody has said yet that their orders were written
     */
    record Standing(boolean known, long micros, long remaining, long version, long pending) {}

    /** Those who have a place, as of a version; -1 for an epoch that Redis does not know. */
    record Holders(long version, Set<UUID> orderIds) {}

    /** @param latest version that was seen in this epoch: a Redis that says an earlier one has gone back in time */
    Admission admit(Epoch epoch, Ticket ticket, long latest) {
        var said = run(
                ADMIT,
                epoch,
                List.of(
                        ticket.orderId().toString(),
                        ticket.customerHash().toString(),
                        Integer.toString(ticket.quantity()),
                        ticket.fingerprint().toString(),
                        Long.toString(latest)));
        var at = Sale.instant(Long.parseLong(said.get(1)));
        return switch (said.getFirst()) {
            case "ADMITTED" -> new Admission.Admitted(at, Long.parseLong(said.get(2)));
            case "UNCLEAR" -> new Admission.Unclear(at);
            case "REPEATED" -> new Admission.Repeated(at);
            case "KEY_REUSED" -> new Admission.KeyReused();
            case "SOLD_OUT" -> new Admission.SoldOut();
            case "LIMIT_REACHED" -> new Admission.LimitReached();
            case "NOT_OPEN" -> new Admission.NotOpen();
            case "ENDED" -> new Admission.Ended();
            case "STALE" -> new Admission.Shut();
            default -> throw new IllegalStateException("unknown answer of the door: " + said);
        };
    }

    /**
     * Gives back places that are pending since the moment named; one that was asked for again since then is kept.
     *
     * @return how many; -1 in another epoch
     */
    long giveBack(Epoch epoch, Map<UUID, Long> pendingSince) {
        var arguments = new ArrayList<String>();
        pendingSince.forEach((orderId, micros) -> {
            arguments.add(orderId.toString());
            arguments.add(Long.toString(micros));
        });
        return run(GIVE_BACK, epoch, arguments);
    }

    /**
     * Gives back the places of orders that ended without a purchase.
     *
     * @return how many had one; -1 in another epoch
     */
    long giveBackEnded(Epoch epoch, Collection<Taken> ended) {
        return run(ENDED, epoch, arguments(ended));
    }

    /**
     * These orders are in the topic.
     *
     * @return how many of them the door had forgotten; -1 in another epoch
     */
    long settle(Epoch epoch, Collection<Taken> written) {
        return run(SETTLE, epoch, arguments(written));
    }

    /** Adds to an epoch that is not believed yet. */
    void fill(Epoch epoch, Collection<Taken> taken) {
        var arguments = new ArrayList<String>();
        arguments.add(Long.toString(epoch.expires()));
        arguments.addAll(arguments(taken));
        redis.execute(FILL, epoch.keys(), arguments.toArray());
    }

    /** The epoch is believed from now on; false if a later one is. */
    boolean install(Epoch epoch, long remaining) {
        var sale = epoch.sale();
        return run(
                        INSTALL,
                        epoch,
                        List.of(
                                Long.toString(sale.startMicros()),
                                Long.toString(sale.endMicros()),
                                Long.toString(remaining),
                                Long.toString(sale.perCustomerLimit()),
                                Long.toString(epoch.expires())))
                == 1;
    }

    /** What was kept of an epoch that is never believed again. */
    void forget(Epoch epoch) {
        redis.unlink(epoch.keys().subList(1, 4));
    }

    /** Nobody is let in until a later epoch is installed. */
    void shut(Epoch epoch) {
        run(SHUT, epoch, List.of());
    }

    Standing look(Epoch epoch) {
        var said = run(LOOK, epoch, List.of());
        return new Standing(
                said.getFirst().equals("KNOWN"),
                Long.parseLong(said.get(1)),
                Long.parseLong(said.get(2)),
                Long.parseLong(said.get(3)),
                Long.parseLong(said.get(4)));
    }

    Holders holders(Epoch epoch) {
        var said = run(ADMITTED, epoch, List.of());
        var holders = new HashSet<UUID>();
        said.subList(1, said.size()).forEach(orderId -> holders.add(UUID.fromString(orderId)));
        return new Holders(Long.parseLong(said.getFirst()), holders);
    }

    /** Orders of which nobody has said for so long that they were written, each with the moment since when. */
    Map<UUID, Long> overdue(Epoch epoch, Duration age, int atMost) {
        var said = run(OVERDUE, epoch, List.of(Long.toString(age.toNanos() / 1_000), Integer.toString(atMost)));
        var overdue = new LinkedHashMap<UUID, Long>();
        for (var n = 0; n < said.size(); n += 2) {
            overdue.put(UUID.fromString(said.get(n)), Long.parseLong(said.get(n + 1)));
        }
        return overdue;
    }

    private static List<String> arguments(Collection<Taken> orders) {
        return orders.stream().flatMap(each -> each.arguments().stream()).toList();
    }

    private <T> T run(RedisScript<T> script, Epoch epoch, List<String> arguments) {
        var all = new ArrayList<String>(arguments.size() + 1);
        all.add(Long.toString(epoch.number()));
        all.addAll(arguments);
        return Objects.requireNonNull(redis.execute(script, epoch.keys(), all.toArray()));
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // a script has one type of result, and no generic one can be named
    private static RedisScript<List<String>> list(String name) {
        return (RedisScript) RedisScript.of(resource(name), List.class);
    }

    private static RedisScript<Long> number(String name) {
        return RedisScript.of(resource(name), Long.class);
    }

    private static ClassPathResource resource(String name) {
        return new ClassPathResource("flashsale/" + name + ".lua");
    }
}
