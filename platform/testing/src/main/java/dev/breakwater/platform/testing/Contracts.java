package dev.breakwater.platform.testing;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The samples that hold a message's producer and its consumer together: the producer's test writes what the sample
 * says, the consumer's test reads it.
 */
public final class Contracts {

    private Contracts() {}

    /** The sample payload of a message type, for instance {@code ("inventory.commands", "ReserveStock", 1)}. */
    public static byte[] sample(String topic, String type, int version) {
        var path = "/contracts/%s/%s.v%d.json".formatted(topic, type, version);
        try (var in = Contracts.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalArgumentException("There is no sample " + path);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
