package dev.breakwater.platform.messaging;

import java.util.List;

/** What a service does with messages that are new to it, inside the transaction that also notes them as received. */
@FunctionalInterface
public interface MessageHandler {

    /**
     * @param fresh in order of arrival, never empty; a type that the handler does not know is to be ignored
     * @throws InvalidMessageException when one of them can never be handled
     */
    void handle(List<Message> fresh);
}
