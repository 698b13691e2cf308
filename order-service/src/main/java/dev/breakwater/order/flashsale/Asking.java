package dev.breakwater.order.flashsale;

import dev.breakwater.order.flashsale.Admission.Ticket;
import dev.breakwater.order.flashsale.RedisDoor.Epoch;
import dev.breakwater.order.intake.IntakeIndex;
import dev.breakwater.platform.remote.CallDeadline;
import dev.breakwater.platform.web.problem.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Asks for a place: memory first, which refuses for next to nothing, and then Redis. */
@Component
class Asking {

    private static final Logger log = LoggerFactory.getLogger(Asking.class);

    private final Doorkeeper doorkeeper;
    private final RedisDoor door;
    private final IntakeIndex index;
    private final FlashSaleProperties properties;

    Asking(Doorkeeper doorkeeper, RedisDoor door, IntakeIndex index, FlashSaleProperties properties) {
        this.doorkeeper = doorkeeper;
        this.door = door;
        this.index = index;
        this.properties = properties;
    }

    /**
     * What was said.
     *
     * @param fromMemory whether it is certain that whoever asked has no order
     * @param writeBy by when the order of who was let in must be written, so that its place is not looked into before
     */
    record Said(Admission admission, boolean fromMemory, CallDeadline writeBy) {}

    /** @throws ProblemException 503 when Redis does not answer */
    Said ask(SaleRows.Row row, Ticket ticket, CallDeadline deadline) {
        if (row.closed()) {
            return new Said(new Admission.Ended(), false, deadline);
        }
        var remembered = doorkeeper
                .glance(row.sale().id())
                .filter(glance -> index.find(ticket.orderId()).isEmpty())
                .map(glance -> glance.remembered(ticket.orderId(), System.nanoTime()))
                .orElse(null);
        if (remembered != null) {
            return new Said(remembered, true, deadline);
        }
        try {
            var epoch = new Epoch(row.sale(), row.epoch());
            var said = admit(epoch, ticket, deadline);
            return said.admission() instanceof Admission.Shut
                    ? doorkeeper
                            .built(epoch, deadline)
                            .map(next -> admit(next, ticket, deadline))
                            .orElse(said)
                    : said;
        } catch (DataAccessException e) {
            log.warn("door not asked cause={}", e.toString());
            throw Sales.unavailable();
        }
    }

    private Said admit(Epoch epoch, Ticket ticket, CallDeadline deadline) {
        // Counted from before the place is taken: the door counts from later.
        var within = properties.writtenWithin();
        var writeBy = CallDeadline.in(deadline.left().compareTo(within) < 0 ? deadline.left() : within);
        var admission = door.admit(epoch, ticket, doorkeeper.latest(epoch));
        if (admission instanceof Admission.Admitted admitted) {
            doorkeeper.saw(epoch, admitted.version());
        }
        return new Said(admission, false, writeBy);
    }
}
