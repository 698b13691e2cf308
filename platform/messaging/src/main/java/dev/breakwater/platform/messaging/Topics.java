package dev.breakwater.platform.messaging;

import java.util.List;

/**
 * The topics of the suite. Commands and events are keyed by order id, so that what concerns one order stays in order;
 * products are keyed by SKU.
 */
public final class Topics {

    /** Reserve, commit and release stock. */
    public static final String INVENTORY_COMMANDS = "inventory.commands";
    /** What became of stock commands. */
    public static final String INVENTORY_EVENTS = "inventory.events";
    /** The latest state of each product; compacted. */
    public static final String INVENTORY_PRODUCTS = "inventory.products";
    /** Capture, void and refund payments. */
    public static final String PAYMENT_COMMANDS = "payment.commands";
    /** What became of payment commands. */
    public static final String PAYMENT_EVENTS = "payment.events";

    /** The flash sales that were announced, keyed by sale. */
    public static final String INVENTORY_FLASH_SALES = "inventory.flash-sales";
    /** Orders that a flash sale let in and that are still to be written, keyed by sale and customer. */
    public static final String ORDER_INTAKE = "order.intake";

    /**
     * Which orders have another status, for the instances that hold their watchers. A hint of which none is needed: the
     * ledger knows.
     */
    public static final String ORDER_NEWS = "order.news";

    /** The topics whose records are each needed, with a dead-letter topic beside them. */
    public static final List<String> QUEUES = List.of(
            INVENTORY_COMMANDS,
            INVENTORY_EVENTS,
            INVENTORY_FLASH_SALES,
            ORDER_INTAKE,
            PAYMENT_COMMANDS,
            PAYMENT_EVENTS);

    private Topics() {}

    /** Where records of a topic go that cannot be decoded or are invalid. */
    public static String deadLetters(String topic) {
        return topic + ".dlt";
    }
}
